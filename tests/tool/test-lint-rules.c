/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/lint-rules.c */
#include "tool/lint-rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define NOW_MS (G_GINT64_CONSTANT (1619225400) * 1000) /* 2021-04-24 00:50 UTC */

static const JkPolicy standard = {
  .latest_entry_min = 25,
  .absent_after_min = 30,
  .earliest_hand_in_min = 30,
  .warn_at_min = { 15, 5, 1 },
  .n_warn = 3,
  .gap_each_max_s = 180,
  .gaps_total_max_s = 600,
};

/* One finding of this kind and place for a policy, or none when place is NULL. */
static void
check_at (const JkPolicy *policy, const char *starts, JkFindingKind kind, const char *place)
{
  g_autoptr (JkReport) report = jk_report_new ();
  const JkLintRules rules = {
    .file = "a.jksession",
    .starts = starts,
    .policy = policy,
    .now_ms = NOW_MS,
    .duration_min = 90,
    .plan_date = 20210424,
  };

  jk_lint_rules_check (&rules, report);
  g_autofree char *text = jk_report_dup_text (report);
  if (jk_report_get_n (report) != (place != NULL ? 1 : 0))
    fail_msg ("%s", text);
  if (place == NULL)
    return;
  assert_string_equal (jk_report_get (report, 0)->place, place);
  if (jk_report_get (report, 0)->kind != kind)
    fail_msg ("%s", text);
}

static void
check_policy (const JkPolicy *policy, JkFindingKind kind, const char *place)
{
  check_at (policy, "2021-04-24T09:00", kind, place);
}

static void
the_standard_rules_have_no_finding (void **state)
{
  check_policy (&standard, JK_FINDING_FAULT, NULL);
}

static void
a_time_beyond_the_end_is_a_fault (void **state)
{
  JkPolicy policy = standard;

  policy.earliest_hand_in_min = 91;
  check_policy (&policy, JK_FINDING_FAULT, "earliest-hand-in-min");
  policy = standard;
  policy.absent_after_min = 90;
  check_policy (&policy, JK_FINDING_FAULT, NULL);
  policy.absent_after_min = 91;
  check_policy (&policy, JK_FINDING_FAULT, "absent-after-min");
  policy = standard;
  policy.last_minutes_need_consent = 91;
  check_policy (&policy, JK_FINDING_FAULT, "last-minutes-need-consent");
  policy = standard;
  policy.warn_at_min[0] = 89;
  check_policy (&policy, JK_FINDING_FAULT, NULL);
  policy.warn_at_min[0] = 90;
  check_policy (&policy, JK_FINDING_FAULT, "warn-at-min");
  policy = standard;
  policy.latest_entry_min = policy.absent_after_min = policy.earliest_hand_in_min = 89;
  check_policy (&policy, JK_FINDING_FAULT, NULL);

  policy.latest_entry_min = policy.absent_after_min = policy.earliest_hand_in_min = 90;
  g_autoptr (JkReport) report = jk_report_new ();
  const JkLintRules rules = { "a", "2021-04-24T09:00", &policy, NOW_MS, 90, 0 };
  jk_lint_rules_check (&rules, report);
  assert_int_equal (jk_report_get_n_faults (report), 1);
  assert_string_equal (jk_report_get (report, 0)->place, "latest-entry-min");
}

static void
absence_before_entry_is_over_is_a_fault (void **state)
{
  JkPolicy policy = standard;

  policy.absent_after_min = 25;
  check_policy (&policy, JK_FINDING_FAULT, NULL);
  policy.absent_after_min = 24;
  check_policy (&policy, JK_FINDING_FAULT, "absent-after-min");
}

static void
leaving_before_the_last_may_enter_is_noticed (void **state)
{
  JkPolicy policy = standard;

  policy.earliest_hand_in_min = 25;
  check_policy (&policy, JK_FINDING_NOTICE, NULL);
  policy.earliest_hand_in_min = 24;
  check_policy (&policy, JK_FINDING_NOTICE, "earliest-hand-in-min");
}

static void
no_minute_to_hand_in_is_noticed (void **state)
{
  JkPolicy policy = standard;

  policy.last_minutes_need_consent = 59;
  check_policy (&policy, JK_FINDING_NOTICE, NULL);
  policy.last_minutes_need_consent = 60;
  check_policy (&policy, JK_FINDING_NOTICE, "earliest-hand-in-min");
}

static void
gaps_longer_than_the_exam_are_noticed (void **state)
{
  JkPolicy policy = standard;

  policy.gaps_total_max_s = 5400;
  check_policy (&policy, JK_FINDING_NOTICE, NULL);
  policy.gaps_total_max_s = 5401;
  check_policy (&policy, JK_FINDING_NOTICE, "gaps-total-max-s");
}

/* How many notices a start has. */
static void
check_start (const char *starts, guint expected)
{
  g_autoptr (JkReport) report = jk_report_new ();
  const JkLintRules rules = { "a", starts, &standard, NOW_MS, 90, 20210424 };

  jk_lint_rules_check (&rules, report);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  if (jk_report_get_n (report) != expected)
    fail_msg ("%s: %u notices", starts, jk_report_get_n (report));
}

static void
a_strange_day_or_hour_is_noticed (void **state)
{
  check_start ("2021-04-24T06:00", 0);
  check_start ("2021-04-24T20:29", 0);
  check_start ("2021-04-24T05:59", 1);
  check_start ("2021-04-24T20:30", 1);
  check_start ("2021-04-24T23:00", 1);
  check_start ("2021-04-25T09:00", 1);
  check_start ("2021-04-23T09:00", 2); /* past, and another day */
  check_start ("2021-04-24T00:49", 2); /* past, and at night */
}

static void
a_start_that_is_no_time_is_a_fault (void **state)
{
  check_at (&standard, "2021-04-31T09:00", JK_FINDING_FAULT, "starts");
  check_at (&standard, "tomorrow", JK_FINDING_FAULT, "starts");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_standard_rules_have_no_finding),
    cmocka_unit_test (a_time_beyond_the_end_is_a_fault),
    cmocka_unit_test (absence_before_entry_is_over_is_a_fault),
    cmocka_unit_test (leaving_before_the_last_may_enter_is_noticed),
    cmocka_unit_test (no_minute_to_hand_in_is_noticed),
    cmocka_unit_test (gaps_longer_than_the_exam_are_noticed),
    cmocka_unit_test (a_strange_day_or_hour_is_noticed),
    cmocka_unit_test (a_start_that_is_no_time_is_a_fault),
  };

  return cmocka_run_group_tests_name ("lint-rules", tests, NULL, NULL);
}
