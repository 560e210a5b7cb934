/* SPDX-License-Identifier: Apache-2.0 */
/* station/waiting-page.c: see the header. */
#include "station/waiting-page.h"

struct _JkWaitingPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (JkWaitingPage, jk_waiting_page, GTK_TYPE_WIDGET)

static void
dispose (GObject *object)
{
  JkWaitingPage *self = JK_WAITING_PAGE (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_WAITING_PAGE);
  G_OBJECT_CLASS (jk_waiting_page_parent_class)->dispose (object);
}

static void
jk_waiting_page_class_init (JkWaitingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/waiting-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, title);
}

static void
jk_waiting_page_init (JkWaitingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_waiting_page_new (JkDesk *desk)
{
  JkWaitingPage *self = g_object_new (JK_TYPE_WAITING_PAGE, NULL);

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->title, jk_page_get_name (jk_desk_get_page (desk)));
  return GTK_WIDGET (self);
}
