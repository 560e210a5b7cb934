/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-situation.c: what orders would be judged by, for who asks before there is one.
 *
 * Taken over with all else that is shown, so that the answer does not depend on whether the worker
 * has the seat just now. */
#include "desk/desk-private.h"

/* What the log says of a record. */
enum {
  ABSENT = 1 << 0,
  TAKEN = 1 << 1,
};

struct _JkDeskSituations {
  /* Owned */
  GArray *records; /* of guint32: JK_ORDER_EVERY, then each that has a sitting here */
  GArray *judged;  /* of JkSituation, of the same */
  GByteArray *marks;
  char *fault; /* why no order is obeyed at all; NULL: all is well */

  /* Of whom they are; only compared */
  gconstpointer seat;
  /* Plain */
  guint64 n_rows; /* of the log, when the marks were made */
  gboolean is_wiped;
};

JkDeskSituations *
jk_desk_situations_new (void)
{
  JkDeskSituations *self = g_new0 (JkDeskSituations, 1);

  self->records = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->judged = g_array_new (FALSE, FALSE, sizeof (JkSituation));
  self->marks = g_byte_array_new ();
  return self;
}

void
jk_desk_situations_free (JkDeskSituations *self)
{
  g_array_unref (self->records);
  g_array_unref (self->judged);
  g_byte_array_unref (self->marks);
  g_free (self->fault);
  g_free (self);
}

static void
add (JkDeskSituations *self, const JkSeat *seat, guint32 record)
{
  JkSituation situation;

  jk_seat_get_situation (seat, record, &situation);
  g_array_append_val (self->records, record);
  g_array_append_val (self->judged, situation);
}

/* Only when the log has grown: a hall has many records, and a look comes with each answer. */
static void
mark_records (JkDeskSituations *self, const JkSeat *seat)
{
  const JkLogReplay *log = jk_seat_get_log (seat);
  guint n = jk_session_get_n_records (jk_seat_get_session (seat));

  if (self->seat == seat && self->n_rows == jk_log_replay_get_n_rows (log))
    return;
  self->n_rows = jk_log_replay_get_n_rows (log);
  g_byte_array_set_size (self->marks, n);
  for (guint record = 0; record < n; record++)
    self->marks->data[record] = (jk_log_replay_is_absent (log, record) ? ABSENT : 0) |
                                (jk_log_replay_is_taken (log, record) ? TAKEN : 0);
}

void
jk_desk_situations_take (JkDeskSituations *self, const JkSeat *seat)
{
  g_array_set_size (self->records, 0);
  g_array_set_size (self->judged, 0);
  if (seat != NULL) {
    add (self, seat, JK_ORDER_EVERY);
    for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++)
      add (self, seat, jk_sitting_get_person (jk_seat_get_sitting (seat, n))->index);
    mark_records (self, seat);
  }
  self->seat = seat;
  self->is_wiped = seat != NULL && jk_log_replay_is_wiped (jk_seat_get_log (seat));
  const char *fault = seat != NULL ? jk_seat_get_amendment_fault (seat) : NULL;
  if (g_strcmp0 (self->fault, fault) == 0)
    return;
  g_free (self->fault);
  self->fault = g_strdup (fault);
}

const char *
jk_desk_situations_get_fault (const JkDeskSituations *self)
{
  return self->fault;
}

gboolean
jk_desk_situations_are_wiped (const JkDeskSituations *self)
{
  return self->is_wiped;
}

guint
jk_desk_situations_get_n (const JkDeskSituations *self)
{
  return self->records->len;
}

JkSituation *
jk_desk_situations_get (JkDeskSituations *self, guint n)
{
  return &g_array_index (self->judged, JkSituation, n);
}

gboolean
jk_desk_situations_find (const JkDeskSituations *self, guint32 record, JkSituation *out)
{
  if (self->records->len == 0)
    return FALSE;
  for (guint n = 0; n < self->records->len; n++) {
    if (g_array_index (self->records, guint32, n) == record) {
      *out = g_array_index (self->judged, JkSituation, n);
      return TRUE;
    }
  }
  *out = g_array_index (self->judged, JkSituation, 0);
  guint marks = record < self->marks->len ? self->marks->data[record] : 0;
  out->is_absent = (marks & ABSENT) != 0;
  out->is_taken = (marks & TAKEN) != 0;
  return TRUE;
}
