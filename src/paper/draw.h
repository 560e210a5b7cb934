/* SPDX-License-Identifier: Apache-2.0 */
/* paper/draw.h: draws a paper: a function of index, blueprint and draw seed, and of nothing else
 * (P7).
 *
 * Integers only. Hard: the cells, and enemy sets never together. Soft, in this order: fewest items
 * per assessment element, then difficulty by largest remainder per type. Cells in file order (one
 * that came short goes first in the tries that follow), 64 tries, then the best. Items are ordered
 * by type and shuffled inside; options shuffled unless pinned; judge never. FORMATS.md section 5
 * gives the use of the stream number by number. */
#pragma once

#include "crypto/secret.h"
#include "paper/paper.h"
#include "paper/pool.h"

#define JK_DRAW_TRIES 64

typedef struct {
  guint tries;             /* made, 1 to JK_DRAW_TRIES */
  guint element_excess;    /* sum over elements of (items - 1), above what the cells force */
  guint difficulty_misses; /* items beyond the targets of their type and grade */
} JkDrawQuality;

/* seed has 32 bytes. out_quality may be NULL. Errors: ENEMIES. */
JkPaper *
jk_draw (const JkPool *pool, const JkSecret *seed, JkDrawQuality *out_quality, GError **error);
