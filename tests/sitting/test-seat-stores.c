/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-stores.c: a store that failed and was replaced is in the log; the sitting went
 * on. */
#include "check-second.h"

#include "support/vfs.h"

static void
a_sitting_outlives_its_file_and_the_log_says_so (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  JkTestVfs *vfs = jk_test_vfs_new ();

  jk_test_storage_set_vfs_name (disk, jk_test_vfs_get_name (vfs));
  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  assert_true (jk_seat_tick (self->seat, &error));
  jk_test_vfs_fail (vfs, 1, TRUE, FALSE);
  must_answer (sitting, 0);
  assert_true (jk_test_vfs_has_failed (vfs));
  must_answer (sitting, 1);
  assert_true (jk_seat_tick (self->seat, &error));
  assert_true (jk_seat_tick (self->seat, &error));

  restart (self);
  sitting = jk_seat_get_current (self->seat);
  assert_int_equal (jk_sitting_get_answer (sitting, 0), 1);
  assert_int_equal (jk_sitting_get_answer (sitting, 1), 1);
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_REPLACED], 1);
  assert_int_equal (counts.n[JK_LOG_STORE_FULL], 0);
  assert_int_equal (counts.record, record_of (self, 0));
  jk_test_storage_set_vfs_name (disk, NULL);
  jk_test_vfs_free (vfs);
}

/* Waits until the journal's thread has found out. */
static void
wait_for (JkSitting *sitting, JkStoreState state)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (jk_sitting_get_store_state (sitting) != state && g_get_monotonic_time () < until)
    g_usleep (G_USEC_PER_SEC / 100);
  assert_int_equal (jk_sitting_get_store_state (sitting), state);
}

static void
a_full_disk_and_a_broken_one_are_logged_apart (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  JkTestVfs *vfs = jk_test_vfs_new ();

  jk_test_storage_set_vfs_name (disk, jk_test_vfs_get_name (vfs));
  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  g_autofree char *name = g_strdup_printf ("%05u.jkjournal", record_of (self, 0));
  g_autofree char *folder = dup_here (self);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  jk_test_vfs_only (vfs, path);
  jk_test_vfs_fill (vfs);
  assert_true (jk_sitting_answer (sitting, 0, 1, &error) != 0);
  wait_for (sitting, JK_STORE_FULL);
  assert_true (jk_seat_tick (self->seat, &error));
  jk_test_vfs_heal (vfs);
  jk_test_vfs_fail (vfs, 1, FALSE, TRUE);
  wait_for (sitting, JK_STORE_FAILED);
  for (guint i = 0; i < 2; i++)
    assert_true (jk_seat_tick (self->seat, &error));
  jk_test_vfs_heal (vfs);
  wait_for (sitting, JK_STORE_OK);
  assert_true (jk_seat_tick (self->seat, &error));
  jk_test_vfs_only (vfs, NULL);
  assert_int_equal (jk_sitting_get_answer (sitting, 0), 1);

  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_FULL], 1);
  assert_int_equal (counts.n[JK_LOG_STORE_FAILED], 1);
  assert_int_equal (counts.n[JK_LOG_STORE_ROOM], 1);
  assert_int_equal (counts.record, record_of (self, 0));
  jk_test_storage_set_vfs_name (disk, NULL);
  jk_test_vfs_free (vfs);
}

static void
a_log_outlives_its_file_and_says_so_itself (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  JkTestVfs *vfs = jk_test_vfs_new ();

  jk_test_storage_set_vfs_name (disk, jk_test_vfs_get_name (vfs));
  open_room (self);
  jk_test_vfs_fail (vfs, 1, TRUE, FALSE);
  must_obey (self, JK_ACT_COPY, JK_ORDER_EVERY);
  assert_true (jk_test_vfs_has_failed (vfs));
  assert_true (jk_seat_tick (self->seat, &error));
  assert_int_equal (jk_seat_get_stage (restart (self)), JK_STAGE_OPEN);
  assert_int_equal (jk_log_replay_get_n_obeyed (jk_seat_get_log (self->seat)), 1);
  must_log_in (self, 0);
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_REPLACED], 1);
  assert_int_equal (counts.record, JK_ORDER_EVERY);
  jk_test_storage_set_vfs_name (disk, NULL);
  jk_test_vfs_free (vfs);
}

static void
the_log_says_when_a_second_copy_is_lost_and_back (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autofree char *missing = jk_test_folder_dup_path (stick, "missing");
  g_autofree char *sentence = NULL;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  assert_true (jk_sitting_set_second_copy (sitting, jk_test_folder_get_path (stick), &error));
  must_answer (sitting, 0);
  assert_true (jk_seat_tick (self->seat, &error));
  assert_true (jk_seat_tick (self->seat, &error));
  assert_false (jk_sitting_set_second_copy (sitting, missing, &error));
  g_clear_error (&error);
  assert_int_equal (jk_sitting_get_second_state (sitting, &sentence), JK_SECOND_LOST);
  assert_non_null (strstr (sentence, "missing"));
  must_answer (sitting, 1);
  assert_true (jk_seat_tick (self->seat, &error));
  assert_true (jk_seat_tick (self->seat, &error));
  assert_true (jk_sitting_set_second_copy (sitting, jk_test_folder_get_path (stick), &error));
  assert_true (jk_seat_tick (self->seat, &error));
  assert_true (jk_sitting_set_second_copy (sitting, NULL, &error));
  assert_true (jk_seat_tick (self->seat, &error));
  assert_true (jk_seat_tick (self->seat, &error));
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_BACK], 2);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_LOST], 2);
  assert_int_equal (counts.record, record_of (self, 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_sitting_outlives_its_file_and_the_log_says_so),
    TEST (a_full_disk_and_a_broken_one_are_logged_apart),
    TEST (a_log_outlives_its_file_and_says_so_itself),
    TEST (the_log_says_when_a_second_copy_is_lost_and_back),
  };
  return cmocka_run_group_tests_name ("seat-stores", tests, check_build_exam, check_free_exam);
}
