/* SPDX-License-Identifier: Apache-2.0 */
#include "example.h"

static void
the_domain_has_its_name (void **state)
{
  assert_string_equal (g_quark_to_string (JK_ENVELOPE_ERROR), "jk_envelope_error");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_domain_has_its_name),
  };
  return cmocka_run_group_tests_name ("error", tests, NULL, NULL);
}
