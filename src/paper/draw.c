/* SPDX-License-Identifier: Apache-2.0 */
/* paper/draw.c: the best of some tries, put in order (P7). The stream is the only source of chance;
 * clock, addresses and the order of hash tables must never reach a result. */
#include "paper/draw.h"

#include "crypto/stream.h"
#include "paper/error.h"
#include "paper/pool-private.h"
#include "paper/try.h"

#include <string.h>

typedef struct {
  /* Borrowed */
  const JkPool *pool;
  JkStream *stream;

  /* Plain */
  JkTryPick picks[JK_PAPER_ITEMS_MAX]; /* in the order chosen */
  guint n;
} Draw;

static void
set_no_paper (const JkPool *pool, guint cell_number, GError **error)
{
  const JkCell *cell = jk_blueprint_get_cell (pool->blueprint, cell_number);
  g_set_error (error,
               JK_PAPER_ERROR,
               JK_PAPER_ERROR_ENEMIES,
               "No paper can be drawn: in %d tries the enemy sets left too few items for %s %s "
               "(%u asked for, %" G_GUINT32_FORMAT " in the bank); add items there or reduce "
               "the enemy sets.",
               JK_DRAW_TRIES,
               jk_blueprint_get_section (pool->blueprint, cell->section),
               jk_item_type_get_name (cell->type),
               cell->count,
               pool->cells[cell_number].n);
}

/* Fills picks with the best try. */
static gboolean
draw_items (Draw *self, JkDrawQuality *out_quality, GError **error)
{
  const JkPool *pool = self->pool;
  g_autoptr (JkTry) try = jk_try_new (pool, self->stream);
  JkTryScore perfect = { .excess = pool->forced_excess, .misses = pool->forced_misses };
  JkTryScore best = { 0 };
  gboolean is_found = FALSE;
  guint first_failed = 0;
  guint tries = 0;

  while (tries < JK_DRAW_TRIES && !(is_found && !jk_try_score_is_better (&perfect, &best))) {
    tries++;
    JkTryResult result = jk_try_run (try, is_found ? &best : NULL);
    if (result == JK_TRY_ENEMIES && tries == 1)
      first_failed = jk_try_get_cell (try);
    if (result != JK_TRY_DONE)
      continue;
    is_found = TRUE;
    best = *jk_try_get_score (try);
    memcpy (self->picks, jk_try_get_picks (try), self->n * sizeof self->picks[0]);
  }
  if (!is_found) {
    set_no_paper (pool, first_failed, error);
    return FALSE;
  }
  out_quality->tries = tries;
  out_quality->element_excess = best.excess - perfect.excess;
  out_quality->difficulty_misses = best.misses;
  return TRUE;
}

static const JkCell *
get_cell (const Draw *self, guint number)
{
  return jk_blueprint_get_cell (self->pool->blueprint, self->picks[number].cell);
}

/* The numbers of the chosen in the order of the paper: type after type, shuffled within one. */
static void
order_items (const Draw *self, guint32 *out_order)
{
  guint n = 0;

  for (JkItemType type = JK_ITEM_SINGLE; type <= JK_ITEM_JUDGE; type++) {
    guint first = n;
    for (guint i = 0; i < self->n; i++) {
      if (get_cell (self, i)->type == type)
        out_order[n++] = i;
    }
    jk_stream_shuffle (self->stream, out_order + first, n - first);
  }
}

static void
fill_item (const Draw *self, guint number, JkPaperItem *out_item)
{
  const JkPool *pool = self->pool;
  const JkCell *cell = get_cell (self, number);
  guint32 item = self->picks[number].item;
  guint32 order[JK_OPTIONS_MAX];
  JkIndexRow row;

  jk_index_get_row (&pool->index, item, &row);
  g_assert (row.n_options <= JK_OPTIONS_MAX && row.n_pinned <= row.n_options);
  for (guint i = 0; i < JK_OPTIONS_MAX; i++)
    order[i] = i;
  if (row.type != JK_ITEM_JUDGE)
    jk_stream_shuffle (self->stream, order, row.n_options - row.n_pinned);

  out_item->item = item;
  out_item->type = cell->type;
  out_item->section = (guint8) cell->section;
  out_item->n_options = row.n_options;
  out_item->half_points = (guint8) jk_blueprint_get_half_points (pool->blueprint, cell->type);
  for (guint i = 0; i < JK_OPTIONS_MAX; i++)
    out_item->order[i] = i < row.n_options ? (guint8) order[i] : 255;
}

static JkPaper *
draw_paper (Draw *self, JkDrawQuality *out_quality, GError **error)
{
  JkPaperItem items[JK_PAPER_ITEMS_MAX];
  guint32 order[JK_PAPER_ITEMS_MAX];

  if (!draw_items (self, out_quality, error))
    return NULL;
  order_items (self, order);
  for (guint i = 0; i < self->n; i++)
    fill_item (self, order[i], &items[i]);
  return jk_paper_new (items, self->n);
}

JkPaper *
jk_draw (const JkPool *pool, const JkSecret *seed, JkDrawQuality *out_quality, GError **error)
{
  g_return_val_if_fail (pool != NULL && seed != NULL, NULL);
  g_return_val_if_fail (jk_secret_get_size (seed) == JK_KEY_BYTES, NULL);

  JkDrawQuality quality;
  JkStream stream;
  jk_stream_init (&stream, seed, "jikao 1 draw");
  Draw draw = {
    .pool = pool,
    .stream = &stream,
    .n = jk_blueprint_get_n_items (pool->blueprint),
  };
  JkPaper *paper = draw_paper (&draw, &quality, error);
  jk_stream_clear (&stream);
  if (paper != NULL && out_quality != NULL)
    *out_quality = quality;
  return paper;
}
