/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "crypto/sign.h"
#include "support/random.h"

#include <sodium.h>

typedef struct {
  JkTestRandom *random;
  JkSecret *key;
  guint8 public_key[JK_PUBLIC_BYTES];
  guint8 signature[JK_SIGNATURE_BYTES];
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->random = jk_test_random_new (1);
  self->key = jk_sign_key_new (jk_test_random_get (self->random), "test", 0, self->public_key);
  jk_sign (self->key, "jikao 1 example", "data", 4, self->signature);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  jk_secret_free (self->key);
  jk_test_random_free (self->random);
  g_free (self);
  return 0;
}

static void
a_signature_is_accepted (void **state)
{
  Fixture *self = *state;
  assert_true (jk_sign_verify (self->public_key, "jikao 1 example", "data", 4, self->signature));
}

static void
the_same_random_gives_the_same_key (void **state)
{
  Fixture *self = *state;
  const JkRandom *random = jk_test_random_get (self->random);
  guint8 again[JK_PUBLIC_BYTES], other[JK_PUBLIC_BYTES], half[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = jk_sign_key_new (random, "test", 0, again);
  g_autoptr (JkSecret) other_key = jk_sign_key_new (random, "test", 1, other);

  jk_sign_get_public (key, half);
  assert_int_equal (jk_secret_get_size (key), crypto_sign_SECRETKEYBYTES);
  assert_true (jk_secret_equal (key, self->key));
  assert_memory_equal (again, self->public_key, JK_PUBLIC_BYTES);
  assert_memory_equal (half, self->public_key, JK_PUBLIC_BYTES);
  assert_memory_not_equal (other, self->public_key, JK_PUBLIC_BYTES);
}

static void
it_is_plain_ed25519_over_purpose_and_data (void **state)
{
  Fixture *self = *state;
  static const char message[] = "\x0fjikao 1 exampledata";

  assert_int_equal (crypto_sign_verify_detached (self->signature,
                                                 (const guint8 *) message,
                                                 sizeof message - 1,
                                                 self->public_key),
                    0);
}

static void
another_purpose_data_or_key_is_refused (void **state)
{
  Fixture *self = *state;
  guint8 other[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = jk_sign_key_new (jk_test_random_get (self->random), "test", 1, other);

  assert_false (jk_sign_verify (self->public_key, "jikao 1 examplf", "data", 4, self->signature));
  assert_false (jk_sign_verify (self->public_key, "jikao 1 exampl", "edata", 5, self->signature));
  assert_false (jk_sign_verify (self->public_key, "jikao 1 example", "datb", 4, self->signature));
  assert_false (jk_sign_verify (self->public_key, "jikao 1 example", "dat", 3, self->signature));
  assert_false (jk_sign_verify (other, "jikao 1 example", "data", 4, self->signature));
}

static void
a_flipped_bit_of_the_signature_is_refused (void **state)
{
  Fixture *self = *state;

  for (guint bit = 0; bit < 8 * JK_SIGNATURE_BYTES; bit++) {
    guint8 changed[JK_SIGNATURE_BYTES];
    memcpy (changed, self->signature, sizeof changed);
    changed[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_false (jk_sign_verify (self->public_key, "jikao 1 example", "data", 4, changed));
  }
}

static void
a_flipped_bit_of_the_public_key_is_refused (void **state)
{
  Fixture *self = *state;

  for (guint bit = 0; bit < 8 * JK_PUBLIC_BYTES; bit++) {
    guint8 changed[JK_PUBLIC_BYTES];
    memcpy (changed, self->public_key, sizeof changed);
    changed[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_false (jk_sign_verify (changed, "jikao 1 example", "data", 4, self->signature));
  }
}

static void
nothing_and_much_can_be_signed (void **state)
{
  Fixture *self = *state;
  g_autofree guint8 *much = g_malloc0 (1024 * 1024);
  guint8 signature[JK_SIGNATURE_BYTES];

  jk_sign (self->key, "p", NULL, 0, signature);
  assert_true (jk_sign_verify (self->public_key, "p", NULL, 0, signature));
  jk_sign (self->key, "p", much, 1024 * 1024, signature);
  assert_true (jk_sign_verify (self->public_key, "p", much, 1024 * 1024, signature));
  much[1024 * 1024 - 1] = 1;
  assert_false (jk_sign_verify (self->public_key, "p", much, 1024 * 1024, signature));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_signature_is_accepted, setup, teardown),
    cmocka_unit_test_setup_teardown (the_same_random_gives_the_same_key, setup, teardown),
    cmocka_unit_test_setup_teardown (it_is_plain_ed25519_over_purpose_and_data, setup, teardown),
    cmocka_unit_test_setup_teardown (another_purpose_data_or_key_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown (a_flipped_bit_of_the_signature_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown (a_flipped_bit_of_the_public_key_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown (nothing_and_much_can_be_signed, setup, teardown),
  };
  return cmocka_run_group_tests_name ("sign", tests, check_setup, NULL);
}
