/* SPDX-License-Identifier: Apache-2.0 */
/* What no view under test calls: here so that the real desk is not linked. */
#include "desk/desk.h"

JkDesk *
jk_desk_new (const JkDeskPlace *place, GError **error)
{
  return NULL;
}

void
jk_desk_close (JkDesk *self)
{
}

GBytes *
jk_desk_get_photo (JkDesk *self)
{
  return NULL;
}

const char *
jk_desk_get_fault (JkDesk *self, guint n)
{
  return NULL;
}

gint64
jk_desk_get_start_in_ms (JkDesk *self)
{
  return 0;
}

guint64
jk_desk_get_wait_ms (JkDesk *self, const char *admission)
{
  return 0;
}

guint64
jk_desk_get_granted_ms (JkDesk *self)
{
  return 0;
}

void
jk_desk_open_room_async (JkDesk *self,
                         const char *room_code,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
}

void
jk_desk_log_in_async (JkDesk *self,
                      const char *admission,
                      const char *id_number,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
}

void
jk_desk_start_async (JkDesk *self,
                     const char *first,
                     const char *second,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
}

gboolean
jk_desk_confirm (JkDesk *self, GError **error)
{
  return TRUE;
}

gboolean
jk_desk_choose (JkDesk *self, guint position, guint place, GError **error)
{
  return TRUE;
}

gboolean
jk_desk_clear (JkDesk *self, guint position, GError **error)
{
  return TRUE;
}

gboolean
jk_desk_flag (JkDesk *self, guint position, gboolean flagged, GError **error)
{
  return TRUE;
}

void
jk_desk_visit (JkDesk *self, guint position)
{
}

void
jk_desk_note_focus (JkDesk *self, JkFocusKind kind)
{
}

void
jk_desk_dismiss (JkDesk *self)
{
}
