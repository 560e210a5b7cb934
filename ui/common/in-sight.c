/* SPDX-License-Identifier: Apache-2.0 */
/* common/in-sight.c: what a page says after a refusal is seen. */
#include "common/in-sight.h"

static void
scroll_to_end (GtkWidget *message, GParamSpec *pspec, GtkAdjustment *at)
{
  if (gtk_widget_get_visible (message))
    gtk_adjustment_set_value (at, gtk_adjustment_get_upper (at));
}

void
jk_in_sight_keep (GtkScrolledWindow *scroll, GtkWidget *message)
{
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroll),
                           "notify::upper",
                           G_CALLBACK (scroll_to_end),
                           message,
                           G_CONNECT_SWAPPED);
}
