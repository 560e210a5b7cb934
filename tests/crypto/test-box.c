/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "crypto/box.h"
#include "support/random.h"

#include <sodium.h>

#define PURPOSE "jikao 1 example"

static const guint8 key[JK_KEY_BYTES] = { 1, 2, 3 };
static const guint8 nonce[JK_BOX_NONCE_BYTES] = { 4, 5, 6 };

/* A box of "content" at "here". */
static void
close_example (guint8 box[static JK_BOX_OVERHEAD + 7])
{
  jk_box_close (key, PURPOSE, "here", 4, "content", 7, nonce, box);
}

static void
a_box_opens (void **state)
{
  guint8 box[JK_BOX_OVERHEAD + 7], out[7];

  close_example (box);
  assert_true (jk_box_open (key, PURPOSE, "here", 4, box, sizeof box, out));
  assert_memory_equal (out, "content", 7);
}

static void
a_box_opens_in_place (void **state)
{
  guint8 box[JK_BOX_OVERHEAD + 7];

  close_example (box);
  assert_true (jk_box_open (key, PURPOSE, "here", 4, box, sizeof box, box + JK_BOX_NONCE_BYTES));
  assert_memory_equal (box + JK_BOX_NONCE_BYTES, "content", 7);
}

static void
a_box_is_nonce_ciphertext_and_tag_of_libsodium (void **state)
{
  static const char associated[] = "\x0fjikao 1 examplehere";
  guint8 box[JK_BOX_OVERHEAD + 7], wanted[7 + 16];

  close_example (box);
  crypto_aead_xchacha20poly1305_ietf_encrypt (wanted,
                                              NULL,
                                              (const guint8 *) "content",
                                              7,
                                              (const guint8 *) associated,
                                              sizeof associated - 1,
                                              NULL,
                                              nonce,
                                              key);
  assert_memory_equal (box, nonce, JK_BOX_NONCE_BYTES);
  assert_memory_equal (box + JK_BOX_NONCE_BYTES, wanted, sizeof wanted);
}

static void
nothing_and_a_long_context_can_be_boxed (void **state)
{
  g_autofree guint8 *context = g_malloc0 (5000);
  guint8 box[JK_BOX_OVERHEAD], out[1];

  jk_box_close (key, PURPOSE, NULL, 0, NULL, 0, nonce, box);
  assert_true (jk_box_open (key, PURPOSE, NULL, 0, box, sizeof box, out));
  jk_box_close (key, PURPOSE, context, 5000, NULL, 0, nonce, box);
  assert_true (jk_box_open (key, PURPOSE, context, 5000, box, sizeof box, out));
  context[4999] = 1;
  assert_false (jk_box_open (key, PURPOSE, context, 5000, box, sizeof box, out));
}

static void
another_key_purpose_or_place_is_refused (void **state)
{
  const guint8 other_key[JK_KEY_BYTES] = { 1, 2, 4 };
  guint8 box[JK_BOX_OVERHEAD + 7], out[7];

  close_example (box);
  assert_false (jk_box_open (other_key, PURPOSE, "here", 4, box, sizeof box, out));
  assert_false (jk_box_open (key, "jikao 1 examplf", "here", 4, box, sizeof box, out));
  assert_false (jk_box_open (key, "jikao 1 exampleh", "ere", 3, box, sizeof box, out));
  assert_false (jk_box_open (key, PURPOSE, "herf", 4, box, sizeof box, out));
  assert_false (jk_box_open (key, PURPOSE, NULL, 0, box, sizeof box, out));
}

static void
a_flipped_bit_is_refused (void **state)
{
  guint8 box[JK_BOX_OVERHEAD + 7], out[7];

  close_example (box);
  for (guint bit = 0; bit < 8 * sizeof box; bit++) {
    box[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_false (jk_box_open (key, PURPOSE, "here", 4, box, sizeof box, out));
    box[bit / 8] ^= (guint8) (1u << bit % 8);
  }
  assert_true (jk_box_open (key, PURPOSE, "here", 4, box, sizeof box, out));
}

static void
a_box_cut_short_is_refused (void **state)
{
  guint8 box[JK_BOX_OVERHEAD + 7], out[7];

  close_example (box);
  for (gsize size = 0; size < sizeof box; size++)
    assert_false (jk_box_open (key, PURPOSE, "here", 4, box, size, out));
}

typedef struct {
  JkTestRandom *random;
  JkSecret *key;
  GBytes *wrapped; /* "content" at "here" */
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (JkSecret) content = check_secret ("content");

  self->random = jk_test_random_new (1);
  self->key = check_key (0);
  self->wrapped = jk_box_wrap (self->key,
                               PURPOSE,
                               "here",
                               4,
                               content,
                               jk_test_random_get (self->random),
                               "test",
                               3);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  g_bytes_unref (self->wrapped);
  jk_secret_free (self->key);
  jk_test_random_free (self->random);
  g_free (self);
  return 0;
}

static void
a_wrapped_secret_unwraps (void **state)
{
  Fixture *self = *state;
  gsize size;
  const guint8 *wrapped = g_bytes_get_data (self->wrapped, &size);
  g_autoptr (JkSecret) wanted = check_secret ("content");
  g_autoptr (JkSecret) content = jk_box_unwrap (self->key, PURPOSE, "here", 4, wrapped, size, NULL);
  guint8 wanted_nonce[JK_BOX_NONCE_BYTES];

  jk_random_fill (jk_test_random_get (self->random), "test", 3, wanted_nonce, 24);
  assert_int_equal (size, 7 + JK_BOX_OVERHEAD);
  assert_memory_equal (wrapped, wanted_nonce, 24);
  assert_true (jk_secret_equal (content, wanted));
}

static void
unwrapping_with_what_is_not_right_is_refused (void **state)
{
  Fixture *self = *state;
  gsize size;
  const guint8 *wrapped = g_bytes_get_data (self->wrapped, &size);
  g_autoptr (JkSecret) other_key = check_key (1);
  g_autoptr (GError) error = NULL;

  assert_null (jk_box_unwrap (other_key, PURPOSE, "here", 4, wrapped, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_box_unwrap (self->key, "other", "here", 4, wrapped, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_box_unwrap (self->key, PURPOSE, "there", 5, wrapped, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_box_unwrap (self->key, PURPOSE, "here", 4, wrapped, size - 1, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
}

static void
an_impossible_size_is_no_wrapped_secret (void **state)
{
  Fixture *self = *state;
  gsize too_long = JK_SECRET_BYTES_MAX + JK_BOX_OVERHEAD + 1;
  g_autofree guint8 *zeros = g_malloc0 (too_long);
  g_autoptr (GError) error = NULL;

  assert_null (jk_box_unwrap (self->key, PURPOSE, NULL, 0, zeros, 0, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
  assert_null (jk_box_unwrap (self->key, PURPOSE, NULL, 0, zeros, JK_BOX_OVERHEAD, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
  assert_null (jk_box_unwrap (self->key, PURPOSE, NULL, 0, zeros, too_long, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
  assert_null (jk_box_unwrap (self->key, PURPOSE, NULL, 0, zeros, too_long - 1, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_box_opens),
    cmocka_unit_test (a_box_opens_in_place),
    cmocka_unit_test (a_box_is_nonce_ciphertext_and_tag_of_libsodium),
    cmocka_unit_test (nothing_and_a_long_context_can_be_boxed),
    cmocka_unit_test (another_key_purpose_or_place_is_refused),
    cmocka_unit_test (a_flipped_bit_is_refused),
    cmocka_unit_test (a_box_cut_short_is_refused),
    cmocka_unit_test_setup_teardown (a_wrapped_secret_unwraps, setup, teardown),
    cmocka_unit_test_setup_teardown (unwrapping_with_what_is_not_right_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown (an_impossible_size_is_no_wrapped_secret, setup, teardown),
  };
  return cmocka_run_group_tests_name ("box", tests, check_setup, NULL);
}
