/* SPDX-License-Identifier: Apache-2.0 */
/* station/log-in-page.c: see the header. */
#include "station/log-in-page.h"

struct _JkLogInPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (JkLogInPage, jk_log_in_page, GTK_TYPE_WIDGET)

static void
dispose (GObject *object)
{
  JkLogInPage *self = JK_LOG_IN_PAGE (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_LOG_IN_PAGE);
  G_OBJECT_CLASS (jk_log_in_page_parent_class)->dispose (object);
}

static void
jk_log_in_page_class_init (JkLogInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/log-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkLogInPage, title);
}

static void
jk_log_in_page_init (JkLogInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_log_in_page_new (JkDesk *desk, JkTheme *theme)
{
  JkLogInPage *self = g_object_new (JK_TYPE_LOG_IN_PAGE, NULL);

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->title, jk_page_get_name (jk_desk_get_page (desk)));
  return GTK_WIDGET (self);
}
