/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-roster.c */
#include "tool/commands.h"

#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define BROKEN_ID "110108190001010018"

static const char *
put_broken (JkTestWay *way)
{
  return jk_test_way_put (way,
                          "broken.csv",
                          "准考证号,姓名,性别,证件类型,证件号码,考场号,座位号,申报条件\n"
                          "2101050340101012,安知行,男,居民身份证," BROKEN_ID ",01,01,4-(1)\n"
                          "2101050340101012,白若溪,女,居民身份证,110108190002170049,01,01,4-(9)\n");
}

static void
a_good_roster_is_counted (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "roster",
                      "check",
                      jk_test_way_path (way, "roster.csv"),
                      NULL);
  assert_non_null (strstr (way->said->out,
                           "roster.csv\ncandidates: 6\nhalls: 1\nhall: 01: 6\npath: 4-(1): 6\n"
                           "with-extra-time: 0\nnotices: 0\n"));
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "roster",
                      "check",
                      "--plan",
                      jk_test_way_path (way, "plan.ini"),
                      "--level",
                      "4",
                      "--json",
                      jk_test_way_path (way, "roster.csv"),
                      NULL);
  jk_test_said_check_json (way->said, FALSE);
}

static void
faults_are_listed_with_their_rows (void **state)
{
  JkTestWay *way = *state;
  const char *path = put_broken (way);

  jk_test_way_expect (way, JK_EXIT_FINDINGS, "roster", "check", path, NULL);
  assert_string_equal (way->said->out, "");
  assert_non_null (strstr (way->said->err, "row 2"));
  assert_non_null (strstr (way->said->err, "row 3"));
  assert_null (strstr (way->said->err, BROKEN_ID));
  jk_test_way_expect (way, JK_EXIT_FINDINGS, "roster", "check", "--json", path, NULL);
  assert_string_equal (way->said->err, "");
  assert_non_null (strstr (way->said->out, "\"place\":\"row 2\""));
  assert_null (strstr (way->said->out, BROKEN_ID));
  jk_test_said_check_json (way->said, FALSE);
}

static void
the_plan_judges_eligibility_paths (void **state)
{
  JkTestWay *way = *state;
  const char *path = put_broken (way);
  gsize without;

  jk_test_way_expect (way, JK_EXIT_FINDINGS, "roster", "check", path, NULL);
  without = strlen (way->said->err);
  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "roster",
                      "check",
                      "--plan",
                      jk_test_way_path (way, "plan.ini"),
                      "--level",
                      "4",
                      path,
                      NULL);
  assert_true (strlen (way->said->err) > without);
}

#define FULL                                                                                                          \
  "准考证号,姓名,证件类型,证件号码,考场号,座位号,申报条件,延时,报名日期,手机号码\n" \
  "A00001,安知行,护照,X0000001,02,01,4-(1),30,2021-04-11,13800000000\n"                                          \
  "A00002,白若溪,护照,X0000002,01,01,4-(3),,2021-04-11,13800000000\n"                                            \
  "A00003,蔡明朗,护照,X0000003,01,02,4-(3),30,2021-04-01,13800000000\n"                                          \
  "A00004,陈雨桐,护照,X0000004,01,03,4-(3),45,2021-04-12,13800000000\n"

static void
a_batch_gives_level_and_deadline (void **state)
{
  JkTestWay *way = *state;
  const char *plan = jk_test_way_path (way, "plan.ini");
  g_autofree char *good = g_strdup (FULL);
  const char *late = jk_test_way_put (way, "late.csv", FULL);

  strstr (good, "04-12")[4] = '1';
  const char *path = jk_test_way_put (way, "good.csv", good);
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "roster",
                      "check",
                      "--plan",
                      plan,
                      "--batch",
                      "1",
                      path,
                      NULL);
  assert_string_equal (way->said->err, "");
  assert_non_null (
      strstr (way->said->out,
              "batch: 1 on 20210424, registration until 20210411\ncandidates: 4\nhalls: 2\n"
              "hall: 01: 3\nhall: 02: 1\n"
              "path: 4-(1): 1 (建议提交：有效身份证原件；考生个人签署的工作经历承诺书)\n"
              "path: 4-(3): 3 (建议提交：有效身份证原件；考生个人签署的培训经历承诺书)\n"
              "with-extra-time: 3\nextra-time: 30 min: 2\nextra-time: 45 min: 1\n"
              "notices: 0\n"));
  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "roster",
                      "check",
                      "--plan",
                      plan,
                      "--batch",
                      "1",
                      late,
                      NULL);
  assert_non_null (strstr (way->said->err, "row 5: found a registration on 2021-04-12"));
  assert_non_null (strstr (way->said->err, "a late registration"));
}

static void
a_batch_that_does_not_take_place_is_a_fault (void **state)
{
  JkTestWay *way = *state;
  const char *roster = jk_test_way_path (way, "roster.csv");
  const char *plan = jk_test_way_path (way, "plan.ini");
  g_autofree char *text = NULL;

  assert_true (g_file_get_contents (plan, &text, NULL, NULL));
  g_autoptr (GString) changed = g_string_new (text);
  assert_int_equal (g_string_replace (changed, "status=planned", "status=cancelled", 1), 1);
  const char *cancelled = jk_test_way_put (way, "cancelled.ini", changed->str);

  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "roster",
                      "check",
                      "--plan",
                      cancelled,
                      "--batch",
                      "1",
                      roster,
                      NULL);
  assert_non_null (strstr (way->said->err, "[batch-1]: found a batch that is cancelled"));
  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "roster",
                      "check",
                      "--plan",
                      plan,
                      "--batch",
                      "77",
                      roster,
                      NULL);
  assert_non_null (strstr (way->said->err, "[batch-77]: found no such batch"));
}

static void
several_files_are_judged_each_by_itself (void **state)
{
  JkTestWay *way = *state;
  const char *good = jk_test_way_path (way, "roster.csv");
  const char *broken = put_broken (way);
  const char *none = jk_test_way_path (way, "none.csv");

  jk_test_way_expect (way, JK_EXIT_FINDINGS, "roster", "check", broken, good, NULL);
  assert_non_null (strstr (way->said->err, "broken.csv: row 2"));
  assert_non_null (strstr (way->said->out, "roster.csv\ncandidates: 6\n"));
  assert_null (strstr (way->said->out, "broken.csv"));
  jk_test_way_expect (way, JK_EXIT_STORAGE, "roster", "check", none, broken, good, NULL);
  assert_non_null (strstr (way->said->err, "none.csv"));
  assert_non_null (strstr (way->said->err, "broken.csv: row 2"));
  assert_non_null (strstr (way->said->out, "candidates: 6\n"));
}

static void
notices_are_told_and_counted (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *text = g_convert (FULL, -1, "GB18030", "UTF-8", NULL, NULL, NULL);
  const char *path = jk_test_way_put (way, "gb.csv", text);

  jk_test_way_expect (way, JK_EXIT_OK, "roster", "check", path, NULL);
  assert_non_null (strstr (way->said->err, "row 2: found text in GB18030, with the name “安知行”"));
  assert_non_null (strstr (way->said->out, "notices: 1\n"));
  jk_test_way_expect (way, JK_EXIT_OK, "roster", "check", "--json", path, NULL);
  assert_string_equal (way->said->err, "");
  assert_non_null (strstr (way->said->out, "\"candidates\":4"));
  assert_non_null (strstr (way->said->out, "GB18030"));
  assert_null (strstr (way->said->out, "13800000000"));
  jk_test_said_check_json (way->said, FALSE);
}

static void
a_plan_needs_a_level (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way, JK_EXIT_USAGE, "roster", "check", "--plan", "p", "r.csv", NULL);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "roster",
                      "check",
                      "--plan",
                      "p",
                      "--level",
                      "6",
                      "r.csv",
                      NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "roster", "check", NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "roster", "check", "--batch", "1", "r.csv", NULL);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "roster",
                      "check",
                      "--plan",
                      "p",
                      "--batch",
                      "1",
                      "--level",
                      "4",
                      "r.csv",
                      NULL);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "roster",
                      "check",
                      "--plan",
                      "p",
                      "--batch",
                      "-1",
                      "r.csv",
                      NULL);
}

static void
missing_files_are_told_apart (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way,
                      JK_EXIT_STORAGE,
                      "roster",
                      "check",
                      jk_test_way_path (way, "no.csv"),
                      NULL);
  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "roster",
                      "check",
                      "--plan",
                      jk_test_way_path (way, "no.ini"),
                      "--level",
                      "4",
                      jk_test_way_path (way, "roster.csv"),
                      NULL);
  assert_non_null (strstr (way->said->err, "no.ini"));
}

static void
a_file_without_a_row_is_findings (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "roster",
                      "check",
                      jk_test_way_put (way, "empty.csv", ""),
                      NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_good_roster_is_counted),
    cmocka_unit_test (faults_are_listed_with_their_rows),
    cmocka_unit_test (the_plan_judges_eligibility_paths),
    cmocka_unit_test (a_batch_gives_level_and_deadline),
    cmocka_unit_test (a_batch_that_does_not_take_place_is_a_fault),
    cmocka_unit_test (several_files_are_judged_each_by_itself),
    cmocka_unit_test (notices_are_told_and_counted),
    cmocka_unit_test (a_plan_needs_a_level),
    cmocka_unit_test (missing_files_are_told_apart),
    cmocka_unit_test (a_file_without_a_row_is_findings),
  };

  return cmocka_run_group_tests_name ("command-roster",
                                      tests,
                                      jk_test_way_setup_sources,
                                      jk_test_way_teardown);
}
