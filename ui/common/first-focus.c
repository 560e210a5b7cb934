/* SPDX-License-Identifier: Apache-2.0 */
/* common/first-focus.c: see the header. */
#include "common/first-focus.h"

#define KEY "jk-first-focus"

static void
forget (gpointer data)
{
  GWeakRef *first = data;

  g_weak_ref_clear (first);
  g_free (first);
}

void
jk_first_focus_set (GtkWidget *view, GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (view) && GTK_IS_WIDGET (widget));
  GWeakRef *first = g_new0 (GWeakRef, 1);

  g_weak_ref_init (first, widget);
  g_object_set_data_full (G_OBJECT (view), KEY, first, forget);
}

gboolean
jk_first_focus_grab (GtkWidget *view)
{
  g_return_val_if_fail (GTK_IS_WIDGET (view), FALSE);
  GWeakRef *first = g_object_get_data (G_OBJECT (view), KEY);
  g_autoptr (GtkWidget) widget = first != NULL ? g_weak_ref_get (first) : NULL;

  return widget != NULL && gtk_widget_grab_focus (widget);
}
