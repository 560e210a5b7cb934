/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-recover.c: sittings that the disk forgot come back from their second copies. */
#include "sitting/journal-recover.h"
#include "sitting/sitting-private.h"

/* What is written when nobody does anything but switch on and log in. */
static gboolean
is_idle (guint16 event)
{
  switch (event) {
  case JK_EVENT_IDENTIFIED:
  case JK_EVENT_READY:
  case JK_EVENT_VISITED:
  case JK_EVENT_FOCUS:
  case JK_EVENT_HEAD:
  case JK_EVENT_GAP:
  case JK_EVENT_COMMON_END:
  case JK_EVENT_CLOCK:
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
jk_sitting_recover (const JkSittingPlace *place,
                    const char *second_place,
                    guint32 record,
                    gboolean *out_done,
                    GError **error)
{
  const JkJournalRecovery how = {
    .world = place->world,
    .session = jk_session_get_digest (place->session),
    .reader = jk_station_get_seal_key (place->station),
    .is_idle = is_idle,
  };
  g_autofree char *folder = jk_sitting_dup_folder (place);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *second = g_build_filename (second_place, name, NULL);
  g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, record);

  *out_done = FALSE;
  return jk_storage_make_folder (place->world->storage, folder, 0700, error) &&
         jk_journal_recover (&how, path, second, out_done, error);
}

gboolean
jk_sitting_recover_all (const JkSittingPlace *place,
                        const char *second_place,
                        GArray *out_records,
                        GError **error)
{
  g_autofree char *folder = jk_sitting_dup_folder (place);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *second = g_build_filename (second_place, name, NULL);
  g_autoptr (GError) first = NULL;
  guint n = 0;
  g_autofree guint32 *records = jk_sitting_find_in (second, &n, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) problem = NULL;
    gboolean done = FALSE;
    jk_sitting_recover (place, second_place, records[i], &done, &problem);
    if (done && out_records != NULL)
      g_array_append_val (out_records, records[i]);
    if (problem != NULL && first == NULL &&
        !g_error_matches (problem, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN))
      first = g_steal_pointer (&problem);
  }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
