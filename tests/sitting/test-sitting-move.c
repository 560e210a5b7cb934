/* SPDX-License-Identifier: Apache-2.0 */
#include "check-move.h"

#include "session/session-private.h"

#include <errno.h>

static void
a_moved_sitting_goes_on_where_it_was (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (GError) error = NULL;
  JkSitting *here = start (self);

  answer (self, 0, 1);
  jk_sitting_flag (here, 2, TRUE, NULL);
  live (self, 100);
  must_obey (self, JK_ACT_EXTEND, 5 * MS_PER_MIN);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, other->station);
  g_autoptr (GBytes) capsule = move_away (self, order);
  jk_test_clock_pass_s (self->clock, 300);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, NULL, order, &error);
  assert_ok (error);
  JkSitting *there = other->sitting;
  assert_int_equal (jk_sitting_get_state (there), JK_STATE_RUNNING);
  assert_true (jk_sitting_is_waiting (there));
  assert_string_equal (jk_sitting_get_person (there)->name, jk_sitting_get_person (here)->name);
  assert_int_equal (jk_sitting_get_answer (there, 0), 1);
  assert_true (jk_sitting_is_flagged (there, 2));
  assert_memory_equal (jk_journal_get_sitting_id (jk_sitting_get_journal (there)),
                       jk_journal_get_sitting_id (jk_sitting_get_journal (here)),
                       JK_SITTING_ID_BYTES);
  jk_test_clock_pass_s (self->clock, 60);
  assert_true (jk_sitting_tick (there, &error));
  assert_int_equal (jk_sitting_get_exam_ms (there), 100000);
  assert_int_equal (jk_sitting_answer (there, 1, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_false (jk_sitting_hand_in (there, JK_HAND_IN_VOLUNTARY, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR);
  assert_true (jk_sitting_continue (there, &error));
  assert_false (jk_sitting_continue (there, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  jk_test_clock_pass_s (self->clock, 10);
  assert_int_equal (jk_sitting_get_exam_ms (there), 110000);
  assert_int_equal (jk_sitting_get_left_ms (there), 95 * MS_PER_MIN - 110000);
  assert_true (jk_sitting_answer (there, 1, 1, &error) > 0);
  assert_true (jk_sitting_hand_in (there, JK_HAND_IN_TIME_UP, &error));
  assert_int_equal (self->n_sealed_orders, 2);
}

static void
an_arrived_sitting_survives_a_kill_and_still_waits (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (GError) error = NULL;

  start (self);
  live (self, 10);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, other->station);
  g_autoptr (GBytes) capsule = move_away (self, order);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, NULL, order, &error);
  assert_ok (error);
  g_clear_pointer (&other->sitting, jk_sitting_free);
  other->sitting = jk_sitting_resume (&other->place, record_of (self), &error);
  assert_ok (error);
  assert_true (jk_sitting_is_waiting (other->sitting));
  assert_true (jk_sitting_continue (other->sitting, &error));
  g_clear_pointer (&other->sitting, jk_sitting_free);
  other->sitting = jk_sitting_resume (&other->place, record_of (self), &error);
  assert_ok (error);
  assert_false (jk_sitting_is_waiting (other->sitting));
  assert_int_equal (jk_sitting_get_exam_ms (other->sitting), 10000);
}

static void
what_the_new_pc_sleeps_before_it_goes_on_is_no_gap (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (GError) error = NULL;

  start (self);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, other->station);
  g_autoptr (GBytes) capsule = move_away (self, order);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, NULL, order, &error);
  assert_ok (error);
  jk_test_clock_suspend_us (self->clock, 3600 * (gint64) G_USEC_PER_SEC);
  assert_true (jk_sitting_tick (other->sitting, &error));
  for (guint i = 0; i < 5; i++) {
    g_clear_pointer (&other->sitting, jk_sitting_free);
    jk_test_clock_reboot (self->clock, 3600 * (gint64) G_USEC_PER_SEC);
    other->sitting = jk_sitting_resume (&other->place, record_of (self), &error);
    assert_ok (error);
  }
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (other->sitting));
  assert_false (jk_sitting_is_held (other->sitting));
  assert_int_equal (jk_replay_get_restarts (replay), 0);
  assert_int_equal (jk_replay_get_gaps_ms (replay), 0);
  assert_true (jk_sitting_continue (other->sitting, &error));
}

static void
a_capsule_for_anybody_is_opened_by_a_role (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autoptr (GError) error = NULL;

  start (self);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, NULL);
  g_autoptr (GBytes) capsule = move_away (self, order);
  assert_null (jk_sitting_arrive (&other->place, "stick", capsule, NULL, order, &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, order, &error);
  assert_ok (error);
}

static void
what_is_there_already_does_not_arrive_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autoptr (GError) error = NULL;

  start (self);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, NULL);
  g_autoptr (GBytes) capsule = move_away (self, order);
  assert_null (jk_sitting_arrive (&self->place, "stick", capsule, role, order, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, order, &error);
  assert_ok (error);
  assert_null (jk_sitting_arrive (&other->place, "stick", capsule, role, order, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  g_autoptr (Other) third = new_other (self, 1);
  third->sitting = jk_sitting_arrive (&third->place, "stick", capsule, role, order, &error);
  assert_ok (error);
}

static void
only_the_order_that_moved_it_lets_it_go_on (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (Other) third = new_other (self, 1);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autoptr (GError) error = NULL;

  start (self);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, other->station);
  g_autoptr (JkOrder) later = new_move (self, JK_ACT_MOVE, other->station);
  g_autoptr (JkOrder) retire = new_move (self, JK_ACT_RETIRE, NULL);
  g_autoptr (JkOrder) pause = new_order (self, JK_ACT_PAUSE, 0);
  g_autoptr (GBytes) capsule = move_away (self, order);
  const JkOrder *wrong[] = { later, retire, pause };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    assert_null (jk_sitting_arrive (&other->place, "stick", capsule, role, wrong[i], &error));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  }
  assert_null (jk_sitting_arrive (&third->place, "stick", capsule, role, order, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, order, &error);
  assert_ok (error);
}

static void
a_dead_seats_copy_goes_on_and_the_seat_retires_later (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autofree char *scratch = jk_test_folder_dup_path (self->folder, "scratch");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize before_size, after_size;

  assert_int_equal (g_mkdir (scratch, 0700), 0);
  start (self);
  answer (self, 0, 1);
  live (self, 28);
  kill_sitting (self);
  assert_true (g_file_get_contents (path, &before, &before_size, NULL));
  g_autoptr (GBytes) capsule = jk_capsule_from_store (self->place.world,
                                                      self->place.session,
                                                      path,
                                                      role,
                                                      NULL,
                                                      scratch,
                                                      &error);
  assert_ok (error);
  assert_true (g_file_get_contents (path, &after, &after_size, NULL));
  assert_int_equal (before_size, after_size);
  assert_memory_equal (before, after, before_size);
  g_autoptr (GDir) dir = g_dir_open (scratch, 0, NULL);
  assert_null (g_dir_read_name (dir));

  g_autoptr (JkOrder) move = new_move (self, JK_ACT_MOVE, NULL);
  assert_null (jk_sitting_arrive (&other->place, "stick", capsule, role, move, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  g_autoptr (JkOrder) retire = new_move (self, JK_ACT_RETIRE, NULL);
  JkSession *session = (JkSession *) self->place.session;
  session->revoked = JK_ROLE_BIT (JK_ROLE_CHIEF);
  assert_null (jk_sitting_arrive (&other->place, "stick", capsule, role, retire, &error));
  session->revoked = 0;
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, retire, &error);
  assert_ok (error);
  guint64 exam_ms = jk_sitting_get_exam_ms (other->sitting);
  assert_true (exam_ms >= 23000 && exam_ms <= 28000);
  assert_int_equal (jk_sitting_get_answer (other->sitting, 0), 1);
  assert_true (jk_sitting_continue (other->sitting, &error));
  assert_true (jk_sitting_hand_in (other->sitting, JK_HAND_IN_TIME_UP, &error));
  assert_int_equal (self->n_sealed_orders, 1);

  resume (self);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_RUNNING);
  assert_true (jk_sitting_obey (self->sitting, retire, &check_open, &error));
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_MOVED);
  assert_null (jk_sitting_make_capsule (self->sitting, &error));
  assert_non_null (strstr (error->message, "retired"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

/* What a killed PC's store gives. */
static GBytes *
copy_store (Fixture *self)
{
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autofree char *scratch = jk_test_folder_dup_path (self->folder, "scratch");
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir (scratch, 0700), 0);
  GBytes *capsule = jk_capsule_from_store (self->place.world,
                                           self->place.session,
                                           path,
                                           role,
                                           NULL,
                                           scratch,
                                           &error);
  assert_ok (error);
  return capsule;
}

/* A copy of the first PC's store, which is killed for it. */
static GBytes *
copy_dead_seat (Fixture *self)
{
  kill_sitting (self);
  return copy_store (self);
}

/* After a commit that failed, a later file took the place of the one by this name. */
static void
the_last_file_of_a_dead_seat_is_read (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autofree char *path = dup_store_path (self, record_of (self));
  const char *const ends[] = { "", "-wal" };
  g_autoptr (GError) error = NULL;
  char *early[2];
  gsize sizes[2];

  start (self);
  answer (self, 0, 1);
  kill_sitting (self);
  for (guint n = 0; n < G_N_ELEMENTS (ends); n++) {
    g_autofree char *name = g_strconcat (path, ends[n], NULL);
    assert_true (g_file_get_contents (name, &early[n], &sizes[n], NULL));
  }
  resume (self);
  answer (self, 0, 2);
  kill_sitting (self);
  for (guint n = 0; n < G_N_ELEMENTS (ends); n++) {
    g_autofree char *name = g_strconcat (path, ends[n], NULL);
    g_autofree char *later = g_strconcat (path, ".r1", ends[n], NULL);
    assert_int_equal (g_rename (name, later), 0);
    assert_true (g_file_set_contents (name, early[n], (gssize) sizes[n], NULL));
    g_free (early[n]);
  }
  g_autoptr (GBytes) bytes = copy_store (self);
  g_autoptr (JkCapsule) capsule =
      jk_capsule_open ("copy", bytes, self->place.session, role, &error);
  assert_ok (error);
  assert_int_equal (jk_replay_get_answer (jk_capsule_get_replay (capsule), 0), 2);
  assert_null (jk_capsule_get_move (capsule));
}

/* A RETIRE of the first PC that says how much was used there; the same one with one signer or two.
 */
static JkOrder *
new_retire (const Fixture *self, guint64 used_ms, JkRoleName second)
{
  JkOrderTerms terms;

  jk_test_order_init (&terms,
                      self->exam,
                      0,
                      JK_ACT_RETIRE,
                      400000,
                      jk_station_get_sign_public (self->station));
  memset (terms.id, (int) (used_ms / MS_PER_MIN) + 1, sizeof terms.id);
  terms.record = record_of (self);
  terms.amount = used_ms;
  g_autoptr (GBytes) bytes = jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, second);
  return parse_order (bytes);
}

static void
an_old_copy_goes_on_by_two_signers_only (void **state)
{
  static const gint64 steps_ms[] = { 590000, 20000, -1300000, 3600000 };
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autoptr (JkOrder) one = new_retire (self, 0, 0);
  g_autoptr (JkOrder) two = new_retire (self, 0, JK_ROLE_PROCTOR);
  g_autoptr (GError) error = NULL;

  start (self);
  answer (self, 0, 1);
  g_autoptr (GBytes) capsule = copy_dead_seat (self);
  g_autofree char *path = NULL;
  g_autofree char *folder = jk_sitting_dup_folder (&other->place);
  path = g_strdup_printf ("%s/%05u.jkjournal", folder, record_of (self));
  for (gsize i = 0; i < G_N_ELEMENTS (steps_ms); i++) {
    jk_test_clock_step_wall_ms (self->clock, steps_ms[i]);
    other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, one, &error);
    assert_int_equal (other->sitting != NULL, i == 0);
    assert_int_equal (g_file_test (path, G_FILE_TEST_EXISTS), i == 0);
    if (i == 0) {
      g_clear_pointer (&other->sitting, jk_sitting_free);
      assert_int_equal (g_unlink (path), 0);
      continue;
    }
    assert_non_null (strstr (error->message, "second person"));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  }
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, two, &error);
  assert_ok (error);
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (other->sitting));
  assert_int_equal (jk_replay_get_obeyed (replay, 0)->ordered.amount, 2910000);
}

/* Copied after 28 s at the most, whatever the hall says of the time after that. */
static void
exam_time_that_the_hall_knows_is_not_handed_back (void **state)
{
  static const guint64 said_ms[] = { 0, 10000, 40 * MS_PER_MIN, 1440 * MS_PER_MIN };
  Fixture *self = *state;
  g_autoptr (JkSecret) role = dup_role_key (self);

  start (self);
  live (self, 28);
  g_autoptr (GBytes) capsule = copy_dead_seat (self);
  for (guint i = 0; i < G_N_ELEMENTS (said_ms); i++) {
    g_autoptr (Other) other = new_other (self, i);
    g_autoptr (JkOrder) order = new_retire (self, said_ms[i], 0);
    g_autoptr (GError) error = NULL;
    other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, order, &error);
    assert_ok (error);
    guint64 exam_ms = jk_sitting_get_exam_ms (other->sitting);
    if (i < 2)
      assert_true (exam_ms >= 23000 && exam_ms <= 28000);
    else
      assert_int_equal (exam_ms, MIN (said_ms[i], 90 * MS_PER_MIN));
    assert_int_equal (jk_sitting_get_left_ms (other->sitting), 90 * MS_PER_MIN - exam_ms);
    g_clear_pointer (&other->sitting, jk_sitting_free);
    other->sitting = jk_sitting_resume (&other->place, record_of (self), &error);
    assert_ok (error);
    assert_int_equal (jk_sitting_get_exam_ms (other->sitting), exam_ms);
  }
}

static void
a_paused_copy_takes_over_exam_time_too (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autoptr (JkOrder) order = new_retire (self, 40 * MS_PER_MIN, 0);
  g_autoptr (GError) error = NULL;

  start (self);
  live (self, 28);
  must_obey (self, JK_ACT_PAUSE, 0);
  g_autoptr (GBytes) capsule = copy_dead_seat (self);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, order, &error);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_state (other->sitting), JK_STATE_PAUSED);
  assert_int_equal (jk_sitting_get_exam_ms (other->sitting), 40 * MS_PER_MIN);
}

static void
what_has_not_started_or_not_moved_makes_no_capsule (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  begin (self);
  assert_null (jk_sitting_make_capsule (self->sitting, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  must_obey (self, JK_ACT_MOVE, 0);
  assert_null (jk_sitting_make_capsule (self->sitting, &error));
  assert_non_null (strstr (error->message, "logs in"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

/* With the n-th call of the disk failing: there is a whole store, or none and it can be tried
 * again.
 */
static void
whatever_call_fails_it_arrives_whole_or_not_at_all (void **state)
{
  Fixture *self = *state;
  JkTestStorage *storage = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autofree char *folder = jk_sitting_dup_folder (&other->place);
  g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, record_of (self));
  gboolean was_hit = TRUE;
  guint n_refused = 0;

  start (self);
  answer (self, 0, 1);
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, NULL);
  g_autoptr (GBytes) capsule = move_away (self, order);
  for (guint n = 1; was_hit; n++) {
    jk_test_storage_heal (storage);
    jk_test_storage_fail (storage, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, role, order, NULL);
    was_hit = jk_test_storage_has_failed (storage);
    jk_test_storage_heal (storage);
    n_refused += other->sitting == NULL ? 1 : 0;
    if (other->sitting == NULL)
      other->sitting = jk_sitting_resume (&other->place, record_of (self), NULL);
    assert_int_equal (other->sitting != NULL, g_file_test (path, G_FILE_TEST_EXISTS));
    if (other->sitting == NULL)
      continue;
    assert_int_equal (jk_sitting_get_answer (other->sitting, 0), 1);
    assert_true (jk_sitting_is_waiting (other->sitting));
    g_clear_pointer (&other->sitting, jk_sitting_free);
    assert_int_equal (g_unlink (path), 0);
  }
  assert_true (n_refused >= 3);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    RULES_TEST (a_moved_sitting_goes_on_where_it_was),
    RULES_TEST (an_arrived_sitting_survives_a_kill_and_still_waits),
    RULES_TEST (what_the_new_pc_sleeps_before_it_goes_on_is_no_gap),
    RULES_TEST (a_capsule_for_anybody_is_opened_by_a_role),
    RULES_TEST (what_is_there_already_does_not_arrive_again),
    RULES_TEST (only_the_order_that_moved_it_lets_it_go_on),
    RULES_TEST (a_dead_seats_copy_goes_on_and_the_seat_retires_later),
    RULES_TEST (the_last_file_of_a_dead_seat_is_read),
    RULES_TEST (an_old_copy_goes_on_by_two_signers_only),
    RULES_TEST (exam_time_that_the_hall_knows_is_not_handed_back),
    RULES_TEST (a_paused_copy_takes_over_exam_time_too),
    RULES_TEST (what_has_not_started_or_not_moved_makes_no_capsule),
    RULES_TEST (whatever_call_fails_it_arrives_whole_or_not_at_all),
  };
  return cmocka_run_group_tests_name ("sitting move", tests, check_build_exam, check_free_exam);
}
