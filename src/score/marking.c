/* SPDX-License-Identifier: Apache-2.0 */
/* score/marking.c: one answer against one key. */
#include "score/marking.h"

static guint
count_bits (guint16 mask)
{
  guint n = 0;
  for (; mask != 0; mask = (guint16) (mask & (mask - 1)))
    n++;
  return n;
}

guint
jk_marking_score (const JkPaperItem *item,
                  guint16 right,
                  guint16 answer,
                  JkMarking marking,
                  guint partial_half_points)
{
  g_return_val_if_fail (item != NULL, 0);

  if (answer == 0 || (answer & ~right) != 0)
    return 0;
  if (answer == right)
    return item->half_points;
  if (marking != JK_MARKING_PARTIAL || item->type != JK_ITEM_MULTIPLE || item->half_points == 0)
    return 0;
  /* Some of the right options never earn what all of them do. */
  return MIN (count_bits (answer) * partial_half_points, item->half_points - 1u);
}
