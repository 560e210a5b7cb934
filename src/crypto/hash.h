/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/hash.h: BLAKE2b-256, with a purpose in front so that no digest means two things.
 *
 * With purpose P the input is: one byte length of P, P, then the data. Purpose NULL hashes the data
 * alone, as the outer digest of an envelope does (b2sum -l 256 gives the same). */
#pragma once

#include <glib.h>

#define JK_DIGEST_BYTES 32

typedef struct {
  guint8 bytes[JK_DIGEST_BYTES];
} JkDigest;

typedef struct _JkHash JkHash;

JkHash *jk_hash_new (const char *purpose);
void jk_hash_free (JkHash *self);

/* Adds bytes, or a number as its bytes in little endian; size 0 is fine. */
void jk_hash_update (JkHash *self, gconstpointer data, gsize size);
void jk_hash_update_u32 (JkHash *self, guint32 value);
void jk_hash_update_u64 (JkHash *self, guint64 value);

/* Ends the hash; nothing may follow. */
void jk_hash_finish (JkHash *self, JkDigest *out_digest);

/* The three calls above in one. */
void jk_hash (const char *purpose, gconstpointer data, gsize size, JkDigest *out_digest);
gboolean jk_digest_equal (const JkDigest *a, const JkDigest *b);

/* A hash table whose keys are JkDigest; either function may be NULL. */
GHashTable *jk_digest_table_new (GDestroyNotify free_key, GDestroyNotify free_value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkHash, jk_hash_free)
