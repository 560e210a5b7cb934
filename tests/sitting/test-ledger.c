/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/ledger.h"

static void
the_limit_is_allotted_less_late_and_what_was_given (void **state)
{
  JkLedger ledger = { .allotted_ms = 100000 };

  assert_true (jk_ledger_take (&ledger, JK_EVENT_LATE, 30000));
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 70000);
  assert_true (jk_ledger_take (&ledger, JK_EVENT_EXTENDED, 5000));
  assert_true (jk_ledger_take (&ledger, JK_EVENT_REOPENED, 2000));
  assert_true (jk_ledger_take (&ledger, JK_EVENT_CREDITED, 400));
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 77400);
  assert_int_equal (jk_ledger_get_granted_ms (&ledger), 7400);
  assert_true (jk_ledger_take (&ledger, JK_EVENT_LATE, 80000));
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 7400);
}

static void
more_than_may_be_given_is_refused_whole (void **state)
{
  static const JkEvent events[] = { JK_EVENT_EXTENDED, JK_EVENT_CREDITED, JK_EVENT_LATE };
  JkLedger ledger = { .allotted_ms = 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++) {
    assert_true (jk_ledger_take (&ledger, events[i], JK_GIVEN_MS_MAX - 1));
    assert_false (jk_ledger_take (&ledger, events[i], 2));
    assert_true (jk_ledger_take (&ledger, events[i], 1));
    assert_false (jk_ledger_take (&ledger, events[i], G_MAXUINT64));
  }
  assert_int_equal (jk_ledger_get_granted_ms (&ledger), 2 * (guint64) JK_GIVEN_MS_MAX);
}

static void
the_end_of_the_hall_is_a_limit_too (void **state)
{
  JkLedger ledger = { .allotted_ms = 100000, .extended_ms = 1000 };
  JkGap gap = { .kind = JK_GAP_SUSPEND, .claimed_ms = 4000 };

  jk_ledger_set_common_end (&ledger, 20000, 30000);
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 51000);
  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, FALSE, &gap);
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 47000);
  jk_ledger_take_gap (&ledger, JK_STATE_PAUSED, FALSE, &gap);
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 47000);
  assert_true (jk_ledger_take (&ledger, JK_EVENT_CREDITED, 4000));
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 51000);
  assert_int_equal (jk_ledger_get_own_limit_ms (&ledger), 105000);
  gap.claimed_ms = JK_GAP_MS_MAX;
  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, FALSE, &gap);
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 0);
  gap = (JkGap){ .kind = JK_GAP_RESTART, .restarts = 1 };
  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, FALSE, &gap);
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 105000);
}

static void
a_release_forgives_gaps_and_a_credit_gives_them_back (void **state)
{
  JkLedger ledger = { .allotted_ms = 100000 };
  JkGap gap = { .kind = JK_GAP_RESTART, .claimed_ms = 4000, .restarts = 1 };

  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, FALSE, &gap);
  jk_ledger_release (&ledger);
  gap.restarts = 2;
  gap.claimed_ms = 3000;
  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, FALSE, &gap);
  assert_int_equal (ledger.gaps.total_ms, 7000);
  assert_int_equal (ledger.gaps.longest_ms, 4000);
  assert_int_equal (ledger.gaps.restarts, 2);
  assert_int_equal (ledger.judged.total_ms, 3000);
  assert_int_equal (ledger.judged.longest_ms, 3000);
  assert_int_equal (ledger.judged.restarts, 1);
  assert_int_equal (ledger.uncredited_ms, 7000);
  assert_true (jk_ledger_take (&ledger, JK_EVENT_CREDITED, 1));
  assert_int_equal (ledger.uncredited_ms, 0);
}

static void
lost_is_what_the_hall_took_by_gaps_and_was_not_given_back (void **state)
{
  JkLedger ledger = { .allotted_ms = 90000, .late_ms = 10000, .extended_ms = 5000 };
  JkGap gap = { .kind = JK_GAP_SUSPEND, .claimed_ms = 4000 };

  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, FALSE, &gap);
  assert_int_equal (jk_ledger_get_lost_ms (&ledger), 0); /* nobody knows when the hall ends */
  jk_ledger_set_common_end (&ledger, 10000, 70000);
  assert_int_equal (jk_ledger_get_lost_ms (&ledger), 0);
  jk_ledger_set_common_end (&ledger, 10000, 67000);
  assert_int_equal (jk_ledger_get_lost_ms (&ledger), 3000);
  jk_ledger_set_common_end (&ledger, 10000, 20000);
  assert_int_equal (jk_ledger_get_lost_ms (&ledger), 4000);
  assert_true (jk_ledger_take (&ledger, JK_EVENT_CREDITED, 4000));
  assert_int_equal (jk_ledger_get_lost_ms (&ledger), 0);
  jk_ledger_set_common_end (&ledger, 10000, 67000);
  gap.claimed_ms = 2500;
  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, FALSE, &gap);
  assert_int_equal (jk_ledger_get_lost_ms (&ledger), 1500);
}

static void
a_gap_while_waiting_only_brings_the_end_of_the_hall_nearer (void **state)
{
  JkLedger ledger = { .allotted_ms = 100000 };
  JkGap gap = { .kind = JK_GAP_SUSPEND, .claimed_ms = 4000 };

  jk_ledger_set_common_end (&ledger, 20000, 30000);
  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, TRUE, &gap);
  assert_int_equal (jk_ledger_get_limit_ms (&ledger), 46000);
  gap.kind = JK_GAP_RESTART;
  jk_ledger_take_gap (&ledger, JK_STATE_RUNNING, TRUE, &gap);
  assert_false (ledger.has_common_end);
  assert_int_equal (ledger.gaps.total_ms + ledger.judged.total_ms + ledger.uncredited_ms, 0);
  assert_int_equal (ledger.gaps.restarts, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_limit_is_allotted_less_late_and_what_was_given),
    cmocka_unit_test (more_than_may_be_given_is_refused_whole),
    cmocka_unit_test (the_end_of_the_hall_is_a_limit_too),
    cmocka_unit_test (lost_is_what_the_hall_took_by_gaps_and_was_not_given_back),
    cmocka_unit_test (a_gap_while_waiting_only_brings_the_end_of_the_hall_nearer),
    cmocka_unit_test (a_release_forgives_gaps_and_a_credit_gives_them_back),
  };
  return cmocka_run_group_tests_name ("ledger", tests, NULL, NULL);
}
