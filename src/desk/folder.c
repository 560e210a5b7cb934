/* SPDX-License-Identifier: Apache-2.0 */
/* desk/folder.c: see the header. A thread that has nothing of the desk waits for the folder; then
 * the worker does its part, quietly. */
#include "desk/desk-private.h"

typedef struct {
  /* Owned */
  JkProgress *progress;
  JkIntake *intake; /* NULL until the thread is back */
  GPtrArray *lines;
} Load;

/* What the thread needs. */
typedef struct {
  /* Owned */
  char *folder, *place;
  JkProgress *progress;
  /* Borrowed */
  const JkStorage *storage;
} Fetch;

static void
load_free (gpointer data)
{
  Load *self = data;

  jk_intake_free (self->intake);
  jk_progress_unref (self->progress);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

static void
fetch_free (gpointer data)
{
  Fetch *self = data;

  g_free (self->folder);
  g_free (self->place);
  jk_progress_unref (self->progress);
  g_free (self);
}

static void
fetch (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Fetch *self = data;
  GError *error = NULL;
  JkIntake *intake = jk_intake_new (self->storage,
                                    self->folder,
                                    self->place,
                                    NULL,
                                    self->progress,
                                    cancellable,
                                    &error);

  if (intake != NULL)
    g_task_return_pointer (task, intake, (GDestroyNotify) jk_intake_free);
  else
    g_task_return_error (task, error);
}

static gboolean
take (JkDesk *self, gpointer data, GError **error)
{
  Load *load = data;

  for (guint n = 0; n < jk_intake_get_n (load->intake); n++) {
    const JkIntakeFile *file = jk_intake_get (load->intake, n);
    g_autoptr (GError) problem = NULL;
    JkFolderFate fate;
    jk_desk_take_file (self, load->intake, file, &fate, &problem);
    jk_folder_lines_add (load->lines, file->name, fate, problem);
  }
  const GPtrArray *capsules = jk_intake_get_capsules (load->intake);
  for (guint n = 0; n < capsules->len; n++)
    jk_folder_lines_add (load->lines, capsules->pdata[n], JK_FOLDER_CAPSULE, NULL);
  return TRUE;
}

static void
taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) asked = user_data;
  Load *load = g_task_get_task_data (asked);

  jk_desk_finish (JK_DESK (source), result, NULL);
  jk_progress_stop (load->progress);
  g_task_return_pointer (asked, g_steal_pointer (&load->lines), (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
has_any (const JkIntake *intake)
{
  return jk_intake_get_n (intake) > 0 || jk_intake_get_capsules (intake)->len > 0;
}

static void
fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) asked = user_data;
  JkDesk *self = g_task_get_source_object (asked);
  Load *load = g_task_get_task_data (asked);
  GError *error = NULL;

  self->n_abroad--;
  load->intake = g_task_propagate_pointer (G_TASK (result), &error);
  if (load->intake != NULL && !self->is_closed && has_any (load->intake)) {
    jk_desk_work_behind (self, take, load, taken, g_steal_pointer (&asked));
    return;
  }
  jk_progress_stop (load->progress);
  if (error != NULL)
    g_task_return_error (asked, error);
  else if (self->is_closed)
    jk_desk_refuse_closed (asked);
  else
    g_task_return_new_error (asked,
                             JK_DESK_ERROR,
                             JK_DESK_ERROR_EMPTY,
                             "There is nothing to load in this folder: no .jksession, .jkbank, "
                             ".jkamend or .jkorder file; check that it is the right stick, and "
                             "choose the folder in which the files lie.");
}

/* That it was cancelled when all was done already changes nothing of what was done. */
static GTask *
new_task (JkDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  return task;
}

void
jk_desk_load_async (JkDesk *self,
                    const char *folder,
                    JkFolderProgress progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self) && folder != NULL);
  GTask *asked = new_task (self, cancellable, callback, user_data);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, fetched, asked);
  Load *load = g_new0 (Load, 1);
  Fetch *data = g_new0 (Fetch, 1);

  load->progress = jk_progress_new (self->context, progress, progress_data);
  load->lines = jk_folder_lines_new ();
  g_task_set_task_data (asked, load, load_free);
  data->storage = self->world->storage;
  data->folder = g_strdup (folder);
  data->place = jk_desk_dup_intake_place (self);
  data->progress = jk_progress_ref (load->progress);
  g_task_set_task_data (task, data, fetch_free);
  self->n_abroad++;
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, fetch);
}

/* Until it is known what there is to copy. */
typedef struct {
  /* Owned */
  GTask *asked;
  GPtrArray *parcels;
  JkProgress *progress;
  char *folder;
} Collect;

static void
collect_free (Collect *self)
{
  g_clear_object (&self->asked);
  g_clear_pointer (&self->parcels, g_ptr_array_unref);
  jk_progress_unref (self->progress);
  g_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Collect, collect_free)

static gboolean
collect (JkDesk *self, gpointer data, GError **error)
{
  const Collect *collected = data;

  return self->seat == NULL ||
         jk_desk_collect (self->seat, JK_ORDER_EVERY, collected->parcels, error);
}

static void
collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Collect) self = user_data;
  GError *error = NULL;

  if (!jk_desk_finish (JK_DESK (source), result, &error))
    g_task_return_error (self->asked, error);
  else if (self->parcels->len == 0)
    g_task_return_new_error (self->asked,
                             JK_DESK_ERROR,
                             JK_DESK_ERROR_EMPTY,
                             "Nobody has handed in at this PC yet; there is no result to copy. "
                             "Copy again after the hand-in.");
  else
    jk_desk_deliver (JK_DESK (source),
                     g_steal_pointer (&self->parcels),
                     self->folder,
                     self->progress,
                     g_steal_pointer (&self->asked));
}

void
jk_desk_copy_async (JkDesk *self,
                    const char *folder,
                    JkFolderProgress progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self) && folder != NULL);
  Collect *data = g_new0 (Collect, 1);

  data->asked = new_task (self, cancellable, callback, user_data);
  data->parcels = jk_desk_parcels_new ();
  data->progress = jk_progress_new (self->context, progress, progress_data);
  data->folder = g_strdup (folder);
  jk_desk_work_behind (self, collect, data, collected, data);
}

GPtrArray *
jk_desk_folder_finish (JkDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
