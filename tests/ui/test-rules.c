/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "station/rules.h"

static gboolean
says (char **rules, const char *part)
{
  for (guint n = 0; rules[n] != NULL; n++) {
    if (strstr (rules[n], part) != NULL)
      return TRUE;
  }
  return FALSE;
}

static JkPolicy
get_usual (void)
{
  return (JkPolicy){
    .latest_entry_min = 25,
    .earliest_hand_in_min = 30,
    .warn_at_min = { 15, 5, 1 },
    .n_warn = 3,
    .gap_each_max_s = 180,
    .end = JK_END_OWN,
    .late_shortens = TRUE,
  };
}

static void
the_rules_are_those_of_the_policy (void **state)
{
  JkPolicy policy = get_usual ();
  g_auto (GStrv) rules = jk_rules_dup (&policy, 90, 0);

  assert_true (says (rules, "takes 90 minutes"));
  assert_false (says (rules, "extra time for you"));
  assert_true (says (rules, "later than 25 minutes"));
  assert_true (says (rules, "Who comes late gets no extra time"));
  assert_true (says (rules, "Hand-in opens 30 minutes"));
  assert_false (says (rules, "proctor's consent"));
  assert_true (says (rules, "when 15, 5, 1 minutes are left"));
  assert_true (says (rules, "Up to 3 minutes"));
  assert_true (says (rules, "not shown after the hand-in"));
  assert_false (says (rules, "All end together"));
}

static void
another_policy_has_other_rules (void **state)
{
  JkPolicy policy = {
    .last_minutes_need_consent = 10,
    .show_score = TRUE,
    .end = JK_END_COMMON,
  };
  g_auto (GStrv) rules = jk_rules_dup (&policy, 120, 30);

  assert_true (says (rules, "takes 120 minutes"));
  assert_true (says (rules, "30 minutes of it are extra time for you"));
  assert_true (says (rules, "Nobody may enter after the start"));
  assert_false (says (rules, "Who comes late"));
  assert_true (says (rules, "hand in at any time"));
  assert_true (says (rules, "In the last 10 minutes"));
  assert_false (says (rules, "reminded"));
  assert_false (says (rules, "Up to"));
  assert_true (says (rules, "score is shown"));
  assert_true (says (rules, "All end together"));
}

static void
how_to_operate_and_the_promise_have_their_points (void **state)
{
  g_auto (GStrv) operation = jk_rules_dup_operation ();
  g_auto (GStrv) promise = jk_rules_dup_promise ();

  assert_true (says (operation, "F flags it"));
  assert_true (says (promise, "I answer alone"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_rules_are_those_of_the_policy),
    cmocka_unit_test (another_policy_has_other_rules),
    cmocka_unit_test (how_to_operate_and_the_promise_have_their_points),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
