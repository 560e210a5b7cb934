/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-compare.c: sheets first, then rows, then files. */
#include "result/sheet-compare.h"
#include "result/error.h"

typedef struct {
  /* Owned */
  GHashTable *digests; /* of results: digest to the first JkFoundResult */
  /* Borrowed */
  const JkSheetMerge *sheets;
  const JkFoundResult *results;
  JkReport *report;
  /* Plain */
  guint n;
  JkSheetMatch match;
} Comparison;

static void
report_sheets (const Comparison *self)
{
  for (guint i = 0; i < jk_sheet_merge_get_n_sheets (self->sheets); i++) {
    JkSheetFate fate = jk_sheet_merge_get_fate (self->sheets, i);
    const char *file = jk_sheet_get_file (jk_sheet_merge_get_sheet (self->sheets, i));
    if (fate == JK_SHEET_TAKEN || fate == JK_SHEET_COPY)
      continue;
    g_autoptr (GError) error = g_error_new_literal (JK_RESULT_ERROR,
                                                    JK_RESULT_ERROR_CONTENT,
                                                    jk_sheet_merge_get_reason (self->sheets, i));
    jk_report_add_error (self->report, file, error);
  }
}

static char *
dup_place (const JkSheetMerge *sheets, guint n)
{
  const JkSheetRow *row = jk_sheet_merge_get_row (sheets, n);
  const char *seat = jk_sheet_merge_get_seat (sheets, n);
  g_autofree char *record = g_strdup_printf ("record %u", row->record);
  g_autofree char *sitting = row->seal_number > 0
                                 ? g_strdup_printf ("%s, seal number %u", record, row->seal_number)
                                 : g_strdup (record);

  return *seat != '\0' ? g_strdup_printf ("seat %s, %s", seat, sitting) : g_strdup (sitting);
}

/* A finding about a row of the sheets. */
static void
report_row (const Comparison *self,
            JkFindingKind kind,
            guint n,
            const char *found,
            const char *expected,
            const char *advice)
{
  g_autofree char *place = dup_place (self->sheets, n);

  jk_report_add (self->report,
                 kind,
                 jk_sheet_get_file (jk_sheet_merge_get_row_sheet (self->sheets, n)),
                 place,
                 found,
                 expected,
                 advice);
}

static void
index_results (Comparison *self)
{
  self->digests = jk_digest_table_new (NULL, NULL);
  for (guint i = 0; i < self->n; i++) {
    const JkDigest *digest = &self->results[i].label.digest;
    if (!g_hash_table_contains (self->digests, digest))
      g_hash_table_insert (self->digests, (gpointer) digest, (gpointer) &self->results[i]);
  }
}

static const JkFoundResult *
find_digest (const Comparison *self, const JkDigest *digest)
{
  return g_hash_table_lookup (self->digests, digest);
}

static const JkFoundResult *
find_sealing (const Comparison *self, const JkSheetRow *row)
{
  for (guint i = 0; i < self->n; i++) {
    const JkResultLabel *label = &self->results[i].label;
    if (label->record == row->record && label->seal_number == row->seal_number)
      return &self->results[i];
  }
  return NULL;
}

static void
compare_result (Comparison *self, guint n)
{
  const JkSheetRow *row = jk_sheet_merge_get_row (self->sheets, n);
  const JkFoundResult *result = find_digest (self, &row->digest);
  const JkFoundResult *other = result == NULL ? find_sealing (self, row) : NULL;
  g_autofree char *found = NULL;

  if (result != NULL) {
    const JkResultLabel *label = &result->label;
    if (label->record == row->record && label->seal_number == row->seal_number &&
        memcmp (label->station, row->station, JK_PUBLIC_BYTES) == 0)
      return;
    found = g_strdup_printf ("a result that %s says is of record %u with seal number %u",
                             result->file,
                             label->record,
                             label->seal_number);
    report_row (self,
                JK_FINDING_FAULT,
                n,
                found,
                "the record, seal number and station of the row",
                "let both proctors make a sheet that is right");
    return;
  }
  self->match.missing++;
  found = other != NULL ? g_strdup_printf ("%s, with another digest", other->file)
                        : g_strdup ("no result");
  report_row (self,
              JK_FINDING_FAULT,
              n,
              found,
              "the result whose digest the sheet has",
              "look for it on its station and on the sticks of the hall");
}

/* The rows of one record, from first on. */
static void
compare_record (Comparison *self, guint first, guint n)
{
  gboolean has_result = FALSE;
  gboolean is_started = FALSE;
  guint last = first;

  for (guint i = first; i < first + n; i++) {
    const JkSheetRow *row = jk_sheet_merge_get_row (self->sheets, i);
    is_started |= jk_sheet_row_is_present (row) && row->state != JK_SEAT_LEFT_ILL;
    if (!jk_sheet_row_has_result (row))
      continue;
    has_result = TRUE;
    last = i;
    compare_result (self, i);
  }
  if (has_result && !jk_sheet_row_has_slip (jk_sheet_merge_get_row (self->sheets, last)))
    report_row (self,
                JK_FINDING_FAULT,
                last,
                "no receipt given",
                "the receipt that the candidate copied",
                "take it from the station, and let the candidate have it");
  if (!has_result && is_started)
    report_row (self,
                JK_FINDING_FAULT,
                first,
                "started, and no result",
                "a result for each seat that started",
                "recover it from the station's disk, and add it with a later sheet");
  if (jk_sheet_merge_get_row (self->sheets, first)->state == JK_SEAT_NEVER_SEEN)
    report_row (self,
                JK_FINDING_NOTICE,
                first,
                "nobody came, and nobody was marked absent",
                NULL,
                "ask the proctors");
}

/* A file that no row names. */
static void
report_extra (Comparison *self, const JkFoundResult *result)
{
  guint first;
  guint n = jk_sheet_merge_find (self->sheets, result->label.record, &first);
  const char *seat = n > 0 ? jk_sheet_merge_get_seat (self->sheets, first) : "";
  g_autofree char *place = g_strdup_printf ("%s%s%srecord %u, seal number %u",
                                            *seat != '\0' ? "seat " : "",
                                            seat,
                                            *seat != '\0' ? ", " : "",
                                            result->label.record,
                                            result->label.seal_number);

  self->match.extra++;
  jk_report_add (self->report,
                 JK_FINDING_FAULT,
                 result->file,
                 place,
                 "a result that no sheet names",
                 "only results that two roles signed for",
                 "add it with a later sheet if it is the hall's");
}

static void
compare_files (Comparison *self)
{
  for (guint i = 0; i < self->n; i++) {
    const JkFoundResult *result = &self->results[i];
    gboolean is_named = FALSE;
    guint first;
    guint n = jk_sheet_merge_find (self->sheets, result->label.record, &first);
    for (guint k = first; k < first + n; k++)
      is_named |= jk_digest_equal (&jk_sheet_merge_get_row (self->sheets, k)->digest,
                                   &result->label.digest);
    if (!is_named && find_digest (self, &result->label.digest) == result)
      report_extra (self, result);
  }
}

void
jk_sheet_compare (const JkSheetMerge *sheets,
                  const JkFoundResult *results,
                  guint n,
                  JkReport *report,
                  JkSheetMatch *out_match)
{
  Comparison self = { .sheets = sheets, .results = results, .report = report, .n = n };

  index_results (&self);
  report_sheets (&self);
  for (guint i = 0; i < jk_sheet_merge_get_n_rows (sheets);) {
    guint first;
    guint n_rows = jk_sheet_merge_find (sheets, jk_sheet_merge_get_row (sheets, i)->record, &first);
    compare_record (&self, first, n_rows);
    i = first + n_rows;
  }
  compare_files (&self);
  g_hash_table_unref (self.digests);
  *out_match = self.match;
}
