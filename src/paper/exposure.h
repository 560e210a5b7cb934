/* SPDX-License-Identifier: Apache-2.0 */
/* paper/exposure.h: what the papers of a hall have in common: how often an item is drawn, how much
 * two papers share, how hard each is.
 *
 * Papers are numbered from 0 in the order they are added. Counts only: no text, no person. */
#pragma once

#include "paper/paper.h"
#include "paper/pool.h"

typedef struct _JkExposure JkExposure;

typedef struct {
  guint64 n_pairs;
  guint64 shared;      /* items that two papers share, over all pairs */
  guint max;           /* of one pair */
  guint first, second; /* the first pair that shares so many; 0 and 0 when there is no pair */
} JkOverlap;

typedef struct {
  guint64 sum; /* over all papers */
  guint min, max;
} JkSpread;

typedef struct {
  guint32 n_items; /* in the cells of the blueprint */
  guint32 n_never; /* of these, drawn in no paper */
  guint32 n_always;
  guint most; /* papers that the item drawn most is in */
} JkUsage;

/* No papers yet; pool is borrowed and must outlive it. */
JkExposure *jk_exposure_new (const JkPool *pool);
void jk_exposure_free (JkExposure *self);

/* Adds a paper that was drawn from the pool; is_next when its seat is beside that of the paper
 * added before. */
void jk_exposure_add (JkExposure *self, const JkPaper *paper, gboolean is_next);
guint jk_exposure_get_n (const JkExposure *self);

/* In how many papers an item stands. */
guint jk_exposure_count (const JkExposure *self, guint32 item);
void jk_exposure_measure_usage (const JkExposure *self, JkUsage *out_usage);

/* The items drawn most, most first, of equal ones the lower; returns how many of at most n_max. */
guint jk_exposure_list_most (const JkExposure *self, guint32 *out_items, guint n_max);

/* Of all pairs of papers; of neighbours only. All pairs cost in proportion to what they share. */
void jk_exposure_measure_overlap (const JkExposure *self, JkOverlap *out_overlap);
void jk_exposure_measure_neighbours (const JkExposure *self, JkOverlap *out_overlap);

/* Of each paper the mean grade of its items by points, in hundredths: 100 easy to 500 hard. */
void jk_exposure_measure_difficulty (const JkExposure *self, JkSpread *out_spread);

/* Of each paper the half-points that items of a grade (1 to JK_DIFFICULTY_MAX) are worth. */
void jk_exposure_measure_grade (const JkExposure *self, guint grade, JkSpread *out_spread);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkExposure, jk_exposure_free)
