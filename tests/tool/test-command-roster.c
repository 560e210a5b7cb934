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
  assert_string_equal (way->said->out, "candidates: 6\n");
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
    cmocka_unit_test (a_plan_needs_a_level),
    cmocka_unit_test (missing_files_are_told_apart),
    cmocka_unit_test (a_file_without_a_row_is_findings),
  };

  return cmocka_run_group_tests_name ("command-roster",
                                      tests,
                                      jk_test_way_setup_sources,
                                      jk_test_way_teardown);
}
