/* SPDX-License-Identifier: Apache-2.0 */
/* panel/handin-view.h: the closing sheet of the hall (收卷单): what lies on the stick is looked
 * through, who is not accounted for is asked, and two people sign. */
#pragma once

#include "desk/handin.h"

#include <gtk/gtk.h>

#define JK_TYPE_HANDIN_VIEW (jk_handin_view_get_type ())
G_DECLARE_FINAL_TYPE (JkHandinView, jk_handin_view, JK, HANDIN_VIEW, GtkWidget)

/* Looks through the folder at once. */
GtkWidget *jk_handin_view_new (JkDesk *desk, JkPanel *panel, const char *folder);
