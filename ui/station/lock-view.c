/* SPDX-License-Identifier: Apache-2.0 */
/* station/lock-view.c: see the header. */
#include "station/lock-view.h"

#include "common/children.h"
#include "common/duration.h"
#include "common/paragraph.h"
#include "common/problem.h"
#include "common/secret-entry.h"
#include "session/error.h"
#include "station/sentences.h"

#include <glib/gi18n.h>

struct _JkLockView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkLabel *seat;
  JkParagraph *left;
  JkSecretEntry *id_number;
  JkParagraph *problem;
  GtkWidget *unlock;
};

G_DEFINE_FINAL_TYPE (JkLockView, jk_lock_view, GTK_TYPE_WIDGET)

static guint unlocked;

static void
update_left (JkLockView *self)
{
  g_autofree char *left = jk_duration_dup (jk_desk_get_left_s (self->desk));
  /* Translators: zh: 剩余时间 %s */
  g_autofree char *text = g_strdup_printf (_ ("Time left %s"), left);
  g_autofree char *spoken = jk_duration_dup_minutes_left (jk_desk_get_left_s (self->desk));

  jk_paragraph_set_ticking (self->left, text, spoken);
}

static void
update_busy (JkLockView *self)
{
  gtk_widget_set_sensitive (self->unlock, !jk_desk_is_busy (self->desk));
}

static void
end_unlock (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkLockView) self = user_data;
  g_autoptr (GError) error = NULL;

  gboolean is_right = jk_desk_finish (JK_DESK (source), result, &error);
  /* The page was taken away meanwhile. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  jk_secret_entry_clear (self->id_number);
  gtk_widget_grab_focus (GTK_WIDGET (self->id_number));
  if (is_right) {
    g_signal_emit (self, unlocked, 0);
  } else if (g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN)) {
    /* Translators: zh: 证件号码不正确，请重新输入。 */
    jk_problem_tell (self->problem, _ ("This is not the right ID number; please type it again."));
  } else {
    g_autofree char *sentence = jk_sentence_dup (self->desk, error);
    jk_problem_tell (self->problem, sentence);
  }
}

static void
on_unlock (JkLockView *self)
{
  if (jk_secret_entry_is_empty (self->id_number) || jk_desk_is_busy (self->desk))
    return;
  g_autoptr (JkSecret) typed = jk_secret_entry_dup_secret (self->id_number);
  jk_problem_tell (self->problem, NULL);
  jk_desk_verify_async (self->desk,
                        (const char *) jk_secret_get (typed),
                        end_unlock,
                        g_object_ref (self));
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jk_lock_view_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (JK_LOCK_VIEW (widget)->id_number));
}

static void
dispose (GObject *object)
{
  JkLockView *self = JK_LOCK_VIEW (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_LOCK_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_lock_view_parent_class)->dispose (object);
}

static void
jk_lock_view_class_init (JkLockViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = map;
  unlocked = g_signal_new ("unlocked",
                           G_TYPE_FROM_CLASS (klass),
                           G_SIGNAL_RUN_LAST,
                           0,
                           NULL,
                           NULL,
                           NULL,
                           G_TYPE_NONE,
                           0);
  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_SECRET_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/lock-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkLockView, seat);
  gtk_widget_class_bind_template_child (widget_class, JkLockView, left);
  gtk_widget_class_bind_template_child (widget_class, JkLockView, id_number);
  gtk_widget_class_bind_template_child (widget_class, JkLockView, problem);
  gtk_widget_class_bind_template_child (widget_class, JkLockView, unlock);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock);
}

static void
jk_lock_view_init (JkLockView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_lock_view_new (JkDesk *desk)
{
  JkLockView *self = g_object_new (JK_TYPE_LOCK_VIEW, NULL);

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->seat, jk_desk_get_label (desk));
  g_signal_connect_object (desk, "notify::left", G_CALLBACK (update_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::busy", G_CALLBACK (update_busy), self, G_CONNECT_SWAPPED);
  update_left (self);
  update_busy (self);
  return GTK_WIDGET (self);
}
