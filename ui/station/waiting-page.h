/* SPDX-License-Identifier: Apache-2.0 */
/* station/waiting-page.h: 等待开考: how long until the start, and where the announced start code is
 * typed. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_WAITING_PAGE (jk_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (JkWaitingPage, jk_waiting_page, JK, WAITING_PAGE, GtkWidget)

GtkWidget *jk_waiting_page_new (JkDesk *desk);
