/* SPDX-License-Identifier: Apache-2.0 */
#include "check-sitting.h"

#include "sitting/sitting-private.h"

static gboolean
hand_in (Fixture *self, JkHandInReason reason, GError **error)
{
  return jk_sitting_hand_in (self->sitting, reason, error);
}

static void
a_hand_in_before_its_time_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  jk_test_clock_pass_s (self->clock, 30 * 60 - 1);
  assert_false (hand_in (self, JK_HAND_IN_VOLUNTARY, &error));
  assert_non_null (strstr (error->message, "in 1 min"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_TOO_EARLY);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  jk_test_clock_pass_s (self->clock, 1);
  assert_int_equal (jk_sitting_get_hand_in_opens_ms (sitting), 0);
  assert_true (hand_in (self, JK_HAND_IN_VOLUNTARY, &error));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
}

static void
a_hand_in_signs_and_seals_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);
  JkDigest digest;
  guint64 sequence = 0;

  answer (self, 0, 1);
  assert_true (hand_in (self, JK_HAND_IN_TIME_UP, &error));
  assert_int_equal (self->n_seals, 1);
  assert_int_equal (self->sealed_in, JK_STATE_HANDED_IN);
  assert_int_equal (jk_sitting_get_seal_number (sitting), 1);

  /* Started, answered, head, handed in, sealed; all on disk. */
  const JkReplay *replay = replay_of (self);
  assert_int_equal (jk_replay_get_n_rows (replay), 7);
  assert_int_equal (jk_sitting_get_acknowledged (sitting), 7);
  assert_int_equal (jk_replay_get_n_heads (replay), 1);
  jk_replay_get_head (replay, 0, &sequence);
  assert_int_equal (sequence, 5);
  assert_int_equal (jk_replay_get_handed_in (replay)->reason, JK_HAND_IN_TIME_UP);
  assert_non_null (jk_sitting_get_handed_in_link (sitting));

  g_autoptr (GBytes) stored =
      jk_journal_read_side (jk_sitting_get_journal (sitting), "result 1", &error);
  assert_ok (error);
  assert_true (g_bytes_equal (stored, jk_sitting_get_result (sitting)));
  jk_hash (NULL, g_bytes_get_data (stored, NULL), g_bytes_get_size (stored), &digest);
  assert_false (hand_in (self, JK_HAND_IN_TIME_UP, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (self->n_seals, 1);
}

static void
the_clock_stops_at_the_hand_in (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);

  live (self, 40);
  assert_true (hand_in (self, JK_HAND_IN_TIME_UP, NULL));
  jk_test_clock_pass_s (self->clock, 100);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 40000);
}

static void
nothing_is_handed_in_before_the_start (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  begin (self);
  assert_false (hand_in (self, JK_HAND_IN_TIME_UP, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
a_sealer_that_fails_can_be_asked_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  self->is_failing = TRUE;
  assert_false (hand_in (self, JK_HAND_IN_TIME_UP, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_HANDED_IN);
  assert_null (jk_sitting_get_result (sitting));
  self->is_failing = FALSE;
  assert_true (hand_in (self, JK_HAND_IN_TIME_UP, &error));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_int_equal (jk_sitting_get_seal_number (sitting), 1);
}

static void
what_could_not_be_sealed_is_sealed_by_a_tick (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  self->is_failing = TRUE;
  jk_test_clock_pass_s (self->clock, 90 * 60);
  assert_false (jk_sitting_tick (sitting, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  assert_false (jk_sitting_tick (sitting, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  self->is_failing = FALSE;
  assert_true (jk_sitting_tick (sitting, &error));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_int_equal (jk_sitting_get_seal_number (sitting), 1);
}

/* As after a full disk: the row was kept and is on disk now, but nobody waited for it. */
static void
a_seal_that_came_late_to_the_disk_is_read_back_by_a_tick (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  assert_true (hand_in (self, JK_HAND_IN_TIME_UP, &error));
  g_autoptr (GBytes) sealed = g_steal_pointer (&sitting->result);
  assert_true (jk_sitting_tick (sitting, &error));
  assert_non_null (jk_sitting_get_result (sitting));
  assert_true (g_bytes_equal (jk_sitting_get_result (sitting), sealed));
}

static void
a_held_sitting_is_handed_in_by_a_proctor_only (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  jk_test_clock_pass_s (self->clock, 31 * 60);
  jk_test_clock_suspend_us (self->clock, 600 * G_USEC_PER_SEC);
  live (self, 1);
  assert_true (jk_sitting_is_held (sitting));
  assert_false (hand_in (self, JK_HAND_IN_VOLUNTARY, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR);
  assert_true (hand_in (self, JK_HAND_IN_TIME_UP, &error));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_hand_in_before_its_time_is_refused),
    TEST (a_hand_in_signs_and_seals_once),
    TEST (the_clock_stops_at_the_hand_in),
    TEST (nothing_is_handed_in_before_the_start),
    TEST (a_sealer_that_fails_can_be_asked_again),
    TEST (what_could_not_be_sealed_is_sealed_by_a_tick),
    TEST (a_seal_that_came_late_to_the_disk_is_read_back_by_a_tick),
    TEST (a_held_sitting_is_handed_in_by_a_proctor_only),
  };
  return cmocka_run_group_tests_name ("sitting-seal", tests, check_build_exam, check_free_exam);
}
