/* SPDX-License-Identifier: Apache-2.0 */
/* What no view under test calls: here so that the real desk, and the panel on it, are not linked.
 */
#include "desk/desk.h"
#include "panel/panel-view.h"

JkDesk *
jk_desk_new (const JkDeskPlace *place, GError **error)
{
  return NULL;
}

void
jk_desk_close (JkDesk *self)
{
}

guint64
jk_desk_get_granted_ms (JkDesk *self)
{
  return 0;
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
jk_desk_lock (JkDesk *self, gboolean is_locked)
{
}

gboolean
jk_desk_is_locked (JkDesk *self)
{
  return FALSE;
}

const char *
jk_desk_get_walk_in (JkDesk *self)
{
  return NULL;
}

GtkWidget *
jk_panel_view_new (JkDesk *desk)
{
  return NULL;
}

void
jk_panel_view_focus (JkPanelView *self)
{
}

GType
jk_panel_view_get_type (void)
{
  return G_TYPE_INVALID;
}
