/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster.c: a roster as a whole: its encoding, its columns, its rows one after another, its
 * halls. */
#include "plan/roster-private.h"

#include "base/encoding.h"
#include "base/limits.h"
#include "base/text.h"
#include "plan/roster-cells.h"

#include <string.h>

struct _JkRoster {
  /* Owned */
  GArray *rows;     /* of JkRosterRow, whose texts are owned too */
  GPtrArray *halls; /* sorted, zero-terminated; of names owned by rows */
};

static void
wipe_and_free (gpointer text)
{
  jk_text_wipe (text);
}

static void
clear_row (gpointer data)
{
  jk_roster_row_clear (data);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
list_halls (JkRoster *roster, const JkRosterReader *reader)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < roster->rows->len; i++) {
    const char *hall = g_array_index (roster->rows, JkRosterRow, i).hall;
    if (g_hash_table_add (seen, (gpointer) hall))
      g_ptr_array_add (roster->halls, (gpointer) hall);
  }
  g_ptr_array_sort (roster->halls, compare_names);
  if (roster->halls->len > JK_HALLS_MAX)
    jk_report_add (reader->report,
                   JK_FINDING_FAULT,
                   jk_csv_get_file (reader->csv),
                   "",
                   "more than 500 halls",
                   "fewer halls",
                   "check the column 考场号, or make several sessions");
  g_ptr_array_add (roster->halls, NULL);
}

static void
note_missing (const JkRosterReader *reader,
              JkRosterColumn column,
              const char *expected,
              const char *advice)
{
  if (reader->columns.at[column] < 0)
    jk_report_notice_at_row (reader->report,
                             jk_csv_get_file (reader->csv),
                             1,
                             expected,
                             advice,
                             "no column “%s”",
                             jk_roster_column_get_name (column));
}

static void
note_ages (const JkRosterReader *reader, guint n, guint row, const char *what)
{
  if (n > 0)
    jk_report_notice_at_row (reader->report,
                             jk_csv_get_file (reader->csv),
                             row,
                             "16 to 70 years on the day of the exam",
                             "ask whether that is right",
                             "the first of %u candidates %s",
                             n,
                             what);
}

static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++) {
    if ((guchar) *text >= 0x80)
      return FALSE;
  }
  return TRUE;
}

/* A guess at the encoding is shown with a sample of what came of it. */
static void
note_guess (const JkRoster *roster, const JkRosterReader *reader)
{
  const JkRosterRow *row = NULL;

  for (guint i = 0; i < roster->rows->len && row == NULL; i++) {
    const JkRosterRow *each = &g_array_index (roster->rows, JkRosterRow, i);
    row = is_plain (each->name) ? NULL : each;
  }
  g_autofree char *quote = row != NULL ? jk_roster_cell_dup_quote (row->name) : g_strdup ("");
  jk_report_notice_at_row (reader->report,
                           jk_csv_get_file (reader->csv),
                           row != NULL ? row->row_number : 1,
                           "UTF-8, or names that read right",
                           "if they do not, save the file as UTF-8",
                           "text in GB18030%s%s",
                           row != NULL ? ", with the name " : "",
                           quote);
}

static JkRoster *
read_table (JkRosterReader *reader, JkRoster *roster)
{
  JkRosterRow row;

  reader->admissions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader->id_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, wipe_and_free, NULL);
  reader->seats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  note_missing (reader,
                JK_COLUMN_HALL,
                "the hall of each candidate",
                "all are put into hall " JK_ROSTER_ONLY_HALL);
  if (reader->plan != NULL)
    note_missing (reader,
                  JK_COLUMN_PATH,
                  "the path by which each candidate applies",
                  "nobody's eligibility is checked");
  for (; reader->row < jk_csv_get_n_rows (reader->csv); reader->row++) {
    if (jk_roster_row_read (reader, &row))
      g_array_append_val (roster->rows, row);
  }
  note_ages (reader, reader->n_young, reader->first_young, "younger than 16");
  note_ages (reader, reader->n_old, reader->first_old, "older than 70");
  list_halls (roster, reader);

  g_hash_table_unref (reader->seats);
  g_hash_table_unref (reader->id_numbers);
  g_hash_table_unref (reader->admissions);
  return roster;
}

static JkRoster *
new_roster (void)
{
  JkRoster *self = g_new0 (JkRoster, 1);
  self->rows = g_array_new (FALSE, TRUE, sizeof (JkRosterRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->halls = g_ptr_array_new ();
  return self;
}

/* The table, from UTF-8 or GB18030; NULL after reporting. */
static JkCsv *
parse_table (const char *file, GBytes *bytes, JkReport *report, gboolean *out_is_guess)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  *out_is_guess =
      size <= JK_TEXT_FILE_BYTES_MAX && jk_encoding_guess (data, size) == JK_ENCODING_GB18030;
  if (!*out_is_guess)
    return jk_csv_parse (file, bytes, report);

  g_autoptr (GBytes) text = jk_encoding_from_gb18030 (data, size);
  g_autoptr (JkCsv) csv = jk_csv_parse (file, text, report);
  if (csv == NULL || jk_roster_columns_is_any_known (csv))
    return g_steal_pointer (&csv);
  jk_report_add (report,
                 JK_FINDING_FAULT,
                 file,
                 "row 1",
                 "text that is not UTF-8 and, as GB18030, has no heading of a roster",
                 "the headings of a roster, in UTF-8 or GB18030",
                 "open it in the program that wrote it and save it as UTF-8 (in a spreadsheet: "
                 "“CSV UTF-8”)");
  return NULL;
}

JkRoster *
jk_roster_parse (const char *file,
                 GBytes *bytes,
                 const JkPlan *plan,
                 guint level,
                 guint today,
                 guint deadline,
                 JkReport *report)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  gboolean is_guess;
  g_autoptr (JkCsv) csv = parse_table (file, bytes, report, &is_guess);
  JkRosterReader reader = {
    .csv = csv,
    .plan = plan,
    .report = report,
    .level = level,
    .today = today,
    .deadline = deadline,
  };
  if (csv == NULL || !jk_roster_columns_find (csv, report, &reader.columns))
    return NULL;

  g_autoptr (JkRoster) self = read_table (&reader, new_roster ());
  if (is_guess)
    note_guess (self, &reader);
  if (self->rows->len > 0)
    return g_steal_pointer (&self);
  if (jk_csv_get_n_rows (csv) == 0)
    jk_report_add (report,
                   JK_FINDING_FAULT,
                   file,
                   "",
                   "no candidate",
                   "a row for each candidate under the heading",
                   "check that it is the right file");
  return NULL;
}

void
jk_roster_free (JkRoster *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->halls);
  g_array_unref (self->rows);
  g_free (self);
}

guint
jk_roster_get_n (const JkRoster *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rows->len;
}

const JkRosterRow *
jk_roster_get (const JkRoster *self, guint n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < self->rows->len, NULL);
  return &g_array_index (self->rows, JkRosterRow, n);
}

const char *const *
jk_roster_get_halls (const JkRoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *) self->halls->pdata;
}
