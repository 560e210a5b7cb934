/* SPDX-License-Identifier: Apache-2.0 */
/* What time a candidate is given and taken: each maximum of the policy, and the way on beyond it.
 */
#include "check-orders.h"

static void
extensions_end_at_what_the_policy_allows (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  policy_of (self)->extension_max_min = 10;
  start (self);
  must_obey (self, JK_ACT_EXTEND, 6 * MS_PER_MIN);
  assert_false (obey (self, JK_ACT_EXTEND, 5 * MS_PER_MIN, &error));
  assert_non_null (strstr (error->message, "11 min"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_EXTEND, 4 * MS_PER_MIN);
  policy_of (self)->extension_max_min = 0;
  assert_false (obey (self, JK_ACT_EXTEND, MS_PER_MIN, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  assert_int_equal (jk_replay_get_extended_ms (replay_of (self)), 10 * MS_PER_MIN);
}

static void
credits_end_at_what_the_policy_allows (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  policy_of (self)->credit_max_min = 10;
  start (self);
  must_obey (self, JK_ACT_CREDIT, 6 * MS_PER_MIN);
  assert_false (obey (self, JK_ACT_CREDIT, 5 * MS_PER_MIN, &error));
  assert_non_null (strstr (error->message, "11 min"));
  assert_non_null (strstr (error->message, "or extend"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_CREDIT, 4 * MS_PER_MIN);
  policy_of (self)->extension_max_min = 0;
  assert_false (obey (self, JK_ACT_CREDIT, MS_PER_MIN, &error));
  assert_non_null (strstr (error->message, "incident"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  assert_false (obey (self, JK_ACT_EXTEND, MS_PER_MIN, &error));
  assert_non_null (strstr (error->message, "incident"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  assert_int_equal (jk_replay_get_ledger (replay_of (self))->credited_ms, 10 * MS_PER_MIN);
}

static void
lateness_shortens_only_where_the_policy_says_so (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = begin (self);

  policy_of (self)->late_shortens = TRUE;
  assert_false (obey (self, JK_ACT_LATE, 90 * MS_PER_MIN, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_LATE, 89 * MS_PER_MIN);
  policy_of (self)->late_shortens = FALSE;
  must_obey (self, JK_ACT_LATE, 30 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (sitting), MS_PER_MIN);
}

/* The console says how far the hall's end is. */
static void
say_end (Fixture *self, gint64 left_ms)
{
  static guint64 sequence = 100;
  JkBeacon beacon = { .sequence = ++sequence, .wall_ms = 5, .end_wall_ms = 5 + left_ms };
  g_autoptr (GError) error = NULL;

  jk_sitting_take_beacon (self->sitting, &beacon, &error);
  assert_ok (error);
}

static void
refuse_credit (Fixture *self, const char *why)
{
  g_autoptr (GError) error = NULL;

  assert_false (obey (self, JK_ACT_CREDIT, 0, &error));
  assert_non_null (strstr (error->message, why));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
}

static void
credit_without_minutes_gives_what_interruptions_took (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);

  refuse_credit (self, "extend");
  policy_of (self)->end = JK_END_COMMON;
  say_end (self, 90 * MS_PER_MIN);
  refuse_credit (self, "nothing");
  jk_test_clock_suspend_us (self->clock, G_GINT64_CONSTANT (90000000));
  live (self, 1);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN - 1000 - 90000);
  must_obey (self, JK_ACT_CREDIT, 0);
  assert_int_equal (jk_replay_get_ledger (replay_of (self))->credited_ms, 90000);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN - 1000);
  jk_test_clock_suspend_us (self->clock, G_GINT64_CONSTANT (20) * 1000000);
  must_obey (self, JK_ACT_CREDIT, 0);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN - 1000);
  jk_test_clock_suspend_us (self->clock, G_GINT64_CONSTANT (4) * 3600 * 1000000);
  refuse_credit (self, "240 min");
}

static void
credit_without_minutes_gives_nothing_that_was_not_lost (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);

  policy_of (self)->end = JK_END_COMMON;
  jk_test_clock_suspend_us (self->clock, G_GINT64_CONSTANT (90000000));
  live (self, 1);
  refuse_credit (self, "does not know when the hall ends");
  say_end (self, 100 * MS_PER_MIN);
  refuse_credit (self, "late enough");
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN - 1000);
  say_end (self, 89 * MS_PER_MIN);
  must_obey (self, JK_ACT_CREDIT, 0);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN - 1000);
  policy_of (self)->credit_max_min = 1;
  jk_test_clock_suspend_us (self->clock, G_GINT64_CONSTANT (90000000));
  refuse_credit (self, "allow 1");
}

static void
what_has_no_time_left_is_reopened_with_minutes_only (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  live (self, 90 * 60);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_false (obey (self, JK_ACT_REOPEN, 0, &error));
  assert_non_null (strstr (error->message, "minutes"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  policy_of (self)->extension_max_min = 3;
  policy_of (self)->credit_max_min = 0;
  assert_false (obey (self, JK_ACT_REOPEN, 4 * MS_PER_MIN, &error));
  assert_non_null (strstr (error->message, "leave 3"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_REOPEN, 3 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 3 * MS_PER_MIN);
  live (self, 180);
  assert_int_equal (jk_sitting_get_seal_number (sitting), 2);
}

static void
a_reopening_may_use_up_what_could_be_credited (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  policy_of (self)->extension_max_min = 10;
  policy_of (self)->credit_max_min = 20;
  must_obey (self, JK_ACT_EXTEND, 10 * MS_PER_MIN);
  live (self, 100 * 60);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_false (obey (self, JK_ACT_REOPEN, 21 * MS_PER_MIN, &error));
  assert_non_null (strstr (error->message, "leave 20"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_REOPEN, 15 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 15 * MS_PER_MIN);

  /* What it used up is not given a second time. */
  assert_false (obey (self, JK_ACT_CREDIT, 6 * MS_PER_MIN, &error));
  assert_non_null (strstr (error->message, "21 min"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_CREDIT, 5 * MS_PER_MIN);
  live (self, 20 * 60);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_false (obey (self, JK_ACT_REOPEN, 0, &error));
  assert_non_null (strstr (error->message, "incident"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
}

static void
a_reopening_gives_back_what_the_hall_ended_meanwhile (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  policy_of (self)->end = JK_END_COMMON;
  policy_of (self)->extension_max_min = policy_of (self)->credit_max_min = 0;
  say_end (self, 90 * MS_PER_MIN);
  live (self, 70 * 60);
  assert_true (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
  jk_test_clock_pass_s (self->clock, 30 * 60);
  assert_false (obey (self, JK_ACT_REOPEN, 0, &error));
  assert_non_null (strstr (error->message, "more minutes"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  assert_false (obey (self, JK_ACT_REOPEN, 31 * MS_PER_MIN, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_REOPEN, 30 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 20 * MS_PER_MIN);
  assert_true (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));

  /* Again and again: never more than the 90 minutes. */
  assert_false (obey (self, JK_ACT_REOPEN, MS_PER_MIN, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  must_obey (self, JK_ACT_REOPEN, 0);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 20 * MS_PER_MIN);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    RULES_TEST (extensions_end_at_what_the_policy_allows),
    RULES_TEST (credits_end_at_what_the_policy_allows),
    RULES_TEST (lateness_shortens_only_where_the_policy_says_so),
    RULES_TEST (credit_without_minutes_gives_what_interruptions_took),
    RULES_TEST (credit_without_minutes_gives_nothing_that_was_not_lost),
    RULES_TEST (what_has_no_time_left_is_reopened_with_minutes_only),
    RULES_TEST (a_reopening_may_use_up_what_could_be_credited),
    RULES_TEST (a_reopening_gives_back_what_the_hall_ended_meanwhile),
  };
  return cmocka_run_group_tests_name ("sitting given", tests, check_build_exam, check_free_exam);
}
