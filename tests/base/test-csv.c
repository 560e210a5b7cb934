/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/csv.c */
#include "base/csv.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static JkCsv *
parse (const char *text, JkReport *report)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return jk_csv_parse ("r.csv", bytes, report);
}

static void
check_fault (const char *text, const char *place, const char *part)
{
  g_autoptr (JkReport) report = jk_report_new ();
  jk_csv_free (parse (text, report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
  const JkFinding *finding = jk_report_get (report, 0);
  assert_string_equal (finding->file, "r.csv");
  assert_string_equal (finding->place, place);
  assert_non_null (strstr (finding->found, part));
}

static void
a_table_is_read_by_row_and_column (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkCsv) csv =
      parse ("\xef\xbb\xbf 姓名 ,准考证号\r\n张三,001\r\n\"李,\"\"四\"\"\n\",\r\n", report);

  assert_int_equal (jk_report_get_n (report), 0);
  assert_string_equal (jk_csv_get_file (csv), "r.csv");
  assert_int_equal (jk_csv_get_n_columns (csv), 2);
  assert_int_equal (jk_csv_get_n_rows (csv), 2);
  assert_string_equal (jk_csv_get_heading (csv, 0), "姓名");
  assert_string_equal (jk_csv_get_heading (csv, 1), "准考证号");
  assert_string_equal (jk_csv_get_cell (csv, 0, 0), "张三");
  assert_string_equal (jk_csv_get_cell (csv, 0, 1), "001");
  assert_string_equal (jk_csv_get_cell (csv, 1, 0), "李,\"四\"\n");
  assert_string_equal (jk_csv_get_cell (csv, 1, 1), "");
  assert_string_equal (jk_csv_get_cell (csv, 1, 9), "");
  jk_csv_free (NULL);
}

static void
cells_keep_their_blanks (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkCsv) csv = parse ("a,b\n x ,\" y \"", report);
  assert_string_equal (jk_csv_get_cell (csv, 0, 0), " x ");
  assert_string_equal (jk_csv_get_cell (csv, 0, 1), " y ");
}

static void
rows_are_numbered_as_spreadsheets_do (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkCsv) csv = parse ("\na,b\n\n,\n\"x\n\n\",1\r\n , \r\ny,2", report);

  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_csv_get_n_rows (csv), 2);
  assert_int_equal (jk_csv_get_row_number (csv, 0), 5);
  assert_int_equal (jk_csv_get_row_number (csv, 1), 7);
  assert_string_equal (jk_csv_get_cell (csv, 1, 0), "y");
}

static void
columns_without_anything_at_the_end_are_ignored (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkCsv) csv = parse ("a,b,,\n1,2,, \n", report);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_csv_get_n_columns (csv), 2);
  assert_int_equal (jk_csv_get_n_rows (csv), 1);
}

static void
no_heading_is_a_fault (void **state)
{
  check_fault ("", "row 1", "no heading");
  check_fault ("\n,,\n  \n", "row 1", "no heading");
}

static void
bad_headings_are_faults (void **state)
{
  check_fault ("a,,b\n1,2,3\n", "row 1", "column 2");
  check_fault ("a, ａ\n1,2\n", "row 1", "“a” twice");
}

static void
ragged_rows_are_faults_with_their_row (void **state)
{
  check_fault ("a,b\n1,2\n1\n", "row 3", "1 cells under 2");
  check_fault ("a,b\n1,2,3\n", "row 2", "3 cells under 2");
}

static void
a_stray_quote_is_a_fault_and_reading_goes_on (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkCsv) csv = parse ("a,b\n1,x\"y\n2,\"x\"y\n3,z\n4,\"q\"\"", report);

  assert_int_equal (jk_report_get_n_faults (report), 3);
  assert_string_equal (jk_report_get (report, 0)->place, "row 2");
  assert_string_equal (jk_report_get (report, 1)->place, "row 3");
  assert_string_equal (jk_report_get (report, 2)->place, "row 5");
  assert_int_equal (jk_csv_get_n_rows (csv), 1);
  assert_int_equal (jk_csv_get_row_number (csv, 0), 4);
  assert_string_equal (jk_csv_get_cell (csv, 0, 0), "3");
}

static void
a_stray_quote_in_the_last_line_ends_the_table (void **state)
{
  check_fault ("a,b\n1,x\"y", "row 2", "stray quote");
}

static void
a_quote_never_closed_is_a_fault (void **state)
{
  check_fault ("a,b\n1,\"x\n2,y\n", "row 2", "never closed");
}

static void
bytes_of_another_encoding_are_a_fault (void **state)
{
  check_fault ("a\n\xd6\xd0\n", "", "GB18030");
}

static void
too_many_rows_are_a_fault (void **state)
{
  g_autoptr (GString) text = g_string_new ("a\n");
  for (guint i = 0; i < JK_ROSTER_ROWS_MAX; i++)
    g_string_append (text, "x\n");

  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkCsv) csv = parse (text->str, report);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_csv_get_n_rows (csv), JK_ROSTER_ROWS_MAX);
  g_string_append (text, "x\nx\n");
  check_fault (text->str, "row 20002", "more than 20000 rows");
}

static void
too_many_columns_are_a_fault (void **state)
{
  g_autofree char *commas = g_strnfill (JK_COLUMNS_MAX, ',');
  g_autofree char *text = g_strconcat ("a\n", commas, "\nx\n", NULL);
  check_fault (text, "row 2", "more than 256 columns");
}

static void
a_huge_file_is_a_fault (void **state)
{
  gsize size = (gsize) JK_TEXT_FILE_BYTES_MAX + 1;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (jk_csv_parse ("r.csv", bytes, report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
}

static void
check_cell (const char *text, gboolean last, const char *expected)
{
  g_autoptr (GString) out = g_string_new ("");
  jk_csv_append_cell (out, text, last);
  assert_string_equal (out->str, expected);
}

static void
cells_are_quoted_and_rows_end (void **state)
{
  check_cell ("", FALSE, "\"\",");
  check_cell ("a,\"b\"", FALSE, "\"a,\"\"b\"\"\",");
  check_cell ("张\n三", TRUE, "\"张\n三\"\r\n");
}

static void
formulas_are_defused (void **state)
{
  check_cell ("=1+1", TRUE, "\"'=1+1\"\r\n");
  check_cell ("+1", TRUE, "\"'+1\"\r\n");
  check_cell ("-1", TRUE, "\"'-1\"\r\n");
  check_cell ("@a", TRUE, "\"'@a\"\r\n");
  check_cell ("\ta", TRUE, "\"'\ta\"\r\n");
  check_cell ("\ra", TRUE, "\"'\ra\"\r\n");
  check_cell ("＝1", TRUE, "\"'＝1\"\r\n");
  check_cell ("＋1", TRUE, "\"'＋1\"\r\n");
  check_cell ("－1", TRUE, "\"'－1\"\r\n");
  check_cell ("＠1", TRUE, "\"'＠1\"\r\n");
  check_cell ("1=1", TRUE, "\"1=1\"\r\n");
}

static void
numbers_stay_text (void **state)
{
  g_autoptr (GString) out = g_string_new ("");
  jk_csv_append_number_as_text (out, "001X", FALSE);
  jk_csv_append_number_as_text (out, "1\"&A1", TRUE);
  assert_string_equal (out->str, "\"=\"\"001X\"\"\",\"1\"\"&A1\"\r\n");
}

static char *
make_cell (GRand *chance)
{
  static const char *const parts[] = { "a", ",", "\"", "\n", " ", "=", "张", "'", "＝", "\t" };
  GString *cell = g_string_new ("");
  for (gint n = g_rand_int_range (chance, 0, 6); n > 0; n--)
    g_string_append (cell, parts[g_rand_int_range (chance, 0, G_N_ELEMENTS (parts))]);
  return g_string_free (cell, FALSE);
}

static void
what_is_printed_is_read_but_for_defusing (void **state)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);
  for (guint round = 0; round < 500; round++) {
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GString) text = g_string_new ("");
    jk_csv_append_cell (text, "k", FALSE);
    jk_csv_append_cell (text, "a", FALSE);
    jk_csv_append_cell (text, "b", TRUE);
    for (guint row = 0; row < 5; row++) {
      /* The key keeps the row from being empty, and so from being skipped. */
      jk_csv_append_cell (text, "k", FALSE);
      for (guint column = 1; column < 3; column++) {
        char *cell = make_cell (chance);
        g_ptr_array_add (cells, cell);
        jk_csv_append_cell (text, cell, column == 2);
      }
    }

    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkCsv) csv = parse (text->str, report);
    assert_int_equal (jk_report_get_n (report), 0);
    assert_int_equal (jk_csv_get_n_rows (csv), 5);
    for (guint i = 0; i < cells->len; i++) {
      const char *cell = g_ptr_array_index (cells, i);
      const char *read = jk_csv_get_cell (csv, i / 2, 1 + i % 2);
      gboolean is_defused = strchr ("=\t", *cell) != NULL || g_str_has_prefix (cell, "＝");
      if (is_defused && *cell != '\0')
        assert_int_equal (*read++, '\'');
      assert_string_equal (read, cell);
    }
  }
}

static void
hostile_bytes_never_harm (void **state)
{
  static const char sample[] = "姓名,号\r\n\"张\"\"三\",1\r\n\"a\n\",\"b\"\r\n,,\r\nx,y\r\n";
  static const char edges[] = "\",\r\n\xff= ";
  g_autoptr (GRand) chance = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++) {
    char data[sizeof sample];
    memcpy (data, sample, sizeof sample);
    gsize size = (gsize) g_rand_int_range (chance, 0, sizeof sample);
    for (gint n = g_rand_int_range (chance, 0, 5); n > 0; n--)
      data[g_rand_int_range (chance, 0, sizeof sample)] =
          g_rand_boolean (chance) ? edges[g_rand_int_range (chance, 0, 7)]
                                  : (char) g_rand_int (chance);

    g_autoptr (GBytes) bytes = g_bytes_new (data, size);
    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkCsv) csv = jk_csv_parse ("r.csv", bytes, report);
    if (csv == NULL) {
      assert_true (jk_report_get_n_faults (report) > 0);
      continue;
    }
    for (guint row = 0; row < jk_csv_get_n_rows (csv); row++) {
      for (guint column = 0; column < jk_csv_get_n_columns (csv); column++)
        assert_true (g_utf8_validate (jk_csv_get_cell (csv, row, column), -1, NULL));
    }
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_table_is_read_by_row_and_column),
    cmocka_unit_test (cells_keep_their_blanks),
    cmocka_unit_test (rows_are_numbered_as_spreadsheets_do),
    cmocka_unit_test (columns_without_anything_at_the_end_are_ignored),
    cmocka_unit_test (no_heading_is_a_fault),
    cmocka_unit_test (bad_headings_are_faults),
    cmocka_unit_test (ragged_rows_are_faults_with_their_row),
    cmocka_unit_test (a_stray_quote_is_a_fault_and_reading_goes_on),
    cmocka_unit_test (a_stray_quote_in_the_last_line_ends_the_table),
    cmocka_unit_test (a_quote_never_closed_is_a_fault),
    cmocka_unit_test (bytes_of_another_encoding_are_a_fault),
    cmocka_unit_test (too_many_rows_are_a_fault),
    cmocka_unit_test (too_many_columns_are_a_fault),
    cmocka_unit_test (a_huge_file_is_a_fault),
    cmocka_unit_test (cells_are_quoted_and_rows_end),
    cmocka_unit_test (formulas_are_defused),
    cmocka_unit_test (numbers_stay_text),
    cmocka_unit_test (what_is_printed_is_read_but_for_defusing),
    cmocka_unit_test (hostile_bytes_never_harm),
  };
  return cmocka_run_group_tests_name ("csv", tests, NULL, NULL);
}
