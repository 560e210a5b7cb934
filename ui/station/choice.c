/* SPDX-License-Identifier: Apache-2.0 */
/* station/choice.c: one option of a question. */
#include "station/choice.h"

#include "common/paragraph.h"
#include "station/mark.h"

struct _JkChoice {
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *mark;
  GtkWidget *letter;
  GtkWidget *text;

  /* Plain */
  guint place;
  gboolean is_checked;
};

G_DEFINE_FINAL_TYPE (JkChoice, jk_choice, GTK_TYPE_WIDGET)

static void
choose (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "exam.choose", "u", JK_CHOICE (widget)->place);
}

static void
press (GtkGestureClick *gesture, int n_press, double x, double y, GtkWidget *widget)
{
  gtk_widget_grab_focus (widget);
}

static void
release (GtkGestureClick *gesture, int n_press, double x, double y, GtkWidget *widget)
{
  /* Where the pointer left it before the button came up, it was not meant. */
  if (!gtk_widget_contains (widget, x, y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  choose (widget, NULL, NULL);
}

static void
dispose (GObject *object)
{
  JkChoice *self = JK_CHOICE (object);

  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_pointer (&self->letter, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (jk_choice_parent_class)->dispose (object);
}

static void
jk_choice_class_init (JkChoiceClass *klass)
{
  static const guint keys[] = { GDK_KEY_space, GDK_KEY_Return, GDK_KEY_KP_Space, GDK_KEY_KP_Enter };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_css_name (widget_class, "option");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "option.choose", NULL, choose);
  for (guint n = 0; n < G_N_ELEMENTS (keys); n++)
    gtk_widget_class_add_binding_action (widget_class, keys[n], 0, "option.choose", NULL);
}

static void
jk_choice_init (JkChoice *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (press), self);
  g_signal_connect (click, "released", G_CALLBACK (release), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* Parts say nothing of their own to screen readers: the option has their texts as its name. */
static void
add_parts (JkChoice *self, gboolean is_multiple)
{
  const GtkAccessibleRole none = GTK_ACCESSIBLE_ROLE_NONE;

  self->mark = jk_mark_new (is_multiple);
  self->letter = g_object_new (JK_TYPE_PARAGRAPH, "accessible-role", none, NULL);
  self->text = g_object_new (JK_TYPE_PARAGRAPH, "accessible-role", none, "hexpand", TRUE, NULL);
  gtk_widget_set_valign (self->mark, GTK_ALIGN_START);
  gtk_widget_set_valign (self->letter, GTK_ALIGN_START);
  gtk_widget_set_valign (self->text, GTK_ALIGN_START);
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  gtk_widget_set_parent (self->letter, GTK_WIDGET (self));
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
}

GtkWidget *
jk_choice_new (gboolean is_multiple, guint place)
{
  JkChoice *self =
      g_object_new (JK_TYPE_CHOICE,
                    "accessible-role",
                    is_multiple ? GTK_ACCESSIBLE_ROLE_CHECKBOX : GTK_ACCESSIBLE_ROLE_RADIO,
                    NULL);

  self->place = place;
  add_parts (self, is_multiple);
  return GTK_WIDGET (self);
}

static void
show_text (JkChoice *self, const char *letter, const char *text, const char *name)
{
  jk_paragraph_set_text (JK_PARAGRAPH (self->letter), letter);
  jk_paragraph_set_text (JK_PARAGRAPH (self->text), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
jk_choice_set_text (JkChoice *self, const char *letter, const char *text)
{
  g_autofree char *name = g_strdup_printf ("%s %s", letter, text);
  g_return_if_fail (JK_IS_CHOICE (self));

  show_text (self, letter, text, name);
}

void
jk_choice_set_sign (JkChoice *self, const char *sign, const char *text)
{
  g_return_if_fail (JK_IS_CHOICE (self));

  show_text (self, sign, text, text);
}

void
jk_choice_set_checked (JkChoice *self, gboolean is_checked)
{
  g_return_if_fail (JK_IS_CHOICE (self));

  self->is_checked = is_checked;
  jk_mark_set_set (JK_MARK (self->mark), is_checked);
  if (is_checked)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_CHECKED,
                               is_checked ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                          : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

gboolean
jk_choice_is_checked (JkChoice *self)
{
  g_return_val_if_fail (JK_IS_CHOICE (self), FALSE);
  return self->is_checked;
}

void
jk_choice_warm (JkChoice *self, const char *text)
{
  g_return_if_fail (JK_IS_CHOICE (self));
  jk_paragraph_warm (JK_PARAGRAPH (self->text), text);
}
