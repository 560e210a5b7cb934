/* SPDX-License-Identifier: Apache-2.0 */
/* common/fault-list.c: see the header. */
#include "common/fault-list.h"

#include "common/paragraph.h"

void
jk_fault_list_fill (GtkBox *lines, GtkWidget *frame, JkDesk *desk)
{
  g_return_if_fail (GTK_IS_BOX (lines) && GTK_IS_WIDGET (frame) && JK_IS_DESK (desk));
  GtkWidget *child;
  const char *fault;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (lines))) != NULL)
    gtk_box_remove (lines, child);
  while ((fault = jk_desk_get_fault (desk, n)) != NULL) {
    gtk_box_append (lines, jk_paragraph_new (fault));
    n++;
  }
  gtk_widget_set_visible (frame, n > 0);
}
