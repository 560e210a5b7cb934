/* SPDX-License-Identifier: Apache-2.0 */
/* station/hand-in-view.h: 交卷 in two steps, in the place of the question.
 *
 * First how much is answered, then what cannot be undone. Each time it is shown it begins with the
 * first, with the keyboard on the safe button. Nothing here holds up the end of the time: then the
 * desk's page changes and this goes with it.
 *
 * Signals:
 *   "back"  ()                   to the answers again, unchanged
 *   "go-to" (guint position)     to that item, 0 first */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_HAND_IN_VIEW (jk_hand_in_view_get_type ())
G_DECLARE_FINAL_TYPE (JkHandInView, jk_hand_in_view, JK, HAND_IN_VIEW, GtkWidget)

GtkWidget *jk_hand_in_view_new (JkDesk *desk);
