/* SPDX-License-Identifier: Apache-2.0 */
/* panel/person-view.c: see the header. */
#include "panel/person-view.h"

#include "common/children.h"
#include "common/first-focus.h"
#include "common/paragraph.h"
#include "common/photo.h"
#include "common/wrap-layout.h"
#include "panel/act-text.h"
#include "panel/person-text.h"

#include <glib/gi18n.h>

struct _JkPersonView {
  GtkWidget parent_instance;

  /* Of the template */
  GtkWidget *back, *photo, *no_photo;
  GtkLabel *name, *state;
  JkParagraph *masked;
  GtkBox *acts;
};

G_DEFINE_FINAL_TYPE (JkPersonView, jk_person_view, GTK_TYPE_WIDGET)

/* In the order of an exam; what concerns a sitting is at the PC where it is. */
static const JkAct offered[] = {
  JK_ACT_WALK_IN,    JK_ACT_WRONG_ID, JK_ACT_LATE,     JK_ACT_UNLOCK,
  JK_ACT_NOT_ABSENT, JK_ACT_ABSENT,   JK_ACT_INCIDENT, JK_ACT_VIOLATION,
};

static void
read_photo (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkPersonView) self = user_data;
  g_autoptr (GBytes) photo = jk_panel_read_photo_finish (JK_PANEL (source), result, NULL);

  /* No photo is shown as none: nobody is kept from the exam by it. */
  if (self->photo != NULL)
    jk_photo_show (GTK_PICTURE (self->photo), self->no_photo, photo);
}

static void
add_let_in (JkPersonView *self, const JkPanelPerson *person)
{
  /* Translators: zh: 在本机入场 */
  GtkWidget *button = gtk_button_new_with_label (_ ("Let in at this PC"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "panel.let-in");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", person->record);
  gtk_widget_add_css_class (button, "suggested");
  gtk_box_append (self->acts, button);
}

static void
add_act (JkPersonView *self, JkPanel *panel, const JkPanelPerson *person, JkAct act)
{
  if (!jk_panel_may (panel, act, person->record))
    return;
  GtkWidget *button = gtk_button_new_with_label (jk_act_text_get_title (act));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "panel.order-of");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(uu)", person->record, (guint32) act);
  gtk_box_append (self->acts, button);
}

static void
show (JkPersonView *self, JkPanel *panel, const JkPanelPerson *person)
{
  g_autofree char *name = jk_person_text_dup_name (person);
  g_autofree char *masked = g_strdup_printf (
      /* Translators: zh: 证件号码 %s　准考证号 %s */
      _ ("ID number %s, admission number %s"),
      person->masked_id,
      person->admission);

  gtk_label_set_text (self->name, name);
  jk_paragraph_set_text (self->masked, masked);
  gtk_widget_set_visible (GTK_WIDGET (self->masked), person->admission[0] != '\0');
  gtk_label_set_text (self->state, jk_person_text_get_state (person));
  if (person->is_let_in)
    add_let_in (self, person);
  for (guint n = 0; n < G_N_ELEMENTS (offered); n++)
    add_act (self, panel, person, offered[n]);
}

static void
dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JK_TYPE_PERSON_VIEW);
  jk_children_drop (GTK_WIDGET (object));
  G_OBJECT_CLASS (jk_person_view_parent_class)->dispose (object);
}

static void
jk_person_view_class_init (JkPersonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/person-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkPersonView, back);
  gtk_widget_class_bind_template_child (widget_class, JkPersonView, photo);
  gtk_widget_class_bind_template_child (widget_class, JkPersonView, no_photo);
  gtk_widget_class_bind_template_child (widget_class, JkPersonView, name);
  gtk_widget_class_bind_template_child (widget_class, JkPersonView, masked);
  gtk_widget_class_bind_template_child (widget_class, JkPersonView, state);
  gtk_widget_class_bind_template_child (widget_class, JkPersonView, acts);
}

static void
jk_person_view_init (JkPersonView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_person_view_new (JkPanel *panel, const JkPanelPerson *person)
{
  JkPersonView *self = g_object_new (JK_TYPE_PERSON_VIEW, NULL);

  show (self, panel, person);
  jk_panel_read_photo_async (panel, person->record, read_photo, g_object_ref (self));
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->acts));
  jk_first_focus_set (GTK_WIDGET (self), first != NULL ? first : self->back);
  return GTK_WIDGET (self);
}
