/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/table.c */
#include "score/table.h"
#include "base/csv.h"
#include "result/receipt.h"
#include "score/marked.h"

static Marked marked;

static int
set_up (void **state)
{
  marked_init (&marked, FALSE);
  return 0;
}

static int
tear_down (void **state)
{
  marked_clear (&marked);
  return 0;
}

static GBytes *
seal (guint n, guint n_right)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, n, n_right);
  return jk_test_handed_in_seal (sitting);
}

/* Handed in with nothing right, reopened, and handed in with all right. */
static GBytes *
seal_again (guint n)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, n, 0);
  jk_test_handed_in_reopen (sitting);
  for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++)
    jk_test_handed_in_answer (sitting, i, right_of (&marked, sitting, i));
  jk_test_handed_in_end (sitting);
  return jk_test_handed_in_seal (sitting);
}

/* The row of an admission number in a table of scores, without what follows it. */
static char *
dup_row (const JkTable *table, const char *admission)
{
  g_autofree char *csv = jk_table_dup_scores_csv (table);
  const char *at = strstr (csv, admission);
  assert_non_null (at);
  return g_strndup (at, (gsize) (strstr (at, "\r\n") - at));
}

static void
everybody_is_absent_at_first (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre);
  g_autofree char *scores = jk_table_dup_scores_csv (table);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  g_auto (GStrv) lines = g_strsplit (scores, "\r\n", -1);

  assert_int_equal (jk_table_get_n_absent (table), 4);
  assert_int_equal (jk_table_get_n_scored (table), 0);
  assert_int_equal (jk_table_get_n_quarantined (table), 0);
  assert_null (jk_table_get_score (table, 0));
  assert_int_equal (g_strv_length (lines), 6); /* heading, four, the end */
  for (guint i = 1; i < 5; i++)
    assert_non_null (strstr (lines[i], "\"缺考\",\"暂定\""));
  assert_string_equal (quarantine, "\xef\xbb\xbf\"文件\",\"记录\",\"状态\",\"原因\"\r\n");
  jk_table_free (NULL);
}

static void
the_golden_table (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre);
  g_autoptr (GBytes) full = seal (0, 6);
  g_autoptr (GBytes) none = seal (2, 0);

  assert_true (jk_table_take (table, "a", full));
  assert_true (jk_table_take (table, "b", none));
  assert_int_equal (jk_table_get_n_scored (table), 2);
  assert_int_equal (jk_table_get_n_absent (table), 2);
  const JkScore *first = jk_table_get_score (table, 0);
  const JkScore *third = jk_table_get_score (table, 2);
  assert_int_equal (first->total_half_points, 14);
  assert_int_equal (third->total_half_points, 0);

  g_autofree char *one = jk_receipt_dup_code (&first->receipt);
  g_autofree char *three = jk_receipt_dup_code (&third->receipt);
  g_autofree char *csv = jk_table_dup_scores_csv (table);
  g_autofree char *wanted = g_strdup_printf (
      "\xef\xbb\xbf\"准考证号\",\"姓名\",\"证件号码\",\"座位号\",\"A-A 范围 1\",\"A-B 范围 2\","
      "\"B-A 范围 3\",\"总分\",\"结论\",\"状态\",\"回执码\",\"说明\"\r\n"
      "\"=\"\"2101050340101001\"\"\",\"考生01\",\"110108********001X\",\"=\"\"01\"\"\","
      "\"2\",\"3\",\"2\",\"7\",\"合格\",\"暂定\",\"%s\",\"待收卷单核对\"\r\n"
      "\"=\"\"2101050340101002\"\"\",\"考生02\",\"110108********0028\",\"=\"\"02\"\"\","
      "\"\",\"\",\"\",\"\",\"缺考\",\"暂定\",\"\",\"待收卷单核对\"\r\n"
      "\"=\"\"2101050340101003\"\"\",\"考生03\",\"110108********0036\",\"=\"\"03\"\"\","
      "\"0\",\"0\",\"0\",\"0\",\"不合格\",\"暂定\",\"%s\",\"待收卷单核对\"\r\n"
      "\"=\"\"2101050340101004\"\"\",\"考生04\",\"110108********0044\",\"=\"\"04\"\"\","
      "\"\",\"\",\"\",\"\",\"缺考\",\"暂定\",\"\",\"待收卷单核对\"\r\n",
      one,
      three);
  assert_string_equal (csv, wanted);
}

static void
a_spreadsheet_reads_the_table_again (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre);
  g_autofree char *csv = jk_table_dup_scores_csv (table);
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkCsv) read = jk_csv_parse ("scores.csv", bytes, report);

  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_csv_get_n_rows (read), 4);
  assert_int_equal (jk_csv_get_n_columns (read), 12);
  assert_string_equal (jk_csv_get_heading (read, 0), "准考证号");
}

static void
a_bad_file_stops_nobody (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre);
  g_autoptr (GBytes) good = seal (0, 6);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) - 1);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("x", 1);

  assert_false (jk_table_take (table, "=cut", cut));
  assert_false (jk_table_take (table, "garbage", garbage));
  assert_true (jk_table_take (table, "good", good));
  assert_int_equal (jk_table_get_n_quarantined (table), 2);
  assert_int_equal (jk_table_get_n_scored (table), 1);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  assert_non_null (strstr (quarantine, "\"'=cut\",\"\",\"隔离\",\""));
  assert_non_null (strstr (quarantine, "\"garbage\",\"\",\"隔离\",\""));
}

static void
a_refused_file_that_names_its_record_is_told_in_its_row (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre);
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 1, 6);
  JkTestForgery parts;

  jk_test_handed_in_get_parts (sitting, &parts);
  parts.name = "别人";
  g_autoptr (GBytes) forged = jk_test_forge (marked.exam, &parts);
  assert_false (jk_table_take (table, "forged", forged));
  assert_int_equal (jk_table_get_n_absent (table), 3);
  g_autofree char *row = dup_row (table, "2101050340101002");
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  assert_non_null (strstr (row, "\"待复核\""));
  assert_non_null (strstr (quarantine, "\"forged\",\"1\",\"隔离\",\""));

  g_autoptr (GBytes) honest = jk_test_handed_in_seal (sitting);
  assert_true (jk_table_take (table, "honest", honest));
  assert_int_equal (jk_table_get_score (table, 1)->total_half_points, 14);
}

static void
identical_bytes_twice_are_one_result (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre);
  g_autoptr (GBytes) bytes = seal (0, 6);

  assert_true (jk_table_take (table, "a", bytes));
  assert_true (jk_table_take (table, "copy of a", bytes));
  assert_int_equal (jk_table_get_n_scored (table), 1);
  assert_int_equal (jk_table_get_n_quarantined (table), 0);
}

static void
the_highest_seal_number_counts_in_either_order (void **state)
{
  g_autoptr (GBytes) first = seal (0, 0);
  g_autoptr (GBytes) second = seal_again (0);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (JkTable) table = jk_table_new (marked.centre);
    assert_true (jk_table_take (table, "a", i == 0 ? first : second));
    assert_int_equal (jk_table_take (table, "b", i == 0 ? second : first), i == 0);
    assert_int_equal (jk_table_get_score (table, 0)->seal_number, 2);
    assert_int_equal (jk_table_get_score (table, 0)->total_half_points, 14);
    assert_int_equal (jk_table_get_n_scored (table), 1);
    assert_int_equal (jk_table_get_n_quarantined (table), 0);
    /* A copy of the one that was replaced does not come back. */
    assert_false (jk_table_take (table, "c", first));
    assert_int_equal (jk_table_get_score (table, 0)->seal_number, 2);
  }
}

static void
two_results_with_one_seal_number_contradict (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre);
  g_autoptr (GBytes) one = seal (0, 6);
  g_autoptr (GBytes) two = seal (0, 5);
  g_autoptr (GBytes) three = seal (0, 4);

  assert_true (jk_table_take (table, "one", one));
  assert_false (jk_table_take (table, "two", two));
  assert_int_equal (jk_table_get_n_quarantined (table), 2);
  assert_null (jk_table_get_score (table, 0));
  assert_int_equal (jk_table_get_n_absent (table), 3);
  g_autofree char *row = dup_row (table, "2101050340101001");
  assert_non_null (strstr (row, "\"待复核\""));
  assert_non_null (strstr (row, "封存号相同而内容不同"));

  assert_false (jk_table_take (table, "one again", one));
  assert_int_equal (jk_table_get_n_quarantined (table), 2);
  assert_false (jk_table_take (table, "three", three));
  assert_int_equal (jk_table_get_n_quarantined (table), 3);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  assert_non_null (strstr (quarantine, "\"one\",\"0\""));
  assert_non_null (strstr (quarantine, "\"two\",\"0\""));
  assert_non_null (strstr (quarantine, "\"three\",\"0\""));

  g_autoptr (GBytes) higher = seal_again (0);
  assert_true (jk_table_take (table, "higher", higher));
  assert_int_equal (jk_table_get_score (table, 0)->seal_number, 2);
}

static void
every_row_of_a_rehearsal_says_so (void **state)
{
  Marked rehearsal;
  g_autoptr (GBytes) garbage = g_bytes_new_static ("x", 1);

  marked_init (&rehearsal, TRUE);
  g_autoptr (JkTable) table = jk_table_new (rehearsal.centre);
  jk_table_take (table, "x", garbage);
  g_autofree char *scores = jk_table_dup_scores_csv (table);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  g_auto (GStrv) lines = g_strsplit (scores, "\r\n", -1);
  for (guint i = 1; i < 5; i++)
    assert_non_null (strstr (lines[i], "\"试考 暂定\""));
  assert_non_null (strstr (quarantine, "\"试考 隔离\""));
  marked_clear (&rehearsal);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (everybody_is_absent_at_first),
    cmocka_unit_test (the_golden_table),
    cmocka_unit_test (a_spreadsheet_reads_the_table_again),
    cmocka_unit_test (a_bad_file_stops_nobody),
    cmocka_unit_test (a_refused_file_that_names_its_record_is_told_in_its_row),
    cmocka_unit_test (identical_bytes_twice_are_one_result),
    cmocka_unit_test (the_highest_seal_number_counts_in_either_order),
    cmocka_unit_test (two_results_with_one_seal_number_contradict),
    cmocka_unit_test (every_row_of_a_rehearsal_says_so),
  };
  return cmocka_run_group_tests_name ("table", tests, set_up, tear_down);
}
