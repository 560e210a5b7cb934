/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/sit-orders.c, through the command that obeys */
#include "tool/sit-orders.h"

#include "orders.h"

static void
a_candidate_obeys_hands_in_and_goes_on_when_it_is_undone (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *extend = NULL;
  g_autofree char *undo = NULL;

  put_passcodes (way);
  make_order (way, "extend.jkorder", "extend", "0", "5");
  make_order (way, "undo-1.jkorder", "reopen", "0", NULL);
  sign_order (way, "undo-1.jkorder", "undo.jkorder", JK_EXIT_OK);
  extend = g_strconcat ("3:", PATH ("extend.jkorder"), NULL);
  undo = g_strconcat ("end:", PATH ("undo.jkorder"), NULL);
  assert_int_equal (jk_test_way_sit (way, 0, "--order", extend, "--order", undo, NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "obeyed\textend\t1\n"));
  assert_non_null (strstr (way->said->out, "obeyed\treopen\t2\n"));
  assert_non_null (strstr (way->said->out, "-01-0-s2.jkresult"));

  /* Given again, nothing is obeyed twice. */
  assert_int_equal (jk_test_way_sit (way, 0, "--order", extend, "--order", undo, NULL), JK_EXIT_OK);
  assert_null (strstr (way->said->out, "obeyed"));
  assert_non_null (strstr (way->said->out, "-01-0-s2.jkresult"));
}

static void
an_order_without_a_moment_is_refused (void **state)
{
  JkTestWay *way = *state;

  assert_int_equal (jk_test_way_sit (way, 1, "--order", "soon:x.jkorder", NULL), JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "WHEN:FILE"));
  assert_int_equal (jk_test_way_sit (way, 1, "--order", "x.jkorder", NULL), JK_EXIT_REFUSED);
  assert_int_equal (jk_test_way_sit (way, 1, "--order", "3:nowhere.jkorder", NULL),
                    JK_EXIT_STORAGE);
  jk_sit_orders_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_candidate_obeys_hands_in_and_goes_on_when_it_is_undone),
    cmocka_unit_test (an_order_without_a_moment_is_refused),
  };

  return cmocka_run_group_tests_name ("sit-orders",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
