/* SPDX-License-Identifier: Apache-2.0 */
/* desk/progress.c: see the header. */
#include "desk/progress.h"

struct _JkProgress {
  /* Owned */
  GMainContext *context;
  GMutex mutex; /* of name, done, total, is_told */
  char *name;

  /* Borrowed */
  gpointer user_data;

  /* Plain */
  JkFolderProgress progress; /* NULL: stopped */
  guint64 done, total;
  gboolean is_told; /* nothing is on its way to the thread that shows */
  gint n_refs;      /* atomic */
};

JkProgress *
jk_progress_new (GMainContext *context, JkFolderProgress progress, gpointer user_data)
{
  JkProgress *self = g_new0 (JkProgress, 1);

  self->context = g_main_context_ref (context);
  g_mutex_init (&self->mutex);
  self->user_data = user_data;
  self->progress = progress;
  self->is_told = TRUE;
  self->n_refs = 1;
  return self;
}

JkProgress *
jk_progress_ref (JkProgress *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_int_inc (&self->n_refs);
  return self;
}

void
jk_progress_unref (JkProgress *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->n_refs))
    return;
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self->name);
  g_free (self);
}

static gboolean
tell (gpointer user_data)
{
  JkProgress *self = user_data;

  g_mutex_lock (&self->mutex);
  g_autofree char *name = g_steal_pointer (&self->name);
  guint64 done = self->done;
  guint64 total = self->total;
  self->is_told = TRUE;
  g_mutex_unlock (&self->mutex);
  if (self->progress != NULL)
    self->progress (name, done, total, self->user_data);
  return G_SOURCE_REMOVE;
}

void
jk_progress_tell (JkProgress *self, const char *name, guint64 done, guint64 total)
{
  g_return_if_fail (self != NULL && name != NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean was_told = self->is_told;

  g_free (self->name);
  self->name = g_strdup (name);
  self->done = done;
  self->total = total;
  self->is_told = FALSE;
  if (!was_told)
    return;
  /* Not g_main_context_invoke: between two iterations that would tell on this thread. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, jk_progress_ref (self), (GDestroyNotify) jk_progress_unref);
  g_source_attach (source, self->context);
}

void
jk_progress_stop (JkProgress *self)
{
  g_return_if_fail (self != NULL);
  self->progress = NULL;
}
