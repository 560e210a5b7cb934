/* SPDX-License-Identifier: Apache-2.0 */
/* A restore card: the PC comes back without the seat, and the stick has it. */
#include "check-second.h"

static void
a_seat_that_is_gone_comes_back_open_and_running (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_choose (self);
  JkSitting *sitting = must_run (self, 0);
  must_answer (sitting, 1);
  guint n_rows = (guint) jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
  forget_all (self);
  recover_seat (self);
  assert_int_equal (jk_seat_get_stage (self->seat), JK_STAGE_OPEN);
  assert_null (jk_seat_get_fault (self->seat, 0));
  sitting = jk_seat_get_current (self->seat);
  assert_int_equal (jk_sitting_get_answer (sitting, 1), 1);
  assert_true (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)) > n_rows);

  /* Nothing was chosen yet; chosen again, all has its copy again. */
  assert_null (jk_seat_get_second_place (self->seat));
  must_choose (self);
  must_answer (sitting, 2);
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  must_run (self, 1);
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_BACK], 2);
  assert_int_equal (counts.n_of_log[JK_LOG_STORE_BACK], 1);
}

/* The stick was not in; somebody loaded the session, and opened the room again. */
static void
a_seat_that_was_loaded_again_meanwhile_comes_back_too (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_choose (self);
  must_run (self, 0);
  forget_all (self);
  open_room (self);
  g_clear_pointer (&self->seat, jk_seat_free);
  recover_seat (self);
  assert_int_equal (jk_sitting_get_answer (jk_seat_get_current (self->seat), 0), 1);
  g_clear_pointer (&self->seat, jk_seat_free);
  recover_seat (self); /* nothing more to take back */
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_BACK], 2);
}

static void
a_sitting_that_went_on_here_is_a_fault_and_stops_nobody (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_choose (self);
  must_run (self, 0);
  forget_all (self);
  open_room (self);
  jk_test_clock_pass_s (self->clock, 5); /* seeded chance: without it the rows would be the same */
  must_run (self, 0);
  g_clear_pointer (&self->seat, jk_seat_free);
  recover_seat (self);
  assert_non_null (strstr (jk_seat_get_fault (self->seat, 0), "two proctors"));
  assert_int_equal (jk_sitting_get_answer (jk_seat_get_current (self->seat), 0), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_seat_that_is_gone_comes_back_open_and_running),
    TEST (a_seat_that_was_loaded_again_meanwhile_comes_back_too),
    TEST (a_sitting_that_went_on_here_is_a_fault_and_stops_nobody),
  };
  return cmocka_run_group_tests_name ("seat-recover", tests, check_build_exam, check_free_exam);
}
