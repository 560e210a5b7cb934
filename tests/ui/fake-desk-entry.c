/* SPDX-License-Identifier: Apache-2.0 */
/* The way in: room code, log-in, confirming, start code. */
#include "ui/fake-desk.h"

GBytes *
jk_desk_get_photo (JkDesk *self)
{
  return self->photo;
}

const char *
jk_desk_get_fault (JkDesk *self, guint n)
{
  return n == 0 ? self->fault : NULL;
}

JkStage
jk_desk_get_stage (JkDesk *self)
{
  return self->stage;
}

const JkSession *
jk_desk_get_beside (JkDesk *self, JkStage stage, guint n)
{
  return n == 0 ? self->beside[stage] : NULL;
}

gint64
jk_desk_get_start_in_ms (JkDesk *self)
{
  return self->start_in_ms;
}

guint64
jk_desk_get_wait_ms (JkDesk *self, const char *admission)
{
  return self->wait_ms;
}

static void
take_typed (JkDesk *self, const char *first, const char *second)
{
  g_free (self->typed);
  g_free (self->typed_second);
  self->typed = g_strdup (first);
  self->typed_second = g_strdup (second);
}

void
jk_desk_open_room_async (JkDesk *self,
                         const char *room_code,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  take_typed (self, room_code, NULL);
  jk_fake_desk_begin_call (self, callback, user_data);
}

void
jk_desk_log_in_async (JkDesk *self,
                      const char *admission,
                      const char *id_number,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  take_typed (self, admission, id_number);
  jk_fake_desk_begin_call (self, callback, user_data);
}

void
jk_desk_start_async (JkDesk *self,
                     const char *first,
                     const char *second,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  take_typed (self, first, second);
  jk_fake_desk_begin_call (self, callback, user_data);
}

gboolean
jk_desk_confirm (JkDesk *self, GError **error)
{
  self->n_confirmed++;
  return jk_fake_desk_refuse (self, error);
}

void
jk_desk_dismiss (JkDesk *self)
{
  self->n_dismissed++;
}
