/* SPDX-License-Identifier: Apache-2.0 */
/* panel/home-view.h: how it stands at this PC, what is next, and every act that has a place now.
 * Its buttons name actions of the panel: panel.order (uint32, a JkAct) and the others of
 * panel-view.h. */
#pragma once

#include "desk/panel.h"

#include <gtk/gtk.h>

#define JK_TYPE_HOME_VIEW (jk_home_view_get_type ())
G_DECLARE_FINAL_TYPE (JkHomeView, jk_home_view, JK, HOME_VIEW, GtkWidget)

/* done (may be NULL): what was carried out last, to be said. */
GtkWidget *jk_home_view_new (JkDesk *desk, JkPanel *panel, const char *done);
