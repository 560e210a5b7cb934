/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/seal.h: bytes sealed to one or more X25519 keys; any one of them opens.
 *
 *     u32 count (1 .. JK_RECIPIENTS_MAX), count x { public key 32, sealed box 81 + length of
 * purpose }, box of the content under a fresh content key
 *
 * Each sealed box (libsodium's crypto_box_seal form) holds: one byte length of purpose, purpose,
 * the content key; the reader checks the purpose inside. The ephemeral keys come from the random
 * handle, so that a seeded build is the same to the byte (P3). The box of the content has the
 * purpose and the caller's context as associated data. */
#pragma once

#include "crypto/secret.h"
#include "crypto/sign.h"

typedef struct {
  guint8 bytes[JK_PUBLIC_BYTES];
} JkSealPublic;

/* A new X25519 secret key of 32 bytes. Never NULL. */
JkSecret *
jk_seal_key_new (const JkRandom *random, const char *use, guint64 index, JkSealPublic *out_public);
void jk_seal_get_public (const JkSecret *key, JkSealPublic *out_public);

/* FALSE for the few points that give every sender the same key: no secret key belongs to them. */
gboolean jk_seal_public_check (const JkSealPublic *public_key);

/* Seals size bytes to n_to keys; index must leave room: uses (use, index .. index + n_to + 1). An
 * unusable recipient (jk_seal_public_check) gets a box of zeros that nobody opens. */
GBytes *jk_seal (const JkSealPublic *to,
                 gsize n_to,
                 const char *purpose,
                 gconstpointer context,
                 gsize context_size,
                 gconstpointer data,
                 gsize size,
                 const JkRandom *random,
                 const char *use,
                 guint64 index);

/* Opens with one of the recipients' keys into plain memory (texts, rows). Errors: SECRET (sealed to
 * others, or changed), FORMAT. */
GBytes *jk_seal_open (const JkSecret *key,
                      const char *purpose,
                      gconstpointer context,
                      gsize context_size,
                      gconstpointer sealed,
                      gsize sealed_size,
                      GError **error);

/* The same into guarded memory, for keys and codes. */
JkSecret *jk_seal_open_secret (const JkSecret *key,
                               const char *purpose,
                               gconstpointer context,
                               gsize context_size,
                               gconstpointer sealed,
                               gsize sealed_size,
                               GError **error);
