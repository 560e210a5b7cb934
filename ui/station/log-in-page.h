/* SPDX-License-Identifier: Apache-2.0 */
/* station/log-in-page.h: 考生登录: two numbers, one button, seat and exam large; why it was refused
 * stands under the fields, and how long to wait after too many wrong numbers. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_LOG_IN_PAGE (jk_log_in_page_get_type ())
G_DECLARE_FINAL_TYPE (JkLogInPage, jk_log_in_page, JK, LOG_IN_PAGE, GtkWidget)

GtkWidget *jk_log_in_page_new (JkDesk *desk);
