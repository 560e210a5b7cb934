/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-orders.c: the one order that a stick may bring too early. */
#include "check-seat.h"

/* A stick that ends PCs may be put in before the last candidate has handed in. */
static void
an_end_that_came_too_early_comes_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  g_autoptr (GBytes) bytes = order (self, JK_ACT_END, JK_ORDER_EVERY);
  for (guint i = 0; i < 2; i++) {
    assert_int_equal (take (self, bytes, &error), JK_SEAT_REFUSED);
    assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  }
  assert_int_equal (jk_log_replay_get_n_refused (jk_seat_get_log (self->seat)), 1);
  jk_test_clock_pass_s (self->clock, 40 * 60);
  assert_true (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
  assert_int_equal (take (self, bytes, &error), JK_SEAT_OBEYED);
  assert_int_equal (jk_seat_get_stage (self->seat), JK_STAGE_ENDED);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (an_end_that_came_too_early_comes_again),
  };

  return cmocka_run_group_tests_name ("seat-orders-end", tests, check_build_exam, check_free_exam);
}
