/* SPDX-License-Identifier: Apache-2.0 */
/* panel/unlock-view.c: see the header. */
#include "panel/unlock-view.h"

#include "common/children.h"
#include "common/first-focus.h"
#include "common/in-sight.h"
#include "common/paragraph.h"
#include "common/problem.h"
#include "common/secret-entry.h"
#include "panel/refusal.h"
#include "panel/role-picker.h"

#include <glib/gi18n.h>

struct _JkUnlockView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  JkPanel *panel;

  /* Of the template */
  GtkScrolledWindow *scroll;
  GtkWidget *envelope, *show, *open, *back, *locked;
  JkRolePicker *role;
  JkSecretEntry *passcode;
  JkParagraph *what, *problem;
};

G_DEFINE_FINAL_TYPE (JkUnlockView, jk_unlock_view, GTK_TYPE_WIDGET)

static void
opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkUnlockView) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Opened, this view is gone. */
  if (jk_panel_finish (JK_PANEL (source), result, &error) || self->passcode == NULL)
    return;
  g_autofree char *sentence = jk_refusal_dup (error);
  jk_secret_entry_clear (self->passcode);
  gtk_widget_grab_focus (GTK_WIDGET (self->passcode));
  jk_problem_tell (self->problem, sentence);
}

static void
on_open (JkUnlockView *self)
{
  if (jk_desk_is_busy (self->desk))
    return;
  if (jk_secret_entry_is_empty (self->passcode)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->passcode));
    return;
  }
  g_autoptr (JkSecret) typed = jk_secret_entry_dup_secret (self->passcode);
  jk_problem_tell (self->problem, NULL);
  jk_panel_open_async (self->panel,
                       jk_role_picker_get_role (self->role),
                       (const char *) jk_secret_get (typed),
                       opened,
                       g_object_ref (self));
}

static void
update_busy (JkUnlockView *self)
{
  gboolean is_busy = jk_desk_is_busy (self->desk);

  gtk_widget_set_sensitive (self->open, !is_busy);
  gtk_button_set_label (GTK_BUTTON (self->open),
                        /* Translators: zh: 正在核对… */
                        is_busy ? _ ("Checking…")
                                /* Translators: zh: 打开监考面板 */
                                : _ ("Open the panel"));
}

static void
offer (JkUnlockView *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);
  gboolean has_session = session != NULL;

  if (has_session)
    jk_role_picker_offer (self->role, session, 0);
  gtk_widget_set_visible (self->envelope, has_session);
  gtk_widget_set_visible (self->open, has_session);
  jk_paragraph_set_text (
      self->what,
      has_session
          /* Translators: zh: 监考人员使用。考试时间继续计算。 */
          ? _ ("For proctors. The exam time goes on.")
          /* Translators: zh: 本机还没有场次。请先从优盘或文件夹装入场次文件和题库文件。 */
          : _ ("There is no session on this PC yet. Load its session and question files from a "
               "stick or folder first."));
}

static void
dispose (GObject *object)
{
  JkUnlockView *self = JK_UNLOCK_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->panel);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_UNLOCK_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_unlock_view_parent_class)->dispose (object);
}

static void
jk_unlock_view_class_init (JkUnlockViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_ROLE_PICKER);
  g_type_ensure (JK_TYPE_SECRET_ENTRY);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/unlock-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, scroll);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, envelope);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, show);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, open);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, back);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, locked);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, role);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, passcode);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, what);
  gtk_widget_class_bind_template_child (widget_class, JkUnlockView, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
jk_unlock_view_init (JkUnlockView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->show, jk_secret_entry_may_show ());
  jk_in_sight_keep (self->scroll, GTK_WIDGET (self->problem));
}

GtkWidget *
jk_unlock_view_new (JkDesk *desk, JkPanel *panel, gboolean has_locked)
{
  JkUnlockView *self = g_object_new (JK_TYPE_UNLOCK_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->panel = g_object_ref (panel);
  g_signal_connect_object (desk, "notify::busy", G_CALLBACK (update_busy), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->locked, has_locked);
  offer (self);
  update_busy (self);
  jk_first_focus_set (GTK_WIDGET (self),
                      gtk_widget_get_visible (self->envelope) ? GTK_WIDGET (self->passcode)
                                                              : self->back);
  return GTK_WIDGET (self);
}
