/* SPDX-License-Identifier: Apache-2.0 */
/* bank/index.h: the fixed rows a paper is drawn from; they say nothing about text or key.
 *
 * A row has 32 bytes, GVariant "(qqyyyyuutt)": section, element, type, difficulty, options, pinned,
 * enemy set (0: none), size of the closed blob, first 16 bytes of BLAKE2b-256 of the closed blob.
 */
#pragma once

#include "bank/item.h"
#include "base/bytes.h"

#define JK_INDEX_ROW_BYTES 32
#define JK_BLOB_DIGEST_BYTES 16

typedef struct {
  /* Borrowed */
  const guint8 *rows;
  /* Plain */
  guint32 n;
} JkIndex;

typedef struct {
  guint16 section;
  guint16 element;
  guint8 type;
  guint8 difficulty;
  guint8 n_options; /* 2 for judge */
  guint8 n_pinned;
  guint32 enemy;
  guint32 blob_size;
  guint8 blob_digest[JK_BLOB_DIGEST_BYTES];
} JkIndexRow;

static inline const guint8 *
jk_index_at (const JkIndex *self, guint32 item)
{
  return self->rows + (gsize) item * JK_INDEX_ROW_BYTES;
}

static inline guint16
jk_index_get_section (const JkIndex *self, guint32 item)
{
  return jk_bytes_get_u16 (jk_index_at (self, item));
}

static inline guint16
jk_index_get_element (const JkIndex *self, guint32 item)
{
  return jk_bytes_get_u16 (jk_index_at (self, item) + 2);
}

static inline JkItemType
jk_index_get_type (const JkIndex *self, guint32 item)
{
  return (JkItemType) jk_index_at (self, item)[4];
}

static inline guint
jk_index_get_difficulty (const JkIndex *self, guint32 item)
{
  return jk_index_at (self, item)[5];
}

static inline guint32
jk_index_get_enemy (const JkIndex *self, guint32 item)
{
  return jk_bytes_get_u32 (jk_index_at (self, item) + 8);
}

static inline guint32
jk_index_get_blob_size (const JkIndex *self, guint32 item)
{
  return jk_bytes_get_u32 (jk_index_at (self, item) + 12);
}

/* A whole row out of, and into, its bytes. */
void jk_index_get_row (const JkIndex *self, guint32 item, JkIndexRow *out_row);
void jk_index_put_row (guint8 out[static JK_INDEX_ROW_BYTES], const JkIndexRow *row);

#define JK_INDEX_OFFSET_ROWS 64u

/* Checks every row against limits.h and the counts of sections and elements, and finds where blobs
 * begin: out_offsets gets the offset of each JK_INDEX_OFFSET_ROWS-th blob (room for n /
 * JK_INDEX_OFFSET_ROWS + 1), *out_total the size of all. Returns the number of the first bad row,
 * or n when all are good. */
guint32 jk_index_survey (const JkIndex *self,
                         guint n_sections,
                         guint n_elements,
                         guint64 *out_offsets,
                         guint64 *out_total);
