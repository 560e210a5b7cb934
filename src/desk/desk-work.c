/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-work.c: what is slow, on a worker.
 *
 * The worker has seat and sitting for itself meanwhile: nothing on the desk's thread looks at them
 * before it is done. What somebody asked for makes the desk busy; what comes by itself (mail, the
 * minute's look) is not to be felt: nobody's typing is cut off and no answer refused for it. */
#include "desk/desk-private.h"

typedef struct {
  /* Borrowed */
  JkDeskJob job;
  /* Owned */
  gpointer data;
  GDestroyNotify free_data;
  GTask *asked; /* what the caller waits for; NULL: nobody does */
  /* Plain */
  gboolean is_quiet; /* the desk is not busy with it */
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
set_asked (JkDesk *self, gboolean is_asked)
{
  self->is_asked = is_asked;
  jk_desk_notify (self, JK_DESK_PROP_BUSY);
}

static void done (GObject *source, GAsyncResult *result, gpointer user_data);

static GTask *
new_task (JkDesk *self, Work work)
{
  GTask *task = g_task_new (self, NULL, done, NULL);

  g_task_set_task_data (task, g_memdup2 (&work, sizeof work), work_free);
  return task;
}

/* Takes task. */
static void
begin (JkDesk *self, GTask *task)
{
  self->n_busy++;
  g_task_run_in_thread (task, run);
  g_object_unref (task);
}

static void
answer (GTask *asked, gboolean ok, GError *error)
{
  if (ok)
    g_task_return_boolean (asked, TRUE);
  else
    g_task_return_error (asked, error);
}

static void
done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JkDesk *self = JK_DESK (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) asked = g_steal_pointer (&work->asked);
  GError *error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  self->n_busy--;
  if (!self->is_closed)
    jk_desk_situations_take (self->situations, self->seat);
  if (asked != NULL && !work->is_quiet)
    set_asked (self, FALSE);
  if (!self->is_closed) {
    jk_desk_choose_sitting (self);
    jk_desk_catch_up (self);
    /* Before anybody is told what changed, who then may do something. */
    if (self->next != NULL)
      begin (self, g_steal_pointer (&self->next));
    else if (self->behind.length > 0)
      begin (self, g_queue_pop_head (&self->behind));
    else
      jk_desk_look (self);
  }
  if (asked != NULL)
    answer (asked, ok, error);
  else
    g_clear_error (&error);
}

void
jk_desk_set_busy_error (GError **error)
{
  g_set_error_literal (error,
                       JK_DESK_ERROR,
                       JK_DESK_ERROR_BUSY,
                       "This PC is at something else; wait a moment and try again.");
}

void
jk_desk_work (JkDesk *self,
              JkDeskJob job,
              gpointer data,
              GDestroyNotify free_data,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *asked = g_task_new (self, NULL, callback, user_data);
  GTask *task = new_task (self, (Work){ job, data, free_data, asked });

  if (self->is_asked) {
    GError *error = NULL;
    jk_desk_set_busy_error (&error);
    g_task_return_error (asked, error);
    g_object_unref (task);
    return;
  }
  if (self->n_busy > 0)
    self->next = task;
  else
    begin (self, task);
  set_asked (self, TRUE);
}

void
jk_desk_work_quietly (JkDesk *self, JkDeskJob job)
{
  g_return_if_fail (JK_IS_DESK (self) && self->n_busy == 0);
  begin (self, new_task (self, (Work){ .job = job }));
}

void
jk_desk_work_behind (JkDesk *self,
                     JkDeskJob job,
                     gpointer data,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (JK_IS_DESK (self) && !self->is_closed);
  GTask *asked = g_task_new (self, NULL, callback, user_data);
  GTask *task =
      new_task (self, (Work){ .job = job, .data = data, .asked = asked, .is_quiet = TRUE });

  if (self->n_busy > 0)
    g_queue_push_tail (&self->behind, task);
  else
    begin (self, task);
}

gboolean
jk_desk_finish (JkDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
