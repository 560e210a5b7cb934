/* SPDX-License-Identifier: Apache-2.0 */
/* station/exam-page.c: see the header. */
#include "station/exam-page.h"

struct _JkExamPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (JkExamPage, jk_exam_page, GTK_TYPE_WIDGET)

static void
dispose (GObject *object)
{
  JkExamPage *self = JK_EXAM_PAGE (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_EXAM_PAGE);
  G_OBJECT_CLASS (jk_exam_page_parent_class)->dispose (object);
}

static void
jk_exam_page_class_init (JkExamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/exam-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, title);
}

static void
jk_exam_page_init (JkExamPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_exam_page_new (JkDesk *desk, JkTheme *theme)
{
  JkExamPage *self = g_object_new (JK_TYPE_EXAM_PAGE, NULL);

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->title, jk_page_get_name (jk_desk_get_page (desk)));
  return GTK_WIDGET (self);
}
