/* SPDX-License-Identifier: Apache-2.0 */
/* station/item-cell.h: one number of the answer card: a button that goes to its question.
 *
 * Answered is filled, unanswered an outline, current a thick ring, flagged has a corner;
 * its name says the same in words. Follows its item. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_ITEM_CELL (jk_item_cell_get_type ())
G_DECLARE_FINAL_TYPE (JkItemCell, jk_item_cell, JK, ITEM_CELL, GtkButton)

GtkWidget *jk_item_cell_new (JkDeskItem *item);
JkDeskItem *jk_item_cell_get_item (JkItemCell *self);
