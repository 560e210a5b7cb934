/* SPDX-License-Identifier: Apache-2.0 */
/* paper/paper.h: one candidate's paper: which items, in which order, with which order of options.
 *
 * As bytes: rows of 16: u32 item, u8 type, u8 section (of the blueprint), u8 options, u8
 * half-points, 8 bytes order (order[k] = canonical option shown at place k; 255 beyond the
 * options). */
#pragma once

#include "bank/item.h"
#include "base/limits.h"
#include "crypto/hash.h"

#define JK_PAPER_ROW_BYTES 16

typedef struct {
  guint32 item;
  JkItemType type;
  guint8 section;
  guint8 n_options;
  guint8 half_points;
  guint8 order[JK_OPTIONS_MAX];
} JkPaperItem;

typedef struct _JkPaper JkPaper;

/* A paper of n items, copied. */
JkPaper *jk_paper_new (const JkPaperItem *items, guint n);

/* Reads rows; every field is checked, no item may stand twice. Errors: FORMAT. */
JkPaper *jk_paper_from_bytes (gconstpointer data, gsize size, GError **error);
void jk_paper_free (JkPaper *self);
GBytes *jk_paper_to_bytes (const JkPaper *self);
guint jk_paper_get_n (const JkPaper *self);

/* The item at a position, 0 first; lent. */
const JkPaperItem *jk_paper_get_item (const JkPaper *self, guint position);

/* BLAKE2b ("jikao 1 paper", rows): what office, station and centre must agree on (P7). */
void jk_paper_get_digest (const JkPaper *self, JkDigest *out_digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkPaper, jk_paper_free)
