/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/box.h"
#include "crypto/seal.h"
#include "support/random.h"
#include "support/vector.h"

#include <sodium.h>

#define PURPOSE "jikao 1 example"
#define PREFIXED "\x0fjikao 1 example"
#define ENTRY_BYTES (113 + 15)

typedef struct {
  JkTestRandom *random;
  JkSecret *keys[2];
  JkSealPublic to[2];
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  const JkRandom *random;

  self->random = jk_test_random_new (1);
  random = jk_test_random_get (self->random);
  for (guint i = 0; i < 2; i++)
    self->keys[i] = jk_seal_key_new (random, "example: recipient", i, &self->to[i]);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  jk_secret_free (self->keys[0]);
  jk_secret_free (self->keys[1]);
  jk_test_random_free (self->random);
  g_free (self);
  return 0;
}

/* "content" at "here" for the first n_to recipients. */
static GBytes *
seal_example (Fixture *self, gsize n_to)
{
  return jk_seal (self->to,
                  n_to,
                  PURPOSE,
                  "here",
                  4,
                  "content",
                  7,
                  jk_test_random_get (self->random),
                  "example: seal",
                  0);
}

static GBytes *
open_example (const JkSecret *key, gconstpointer sealed, gsize size, GError **error)
{
  return jk_seal_open (key, PURPOSE, "here", 4, sealed, size, error);
}

static void
a_key_has_its_public_half (void **state)
{
  Fixture *self = *state;
  guint8 wanted[JK_PUBLIC_BYTES];
  JkSealPublic half;

  crypto_scalarmult_base (wanted, jk_secret_get (self->keys[0]));
  jk_seal_get_public (self->keys[0], &half);
  assert_int_equal (jk_secret_get_size (self->keys[0]), JK_KEY_BYTES);
  assert_memory_equal (half.bytes, wanted, JK_PUBLIC_BYTES);
  assert_memory_equal (self->to[0].bytes, wanted, JK_PUBLIC_BYTES);
  assert_memory_not_equal (self->to[1].bytes, wanted, JK_PUBLIC_BYTES);
}

static void
a_seal_is_that_of_the_document (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) vector = jk_test_vector ("crypto-seal");
  g_autoptr (GBytes) sealed = seal_example (self, 2);

  assert_true (g_bytes_equal (vector, sealed));
}

static void
every_recipient_opens (void **state)
{
  Fixture *self = *state;
  gsize size;
  g_autoptr (GBytes) sealed = seal_example (self, 2);
  gconstpointer bytes = g_bytes_get_data (sealed, &size);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GBytes) content = open_example (self->keys[i], bytes, size, NULL);
    g_autoptr (JkSecret) secret =
        jk_seal_open_secret (self->keys[i], PURPOSE, "here", 4, bytes, size, NULL);
    assert_bytes_equal (content, "content", 7);
    assert_int_equal (jk_secret_get_size (secret), 7);
    assert_memory_equal (jk_secret_get (secret), "content", 7);
  }
}

static void
libsodium_opens_every_sealed_box (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) sealed = seal_example (self, 2);
  const guint8 *bytes = g_bytes_get_data (sealed, NULL);

  for (guint i = 0; i < 2; i++) {
    const guint8 *entry = bytes + 4 + i * ENTRY_BYTES;
    const guint8 *box = bytes + 4 + 2 * ENTRY_BYTES;
    guint8 message[16 + 32], content[7];
    assert_memory_equal (entry, self->to[i].bytes, JK_PUBLIC_BYTES);
    assert_int_equal (crypto_box_seal_open (message,
                                            entry + JK_PUBLIC_BYTES,
                                            ENTRY_BYTES - JK_PUBLIC_BYTES,
                                            self->to[i].bytes,
                                            jk_secret_get (self->keys[i])),
                      0);
    assert_memory_equal (message, PREFIXED, 16);
    assert_int_equal (crypto_aead_xchacha20poly1305_ietf_decrypt (content,
                                                                  NULL,
                                                                  NULL,
                                                                  box + 24,
                                                                  7 + 16,
                                                                  (const guint8 *) PREFIXED "here",
                                                                  20,
                                                                  box,
                                                                  message + 16),
                      0);
    assert_memory_equal (content, "content", 7);
  }
}

static void
what_libsodium_sealed_opens (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) sealed = seal_example (self, 1);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&sealed), &size);
  guint8 message[16 + 32];
  guint8 *box = bytes + 4 + ENTRY_BYTES;

  memcpy (message, PREFIXED, 16);
  memset (message + 16, 9, 32);
  crypto_box_seal (bytes + 4 + JK_PUBLIC_BYTES, message, sizeof message, self->to[0].bytes);
  jk_box_close (message + 16, PURPOSE, "here", 4, "theirs!", 7, message + 16, box);
  g_autoptr (GBytes) content = open_example (self->keys[0], bytes, size, NULL);
  assert_bytes_equal (content, "theirs!", 7);
}

static void
a_flipped_bit_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) sealed = seal_example (self, 1);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&sealed), &size);

  for (gsize bit = 0; bit < 8 * size; bit++) {
    g_autoptr (GError) error = NULL;
    bytes[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_null (open_example (self->keys[0], bytes, size, &error));
    bytes[bit / 8] ^= (guint8) (1u << bit % 8);
    assert_crypto_error (error, bit < 32 ? JK_CRYPTO_ERROR_FORMAT : JK_CRYPTO_ERROR_SECRET);
  }
  g_autoptr (GBytes) content = open_example (self->keys[0], bytes, size, NULL);
  assert_non_null (content);
}

static void
a_seal_cut_short_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) sealed = seal_example (self, 2);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (sealed, &size);
  gsize least = 4 + 2 * ENTRY_BYTES + JK_BOX_OVERHEAD;

  for (gsize cut = 0; cut < size; cut++) {
    g_autoptr (GError) error = NULL;
    assert_null (open_example (self->keys[1], bytes, cut, &error));
    assert_crypto_error (error, cut < least ? JK_CRYPTO_ERROR_FORMAT : JK_CRYPTO_ERROR_SECRET);
  }
}

static void
impossible_counts_are_refused (void **state)
{
  Fixture *self = *state;
  const guint32 counts[] = { 0, JK_RECIPIENTS_MAX + 1, G_MAXUINT32 };
  g_autofree guint8 *bytes = g_malloc0 (100000);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autoptr (GError) error = NULL;
    jk_bytes_put_u32 (bytes, counts[i]);
    assert_null (open_example (self->keys[0], bytes, 100000, &error));
    assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
    assert_null (jk_seal_open_secret (self->keys[0], PURPOSE, "here", 4, bytes, 100000, &error));
    assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
  }
}

static void
a_stranger_does_not_open (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) sealed = seal_example (self, 1);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (sealed, &size);
  g_autoptr (GError) error = NULL;

  assert_null (open_example (self->keys[1], bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_seal_open_secret (self->keys[1], PURPOSE, "here", 4, bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
}

static void
another_purpose_or_place_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) sealed = seal_example (self, 1);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (sealed, &size);
  const JkSecret *key = self->keys[0];
  g_autoptr (GError) error = NULL;

  assert_null (jk_seal_open (key, "jikao 1 examplf", "here", 4, bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_seal_open (key, "jikao 1 exampl", "here", 4, bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_seal_open (key, PURPOSE, "herf", 4, bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
  assert_null (jk_seal_open_secret (key, PURPOSE, NULL, 0, bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
}

/* The box outside has the purpose asked for; only the sealed box inside has another. */
static void
another_purpose_inside_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) sealed = seal_example (self, 1);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&sealed), &size);
  guint8 message[16 + 32];
  g_autoptr (GError) error = NULL;

  memcpy (message, "\x0fjikao 1 examplf", 16);
  memset (message + 16, 9, 32);
  crypto_box_seal (bytes + 4 + JK_PUBLIC_BYTES, message, sizeof message, self->to[0].bytes);
  jk_box_close (message + 16, PURPOSE, "here", 4, "content", 7, message, bytes + 4 + ENTRY_BYTES);
  assert_null (open_example (self->keys[0], bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_SECRET);
}

static void
nothing_can_be_sealed_but_is_no_secret (void **state)
{
  Fixture *self = *state;
  const JkRandom *random = jk_test_random_get (self->random);
  g_autoptr (GBytes) sealed = jk_seal (self->to, 1, PURPOSE, NULL, 0, NULL, 0, random, "empty", 0);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (sealed, &size);
  g_autoptr (GBytes) content = jk_seal_open (self->keys[0], PURPOSE, NULL, 0, bytes, size, NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_bytes_get_size (content), 0);
  assert_null (jk_seal_open_secret (self->keys[0], PURPOSE, NULL, 0, bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
}

static void
a_large_text_opens_but_is_no_secret (void **state)
{
  Fixture *self = *state;
  const JkRandom *random = jk_test_random_get (self->random);
  gsize large = JK_SECRET_BYTES_MAX + 1;
  g_autofree guint8 *text = g_malloc0 (large);
  g_autoptr (GBytes) sealed =
      jk_seal (self->to, 1, PURPOSE, NULL, 0, text, large, random, "large", 0);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (sealed, &size);
  g_autoptr (GBytes) content = jk_seal_open (self->keys[0], PURPOSE, NULL, 0, bytes, size, NULL);
  g_autoptr (GError) error = NULL;

  assert_bytes_equal (content, text, large);
  assert_null (jk_seal_open_secret (self->keys[0], PURPOSE, NULL, 0, bytes, size, &error));
  assert_crypto_error (error, JK_CRYPTO_ERROR_FORMAT);
}

static void
the_most_recipients_all_open (void **state)
{
  Fixture *self = *state;
  const JkRandom *random = jk_test_random_get (self->random);
  JkSealPublic to[JK_RECIPIENTS_MAX];

  for (guint i = 0; i < JK_RECIPIENTS_MAX; i++) {
    g_autoptr (JkSecret) key = jk_seal_key_new (random, "many", i, &to[i]);
  }
  g_autoptr (GBytes) sealed =
      jk_seal (to, JK_RECIPIENTS_MAX, PURPOSE, "here", 4, "content", 7, random, "seal", 0);
  for (guint i = 0; i < JK_RECIPIENTS_MAX; i++) {
    gsize size;
    gconstpointer bytes = g_bytes_get_data (sealed, &size);
    JkSealPublic half;
    g_autoptr (JkSecret) key = jk_seal_key_new (random, "many", i, &half);
    g_autoptr (GBytes) content = open_example (key, bytes, size, NULL);
    assert_bytes_equal (content, "content", 7);
  }
}

static void
a_key_of_nobody_gets_zeros (void **state)
{
  Fixture *self = *state;
  const guint8 zeros[ENTRY_BYTES] = { 0 };

  assert_true (jk_seal_public_check (&self->to[0]));
  memset (&self->to[0], 0, sizeof self->to[0]);
  assert_false (jk_seal_public_check (&self->to[0]));

  g_autoptr (GBytes) sealed = seal_example (self, 2);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);
  g_autoptr (GBytes) content = open_example (self->keys[1], bytes, size, NULL);
  assert_memory_equal (bytes + 4, zeros, ENTRY_BYTES);
  assert_bytes_equal (content, "content", 7);
}

#define SEAL_TEST(name) cmocka_unit_test_setup_teardown (name, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    SEAL_TEST (a_key_has_its_public_half),
    SEAL_TEST (a_seal_is_that_of_the_document),
    SEAL_TEST (every_recipient_opens),
    SEAL_TEST (libsodium_opens_every_sealed_box),
    SEAL_TEST (what_libsodium_sealed_opens),
    SEAL_TEST (a_flipped_bit_is_refused),
    SEAL_TEST (a_seal_cut_short_is_refused),
    SEAL_TEST (impossible_counts_are_refused),
    SEAL_TEST (a_stranger_does_not_open),
    SEAL_TEST (another_purpose_or_place_is_refused),
    SEAL_TEST (another_purpose_inside_is_refused),
    SEAL_TEST (nothing_can_be_sealed_but_is_no_secret),
    SEAL_TEST (a_large_text_opens_but_is_no_secret),
    SEAL_TEST (the_most_recipients_all_open),
    SEAL_TEST (a_key_of_nobody_gets_zeros),
  };
  return cmocka_run_group_tests_name ("seal", tests, check_setup, NULL);
}
