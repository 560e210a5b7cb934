/* SPDX-License-Identifier: Apache-2.0 */
/* panel/panel-view.c: see the header. */
#include "panel/panel-view.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/first-focus.h"
#include "common/person-name.h"
#include "panel/act-text.h"
#include "panel/checks-view.h"
#include "panel/files-view.h"
#include "panel/handin-view.h"
#include "panel/home-view.h"
#include "panel/order-view.h"
#include "panel/people-view.h"
#include "panel/person-text.h"
#include "panel/person-view.h"
#include "panel/refusal.h"
#include "panel/room-view.h"
#include "panel/unlock-view.h"

#include <glib/gi18n.h>

struct _JkPanelView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  JkPanel *panel;
  GPtrArray *people; /* of JkPanelPerson, as last chosen from; NULL: not yet */

  /* Of the template */
  GtkLabel *seat, *role;
  GtkWidget *close;
  GtkBox *place;

  /* Plain */
  gboolean was_open, is_leaving;
};

G_DEFINE_FINAL_TYPE (JkPanelView, jk_panel_view, GTK_TYPE_WIDGET)

static guint closed;

static void
show (JkPanelView *self, GtkWidget *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->place));

  if (child != NULL)
    gtk_box_remove (self->place, child);
  gtk_widget_set_hexpand (view, TRUE);
  gtk_box_append (self->place, view);
  jk_first_focus_grab (view);
}

static void
show_home (JkPanelView *self, const char *done)
{
  show (self, jk_home_view_new (self->desk, self->panel, done));
  if (done != NULL)
    jk_announce (GTK_WIDGET (self), done);
}

/* Home is where the passcode is typed while the panel is locked. */
static void
go_home (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);

  if (jk_panel_get_role (self->panel) != 0)
    show_home (self, NULL);
  else
    show (self, jk_unlock_view_new (self->desk, self->panel, FALSE));
}

static void
show_files (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);

  show (self, jk_files_view_new (self->desk, self->panel, NULL));
}

static void
show_handin (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);
  const char *folder = g_variant_get_bytestring (parameter);

  show (self, jk_handin_view_new (self->desk, self->panel, folder));
}

static void
show_checks (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);

  show (self, jk_checks_view_new (self->desk));
}

/* Log-in is open: whoever came for it sits here. */
static void
room_is_open (GtkWidget *view, const char *sentence, JkPanelView *self)
{
  show_home (self, sentence);
}

static void
show_room (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);
  GtkWidget *view = jk_room_view_new (self->desk);

  g_signal_connect_object (view, "done", G_CALLBACK (room_is_open), self, 0);
  show (self, view);
}

static const JkPanelPerson *
find_person (JkPanelView *self, guint32 record)
{
  for (guint n = 0; self->people != NULL && n < self->people->len; n++) {
    const JkPanelPerson *person = g_ptr_array_index (self->people, n);
    if (person->record == record)
      return person;
  }
  return NULL;
}

static void
show_person (JkPanelView *self, GPtrArray *people, guint n)
{
  g_ptr_array_ref (people);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = people;
  show (self, jk_person_view_new (self->panel, g_ptr_array_index (people, n)));
}

static void
show_people (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);
  GtkWidget *view = jk_people_view_new (self->panel);

  g_signal_connect_object (view, "chosen", G_CALLBACK (show_person), self, G_CONNECT_SWAPPED);
  show (self, view);
}

/* In: the page is theirs now. */
static void
came_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkPanelView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jk_panel_finish (JK_PANEL (source), result, &error)) {
    gtk_widget_activate_action (GTK_WIDGET (self), "panel.close", NULL);
    return;
  }
  if (self->place == NULL)
    return;
  g_autofree char *sentence = jk_refusal_dup (error);
  show_home (self, sentence);
}

static void
let_person_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);

  jk_panel_admit_async (self->panel,
                        g_variant_get_uint32 (parameter),
                        came_in,
                        g_object_ref (self));
}

/* Who may come in by an order sits at this PC, where it was given; who moves needs a file of it. */
static void
order_is_done (JkOrderView *view, const char *sentence, JkPanelView *self)
{
  JkAct act = jk_order_view_get_act (view);

  if (act == JK_ACT_WALK_IN || act == JK_ACT_WRONG_ID)
    gtk_widget_activate_action (GTK_WIDGET (self),
                                "panel.let-in",
                                "u",
                                jk_order_view_get_record (view));
  else if (jk_order_view_takes_along (view))
    show (
        self,
        jk_files_view_new (
            self->desk,
            self->panel,
            /* Translators: zh: 第 1 步：插入优盘，点“写出换机文件”。第 2
               步：到新考试机打开监考面板，进入“优盘与文件夹”，点“在本机续考（换机）”。 */
            _ ("Step 1: put the stick in, and press “Write the file of a move”. Step 2: at the new "
               "PC, open the panel, “Stick or folder”, and press “Go on here after a move”.")));
  else
    show_home (self, sentence);
}

static void
show_order (JkPanelView *self, JkAct act, guint32 record, const char *who, const char *typed)
{
  GtkWidget *view = jk_order_view_new (self->desk, self->panel, act, record, who, typed);

  g_signal_connect_object (view, "done", G_CALLBACK (order_is_done), self, 0);
  show (self, view);
}

/* Of the whole PC, or of who sits here. */
static void
give_order (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);
  JkAct act = (JkAct) g_variant_get_uint32 (parameter);
  const JkPerson *person = jk_desk_get_person (self->desk);

  if (jk_act_get_rule (act)->target == JK_TARGET_STATION) {
    const char *session = jk_session_get_name (jk_desk_get_session (self->desk));
    show_order (self, act, JK_ORDER_EVERY, NULL, session);
  } else if (person != NULL) {
    g_autofree char *who = jk_person_name_dup (self->desk);
    const char *typed = person->seat[0] != '\0' ? person->seat : jk_person_name_get (self->desk);
    show_order (self, act, person->index, who, typed);
  }
}

/* Of somebody who may not sit here. */
static void
give_order_of (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);
  guint32 record, act;

  g_variant_get (parameter, "(uu)", &record, &act);
  const JkPanelPerson *person = find_person (self, record);
  if (person == NULL)
    return;
  g_autofree char *who = jk_person_text_dup_name (person);
  show_order (self, (JkAct) act, record, who, person->seat[0] != '\0' ? person->seat : who);
}

static void
close_panel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkPanelView *self = JK_PANEL_VIEW (widget);

  /* Who was called has come. */
  if (jk_panel_get_role (self->panel) != 0)
    jk_desk_call_proctor (self->desk, FALSE);
  self->is_leaving = TRUE;
  jk_panel_close (self->panel);
  g_signal_emit (self, closed, 0);
}

/* Who was at it a moment ago, and finds it locked, is told why. */
static void
lock (JkPanelView *self)
{
  gboolean has_locked = self->was_open && !self->is_leaving;
  GtkWidget *view = jk_unlock_view_new (self->desk, self->panel, has_locked);

  show (self, view);
  if (has_locked)
    /* Translators: zh: 面板已自动锁上，请重新输入密码。 */
    jk_announce (GTK_WIDGET (self), _ ("The panel has locked itself. Type the passcode again."));
}

/* Opened, or closed by itself after some time. */
static void
follow_role (JkPanelView *self)
{
  JkRoleName role = jk_panel_get_role (self->panel);
  g_autofree char *name = role != 0 ? jk_act_text_dup_role (role) : NULL;
  /* Translators: a role of the proctors. zh: 已由%s打开 */
  g_autofree char *opened = role != 0 ? g_strdup_printf (_ ("Opened by: %s"), name) : NULL;

  gtk_label_set_text (self->role, opened != NULL ? opened : "");
  gtk_widget_set_visible (GTK_WIDGET (self->role), role != 0);
  gtk_widget_set_visible (self->close, role != 0);
  if (role != 0)
    show_home (self, NULL);
  else
    lock (self);
  self->was_open = role != 0;
}

/* Another session: its envelopes are others. */
static void
follow_page (JkPanelView *self)
{
  const char *seat = jk_desk_get_label (self->desk);

  gtk_label_set_text (self->seat, seat != NULL ? seat : "");
  gtk_widget_set_visible (GTK_WIDGET (self->seat), seat != NULL);
}

void
jk_panel_view_focus (JkPanelView *self)
{
  g_return_if_fail (JK_IS_PANEL_VIEW (self));
  jk_first_focus_grab (gtk_widget_get_first_child (GTK_WIDGET (self->place)));
}

static void
dispose (GObject *object)
{
  JkPanelView *self = JK_PANEL_VIEW (object);

  if (self->panel != NULL)
    g_signal_handlers_disconnect_by_data (self->panel, self);
  g_clear_object (&self->panel);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_PANEL_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_panel_view_parent_class)->dispose (object);
}

static void
jk_panel_view_class_init (JkPanelViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/panel-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkPanelView, seat);
  gtk_widget_class_bind_template_child (widget_class, JkPanelView, role);
  gtk_widget_class_bind_template_child (widget_class, JkPanelView, close);
  gtk_widget_class_bind_template_child (widget_class, JkPanelView, place);
  gtk_widget_class_install_action (widget_class, "panel.close", NULL, close_panel);
  gtk_widget_class_install_action (widget_class, "panel.home", NULL, go_home);
  gtk_widget_class_install_action (widget_class, "panel.order", "u", give_order);
  gtk_widget_class_install_action (widget_class, "panel.order-of", "(uu)", give_order_of);
  gtk_widget_class_install_action (widget_class, "panel.people", NULL, show_people);
  gtk_widget_class_install_action (widget_class, "panel.room", NULL, show_room);
  gtk_widget_class_install_action (widget_class, "panel.files", NULL, show_files);
  gtk_widget_class_install_action (widget_class, "panel.handin", "ay", show_handin);
  gtk_widget_class_install_action (widget_class, "panel.checks", NULL, show_checks);
  gtk_widget_class_install_action (widget_class, "panel.let-in", "u", let_person_in);
  closed = g_signal_new ("closed",
                         G_TYPE_FROM_CLASS (klass),
                         G_SIGNAL_RUN_LAST,
                         0,
                         NULL,
                         NULL,
                         NULL,
                         G_TYPE_NONE,
                         0);
}

static void
jk_panel_view_init (JkPanelView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_panel_view_new (JkDesk *desk)
{
  JkPanelView *self = g_object_new (JK_TYPE_PANEL_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->panel = jk_panel_new (desk);
  g_signal_connect_object (self->panel,
                           "notify::role",
                           G_CALLBACK (follow_role),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::page", G_CALLBACK (follow_page), self, G_CONNECT_SWAPPED);
  follow_page (self);
  follow_role (self);
  return GTK_WIDGET (self);
}
