/* SPDX-License-Identifier: Apache-2.0 */
/* station/sheet.c: a sheet over the page. */
#include "station/sheet.h"

struct _JkSheet {
  GtkWidget parent_instance;

  /* Of the template */
  GtkWidget *card;
  GtkLabel *title;
  GtkWidget *close;
  GtkScrolledWindow *scroll;
};

G_DEFINE_FINAL_TYPE (JkSheet, jk_sheet, GTK_TYPE_WIDGET)

enum {
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
close_sheet (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (JK_SHEET (widget)->close);
}

static void
dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JK_TYPE_SHEET);
  G_OBJECT_CLASS (jk_sheet_parent_class)->dispose (object);
}

static void
jk_sheet_class_init (JkSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  gtk_widget_class_set_css_name (widget_class, "sheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, JkSheet, card);
  gtk_widget_class_bind_template_child (widget_class, JkSheet, title);
  gtk_widget_class_bind_template_child (widget_class, JkSheet, close);
  gtk_widget_class_bind_template_child (widget_class, JkSheet, scroll);
  gtk_widget_class_install_action (widget_class, "sheet.close", NULL, close_sheet);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sheet.close", NULL);
  signals[CLOSED] = g_signal_new ("closed",
                                  JK_TYPE_SHEET,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
}

static void
jk_sheet_init (JkSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_sheet_new (const char *title, GtkWidget *child)
{
  JkSheet *self = g_object_new (JK_TYPE_SHEET, NULL);

  gtk_label_set_text (self->title, title);
  gtk_scrolled_window_set_child (self->scroll, child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}
