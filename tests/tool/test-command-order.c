/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-order.c */
#include "tool/commands.h"

#include "orders.h"

static void
an_order_is_made_signed_twice_and_shown (void **state)
{
  JkTestWay *way = *state;

  put_passcodes (way);
  make_order (way, "pause.jkorder", "pause", "0", NULL);
  expect_shown (way, "pause.jkorder", JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "second one sign"));
  sign_order (way, "pause.jkorder", "both.jkorder", JK_EXIT_OK);
  expect_shown (way, "both.jkorder", JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "signed by chief and proctor"));
  sign_order (way, "both.jkorder", "three.jkorder", JK_EXIT_REFUSED);
  sign_order (way, "pause.jkorder", "both.jkorder", JK_EXIT_STORAGE);
}

static void
an_order_needs_its_options (void **state)
{
  JkTestWay *way = *state;
  const char *const ends[][3] = {
    { "--act", "nothing", "USAGE" },
    { "--record", "-7", "USAGE" },
    { "--subject", "12", "USAGE" },
    { "--role", "candidate", "USAGE" },
  };

  put_passcodes (way);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    assert_int_equal (jk_test_said_run (way->said,
                                        "order",
                                        "new",
                                        "--session",
                                        way->session,
                                        "--authorities",
                                        PATH ("pinned"),
                                        "--act",
                                        "pause",
                                        "--role",
                                        "chief",
                                        "--secrets",
                                        PATH ("secrets/chief"),
                                        ends[i][0],
                                        ends[i][1],
                                        PATH ("x.jkorder"),
                                        NULL),
                      JK_EXIT_USAGE);
  jk_test_way_expect (way, JK_EXIT_USAGE, "order", "new", PATH ("x.jkorder"), NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "order", "sign", PATH ("x"), PATH ("y"), NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "order", "show", PATH ("x.jkorder"), NULL);
}

static void
another_passcode_gives_no_order (void **state)
{
  JkTestWay *way = *state;

  put_passcodes (way);
  jk_test_way_expect (way,
                      JK_EXIT_SECRET,
                      "order",
                      "new",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--role",
                      "proctor",
                      "--act",
                      "pause",
                      "--secrets",
                      PATH ("secrets/chief"),
                      PATH ("x.jkorder"),
                      NULL);
  assert_false (jk_test_way_has (way, "x.jkorder"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_order_is_made_signed_twice_and_shown),
    cmocka_unit_test (an_order_needs_its_options),
    cmocka_unit_test (another_passcode_gives_no_order),
  };

  return cmocka_run_group_tests_name ("command-order",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
