/* SPDX-License-Identifier: Apache-2.0 */
/* panel/signers.c: see the header. */
#include "panel/signers.h"

#include "common/children.h"
#include "common/paragraph.h"
#include "common/secret-entry.h"
#include "common/style-class.h"
#include "common/wrap-layout.h"
#include "panel/act-text.h"
#include "panel/role-picker.h"

#include <glib/gi18n.h>

struct _JkSigners {
  GtkWidget parent_instance;

  /* Of the template */
  GtkLabel *again_title;
  GtkWidget *again_box, *second_box;
  JkSecretEntry *again, *second_passcode;
  JkRolePicker *second;

  /* Plain */
  JkRoleName role; /* who opened the panel */
  gboolean asks_again, asks_second;
};

G_DEFINE_FINAL_TYPE (JkSigners, jk_signers, GTK_TYPE_WIDGET)

void
jk_signers_ask (JkSigners *self,
                const JkSession *session,
                JkRoleName role,
                gboolean again,
                gboolean second,
                guint32 left_out)
{
  g_return_if_fail (JK_IS_SIGNERS (self));
  g_autofree char *name = jk_act_text_dup_role (role);
  g_autofree char *title = g_strdup_printf (
      /* Translators: a role of the proctors. zh: 再次输入%s的密码 */
      _ ("Passcode of the %s once more"),
      name);

  self->role = role;
  self->asks_again = again;
  self->asks_second = second;
  gtk_label_set_text (self->again_title, title);
  gtk_widget_set_visible (self->again_box, again);
  gtk_widget_set_visible (self->second_box, second);
  gtk_widget_set_visible (GTK_WIDGET (self), again || second);
  jk_role_picker_offer (self->second, session, left_out);
}

GtkWidget *
jk_signers_find_missing (JkSigners *self, const char **out_sentence)
{
  g_return_val_if_fail (JK_IS_SIGNERS (self), NULL);
  if (self->asks_again && jk_secret_entry_is_empty (self->again)) {
    /* Translators: zh: 此操作不可撤销，请再次输入您的密码。 */
    *out_sentence = _ ("This cannot be undone: type your passcode once more.");
    return GTK_WIDGET (self->again);
  }
  if (self->asks_second && jk_secret_entry_is_empty (self->second_passcode)) {
    /* Translators: zh: 请第二个人选择信封并输入密码。 */
    *out_sentence = _ ("A second person chooses an envelope and types its passcode.");
    return GTK_WIDGET (self->second_passcode);
  }
  return NULL;
}

JkSecret *
jk_signers_dup_again (JkSigners *self)
{
  g_return_val_if_fail (JK_IS_SIGNERS (self), NULL);
  return jk_secret_entry_dup_secret (self->again);
}

JkSecret *
jk_signers_dup_second (JkSigners *self)
{
  g_return_val_if_fail (JK_IS_SIGNERS (self), NULL);
  return jk_secret_entry_dup_secret (self->second_passcode);
}

JkRoleName
jk_signers_get_second (JkSigners *self)
{
  g_return_val_if_fail (JK_IS_SIGNERS (self), 0);
  return self->asks_second ? jk_role_picker_get_role (self->second) : 0;
}

void
jk_signers_clear (JkSigners *self)
{
  g_return_if_fail (JK_IS_SIGNERS (self));
  jk_secret_entry_clear (self->again);
  jk_secret_entry_clear (self->second_passcode);
}

/* By a screen reader too, until something is typed. */
static void
set_wrong (JkSecretEntry *entry, gboolean is_wrong)
{
  jk_style_class_set (GTK_WIDGET (entry), "wrong", is_wrong);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                        : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
on_typed (JkSecretEntry *entry)
{
  set_wrong (entry, FALSE);
}

void
jk_signers_refuse (JkSigners *self, JkRoleName refused)
{
  g_return_if_fail (JK_IS_SIGNERS (self));
  JkSecretEntry *entry = refused == self->role ? self->again : self->second_passcode;

  if (refused == 0) {
    jk_signers_clear (self);
    jk_signers_grab_focus (self);
    return;
  }
  jk_secret_entry_clear (entry);
  set_wrong (entry, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

void
jk_signers_grab_focus (JkSigners *self)
{
  g_return_if_fail (JK_IS_SIGNERS (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->asks_again ? self->again : self->second_passcode));
}

static void
dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JK_TYPE_SIGNERS);
  jk_children_drop (GTK_WIDGET (object));
  G_OBJECT_CLASS (jk_signers_parent_class)->dispose (object);
}

static void
jk_signers_class_init (JkSignersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_ROLE_PICKER);
  g_type_ensure (JK_TYPE_SECRET_ENTRY);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/signers.ui");
  gtk_widget_class_bind_template_child (widget_class, JkSigners, again_title);
  gtk_widget_class_bind_template_child (widget_class, JkSigners, again_box);
  gtk_widget_class_bind_template_child (widget_class, JkSigners, again);
  gtk_widget_class_bind_template_child (widget_class, JkSigners, second_box);
  gtk_widget_class_bind_template_child (widget_class, JkSigners, second);
  gtk_widget_class_bind_template_child (widget_class, JkSigners, second_passcode);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
jk_signers_init (JkSigners *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
