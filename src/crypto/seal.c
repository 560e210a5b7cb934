/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/seal.c: a content key sealed to each recipient, the content boxed under it.
 *
 * The sealed boxes are made by hand in libsodium's form, because crypto_box_seal takes its chance
 * from the system and a seeded build must be the same to the byte (P3). */
#include "crypto/seal.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/box.h"
#include "crypto/error.h"
#include "crypto/purpose.h"

#include <sodium.h>

G_STATIC_ASSERT (JK_PUBLIC_BYTES == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (JK_KEY_BYTES == crypto_box_SECRETKEYBYTES);
G_STATIC_ASSERT (JK_KEY_BYTES == crypto_box_SEEDBYTES);

#define COUNT_BYTES 4

static gsize
get_entry_bytes (const char *purpose)
{
  return JK_PUBLIC_BYTES + crypto_box_SEALBYTES + 1 + strlen (purpose) + JK_KEY_BYTES;
}

JkSecret *
jk_seal_key_new (const JkRandom *random, const char *use, guint64 index, JkSealPublic *out_public)
{
  JkSecret *key = jk_secret_new_random (random, use, index, JK_KEY_BYTES);
  jk_seal_get_public (key, out_public);
  return key;
}

void
jk_seal_get_public (const JkSecret *key, JkSealPublic *out_public)
{
  g_assert (jk_secret_get_size (key) == JK_KEY_BYTES);
  crypto_scalarmult_base (out_public->bytes, jk_secret_get (key));
}

gboolean
jk_seal_public_check (const JkSealPublic *public_key)
{
  static const guint8 any_key[JK_KEY_BYTES] = { 8 };
  guint8 shared[crypto_scalarmult_BYTES];

  return crypto_scalarmult (shared, any_key, public_key->bytes) == 0;
}

/* crypto_box_seal with an ephemeral key from seed; out has room for size + crypto_box_SEALBYTES. */
static void
seal_to (const JkSealPublic *to,
         const JkSecret *seed,
         const guint8 *message,
         gsize size,
         guint8 *out)
{
  g_autoptr (JkSecret) secret = jk_secret_new (crypto_box_SECRETKEYBYTES);
  guint8 public_keys[2 * JK_PUBLIC_BYTES];
  guint8 nonce[crypto_box_NONCEBYTES];

  crypto_box_seed_keypair (public_keys, jk_secret_get_mutable (secret), jk_secret_get (seed));
  memcpy (public_keys + JK_PUBLIC_BYTES, to->bytes, JK_PUBLIC_BYTES);
  crypto_generichash (nonce, sizeof nonce, public_keys, sizeof public_keys, NULL, 0);
  memcpy (out, public_keys, JK_PUBLIC_BYTES);
  if (crypto_box_easy (out + JK_PUBLIC_BYTES,
                       message,
                       size,
                       nonce,
                       to->bytes,
                       jk_secret_get (secret)) != 0)
    memset (out, 0, size + crypto_box_SEALBYTES);
}

GBytes *
jk_seal (const JkSealPublic *to,
         gsize n_to,
         const char *purpose,
         gconstpointer context,
         gsize context_size,
         gconstpointer data,
         gsize size,
         const JkRandom *random,
         const char *use,
         guint64 index)
{
  g_assert (n_to >= 1 && n_to <= JK_RECIPIENTS_MAX);

  gsize entry_bytes = get_entry_bytes (purpose);
  gsize message_bytes = entry_bytes - JK_PUBLIC_BYTES - crypto_box_SEALBYTES;
  gsize box_at = COUNT_BYTES + n_to * entry_bytes;
  guint8 *out = g_malloc (box_at + size + JK_BOX_OVERHEAD);
  guint8 nonce[JK_BOX_NONCE_BYTES];

  g_autoptr (JkSecret) content_key = jk_secret_new_random (random, use, index, JK_KEY_BYTES);
  g_autoptr (JkSecret) message = jk_secret_new (message_bytes);
  gsize prefix_bytes = jk_purpose_put (jk_secret_get_mutable (message), purpose);
  memcpy (jk_secret_get_mutable (message) + prefix_bytes,
          jk_secret_get (content_key),
          JK_KEY_BYTES);

  jk_bytes_put_u32 (out, (guint32) n_to);
  for (gsize i = 0; i < n_to; i++) {
    guint8 *entry = out + COUNT_BYTES + i * entry_bytes;
    g_autoptr (JkSecret) seed = jk_secret_new_random (random, use, index + 1 + i, JK_KEY_BYTES);
    memcpy (entry, to[i].bytes, JK_PUBLIC_BYTES);
    seal_to (&to[i], seed, jk_secret_get (message), message_bytes, entry + JK_PUBLIC_BYTES);
  }

  jk_random_fill (random, use, index + n_to + 1, nonce, sizeof nonce);
  jk_box_close (jk_secret_get (content_key),
                purpose,
                context,
                context_size,
                data,
                size,
                nonce,
                out + box_at);
  return g_bytes_new_take (out, box_at + size + JK_BOX_OVERHEAD);
}

/* Checks counts and lengths; the box of the content begins at *out_box_at. */
static gboolean
check_lengths (const char *purpose,
               const guint8 *sealed,
               gsize size,
               gsize *out_count,
               gsize *out_box_at,
               GError **error)
{
  gsize count = size >= COUNT_BYTES ? jk_bytes_get_u32 (sealed) : 0;
  gsize box_at = COUNT_BYTES + MIN (count, JK_RECIPIENTS_MAX) * get_entry_bytes (purpose);

  if (count < 1 || count > JK_RECIPIENTS_MAX || size < box_at + JK_BOX_OVERHEAD) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_FORMAT,
                 "A sealed part has %" G_GSIZE_FORMAT " bytes for %" G_GSIZE_FORMAT
                 " recipients; expected 1 to %u recipients and at least %" G_GSIZE_FORMAT
                 " bytes; the file is damaged: copy it again from where it was made.",
                 size,
                 count,
                 JK_RECIPIENTS_MAX,
                 box_at + JK_BOX_OVERHEAD);
    return FALSE;
  }
  *out_count = count;
  *out_box_at = box_at;
  return TRUE;
}

/* The content key out of the entry for key; NULL when there is none that opens. */
static JkSecret *
open_content_key (const JkSecret *key, const char *purpose, const guint8 *sealed, gsize count)
{
  gsize entry_bytes = get_entry_bytes (purpose);
  gsize message_bytes = entry_bytes - JK_PUBLIC_BYTES - crypto_box_SEALBYTES;
  g_autoptr (JkSecret) message = jk_secret_new (message_bytes);
  guint8 prefix[JK_PURPOSE_PREFIX_MAX];
  gsize prefix_bytes = jk_purpose_put (prefix, purpose);
  JkSealPublic own;

  jk_seal_get_public (key, &own);
  for (gsize i = 0; i < count; i++) {
    const guint8 *entry = sealed + COUNT_BYTES + i * entry_bytes;
    if (memcmp (entry, own.bytes, JK_PUBLIC_BYTES) == 0 &&
        crypto_box_seal_open (jk_secret_get_mutable (message),
                              entry + JK_PUBLIC_BYTES,
                              entry_bytes - JK_PUBLIC_BYTES,
                              own.bytes,
                              jk_secret_get (key)) == 0 &&
        memcmp (jk_secret_get (message), prefix, prefix_bytes) == 0)
      return jk_secret_new_slice (message, prefix_bytes, JK_KEY_BYTES);
  }
  return NULL;
}

/* Opens the box of box_size bytes into out; FALSE with an error. */
static gboolean
open_content (const JkSecret *content_key,
              const char *purpose,
              gconstpointer context,
              gsize context_size,
              const guint8 *box,
              gsize box_size,
              guint8 *out,
              GError **error)
{
  if (content_key != NULL &&
      jk_box_open (jk_secret_get (content_key), purpose, context, context_size, box, box_size, out))
    return TRUE;
  g_set_error_literal (
      error,
      JK_CRYPTO_ERROR,
      JK_CRYPTO_ERROR_SECRET,
      "A sealed part does not open: it was sealed to other keys than this one, or "
      "the file was changed; use the key it was made for, then copy the file again.");
  return FALSE;
}

GBytes *
jk_seal_open (const JkSecret *key,
              const char *purpose,
              gconstpointer context,
              gsize context_size,
              gconstpointer sealed,
              gsize sealed_size,
              GError **error)
{
  const guint8 *bytes = sealed;
  gsize count, box_at;

  if (!check_lengths (purpose, bytes, sealed_size, &count, &box_at, error))
    return NULL;
  g_autoptr (JkSecret) content_key = open_content_key (key, purpose, bytes, count);
  gsize box_size = sealed_size - box_at;
  g_autofree guint8 *content = g_malloc (box_size);
  if (!open_content (content_key,
                     purpose,
                     context,
                     context_size,
                     bytes + box_at,
                     box_size,
                     content,
                     error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&content), box_size - JK_BOX_OVERHEAD);
}

JkSecret *
jk_seal_open_secret (const JkSecret *key,
                     const char *purpose,
                     gconstpointer context,
                     gsize context_size,
                     gconstpointer sealed,
                     gsize sealed_size,
                     GError **error)
{
  const guint8 *bytes = sealed;
  gsize count, box_at;

  if (!check_lengths (purpose, bytes, sealed_size, &count, &box_at, error))
    return NULL;
  gsize size = sealed_size - box_at - JK_BOX_OVERHEAD;
  if (size < 1 || size > JK_SECRET_BYTES_MAX) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_FORMAT,
                 "A sealed key has %" G_GSIZE_FORMAT
                 " bytes; expected 1 to %u; the file is damaged: "
                 "copy it again from where it was made.",
                 size,
                 JK_SECRET_BYTES_MAX);
    return NULL;
  }
  g_autoptr (JkSecret) content_key = open_content_key (key, purpose, bytes, count);
  g_autoptr (JkSecret) content = jk_secret_new (size);
  if (!open_content (content_key,
                     purpose,
                     context,
                     context_size,
                     bytes + box_at,
                     size + JK_BOX_OVERHEAD,
                     jk_secret_get_mutable (content),
                     error))
    return NULL;
  return g_steal_pointer (&content);
}
