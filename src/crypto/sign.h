/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/sign.h: Ed25519 over (one byte length of purpose, purpose, data). */
#pragma once

#include "crypto/secret.h"

#define JK_PUBLIC_BYTES 32
#define JK_SIGNATURE_BYTES 64

/* A new signing key (64 bytes as libsodium keeps it). Never NULL. */
JkSecret *jk_sign_key_new (const JkRandom *random,
                           const char *use,
                           guint64 index,
                           guint8 out_public[static JK_PUBLIC_BYTES]);

/* The public half of a signing key. */
void jk_sign_get_public (const JkSecret *key, guint8 out_public[static JK_PUBLIC_BYTES]);

/* Signs data for a purpose; the same input gives the same signature. */
void jk_sign (const JkSecret *key,
              const char *purpose,
              gconstpointer data,
              gsize size,
              guint8 out_signature[static JK_SIGNATURE_BYTES]);

/* Whether signature is this key's for this purpose and data. */
gboolean jk_sign_verify (const guint8 public_key[static JK_PUBLIC_BYTES],
                         const char *purpose,
                         gconstpointer data,
                         gsize size,
                         const guint8 signature[static JK_SIGNATURE_BYTES]);
