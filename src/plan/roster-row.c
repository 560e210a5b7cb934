/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster-row.c: one row of a roster, cell by cell. Every message names the row and the column;
 * none quotes an ID number, and the copies of ID numbers made here are wiped. */
#include "plan/roster-private.h"

#include "base/text.h"
#include "plan/eligibility.h"
#include "plan/roster-cells.h"

#include <string.h>

#define ADMISSION_LETTERS_MIN 6u
#define ADMISSION_LETTERS_MAX 24u

static guint
row_number (const JkRosterReader *reader)
{
  return jk_csv_get_row_number (reader->csv, reader->row);
}

static void
fault (const JkRosterReader *reader, const char *found, const char *expected, const char *advice)
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
notice (const JkRosterReader *reader, const char *found, const char *expected, const char *advice)
{
  jk_report_notice_at_row (reader->report,
                           jk_csv_get_file (reader->csv),
                           row_number (reader),
                           expected,
                           advice,
                           "%s",
                           found);
}

/* NULL when the table has no such column. */
static const char *
optional_cell (const JkRosterReader *reader, JkRosterColumn column)
{
  return jk_roster_columns_get_cell (&reader->columns, reader->csv, reader->row, column);
}

static const char *
cell (const JkRosterReader *reader, JkRosterColumn column)
{
  const char *text = optional_cell (reader, column);
  return text != NULL ? text : "";
}

/* Whether value is new; reports the row that had it first. */
static gboolean
is_new (JkRosterReader *reader, GHashTable *seen, char *value, const char *what)
{
  gpointer first = g_hash_table_lookup (seen, value);

  if (first == NULL) {
    g_hash_table_insert (seen, value, GUINT_TO_POINTER (row_number (reader)));
    return TRUE;
  }
  jk_text_wipe (value);
  g_autofree char *found =
      g_strdup_printf ("the same %s as in row %u", what, GPOINTER_TO_UINT (first));
  fault (reader, found, "each only once", "correct or delete one of the two rows");
  return FALSE;
}

static gboolean
read_admission (JkRosterReader *reader, JkRosterRow *row)
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
read_name (JkRosterReader *reader, JkRosterRow *row)
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
read_id_kind (JkRosterReader *reader, JkRosterRow *row)
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
check_id_number (JkRosterReader *reader, const JkRosterRow *row, const char *text, JkIdFacts *facts)
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

/* What must be there only once: cards share their numbers, other documents may meet by chance.
 * Military ones are free text, of which the number is the least part. */
static char *
dup_id_key (const JkRosterRow *row, const char *text)
{
  switch (row->id_kind) {
  case JK_ID_RESIDENT:
  case JK_ID_RESIDENCE_PERMIT:
  case JK_ID_PERMANENT_FOREIGN:
    return g_strdup (row->id_number);
  case JK_ID_MILITARY: {
    char *normal = jk_text_normalise (text);
    char *key = g_strdup_printf ("%d\n%s", JK_ID_MILITARY, normal);
    jk_text_wipe (normal);
    return key;
  }
  case JK_ID_HK_MACAO_PERMIT:
  case JK_ID_TAIWAN_PERMIT:
  case JK_ID_PASSPORT:
    break;
  }
  return g_strdup_printf ("%d\n%s", (int) row->id_kind, row->id_number);
}

static gboolean
read_id_number (JkRosterReader *reader, JkRosterRow *row, JkIdFacts *facts)
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
         is_new (reader, reader->id_numbers, dup_id_key (row, text), "ID number");
}

static gboolean
read_place (JkRosterReader *reader, JkRosterColumn column, const char **out_place)
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
read_seat (JkRosterReader *reader, JkRosterRow *row)
{
  gboolean is_good = TRUE;
  if (reader->columns.at[JK_COLUMN_HALL] < 0)
    row->hall = g_strdup (JK_ROSTER_ONLY_HALL);
  else
    is_good = read_place (reader, JK_COLUMN_HALL, &row->hall);
  if (!read_place (reader, JK_COLUMN_SEAT, &row->seat) || !is_good)
    return FALSE;
  return is_new (reader, reader->seats, g_strconcat (row->hall, "\n", row->seat, NULL), "seat");
}

/* The path of the plan that the row names; NULL when there is none, or after a fault. */
static const JkPlanPath *
find_path (const JkRosterReader *reader, const char *text)
{
  const JkPlanPath *path = jk_plan_find_path (reader->plan, text);
  if (path != NULL && path->level == reader->level)
    return path;
  g_autofree char *quote = jk_roster_cell_dup_quote (text);
  g_autofree char *found = g_strdup_printf ("the eligibility path %s", quote);
  g_autofree char *expected =
      g_strdup_printf ("a path of level %u of the plan, as %u-(1)", reader->level, reader->level);
  fault (reader, found, expected, "correct the column 申报条件");
  return NULL;
}

static void
read_path (JkRosterReader *reader, JkRosterRow *row)
{
  g_autofree char *text = jk_text_normalise (cell (reader, JK_COLUMN_PATH));
  const JkEligibilityCells cells = {
    .years = optional_cell (reader, JK_COLUMN_YEARS),
    .certificate = optional_cell (reader, JK_COLUMN_CERTIFICATE),
    .registered = optional_cell (reader, JK_COLUMN_REGISTERED),
  };
  const JkPlanPath *path = NULL;

  if (reader->plan != NULL && reader->columns.at[JK_COLUMN_PATH] >= 0)
    path = find_path (reader, text);
  row->path = path != NULL ? g_strdup (path->id) : g_steal_pointer (&text);
  jk_eligibility_check (path,
                        &cells,
                        reader->deadline,
                        jk_csv_get_file (reader->csv),
                        row_number (reader),
                        reader->report);
}

static gboolean
read_sex (JkRosterReader *reader, JkRosterRow *row)
{
  if (jk_roster_cell_parse_sex (cell (reader, JK_COLUMN_SEX), &row->sex))
    return TRUE;
  fault (reader, "an unknown word for the sex", "男 or 女", "correct the column 性别");
  return FALSE;
}

static gboolean
read_extra (JkRosterReader *reader, JkRosterRow *row)
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
compare_facts (const JkRosterReader *reader, JkRosterRow *row, const JkIdFacts *facts)
{
  if (facts->has_sex && row->sex == 0)
    row->sex = facts->is_male ? 'M' : 'F';
  if (facts->has_sex && (row->sex == 'M') != facts->is_male)
    notice (reader,
            "a sex that is not the ID number's",
            "the same sex in both",
            "ask which of the two is right");

  const char *text = cell (reader, JK_COLUMN_BIRTH);
  guint birth = (guint) (facts->birth_year * 10000 + facts->birth_month * 100 + facts->birth_day);
  if (birth != 0 && *text != '\0' && jk_roster_cell_parse_day (text) != birth)
    notice (reader,
            "a day of birth that is not the ID number's",
            "the same day in both",
            "ask which of the two is right");
}

/* Ages are told once for the whole table: they may be right for each of its rows. */
static void
question_facts (JkRosterReader *reader, const JkRosterRow *row, const JkIdFacts *facts)
{
  guint years;

  if (facts->is_place_unknown && row->id_kind != JK_ID_PERMANENT_FOREIGN)
    notice (reader,
            "an ID number whose first two digits are no province's",
            "one of today's codes",
            "compare it with the document: old codes may be right");
  if (!jk_id_facts_get_age (facts, reader->today, &years))
    return;
  if (years < JK_ID_AGE_MIN && reader->n_young++ == 0)
    reader->first_young = row->row_number;
  if (years > JK_ID_AGE_MAX && reader->n_old++ == 0)
    reader->first_old = row->row_number;
}

/* All faults of the row are reported before it is dropped. */
gboolean
jk_roster_row_read (JkRosterReader *reader, JkRosterRow *out_row)
{
  JkRosterRow row = { .row_number = row_number (reader) };
  JkIdFacts facts = { 0 };
  guint n_faults = jk_report_get_n_faults (reader->report);

  read_admission (reader, &row);
  read_name (reader, &row);
  gboolean has_facts = read_id_number (reader, &row, &facts);
  if (read_sex (reader, &row) && has_facts)
    compare_facts (reader, &row, &facts);
  if (has_facts)
    question_facts (reader, &row, &facts);
  read_seat (reader, &row);
  read_path (reader, &row);
  read_extra (reader, &row);
  if (jk_report_get_n_faults (reader->report) > n_faults) {
    jk_roster_row_clear (&row);
    return FALSE;
  }
  *out_row = row;
  return TRUE;
}

void
jk_roster_row_clear (JkRosterRow *row)
{
  g_free ((char *) row->admission);
  g_free ((char *) row->name);
  jk_text_wipe ((char *) row->id_number);
  g_free ((char *) row->hall);
  g_free ((char *) row->seat);
  g_free ((char *) row->path);
}
