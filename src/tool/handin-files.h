/* SPDX-License-Identifier: Apache-2.0 */
/* tool/handin-files.h: closing sheets and labels of results, as several commands read them. */
#pragma once

#include "result/sheet-compare.h"
#include "tool/tool.h"

/* The names of the files of that ending in a folder, in their order, so that a run can be repeated;
 * the caller frees. Errors: JK_BASE_ERROR_MISSING, TOO_LARGE. */
GPtrArray *jk_input_list (const char *folder, const char *ending, GError **error);

/* Reads closing sheets (paths zero-terminated; NULL: none) and merges them with one more, which it
 * takes (NULL: none). Errors: those of jk_storage_read, jk_sheet_open. */
JkSheetMerge *jk_input_sheets (const JkTool *tool,
                               const char *const *paths,
                               const JkSession *session,
                               JkSheet *more,
                               GError **error);

/* Reports, as this kind of finding, each sheet that counts though a role signed it that an
 * amendment revoked. */
void jk_report_revoked_signers (const JkSheetMerge *sheets, JkFindingKind kind, JkReport *report);

/* Appends the label of a result to an array of JkFoundResult; path must outlive it. Errors: those
 * of jk_storage_read, jk_result_label_read. */
gboolean jk_input_label (const JkTool *tool,
                         const char *path,
                         const JkSession *session,
                         GArray *results,
                         GError **error);
