/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-tick.c: what is noticed each minute, and that nobody need wait for it. */
#include "check-seat.h"

#include "support/vfs.h"

#define SLOW_US (2 * G_USEC_PER_SEC)

static void
a_clock_that_was_set_is_a_row_and_a_head_follows (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  const JkLogReplay *log = jk_seat_get_log (self->seat);
  guint64 before = jk_log_replay_get_n_rows (log);
  assert_true (jk_seat_tick (self->seat, &error));
  assert_int_equal (jk_log_replay_get_n_rows (log), before); /* signed, and nothing new */
  jk_test_clock_step_wall_ms (self->clock, 5 * MS_PER_MIN);
  assert_true (jk_seat_tick (self->seat, &error));
  assert_int_equal (jk_log_replay_get_n_rows (log), before + 2);
  assert_int_equal (jk_log_replay_get_n_after_head (log), 0);
}

static void
a_hasty_tick_waits_for_no_disk_and_loses_nothing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkTestVfs) vfs = jk_test_vfs_new ();
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));

  jk_test_storage_set_vfs_name (disk, jk_test_vfs_get_name (vfs));
  open_room (self);
  jk_test_vfs_slow (vfs, SLOW_US);
  jk_test_clock_step_wall_ms (self->clock, 5 * MS_PER_MIN);
  gint64 began_us = g_get_monotonic_time ();
  assert_true (jk_seat_tick_hastily (self->seat, &error));
  assert_true (g_get_monotonic_time () - began_us < SLOW_US);
  guint64 rows = jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));

  /* What others wait for afterwards is still waited for. */
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  assert_true (g_get_monotonic_time () - began_us >= SLOW_US);
  jk_test_vfs_slow (vfs, 0);
  restart (self);
  assert_true (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)) > rows);
  g_clear_pointer (&self->seat, jk_seat_free);
  jk_test_storage_set_vfs_name (disk, NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_clock_that_was_set_is_a_row_and_a_head_follows,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (a_hasty_tick_waits_for_no_disk_and_loses_nothing,
                                     set_up,
                                     tear_down),
  };
  return cmocka_run_group_tests_name ("seat-tick", tests, check_build_exam, check_free_exam);
}
