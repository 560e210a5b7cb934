/* SPDX-License-Identifier: Apache-2.0 */
/* station/confirm-page.h: 信息确认, then 考场规则 and 考生须知 for as long as the policy wants them
 * read, then 诚信考试承诺书. Made anew, it begins with the data again. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_CONFIRM_PAGE (jk_confirm_page_get_type ())
G_DECLARE_FINAL_TYPE (JkConfirmPage, jk_confirm_page, JK, CONFIRM_PAGE, GtkWidget)

GtkWidget *jk_confirm_page_new (JkDesk *desk);
