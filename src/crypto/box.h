/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/box.h: XChaCha20-Poly1305 under a key: nonce (24 bytes, random), ciphertext, tag (16).
 *
 * Associated data is: one byte length of purpose, purpose, context; so a box opens only for the
 * purpose and at the place it was closed for. */
#pragma once

#include "crypto/secret.h"

#define JK_BOX_NONCE_BYTES 24
#define JK_BOX_OVERHEAD 40

/* Closes size bytes of data into out, which has room for size + JK_BOX_OVERHEAD. */
void jk_box_close (const guint8 key[static JK_KEY_BYTES],
                   const char *purpose,
                   gconstpointer context,
                   gsize context_size,
                   gconstpointer data,
                   gsize size,
                   const guint8 nonce[static JK_BOX_NONCE_BYTES],
                   guint8 *out);

/* Opens a box of box_size bytes; the box_size - JK_BOX_OVERHEAD bytes of plaintext go to out, which
 * may be box + JK_BOX_NONCE_BYTES (in place). FALSE when it is too short, or does not open (out is
 * zeros then, as libsodium leaves it). */
gboolean jk_box_open (const guint8 key[static JK_KEY_BYTES],
                      const char *purpose,
                      gconstpointer context,
                      gsize context_size,
                      const guint8 *box,
                      gsize box_size,
                      guint8 *out);

/* A key or code closed under another key, nonce from (random, use, index). */
GBytes *jk_box_wrap (const JkSecret *key,
                     const char *purpose,
                     gconstpointer context,
                     gsize context_size,
                     const JkSecret *content,
                     const JkRandom *random,
                     const char *use,
                     guint64 index);

/* Opens what jk_box_wrap made. Errors: SECRET, FORMAT. */
JkSecret *jk_box_unwrap (const JkSecret *key,
                         const char *purpose,
                         gconstpointer context,
                         gsize context_size,
                         gconstpointer box,
                         gsize box_size,
                         GError **error);
