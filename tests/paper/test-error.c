/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/error.c */
#include "check.h"

static void
the_domain_has_its_own_name (void **state)
{
  assert_string_equal (g_quark_to_string (JK_PAPER_ERROR), "jk_paper_error");
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_domain_has_its_own_name),
  };
  return cmocka_run_group_tests_name ("error", tests, NULL, NULL);
}
