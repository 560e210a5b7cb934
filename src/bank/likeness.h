/* SPDX-License-Identifier: Apache-2.0 */
/* bank/likeness.h: texts that say nearly the same: one item written twice, or one with its numbers
 * changed.
 *
 * The likeness of two texts is the Dice coefficient of their bags of character pairs: twice the
 * pairs that both have over the pairs of both. Pairs are of letters and digits after NFKC, without
 * blanks, signs and punctuation; a text of fewer than two of them is like no other. */
#pragma once

#include <glib.h>

typedef struct {
  /* Borrowed */
  const char *text;  /* UTF-8; NULL: like no other */
  const char *group; /* two of one group are not compared; NULL: of none */
} JkLikeText;

typedef struct {
  guint32 first, second; /* first < second */
  guint percent;         /* likeness, rounded down */
} JkLikePair;

/* The pairs that are alike to percent (1 to 100) or more, by first, then second; once n_max (> 0)
 * are found, no more are looked for. Exact: no such pair is passed over; the time grows with the
 * pairs that share a rare character pair, not with all of them. Of JkLikePair; the caller unrefs.
 */
GArray *jk_likeness_find (const JkLikeText *texts, guint32 n, guint percent, guint n_max);
