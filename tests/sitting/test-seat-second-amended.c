/* SPDX-License-Identifier: Apache-2.0 */
/* Amendments and the second place of a seat: it has them too, and what waits for one keeps its
 * copy. */
#include "check-amend.h"
#include "check-second.h"

static void
assert_all_live (Fixture *self)
{
  g_autofree char *sentence = NULL;

  if (jk_seat_get_second_state (self->seat, &sentence) != JK_SECOND_ALIVE)
    fail_msg ("%s", sentence);
}

static void
a_seat_comes_back_with_its_amendments (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_amend (self, 1);
  must_choose (self);
  must_run (self, 0);
  must_amend (self, 2);
  forget_all (self);
  recover_seat (self);
  assert_null (jk_seat_get_amendment_fault (self->seat));
  assert_int_equal (jk_session_get_amendment_number (jk_seat_get_session (self->seat)), 2);
  assert_int_equal (jk_sitting_get_answer (jk_seat_get_current (self->seat), 0), 1);
  must_amend (self, 3);
}

static void
what_waits_for_an_amendment_keeps_its_copy (void **state)
{
  Fixture *self = *state;
  g_autofree char *copy = dup_copy (self, 1);

  open_room (self);
  must_choose (self);
  must_amend (self, 1);
  must_log_in (self, 0);
  assert_int_equal (g_unlink (copy), 0);
  restart (self);
  assert_non_null (jk_seat_get_amendment_fault (self->seat));
  assert_null (jk_seat_get_current (self->seat));
  assert_all_live (self);
  must_choose (self);
  must_amend (self, 1);
  assert_non_null (jk_seat_get_current (self->seat));
  assert_all_live (self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_seat_comes_back_with_its_amendments),
    TEST (what_waits_for_an_amendment_keeps_its_copy),
  };
  return cmocka_run_group_tests_name ("seat-second-amended",
                                      tests,
                                      check_build_amended,
                                      check_free_amended);
}
