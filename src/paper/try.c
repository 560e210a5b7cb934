/* SPDX-License-Identifier: Apache-2.0 */
/* paper/try.c: fills the cells of a paper, place by place, with integers from the stream only.
 *
 * Which cell is filled first decides what a later one can still get, so a cell that came short goes
 * to the front in the tries that follow: with cells in file order alone, one in a hundred random
 * pools that are tight was drawn worse than need be, or not at all.
 *
 * All room is taken once for all tries of a draw. A cell's list of free items is the pool's list
 * with the few places that choosing changed: the pool itself is shared and never written. */
#include "paper/try.h"

#include "paper/pool-private.h"
#include "paper/sparse.h"

#include <string.h>

struct _JkTry {
  /* Borrowed */
  const JkPool *pool;
  JkStream *stream;

  /* Plain */
  JkSparse elements; /* element: how many items of it are chosen */
  JkSparse enemies;  /* enemy sets that are chosen */
  JkSparse moved;    /* place in the list of free items: the item that stands there now */
  JkSparse swapped;  /* place among the looks: the place that stands there now */
  guint have[JK_ITEM_TYPES][JK_DIFFICULTY_MAX];
  guint16 order[JK_CELLS_MAX]; /* of the cells; lasts from try to try */
  JkTryPick picks[JK_PAPER_ITEMS_MAX];
  guint n;
  guint failed_cell;
  JkTryScore score;
};

/* A place that may be filled, and by what. */
typedef struct {
  guint32 place; /* in the list of free items */
  guint32 item;
  guint same;      /* items of its element already chosen */
  gboolean misses; /* its grade has its share */
} Candidate;

/* The list of free items of the cell at work. */
typedef struct {
  const guint32 *items;
  guint32 n;
  guint16 cell;
  JkItemType type;
} FreeItems;

G_STATIC_ASSERT (JK_PAPER_ITEMS_MAX <= JK_SPARSE_KEYS_MAX);
G_STATIC_ASSERT (JK_TRY_LOOKS <= JK_SPARSE_KEYS_MAX);

JkTry *
jk_try_new (const JkPool *pool, JkStream *stream)
{
  JkTry *self = g_new0 (JkTry, 1);
  self->pool = pool;
  self->stream = stream;
  for (guint i = 0; i < jk_blueprint_get_n_cells (pool->blueprint); i++)
    self->order[i] = (guint16) i;
  return self;
}

void
jk_try_free (JkTry *self)
{
  g_free (self);
}

static gboolean
read_candidate (JkTry *self, const FreeItems *list, guint32 place, Candidate *out_candidate)
{
  const JkIndex *index = &self->pool->index;
  guint32 item = jk_sparse_get (&self->moved, place, list->items[place]);
  guint32 enemy = jk_index_get_enemy (index, item);
  if (enemy != 0 && jk_sparse_get (&self->enemies, enemy, 0) != 0)
    return FALSE;

  guint type = list->type - 1;
  guint grade = jk_pool_get_grade (self->pool, item);
  out_candidate->place = place;
  out_candidate->item = item;
  out_candidate->same = jk_sparse_get (&self->elements, jk_index_get_element (index, item), 0);
  out_candidate->misses = self->have[type][grade] >= self->pool->targets[type][grade];
  return TRUE;
}

/* Fisher and Yates from the front, over places and not further than the looks go. The place that is
 * looked at is never asked for again, so only the other half of a swap is kept. */
static guint32
next_look (JkTry *self, const FreeItems *list, guint32 look)
{
  guint32 other = look + jk_stream_below (self->stream, list->n - look);
  guint32 place = jk_sparse_get (&self->swapped, other, other);
  jk_sparse_put (&self->swapped, other, jk_sparse_get (&self->swapped, look, look));
  return place;
}

/* When all looks met enemies only: the first other item from a random place on, round the list. */
static gboolean
scan (JkTry *self, const FreeItems *list, Candidate *out_candidate)
{
  guint32 start = jk_stream_below (self->stream, list->n);

  for (guint32 i = 0; i < list->n; i++) {
    guint32 place = i < list->n - start ? start + i : start + i - list->n;
    if (read_candidate (self, list, place, out_candidate))
      return TRUE;
  }
  return FALSE;
}

static gboolean
find_candidate (JkTry *self, const FreeItems *list, Candidate *out_best)
{
  guint32 n_looks = MIN (list->n, JK_TRY_LOOKS);
  gboolean is_found = FALSE;

  jk_sparse_empty (&self->swapped);
  for (guint32 look = 0; look < n_looks; look++) {
    Candidate one;
    if (!read_candidate (self, list, next_look (self, list, look), &one))
      continue;
    if (!is_found || one.same < out_best->same ||
        (one.same == out_best->same && one.misses < out_best->misses))
      *out_best = one;
    is_found = TRUE;
    if (out_best->same == 0 && !out_best->misses)
      return TRUE;
  }
  return is_found || (n_looks < list->n && scan (self, list, out_best));
}

static void
choose (JkTry *self, FreeItems *list, const Candidate *one)
{
  const JkIndex *index = &self->pool->index;
  guint32 enemy = jk_index_get_enemy (index, one->item);

  self->picks[self->n++] = (JkTryPick){ .item = one->item, .cell = list->cell };
  self->score.excess += one->same > 0;
  self->score.misses += one->misses;
  self->have[list->type - 1][jk_pool_get_grade (self->pool, one->item)]++;
  jk_sparse_put (&self->elements, jk_index_get_element (index, one->item), one->same + 1);
  if (enemy != 0)
    jk_sparse_put (&self->enemies, enemy, 1);

  guint32 last = --list->n;
  jk_sparse_put (&self->moved, one->place, jk_sparse_get (&self->moved, last, list->items[last]));
}

static void
start (JkTry *self)
{
  jk_sparse_empty (&self->elements);
  jk_sparse_empty (&self->enemies);
  memset (self->have, 0, sizeof self->have);
  self->n = 0;
  self->score = (JkTryScore){ 0 };
}

/* The cell at a place of the order goes first in the tries that follow: it had too little choice.
 */
static void
advance (JkTry *self, guint place)
{
  guint16 cell = self->order[place];
  memmove (self->order + 1, self->order, place * sizeof self->order[0]);
  self->order[0] = cell;
}

static JkTryResult
fill_cell (JkTry *self, guint16 number, const JkTryScore *best)
{
  const JkCell *cell = jk_blueprint_get_cell (self->pool->blueprint, number);
  FreeItems list = { .cell = number, .type = cell->type };

  list.items = jk_pool_get_cell (self->pool, number, &list.n);
  jk_sparse_empty (&self->moved);
  for (guint i = 0; i < cell->count; i++) {
    Candidate one;
    if (!find_candidate (self, &list, &one)) {
      self->failed_cell = number;
      return JK_TRY_ENEMIES;
    }
    choose (self, &list, &one);
    if (best != NULL && !jk_try_score_is_better (&self->score, best))
      return JK_TRY_NO_GAIN;
  }
  return JK_TRY_DONE;
}

JkTryResult
jk_try_run (JkTry *self, const JkTryScore *best)
{
  guint n_cells = jk_blueprint_get_n_cells (self->pool->blueprint);
  JkTryResult result = JK_TRY_DONE;
  guint short_place = 0;

  start (self);
  for (guint i = 0; i < n_cells && result == JK_TRY_DONE; i++) {
    guint excess = self->score.excess;
    result = fill_cell (self, self->order[i], best);
    if (result == JK_TRY_ENEMIES || (self->score.excess > excess && short_place == 0))
      short_place = i;
  }
  advance (self, short_place);
  return result;
}

const JkTryPick *
jk_try_get_picks (const JkTry *self)
{
  return self->picks;
}

const JkTryScore *
jk_try_get_score (const JkTry *self)
{
  return &self->score;
}

guint
jk_try_get_cell (const JkTry *self)
{
  return self->failed_cell;
}

gboolean
jk_try_score_is_better (const JkTryScore *a, const JkTryScore *b)
{
  return a->excess != b->excess ? a->excess < b->excess : a->misses < b->misses;
}
