/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/panel.c: it opens, closes, and lends its keys. */
#include "check-panel.h"

static void
a_passcode_opens_it_and_it_closes_by_itself (void **state)
{
  Scene self;

  come (&self, state);
  assert_int_equal (jk_panel_get_role (self.panel), JK_ROLE_CHIEF);
  jk_test_clock_pass_s (self.desk->clock, JK_PANEL_OPEN_S - 1);
  follow_ms (1200);
  assert_int_equal (jk_panel_get_role (self.panel), JK_ROLE_CHIEF);
  jk_test_clock_pass_s (self.desk->clock, 1);
  follow_ms (1200);
  assert_int_equal (jk_panel_get_role (self.panel), 0);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_ANSWERING);
  go (&self);
}

static void
a_wrong_passcode_opens_nothing_and_stops_nothing (void **state)
{
  Scene self;

  come (&self, state);
  jk_panel_close (self.panel);
  guint64 left_s = jk_desk_get_left_s (self.desk->desk);
  g_autoptr (GError) error = type (&self, JK_ROLE_PROCTOR, JK_ROLE_SPARE_1);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE);
  assert_int_equal (jk_panel_get_role (self.panel), 0);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_ANSWERING);
  assert_int_equal (jk_desk_get_left_s (self.desk->desk), left_s);
  choose (self.desk, 0, 1);
  go (&self);
}

static void
without_a_session_there_is_nothing_to_open (void **state)
{
  Scene self = { .desk = *state };

  open_desk (self.desk);
  self.panel = jk_panel_new (self.desk->desk);
  g_autoptr (GError) error = type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_SESSION);
  go (&self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_passcode_opens_it_and_it_closes_by_itself),
    TEST (a_wrong_passcode_opens_nothing_and_stops_nothing),
    TEST (without_a_session_there_is_nothing_to_open),
  };
  return cmocka_run_group_tests_name ("panel", tests, check_build_exam, check_free_exam);
}
