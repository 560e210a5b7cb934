/* SPDX-License-Identifier: Apache-2.0 */
/* panel/role-picker.c: see the header. */
#include "panel/role-picker.h"

#include "common/children.h"
#include "common/wrap-layout.h"
#include "panel/act-text.h"

struct _JkRolePicker {
  GtkWidget parent_instance;

  /* Plain */
  guint role;
};

G_DEFINE_FINAL_TYPE (JkRolePicker, jk_role_picker, GTK_TYPE_WIDGET)

static void
toggled (GtkCheckButton *button, JkRolePicker *self)
{
  if (gtk_check_button_get_active (button))
    self->role = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "role"));
}

static void
add (JkRolePicker *self, JkRoleName role)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_autofree char *title = jk_act_text_dup_role (role);
  GtkWidget *button = g_object_new (GTK_TYPE_CHECK_BUTTON,
                                    "label",
                                    title,
                                    "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO,
                                    NULL);

  g_object_set_data (G_OBJECT (button), "role", GUINT_TO_POINTER (role));
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect (button, "toggled", G_CALLBACK (toggled), self);
  if (first == NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
}

void
jk_role_picker_offer (JkRolePicker *self, const JkSession *session, guint32 left_out)
{
  g_return_if_fail (JK_IS_ROLE_PICKER (self) && session != NULL);
  jk_children_drop (GTK_WIDGET (self));
  self->role = 0;
  for (guint n = 0; n < jk_session_get_n_roles (session); n++) {
    JkRoleName role = jk_session_get_role (session, n)->name;
    if ((left_out & 1u << role) == 0 && !jk_session_is_role_revoked (session, role))
      add (self, role);
  }
}

JkRoleName
jk_role_picker_get_role (JkRolePicker *self)
{
  g_return_val_if_fail (JK_IS_ROLE_PICKER (self), 0);
  return (JkRoleName) self->role;
}

static void
dispose (GObject *object)
{
  jk_children_drop (GTK_WIDGET (object));
  G_OBJECT_CLASS (jk_role_picker_parent_class)->dispose (object);
}

static void
jk_role_picker_class_init (JkRolePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, JK_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
jk_role_picker_init (JkRolePicker *self)
{
}
