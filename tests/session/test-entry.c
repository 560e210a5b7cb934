/* SPDX-License-Identifier: Apache-2.0 */
/* Tests session/entry.c: every boundary of the hours of a log-in, and who overrules them. */
#include "session/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000)
#define STARTS "2021-04-24T09:00"
#define START_MS G_GINT64_CONSTANT (1619226000000) /* 01:00 UTC */

static const JkPolicy policy = {
  .login_opens_min = 15,
  .latest_entry_min = 25,
  .absent_after_min = 30,
  .window_min = 120,
  .zone_min = 480,
  .late_shortens = TRUE,
};

static JkEntryVerdict
judge_with (const JkPolicy *rules, gint64 off_ms, gboolean outside, gboolean late)
{
  JkEntryOrders orders = { .outside = outside, .late = late };
  JkEntryVerdict verdict;

  jk_entry_judge (rules, START_MS, START_MS + off_ms, &orders, &verdict);
  assert_int_equal (verdict.off_ms, off_ms);
  return verdict;
}

static JkEntry
judge (gint64 off_ms)
{
  return judge_with (&policy, off_ms, FALSE, FALSE).entry;
}

static void
a_start_is_an_hour_of_its_zone (void **state)
{
  gint64 start_ms = 0;

  assert_true (jk_entry_parse_start (STARTS, 480, &start_ms));
  assert_int_equal (start_ms, START_MS);
  assert_true (jk_entry_parse_start (STARTS, 0, &start_ms));
  assert_int_equal (start_ms, START_MS + 480 * MINUTE);
  assert_true (jk_entry_parse_start (STARTS, -60, &start_ms));
  assert_int_equal (start_ms, START_MS + 540 * MINUTE);
}

static void
a_start_of_another_form_is_refused (void **state)
{
  static const char *const bad[] = {
    "",
    "2021-04-24",
    "2021-04-24 09:00",
    "2021-04-24T09:00 ",
    "2021-04-24T9:000",
    "2021-02-30T09:00",
    "2021-13-01T09:00",
    "2021-04-24T24:00",
    "2021-04-24T09:60",
    "0000-04-24T09:00",
  };
  gint64 start_ms = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_false (jk_entry_parse_start (bad[i], 480, &start_ms));
  assert_int_equal (start_ms, 7);
}

static void
log_in_opens_to_the_millisecond (void **state)
{
  assert_int_equal (judge (-15 * MINUTE - 1), JK_ENTRY_TOO_EARLY);
  assert_int_equal (judge (-15 * MINUTE), JK_ENTRY_OPEN);
  assert_int_equal (judge (0), JK_ENTRY_OPEN);
  assert_int_equal (judge_with (&policy, -15 * MINUTE - 1, FALSE, FALSE).opens_in_ms, 1);
  assert_int_equal (judge_with (&policy, -15 * MINUTE, FALSE, FALSE).opens_in_ms, 0);
}

static void
late_counts_in_whole_minutes (void **state)
{
  assert_int_equal (judge (MINUTE - 1), JK_ENTRY_OPEN);
  assert_int_equal (judge (MINUTE), JK_ENTRY_LATE_NEEDS_ORDER);
  assert_int_equal (judge (26 * MINUTE - 1), JK_ENTRY_LATE_NEEDS_ORDER);
  assert_int_equal (judge (26 * MINUTE), JK_ENTRY_TOO_LATE_NEEDS_ORDER);
}

static void
where_late_costs_nothing_no_order_is_needed_up_to_the_latest_entry (void **state)
{
  JkPolicy kind = policy;

  kind.late_shortens = FALSE;
  assert_int_equal (judge_with (&kind, MINUTE, FALSE, FALSE).entry, JK_ENTRY_OPEN);
  assert_int_equal (judge_with (&kind, 26 * MINUTE - 1, FALSE, FALSE).entry, JK_ENTRY_OPEN);
  assert_int_equal (judge_with (&kind, 26 * MINUTE, FALSE, FALSE).entry,
                    JK_ENTRY_TOO_LATE_NEEDS_ORDER);
}

static void
a_latest_entry_of_nothing_lets_nobody_in_after_the_start (void **state)
{
  JkPolicy strict = policy;

  strict.latest_entry_min = 0;
  assert_int_equal (judge_with (&strict, MINUTE - 1, FALSE, FALSE).entry, JK_ENTRY_OPEN);
  assert_int_equal (judge_with (&strict, MINUTE, FALSE, FALSE).entry,
                    JK_ENTRY_TOO_LATE_NEEDS_ORDER);
}

static void
a_late_order_lets_in_but_moves_no_date (void **state)
{
  assert_int_equal (judge_with (&policy, MINUTE, FALSE, TRUE).entry, JK_ENTRY_OPEN);
  assert_int_equal (judge_with (&policy, 120 * MINUTE, FALSE, TRUE).entry, JK_ENTRY_OPEN);
  assert_int_equal (judge_with (&policy, 120 * MINUTE + 1, FALSE, TRUE).entry,
                    JK_ENTRY_DATE_IS_WRONG);
  assert_int_equal (judge_with (&policy, -15 * MINUTE - 1, FALSE, TRUE).entry, JK_ENTRY_TOO_EARLY);
}

static void
a_date_outside_the_window_is_wrong_to_the_millisecond (void **state)
{
  assert_int_equal (judge (-120 * MINUTE - 1), JK_ENTRY_DATE_IS_WRONG);
  assert_int_equal (judge (-120 * MINUTE), JK_ENTRY_TOO_EARLY);
  assert_int_equal (judge (120 * MINUTE), JK_ENTRY_TOO_LATE_NEEDS_ORDER);
  assert_int_equal (judge (120 * MINUTE + 1), JK_ENTRY_DATE_IS_WRONG);
  assert_int_equal (judge (-START_MS), JK_ENTRY_DATE_IS_WRONG); /* a flat battery: 1970 */
}

static void
two_proctors_overrule_every_hour_and_it_is_still_shown (void **state)
{
  static const gint64 hours[] = { -START_MS, -121 * MINUTE, -20 * MINUTE,
                                  0,         40 * MINUTE,   121 * MINUTE };

  for (gsize i = 0; i < G_N_ELEMENTS (hours); i++) {
    JkEntryVerdict verdict = judge_with (&policy, hours[i], TRUE, FALSE);
    assert_int_equal (verdict.entry, JK_ENTRY_OPEN);
    assert_int_equal (verdict.is_date_wrong, ABS (hours[i]) > 120 * MINUTE);
  }
}

static void
the_hour_of_the_absent_begins_to_the_millisecond (void **state)
{
  assert_false (judge_with (&policy, 30 * MINUTE - 1, FALSE, FALSE).is_absent_hour);
  assert_true (judge_with (&policy, 30 * MINUTE, FALSE, FALSE).is_absent_hour);
}

static void
every_answer_is_a_sentence_with_a_way_on (void **state)
{
  static const struct {
    gint64 off_ms;
    const char *part;
  } cases[] = {
    { 0, "open" },
    { -15 * MINUTE - 1, "opens in 1 min" },
    { -40 * MINUTE, "opens in 25 min" },
    { 7 * MINUTE, "7 min ago" },
    { 40 * MINUTE, "40 min ago" },
    { 121 * MINUTE, "“open-outside”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JkEntryVerdict verdict = judge_with (&policy, cases[i].off_ms, FALSE, FALSE);
    g_autofree char *sentence = jk_entry_dup_sentence (&verdict, STARTS);
    assert_non_null (strstr (sentence, cases[i].part));
    assert_true (g_str_has_suffix (sentence, "."));
    if (verdict.entry != JK_ENTRY_OPEN)
      assert_non_null (strstr (sentence, STARTS));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_start_is_an_hour_of_its_zone),
    cmocka_unit_test (a_start_of_another_form_is_refused),
    cmocka_unit_test (log_in_opens_to_the_millisecond),
    cmocka_unit_test (late_counts_in_whole_minutes),
    cmocka_unit_test (where_late_costs_nothing_no_order_is_needed_up_to_the_latest_entry),
    cmocka_unit_test (a_latest_entry_of_nothing_lets_nobody_in_after_the_start),
    cmocka_unit_test (a_late_order_lets_in_but_moves_no_date),
    cmocka_unit_test (a_date_outside_the_window_is_wrong_to_the_millisecond),
    cmocka_unit_test (two_proctors_overrule_every_hour_and_it_is_still_shown),
    cmocka_unit_test (the_hour_of_the_absent_begins_to_the_millisecond),
    cmocka_unit_test (every_answer_is_a_sentence_with_a_way_on),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
