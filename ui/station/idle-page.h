/* SPDX-License-Identifier: Apache-2.0 */
/* station/idle-page.h: waiting for a session, and the seat when nobody sits at it: seat, state and
 * answered count in letters readable across the room. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_IDLE_PAGE (jk_idle_page_get_type ())
G_DECLARE_FINAL_TYPE (JkIdlePage, jk_idle_page, JK, IDLE_PAGE, GtkWidget)

GtkWidget *jk_idle_page_new (JkDesk *desk);
