/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/hash.c: BLAKE2b-256. What was hashed may be secret, so states are wiped. */
#include "crypto/hash.h"

#include "base/bytes.h"
#include "crypto/purpose.h"

#include <sodium.h>

G_STATIC_ASSERT (JK_DIGEST_BYTES == crypto_generichash_BYTES);

struct _JkHash {
  /* Plain */
  crypto_generichash_state state; /* aligned to 64 */
  gboolean finished;
};

static void
state_init (crypto_generichash_state *state, const char *purpose)
{
  crypto_generichash_init (state, NULL, 0, JK_DIGEST_BYTES);
  if (purpose != NULL) {
    guint8 prefix[JK_PURPOSE_PREFIX_MAX];
    gsize prefix_size = jk_purpose_put (prefix, purpose);
    crypto_generichash_update (state, prefix, prefix_size);
  }
}

JkHash *
jk_hash_new (const char *purpose)
{
  JkHash *self = g_aligned_alloc0 (1, sizeof (JkHash), G_ALIGNOF (JkHash));
  state_init (&self->state, purpose);
  return self;
}

void
jk_hash_free (JkHash *self)
{
  if (self == NULL)
    return;
  jk_wipe (self, sizeof *self);
  g_aligned_free (self);
}

void
jk_hash_update (JkHash *self, gconstpointer data, gsize size)
{
  g_assert (!self->finished);
  if (size > 0)
    crypto_generichash_update (&self->state, data, size);
}

void
jk_hash_update_u32 (JkHash *self, guint32 value)
{
  guint8 bytes[4];
  jk_bytes_put_u32 (bytes, value);
  jk_hash_update (self, bytes, sizeof bytes);
}

void
jk_hash_update_u64 (JkHash *self, guint64 value)
{
  guint8 bytes[8];
  jk_bytes_put_u64 (bytes, value);
  jk_hash_update (self, bytes, sizeof bytes);
}

void
jk_hash_finish (JkHash *self, JkDigest *out_digest)
{
  g_assert (!self->finished);
  crypto_generichash_final (&self->state, out_digest->bytes, JK_DIGEST_BYTES);
  self->finished = TRUE;
}

void
jk_hash (const char *purpose, gconstpointer data, gsize size, JkDigest *out_digest)
{
  crypto_generichash_state state;

  state_init (&state, purpose);
  if (size > 0)
    crypto_generichash_update (&state, data, size);
  crypto_generichash_final (&state, out_digest->bytes, JK_DIGEST_BYTES);
  jk_wipe (&state, sizeof state);
}

gboolean
jk_digest_equal (const JkDigest *a, const JkDigest *b)
{
  return sodium_memcmp (a->bytes, b->bytes, JK_DIGEST_BYTES) == 0;
}

/* Digests are spread already. */
static guint
hash_digest (gconstpointer data)
{
  const JkDigest *digest = data;
  guint value;

  memcpy (&value, digest->bytes, sizeof value);
  return value;
}

static gboolean
equal_digests (gconstpointer a, gconstpointer b)
{
  return jk_digest_equal (a, b);
}

GHashTable *
jk_digest_table_new (GDestroyNotify free_key, GDestroyNotify free_value)
{
  return g_hash_table_new_full (hash_digest, equal_digests, free_key, free_value);
}
