/* SPDX-License-Identifier: Apache-2.0 */
/* panel/order-view.h: one order before it is given: what it does, and all that its act wants
 * (domain.md section 4.8): amount, text, reason, the typed confirmation, who signs.
 *
 * Signals: "done" (const char *sentence): it was given. */
#pragma once

#include "desk/panel.h"

#include <gtk/gtk.h>

#define JK_TYPE_ORDER_VIEW (jk_order_view_get_type ())
G_DECLARE_FINAL_TYPE (JkOrderView, jk_order_view, JK, ORDER_VIEW, GtkWidget)

/* Of a record, or for JK_ORDER_EVERY of the whole PC. who is shown, and typed (what of it is
 * that) where the act wants that; both may be NULL for the whole PC. */
GtkWidget *jk_order_view_new (JkDesk *desk,
                              JkPanel *panel,
                              JkAct act,
                              guint32 record,
                              const char *who,
                              const char *typed);

JkAct jk_order_view_get_act (JkOrderView *self);
guint32 jk_order_view_get_record (JkOrderView *self);

/* Whether a file goes along to another PC: a move of who has started. */
gboolean jk_order_view_takes_along (JkOrderView *self);
