/* SPDX-License-Identifier: Apache-2.0 */
/* desk/opening.c: see the header. */
#include "desk/opening.h"

struct _JkDeskOpening {
  /* Owned */
  GThread *thread;

  /* Borrowed */
  JkDeskPlace place;

  /* Owned; of the thread until it is joined */
  JkDesk *desk;
  GError *error;
};

static gpointer
open_desk (gpointer data)
{
  JkDeskOpening *self = data;

  self->desk = jk_desk_new (&self->place, &self->error);
  return NULL;
}

JkDeskOpening *
jk_desk_opening_new (const JkDeskPlace *place)
{
  g_return_val_if_fail (place != NULL, NULL);
  JkDeskOpening *self = g_new0 (JkDeskOpening, 1);

  self->place = *place;
  self->thread = g_thread_new ("jk-opening", open_desk, self);
  return self;
}

JkDesk *
jk_desk_opening_finish (JkDeskOpening *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_thread_join (self->thread);
  JkDesk *desk = self->desk;
  if (self->error != NULL)
    g_propagate_error (error, self->error);
  g_free (self);
  return desk;
}
