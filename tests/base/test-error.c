/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/error.c */
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
the_domain_has_its_own_name (void **state)
{
  assert_string_equal (g_quark_to_string (JK_BASE_ERROR), "jk_base_error");
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_domain_has_its_own_name),
  };
  return cmocka_run_group_tests_name ("error", tests, NULL, NULL);
}
