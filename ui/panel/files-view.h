/* SPDX-License-Identifier: Apache-2.0 */
/* panel/files-view.h: what comes from a stick or folder and goes to it: files are loaded, results
 * copied, a sitting moved out and in. While the panel is locked only loading is offered: what is
 * loaded is checked, whoever brings it. */
#pragma once

#include "desk/panel.h"

#include <gtk/gtk.h>

#define JK_TYPE_FILES_VIEW (jk_files_view_get_type ())
G_DECLARE_FINAL_TYPE (JkFilesView, jk_files_view, JK, FILES_VIEW, GtkWidget)

/* next (may be NULL): a sentence that says what is to be done here. */
GtkWidget *jk_files_view_new (JkDesk *desk, JkPanel *panel, const char *next);
