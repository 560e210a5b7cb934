/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "short-memory.h"

#include "crypto/derive.h"
#include "support/vector.h"

#include <sodium.h>

static const JkCost cheap = { 1, 8 };
static const guint8 salt[JK_SALT_BYTES] = "sixteen bytes..";

static void
keys_are_those_of_the_document (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("crypto-derive");
  g_autoptr (JkSecret) parent = check_key (0);
  g_autoptr (JkSecret) key = jk_derive (parent, "jikao 1 example", "abc", 3);
  g_autoptr (JkSecret) numbered = jk_derive_number (parent, "jikao 1 example", 0x01020304);
  const guint8 *wanted = g_bytes_get_data (vector, NULL);

  assert_int_equal (g_bytes_get_size (vector), 64);
  assert_int_equal (jk_secret_get_size (key), JK_KEY_BYTES);
  assert_memory_equal (jk_secret_get (key), wanted, 32);
  assert_memory_equal (jk_secret_get (numbered), wanted + 32, 32);
}

static void
a_mac_is_the_derived_value (void **state)
{
  g_autoptr (JkSecret) parent = check_key (0);
  g_autoptr (JkSecret) key = jk_derive (parent, "jikao 1 example", "abc", 3);
  JkDigest mac;

  jk_mac (parent, "jikao 1 example", "abc", 3, &mac);
  assert_memory_equal (mac.bytes, jk_secret_get (key), 32);
}

static void
a_number_is_four_bytes_of_context (void **state)
{
  g_autoptr (JkSecret) parent = check_key (0);
  g_autoptr (JkSecret) a = jk_derive_number (parent, "p", 0x04030201);
  g_autoptr (JkSecret) b = jk_derive (parent, "p", "\x01\x02\x03\x04", 4);

  assert_true (jk_secret_equal (a, b));
}

static void
parent_purpose_and_context_each_change_the_key (void **state)
{
  g_autoptr (JkSecret) parent = check_key (0);
  g_autoptr (JkSecret) other_parent = check_key (1);
  g_autoptr (JkSecret) key = jk_derive (parent, "purpose", "context", 7);
  g_autoptr (JkSecret) a = jk_derive (other_parent, "purpose", "context", 7);
  g_autoptr (JkSecret) b = jk_derive (parent, "purposf", "context", 7);
  g_autoptr (JkSecret) c = jk_derive (parent, "purpose", "contexu", 7);
  g_autoptr (JkSecret) d = jk_derive (parent, "purposec", "ontext", 6);
  g_autoptr (JkSecret) e = jk_derive (parent, "purpose", NULL, 0);

  assert_false (jk_secret_equal (key, a));
  assert_false (jk_secret_equal (key, b));
  assert_false (jk_secret_equal (key, c));
  assert_false (jk_secret_equal (key, d));
  assert_false (jk_secret_equal (key, e));
}

static void
parents_of_16_to_64_bytes_are_taken (void **state)
{
  guint8 bytes[64] = { 7 };

  for (gsize size = 16; size <= 64; size += 16) {
    g_autoptr (JkSecret) parent = jk_secret_new_copy (bytes, size);
    g_autoptr (JkSecret) key = jk_derive (parent, "p", NULL, 0);
    assert_int_equal (jk_secret_get_size (key), JK_KEY_BYTES);
  }
}

static void
a_password_is_argon2id_then_derived (void **state)
{
  g_autoptr (JkSecret) password = check_secret ("correct horse");
  g_autoptr (JkSecret) key = jk_derive_password (password, salt, "purpose", cheap, NULL);
  g_autoptr (JkSecret) parent = jk_secret_new (32);
  JkDigest wanted;

  assert_int_equal (__real_crypto_pwhash (jk_secret_get_mutable (parent),
                                          32,
                                          "correct horse",
                                          13,
                                          salt,
                                          1,
                                          8192,
                                          crypto_pwhash_ALG_ARGON2ID13),
                    0);
  jk_mac (parent, "purpose", NULL, 0, &wanted);
  assert_memory_equal (jk_secret_get (key), wanted.bytes, 32);
}

static void
password_salt_purpose_and_cost_each_change_the_key (void **state)
{
  const guint8 other_salt[JK_SALT_BYTES] = "sixteen bytes.,";
  g_autoptr (JkSecret) password = check_secret ("correct horse");
  g_autoptr (JkSecret) other = check_secret ("correct horsf");
  g_autoptr (JkSecret) key = jk_derive_password (password, salt, "p", cheap, NULL);
  g_autoptr (JkSecret) a = jk_derive_password (other, salt, "p", cheap, NULL);
  g_autoptr (JkSecret) b = jk_derive_password (password, other_salt, "p", cheap, NULL);
  g_autoptr (JkSecret) c = jk_derive_password (password, salt, "q", cheap, NULL);
  g_autoptr (JkSecret) d = jk_derive_password (password, salt, "p", (JkCost){ 2, 8 }, NULL);
  g_autoptr (JkSecret) e = jk_derive_password (password, salt, "p", (JkCost){ 1, 9 }, NULL);

  assert_false (jk_secret_equal (key, a));
  assert_false (jk_secret_equal (key, b));
  assert_false (jk_secret_equal (key, c));
  assert_false (jk_secret_equal (key, d));
  assert_false (jk_secret_equal (key, e));
}

static const JkCost impossible[] = {
  { 0, 8 }, { 17, 8 }, { 1, 7 }, { 1, 2 * 1024 * 1024 + 1 }, { G_MAXUINT32, G_MAXUINT32 },
};

static void
an_impossible_cost_is_refused (void **state)
{
  g_autoptr (JkSecret) password = check_secret ("correct horse");

  for (guint i = 0; i < G_N_ELEMENTS (impossible); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (jk_derive_password (password, salt, "p", impossible[i], &error));
    assert_crypto_error (error, JK_CRYPTO_ERROR_COST);
    assert_false (jk_cost_check (impossible[i], (JkCost){ 0, 0 }, "x.jkkey", &error));
    assert_non_null (strstr (error->message, "x.jkkey"));
    assert_crypto_error (error, JK_CRYPTO_ERROR_COST);
  }
}

static void
too_little_memory_is_an_error (void **state)
{
  g_autoptr (JkSecret) password = check_secret ("correct horse");
  g_autoptr (GError) error = NULL;

  memory_is_short = TRUE;
  JkSecret *key = jk_derive_password (password, salt, "p", cheap, &error);
  memory_is_short = FALSE;
  assert_null (key);
  assert_crypto_error (error, JK_CRYPTO_ERROR_MEMORY);
}

static void
a_cost_below_the_floor_is_refused (void **state)
{
  const JkCost floor = { 3, 65536 };
  g_autoptr (GError) error = NULL;

  assert_true (jk_cost_check (floor, floor, "x", &error));
  assert_true (jk_cost_check ((JkCost){ 4, 65537 }, floor, "x", &error));
  assert_true (jk_cost_check ((JkCost){ 16, 2 * 1024 * 1024 }, floor, "x", &error));
  assert_null (error);
  assert_false (jk_cost_check ((JkCost){ 2, 65536 }, floor, "x", &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_COST);
  assert_false (jk_cost_check ((JkCost){ 3, 65535 }, floor, "x", &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_COST);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (keys_are_those_of_the_document),
    cmocka_unit_test (a_mac_is_the_derived_value),
    cmocka_unit_test (a_number_is_four_bytes_of_context),
    cmocka_unit_test (parent_purpose_and_context_each_change_the_key),
    cmocka_unit_test (parents_of_16_to_64_bytes_are_taken),
    cmocka_unit_test (a_password_is_argon2id_then_derived),
    cmocka_unit_test (password_salt_purpose_and_cost_each_change_the_key),
    cmocka_unit_test (an_impossible_cost_is_refused),
    cmocka_unit_test (too_little_memory_is_an_error),
    cmocka_unit_test (a_cost_below_the_floor_is_refused),
  };
  return cmocka_run_group_tests_name ("derive", tests, check_setup, NULL);
}
