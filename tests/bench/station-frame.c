/* SPDX-License-Identifier: Apache-2.0 */
/* station-frame.c: when a window's frames are on the screen. */
#include "station-frame.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

gint64
bench_now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

gint64
bench_cpu_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static void
after_paint (GdkFrameClock *clock, BenchFrame *self)
{
  if (self->start_ns == 0)
    return;
  gdk_display_sync (gdk_display_get_default ());
  self->latency_ns = bench_now_ns () - self->start_ns;
  self->start_ns = 0;
}

static void
realized (GtkWidget *window, BenchFrame *self)
{
  g_signal_connect (gtk_widget_get_frame_clock (window),
                    "after-paint",
                    G_CALLBACK (after_paint),
                    self);
}

void
bench_frame_watch (BenchFrame *self, GtkWidget *window)
{
  g_signal_connect_after (window, "map", G_CALLBACK (realized), self);
}

gint64
bench_frame_await (BenchFrame *self)
{
  while (self->start_ns != 0)
    g_main_context_iteration (NULL, TRUE);
  return self->latency_ns;
}

static gboolean
wake (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
bench_frame_rest_ms (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, wake, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

guint64
bench_resident_kib (void)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  at = strstr (text, "VmRSS:");
  return at != NULL ? g_ascii_strtoull (at + strlen ("VmRSS:"), NULL, 10) : 0;
}
