/* SPDX-License-Identifier: Apache-2.0 */
/* common/children.c: the end of a widget that is made from a template. */
#include "common/children.h"

void
jk_children_drop (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}
