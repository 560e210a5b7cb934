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

/* What is opened, as its lengths say. */
typedef struct {
  /* Borrowed */
  const char *purpose;
  const guint8 *bytes;
  /* Plain */
  gsize size;
  gsize count;  /* of entries */
  gsize box_at; /* where the box of the content begins */
} Sealed;

static gboolean
check_lengths (Sealed *self, const char *purpose, gconstpointer bytes, gsize size, GError **error)
{
  gsize count = size >= COUNT_BYTES ? jk_bytes_get_u32 (bytes) : 0;
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
  *self = (Sealed){ purpose, bytes, size, count, box_at };
  return TRUE;
}

/* The content key out of the entry for key; FALSE when there is none that opens. It lives as long
 * as one call, so it has no guarded page of its own, which would cost as much as opening it; the
 * caller wipes it. */
static gboolean
open_content_key (const Sealed *self, const JkSecret *key, guint8 out_key[static JK_KEY_BYTES])
{
  gsize entry_bytes = get_entry_bytes (self->purpose);
  guint8 message[JK_PURPOSE_PREFIX_MAX + JK_KEY_BYTES];
  guint8 prefix[JK_PURPOSE_PREFIX_MAX];
  gsize prefix_bytes = jk_purpose_put (prefix, self->purpose);
  gboolean is_open = FALSE;
  JkSealPublic own;

  jk_seal_get_public (key, &own);
  for (gsize i = 0; i < self->count && !is_open; i++) {
    const guint8 *entry = self->bytes + COUNT_BYTES + i * entry_bytes;
    is_open = memcmp (entry, own.bytes, JK_PUBLIC_BYTES) == 0 &&
              crypto_box_seal_open (message,
                                    entry + JK_PUBLIC_BYTES,
                                    entry_bytes - JK_PUBLIC_BYTES,
                                    own.bytes,
                                    jk_secret_get (key)) == 0 &&
              memcmp (message, prefix, prefix_bytes) == 0;
  }
  if (is_open)
    memcpy (out_key, message + prefix_bytes, JK_KEY_BYTES);
  jk_wipe (message, sizeof message);
  return is_open;
}

/* Opens the content into out; FALSE with an error. */
static gboolean
open_content (const Sealed *self,
              const JkSecret *key,
              gconstpointer context,
              gsize context_size,
              guint8 *out,
              GError **error)
{
  guint8 content_key[JK_KEY_BYTES];
  gboolean is_open =
      open_content_key (self, key, content_key) && jk_box_open (content_key,
                                                                self->purpose,
                                                                context,
                                                                context_size,
                                                                self->bytes + self->box_at,
                                                                self->size - self->box_at,
                                                                out);

  jk_wipe (content_key, sizeof content_key);
  if (!is_open)
    g_set_error_literal (
        error,
        JK_CRYPTO_ERROR,
        JK_CRYPTO_ERROR_SECRET,
        "A sealed part does not open: it was sealed to other keys than this one, or "
        "the file was changed; use the key it was made for, then copy the file again.");
  return is_open;
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
  Sealed self;

  if (!check_lengths (&self, purpose, sealed, sealed_size, error))
    return NULL;
  gsize box_size = sealed_size - self.box_at;
  g_autofree guint8 *content = g_malloc (box_size);
  if (!open_content (&self, key, context, context_size, content, error))
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
  Sealed self;

  if (!check_lengths (&self, purpose, sealed, sealed_size, error))
    return NULL;
  gsize size = sealed_size - self.box_at - JK_BOX_OVERHEAD;
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
  g_autoptr (JkSecret) content = jk_secret_new (size);
  if (!open_content (&self, key, context, context_size, jk_secret_get_mutable (content), error))
    return NULL;
  return g_steal_pointer (&content);
}
