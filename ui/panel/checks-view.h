/* SPDX-License-Identifier: Apache-2.0 */
/* panel/checks-view.h: the check of a PC before an exam (环境检测): a light and a word for each
 * thing, and what to do where it is not green. Stops nothing. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_CHECKS_VIEW (jk_checks_view_get_type ())
G_DECLARE_FINAL_TYPE (JkChecksView, jk_checks_view, JK, CHECKS_VIEW, GtkWidget)

/* Looks when it is on the screen. */
GtkWidget *jk_checks_view_new (JkDesk *desk);
