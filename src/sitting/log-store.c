/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-store.c: the files under a station log, and their second place. */
#include "sitting/log-private.h"

#include "base/error.h"
#include "sitting/journal-recover.h"

guint
jk_log_get_n_replaced (JkLog *self)
{
  return jk_journal_writer_get_n_replaced (self->writer);
}

const guint8 *
jk_log_get_id (const JkLog *self)
{
  return self->keys.place + JK_DIGEST_BYTES;
}

typedef struct {
  JkJournalSecond *second;
  const char *folder;
} Wish;

static gboolean
set_second (JkJournalDb *db, gpointer user_data, GError **error)
{
  const Wish *wish = user_data;
  return jk_journal_second_set (wish->second, db, wish->folder, error);
}

gboolean
jk_log_set_second (JkLog *self, const char *folder, GError **error)
{
  Wish wish = { self->second, folder };
  return jk_journal_writer_run (self->writer, set_second, &wish, error);
}

JkSecondState
jk_log_get_second_state (JkLog *self, char **out_sentence)
{
  return jk_journal_second_get_state (self->second, out_sentence);
}

guint
jk_log_get_n_aside (JkLog *self)
{
  return jk_journal_second_get_n_aside (self->second);
}

/* Orders, amendments and a wipe count; the rest says what this PC saw. */
static gboolean
is_idle (guint16 event)
{
  return event != JK_LOG_OBEYED && event != JK_LOG_AMENDED && event != JK_LOG_WIPED;
}

gboolean
jk_log_recover (const JkSittingPlace *place,
                const char *second_place,
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
  g_autofree char *path = g_build_filename (folder, JK_LOG_NAME, NULL);
  g_autoptr (GError) problem = NULL;

  if (!jk_storage_make_folder (place->world->storage, folder, 0700, error))
    return FALSE;
  if (jk_journal_recover (&how, path, second, out_done, &problem) ||
      g_error_matches (problem, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN) ||
      g_error_matches (problem, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
