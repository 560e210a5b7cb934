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

/* The options an item of this type may have: 2 and no pinned one for judge, none for no type. */
static gboolean
options_are_sound (guint8 type, guint8 n_options, guint8 n_pinned)
{
  switch (type) {
  case JK_ITEM_SINGLE:
  case JK_ITEM_MULTIPLE:
    return n_options >= 2 && n_options <= JK_OPTIONS_MAX && n_pinned <= n_options;
  case JK_ITEM_JUDGE:
    return n_options == 2 && n_pinned == 0;
  default:
    return FALSE;
  }
}

guint32
jk_index_find_fault (const JkIndex *self, guint n_sections, guint n_elements)
{
  const guint8 *at = self->rows;

  for (guint32 i = 0; i < self->n; i++, at += JK_INDEX_ROW_BYTES) {
    guint32 blob_size = jk_bytes_get_u32 (at + AT_BLOB_SIZE);
    if (jk_bytes_get_u16 (at + AT_SECTION) >= n_sections ||
        jk_bytes_get_u16 (at + AT_ELEMENT) >= n_elements || at[AT_DIFFICULTY] < 1 ||
        at[AT_DIFFICULTY] > JK_DIFFICULTY_MAX || blob_size <= JK_BOX_OVERHEAD ||
        blob_size > JK_BLOB_BYTES_MAX + JK_BOX_OVERHEAD ||
        jk_bytes_get_u32 (at + AT_ENEMY) > self->n ||
        !options_are_sound (at[AT_TYPE], at[AT_OPTIONS], at[AT_PINNED]))
      return i;
  }
  return self->n;
}
