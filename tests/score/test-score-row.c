/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/score-row.c */
#include "score/score-row.h"
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

static char *
dup_row (const JkPerson *person, JkOutcome outcome, const JkScore *score)
{
  GString *out = g_string_new (NULL);
  const JkScoreLine line = { .person = person, .outcome = outcome, .score = score };
  jk_score_row_append (out, marked.centre, &line);
  return g_string_free (out, FALSE);
}

static const JkPerson person = {
  .admission = "2101050340101001",
  .name = "安知行",
  .masked_id = "110108********0019",
  .seat = "01",
  .path = "",
};

static void
the_heading_is_in_chinese_with_every_section (void **state)
{
  g_autoptr (GString) out = g_string_new (NULL);

  jk_score_row_append_heading (out, marked.centre);
  assert_string_equal (out->str,
                       "\xef\xbb\xbf\"准考证号\",\"姓名\",\"证件号码\",\"座位号\","
                       "\"A-A 范围 1\",\"A-B 范围 2\",\"B-A 范围 3\","
                       "\"总分\",\"结论\",\"状态\",\"回执码\",\"说明\"\r\n");
}

static void
half_points_are_printed_in_steps_of_a_half (void **state)
{
  static const char *const wanted[] = { "0", "0.5", "1", "1.5", "2" };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autofree char *points = jk_score_row_dup_points (i);
    assert_string_equal (points, wanted[i]);
  }
}

static void
a_scored_row_has_all_columns (void **state)
{
  guint sections[] = { 3, 0, 4 };
  JkScore score = { .total_half_points = 7,
                    .hand_in = JK_HAND_IN_VOLUNTARY,
                    .section_half_points = sections };
  g_autofree char *receipt = jk_receipt_dup_code (&score.receipt);
  g_autofree char *row = dup_row (&person, JK_OUTCOME_SCORED, &score);
  g_autofree char *wanted =
      g_strdup_printf ("\"=\"\"2101050340101001\"\"\",\"安知行\",\"110108********0019\","
                       "\"=\"\"01\"\"\",\"1.5\",\"0\",\"2\",\"3.5\",\"不合格\",\"待复核\",\"%s\","
                       "\"待收卷单核对\"\r\n",
                       receipt);
  assert_string_equal (row, wanted);

  score.passed = TRUE;
  g_autofree char *passed = dup_row (&person, JK_OUTCOME_SCORED, &score);
  assert_non_null (strstr (passed, "\"合格\""));
}

static void
forced_hand_ins_and_extensions_are_told (void **state)
{
  guint sections[] = { 0, 0, 0 };
  const JkScore score = { .hand_in = JK_HAND_IN_FORCED,
                          .extended_ms = 90001,
                          .section_half_points = sections };
  g_autofree char *row = dup_row (&person, JK_OUTCOME_SCORED, &score);
  assert_non_null (strstr (row, "\"待收卷单核对；强制交卷；延时 2 分钟\""));
}

static void
rows_without_a_score_say_why (void **state)
{
  g_autofree char *absent = dup_row (&person, JK_OUTCOME_ABSENT, NULL);
  g_autofree char *refused = dup_row (&person, JK_OUTCOME_QUARANTINED, NULL);
  g_autofree char *twice = dup_row (&person, JK_OUTCOME_CONTRADICTED, NULL);

  assert_non_null (
      strstr (absent, ",\"\",\"\",\"\",\"\",\"缺考\",\"待复核\",\"\",\"待收卷单核对\"\r\n"));
  assert_non_null (strstr (refused, "\"待复核\",\"待复核\""));
  assert_non_null (strstr (refused, "未通过核验"));
  assert_non_null (strstr (twice, "\"待复核\",\"待复核\""));
  assert_non_null (strstr (twice, "封存号相同而内容不同"));
}

static void
a_final_row_says_who_stands_for_it (void **state)
{
  guint sections[] = { 0, 0, 0 };
  const JkScore score = { .section_half_points = sections };
  JkScoreLine line = { .person = &person, .score = &score, .is_final = TRUE };
  const char *const wanted[] = { "\"正式\",\"%s\",\"\"\r\n",
                                 "\"正式\",\"%s\",\"经两人复核放行\"\r\n",
                                 "\"正式\",\"%s\",\"收卷单由一人签署\"\r\n",
                                 "\"正式\",\"%s\",\"收卷单由已撤销的监考角色签署\"\r\n" };
  g_autofree char *receipt = jk_receipt_dup_code (&score.receipt);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autoptr (GString) out = g_string_new (NULL);
    g_auto (GStrv) parts = g_strsplit (wanted[i], "%s", 2);
    g_autofree char *end = g_strconcat (parts[0], receipt, parts[1], NULL);
    line.is_released = i == 1;
    line.is_alone = i == 2;
    line.is_revoked = i == 3;
    jk_score_row_append (out, marked.centre, &line);
    assert_true (g_str_has_suffix (out->str, end));
  }
}

static void
what_a_sheet_says_of_a_record_without_a_result_is_told (void **state)
{
  g_autofree char *ill = dup_row (&person, JK_OUTCOME_ILL, NULL);
  g_autofree char *lost = dup_row (&person, JK_OUTCOME_LOST, NULL);
  g_autofree char *missing = dup_row (&person, JK_OUTCOME_MISSING, NULL);

  assert_non_null (strstr (ill, "\"因病离场\""));
  assert_non_null (strstr (lost, "\"答卷遗失\",\"待复核\""));
  assert_non_null (strstr (missing, "\"待复核\",\"待复核\""));
  assert_non_null (strstr (missing, "文件缺失"));
}

static void
a_name_that_is_a_formula_is_defused (void **state)
{
  static const char *const names[] = { "=HYPERLINK(\"x\")", "+1", "-1", "@a", "＝1" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JkPerson other = person;
    other.name = names[i];
    g_autofree char *row = dup_row (&other, JK_OUTCOME_ABSENT, NULL);
    g_autofree char *start = g_strdup_printf ("\"=\"\"2101050340101001\"\"\",\"'%c", names[i][0]);
    assert_true (g_str_has_prefix (row, start));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_heading_is_in_chinese_with_every_section),
    cmocka_unit_test (half_points_are_printed_in_steps_of_a_half),
    cmocka_unit_test (a_scored_row_has_all_columns),
    cmocka_unit_test (forced_hand_ins_and_extensions_are_told),
    cmocka_unit_test (rows_without_a_score_say_why),
    cmocka_unit_test (a_final_row_says_who_stands_for_it),
    cmocka_unit_test (what_a_sheet_says_of_a_record_without_a_result_is_told),
    cmocka_unit_test (a_name_that_is_a_formula_is_defused),
  };
  return cmocka_run_group_tests_name ("score-row", tests, set_up, tear_down);
}
