/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/code.h"
#include "session/printed-code.h"

static void
a_code_is_read_as_it_is_printed (void **state)
{
  static const guint bits[] = { JK_ROOM_CODE_BITS, JK_START_CODE_BITS, JK_RECEIPT_BITS };
  static const gsize lengths[] = { 4 + 1 + 4 + 1 + 3, 4 + 1 + 4 + 1 + 5, 4 * 5 + 5 };
  JkTestRandom *random = jk_test_random_new (1);

  for (guint n = 0; n < G_N_ELEMENTS (bits); n++) {
    g_autoptr (JkSecret) code =
        jk_printed_code_new (jk_test_random_get (random), "test: code", n, bits[n]);
    g_autofree char *text = jk_printed_code_dup_text (code);
    g_autofree char *lower = g_ascii_strdown (text, -1);
    g_autoptr (JkSecret) again = jk_printed_code_parse (lower, bits[n], NULL);

    assert_int_equal (strlen (text), lengths[n]);
    assert_true (jk_secret_equal (code, again));
  }
  jk_test_random_free (random);
}

static void
it_is_printed_as_base_prints_it (void **state)
{
  JkTestRandom *random = jk_test_random_new (1);
  guint8 bits[8];

  jk_random_fill (jk_test_random_get (random), "test: code", 0, bits, sizeof bits);
  g_autofree char *wanted = jk_code_format (bits, JK_START_CODE_BITS);
  g_autoptr (JkSecret) code =
      jk_printed_code_new (jk_test_random_get (random), "test: code", 0, JK_START_CODE_BITS);
  g_autofree char *text = jk_printed_code_dup_text (code);
  assert_string_equal (text, wanted);
  jk_test_random_free (random);
}

static void
a_mistyped_code_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_printed_code_parse ("0000-0000-00001", JK_START_CODE_BITS, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
  assert_null (jk_printed_code_parse ("0000", JK_START_CODE_BITS, &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_code_is_read_as_it_is_printed),
    cmocka_unit_test (it_is_printed_as_base_prints_it),
    cmocka_unit_test (a_mistyped_code_is_refused),
  };
  return cmocka_run_group_tests_name ("printed-code", tests, check_setup, NULL);
}
