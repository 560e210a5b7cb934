/* SPDX-License-Identifier: Apache-2.0 */
/* paper/sparse.h: a table from numbers to numbers that holds little and is emptied at no cost.
 *
 * A draw looks at a few hundred places of lists that may be 100,000 long, so it keeps what it
 * changed and not a copy. Zeroed memory is an empty table. For try.c. */
#pragma once

#include <glib.h>

#define JK_SPARSE_BITS 10
#define JK_SPARSE_SLOTS (1u << JK_SPARSE_BITS)
#define JK_SPARSE_KEYS_MAX (JK_SPARSE_SLOTS / 2)

typedef struct {
  guint32 key;
  guint32 value;
  guint32 round; /* of the table when written, plus 1; others are empty */
} JkSparseSlot;

typedef struct {
  JkSparseSlot slots[JK_SPARSE_SLOTS];
  guint32 round;
} JkSparse;

/* Forgets all keys; at most 2^32 - 2 times. */
static inline void
jk_sparse_empty (JkSparse *self)
{
  self->round++;
}

/* The slot of a key, or the one it would take. */
static inline JkSparseSlot *
jk_sparse_find (JkSparse *self, guint32 key)
{
  guint at = (key * 2654435769u) >> (32 - JK_SPARSE_BITS);

  while (self->slots[at].round == self->round + 1 && self->slots[at].key != key)
    at = (at + 1) % JK_SPARSE_SLOTS;
  return &self->slots[at];
}

static inline guint32
jk_sparse_get (JkSparse *self, guint32 key, guint32 fallback)
{
  const JkSparseSlot *slot = jk_sparse_find (self, key);
  return slot->round == self->round + 1 ? slot->value : fallback;
}

/* At most JK_SPARSE_KEYS_MAX different keys between two empties. */
static inline void
jk_sparse_put (JkSparse *self, guint32 key, guint32 value)
{
  JkSparseSlot *slot = jk_sparse_find (self, key);
  slot->key = key;
  slot->value = value;
  slot->round = self->round + 1;
}
