/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/derive.c: keyed BLAKE2b-256 and Argon2id.
 *
 * A password never becomes a key directly: Argon2id gives a parent, the purpose separates what
 * comes from it. */
#include "crypto/derive.h"

#include "base/bytes.h"
#include "crypto/error.h"
#include "crypto/purpose.h"

#include <sodium.h>

G_STATIC_ASSERT (JK_SALT_BYTES == crypto_pwhash_SALTBYTES);

#define PASSES_MAX 16u
#define MEMORY_KIB_MIN 8u
#define MEMORY_KIB_MAX (2u * 1024 * 1024)

static void
keyed_hash (const JkSecret *key,
            const char *purpose,
            gconstpointer data,
            gsize size,
            guint8 out[static JK_DIGEST_BYTES])
{
  gsize key_size = jk_secret_get_size (key);
  crypto_generichash_state state;
  guint8 prefix[JK_PURPOSE_PREFIX_MAX];
  gsize prefix_size = jk_purpose_put (prefix, purpose);

  g_assert (key_size >= crypto_generichash_KEYBYTES_MIN);
  g_assert (key_size <= crypto_generichash_KEYBYTES_MAX);
  crypto_generichash_init (&state, jk_secret_get (key), key_size, JK_DIGEST_BYTES);
  crypto_generichash_update (&state, prefix, prefix_size);
  if (size > 0)
    crypto_generichash_update (&state, data, size);
  crypto_generichash_final (&state, out, JK_DIGEST_BYTES);
  jk_wipe (&state, sizeof state);
}

static gboolean
cost_is_possible (JkCost cost)
{
  return cost.passes >= 1 && cost.passes <= PASSES_MAX && cost.memory_kib >= MEMORY_KIB_MIN &&
         cost.memory_kib <= MEMORY_KIB_MAX;
}

JkSecret *
jk_derive (const JkSecret *parent, const char *purpose, gconstpointer context, gsize size)
{
  JkSecret *key = jk_secret_new (JK_KEY_BYTES);
  keyed_hash (parent, purpose, context, size, jk_secret_get_mutable (key));
  return key;
}

JkSecret *
jk_derive_number (const JkSecret *parent, const char *purpose, guint32 number)
{
  guint8 context[4];
  jk_bytes_put_u32 (context, number);
  return jk_derive (parent, purpose, context, sizeof context);
}

void
jk_mac (const JkSecret *key, const char *purpose, gconstpointer data, gsize size, JkDigest *out_mac)
{
  keyed_hash (key, purpose, data, size, out_mac->bytes);
}

JkSecret *
jk_derive_password (const JkSecret *password,
                    const guint8 salt[static JK_SALT_BYTES],
                    const char *purpose,
                    JkCost cost,
                    GError **error)
{
  if (!cost_is_possible (cost)) {
    g_set_error (
        error,
        JK_CRYPTO_ERROR,
        JK_CRYPTO_ERROR_COST,
        "The cost of a guess is %u passes over %u KiB; expected 1 to %u passes over %u KiB "
        "to %u KiB.",
        cost.passes,
        cost.memory_kib,
        PASSES_MAX,
        MEMORY_KIB_MIN,
        MEMORY_KIB_MAX);
    return NULL;
  }

  g_autoptr (JkSecret) parent = jk_secret_new (JK_KEY_BYTES);
  if (crypto_pwhash (jk_secret_get_mutable (parent),
                     JK_KEY_BYTES,
                     (const char *) jk_secret_get (password),
                     jk_secret_get_size (password),
                     salt,
                     cost.passes,
                     (gsize) cost.memory_kib * 1024,
                     crypto_pwhash_ALG_ARGON2ID13) != 0) {
    g_set_error (
        error,
        JK_CRYPTO_ERROR,
        JK_CRYPTO_ERROR_MEMORY,
        "This machine has not the %u MiB of free memory that checking a passphrase or code "
        "takes; close other programs and try again.",
        (cost.memory_kib + 1023) / 1024);
    return NULL;
  }
  return jk_derive (parent, purpose, NULL, 0);
}

gboolean
jk_cost_check (JkCost cost, JkCost floor, const char *file, GError **error)
{
  if (cost_is_possible (cost) && cost.passes >= floor.passes && cost.memory_kib >= floor.memory_kib)
    return TRUE;

  g_set_error (
      error,
      JK_CRYPTO_ERROR,
      JK_CRYPTO_ERROR_COST,
      "%s: a guess costs %u passes over %u KiB; expected %u to %u passes over %u KiB to %u "
      "KiB; use a file made by this version of the program.",
      file,
      cost.passes,
      cost.memory_kib,
      MAX (floor.passes, 1u),
      PASSES_MAX,
      MAX (floor.memory_kib, MEMORY_KIB_MIN),
      MEMORY_KIB_MAX);
  return FALSE;
}
