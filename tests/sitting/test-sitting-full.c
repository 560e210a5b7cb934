/* SPDX-License-Identifier: Apache-2.0 */
/* A sitting on a disk that fills up, and has room again: nothing is lost, nobody starts again. */
#include "check-sitting.h"

#include "support/vfs.h"

static JkTestVfs *
use_vfs (Fixture *self)
{
  JkTestVfs *vfs = jk_test_vfs_new ();

  jk_test_storage_set_vfs_name (jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam)),
                                jk_test_vfs_get_name (vfs));
  return vfs;
}

static void
drop_vfs (Fixture *self, JkTestVfs *vfs)
{
  jk_test_storage_set_vfs_name (jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam)),
                                NULL);
  jk_test_vfs_free (vfs);
}

/* A try that was under way when room came may still say that the disk is full: what people do then
 * is done again. */
static void
do_when_there_is_room (Fixture *self, gboolean (*act) (Fixture *self, GError **error))
{
  for (guint tries = 0;; tries++) {
    g_autoptr (GError) error = NULL;
    if (act (self, &error))
      return;
    assert_true (tries < 100);
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
    g_usleep (10000);
  }
}

static gboolean
wait_for_all (Fixture *self, GError **error)
{
  return jk_sitting_wait (self->sitting, jk_replay_get_n_rows (replay_of (self)), error);
}

static gboolean
start_again (Fixture *self, GError **error)
{
  return jk_sitting_start (self->sitting, self->own, error) != 0;
}

static gboolean
hand_in_again (Fixture *self, GError **error)
{
  return jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, error);
}

static void
answers_are_kept_on_a_full_disk_and_saved_when_there_is_room (void **state)
{
  Fixture *self = *state;
  JkTestVfs *vfs = use_vfs (self);
  g_autoptr (GError) error = NULL;

  start (self);
  assert_int_equal (jk_sitting_get_store_state (self->sitting), JK_STORE_OK);
  jk_test_vfs_fill (vfs);
  guint64 ticket = jk_sitting_answer (self->sitting, 1, 1, &error);
  assert_ok (error);
  assert_false (jk_sitting_wait (self->sitting, ticket, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
  assert_int_equal (jk_sitting_get_store_state (self->sitting), JK_STORE_FULL);
  live (self, 10);
  assert_true (jk_sitting_answer (self->sitting, 2, 1, &error) != 0);
  assert_true (jk_sitting_get_acknowledged (self->sitting) < ticket);
  assert_int_equal (jk_sitting_get_answer (self->sitting, 1), 1);

  jk_test_vfs_heal (vfs);
  assert_true (jk_sitting_answer (self->sitting, 3, 1, &error) != 0);
  do_when_there_is_room (self, wait_for_all);
  assert_int_equal (jk_sitting_get_store_state (self->sitting), JK_STORE_OK);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  resume (self);
  for (guint i = 1; i <= 3; i++)
    assert_int_equal (jk_sitting_get_answer (self->sitting, i), 1);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  drop_vfs (self, vfs);
}

static void
a_start_that_found_no_room_is_tried_again (void **state)
{
  Fixture *self = *state;
  JkTestVfs *vfs = use_vfs (self);
  g_autoptr (GError) error = NULL;

  begin (self);
  assert_true (jk_sitting_wait (self->sitting, jk_sitting_confirm (self->sitting, NULL), NULL));
  jk_test_vfs_fill (vfs);
  assert_int_equal (jk_sitting_start (self->sitting, self->own, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
  assert_int_equal (jk_sitting_answer (self->sitting, 1, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);

  jk_test_vfs_heal (vfs);
  do_when_there_is_room (self, start_again);
  answer (self, 1, 1);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  drop_vfs (self, vfs);
}

static void
a_hand_in_that_found_no_room_is_tried_again (void **state)
{
  Fixture *self = *state;
  JkTestVfs *vfs = use_vfs (self);
  g_autoptr (GError) error = NULL;

  start (self);
  answer (self, 1, 1);
  jk_test_vfs_fill (vfs);
  assert_false (jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
  assert_null (jk_sitting_get_result (self->sitting));

  jk_test_vfs_heal (vfs);
  do_when_there_is_room (self, hand_in_again);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_SEALED);
  assert_int_equal (jk_sitting_get_seal_number (self->sitting), 1);
  assert_int_equal (self->n_seals, 1);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  drop_vfs (self, vfs);
}

static void
tick_until_sealed (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  for (guint tries = 0; jk_sitting_get_result (self->sitting) == NULL; tries++) {
    assert_true (tries < 3000);
    assert_true (jk_sitting_tick (self->sitting, &error));
    g_usleep (10000);
  }
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_SEALED);
  assert_int_equal (self->n_seals, 1);
}

/* Each try to find room would hold up whoever waits for it. */
static void
a_tick_after_the_hand_in_waits_for_no_disk (void **state)
{
  Fixture *self = *state;
  JkTestVfs *vfs = use_vfs (self);
  g_autoptr (GError) error = NULL;

  start (self);
  answer (self, 1, 1);
  jk_test_vfs_fill (vfs);
  assert_false (jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
  jk_test_vfs_slow (vfs, 200000);
  gint64 begun_us = g_get_monotonic_time ();
  live (self, 20);
  assert_true (g_get_monotonic_time () - begun_us < 2 * G_USEC_PER_SEC);
  assert_null (jk_sitting_get_result (self->sitting));

  jk_test_vfs_heal (vfs);
  tick_until_sealed (self);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  drop_vfs (self, vfs);
}

static void
a_tick_that_seals_does_not_wait_for_a_slow_disk (void **state)
{
  Fixture *self = *state;
  JkTestVfs *vfs = use_vfs (self);
  g_autoptr (GError) error = NULL;

  start (self);
  self->is_failing = TRUE;
  assert_false (jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  self->is_failing = FALSE;
  jk_test_vfs_slow (vfs, 2 * G_USEC_PER_SEC);
  gint64 begun_us = g_get_monotonic_time ();
  live (self, 3);
  assert_true (g_get_monotonic_time () - begun_us < 2 * G_USEC_PER_SEC);
  assert_null (jk_sitting_get_result (self->sitting));
  jk_test_vfs_heal (vfs);
  tick_until_sealed (self);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  drop_vfs (self, vfs);
}

static void
each_state_but_well_has_a_calm_sentence (void **state)
{
  assert_null (jk_store_state_get_sentence (JK_STORE_OK));
  assert_non_null (strstr (jk_store_state_get_sentence (JK_STORE_FULL), "go on"));
  assert_non_null (strstr (jk_store_state_get_sentence (JK_STORE_FAILED), "is safe"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (answers_are_kept_on_a_full_disk_and_saved_when_there_is_room),
    TEST (a_start_that_found_no_room_is_tried_again),
    TEST (a_hand_in_that_found_no_room_is_tried_again),
    TEST (a_tick_after_the_hand_in_waits_for_no_disk),
    TEST (a_tick_that_seals_does_not_wait_for_a_slow_disk),
    TEST (each_state_but_well_has_a_calm_sentence),
  };
  return cmocka_run_group_tests_name ("sitting-full", tests, check_build_exam, check_free_exam);
}
