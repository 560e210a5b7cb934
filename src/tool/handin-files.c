/* SPDX-License-Identifier: Apache-2.0 */
/* tool/handin-files.c: sheets and labels from files. */
#include "tool/handin-files.h"

#include "base/error.h"
#include "base/limits.h"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
jk_input_list (const char *folder, const char *ending, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &refusal);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_MISSING,
                 "%s: this is no folder of results that can be read (%s); expected the folder with "
                 "the %s files; check --results.",
                 folder,
                 refusal->message,
                 ending);
    return NULL;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ending))
      g_ptr_array_add (names, g_strdup (name));
  }
  if (names->len > JK_RESULTS_MAX) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TOO_LARGE,
                 "%s: there are %u results; expected at most %u; score each hall by itself.",
                 folder,
                 names->len,
                 JK_RESULTS_MAX);
    return NULL;
  }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

JkSheetMerge *
jk_input_sheets (const JkTool *tool,
                 const char *const *paths,
                 const JkSession *session,
                 JkSheet *more,
                 GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) jk_sheet_free);

  if (more != NULL)
    g_ptr_array_add (sheets, more);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++) {
    g_autoptr (GBytes) bytes =
        jk_storage_read (tool->world->storage, paths[i], JK_SHEET_BYTES_MAX, error);
    JkSheet *sheet = bytes != NULL ? jk_sheet_open (paths[i], bytes, session, error) : NULL;
    if (sheet == NULL)
      return NULL;
    g_ptr_array_add (sheets, sheet);
  }
  g_ptr_array_set_free_func (sheets, NULL);
  return jk_sheet_merge_new ((JkSheet **) sheets->pdata, sheets->len);
}

void
jk_report_revoked_signers (const JkSheetMerge *sheets, JkFindingKind kind, JkReport *report)
{
  for (guint i = 0; i < jk_sheet_merge_get_n_sheets (sheets); i++) {
    const JkSheet *sheet = jk_sheet_merge_get_sheet (sheets, i);
    g_autofree char *found = NULL;
    if (jk_sheet_merge_get_fate (sheets, i) != JK_SHEET_TAKEN ||
        !jk_sheet_has_revoked_signer (sheet))
      continue;
    found = g_strdup_printf ("the signatures of %s and %s, one of which was revoked",
                             jk_role_name_get (jk_sheet_get_first_role (sheet)),
                             jk_role_name_get (jk_sheet_get_second_role (sheet)));
    jk_report_add (report,
                   kind,
                   jk_sheet_get_file (sheet),
                   NULL,
                   found,
                   "two roles in force",
                   "compare it with the sheet on paper, and let two roles in force make it again");
  }
}

gboolean
jk_input_label (const JkTool *tool,
                const char *path,
                const JkSession *session,
                GArray *results,
                GError **error)
{
  JkFoundResult result = { .file = path };
  g_autoptr (GBytes) bytes =
      jk_storage_read (tool->world->storage, path, JK_RESULT_BYTES_MAX, error);

  if (bytes == NULL || !jk_result_label_read (path, bytes, session, &result.label, error))
    return FALSE;
  g_array_append_val (results, result);
  return TRUE;
}
