/* SPDX-License-Identifier: Apache-2.0 */
/* common/in-sight.c: what a page says after a refusal is seen. */
#include "common/in-sight.h"

/* px: what has the keyboard is inside an entry with a border, and that has a ring */
#define AROUND 16.0

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

static gboolean
scroll_to_focus (GtkWidget *scroll, GdkFrameClock *clock, gpointer user_data)
{
  GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroll));
  GtkRoot *root = gtk_widget_get_root (scroll);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t place;

  if (focus != NULL && gtk_widget_is_ancestor (focus, scroll) &&
      gtk_widget_compute_bounds (focus, scroll, &place)) {
    double top = gtk_adjustment_get_value (at) + (double) place.origin.y;
    gtk_adjustment_clamp_page (at, top - AROUND, top + (double) place.size.height + AROUND);
  }
  return G_SOURCE_REMOVE;
}

/* When all has its new place. */
static void
scroll_soon (GtkWidget *scroll)
{
  gtk_widget_add_tick_callback (scroll, scroll_to_focus, NULL, NULL);
}

void
jk_in_sight_keep_focus (GtkScrolledWindow *scroll)
{
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroll),
                           "changed",
                           G_CALLBACK (scroll_soon),
                           scroll,
                           G_CONNECT_SWAPPED);
}
