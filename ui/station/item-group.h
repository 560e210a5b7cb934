/* SPDX-License-Identifier: Apache-2.0 */
/* station/item-group.h: the items of one kind, which stand together in a paper. Pure: no window. */
#pragma once

#include "desk/desk.h"

typedef struct {
  JkItemType kind;
  guint first; /* position, 0 first */
  guint n;
  guint half_points; /* of each item */
} JkItemGroup;

/* The groups of a list of JkDeskItem, in its order: an array of JkItemGroup. */
GArray *jk_item_groups_new (GListModel *items);

/* The one with the item at a position; lent. NULL when there is none. */
const JkItemGroup *jk_item_groups_find (const GArray *groups, guint position);

/* "Single-choice", as a heading; lent. */
const char *jk_item_group_get_title (const JkItemGroup *self);

/* What stands over its questions: which they are, points, and when they are right. n is its place
 * among the groups, 0 first. partial: half-points for each right option of several, 0 where all
 * must be right. The caller frees. */
char *jk_item_group_dup_head (const JkItemGroup *self, guint n, guint partial);
