/* SPDX-License-Identifier: Apache-2.0 */
/* station/view-tools.h: how the page is shown: text size, contrast; at the log-in also the language
 * and the screen reader. Its buttons name actions of the window and the application. */
#pragma once

#include <gtk/gtk.h>

/* Property "entry" (gboolean): with what only the log-in offers; FALSE. */
#define JK_TYPE_VIEW_TOOLS (jk_view_tools_get_type ())
G_DECLARE_FINAL_TYPE (JkViewTools, jk_view_tools, JK, VIEW_TOOLS, GtkWidget)
