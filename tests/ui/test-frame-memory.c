/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/frame-memory.h"
#include "common/theme.h"
#include "station/window.h"
#include "ui/fake-desk.h"

#include <sys/resource.h>

#define FRAMES 8
/* Another window may draw in the midst of a round: it adds pages, and takes none away. */
#define ROUNDS 4

static void
set_true (gboolean *flag)
{
  *flag = TRUE;
}

/* Returns when X is done with the frame's memory. */
static void
draw (GtkWindow *window, double opacity)
{
  gboolean is_drawn = FALSE;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gulong painted =
      g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (set_true), &is_drawn);

  gtk_widget_set_opacity (GTK_WIDGET (window), opacity);
  while (!is_drawn)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, painted);
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (window)));
}

/* Pages that the kernel had to find while the whole window was drawn anew so many times; of some
 * rounds the fewest. */
static long
count_pages (GtkWindow *window)
{
  struct rusage before, after;
  long fewest = G_MAXLONG;

  for (guint round = 0; round < ROUNDS; round++) {
    getrusage (RUSAGE_SELF, &before);
    for (guint n = 0; n < FRAMES; n++)
      draw (window, n % 2 == 0 ? 0.5 : 1);
    getrusage (RUSAGE_SELF, &after);
    fewest = MIN (fewest, after.ru_minflt - before.ru_minflt);
  }
  return fewest;
}

static void
frames_are_drawn_into_memory_that_is_kept (void **state)
{
  GtkWindow *window = jk_stage_show (gtk_label_new ("large"));

  long anew = count_pages (window);
  cairo_surface_t *memory = jk_frame_memory_new (gdk_display_get_default ());
  assert_non_null (memory);
  assert_in_range (count_pages (window), 0, anew / 4);
  cairo_surface_destroy (memory);
  jk_stage_close (window);
}

static void
the_window_of_a_seat_keeps_it_while_it_is_there (void **state)
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("cn.jikao.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr (JkDesk) desk = jk_fake_desk_new (1);
  g_autoptr (JkTheme) theme = jk_theme_new (gdk_display_get_default ());
  GtkWindow *bare = jk_stage_show (gtk_label_new ("large"));

  long anew = count_pages (bare);
  assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  GtkWindow *window = GTK_WINDOW (jk_station_window_new (application, desk, theme));
  gtk_window_present (window);
  jk_stage_settle ();
  assert_in_range (count_pages (bare), 0, anew / 4);
  gtk_window_destroy (window);
  jk_stage_settle ();
  assert_true (count_pages (bare) > anew / 2);
  jk_stage_close (bare);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (frames_are_drawn_into_memory_that_is_kept),
    cmocka_unit_test (the_window_of_a_seat_keeps_it_while_it_is_there),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
