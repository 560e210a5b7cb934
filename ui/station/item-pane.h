/* SPDX-License-Identifier: Apache-2.0 */
/* station/item-pane.h: 答题卡: all numbers of the paper by kind, with counts, legend and filters.
 *
 * Made once; after that only numbers whose item changed change. Can be folded to a narrow strip. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_ITEM_PANE (jk_item_pane_get_type ())
G_DECLARE_FINAL_TYPE (JkItemPane, jk_item_pane, JK, ITEM_PANE, GtkWidget)

GtkWidget *jk_item_pane_new (JkDesk *desk);

/* Where room is small, legend and filters are scrolled with the numbers instead of under them. */
void jk_item_pane_set_small (JkItemPane *self, gboolean is_small);
