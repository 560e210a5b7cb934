/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-wipe.c: what candidates left on this PC goes, when two proctors have it in hand; the
 * station log stays and says so. */
#include "sitting/seat-private.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>

static gboolean
fail (const char *path, const char *reason, GError **error)
{
  g_set_error (error,
               JK_BASE_ERROR,
               JK_BASE_ERROR_STORAGE,
               "%s cannot be wiped (%s); check the disk, and open the session again: the wipe goes "
               "on then.",
               path,
               reason);
  return FALSE;
}

static gboolean
remove_file (JkSeat *self, const char *name, GError **error)
{
  const JkStorage *storage = self->place.world->storage;
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (storage->unlink (storage, path) == 0 || errno == ENOENT)
    return TRUE;
  return fail (path, g_strerror (errno), error);
}

/* RECORD.jkjournal, and what SQLite and copies put beside it; amendments, also half written ones.
 */
static gboolean
is_wiped (const char *name)
{
  return (g_ascii_isdigit (*name) && strstr (name, ".jkjournal") != NULL) ||
         g_str_has_prefix (name, JK_SEAT_AMENDMENT_PREFIX);
}

static gboolean
remove_files (JkSeat *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, &problem);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return fail (self->folder, problem->message, error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (is_wiped (name))
      g_ptr_array_add (found, g_strdup (name));
  }
  for (guint i = 0; i < found->len; i++) {
    if (!remove_file (self, g_ptr_array_index (found, i), error))
      return FALSE;
  }
  return jk_storage_sync_folder (self->place.world->storage, self->folder, error);
}

gboolean
jk_seat_wipe (JkSeat *self, GError **error)
{
  const guint8 *order_id = jk_log_replay_get_wipe_order (jk_seat_get_log (self));
  guint8 id[JK_ORDER_ID_BYTES];

  memcpy (id, order_id, sizeof id);
  jk_seat_drop_entry (self);
  g_ptr_array_set_size (self->sittings, 0);
  g_clear_pointer (&self->second, g_free);
  /* The session's file last: without it nobody could open the log to go on with the wipe. */
  return remove_files (self, error) && remove_file (self, JK_SEAT_SECOND_NAME, error) &&
         remove_file (self, JK_SEAT_BANK_NAME, error) && jk_log_add_wiped (self->log, id, error) &&
         jk_log_add_head (self->log, error) && remove_file (self, JK_SEAT_SESSION_NAME, error) &&
         jk_storage_sync_folder (self->place.world->storage, self->folder, error);
}
