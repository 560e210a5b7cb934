/* SPDX-License-Identifier: Apache-2.0 */
/* common/announce.c: says something to who listens with a screen reader. */
#include "common/announce.h"

#define KEY "jk-announced"

void
jk_announce (GtkWidget *widget, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!GTK_IS_WINDOW (root))
    return;
  if (g_strcmp0 (g_object_get_data (G_OBJECT (root), KEY), text) == 0)
    return;
  g_object_set_data_full (G_OBJECT (root), KEY, g_strdup (text), g_free);
  if (text == NULL)
    text = gtk_window_get_title (GTK_WINDOW (root));
  gtk_accessible_update_property (GTK_ACCESSIBLE (root),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "",
                                  -1);
}
