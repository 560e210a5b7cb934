/* SPDX-License-Identifier: Apache-2.0 */
/* station/exam-page.h: 作答, and 交卷 in two steps. */
#pragma once

#include "common/theme.h"
#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_EXAM_PAGE (jk_exam_page_get_type ())
G_DECLARE_FINAL_TYPE (JkExamPage, jk_exam_page, JK, EXAM_PAGE, GtkWidget)

GtkWidget *jk_exam_page_new (JkDesk *desk, JkTheme *theme);
