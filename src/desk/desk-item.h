/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-item.h: one item of the paper as the candidate sees it: options in the order shown.
 *
 * A GObject, so that lists and windows follow its properties. Made and changed by the desk only. */
#pragma once

#include "bank/blob.h"
#include "paper/paper.h"

#include <glib-object.h>

/* Properties, all for reading: "number" (guint, 1 first), "answered", "flagged", "current"
 * (gboolean), "chosen" (guint: bit k is the option shown at place k, 0 first). */
#define JK_TYPE_DESK_ITEM (jk_desk_item_get_type ())
G_DECLARE_FINAL_TYPE (JkDeskItem, jk_desk_item, JK, DESK_ITEM, GObject)

/* paper and blob are borrowed and must outlive it. */
JkDeskItem *jk_desk_item_new (const JkPaperItem *paper, const JkBlob *blob, guint position);

guint jk_desk_item_get_position (JkDeskItem *self); /* 0 first */
JkItemType jk_desk_item_get_kind (JkDeskItem *self);
guint jk_desk_item_get_half_points (JkDeskItem *self);
const char *jk_desk_item_get_stem (JkDeskItem *self);

/* 2 for judge: what is shown for them is the window's to say (正确, 错误), and the text is "". */
guint jk_desk_item_get_n_options (JkDeskItem *self);
const char *jk_desk_item_get_option (JkDeskItem *self, guint place);
guint jk_desk_item_get_n_pictures (JkDeskItem *self);
GBytes *jk_desk_item_dup_picture (JkDeskItem *self, guint n);

gboolean jk_desk_item_is_answered (JkDeskItem *self);
gboolean jk_desk_item_is_flagged (JkDeskItem *self);
gboolean jk_desk_item_is_current (JkDeskItem *self);
guint jk_desk_item_get_chosen (JkDeskItem *self);

/* "AC": the letters of the options chosen, "" for none; for judge "A" is true, "B" false. The
 * caller frees. */
char *jk_desk_item_dup_letters (JkDeskItem *self);

/* What the canonical mask becomes when the option at place is chosen once more: single and judge
 * change over, or are cleared by the same option again; multiple adds or takes away. 0: clear. */
guint16 jk_desk_item_toggle (JkDeskItem *self, guint place);

/* For the desk: takes over what the sitting says. mask is canonical. Notifies what changed. */
void jk_desk_item_update (JkDeskItem *self, guint16 mask, gboolean flagged, gboolean current);

/* The same for "current" alone, which no sitting need be asked for. */
void jk_desk_item_set_current (JkDeskItem *self, gboolean current);

/* Whether it was made of this blob. */
gboolean jk_desk_item_is_of (JkDeskItem *self, const JkBlob *blob);
