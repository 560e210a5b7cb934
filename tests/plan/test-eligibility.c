/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/eligibility.c */
#include "plan/eligibility.h"
#include "plan/shipped.h"

#define VOCATIONAL "1401001002400123" /* of level 4 */
#define OTHER_LEVEL "1401001002500123"
#define DEADLINE 20210411

typedef struct {
  const char *path;
  JkEligibilityCells cells;
  const char *found; /* NULL: nothing is wrong */
  const char *expected;
  gboolean is_fault;
} Case;

static void
check_case (const JkPlan *plan, const Case *test, guint deadline)
{
  g_autoptr (JkReport) report = jk_report_new ();
  const JkPlanPath *path = test->path == NULL ? NULL : jk_plan_find_path (plan, test->path);

  assert_true (test->path == NULL || path != NULL);
  jk_eligibility_check (path, &test->cells, deadline, "r.csv", 5, report);
  g_autofree char *text = jk_report_dup_text (report);
  if (test->found == NULL) {
    assert_string_equal (text, "");
    return;
  }
  if (jk_report_get_n (report) != 1 || strstr (text, test->found) == NULL ||
      strstr (text, test->expected) == NULL)
    fail_msg ("wanted “%s” and “%s”, not:\n%s", test->found, test->expected, text);
  assert_true (g_str_has_prefix (text, "r.csv: row 5: found "));
  assert_int_equal (jk_report_get_n_faults (report), test->is_fault);
  assert_null (strstr (text, "1401001"));
}

static void
check_cases (const Case *cases, gsize n, guint deadline)
{
  g_autofree char *text = shipped_text (PLAN_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkPlan) plan = jk_plan_parse (PLAN_FILE, text, report);

  assert_non_null (plan);
  for (gsize i = 0; i < n; i++)
    check_case (plan, &cases[i], deadline);
}

static void
every_path_has_its_years (void **state)
{
  static const Case cases[] = {
    { "4-(1)", { .years = "1" }, NULL, NULL, FALSE },
    { "4-(1)", { .years = "0.9" }, "“0.9”", "at least 1 full", TRUE },
    { "4-(2)", { .years = "0" }, NULL, NULL, FALSE },
    { "4-(3)", { .years = "x" }, NULL, NULL, FALSE },
    { "3-(1)", { .years = "6年" }, NULL, NULL, FALSE },
    { "3-(1)", { .years = "5年11个月" }, "years of work “5年11个月”", "at least 6 full", TRUE },
    { "3-(1)", { .years = "5" }, "“5”", "which path 3-(1) asks for; choose a path", TRUE },
    { "3-(2)", { .years = "" }, NULL, NULL, FALSE },
    { "3-(3)", { .years = "4" }, NULL, NULL, FALSE },
    { "3-(3)", { .years = "3" }, "“3”", "at least 4 full", TRUE },
    { "3-(4)", { .years = "3" }, NULL, NULL, FALSE },
    { "3-(4)", { .years = "2" }, "“2”", "at least 3 full", TRUE },
    { "3-(5)", { .years = "0" }, NULL, NULL, FALSE },
    { "3-(6)", { .years = "1" }, NULL, NULL, FALSE },
    { "3-(6)", { .years = "0" }, "“0”", "at least 1 full", TRUE },
    { "3-(7)", { .years = "0" }, NULL, NULL, FALSE },
    { "3-(6)", { .years = " " }, "no years of work", "at least 1 full", FALSE },
    { "3-(6)", { .years = "很久" }, "“很久”", "write the years as a number", TRUE },
    { "3-(6)", { .years = NULL }, NULL, NULL, FALSE },
    { NULL, { .years = "0" }, NULL, NULL, FALSE },
  };
  check_cases (cases, G_N_ELEMENTS (cases), 0);
}

static void
previous_certificates_are_a_notice_at_most (void **state)
{
  static const Case cases[] = {
    { "3-(3)", { .certificate = VOCATIONAL }, NULL, NULL, FALSE },
    { "3-(4)", { .certificate = "Y000123XXXXXX194000001" }, NULL, NULL, FALSE },
    { "3-(4)", { .certificate = OTHER_LEVEL }, "of level 5", "of level 4, on which", FALSE },
    { "3-(3)", { .certificate = "1401001002000123" }, "without a level", "of level 4", FALSE },
    { "3-(3)", { .certificate = "京字 1401001" }, "of no known form", "of level 4", FALSE },
    { "3-(3)", { .certificate = "1.401E+15" }, "spreadsheet shortened", "of level 4", FALSE },
    { "3-(3)", { .certificate = "" }, "no number of a", "path 3-(3) builds", FALSE },
    { "3-(3)", { .certificate = NULL }, NULL, NULL, FALSE },
    { "3-(1)", { .certificate = OTHER_LEVEL }, NULL, NULL, FALSE },
    { "4-(1)", { .certificate = "" }, NULL, NULL, FALSE },
    { NULL, { .certificate = "" }, NULL, NULL, FALSE },
  };
  check_cases (cases, G_N_ELEMENTS (cases), 0);
}

static void
late_registrations_are_faults (void **state)
{
  static const Case cases[] = {
    { "4-(2)", { .registered = "2021-04-11" }, NULL, NULL, FALSE },
    { "4-(2)", { .registered = "2021/4/11 23:59:59" }, NULL, NULL, FALSE },
    { "4-(2)", { .registered = "20210412" }, "on 2021-04-12", "until 2021-04-11", TRUE },
    { NULL, { .registered = "2021年4月12日" }, "on 2021-04-12", "a late registration", TRUE },
    { NULL, { .registered = "44297" }, "cannot be read", "as 2021-04-11 in the column", TRUE },
    { NULL, { .registered = "" }, "no day of registration", "until 2021-04-11", FALSE },
    { NULL, { .registered = NULL }, NULL, NULL, FALSE },
  };
  check_cases (cases, G_N_ELEMENTS (cases), DEADLINE);
}

static void
without_a_deadline_nobody_is_late (void **state)
{
  static const Case cases[] = {
    { "4-(2)", { .registered = "2031-04-12" }, NULL, NULL, FALSE },
    { NULL, { .registered = "44297" }, NULL, NULL, FALSE },
  };
  check_cases (cases, G_N_ELEMENTS (cases), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_path_has_its_years),
    cmocka_unit_test (previous_certificates_are_a_notice_at_most),
    cmocka_unit_test (late_registrations_are_faults),
    cmocka_unit_test (without_a_deadline_nobody_is_late),
  };
  return cmocka_run_group_tests_name ("eligibility", tests, NULL, NULL);
}
