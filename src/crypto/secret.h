/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/secret.h: bytes in guarded memory: locked, fenced, out of dumps, wiped when freed.
 *
 * Keys, codes and passphrases live here and nowhere else; whoever asks for one frees it. */
#pragma once

#include "base/random.h"

#define JK_KEY_BYTES 32
#define JK_SECRET_BYTES_MAX (1024u * 1024)

typedef struct _JkSecret JkSecret;

/* size zero bytes, 1 to JK_SECRET_BYTES_MAX; aborts when the system has no guarded page left. */
JkSecret *jk_secret_new (gsize size);

/* A copy of data; the caller wipes its own. */
JkSecret *jk_secret_new_copy (gconstpointer data, gsize size);

/* size random bytes. */
JkSecret *jk_secret_new_random (const JkRandom *random, const char *use, guint64 index, gsize size);

/* A part of another secret, copied. */
JkSecret *jk_secret_new_slice (const JkSecret *self, gsize offset, gsize size);

/* A part of another secret, lent and read only: it lives no longer than self, and costs no guarded
 * page. Freeing it leaves the bytes to self. */
JkSecret *jk_secret_new_part (const JkSecret *self, gsize offset, gsize size);

/* Wipes and frees; NULL is fine. */
void jk_secret_free (JkSecret *self);
const guint8 *jk_secret_get (const JkSecret *self);
guint8 *jk_secret_get_mutable (JkSecret *self);
gsize jk_secret_get_size (const JkSecret *self);

/* In constant time; different sizes are unequal. */
gboolean jk_secret_equal (const JkSecret *a, const JkSecret *b);

/* Overwrites size bytes the compiler may not optimise away. */
void jk_wipe (gpointer data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSecret, jk_secret_free)
