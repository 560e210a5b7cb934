/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

static void
the_domain_has_a_name_of_its_own (void **state)
{
  assert_string_equal (g_quark_to_string (JK_SESSION_ERROR), "jk_session_error");
  assert_int_not_equal (JK_SESSION_ERROR, JK_BASE_ERROR);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_domain_has_a_name_of_its_own),
  };
  return cmocka_run_group_tests_name ("error", tests, NULL, NULL);
}
