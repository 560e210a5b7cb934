/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/box.c: XChaCha20-Poly1305, as nonce, ciphertext, tag.
 *
 * Nonces are random and 24 bytes long, never counters: a counter repeats after a snapshot of a
 * machine or a copied file. */
#include "crypto/box.h"

#include "crypto/error.h"
#include "crypto/purpose.h"

#include <sodium.h>

G_STATIC_ASSERT (JK_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (JK_BOX_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (JK_BOX_OVERHEAD == JK_BOX_NONCE_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES);

void
jk_box_close (const guint8 key[static JK_KEY_BYTES],
              const char *purpose,
              gconstpointer context,
              gsize context_size,
              gconstpointer data,
              gsize size,
              const guint8 nonce[static JK_BOX_NONCE_BYTES],
              guint8 *out)
{
  JkPurposed associated;

  jk_purposed_init (&associated, purpose, context, context_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + JK_BOX_NONCE_BYTES,
                                              NULL,
                                              data,
                                              size,
                                              associated.bytes,
                                              associated.size,
                                              NULL,
                                              nonce,
                                              key);
  memmove (out, nonce, JK_BOX_NONCE_BYTES);
  jk_purposed_clear (&associated);
}

gboolean
jk_box_open (const guint8 key[static JK_KEY_BYTES],
             const char *purpose,
             gconstpointer context,
             gsize context_size,
             const guint8 *box,
             gsize box_size,
             guint8 *out)
{
  JkPurposed associated;

  if (box_size < JK_BOX_OVERHEAD)
    return FALSE;
  jk_purposed_init (&associated, purpose, context, context_size);
  int refused = crypto_aead_xchacha20poly1305_ietf_decrypt (out,
                                                            NULL,
                                                            NULL,
                                                            box + JK_BOX_NONCE_BYTES,
                                                            box_size - JK_BOX_NONCE_BYTES,
                                                            associated.bytes,
                                                            associated.size,
                                                            box,
                                                            key);
  jk_purposed_clear (&associated);
  return refused == 0;
}

GBytes *
jk_box_wrap (const JkSecret *key,
             const char *purpose,
             gconstpointer context,
             gsize context_size,
             const JkSecret *content,
             const JkRandom *random,
             const char *use,
             guint64 index)
{
  gsize size = jk_secret_get_size (content);
  g_autofree guint8 *box = g_malloc (size + JK_BOX_OVERHEAD);
  guint8 nonce[JK_BOX_NONCE_BYTES];

  g_assert (jk_secret_get_size (key) == JK_KEY_BYTES);
  jk_random_fill (random, use, index, nonce, sizeof nonce);
  jk_box_close (jk_secret_get (key),
                purpose,
                context,
                context_size,
                jk_secret_get (content),
                size,
                nonce,
                box);
  return g_bytes_new_take (g_steal_pointer (&box), size + JK_BOX_OVERHEAD);
}

JkSecret *
jk_box_unwrap (const JkSecret *key,
               const char *purpose,
               gconstpointer context,
               gsize context_size,
               gconstpointer box,
               gsize box_size,
               GError **error)
{
  g_assert (jk_secret_get_size (key) == JK_KEY_BYTES);
  if (box_size <= JK_BOX_OVERHEAD || box_size > JK_SECRET_BYTES_MAX + JK_BOX_OVERHEAD) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_FORMAT,
                 "A wrapped key has %" G_GSIZE_FORMAT " bytes; expected %u to %u; the file is "
                 "damaged: copy it again from where it was made.",
                 box_size,
                 JK_BOX_OVERHEAD + 1u,
                 JK_SECRET_BYTES_MAX + JK_BOX_OVERHEAD);
    return NULL;
  }

  g_autoptr (JkSecret) content = jk_secret_new (box_size - JK_BOX_OVERHEAD);
  if (!jk_box_open (jk_secret_get (key),
                    purpose,
                    context,
                    context_size,
                    box,
                    box_size,
                    jk_secret_get_mutable (content))) {
    g_set_error_literal (
        error,
        JK_CRYPTO_ERROR,
        JK_CRYPTO_ERROR_SECRET,
        "A wrapped key does not open: the code or key is not the one it was made "
        "with, or the file was changed; check the code, then copy the file again.");
    return NULL;
  }
  return g_steal_pointer (&content);
}
