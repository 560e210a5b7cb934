/* SPDX-License-Identifier: Apache-2.0 */
/* panel/people-view.c: see the header. */
#include "panel/people-view.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/first-focus.h"
#include "common/paragraph.h"
#include "common/wrap-layout.h"
#include "desk/people.h"
#include "panel/person-text.h"
#include "panel/refusal.h"

#include <glib/gi18n.h>

struct _JkPeopleView {
  GtkWidget parent_instance;

  /* Owned */
  JkPanel *panel;
  GPtrArray *people; /* of JkPanelPerson; NULL before it was read */

  /* Of the template */
  GtkWidget *back;
  GtkBox *list;
  JkParagraph *problem;
};

G_DEFINE_FINAL_TYPE (JkPeopleView, jk_people_view, GTK_TYPE_WIDGET)

static guint chosen;

static void
on_clicked (GtkButton *button, JkPeopleView *self)
{
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));

  g_signal_emit (self, chosen, 0, self->people, n);
}

static void
add (JkPeopleView *self, guint n)
{
  const JkPanelPerson *person = g_ptr_array_index (self->people, n);
  g_autofree char *name = jk_person_text_dup_name (person);
  g_autofree char *text = g_strdup_printf ("%s  %s", name, jk_person_text_get_state (person));
  GtkWidget *button = gtk_button_new_with_label (text);

  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (n));
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (self->list, button);
}

static void
people_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkPeopleView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = jk_panel_read_people_finish (JK_PANEL (source), result, &error);

  /* The panel was closed meanwhile. */
  if (self->problem == NULL)
    return;
  if (people == NULL) {
    g_autofree char *sentence = jk_refusal_dup (error);
    jk_paragraph_set_text (self->problem, sentence);
    gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
    jk_announce (GTK_WIDGET (self), sentence);
    return;
  }
  self->people = g_steal_pointer (&people);
  for (guint n = 0; n < self->people->len; n++)
    add (self, n);
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  JkPeopleView *self = JK_PEOPLE_VIEW (object);

  g_clear_object (&self->panel);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_PEOPLE_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_people_view_parent_class)->dispose (object);
}

static void
jk_people_view_class_init (JkPeopleViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/people-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkPeopleView, back);
  gtk_widget_class_bind_template_child (widget_class, JkPeopleView, list);
  gtk_widget_class_bind_template_child (widget_class, JkPeopleView, problem);
  chosen = g_signal_new ("chosen",
                         G_TYPE_FROM_CLASS (klass),
                         G_SIGNAL_RUN_LAST,
                         0,
                         NULL,
                         NULL,
                         NULL,
                         G_TYPE_NONE,
                         2,
                         G_TYPE_PTR_ARRAY,
                         G_TYPE_UINT);
}

static void
jk_people_view_init (JkPeopleView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_people_view_new (JkPanel *panel)
{
  JkPeopleView *self = g_object_new (JK_TYPE_PEOPLE_VIEW, NULL);

  self->panel = g_object_ref (panel);
  jk_panel_read_people_async (panel, people_read, g_object_ref (self));
  jk_first_focus_set (GTK_WIDGET (self), self->back);
  return GTK_WIDGET (self);
}
