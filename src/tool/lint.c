/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint.c: hall after hall, then all of them together. */
#include "tool/lint.h"

#include "base/error.h"
#include "session/error.h"
#include "sitting/disk-need.h"
#include "tool/lint-codes.h"
#include "tool/lint-rules.h"
#include "tool/lint-seats.h"
#include "tool/lint-version.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define LITTLE_CHOICE 2 /* a cell needs so many times what is drawn from it */

struct _JkLint {
  /* Owned */
  JkBank *bank;
  JkPool *pool;
  JkLintItems *items;
  JkExposure *exposure;
  GPtrArray *labels; /* of char *, by paper */
  GHashTable *halls; /* set of names, those taken */
  GHashTable *told;  /* set of messages: one broken item is not told for each who drew it */
  /* Plain */
  JkLintInputs inputs;
  JkDiskNeed disk;
};

JkLint *
jk_lint_new (const JkLintInputs *inputs)
{
  g_return_val_if_fail (inputs != NULL, NULL);

  JkLint *self = g_new0 (JkLint, 1);
  self->inputs = *inputs;
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->halls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
jk_lint_free (JkLint *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->halls);
  g_ptr_array_unref (self->labels);
  jk_exposure_free (self->exposure);
  jk_lint_items_free (self->items);
  jk_pool_free (self->pool);
  jk_bank_free (self->bank);
  g_free (self);
}

/* A fault of a seat in the words of its error; every message once. */
static void
tell_error (JkLint *self, const JkSession *session, const JkLintSeat *seat)
{
  g_autoptr (GError) placed = g_error_copy (seat->error);

  if (!g_hash_table_add (self->told, g_strdup (placed->message)))
    return;
  if (seat->row != NULL && seat->seat == NULL)
    g_prefix_error (&placed, "Row %u of the roster: ", seat->row->row_number);
  else
    g_prefix_error (&placed, "Record %u: ", seat->record);
  jk_report_add_error (self->inputs.report, jk_session_get_file (session), placed);
}

static void
tell_row (const JkLint *self, guint row, const char *found, const char *expected)
{
  jk_report_fault_at_row (self->inputs.report,
                          self->inputs.roster_file,
                          row,
                          expected,
                          "build the session from this roster, or amend it",
                          "%s",
                          found);
}

static void
tell_record (const JkLint *self, const JkSession *session, guint32 record, const char *found)
{
  g_autofree char *place = g_strdup_printf ("record %u", record);

  jk_report_add (self->inputs.report,
                 JK_FINDING_FAULT,
                 jk_session_get_file (session),
                 place,
                 found,
                 "a candidate of the roster, or a spare record",
                 "compare the roster with the one that the session was built from");
}

static void
tell_office (const JkLint *self, const JkSession *session)
{
  jk_report_add (self->inputs.report,
                 JK_FINDING_FAULT,
                 jk_session_get_file (session),
                 "",
                 "a session that the office file has no codes of",
                 "the session file and the .office of one build",
                 "choose the files of one build");
}

static gboolean
measure_file (const JkLint *self, const char *path, guint64 *out_size, GError **error)
{
  const JkStorage *storage = self->inputs.world->storage;
  int fd = storage->open (storage, path, O_RDONLY, 0);
  gboolean is_measured = fd >= 0 && storage->size (storage, fd, out_size) == 0;
  int number = errno;

  if (fd >= 0)
    storage->close (storage, fd);
  if (!is_measured)
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_STORAGE,
                 "%s: it cannot be measured any more: %s; check the disk and run lint again.",
                 path,
                 g_strerror (number));
  return is_measured;
}

/* Bank and pool, with the first hall's paper key; a blueprint that cannot be filled is told. */
static gboolean
open_bank (JkLint *self, const JkSession *session, const JkSecret *paper_key, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  self->bank = jk_session_open_bank (session,
                                     self->inputs.world->storage,
                                     self->inputs.bank_file,
                                     paper_key,
                                     error);
  if (self->bank == NULL || !jk_bank_check_whole (self->bank, error) ||
      !measure_file (self, self->inputs.bank_file, &self->disk.bank_bytes, error))
    return FALSE;
  self->items = jk_lint_items_new (jk_bank_get_n_items (self->bank));
  self->pool = jk_pool_new (jk_session_get_blueprint (session), self->bank, &refusal);
  if (self->pool == NULL)
    jk_report_add_error (self->inputs.report, jk_session_get_file (session), refusal);
  else
    self->exposure = jk_exposure_new (self->pool);
  return TRUE;
}

static void
check_rules (const JkLint *self, const JkSession *session)
{
  const JkExcerpt *excerpt = jk_session_get_excerpt (session);
  const JkLintRules rules = {
    .file = jk_session_get_file (session),
    .starts = jk_session_get_starts (session),
    .policy = jk_session_get_policy (session),
    .now_ms = self->inputs.world->clock->wall_ms (self->inputs.world->clock),
    .duration_min = jk_excerpt_get_duration_min (excerpt),
    .plan_date = jk_session_is_rehearsal (session) ? 0 : jk_excerpt_get_date (excerpt),
  };

  jk_lint_rules_check (&rules, self->inputs.report);
}

/* The rows of a hall as seats that log in. */
static GArray *
collect_rows (const JkLint *self, const char *hall)
{
  const JkRoster *roster = self->inputs.roster;
  GArray *seats = g_array_new (FALSE, TRUE, sizeof (JkLintSeat));

  g_array_set_clear_func (seats, (GDestroyNotify) jk_lint_seat_clear);
  for (guint n = 0; n < jk_roster_get_n (roster); n++) {
    JkLintSeat seat = { .row = jk_roster_get (roster, n) };
    if (g_strcmp0 (seat.row->hall, hall) == 0)
      g_array_append_val (seats, seat);
  }
  return seats;
}

/* Appends a seat for each record that nobody logged in to. */
static void
collect_rest (GArray *seats, const JkRoll *roll)
{
  guint n_records = jk_roll_get_n (roll);
  g_autofree gboolean *is_owned = g_new0 (gboolean, n_records);

  for (guint n = 0; n < seats->len; n++) {
    const JkLintSeat *seat = &g_array_index (seats, JkLintSeat, n);
    if (seat->seat != NULL && seat->record < n_records)
      is_owned[seat->record] = TRUE;
  }
  for (guint record = 0; record < n_records; record++) {
    JkLintSeat seat = { .record = record };
    if (!is_owned[record])
      g_array_append_val (seats, seat);
  }
}

/* Findings and counts of one seat. */
static void
judge_seat (JkLint *self, const JkSession *session, const JkLintSeat *seat, JkLintHall *hall)
{
  if (seat->seat == NULL && seat->row != NULL &&
      g_error_matches (seat->error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN))
    tell_row (self,
              seat->row->row_number,
              "two numbers that open no record of their hall",
              "a record for every candidate");
  else if (seat->error != NULL)
    tell_error (self, session, seat);
  if (seat->differs)
    tell_row (self,
              seat->row->row_number,
              "another name or seat than the record has",
              "the same on the roster and in the session");
  if (seat->row == NULL && seat->seat != NULL && !seat->is_spare)
    tell_record (self, session, seat->record, "a record that nobody on the roster logs in to");

  hall->n_logged_in += seat->row != NULL && seat->seat != NULL;
  hall->n_spares += seat->is_spare;
  hall->n_unowned += seat->row == NULL && seat->seat != NULL && !seat->is_spare;
  hall->n_papers += seat->paper != NULL;
  hall->n_photos += seat->has_photo;
}

/* Candidates as they sit, then the spare records. */
static int
compare_seats (gconstpointer a, gconstpointer b)
{
  const JkLintSeat *one = *(const JkLintSeat *const *) a;
  const JkLintSeat *other = *(const JkLintSeat *const *) b;

  if (one->is_spare != other->is_spare)
    return one->is_spare ? 1 : -1;
  g_autofree char *one_key = g_utf8_collate_key_for_filename (one->seat, -1);
  g_autofree char *other_key = g_utf8_collate_key_for_filename (other->seat, -1);
  int order = strcmp (one_key, other_key);
  return order != 0 ? order : (one->record > other->record) - (one->record < other->record);
}

static void
add_papers (JkLint *self, const JkSession *session, const GArray *seats)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint n = 0; n < seats->len; n++) {
    JkLintSeat *seat = &g_array_index (seats, JkLintSeat, n);
    if (seat->paper != NULL)
      g_ptr_array_add (order, seat);
  }
  g_ptr_array_sort (order, compare_seats);
  for (guint n = 0; n < order->len; n++) {
    const JkLintSeat *seat = g_ptr_array_index (order, n);
    jk_exposure_add (self->exposure, seat->paper, n > 0 && !seat->is_spare);
    g_ptr_array_add (self->labels,
                     g_strdup_printf ("%s/%u", jk_session_get_hall (session), seat->record));
    self->disk.paper_bytes = MAX (self->disk.paper_bytes, seat->blob_bytes);
  }
}

static void
open_seats (JkLint *self, const JkSession *session, const JkLintCodes *codes, JkLintHall *hall)
{
  const JkLintRoom room = {
    .session = session,
    .roster_key = codes->roster_key,
    .roll = codes->roll,
    .paper_key = self->pool != NULL ? codes->paper_key : NULL,
    .bank = self->bank,
    .items = self->items,
  };
  g_autoptr (GArray) seats = collect_rows (self, jk_session_get_hall (session));
  guint n_rows = seats->len;

  hall->n_candidates = n_rows;
  if (codes->roster_key == NULL)
    return;
  jk_lint_seats_open (&room, (JkLintSeat *) (gpointer) seats->data, n_rows, self->inputs.n_threads);
  if (codes->roll != NULL) {
    collect_rest (seats, codes->roll);
    jk_lint_seats_open (&room,
                        (JkLintSeat *) (gpointer) seats->data + n_rows,
                        seats->len - n_rows,
                        self->inputs.n_threads);
  }
  for (guint n = 0; n < seats->len; n++)
    judge_seat (self, session, &g_array_index (seats, JkLintSeat, n), hall);
  if (self->exposure != NULL)
    add_papers (self, session, seats);
}

gboolean
jk_lint_take (JkLint *self, const JkSession *session, JkLintHall *out_hall, GError **error)
{
  g_return_val_if_fail (self != NULL && session != NULL && out_hall != NULL, FALSE);

  g_auto (JkLintCodes) codes = { NULL };
  const JkOfficeHall *hall = jk_lint_codes_find_hall (self->inputs.office, session);
  guint64 session_bytes = 0;

  *out_hall = (JkLintHall){ .n_records = jk_session_get_n_records (session) };

  g_hash_table_add (self->halls, g_strdup (jk_session_get_hall (session)));
  if (self->inputs.source != NULL)
    jk_lint_version_check (session, self->inputs.source, self->inputs.report);
  check_rules (self, session);
  if (hall == NULL) {
    tell_office (self, session);
    return TRUE;
  }
  jk_lint_codes_open (self->inputs.world,
                      self->inputs.office,
                      hall,
                      session,
                      self->inputs.report,
                      &codes);
  if (!measure_file (self, jk_session_get_file (session), &session_bytes, error) ||
      (codes.paper_key != NULL && self->bank == NULL &&
       !open_bank (self, session, codes.paper_key, error)))
    return FALSE;
  self->disk.n_items = jk_blueprint_get_n_items (jk_session_get_blueprint (session));
  self->disk.duration_min = jk_excerpt_get_duration_min (jk_session_get_excerpt (session));
  self->disk.session_bytes = MAX (self->disk.session_bytes, session_bytes);
  open_seats (self, session, &codes, out_hall);
  return TRUE;
}

/* A cell that gives every candidate nearly the same items. */
static void
check_choice (const JkLint *self)
{
  const JkBlueprint *blueprint = jk_pool_get_blueprint (self->pool);

  for (guint n = 0; n < jk_blueprint_get_n_cells (blueprint); n++) {
    const JkCell *cell = jk_blueprint_get_cell (blueprint, n);
    guint32 n_items = 0;
    jk_pool_get_cell (self->pool, n, &n_items);
    if (n_items >= LITTLE_CHOICE * cell->count)
      continue;
    g_autofree char *place = g_strdup_printf ("%s %s",
                                              jk_blueprint_get_section (blueprint, cell->section),
                                              jk_item_type_get_name (cell->type));
    g_autofree char *found = g_strdup_printf ("%u items of %u in each paper%s",
                                              cell->count,
                                              n_items,
                                              n_items == cell->count ? ": no choice" : "");
    jk_report_add (self->inputs.report,
                   JK_FINDING_NOTICE,
                   self->inputs.bank_file,
                   place,
                   found,
                   "at least twice as many items as are drawn",
                   "add items to the bank");
  }
}

static void
check_overlap (const JkLint *self)
{
  JkOverlap overlap;

  jk_exposure_measure_overlap (self->exposure, &overlap);
  if (overlap.n_pairs == 0 || overlap.max < self->disk.n_items)
    return;
  g_autofree char *place = g_strdup_printf ("records %s and %s",
                                            jk_lint_get_label (self, overlap.first),
                                            jk_lint_get_label (self, overlap.second));
  jk_report_add (self->inputs.report,
                 JK_FINDING_NOTICE,
                 self->inputs.bank_file,
                 place,
                 "papers of the same items",
                 "papers that differ",
                 "add items to the bank");
}

/* Candidates whose hall no file was given for. */
static void
check_halls (const JkLint *self)
{
  const char *const *halls = jk_roster_get_halls (self->inputs.roster);

  for (guint n = 0; halls[n] != NULL; n++) {
    if (g_hash_table_contains (self->halls, halls[n]))
      continue;
    g_autofree char *found =
        g_strdup_printf ("candidates of hall %s, whose file was not given", halls[n]);
    jk_report_add (self->inputs.report,
                   JK_FINDING_NOTICE,
                   self->inputs.roster_file,
                   "",
                   found,
                   "the .jksession of every hall",
                   "give that file too");
  }
}

void
jk_lint_finish (JkLint *self)
{
  g_return_if_fail (self != NULL);

  if (self->items != NULL)
    jk_lint_items_report (self->items, self->inputs.bank_file, self->inputs.report);
  if (self->pool != NULL) {
    check_choice (self);
    check_overlap (self);
  }
  check_halls (self);
}

const JkExposure *
jk_lint_get_exposure (const JkLint *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->exposure;
}

const JkLintItems *
jk_lint_get_items (const JkLint *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->items;
}

const char *
jk_lint_get_label (const JkLint *self, guint paper)
{
  g_return_val_if_fail (self != NULL && paper < self->labels->len, NULL);
  return g_ptr_array_index (self->labels, paper);
}

guint64
jk_lint_get_seat_bytes (const JkLint *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return jk_disk_need_estimate (&self->disk);
}
