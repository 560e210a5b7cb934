/* SPDX-License-Identifier: Apache-2.0 */
/* paper/pool-private.h: what a draw reads of a pool. For pool.c, try.c and draw.c only. */
#pragma once

#include "base/limits.h"
#include "paper/pool.h"

typedef struct {
  guint32 first; /* where its items begin in items */
  guint32 n;     /* how many there are */
  guint section; /* of the blueprint */
  guint grades[JK_DIFFICULTY_MAX];
} JkPoolCell;

struct _JkPool {
  /* Owned */
  guint32 *items; /* cell after cell, ascending within one */
  JkPoolCell *cells;

  /* Borrowed */
  const JkBlueprint *blueprint;

  /* Plain */
  JkIndex index; /* its rows are borrowed */
  guint targets[JK_ITEM_TYPES][JK_DIFFICULTY_MAX];
  guint forced_excess; /* no paper has a smaller one */
  guint forced_misses;
};

/* A grade of an index row as a place in grades and targets. */
static inline guint
jk_pool_get_grade (const JkPool *self, guint32 item)
{
  return (jk_index_get_difficulty (&self->index, item) - 1) % JK_DIFFICULTY_MAX;
}
