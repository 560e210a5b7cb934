/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/timer.h"

#define S 1000000

static void
exam_time_is_monotonic_time_while_running (void **state)
{
  JkTimer timer = { 0 };
  JkLedger ledger = { .allotted_ms = 10000 };

  jk_timer_continue (&timer, 0, 5 * S);
  assert_int_equal (jk_timer_read (&timer, 5 * S), 0);
  assert_int_equal (jk_timer_read (&timer, 8 * S), 3000);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 0), 7000);
  jk_timer_stop (&timer, 9 * S);
  assert_int_equal (jk_timer_read (&timer, 100 * S), 4000);
  jk_timer_continue (&timer, 4000, 200 * S);
  assert_int_equal (jk_timer_read (&timer, 201 * S), 5000);
  assert_true (jk_ledger_take (&ledger, JK_EVENT_EXTENDED, 1000));
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 0), 6000);
  assert_int_equal (jk_timer_read (&timer, 900 * S), 704000);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 0), 0);
}

static void
parts_of_a_millisecond_are_not_lost (void **state)
{
  JkTimer timer = { 0 };

  jk_timer_continue (&timer, 0, 0);
  for (gint64 us = 1; us <= 3000; us++)
    jk_timer_read (&timer, us);
  assert_int_equal (timer.used_ms, 3);
}

static void
a_clock_that_goes_back_takes_nothing_away (void **state)
{
  JkTimer timer = { 0 };

  jk_timer_continue (&timer, 0, 10 * S);
  jk_timer_read (&timer, 12 * S);
  assert_int_equal (jk_timer_read (&timer, 11 * S), 2000);
  assert_int_equal (jk_timer_read (&timer, 13 * S), 3000);
}

static JkGap
measure (gint64 before, gint64 after, gboolean same_boot)
{
  JkGap gap;
  jk_gap_measure (before, after, same_boot, &gap);
  return gap;
}

static void
a_gap_is_as_long_as_the_wall_clock_claims (void **state)
{
  JkGap gap = measure (1000, 61000, FALSE);

  assert_int_equal (gap.kind, JK_GAP_RESTART);
  assert_int_equal (gap.claimed_ms, 60000);
  gap = measure (1000, 1000, TRUE);
  assert_int_equal (gap.kind, JK_GAP_RESTART);
  assert_int_equal (gap.claimed_ms, 0);
  gap = measure (G_MININT64, G_MAXINT64, FALSE);
  assert_int_equal (gap.claimed_ms, JK_GAP_MS_MAX);
}

static void
a_clock_that_went_back_makes_a_gap_of_unknown_length (void **state)
{
  JkGap gap = measure (61000, 60999, FALSE);

  assert_int_equal (gap.kind, JK_GAP_CLOCK_BACK);
  assert_int_equal (gap.claimed_ms, 0);
  assert_int_equal (measure (61000, 59000, TRUE).kind, JK_GAP_RESTART);
  assert_int_equal (measure (61000, 58999, TRUE).kind, JK_GAP_CLOCK_BACK);
  assert_int_equal (measure (G_MAXINT64, G_MININT64, TRUE).kind, JK_GAP_CLOCK_BACK);
}

static void
a_gap_within_the_policy_resumes (void **state)
{
  JkPolicy policy = { .gap_each_max_s = 180, .gaps_total_max_s = 600, .restarts_max = 3 };
  JkGaps gaps = { .total_ms = 600000, .longest_ms = 180000, .restarts = 3 };

  assert_int_equal (jk_gap_judge (&policy, &gaps), JK_GAP_RESUMES);
  gaps.total_ms++;
  assert_int_equal (jk_gap_judge (&policy, &gaps), JK_GAP_NEEDS_PROCTOR);
  gaps.total_ms = gaps.longest_ms = 180001;
  assert_int_equal (jk_gap_judge (&policy, &gaps), JK_GAP_NEEDS_PROCTOR);
  gaps.total_ms = gaps.longest_ms = 0;
  assert_int_equal (jk_gap_judge (&policy, &gaps), JK_GAP_RESUMES);
  gaps.restarts++;
  assert_int_equal (jk_gap_judge (&policy, &gaps), JK_GAP_NEEDS_PROCTOR);
}

static void
the_end_of_the_hall_comes_by_the_boot_clock (void **state)
{
  JkTimer timer = { 0 };
  JkLedger ledger = { .allotted_ms = 100000 };

  jk_timer_continue (&timer, 0, 0);
  jk_timer_set_common_end (&timer, 50 * S, 20000);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 50 * S), 20000);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 55 * S + 1), 14999);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 70 * S), 0);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 700 * S), 0);
  ledger.credited_ms = 3000;
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 70 * S), 3000);
  jk_timer_read (&timer, 99 * S);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 51 * S), 4000);
}

static void
a_pause_keeps_the_end_of_the_hall_away (void **state)
{
  JkTimer timer = { 0 };
  JkLedger ledger = { .allotted_ms = 100000 };

  jk_timer_set_common_end (&timer, 0, 20000);
  jk_timer_pause (&timer, 5 * S);
  jk_timer_pause (&timer, 7 * S);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 90 * S), 15000);
  jk_timer_end_pause (&timer, 90 * S);
  jk_timer_end_pause (&timer, 91 * S);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 92 * S), 13000);
  jk_timer_pause (&timer, 92 * S);
  jk_timer_set_common_end (&timer, 95 * S, 4000);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 99 * S), 4000);
  jk_timer_end_pause (&timer, 100 * S);
  assert_int_equal (jk_timer_get_left_ms (&timer, &ledger, 101 * S), 3000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (exam_time_is_monotonic_time_while_running),
    cmocka_unit_test (parts_of_a_millisecond_are_not_lost),
    cmocka_unit_test (a_clock_that_goes_back_takes_nothing_away),
    cmocka_unit_test (a_gap_is_as_long_as_the_wall_clock_claims),
    cmocka_unit_test (a_clock_that_went_back_makes_a_gap_of_unknown_length),
    cmocka_unit_test (a_gap_within_the_policy_resumes),
    cmocka_unit_test (the_end_of_the_hall_comes_by_the_boot_clock),
    cmocka_unit_test (a_pause_keeps_the_end_of_the_hall_away),
  };
  return cmocka_run_group_tests_name ("timer", tests, NULL, NULL);
}
