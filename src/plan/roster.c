/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster.c: checks a roster row by row. Every message names rows and columns; none quotes an
 * ID number, and the copies of ID numbers made here are wiped. */
#include "plan/roster.h"
#include "plan/roster-cells.h"
#include "plan/roster-columns.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define ADMISSION_LETTERS_MIN 6u
#define ADMISSION_LETTERS_MAX 24u
#define ONLY_HALL "01"

struct _JkRoster {
  /* Owned */
  GArray *rows;     /* of JkRosterRow, whose texts are owned too */
  GPtrArray *halls; /* sorted, zero-terminated; of names owned by rows */
};

typedef struct {
  /* Owned */
  JkRoster *roster;
  GHashTable *admissions; /* number to the row that had it first */
  GHashTable *id_numbers;
  GHashTable *seats; /* "hall\nseat" */

  /* Borrowed */
  const JkCsv *csv;
  const JkPlan *plan;
  JkReport *report;

  JkRosterColumns columns;
  guint level;
  guint today;
  guint row; /* being read */
} Reader;

static void
wipe_and_free (gpointer text)
{
  jk_text_wipe (text);
}

static void
clear_row (gpointer data)
{
  JkRosterRow *row = data;
  g_free ((char *) row->admission);
  g_free ((char *) row->name);
  jk_text_wipe ((char *) row->id_number);
  g_free ((char *) row->hall);
  g_free ((char *) row->seat);
  g_free ((char *) row->path);
}

static guint
row_number (const Reader *reader)
{
  return jk_csv_get_row_number (reader->csv, reader->row);
}

static void
fault (const Reader *reader, const char *found, const char *expected, const char *advice)
{
  jk_report_fault_at_row (reader->report,
                          jk_csv_get_file (reader->csv),
                          row_number (reader),
                          expected,
                          advice,
                          "%s",
                          found);
}

static void
notice (const Reader *reader, const char *found, const char *expected)
{
  g_autofree char *place = g_strdup_printf ("row %u", row_number (reader));
  jk_report_add (reader->report,
                 JK_FINDING_NOTICE,
                 jk_csv_get_file (reader->csv),
                 place,
                 found,
                 expected,
                 "ask which of the two is right");
}

/* "" when the table has no such column. */
static const char *
cell (const Reader *reader, JkRosterColumn column)
{
  const char *text =
      jk_roster_columns_get_cell (&reader->columns, reader->csv, reader->row, column);
  return text != NULL ? text : "";
}

/* Whether value is new; reports the row that had it first. */
static gboolean
is_new (Reader *reader, GHashTable *seen, char *value, const char *what)
{
  gpointer first = g_hash_table_lookup (seen, value);

  if (first == NULL) {
    g_hash_table_insert (seen, value, GUINT_TO_POINTER (row_number (reader)));
    return TRUE;
  }
  wipe_and_free (value);
  g_autofree char *found =
      g_strdup_printf ("the same %s as in row %u", what, GPOINTER_TO_UINT (first));
  fault (reader, found, "each only once", "correct or delete one of the two rows");
  return FALSE;
}

static gboolean
read_admission (Reader *reader, JkRosterRow *row)
{
  const char *text = cell (reader, JK_COLUMN_ADMISSION);
  if (jk_roster_cell_is_scientific (text)) {
    fault (reader,
           "an admission number that a spreadsheet shortened",
           "all of its digits",
           "make the column text in the spreadsheet, enter the numbers again and save");
    return FALSE;
  }
  row->admission = jk_text_canonical_number (text);
  gsize n = strlen (row->admission);
  if (n < ADMISSION_LETTERS_MIN || n > ADMISSION_LETTERS_MAX || !jk_roster_cell_is_number (text)) {
    g_autofree char *quote = jk_roster_cell_dup_quote (text);
    g_autofree char *found = *text == '\0' ? g_strdup ("no admission number")
                                           : g_strdup_printf ("the admission number %s", quote);
    fault (reader, found, "6 to 24 digits or letters A to Z", "correct it");
    return FALSE;
  }
  return is_new (reader, reader->admissions, g_strdup (row->admission), "admission number");
}

static gboolean
read_name (Reader *reader, JkRosterRow *row)
{
  row->name = jk_text_normalise (cell (reader, JK_COLUMN_NAME));
  if (jk_roster_cell_is_name (row->name))
    return TRUE;
  fault (reader,
         *row->name == '\0' ? "no name" : "a name that is too long or has control characters",
         "a name of at most 256 bytes (85 Chinese characters)",
         "correct it");
  return FALSE;
}

static gboolean
read_id_kind (Reader *reader, JkRosterRow *row)
{
  const char *text = cell (reader, JK_COLUMN_ID_KIND);

  row->id_kind = JK_ID_RESIDENT;
  if (*text == '\0' || jk_id_kind_parse (text, &row->id_kind))
    return TRUE;
  /* Not quoted: in a table with shifted cells it would be the number. */
  fault (reader,
         "an unknown kind of identity document",
         "居民身份证, 护照 or another kind of domain.md section 5",
         "correct the column 证件类型");
  return FALSE;
}

static gboolean
check_id_number (Reader *reader, const JkRosterRow *row, const char *text, JkIdFacts *facts)
{
  JkIdFault id_fault = jk_id_number_check (row->id_kind, row->id_number, reader->today, facts);
  if (id_fault == JK_ID_OK && row->id_kind != JK_ID_MILITARY && !jk_roster_cell_is_number (text))
    id_fault = JK_ID_CHARACTER;
  if (id_fault == JK_ID_OK)
    return TRUE;
  fault (reader,
         "an ID number that cannot be right",
         jk_id_fault_expectation (id_fault),
         "compare it with the document");
  return FALSE;
}

static gboolean
read_id_number (Reader *reader, JkRosterRow *row, JkIdFacts *facts)
{
  const char *text = cell (reader, JK_COLUMN_ID_NUMBER);
  if (!read_id_kind (reader, row))
    return FALSE;
  if (jk_roster_cell_is_scientific (text)) {
    fault (reader,
           "an ID number that a spreadsheet shortened",
           "all of its digits",
           "make the column text in the spreadsheet, enter the numbers again and save");
    return FALSE;
  }
  row->id_number = jk_text_canonical_number (text);
  return check_id_number (reader, row, text, facts) &&
         is_new (reader, reader->id_numbers, g_strdup (row->id_number), "ID number");
}

static gboolean
read_place (Reader *reader, JkRosterColumn column, const char **out_place)
{
  *out_place = jk_text_normalise (cell (reader, column));
  if (jk_roster_cell_is_place (*out_place))
    return TRUE;
  g_autofree char *quote = jk_roster_cell_dup_quote (*out_place);
  g_autofree char *found = g_strdup_printf ("the %s %s", jk_roster_column_get_name (column), quote);
  fault (reader, found, "1 to 16 letters or digits, with - and _", "correct it");
  return FALSE;
}

static gboolean
read_seat (Reader *reader, JkRosterRow *row)
{
  gboolean is_good = TRUE;
  if (reader->columns.at[JK_COLUMN_HALL] < 0)
    row->hall = g_strdup (ONLY_HALL);
  else
    is_good = read_place (reader, JK_COLUMN_HALL, &row->hall);
  if (!read_place (reader, JK_COLUMN_SEAT, &row->seat) || !is_good)
    return FALSE;
  return is_new (reader, reader->seats, g_strconcat (row->hall, "\n", row->seat, NULL), "seat");
}

static gboolean
read_path (Reader *reader, JkRosterRow *row)
{
  g_autofree char *text = jk_text_normalise (cell (reader, JK_COLUMN_PATH));
  if (reader->plan == NULL || reader->columns.at[JK_COLUMN_PATH] < 0) {
    row->path = g_steal_pointer (&text);
    return TRUE;
  }
  const JkPlanPath *path = jk_plan_find_path (reader->plan, text);
  if (path != NULL && path->level == reader->level) {
    row->path = g_strdup (path->id);
    return TRUE;
  }
  g_autofree char *quote = jk_roster_cell_dup_quote (text);
  g_autofree char *found = g_strdup_printf ("the eligibility path %s", quote);
  g_autofree char *expected =
      g_strdup_printf ("a path of level %u of the plan, as %u-(1)", reader->level, reader->level);
  fault (reader, found, expected, "correct the column 申报条件");
  return FALSE;
}

static gboolean
read_sex (Reader *reader, JkRosterRow *row)
{
  if (jk_roster_cell_parse_sex (cell (reader, JK_COLUMN_SEX), &row->sex))
    return TRUE;
  fault (reader, "an unknown word for the sex", "男 or 女", "correct the column 性别");
  return FALSE;
}

static gboolean
read_extra (Reader *reader, JkRosterRow *row)
{
  const char *text = cell (reader, JK_COLUMN_EXTRA);
  if (jk_roster_cell_parse_minutes (text, &row->extra_min))
    return TRUE;
  g_autofree char *quote = jk_roster_cell_dup_quote (text);
  g_autofree char *found = g_strdup_printf ("the extra time %s", quote);
  fault (reader,
         found,
         "minutes from 0 to 180, or nothing",
         "write how many minutes were granted in the column 延时");
  return FALSE;
}

/* What else the roster says about a person against the number; never a reason to turn one away. */
static void
compare_facts (const Reader *reader, JkRosterRow *row, const JkIdFacts *facts)
{
  if (facts->has_sex && row->sex == 0)
    row->sex = facts->is_male ? 'M' : 'F';
  if (facts->has_sex && (row->sex == 'M') != facts->is_male)
    notice (reader, "a sex that is not the ID number's", "the same sex in both");

  const char *text = cell (reader, JK_COLUMN_BIRTH);
  guint birth = (guint) (facts->birth_year * 10000 + facts->birth_month * 100 + facts->birth_day);
  if (birth != 0 && *text != '\0' && jk_roster_cell_parse_birth (text) != birth)
    notice (reader, "a day of birth that is not the ID number's", "the same day in both");
}

/* All faults of the row are reported before it is dropped. */
static void
read_row (Reader *reader)
{
  JkRosterRow row = { .row_number = row_number (reader) };
  JkIdFacts facts = { 0 };
  guint n_faults = jk_report_get_n_faults (reader->report);

  read_admission (reader, &row);
  read_name (reader, &row);
  gboolean has_facts = read_id_number (reader, &row, &facts);
  if (read_sex (reader, &row) && has_facts)
    compare_facts (reader, &row, &facts);
  read_seat (reader, &row);
  read_path (reader, &row);
  read_extra (reader, &row);
  if (jk_report_get_n_faults (reader->report) == n_faults)
    g_array_append_val (reader->roster->rows, row);
  else
    clear_row (&row);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
list_halls (Reader *reader)
{
  JkRoster *roster = reader->roster;
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
note_missing_hall (const Reader *reader)
{
  if (reader->columns.at[JK_COLUMN_HALL] < 0)
    jk_report_add (reader->report,
                   JK_FINDING_NOTICE,
                   jk_csv_get_file (reader->csv),
                   "row 1",
                   "no column “考场号”",
                   "the hall of each candidate",
                   "all are put into hall " ONLY_HALL);
}

static JkRoster *
read_table (Reader *reader)
{
  reader->admissions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader->id_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, wipe_and_free, NULL);
  reader->seats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  note_missing_hall (reader);
  for (; reader->row < jk_csv_get_n_rows (reader->csv); reader->row++)
    read_row (reader);
  list_halls (reader);

  g_hash_table_unref (reader->seats);
  g_hash_table_unref (reader->id_numbers);
  g_hash_table_unref (reader->admissions);
  return g_steal_pointer (&reader->roster);
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

JkRoster *
jk_roster_parse (const char *file,
                 GBytes *bytes,
                 const JkPlan *plan,
                 guint level,
                 guint today,
                 JkReport *report)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  g_autoptr (JkCsv) csv = jk_csv_parse (file, bytes, report);
  Reader reader = {
    .csv = csv,
    .plan = plan,
    .report = report,
    .level = level,
    .today = today,
  };
  if (csv == NULL || !jk_roster_columns_find (csv, report, &reader.columns))
    return NULL;

  reader.roster = new_roster ();
  g_autoptr (JkRoster) self = read_table (&reader);
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
