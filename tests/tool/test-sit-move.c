/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/sit-move.c, through the command that moves */
#include "tool/sit-move.h"

#include "orders.h"

static void
a_candidate_moves_to_another_pc_and_hands_in_there (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *move = NULL;
  g_autofree char *both = NULL;
  g_autofree char *codes = NULL;
  g_autofree char *passcode = NULL;

  put_passcodes (way);
  make_order (way, "move.jkorder", "move", "0", NULL);
  move = g_strconcat ("3:", PATH ("move.jkorder"), NULL);
  assert_int_equal (
      jk_test_way_sit (way, 0, "--order", move, "--capsule", PATH ("0.jkcapsule"), NULL),
      JK_EXIT_OK);
  assert_true (jk_test_way_has (way, "0.jkcapsule"));
  assert_int_equal (
      jk_test_way_sit (way, 0, "--order", move, "--capsule", PATH ("0.jkcapsule"), NULL),
      JK_EXIT_OK);
  assert_int_equal (jk_test_way_sit (way, 3, "--arrive", PATH ("0.jkcapsule"), NULL),
                    JK_EXIT_USAGE);

  assert_true (g_file_get_contents (PATH ("secrets/0"), &codes, NULL, NULL));
  assert_true (g_file_get_contents (PATH ("secrets/chief"), &passcode, NULL, NULL));
  both = g_strconcat (codes, passcode, NULL);
  jk_test_way_put (way, "secrets/3", both);
  for (guint again = 0; again < 2; again++) {
    assert_int_equal (jk_test_way_sit (way,
                                       3,
                                       "--arrive",
                                       PATH ("0.jkcapsule"),
                                       "--by",
                                       PATH ("move.jkorder"),
                                       "--role",
                                       "chief",
                                       NULL),
                      JK_EXIT_OK);
    assert_non_null (strstr (way->said->out, "-01-0-s1.jkresult"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_candidate_moves_to_another_pc_and_hands_in_there),
  };

  return cmocka_run_group_tests_name ("sit-move",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
