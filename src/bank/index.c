/* SPDX-License-Identifier: Apache-2.0 */
/* bank/index.c: the fixed rows of the index, written and checked byte by byte. */
#include "bank/index.h"

#include "base/limits.h"
#include "crypto/box.h"

enum {
  AT_SECTION = 0,
  AT_ELEMENT = 2,
  AT_TYPE = 4,
  AT_DIFFICULTY = 5,
  AT_OPTIONS = 6,
  AT_PINNED = 7,
  AT_ENEMY = 8,
  AT_BLOB_SIZE = 12,
  AT_BLOB_DIGEST = 16,
};

G_STATIC_ASSERT (AT_BLOB_DIGEST + JK_BLOB_DIGEST_BYTES == JK_INDEX_ROW_BYTES);

void
jk_index_get_row (const JkIndex *self, guint32 item, JkIndexRow *out_row)
{
  g_return_if_fail (item < self->n);

  const guint8 *at = jk_index_at (self, item);
  out_row->section = jk_bytes_get_u16 (at + AT_SECTION);
  out_row->element = jk_bytes_get_u16 (at + AT_ELEMENT);
  out_row->type = at[AT_TYPE];
  out_row->difficulty = at[AT_DIFFICULTY];
  out_row->n_options = at[AT_OPTIONS];
  out_row->n_pinned = at[AT_PINNED];
  out_row->enemy = jk_bytes_get_u32 (at + AT_ENEMY);
  out_row->blob_size = jk_bytes_get_u32 (at + AT_BLOB_SIZE);
  memcpy (out_row->blob_digest, at + AT_BLOB_DIGEST, JK_BLOB_DIGEST_BYTES);
}

void
jk_index_put_row (guint8 out[static JK_INDEX_ROW_BYTES], const JkIndexRow *row)
{
  jk_bytes_put_u16 (out + AT_SECTION, row->section);
  jk_bytes_put_u16 (out + AT_ELEMENT, row->element);
  out[AT_TYPE] = row->type;
  out[AT_DIFFICULTY] = row->difficulty;
  out[AT_OPTIONS] = row->n_options;
  out[AT_PINNED] = row->n_pinned;
  jk_bytes_put_u32 (out + AT_ENEMY, row->enemy);
  jk_bytes_put_u32 (out + AT_BLOB_SIZE, row->blob_size);
  memcpy (out + AT_BLOB_DIGEST, row->blob_digest, JK_BLOB_DIGEST_BYTES);
}

/* Without a branch: a station waits for 100,000 rows, and all of them are good. */
static inline guint
row_is_sound (const guint8 *at, guint32 n_items, guint n_sections, guint n_elements)
{
  guint type = at[AT_TYPE];
  guint n_options = at[AT_OPTIONS];
  guint options_max = type == JK_ITEM_JUDGE ? 2 : JK_OPTIONS_MAX;
  guint pinned_max = type == JK_ITEM_JUDGE ? 0 : n_options;
  guint32 blob_size = jk_bytes_get_u32 (at + AT_BLOB_SIZE);
  guint sound = jk_bytes_get_u16 (at + AT_SECTION) < n_sections;

  sound &= jk_bytes_get_u16 (at + AT_ELEMENT) < n_elements;
  sound &= type - JK_ITEM_SINGLE < JK_ITEM_TYPES;
  sound &= at[AT_DIFFICULTY] - 1u < JK_DIFFICULTY_MAX;
  sound &= n_options >= 2;
  sound &= n_options <= options_max;
  sound &= at[AT_PINNED] <= pinned_max;
  sound &= jk_bytes_get_u32 (at + AT_ENEMY) <= n_items;
  sound &= blob_size - JK_BOX_OVERHEAD - 1 < JK_BLOB_BYTES_MAX;
  return sound;
}

guint32
jk_index_survey (const JkIndex *self,
                 guint n_sections,
                 guint n_elements,
                 guint64 *out_offsets,
                 guint64 *out_total)
{
  const guint8 *at = self->rows;
  guint64 offset = 0;

  for (guint32 i = 0; i < self->n; i++, at += JK_INDEX_ROW_BYTES) {
    if (i % JK_INDEX_OFFSET_ROWS == 0)
      out_offsets[i / JK_INDEX_OFFSET_ROWS] = offset;
    if (!row_is_sound (at, self->n, n_sections, n_elements))
      return i;
    offset += jk_bytes_get_u32 (at + AT_BLOB_SIZE);
  }
  *out_total = offset;
  return self->n;
}
