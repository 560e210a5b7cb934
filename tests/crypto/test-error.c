/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

static void
the_domain_has_a_name_of_its_own (void **state)
{
  assert_string_equal (g_quark_to_string (JK_CRYPTO_ERROR), "jk_crypto_error");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_domain_has_a_name_of_its_own),
  };
  return cmocka_run_group_tests_name ("error", tests, NULL, NULL);
}
