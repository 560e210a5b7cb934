/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/table.c */
#include "score/table.h"
#include "base/csv.h"
#include "result/receipt.h"
#include "score/marked.h"
#include "session/session-private.h"
#include "support/closing.h"

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
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
  g_autofree char *scores = jk_table_dup_scores_csv (table);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  g_auto (GStrv) lines = g_strsplit (scores, "\r\n", -1);

  assert_int_equal (jk_table_get_n_absent (table), 4);
  assert_int_equal (jk_table_get_n_scored (table), 0);
  assert_int_equal (jk_table_get_n_quarantined (table), 0);
  assert_null (jk_table_get_score (table, 0));
  assert_int_equal (g_strv_length (lines), 6); /* heading, four, the end */
  for (guint i = 1; i < 5; i++)
    assert_non_null (strstr (lines[i], "\"缺考\",\"待复核\""));
  assert_string_equal (quarantine, "\xef\xbb\xbf\"文件\",\"记录\",\"状态\",\"原因\"\r\n");
  jk_table_free (NULL);
}

static void
the_golden_table (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
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
      "\"2\",\"3\",\"2\",\"7\",\"合格\",\"待复核\",\"%s\",\"待收卷单核对\"\r\n"
      "\"=\"\"2101050340101002\"\"\",\"考生02\",\"110108********0028\",\"=\"\"02\"\"\","
      "\"\",\"\",\"\",\"\",\"缺考\",\"待复核\",\"\",\"待收卷单核对\"\r\n"
      "\"=\"\"2101050340101003\"\"\",\"考生03\",\"110108********0036\",\"=\"\"03\"\"\","
      "\"0\",\"0\",\"0\",\"0\",\"不合格\",\"待复核\",\"%s\",\"待收卷单核对\"\r\n"
      "\"=\"\"2101050340101004\"\"\",\"考生04\",\"110108********0044\",\"=\"\"04\"\"\","
      "\"\",\"\",\"\",\"\",\"缺考\",\"待复核\",\"\",\"待收卷单核对\"\r\n",
      one,
      three);
  assert_string_equal (csv, wanted);
}

static void
a_spreadsheet_reads_the_table_again (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
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
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
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
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
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
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
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
    g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
    assert_true (jk_table_take (table, "a", i == 0 ? first : second));
    assert_true (jk_table_take (table, "b", i == 0 ? second : first));
    assert_int_equal (jk_table_get_score (table, 0)->seal_number, 2);
    assert_int_equal (jk_table_get_score (table, 0)->total_half_points, 14);
    assert_int_equal (jk_table_get_n_scored (table), 1);
    assert_int_equal (jk_table_get_n_quarantined (table), 0);
    /* A copy of the one that was replaced does not come back. */
    assert_true (jk_table_take (table, "c", first));
    assert_int_equal (jk_table_get_score (table, 0)->seal_number, 2);
  }
}

static void
two_results_with_one_seal_number_contradict (void **state)
{
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
  g_autoptr (GBytes) one = seal (0, 6);
  g_autoptr (GBytes) two = seal (0, 5);
  g_autoptr (GBytes) three = seal (0, 4);

  assert_true (jk_table_take (table, "one", one));
  assert_true (jk_table_take (table, "two", two));
  assert_int_equal (jk_table_get_n_quarantined (table), 2);
  assert_null (jk_table_get_score (table, 0));
  assert_int_equal (jk_table_get_n_absent (table), 3);
  g_autofree char *row = dup_row (table, "2101050340101001");
  assert_non_null (strstr (row, "\"待复核\""));
  assert_non_null (strstr (row, "封存号相同而内容不同"));

  assert_true (jk_table_take (table, "one again", one));
  assert_int_equal (jk_table_get_n_quarantined (table), 2);
  assert_true (jk_table_take (table, "three", three));
  assert_int_equal (jk_table_get_n_quarantined (table), 3);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  assert_non_null (strstr (quarantine, "\"one\",\"0\""));
  assert_non_null (strstr (quarantine, "\"two\",\"0\""));
  assert_non_null (strstr (quarantine, "\"three\",\"0\""));

  g_autoptr (GBytes) higher = seal_again (0);
  assert_true (jk_table_take (table, "higher", higher));
  assert_int_equal (jk_table_get_score (table, 0)->seal_number, 2);
}

/* Sheet 1 of these rows. */
static JkSheetMerge *
close_hall (JkTestClosing *closing)
{
  JkSheet *sheet = jk_test_closing_make (closing, "one.jkhandin");
  return jk_sheet_merge_new (&sheet, 1);
}

static void
what_a_sheet_names_is_final_and_what_it_denies_set_aside (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (marked.exam, 0);
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 0, 6);
  g_autoptr (GBytes) named = jk_test_handed_in_seal (sitting);
  g_autoptr (GBytes) branch = seal (0, 5);
  g_autoptr (GBytes) denied = seal (1, 4);
  g_autoptr (GBytes) unnamed = seal (2, 3);

  jk_test_closing_add (closing, jk_test_row_of (closing, named, sitting));
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  jk_test_closing_add (closing, jk_test_row (3, JK_SEAT_LOST));
  g_autoptr (JkSheetMerge) sheets = close_hall (closing);
  g_autoptr (JkTable) table = jk_table_new (marked.centre, sheets);
  assert_int_equal (jk_table_get_outcome (table, 0), JK_OUTCOME_MISSING);
  assert_true (jk_table_take (table, "branch", branch));
  assert_true (jk_table_take (table, "named", named));
  assert_true (jk_table_take (table, "copy", named));
  assert_true (jk_table_take (table, "denied", denied));
  assert_true (jk_table_take (table, "unnamed", unnamed));

  const JkStanding wanted[] = { JK_STANDING_QUARANTINED,
                                JK_STANDING_FINAL,
                                JK_STANDING_SUPERSEDED,
                                JK_STANDING_QUARANTINED,
                                JK_STANDING_PROVISIONAL };
  assert_int_equal (jk_table_get_n_files (table), G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    assert_int_equal (jk_table_get_standing (table, i), wanted[i]);
    assert_true (strlen (jk_table_get_reason (table, i)) > 0);
  }
  assert_int_equal (jk_table_get_score (table, 0)->total_half_points, 14);
  assert_null (jk_table_get_score (table, 1));
  assert_int_equal (jk_table_get_outcome (table, 1), JK_OUTCOME_QUARANTINED);
  assert_int_equal (jk_table_get_outcome (table, 3), JK_OUTCOME_LOST);
  assert_int_equal (jk_table_get_n_scored (table), 2);
  assert_int_equal (jk_table_get_n_final (table), 1);
  assert_int_equal (jk_table_get_n_quarantined (table), 2);
  g_autofree char *first = dup_row (table, "2101050340101001");
  g_autofree char *third = dup_row (table, "2101050340101003");
  assert_non_null (strstr (first, "\"正式\""));
  assert_non_null (strstr (third, "\"待复核\""));
  g_autofree char *files = jk_table_dup_files_csv (table);
  assert_non_null (strstr (files, "\"branch\",\"0\",\"隔离\",\"the closing sheet names another"));
  assert_non_null (strstr (files, "\"copy\",\"0\",\"已替代\",\"named has the same bytes\""));
}

static void
a_score_says_when_a_revoked_role_signed_its_sheet (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (marked.exam, 0);
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 0, 6);
  g_autoptr (GBytes) named = jk_test_handed_in_seal (sitting);
  g_autoptr (GBytes) unnamed = seal (2, 3);

  jk_test_closing_add (closing, jk_test_row_of (closing, named, sitting));
  ((JkSession *) closing->session)->revoked = JK_ROLE_BIT (JK_ROLE_PROCTOR);
  g_autoptr (JkSheetMerge) sheets = close_hall (closing);
  ((JkSession *) closing->session)->revoked = 0;
  g_autoptr (JkTable) table = jk_table_new (marked.centre, sheets);
  assert_true (jk_table_take (table, "named", named));
  assert_true (jk_table_take (table, "unnamed", unnamed));
  g_autofree char *first = dup_row (table, "2101050340101001");
  g_autofree char *third = dup_row (table, "2101050340101003");
  assert_non_null (strstr (first, "\"正式\""));
  assert_non_null (strstr (first, "已撤销的监考角色签署"));
  assert_null (strstr (third, "已撤销"));
}

static void
a_result_with_another_receipt_than_the_sheet_has_is_set_aside (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (marked.exam, 0);
  g_autoptr (JkTestHandedIn) sitting = hand_in (&marked, 0, 6);
  g_autoptr (GBytes) result = jk_test_handed_in_seal (sitting);
  JkSheetRow row = jk_test_row_of (closing, result, sitting);

  row.slip[0] ^= 1;
  jk_test_closing_add (closing, row);
  g_autoptr (JkSheetMerge) sheets = close_hall (closing);
  g_autoptr (JkTable) table = jk_table_new (marked.centre, sheets);
  assert_true (jk_table_take (table, "a", result));
  assert_int_equal (jk_table_get_standing (table, 0), JK_STANDING_QUARANTINED);
  assert_non_null (strstr (jk_table_get_reason (table, 0), "receipt"));
  assert_null (jk_table_get_score (table, 0));
}

static void
a_release_lets_its_result_count_and_no_other (void **state)
{
  const JkSession *session = jk_test_exam_get_session (marked.exam, 0);
  const JkSecret *centre = jk_test_exam_get_centre (marked.exam);
  g_autoptr (GBytes) one = seal (0, 6);
  g_autoptr (GBytes) two = seal (1, 6);
  JkReleaseTerms terms = { .first = "A", .second = "B", .reason = "found", .seal_number = 1 };
  JkKind kind;

  assert_true (jk_envelope_peek ("one", one, &kind, &terms.result, NULL));
  g_autoptr (GBytes) bytes = jk_release_write (&terms, session, centre);
  g_autoptr (JkRelease) release = jk_release_open ("r", bytes, session, centre, NULL);
  g_autoptr (JkTable) table = jk_table_new (marked.centre, NULL);
  jk_table_add_release (table, release);
  assert_true (jk_table_take (table, "two", two));
  assert_false (jk_table_has (table, &terms.result));
  assert_true (jk_table_take (table, "one", one));
  assert_true (jk_table_has (table, &terms.result));
  assert_int_equal (jk_table_get_standing (table, 0), JK_STANDING_PROVISIONAL);
  assert_int_equal (jk_table_get_standing (table, 1), JK_STANDING_FINAL);
  assert_string_equal (jk_table_get_reason (table, 1), "released by A and B: found");
  g_autofree char *row = dup_row (table, "2101050340101001");
  assert_non_null (strstr (row, "\"正式\""));
  assert_non_null (strstr (row, "经两人复核放行"));
}

static void
a_sheet_set_aside_is_listed_and_names_nothing (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (marked.exam, 0);
  g_autoptr (GBytes) result = seal (0, 6);

  closing->number = 2;
  closing->predecessor.bytes[0] = 1;
  jk_test_closing_add (closing, jk_test_row_of (closing, result, NULL));
  g_autoptr (JkSheetMerge) sheets = close_hall (closing);
  g_autoptr (JkTable) table = jk_table_new (marked.centre, sheets);
  assert_true (jk_table_take (table, "a", result));
  assert_int_equal (jk_table_get_n_quarantined (table), 1);
  assert_int_equal (jk_table_get_n_final (table), 0);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  assert_non_null (strstr (quarantine, "\"one.jkhandin\",\"\",\"隔离\",\""));
}

/* Files of two records, sheets and releases at random: each file ends in one standing with a
 * reason, stands once in files.csv, and no score comes from one that does not count. */
static void
no_file_is_scored_or_dropped_in_silence (void **state)
{
  const JkSession *session = jk_test_exam_get_session (marked.exam, 0);
  const JkSecret *centre = jk_test_exam_get_centre (marked.exam);
  g_autoptr (GBytes) again = seal_again (0);
  GBytes *pool[] = { seal (0, 0), seal (0, 3), again, seal (1, 1), seal (1, 2), seal (2, 6) };
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);
  guint seen[JK_STANDING_QUARANTINED + 1] = { 0 };

  for (guint round = 0; round < 150; round++) {
    g_autoptr (JkTestClosing) closing = jk_test_closing_new (marked.exam, 0);
    guint named = (guint) g_rand_int_range (chance, 0, 64);
    guint taken = (guint) g_rand_int_range (chance, 1, 64);
    guint released =
        (guint) g_rand_int_range (chance, 0, 64) & (guint) g_rand_int_range (chance, 0, 64);
    /* No two results of one record and seal number on a sheet. */
    named &= (named & 1) != 0 ? ~2u : ~0u;
    named &= (named & 8) != 0 ? ~16u : ~0u;
    for (guint i = 0; i < G_N_ELEMENTS (pool); i++) {
      if ((named >> i & 1) != 0)
        jk_test_closing_add (closing, jk_test_row_of (closing, pool[i], NULL));
    }
    if ((named & 32) == 0)
      jk_test_closing_add (closing, jk_test_row (2, JK_SEAT_ABSENT));
    g_autoptr (JkSheetMerge) sheets = close_hall (closing);
    g_autoptr (JkTable) table = jk_table_new (marked.centre, sheets);
    for (guint i = 0; i < G_N_ELEMENTS (pool); i++) {
      JkReleaseTerms terms = { .first = "A", .second = "B", .reason = "c", .seal_number = 1 };
      JkKind kind;
      if ((released >> i & 1) == 0)
        continue;
      assert_true (jk_envelope_peek ("x", pool[i], &kind, &terms.result, NULL));
      g_autoptr (GBytes) bytes = jk_release_write (&terms, session, centre);
      g_autoptr (JkRelease) release = jk_release_open ("r", bytes, session, centre, NULL);
      jk_table_add_release (table, release);
    }
    guint n = 0;
    for (guint i = 0; i < G_N_ELEMENTS (pool); i++) {
      g_autofree char *name = g_strdup_printf ("file-%u", i);
      if ((taken >> i & 1) == 0)
        continue;
      assert_true (jk_table_take (table, name, pool[i]));
      n++;
    }
    assert_int_equal (jk_table_get_n_files (table), n);
    g_autofree char *files = jk_table_dup_files_csv (table);
    guint n_counts = 0;
    for (guint i = 0; i < n; i++) {
      JkStanding standing = jk_table_get_standing (table, i);
      seen[standing]++;
      assert_true (strlen (jk_table_get_reason (table, i)) > 0);
      n_counts += standing == JK_STANDING_FINAL ? 1 : 0;
    }
    for (guint i = 0; i < G_N_ELEMENTS (pool); i++) {
      g_autofree char *cell = g_strdup_printf ("\"file-%u\",", i);
      const char *at = strstr (files, cell);
      assert_int_equal (at != NULL, (taken >> i & 1) != 0);
      assert_true (at == NULL || strstr (at + 1, cell) == NULL);
    }
    assert_int_equal (n_counts, jk_table_get_n_final (table));
    assert_true (jk_table_get_n_scored (table) >= n_counts);
  }
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    assert_true (seen[i] > 10);
  for (guint i = 0; i < G_N_ELEMENTS (pool); i++) {
    if (pool[i] != again)
      g_bytes_unref (pool[i]);
  }
}

static void
every_row_of_a_rehearsal_says_so (void **state)
{
  Marked rehearsal;
  g_autoptr (GBytes) garbage = g_bytes_new_static ("x", 1);

  marked_init (&rehearsal, TRUE);
  g_autoptr (JkTable) table = jk_table_new (rehearsal.centre, NULL);
  jk_table_take (table, "x", garbage);
  g_autofree char *scores = jk_table_dup_scores_csv (table);
  g_autofree char *quarantine = jk_table_dup_quarantine_csv (table);
  g_auto (GStrv) lines = g_strsplit (scores, "\r\n", -1);
  for (guint i = 1; i < 5; i++)
    assert_non_null (strstr (lines[i], "\"试考 待复核\""));
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
    cmocka_unit_test (what_a_sheet_names_is_final_and_what_it_denies_set_aside),
    cmocka_unit_test (a_score_says_when_a_revoked_role_signed_its_sheet),
    cmocka_unit_test (a_result_with_another_receipt_than_the_sheet_has_is_set_aside),
    cmocka_unit_test (a_release_lets_its_result_count_and_no_other),
    cmocka_unit_test (a_sheet_set_aside_is_listed_and_names_nothing),
    cmocka_unit_test (no_file_is_scored_or_dropped_in_silence),
    cmocka_unit_test (every_row_of_a_rehearsal_says_so),
  };
  return cmocka_run_group_tests_name ("table", tests, set_up, tear_down);
}
