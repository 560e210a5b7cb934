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

static void
scroll_to_focus (GtkScrolledWindow *scroll, GParamSpec *pspec, GtkAdjustment *at)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (scroll));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t place;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (scroll)) ||
      !gtk_widget_compute_bounds (focus, GTK_WIDGET (scroll), &place))
    return;
  double top = gtk_adjustment_get_value (at) + (double) place.origin.y;
  gtk_adjustment_clamp_page (at, top, top + (double) place.size.height);
}

void
jk_in_sight_keep_focus (GtkScrolledWindow *scroll)
{
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroll),
                           "notify::page-size",
                           G_CALLBACK (scroll_to_focus),
                           scroll,
                           G_CONNECT_SWAPPED);
}
