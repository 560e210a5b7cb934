/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-lock.c: an empty chair stays an empty chair. */
#include "check-desk.h"

static void
count_up (guint *n)
{
  (*n)++;
}

static void
await_unlocked (Fixture *self)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (jk_desk_is_locked (self->desk) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_false (jk_desk_is_locked (self->desk));
}

static void
a_lock_outlasts_a_pause_and_a_restart (void **state)
{
  Fixture *self = *state;

  begin (self);
  assert_false (jk_desk_is_locked (self->desk));
  jk_desk_lock (self->desk, TRUE);
  send (self, JK_ACT_PAUSE);
  await_page (self, JK_PAGE_PAUSED);
  send (self, JK_ACT_RESUME);
  await_page (self, JK_PAGE_ANSWERING);
  assert_true (jk_desk_is_locked (self->desk));
  restart (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
  assert_true (jk_desk_is_locked (self->desk));
  jk_desk_lock (self->desk, FALSE);
  restart (self);
  assert_false (jk_desk_is_locked (self->desk));
}

static void
a_proctor_unlocks_for_who_has_no_number (void **state)
{
  Fixture *self = *state;

  begin (self);
  jk_desk_lock (self->desk, TRUE);
  send (self, JK_ACT_UNLOCK);
  await_unlocked (self);
}

static void
a_lock_is_told_once_and_only_where_somebody_sits (void **state)
{
  Fixture *self = *state;
  guint n = 0;

  open_room (self);
  g_signal_connect_swapped (self->desk, "locked", G_CALLBACK (count_up), &n);
  jk_desk_lock (self->desk, TRUE);
  assert_false (jk_desk_is_locked (self->desk));
  assert_int_equal (n, 0);
  assert_ok (log_in (self, 0));
  jk_desk_lock (self->desk, TRUE);
  jk_desk_lock (self->desk, TRUE);
  assert_int_equal (n, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_lock_outlasts_a_pause_and_a_restart, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_proctor_unlocks_for_who_has_no_number, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_lock_is_told_once_and_only_where_somebody_sits,
                                     set_up,
                                     tear_down),
  };
  return cmocka_run_group_tests_name ("desk-lock", tests, check_build_exam, check_free_exam);
}
