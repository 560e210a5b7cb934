/* SPDX-License-Identifier: Apache-2.0 */
/* panel/slip-view.h: the receipt code on a candidate's slip (回执单), typed to be compared with the
 * result that is sealed here. Who was made to hand in, or whose time was up, may have no slip: then
 * the code stands there, to be written on one first. */
#pragma once

#include "desk/desk.h"
#include "session/order.h"

#include <gtk/gtk.h>

#define JK_TYPE_SLIP_VIEW (jk_slip_view_get_type ())
G_DECLARE_FINAL_TYPE (JkSlipView, jk_slip_view, JK, SLIP_VIEW, GtkWidget)

/* Of whom it is: who is shown at this desk, which is held from now on. */
void jk_slip_view_set_desk (JkSlipView *self, JkDesk *desk);

/* What was typed, as jk_desk_check_slip. */
gboolean jk_slip_view_check (JkSlipView *self,
                             guint8 out_subject[static JK_ORDER_SUBJECT_BYTES],
                             GError **error);

GtkWidget *jk_slip_view_get_entry (JkSlipView *self); /* for the keyboard */
