/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "session/login-key.h"
#include "support/vector.h"

static const JkCost cheap = { 1, 8 };

static void
keys_are_those_of_the_document (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("session-login");
  g_autoptr (JkSecret) roster_key = check_key (0);
  g_autoptr (JkSecret) key =
      jk_login_derive (roster_key, "2101050340101012", "110108190001010019", cheap, NULL);
  const guint8 *wanted = g_bytes_get_data (vector, NULL);
  guint8 lookup[JK_LOOKUP_BYTES];

  jk_login_lookup (roster_key, "2101050340101012", lookup);
  assert_int_equal (g_bytes_get_size (vector), JK_LOOKUP_BYTES + JK_KEY_BYTES);
  assert_memory_equal (lookup, wanted, JK_LOOKUP_BYTES);
  assert_memory_equal (jk_secret_get (key), wanted + JK_LOOKUP_BYTES, JK_KEY_BYTES);
}

static void
every_input_moves_the_key (void **state)
{
  static const char *const pairs[][2] = {
    { "AB", "CD" }, { "AB", "CE" }, { "A", "BCD" }, { "ABC", "D" }, { "", "ABCD" }, { "ABCD", "" },
  };
  g_autoptr (JkSecret) roster_key = check_key (0);
  g_autoptr (JkSecret) other_roster_key = check_key (1);
  g_autoptr (JkSecret) first = jk_login_derive (roster_key, pairs[0][0], pairs[0][1], cheap, NULL);
  g_autoptr (JkSecret) other =
      jk_login_derive (other_roster_key, pairs[0][0], pairs[0][1], cheap, NULL);

  assert_false (jk_secret_equal (first, other));
  for (guint n = 1; n < G_N_ELEMENTS (pairs); n++) {
    g_autoptr (JkSecret) key = jk_login_derive (roster_key, pairs[n][0], pairs[n][1], cheap, NULL);
    assert_false (jk_secret_equal (first, key));
  }
}

static void
the_lookup_says_nothing_without_the_roster_key (void **state)
{
  g_autoptr (JkSecret) roster_key = check_key (0);
  g_autoptr (JkSecret) other_roster_key = check_key (1);
  guint8 a[JK_LOOKUP_BYTES], b[JK_LOOKUP_BYTES];

  jk_login_lookup (roster_key, "2101050340101012", a);
  jk_login_lookup (other_roster_key, "2101050340101012", b);
  assert_memory_not_equal (a, b, sizeof a);
  jk_login_lookup (roster_key, "2101050340101020", b);
  assert_memory_not_equal (a, b, sizeof a);
}

static void
an_impossible_cost_is_refused (void **state)
{
  g_autoptr (JkSecret) roster_key = check_key (0);
  g_autoptr (GError) error = NULL;

  assert_null (jk_login_derive (roster_key, "A", "B", (JkCost){ 0, 0 }, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (keys_are_those_of_the_document),
    cmocka_unit_test (every_input_moves_the_key),
    cmocka_unit_test (the_lookup_says_nothing_without_the_roster_key),
    cmocka_unit_test (an_impossible_cost_is_refused),
  };
  return cmocka_run_group_tests_name ("login-key", tests, check_setup, NULL);
}
