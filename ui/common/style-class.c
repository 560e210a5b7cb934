/* SPDX-License-Identifier: Apache-2.0 */
/* common/style-class.c: states of widgets as the style sheet knows them. */
#include "common/style-class.h"

void
jk_style_class_set (GtkWidget *widget, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}
