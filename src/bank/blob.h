/* SPDX-License-Identifier: Apache-2.0 */
/* bank/blob.h: what a candidate sees of an item, and nothing else: no key, no rationale (P3).
 *
 * GVariant "(ssasya(say))": id, stem, options in canonical order (none for judge), pinned ones at
 * the end, pictures (name, bytes). Canonical order is by keyed BLAKE2b of (item id, option text),
 * so that the order of the source, where authors put the key first, leaves no trace. */
#pragma once

#include "bank/item.h"
#include "crypto/secret.h"

typedef struct _JkBlob JkBlob;

/* The blob of an item as bytes, and its right options as a mask over canonical options (bit 0 true,
 * bit 1 false for judge). order_key decides the canonical order; picture may be NULL. */
GBytes *
jk_blob_encode (const JkItem *item, GBytes *picture, const JkSecret *order_key, guint16 *out_right);

/* Reads a blob; NULL when it is not of this form or breaks limits.h. size bytes are copied. */
JkBlob *jk_blob_decode (gconstpointer data, gsize size);
void jk_blob_free (JkBlob *self);

/* The bytes it was decoded from, for the journal; the caller unrefs. */
GBytes *jk_blob_dup_bytes (const JkBlob *self);

const char *jk_blob_get_id (const JkBlob *self);
const char *jk_blob_get_stem (const JkBlob *self);
guint jk_blob_get_n_options (const JkBlob *self); /* 0 for judge */
const char *jk_blob_get_option (const JkBlob *self, guint n);
guint jk_blob_get_n_pinned (const JkBlob *self);
guint jk_blob_get_n_pictures (const JkBlob *self);
const char *jk_blob_get_picture_name (const JkBlob *self, guint n);
GBytes *jk_blob_dup_picture (const JkBlob *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkBlob, jk_blob_free)
