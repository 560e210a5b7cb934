/* SPDX-License-Identifier: Apache-2.0 */
/* station/log-in-page.h: 考生登录: admission number and ID number. */
#pragma once

#include "common/theme.h"
#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_LOG_IN_PAGE (jk_log_in_page_get_type ())
G_DECLARE_FINAL_TYPE (JkLogInPage, jk_log_in_page, JK, LOG_IN_PAGE, GtkWidget)

GtkWidget *jk_log_in_page_new (JkDesk *desk, JkTheme *theme);
