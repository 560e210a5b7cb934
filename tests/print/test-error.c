/* SPDX-License-Identifier: Apache-2.0 */
/* tests of print/error.c */
#include "print/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
the_domain_has_its_own_name (void **state)
{
  assert_string_equal (g_quark_to_string (JK_PRINT_ERROR), "jk_print_error");
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (the_domain_has_its_own_name) };
  return cmocka_run_group_tests_name ("error", tests, NULL, NULL);
}
