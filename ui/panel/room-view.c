/* SPDX-License-Identifier: Apache-2.0 */
/* panel/room-view.c: see the header. */
#include "panel/room-view.h"

#include "common/children.h"
#include "common/exam-name.h"
#include "common/first-focus.h"
#include "common/in-sight.h"
#include "common/paragraph.h"
#include "common/problem.h"
#include "common/secret-entry.h"
#include "panel/refusal.h"
#include "sitting/error.h"

#include <glib/gi18n.h>

struct _JkRoomView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkScrolledWindow *scroll;
  GtkWidget *show, *open;
  JkSecretEntry *room_code;
  JkParagraph *sessions, *problem;
};

G_DEFINE_FINAL_TYPE (JkRoomView, jk_room_view, GTK_TYPE_WIDGET)

static guint done;

static void
opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkRoomView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = jk_desk_finish (JK_DESK (source), result, &error);

  /* The panel was closed meanwhile. */
  if (self->room_code == NULL)
    return;
  if (ok) {
    /* Translators: zh: 已开放登录。考生现在可以在本机登录。 */
    g_signal_emit (self, done, 0, _ ("Log-in is open. The candidate can log in at this PC now."));
    return;
  }
  g_autofree char *refusal = jk_refusal_dup (error);
  gboolean is_open = g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  const char *known =
      /* Translators: zh: 这是已开放场次的考场码。请输入另一场次的考场码。 */
      _ ("This is the room code of a session that is open already. Type that of the other one.");
  jk_problem_tell (self->problem, is_open ? known : refusal);
  gtk_widget_grab_focus (GTK_WIDGET (self->room_code));
}

static void
on_open (JkRoomView *self)
{
  if (jk_desk_is_busy (self->desk))
    return;
  if (jk_secret_entry_is_empty (self->room_code)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->room_code));
    return;
  }
  g_autoptr (JkSecret) code = jk_secret_entry_dup_secret (self->room_code);
  jk_problem_tell (self->problem, NULL);
  jk_desk_open_room_async (self->desk,
                           (const char *) jk_secret_get (code),
                           opened,
                           g_object_ref (self));
}

static void
update_busy (JkRoomView *self)
{
  gtk_widget_set_sensitive (self->open, !jk_desk_is_busy (self->desk));
}

static void
show_sessions (JkRoomView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const JkSession *session;

  for (guint n = 0; (session = jk_desk_get_beside (self->desk, JK_STAGE_LOADED, n)) != NULL; n++) {
    g_autofree char *name = jk_exam_name_dup (session);
    g_autofree char *place = jk_exam_name_dup_place (session);
    g_string_append_printf (text, "%s%s\n%s", n > 0 ? "\n" : "", name, place);
  }
  jk_paragraph_set_text (self->sessions, text->str);
}

static void
dispose (GObject *object)
{
  JkRoomView *self = JK_ROOM_VIEW (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_ROOM_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_room_view_parent_class)->dispose (object);
}

static void
jk_room_view_class_init (JkRoomViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_SECRET_ENTRY);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/room-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkRoomView, scroll);
  gtk_widget_class_bind_template_child (widget_class, JkRoomView, show);
  gtk_widget_class_bind_template_child (widget_class, JkRoomView, open);
  gtk_widget_class_bind_template_child (widget_class, JkRoomView, room_code);
  gtk_widget_class_bind_template_child (widget_class, JkRoomView, sessions);
  gtk_widget_class_bind_template_child (widget_class, JkRoomView, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  done = g_signal_new ("done",
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       G_TYPE_STRING);
}

static void
jk_room_view_init (JkRoomView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->show, jk_secret_entry_may_show ());
  jk_in_sight_keep (self->scroll, GTK_WIDGET (self->problem));
}

GtkWidget *
jk_room_view_new (JkDesk *desk)
{
  JkRoomView *self = g_object_new (JK_TYPE_ROOM_VIEW, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::busy", G_CALLBACK (update_busy), self, G_CONNECT_SWAPPED);
  show_sessions (self);
  jk_first_focus_set (GTK_WIDGET (self), GTK_WIDGET (self->room_code));
  return GTK_WIDGET (self);
}
