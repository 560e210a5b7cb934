/* SPDX-License-Identifier: Apache-2.0 */
/* panel/unlock-view.h: whose envelope, and its passcode; what shows that the panel is open is the
 * panel's property "role". */
#pragma once

#include "desk/panel.h"

#include <gtk/gtk.h>

#define JK_TYPE_UNLOCK_VIEW (jk_unlock_view_get_type ())
G_DECLARE_FINAL_TYPE (JkUnlockView, jk_unlock_view, JK, UNLOCK_VIEW, GtkWidget)

/* Without a session there is no envelope to open, and it says how to load one. has_locked: the
 * panel was open and locked itself, which is said. */
GtkWidget *jk_unlock_view_new (JkDesk *desk, JkPanel *panel, gboolean has_locked);
