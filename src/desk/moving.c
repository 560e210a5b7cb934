/* SPDX-License-Identifier: Apache-2.0 */
/* desk/moving.c: see the header. */
#include "desk/moving.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "desk/carried.h"
#include "desk/panel-private.h"

#define MODE 0600
#define ID_BYTES_SHOWN 4

/* What is given to the worker, and what comes back from it. */
typedef struct {
  /* Owned */
  char *folder;
  char *name; /* of the capsule */
  /* Plain */
  guint32 record;
} Moving;

static Moving *
moving_new (const char *folder, guint32 record)
{
  Moving *self = g_new0 (Moving, 1);

  self->folder = g_strdup (folder);
  self->record = record;
  return self;
}

static void
moving_free (gpointer data)
{
  Moving *self = data;

  g_free (self->folder);
  g_free (self->name);
  g_free (self);
}

/* The same for the same move, so that what is written again takes the place of what was. */
static char *
dup_stem (const JkSession *session, const JkReplay *replay, guint32 record)
{
  guint32 epoch = jk_replay_get_epoch (replay);
  const JkObeyed *last = jk_replay_get_obeyed (replay, epoch - 1);
  g_autofree char *id = jk_text_hex (last->ordered.id, ID_BYTES_SHOWN);

  return g_strdup_printf ("%s-%s-%u-m%u-%s",
                          jk_session_get_short_name (session),
                          jk_session_get_hall (session),
                          record,
                          epoch,
                          id);
}

static gboolean
write_out (const JkWorld *world,
           const JkSession *session,
           JkSitting *sitting,
           const char *folder,
           char **out_name,
           GError **error)
{
  g_autoptr (GBytes) capsule = jk_sitting_make_capsule (sitting, error);
  g_autoptr (GBytes) order = capsule != NULL ? jk_sitting_read_move (sitting, error) : NULL;

  if (order == NULL)
    return FALSE;
  g_autofree char *stem = dup_stem (session,
                                    jk_journal_get_replay (jk_sitting_get_journal (sitting)),
                                    jk_sitting_get_person (sitting)->index);
  g_autofree char *name = g_strconcat (stem, JK_CARRIED_CAPSULE, NULL);
  g_autofree char *order_name = g_strconcat (stem, JK_CARRIED_ORDER, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *order_path = g_build_filename (folder, order_name, NULL);
  if (!jk_storage_write_proven (world->storage, path, MODE, capsule, error) ||
      !jk_storage_write_proven (world->storage, order_path, MODE, order, error))
    return FALSE;
  *out_name = g_steal_pointer (&name);
  return TRUE;
}

/* The sitting that was moved away; NULL with error. */
static JkSitting *
find_moved (const JkSeat *seat, guint32 record, GError **error)
{
  JkSitting *last = NULL;
  gint64 last_ms = G_MININT64;

  for (guint n = 0; n < jk_seat_get_n_sittings (seat); n++) {
    JkSitting *sitting = jk_seat_get_sitting (seat, n);
    gint64 wall_ms =
        jk_replay_get_wall_ms (jk_journal_get_replay (jk_sitting_get_journal (sitting)));
    if (jk_sitting_get_state (sitting) != JK_STATE_MOVED || wall_ms < last_ms ||
        (record != JK_ORDER_EVERY && jk_sitting_get_person (sitting)->index != record))
      continue;
    last = sitting;
    last_ms = wall_ms;
  }
  if (last == NULL)
    g_set_error (error,
                 JK_DESK_ERROR,
                 JK_DESK_ERROR_NOT_MOVED,
                 "%s from this PC; order “move” first, then write out what goes along.",
                 record == JK_ORDER_EVERY ? "Nobody has been moved away"
                                          : "This candidate has not been moved away");
  return last;
}

static gboolean
move_out (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Moving *self = data;
  JkSitting *sitting = find_moved (desk->seat, self->record, error);

  return sitting != NULL && write_out (desk->world,
                                       jk_seat_get_session (desk->seat),
                                       sitting,
                                       self->folder,
                                       &self->name,
                                       error);
}

static gboolean
move_in (JkDesk *desk, const JkRoleKeys *keys, gpointer data, GError **error)
{
  Moving *self = data;
  g_auto (JkCarried) carried = { NULL };

  if (!jk_carried_find (desk->world,
                        desk->seat,
                        self->folder,
                        self->record,
                        keys->seal,
                        &carried,
                        error))
    return FALSE;
  if (jk_seat_arrive (desk->seat,
                      carried.path,
                      carried.capsule,
                      keys->seal,
                      carried.order_path,
                      carried.order,
                      error) == NULL)
    return FALSE;
  self->name = g_path_get_basename (carried.path);
  return TRUE;
}

static void
give_name (GTask *task, gpointer data)
{
  Moving *self = data;

  g_task_return_pointer (task, g_steal_pointer (&self->name), g_free);
}

void
jk_panel_move_out_async (JkPanel *self,
                         const char *folder,
                         guint32 record,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  static const JkPanelErrand errand = { move_out, give_name, moving_free, NULL };
  g_return_if_fail (JK_IS_PANEL (self) && folder != NULL);

  jk_panel_run (self, &errand, moving_new (folder, record), callback, user_data);
}

void
jk_panel_move_in_async (JkPanel *self,
                        const char *folder,
                        guint32 record,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  static const JkPanelErrand errand = { move_in, give_name, moving_free, NULL };
  g_return_if_fail (JK_IS_PANEL (self) && folder != NULL);

  jk_panel_run (self, &errand, moving_new (folder, record), callback, user_data);
}

gboolean
jk_panel_move_finish (JkPanel *self, GAsyncResult *result, char **out_name, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_autofree char *name = g_task_propagate_pointer (G_TASK (result), error);

  if (name == NULL)
    return FALSE;
  if (out_name != NULL)
    *out_name = g_steal_pointer (&name);
  return TRUE;
}
