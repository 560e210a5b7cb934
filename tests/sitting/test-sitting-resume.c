/* SPDX-License-Identifier: Apache-2.0 */
#include "check-orders.h"

#include "session/session-private.h"

static void
reboot (Fixture *self, guint off_s)
{
  jk_test_clock_reboot (self->clock, (gint64) off_s * G_USEC_PER_SEC);
}

static void
a_killed_sitting_goes_on_in_the_same_place (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  start (self);
  live (self, 20);
  answer (self, 2, 1);
  jk_sitting_flag (self->sitting, 4, TRUE, &error);
  guint64 ticket = jk_sitting_visit (self->sitting, 5, &error);
  assert_true (jk_sitting_wait (self->sitting, ticket, &error));
  kill_sitting (self);

  reboot (self, 60);
  JkSitting *sitting = resume (self);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  assert_false (jk_sitting_is_held (sitting));
  assert_int_equal (jk_sitting_get_answer (sitting, 2), 1);
  assert_true (jk_sitting_is_flagged (sitting, 4));
  assert_int_equal (jk_sitting_get_position (sitting), 5);
  assert_int_equal (jk_sitting_get_resumed_exam_ms (sitting), 20000);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 20000);
  assert_int_equal (jk_sitting_get_restarts (sitting), 1);
  assert_string_equal (jk_sitting_get_person (sitting)->name,
                       jk_record_get_person (self->record)->name);
  for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++)
    assert_string_equal (jk_blob_get_stem (jk_sitting_get_item (sitting, i)),
                         jk_blob_get_stem (jk_own_paper_get_blob (self->own, i)));

  /* The gap is on disk before anything else: 60 s off and 10 s until the clock was read again. */
  assert_int_equal (jk_replay_get_gaps_ms (replay_of (self)), 70000);
  assert_int_equal (jk_sitting_get_acknowledged (sitting), jk_replay_get_n_rows (replay_of (self)));
  live (self, 5);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 25000);
  answer (self, 2, 2);
}

static void
at_most_five_seconds_are_gained (void **state)
{
  Fixture *self = *state;
  GRand *chance = g_rand_new_with_seed (1);

  start (self);
  for (guint i = 0; i < 3; i++) {
    guint seconds = (guint) g_rand_int_range (chance, 1, 100);
    guint64 before = jk_sitting_get_exam_ms (self->sitting);
    live (self, seconds);
    if (i == 1)
      answer (self, 1, 1);
    guint64 used = jk_sitting_get_exam_ms (self->sitting);
    assert_int_equal (used, before + seconds * 1000);
    kill_sitting (self);
    reboot (self, 1);
    guint64 again = jk_sitting_get_exam_ms (resume (self));
    assert_true (again <= used && again + 5000 >= used);
    assert_int_equal (again, jk_sitting_get_resumed_exam_ms (self->sitting));
  }
  assert_false (jk_sitting_is_held (self->sitting));
  g_rand_free (chance);
}

static void
a_long_gap_holds_the_sitting_also_after_another_kill (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  start (self);
  live (self, 10);
  answer (self, 0, 1);
  kill_sitting (self);
  reboot (self, 200);
  assert_true (jk_sitting_is_held (resume (self)));
  assert_int_equal (jk_sitting_answer (self->sitting, 0, 2, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR);
  live (self, 100);
  assert_int_equal (jk_sitting_get_exam_ms (self->sitting), 10000);

  kill_sitting (self);
  reboot (self, 1);
  assert_true (jk_sitting_is_held (resume (self)));
  assert_int_equal (jk_sitting_get_answer (self->sitting, 0), 1);
  assert_int_equal (jk_sitting_get_exam_ms (self->sitting), 10000);
}

static void
short_gaps_add_up (void **state)
{
  Fixture *self = *state;

  start (self);
  for (guint i = 0; i < 2; i++) {
    live (self, 10);
    kill_sitting (self);
    reboot (self, 160);
    assert_false (jk_sitting_is_held (resume (self)));
  }
  jk_test_clock_suspend_us (self->clock, 170 * G_USEC_PER_SEC);
  live (self, 1);
  assert_false (jk_sitting_is_held (self->sitting));
  jk_test_clock_suspend_us (self->clock, 100 * G_USEC_PER_SEC);
  live (self, 1);
  assert_true (jk_sitting_is_held (self->sitting));
}

static void
the_fourth_restart_needs_a_proctor (void **state)
{
  Fixture *self = *state;

  start (self);
  for (guint i = 1; i <= 4; i++) {
    kill_sitting (self);
    reboot (self, 1);
    assert_int_equal (jk_sitting_is_held (resume (self)), i == 4);
    assert_int_equal (jk_sitting_get_restarts (self->sitting), i);
  }
}

static void
a_clock_that_went_back_resumes_by_itself (void **state)
{
  Fixture *self = *state;

  start (self);
  live (self, 10);
  kill_sitting (self);
  reboot (self, 100);
  jk_test_clock_set_wall_ms (self->clock, 946684800000);
  assert_false (jk_sitting_is_held (resume (self)));
  assert_int_equal (jk_sitting_get_restarts (self->sitting), 1);
  assert_int_equal (jk_replay_get_gaps_ms (replay_of (self)), 0);
  assert_int_equal (jk_sitting_get_exam_ms (self->sitting), 10000);
  jk_test_clock_set_wall_ms (self->clock, 1619225400000);
}

static void
a_restart_before_the_start_costs_nothing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  begin (self);
  kill_sitting (self);
  reboot (self, 3000);
  resume (self);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_IDENTIFIED);
  assert_int_equal (jk_sitting_get_left_ms (self->sitting), 90 * MS_PER_MIN);
  assert_true (jk_sitting_confirm (self->sitting, &error) > 0);
  kill_sitting (self);
  resume (self);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_READY);
  assert_true (jk_sitting_start (self->sitting, self->own, &error) > 0);
  assert_int_equal (jk_sitting_get_restarts (self->sitting), 0);
  answer (self, 0, 1);
}

static void
a_paused_sitting_stays_paused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  start (self);
  live (self, 10);
  must_obey (self, JK_ACT_PAUSE, 0);
  kill_sitting (self);
  reboot (self, 3000);
  resume (self);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_PAUSED);
  assert_false (jk_sitting_is_held (self->sitting));
  live (self, 60);
  assert_int_equal (jk_sitting_get_exam_ms (self->sitting), 10000);
  assert_int_equal (jk_sitting_answer (self->sitting, 0, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_false (jk_sitting_hand_in (self->sitting, JK_HAND_IN_VOLUNTARY, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR);
  assert_true (jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, &error));
}

static void
what_was_only_handed_in_is_sealed_by_the_resume (void **state)
{
  Fixture *self = *state;

  start (self);
  answer (self, 0, 1);
  self->is_failing = TRUE;
  assert_false (jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, NULL));
  kill_sitting (self);
  assert_null (jk_sitting_resume (&self->place, record_of (self), NULL));
  self->is_failing = FALSE;
  reboot (self, 3000);
  resume (self);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_SEALED);
  assert_int_equal (self->n_seals, 1);
  assert_non_null (jk_sitting_get_result (self->sitting));
}

static void
a_sealed_sitting_gives_the_same_bytes_for_ever (void **state)
{
  Fixture *self = *state;
  JkDigest link;

  start (self);
  assert_true (jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, NULL));
  g_autoptr (GBytes) result = g_bytes_ref (jk_sitting_get_result (self->sitting));
  link = *jk_sitting_get_handed_in_link (self->sitting);
  kill_sitting (self);
  resume (self);
  assert_true (g_bytes_equal (result, jk_sitting_get_result (self->sitting)));
  assert_true (jk_digest_equal (&link, jk_sitting_get_handed_in_link (self->sitting)));
  assert_int_equal (self->n_seals, 1);
}

static void
time_that_ran_out_is_handed_in_at_the_next_tick (void **state)
{
  Fixture *self = *state;

  start (self);
  jk_test_clock_pass_s (self->clock, 90 * 60 - 2);
  answer (self, 0, 1);
  jk_test_clock_pass_s (self->clock, 60);
  jk_journal_note_time (jk_sitting_get_journal (self->sitting), 91 * MS_PER_MIN);
  kill_sitting (self);
  resume (self);
  assert_int_equal (jk_sitting_get_left_ms (self->sitting), 0);
  live (self, 1);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_SEALED);
}

/* Opens the store that a role can read; NULL when it cannot. */
static JkJournal *
open_as (const Fixture *self, JkRoleName name, GError **error)
{
  const JkSession *session = self->place.session;
  const char *passcode = jk_test_exam_get_passcode (self->exam, 0, name);
  g_autofree char *path = dup_store_path (self, record_of (self));
  JkRoleKeys keys = { NULL };

  assert_true (jk_role_open (jk_session_get_role (session, name - 1),
                             passcode,
                             self->place.world,
                             "x",
                             &keys,
                             NULL));
  JkJournal *journal =
      jk_journal_open (self->place.world, path, jk_session_get_digest (session), keys.seal, error);
  jk_role_keys_clear (&keys);
  return journal;
}

static void
a_revoked_role_does_not_read_what_begins_later (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSession) session = jk_session_open (self->place.world,
                                                   jk_test_exam_get_session_path (self->exam, 0),
                                                   jk_test_exam_get_authorities (self->exam),
                                                   &error);

  assert_ok (error);
  session->revoked = JK_ROLE_BIT (JK_ROLE_SPARE_1);
  self->place.session = session;
  begin (self);
  kill_sitting (self);
  assert_null (open_as (self, JK_ROLE_SPARE_1, &error));
  assert_true (g_error_matches (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET));
  g_clear_error (&error);
  g_autoptr (JkJournal) journal = open_as (self, JK_ROLE_SPARE_2, &error);
  assert_ok (error);
  assert_non_null (journal);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_killed_sitting_goes_on_in_the_same_place),
    TEST (at_most_five_seconds_are_gained),
    TEST (a_long_gap_holds_the_sitting_also_after_another_kill),
    TEST (short_gaps_add_up),
    TEST (the_fourth_restart_needs_a_proctor),
    TEST (a_clock_that_went_back_resumes_by_itself),
    TEST (a_restart_before_the_start_costs_nothing),
    TEST (a_paused_sitting_stays_paused),
    TEST (what_was_only_handed_in_is_sealed_by_the_resume),
    TEST (a_sealed_sitting_gives_the_same_bytes_for_ever),
    TEST (time_that_ran_out_is_handed_in_at_the_next_tick),
    TEST (a_revoked_role_does_not_read_what_begins_later),
  };
  return cmocka_run_group_tests_name ("sitting-resume", tests, check_build_exam, check_free_exam);
}
