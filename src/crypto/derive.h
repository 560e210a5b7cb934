/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/derive.h: keys from keys, keys from what people type, and keyed hashes.
 *
 * derive and mac are keyed BLAKE2b-256 over: one byte length of purpose, purpose, context. */
#pragma once

#include "base/world.h"
#include "crypto/hash.h"
#include "crypto/secret.h"

#define JK_SALT_BYTES 16

/* A 32-byte key from a parent of 16 to 64 bytes. Never NULL. */
JkSecret *
jk_derive (const JkSecret *parent, const char *purpose, gconstpointer context, gsize size);

/* The same with a number (4 bytes, little endian) as context. */
JkSecret *jk_derive_number (const JkSecret *parent, const char *purpose, guint32 number);

/* The same value as jk_derive, written to plain memory that may be shown or stored. */
void jk_mac (const JkSecret *key,
             const char *purpose,
             gconstpointer data,
             gsize size,
             JkDigest *out_mac);

/* A key from a passphrase or code by Argon2id (1.3) with this cost, then derived for purpose; takes
 * 0.1 s and 64 MiB for a code, so not on the window's thread. Errors: COST (passes 1-16, memory
 * 8 KiB - 2 GiB), MEMORY. */
JkSecret *jk_derive_password (const JkSecret *password,
                              const guint8 salt[static JK_SALT_BYTES],
                              const char *purpose,
                              JkCost cost,
                              GError **error);

/* Whether cost is at least floor in both numbers, and within what jk_derive_password takes. file is
 * for the message. Errors: COST. */
gboolean jk_cost_check (JkCost cost, JkCost floor, const char *file, GError **error);
