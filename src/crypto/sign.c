/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/sign.c: Ed25519.
 *
 * Plain Ed25519, not the prehashed form: the message is joined with its purpose in memory first. */
#include "crypto/sign.h"

#include "crypto/purpose.h"

#include <sodium.h>

G_STATIC_ASSERT (JK_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (JK_SIGNATURE_BYTES == crypto_sign_BYTES);
G_STATIC_ASSERT (JK_KEY_BYTES == crypto_sign_SEEDBYTES);

JkSecret *
jk_sign_key_new (const JkRandom *random,
                 const char *use,
                 guint64 index,
                 guint8 out_public[static JK_PUBLIC_BYTES])
{
  g_autoptr (JkSecret) seed = jk_secret_new_random (random, use, index, crypto_sign_SEEDBYTES);
  JkSecret *key = jk_secret_new (crypto_sign_SECRETKEYBYTES);

  crypto_sign_seed_keypair (out_public, jk_secret_get_mutable (key), jk_secret_get (seed));
  return key;
}

void
jk_sign_get_public (const JkSecret *key, guint8 out_public[static JK_PUBLIC_BYTES])
{
  g_assert (jk_secret_get_size (key) == crypto_sign_SECRETKEYBYTES);
  crypto_sign_ed25519_sk_to_pk (out_public, jk_secret_get (key));
}

void
jk_sign (const JkSecret *key,
         const char *purpose,
         gconstpointer data,
         gsize size,
         guint8 out_signature[static JK_SIGNATURE_BYTES])
{
  JkPurposed message;

  g_assert (jk_secret_get_size (key) == crypto_sign_SECRETKEYBYTES);
  jk_purposed_init (&message, purpose, data, size);
  crypto_sign_detached (out_signature, NULL, message.bytes, message.size, jk_secret_get (key));
  jk_purposed_clear (&message);
}

gboolean
jk_sign_verify (const guint8 public_key[static JK_PUBLIC_BYTES],
                const char *purpose,
                gconstpointer data,
                gsize size,
                const guint8 signature[static JK_SIGNATURE_BYTES])
{
  JkPurposed message;

  jk_purposed_init (&message, purpose, data, size);
  int refused = crypto_sign_verify_detached (signature, message.bytes, message.size, public_key);
  jk_purposed_clear (&message);
  return refused == 0;
}
