/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-work.c: what is slow, on a worker.
 *
 * The worker has seat and sitting for itself meanwhile: nothing on the desk's thread looks at them
 * before it is done. */
#include "desk/desk-private.h"

typedef struct {
  /* Borrowed */
  JkDeskJob job;
  /* Owned */
  gpointer data;
  GDestroyNotify free_data;
  GTask *asked; /* what the caller waits for */
} Work;

static void
work_free (gpointer user_data)
{
  Work *self = user_data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_clear_object (&self->asked);
  g_free (self);
}

static void
run (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  if (work->job (JK_DESK (source), work->data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
set_busy (JkDesk *self, gint change)
{
  self->n_busy += change;
  jk_desk_notify (self, JK_DESK_PROP_BUSY);
}

static void
done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JkDesk *self = JK_DESK (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) asked = g_object_ref (work->asked);
  g_autoptr (GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  set_busy (self, -1);
  if (!self->is_closed) {
    jk_desk_choose_sitting (self);
    jk_desk_look (self);
  }
  if (ok)
    g_task_return_boolean (asked, TRUE);
  else
    g_task_return_error (asked, g_steal_pointer (&error));
}

void
jk_desk_work (JkDesk *self,
              JkDeskJob job,
              gpointer data,
              GDestroyNotify free_data,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) asked = g_task_new (self, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  *work = (Work){
    .job = job,
    .data = data,
    .free_data = free_data,
    .asked = g_object_ref (asked),
  };
  if (jk_desk_is_busy (self)) {
    g_task_return_new_error (asked,
                             JK_DESK_ERROR,
                             JK_DESK_ERROR_BUSY,
                             "This PC is at something else; wait a moment and try again.");
    work_free (work);
    return;
  }
  g_autoptr (GTask) task = g_task_new (self, NULL, done, NULL);
  g_task_set_task_data (task, work, work_free);
  set_busy (self, 1);
  g_task_run_in_thread (task, run);
}

gboolean
jk_desk_finish (JkDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
