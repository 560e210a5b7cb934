/* SPDX-License-Identifier: Apache-2.0 */
/* desk/forms.h: the forms of a hall as PDF on a stick, to be printed at any PC with a printer:
 * 签到表 and 座次表 of the roll and, of the closing sheets that lie there, 考场情况记录单. */
#pragma once

#include "desk/folder.h"
#include "desk/panel.h"

/* Writes them to a folder, for the role that has the panel open; what lay there under their names
 * was made of the same roll, or of fewer sheets, and is replaced. On a worker. Errors: those of
 * jk_panel_run, jk_session_open_roll and jk_hall_folder_read. */
void jk_panel_write_forms_async (JkPanel *self,
                                 const char *folder,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* Ends it: of JkFolderLine, one for each form, as jk_desk_folder_finish; the caller unrefs. */
GPtrArray *jk_panel_write_forms_finish (JkPanel *self, GAsyncResult *result, GError **error);
