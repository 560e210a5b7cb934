/* SPDX-License-Identifier: Apache-2.0 */
/* result/room-rows.c: record by record through the roll. */
#include "result/room-rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  /* Borrowed */
  const JkRoomInput *input;
  JkRoomRows *out;
  JkReport *report;
  const JkPerson *person;
  const JkRoomSeat *said;       /* NULL: nothing */
  const JkFoundResult *results; /* of this record, by seal number */
  /* Plain */
  guint n;
} Maker;

static int
compare_results (gconstpointer a, gconstpointer b)
{
  const JkResultLabel *one = &((const JkFoundResult *) a)->label;
  const JkResultLabel *two = &((const JkFoundResult *) b)->label;

  if (one->record != two->record)
    return one->record < two->record ? -1 : 1;
  if (one->seal_number != two->seal_number)
    return one->seal_number < two->seal_number ? -1 : 1;
  return memcmp (one->digest.bytes, two->digest.bytes, JK_DIGEST_BYTES);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return jk_sheet_row_compare (a, b);
}

static void
report_person (const Maker *self,
               JkFindingKind kind,
               const char *found,
               const char *expected,
               const char *advice)
{
  const char *seat = self->person->seat;
  g_autofree char *place = g_strdup_printf ("%s%s%srecord %u",
                                            *seat != '\0' ? "seat " : "",
                                            seat,
                                            *seat != '\0' ? ", " : "",
                                            self->person->index);

  jk_report_add (self->report, kind, self->input->room_file, place, found, expected, advice);
}

/* Whether an earlier sheet has this row; one that gives no slip repeats a row that has one. */
static gboolean
is_known (const Maker *self, const JkSheetRow *row)
{
  guint first;
  guint n = jk_sheet_merge_find (self->input->before, row->record, &first);

  for (guint i = first; i < first + n; i++) {
    JkSheetRow earlier = *jk_sheet_merge_get_row (self->input->before, i);
    if (!jk_sheet_row_has_slip (row))
      memset (earlier.slip, 0, JK_SLIP_BYTES);
    if (jk_sheet_row_has_result (row) && row->state == JK_SEAT_SEALED &&
        jk_sheet_row_has_result (&earlier))
      earlier.state = JK_SEAT_SEALED;
    if (jk_sheet_row_equal (row, &earlier))
      return TRUE;
  }
  return FALSE;
}

static void
add (const Maker *self, JkSheetRow row)
{
  row.record = self->person->index;
  row.spare = self->person->spare;
  if (!is_known (self, &row))
    g_array_append_val (self->out->rows, row);
}

static JkSeatState
get_said_state (const Maker *self)
{
  return self->said != NULL ? self->said->state : JK_N_SEAT_STATES;
}

/* How the last result came about; the ones before it were handed in and reopened. */
static JkSeatState
get_result_state (const Maker *self, guint n)
{
  JkSeatState state = get_said_state (self);

  if (state == JK_N_SEAT_STATES || n + 1 < self->n)
    return JK_SEAT_SEALED;
  if (state == JK_SEAT_ABSENT || state == JK_SEAT_NEVER_SEEN || state == JK_SEAT_LOST)
    report_person (self,
                   JK_FINDING_FAULT,
                   "there is a result, and the room says absent, never seen or lost",
                   "one of the two",
                   "ask both proctors");
  return state;
}

static void
add_result (const Maker *self, guint n)
{
  const JkResultLabel *label = &self->results[n].label;
  JkSheetRow row = { .record = label->record,
                     .spare = self->person->spare,
                     .seal_number = label->seal_number,
                     .state = get_result_state (self, n),
                     .digest = label->digest };

  memcpy (row.station, label->station, JK_PUBLIC_BYTES);
  gboolean has_slip =
      self->said != NULL && jk_room_seat_find_slip (self->said, label->seal_number, row.slip);
  if (!has_slip && n + 1 == self->n && !is_known (self, &row))
    g_array_append_val (self->out->without_slip, self->person->index);
  add (self, row);
}

static void
add_results (const Maker *self)
{
  for (guint i = 0; i < self->n; i++) {
    if (i == 0 || self->results[i - 1].label.seal_number != self->results[i].label.seal_number) {
      add_result (self, i);
      continue;
    }
    g_autofree char *found = g_strdup_printf ("%s and %s have one seal number and differ",
                                              self->results[i - 1].file,
                                              self->results[i].file);
    report_person (self,
                   JK_FINDING_FAULT,
                   found,
                   "one result of a seal number",
                   "move the one that does not count to another folder, and deliver both");
  }
}

static void
add_left_seat (const Maker *self, const JkRoomLeft *left)
{
  const guint8 *station = self->results[self->n - 1].label.station;
  if (memcmp (station, left->station, JK_PUBLIC_BYTES) == 0) {
    report_person (self,
                   JK_FINDING_FAULT,
                   "the station it left is the one its last result is of",
                   "two stations",
                   "look up the key of the seat that was left");
    return;
  }
  JkSheetRow row = { .state = left->state };
  memcpy (row.station, left->station, JK_PUBLIC_BYTES);
  memcpy (row.copied_to, station, JK_PUBLIC_BYTES);
  add (self, row);
}

/* The seats that were left for the one the last result is of; without one, what is said of the
 * candidate says it all. */
static void
add_left_seats (const Maker *self)
{
  if (self->said == NULL || self->n == 0)
    return;
  for (guint n = 0; n < self->said->left->len; n++)
    add_left_seat (self, &g_array_index (self->said->left, JkRoomLeft, n));
}

static void
add_without_result (const Maker *self)
{
  JkSeatState state = get_said_state (self);
  JkSheetRow row = { .state = state };
  guint first;

  if (state == JK_N_SEAT_STATES) {
    gboolean has_left = self->said != NULL && self->said->left->len > 0;
    if ((has_left || !self->person->spare) &&
        jk_sheet_merge_find (self->input->before, self->person->index, &first) == 0)
      g_array_append_val (self->out->unexplained, self->person->index);
    return;
  }
  if (state == JK_SEAT_SEALED || state == JK_SEAT_TIME_UP || state == JK_SEAT_FORCED) {
    report_person (self,
                   JK_FINDING_FAULT,
                   "the room says handed in, and there is no result",
                   "the result",
                   "take it in, or say that it is lost");
    return;
  }
  if (state == JK_SEAT_LOST) {
    memcpy (row.station, self->said->station, JK_PUBLIC_BYTES);
    row.seal_number = self->said->seal_number;
    jk_room_seat_find_slip (self->said, row.seal_number, row.slip);
  }
  add (self, row);
}

static void
finish (const JkRoomInput *input, JkRoomRows *out)
{
  g_array_sort (out->rows, compare_rows);
  out->seats = g_ptr_array_new ();
  for (guint i = 0; i < out->rows->len; i++) {
    guint32 record = g_array_index (out->rows, JkSheetRow, i).record;
    g_ptr_array_add (out->seats, (gpointer) jk_roll_get_person (input->roll, record)->seat);
  }
}

/* The results by record and seal number, copies once. */
static GArray *
sort_results (const JkRoomInput *input)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (JkFoundResult));
  guint n = 0;

  if (input->n_results > 0)
    g_array_append_vals (sorted, input->results, input->n_results);
  g_array_sort (sorted, compare_results);
  for (guint i = 0; i < sorted->len; i++) {
    const JkFoundResult *result = &g_array_index (sorted, JkFoundResult, i);
    if (n > 0 && jk_digest_equal (&g_array_index (sorted, JkFoundResult, n - 1).label.digest,
                                  &result->label.digest))
      continue;
    g_array_index (sorted, JkFoundResult, n++) = *result;
  }
  g_array_set_size (sorted, n);
  return sorted;
}

void
jk_room_rows_make (JkRoomRows *self, const JkRoomInput *input, JkReport *report)
{
  g_autoptr (GArray) sorted = sort_results (input);
  guint at = 0;

  self->rows = g_array_new (FALSE, FALSE, sizeof (JkSheetRow));
  self->unexplained = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->without_slip = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint record = 0; record < jk_roll_get_n (input->roll); record++) {
    guint end = at;
    while (end < sorted->len && g_array_index (sorted, JkFoundResult, end).label.record == record)
      end++;
    const Maker maker = {
      .input = input,
      .out = self,
      .report = report,
      .person = jk_roll_get_person (input->roll, record),
      .said = jk_room_find (input->room, record),
      .results = end > at ? &g_array_index (sorted, JkFoundResult, at) : NULL,
      .n = end - at,
    };
    if (maker.n > 0)
      add_results (&maker);
    else
      add_without_result (&maker);
    add_left_seats (&maker);
    at = end;
  }
  finish (input, self);
}

static Maker
maker_of (const JkRoomInput *input, const GArray *records, guint n, JkReport *report)
{
  return (Maker){
    .input = input,
    .report = report,
    .person = jk_roll_get_person (input->roll, g_array_index (records, guint32, n)),
  };
}

void
jk_room_rows_report_people (const JkRoomRows *self, const JkRoomInput *input, JkReport *report)
{
  for (guint n = 0; n < self->unexplained->len; n++) {
    const Maker maker = maker_of (input, self->unexplained, n, report);
    report_person (&maker,
                   JK_FINDING_FAULT,
                   "neither a result nor a word in the room file",
                   "a result, or a state: absent, never-seen, left-ill, lost",
                   "say what became of this candidate");
  }
  for (guint n = 0; n < self->without_slip->len; n++) {
    const Maker maker = maker_of (input, self->without_slip, n, report);
    report_person (&maker,
                   JK_FINDING_NOTICE,
                   "a result and no receipt",
                   "the receipt that the candidate copied",
                   "add it to the room file");
  }
}

void
jk_room_rows_clear (JkRoomRows *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->seats, g_ptr_array_unref);
  g_clear_pointer (&self->unexplained, g_array_unref);
  g_clear_pointer (&self->without_slip, g_array_unref);
}
