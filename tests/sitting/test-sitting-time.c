/* SPDX-License-Identifier: Apache-2.0 */
#include "check-orders.h"

/* How many rows of this event stand in the journal, and the payload of the last one. */
static guint
count_rows (Fixture *self, JkEvent event, gint64 *out_step_ms)
{
  JkDigest first;
  gsize size;
  guint n = 0;
  g_autoptr (GBytes) rows =
      jk_journal_read_rows (jk_sitting_get_journal (self->sitting), &first, NULL);
  const guint8 *at = g_bytes_get_data (rows, &size);
  const guint8 *end = at + size;

  while (at < end) {
    guint32 length = jk_bytes_get_u32 (at);
    JkRow row;
    assert_true (jk_row_from_bytes (at + 4, length, &row));
    if (row.event == event) {
      n++;
      if (out_step_ms != NULL)
        assert_true (jk_payload_get_clock (&row, out_step_ms));
    }
    at += 4 + length;
  }
  return n;
}

static void
a_step_of_the_wall_clock_is_a_row_and_nothing_else (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);
  gint64 step_ms = 0;

  live (self, 10);
  assert_int_equal (count_rows (self, JK_EVENT_CLOCK, NULL), 0);
  jk_test_clock_step_wall_ms (self->clock, 7200000);
  live (self, 10);
  assert_int_equal (count_rows (self, JK_EVENT_CLOCK, &step_ms), 1);
  assert_int_equal (step_ms, 7200000);
  jk_test_clock_step_wall_ms (self->clock, -86400000);
  live (self, 10);
  assert_int_equal (count_rows (self, JK_EVENT_CLOCK, &step_ms), 2);
  assert_int_equal (step_ms, -86400000);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 30000);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN - 30000);
  jk_test_clock_step_wall_ms (self->clock, 2000);
  live (self, 1);
  jk_test_clock_set_wall_ms (self->clock, -G_GINT64_CONSTANT (4000000000000000));
  live (self, 1);
  jk_test_clock_set_wall_ms (self->clock, 0);
  live (self, 1);
  assert_int_equal (count_rows (self, JK_EVENT_CLOCK, &step_ms), 4);
  assert_int_equal (jk_replay_get_gaps_ms (replay_of (self)), 0);
}

static void
a_sleep_is_no_step (void **state)
{
  Fixture *self = *state;

  start (self);
  jk_test_clock_suspend_us (self->clock, 60 * G_USEC_PER_SEC);
  live (self, 3);
  assert_int_equal (count_rows (self, JK_EVENT_CLOCK, NULL), 0);
  assert_int_equal (count_rows (self, JK_EVENT_GAP, NULL), 1);
}

static void
a_step_on_a_sealed_sitting_has_no_row (void **state)
{
  Fixture *self = *state;

  start (self);
  must_obey (self, JK_ACT_FORCE, 0);
  jk_test_clock_step_wall_ms (self->clock, 7200000);
  live (self, 3);
  assert_int_equal (count_rows (self, JK_EVENT_CLOCK, NULL), 0);
}

static void
extra_time_of_the_roster_is_allotted (void **state)
{
  Fixture *self = *state;
  JkPerson *person = (JkPerson *) jk_record_get_person (self->record);

  person->extra_min = 30;
  begin (self);
  person->extra_min = 0;
  assert_int_equal (jk_sitting_get_left_ms (self->sitting), 120 * MS_PER_MIN);
  kill_sitting (self);
  resume (self);
  assert_int_equal (jk_sitting_get_person (self->sitting)->extra_min, 30);
  assert_true (jk_sitting_confirm (self->sitting, NULL) > 0);
  assert_true (jk_sitting_start (self->sitting, self->own, NULL) > 0);
  assert_int_equal (jk_replay_get_started (replay_of (self))->allotted_ms, 120 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (self->sitting), 120 * MS_PER_MIN);
}

static JkBeacon
say (guint64 sequence, gint64 left_ms)
{
  return (JkBeacon){ .sequence = sequence, .wall_ms = 500, .end_wall_ms = 500 + left_ms };
}

static void
the_hall_ends_for_all_where_the_policy_says_so (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkBeacon beacon = say (3, 20 * MS_PER_MIN);
  JkSitting *sitting = start (self);

  assert_true (jk_sitting_take_beacon (sitting, &beacon, &error));
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN);
  assert_int_equal (count_rows (self, JK_EVENT_COMMON_END, NULL), 0);
  assert_false (jk_sitting_take_beacon (sitting, &beacon, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_BEACON);

  policy_of (self)->end = JK_END_COMMON;
  beacon = say (4, 20 * MS_PER_MIN);
  assert_true (jk_sitting_take_beacon (sitting, &beacon, &error));
  assert_int_equal (jk_sitting_get_left_ms (sitting), 20 * MS_PER_MIN);
  live (self, 60);
  beacon = say (5, 19 * MS_PER_MIN + 900);
  assert_true (jk_sitting_take_beacon (sitting, &beacon, &error));
  assert_int_equal (count_rows (self, JK_EVENT_COMMON_END, NULL), 1);
  live (self, 19 * 60 - 1);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  live (self, 1);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_int_equal (jk_replay_get_handed_in (replay_of (self))->reason, JK_HAND_IN_TIME_UP);
  beacon = say (6, 1000);
  assert_true (jk_sitting_take_beacon (sitting, &beacon, &error));
}

static void
after_a_restart_the_console_must_speak_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkBeacon beacon = say (3, 20 * MS_PER_MIN);

  policy_of (self)->end = JK_END_COMMON;
  start (self);
  assert_true (jk_sitting_take_beacon (self->sitting, &beacon, &error));
  must_obey (self, JK_ACT_EXTEND, 5 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (self->sitting), 25 * MS_PER_MIN);
  kill_sitting (self);
  resume (self);
  assert_int_equal (jk_sitting_get_left_ms (self->sitting), 95 * MS_PER_MIN);
  assert_false (jk_sitting_take_beacon (self->sitting, &beacon, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_BEACON);
  beacon = say (4, 18 * MS_PER_MIN);
  assert_true (jk_sitting_take_beacon (self->sitting, &beacon, &error));
  assert_int_equal (jk_sitting_get_left_ms (self->sitting), 23 * MS_PER_MIN);
}

static void
what_runs_on_after_the_time_is_up_is_no_exam_time (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);

  jk_test_clock_pass_s (self->clock, 100 * 60);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 90 * MS_PER_MIN);
  live (self, 1);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_int_equal (jk_replay_get_exam_ms (replay_of (self)), 90 * MS_PER_MIN);
}

static void
a_sleep_just_before_the_hand_in_is_a_gap (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  jk_test_clock_pass_s (self->clock, 31 * 60);
  jk_test_clock_suspend_us (self->clock, 600 * (gint64) G_USEC_PER_SEC);
  assert_false (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR);
  assert_int_equal (count_rows (self, JK_EVENT_GAP, NULL), 1);
  must_obey (self, JK_ACT_RELEASE, 0);
  assert_true (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
}

static void
what_a_held_sitting_sleeps_through_uses_up_no_limit (void **state)
{
  Fixture *self = *state;

  start (self);
  live (self, 10);
  jk_test_clock_suspend_us (self->clock, 240 * (gint64) G_USEC_PER_SEC);
  live (self, 1);
  for (guint i = 0; i < 5; i++) {
    assert_true (jk_sitting_is_held (self->sitting));
    jk_test_clock_suspend_us (self->clock, 3600 * (gint64) G_USEC_PER_SEC);
    live (self, 1);
    kill_sitting (self);
    resume (self);
  }
  must_obey (self, JK_ACT_RELEASE, 0);

  /* All three limits are as at the start. */
  for (guint i = 0; i < 3; i++) {
    live (self, 5);
    kill_sitting (self);
    jk_test_clock_pass_s (self->clock, 170);
    resume (self);
    assert_false (jk_sitting_is_held (self->sitting));
  }
}

static void
a_sleep_on_a_sealed_sitting_is_no_gap_of_the_reopened_one (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);

  must_obey (self, JK_ACT_FORCE, 0);
  jk_test_clock_suspend_us (self->clock, 3600 * (gint64) G_USEC_PER_SEC);
  must_obey (self, JK_ACT_REOPEN, 0);
  live (self, 3);
  assert_false (jk_sitting_is_held (sitting));
  assert_int_equal (count_rows (self, JK_EVENT_GAP, NULL), 0);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 3000);
}

static void
a_pause_ends_with_the_hand_in (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkBeacon beacon = say (3, 30 * MS_PER_MIN);
  JkSitting *sitting = start (self);

  policy_of (self)->end = JK_END_COMMON;
  assert_true (jk_sitting_take_beacon (sitting, &beacon, &error));
  must_obey (self, JK_ACT_PAUSE, 0);
  must_obey (self, JK_ACT_FORCE, 0);
  jk_test_clock_pass_s (self->clock, 20 * 60);
  must_obey (self, JK_ACT_REOPEN, 0);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 10 * MS_PER_MIN);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    RULES_TEST (a_step_of_the_wall_clock_is_a_row_and_nothing_else),
    RULES_TEST (a_sleep_is_no_step),
    RULES_TEST (a_step_on_a_sealed_sitting_has_no_row),
    RULES_TEST (the_hall_ends_for_all_where_the_policy_says_so),
    RULES_TEST (after_a_restart_the_console_must_speak_again),
    RULES_TEST (what_runs_on_after_the_time_is_up_is_no_exam_time),
    RULES_TEST (a_sleep_just_before_the_hand_in_is_a_gap),
    RULES_TEST (what_a_held_sitting_sleeps_through_uses_up_no_limit),
    RULES_TEST (a_sleep_on_a_sealed_sitting_is_no_gap_of_the_reopened_one),
    RULES_TEST (a_pause_ends_with_the_hand_in),
    RULES_TEST (extra_time_of_the_roster_is_allotted),
  };
  return cmocka_run_group_tests_name ("sitting time", tests, check_build_exam, check_free_exam);
}
