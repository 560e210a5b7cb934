/* SPDX-License-Identifier: Apache-2.0 */
/* paper/try.h: one attempt to fill the cells of a paper. Private to this folder.
 *
 * Greedy: a place is filled from at most JK_TRY_LOOKS items in random order and never emptied
 * again. FORMATS.md section 5 gives every step; the numbers it takes from the stream are part of
 * the promise (P7). */
#pragma once

#include "crypto/stream.h"
#include "paper/pool.h"

#define JK_TRY_LOOKS 64

typedef struct {
  guint excess; /* items whose element was there before */
  guint misses; /* items whose grade had its share before */
} JkTryScore;

typedef struct {
  guint32 item;
  guint16 cell;
} JkTryPick;

typedef enum {
  JK_TRY_DONE,    /* all cells filled, and better than the best so far */
  JK_TRY_NO_GAIN, /* given up: it could not become better than the best so far */
  JK_TRY_ENEMIES, /* every item left in a cell is an enemy of one chosen */
} JkTryResult;

typedef struct _JkTry JkTry;

/* Room for any number of tries; both are borrowed. */
JkTry *jk_try_new (const JkPool *pool, JkStream *stream);
void jk_try_free (JkTry *self);

/* Tries once, from empty cells; the order of the cells learns from the tries before. best is NULL
 * before the first that was done. */
JkTryResult jk_try_run (JkTry *self, const JkTryScore *best);

/* After DONE: what was chosen, in this order; lent until the next run. */
const JkTryPick *jk_try_get_picks (const JkTry *self);
const JkTryScore *jk_try_get_score (const JkTry *self);

/* After ENEMIES: the cell that could not be filled. */
guint jk_try_get_cell (const JkTry *self);

/* Whether a is better: fewer excess items, then fewer misses. */
gboolean jk_try_score_is_better (const JkTryScore *a, const JkTryScore *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTry, jk_try_free)
