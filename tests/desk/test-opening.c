/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/opening.c: a desk opened on a thread is the desk of who asked for it. */
#include "check-desk.h"

#include "desk/opening.h"

static void
a_desk_opened_on_a_thread_follows_here (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  begin (self);
  choose (self, 0, 1);
  close_desk (self);
  JkDeskOpening *opening = jk_desk_opening_new (&self->place);
  self->desk = jk_desk_opening_finish (opening, &error);
  assert_ok (error);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
  assert_int_equal (chosen (self, 0), 1 << 1);

  choose (self, 1, 2);
  await_save (self, JK_SAVE_SAVED);
  jk_test_clock_pass_s (self->clock, S_PER_MIN);
  guint64 left_s = jk_desk_get_left_s (self->desk);
  follow_ms (500);
  assert_true (jk_desk_get_left_s (self->desk) < left_s);
}

static void
it_is_opened_while_this_thread_does_something_else (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  close_desk (self);
  JkDeskOpening *opening = jk_desk_opening_new (&self->place);
  /* No context runs here, and all of it comes to pass. */
  g_usleep (G_USEC_PER_SEC / 10);
  self->desk = jk_desk_opening_finish (opening, &error);
  assert_ok (error);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_LOG_IN);
}

static void
why_it_did_not_open_is_told_in_the_end (void **state)
{
  Fixture *self = *state;
  JkDeskPlace place = self->place;
  g_autofree char *file = jk_test_folder_put_text (self->folder, "file", "");
  g_autoptr (GError) error = NULL;

  place.authorities = file;
  assert_null (jk_desk_opening_finish (jk_desk_opening_new (&place), &error));
  assert_non_null (error);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_desk_opened_on_a_thread_follows_here, set_up, tear_down),
    cmocka_unit_test_setup_teardown (it_is_opened_while_this_thread_does_something_else,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (why_it_did_not_open_is_told_in_the_end, set_up, tear_down),
  };
  return cmocka_run_group_tests_name ("opening", tests, check_build_exam, check_free_exam);
}
