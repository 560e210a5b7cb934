/* SPDX-License-Identifier: Apache-2.0 */
/* station/confirm-page.h: 信息确认, then rules, notes and the promise. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_CONFIRM_PAGE (jk_confirm_page_get_type ())
G_DECLARE_FINAL_TYPE (JkConfirmPage, jk_confirm_page, JK, CONFIRM_PAGE, GtkWidget)

GtkWidget *jk_confirm_page_new (JkDesk *desk);
