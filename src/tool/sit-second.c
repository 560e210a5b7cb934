/* SPDX-License-Identifier: Apache-2.0 */
/* tool/sit-second.c: see the header. */
#include "tool/sit-second.h"

#include "tool/output.h"

gboolean
jk_sit_recover (JkTool *tool, const JkSittingPlace *place, const char *folder, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean ok = jk_sitting_recover_all (place, folder, records, error);

  for (guint i = 0; i < records->len; i++) {
    g_autoptr (JkFacts) facts = jk_facts_new ();
    jk_facts_add_integer (facts, "record", g_array_index (records, guint32, i));
    jk_facts_print_row (facts, tool, "recovered");
  }
  return ok;
}

gboolean
jk_sit_set_second (const JkSittingPlace *place,
                   JkSitting *sitting,
                   const char *folder,
                   GError **error)
{
  if (folder == NULL)
    return TRUE;
  g_autofree char *here = jk_sitting_dup_folder (place);
  g_autofree char *name = g_path_get_basename (here);
  g_autofree char *there = g_build_filename (folder, name, NULL);
  return jk_storage_make_folder (place->world->storage, there, 0700, error) &&
         jk_sitting_set_second_copy (sitting, there, error);
}
