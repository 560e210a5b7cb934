/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-inbox.c: files arrive by image, share or stick in a folder (design.md section 6). What
 * is broken or foreign is named to the proctor and left.
 *
 * A thread that needs nothing of the desk looks and copies (desk/intake.h); the worker takes what
 * it has copied. */
#include "desk/desk-private.h"

#include "base/error.h"
#include "sitting/error.h"

/* What the thread needs. */
typedef struct {
  /* Owned */
  char *inbox, *place, *store;
  GHashTable *seen;
  /* Borrowed */
  const JkStorage *storage;
  const JkDiskProbe *disk;
  /* Plain */
  gboolean is_stick; /* found: something new on a disk that can be pulled */
} Look;

static Look *
look_new (JkDesk *desk)
{
  Look *self = g_new0 (Look, 1);
  GHashTableIter at;
  gpointer mark;

  self->storage = desk->world->storage;
  self->disk = desk->seat_place.disk != NULL ? desk->seat_place.disk : jk_disk_probe_system ();
  self->store = g_strdup (jk_station_get_folder (desk->station));
  self->inbox = g_strdup (desk->inbox);
  self->place = jk_desk_dup_intake_place (desk);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&at, desk->seen);
  while (g_hash_table_iter_next (&at, &mark, NULL))
    g_hash_table_add (self->seen, g_strdup (mark));
  return self;
}

static void
look_free (gpointer data)
{
  Look *self = data;

  g_free (self->inbox);
  g_free (self->place);
  g_free (self->store);
  g_hash_table_unref (self->seen);
  g_free (self);
}

/* A folder of this PC's own disk, or a share, nobody pulls. */
static gboolean
is_stick (const Look *self)
{
  JkDiskFacts inbox, store;

  if (self->disk->look (self->disk, self->inbox, &inbox) != 0 ||
      self->disk->look (self->disk, self->store, &store) != 0)
    return FALSE;
  return inbox.device != store.device && !jk_disk_facts_is_remote (&inbox);
}

/* NULL: the inbox cannot be read, or is not there. */
static JkIntake *
fetch (Look *self)
{
  JkIntake *intake =
      jk_intake_new (self->storage, self->inbox, self->place, self->seen, NULL, NULL, NULL);

  self->is_stick = intake != NULL && jk_intake_get_n (intake) > 0 && is_stick (self);
  return intake;
}

static void
look (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, fetch (data), (GDestroyNotify) jk_intake_free);
}

/* A stick that is put in again brings its files anew. */
static gboolean
is_gone (gpointer mark, gpointer value, gpointer intake)
{
  return intake == NULL || !jk_intake_has (intake, mark);
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (JkDesk) self = g_weak_ref_get (weak);
  g_autoptr (JkIntake) intake = g_task_propagate_pointer (G_TASK (result), NULL);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (self == NULL || self->is_closed)
    return;
  self->is_looking = FALSE;
  /* The worker may be at what was seen; then the next look tells. */
  if (self->n_busy == 0)
    g_hash_table_foreach_remove (self->seen, is_gone, intake);
  if (intake == NULL || jk_intake_get_n (intake) == 0)
    return;
  const Look *found = g_task_get_task_data (G_TASK (result));
  self->is_stick = found->is_stick;
  self->mail = g_steal_pointer (&intake);
}

void
jk_desk_look_for_mail (JkDesk *self)
{
  if (self->inbox == NULL || self->is_looking || self->mail != NULL)
    return;
  GWeakRef *weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, looked, weak);
  g_task_set_task_data (task, look_new (self), look_free);
  self->is_looking = TRUE;
  g_task_run_in_thread (task, look);
}

/* The disk's trouble passes; what a file is does not. */
static gboolean
is_final (const GError *error)
{
  return !g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE) &&
         !g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL) &&
         !g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
}

/* An inbox may hold what is for other halls: that is no fault. */
static gboolean
is_fault (const GError *error)
{
  return !g_error_matches (error, JK_DESK_ERROR, JK_DESK_ERROR_SESSION);
}

void
jk_desk_take_mail (JkDesk *self)
{
  g_autoptr (JkIntake) mail = g_steal_pointer (&self->mail);
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  gboolean is_well = mail != NULL;

  for (guint n = 0; mail != NULL && n < jk_intake_get_n (mail); n++) {
    const JkIntakeFile *file = jk_intake_get (mail, n);
    g_autoptr (GError) error = NULL;
    JkFolderFate fate;
    gboolean ok = jk_desk_take_file (self, mail, file, &fate, &error);
    if (!ok && is_fault (error)) {
      jk_desk_add_fault (self, error->message);
      is_well = FALSE;
    }
    if (ok || is_final (error))
      g_ptr_array_add (seen, file->mark);
  }
  /* Now, for what is taken may clear what was seen before it. */
  for (guint n = 0; n < seen->len; n++)
    g_hash_table_add (self->seen, g_strdup (seen->pdata[n]));
  self->owes_stick = self->is_stick && is_well;
}

void
jk_desk_tell_stick (JkDesk *self)
{
  if (!self->owes_stick || self->mail != NULL || self->is_delivering || self->n_abroad > 0)
    return;
  self->owes_stick = FALSE;
  jk_desk_emit (self, JK_DESK_STICK_DONE);
}

const char *
jk_desk_get_inbox (JkDesk *self)
{
  g_return_val_if_fail (JK_IS_DESK (self), NULL);
  return self->inbox;
}

void
jk_desk_take_inbox (JkDesk *self)
{
  if (self->inbox == NULL)
    return;
  Look *now = look_new (self);
  self->mail = fetch (now);
  self->is_stick = now->is_stick;
  look_free (now);
  jk_desk_take_mail (self);
}
