/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/key.h: the two long-lived keys: the authority's (Ed25519) and the centre's (X25519).
 *
 * NAME.jkkey is a lockbox (purpose "jikao 1 key file") around: u16 kind, u16 length of name, name,
 * 32 bytes seed (authority) or secret key (centre). NAME.jkpub is a key file for people:
 *
 *     [key]
 *     kind=authority          (or centre)
 *     name=...
 *     public=64 hexadecimal digits
 *     check=ABCDEF            (first 30 bits of BLAKE2b ("jikao 1 public key", kind u16, public))
 */
#pragma once

#include "base/world.h"
#include "crypto/seal.h"
#include "crypto/sign.h"

typedef enum {
  JK_KEY_AUTHORITY = 1,
  JK_KEY_CENTRE = 2,
} JkKeyKind;

typedef struct _JkKey JkKey;

/* Whether name fits both files: 1 to JK_NAME_BYTES_MAX bytes of UTF-8, printable, no backslash, no
 * blank at either end. */
gboolean jk_key_check_name (const char *name);

/* A new key; uses ("key: KIND NAME", 0). name has passed jk_key_check_name. Never NULL. */
JkKey *jk_key_new (JkKeyKind kind, const char *name, const JkRandom *random);

/* Opens a .jkkey; file is for messages. Errors: SECRET (wrong passphrase or changed file), FORMAT,
 * COST, MEMORY. */
JkKey *jk_key_open (const char *file,
                    GBytes *bytes,
                    const JkSecret *passphrase,
                    JkCost floor,
                    GError **error);

/* Reads a .jkpub: a key without its secret. Errors: FORMAT (what was found, what was expected). */
JkKey *jk_key_parse_public (const char *file, GBytes *bytes, GError **error);
void jk_key_free (JkKey *self);

JkKeyKind jk_key_get_kind (const JkKey *self);
const char *jk_key_get_name (const JkKey *self);
const guint8 *jk_key_get_public (const JkKey *self); /* JK_PUBLIC_BYTES */

/* The six letters of check, for reading aloud; the caller frees. */
char *jk_key_dup_check (const JkKey *self);

/* The secret in the form jk_sign or jk_seal_open take; NULL for a key read from a .jkpub. Lent. */
const JkSecret *jk_key_get_secret (const JkKey *self);

/* The bytes of the .jkkey and the .jkpub. lock needs the secret, and uses ("key: lock KIND NAME",
 * 0) and 1. Errors: COST, MEMORY. */
GBytes *jk_key_lock (const JkKey *self,
                     const JkSecret *passphrase,
                     JkCost cost,
                     const JkRandom *random,
                     GError **error);
GBytes *jk_key_print_public (const JkKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkKey, jk_key_free)
