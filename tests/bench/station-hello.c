/* SPDX-License-Identifier: Apache-2.0 */
/* station-hello: the least of a window, what bench-station measures against: one Chinese label in
 * the station's font. Prints nanoseconds to the first frame, since START_NS, and KiB resident then
 * and after some more frames. With "beside" it draws a frame for each beat of another window, and
 * prints what they took: what soak-station measures against. With "whole" each of its frames is all
 * of it. */
#include "station-frame.h"
#include "station-frames.h"

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

#define FRAMES 10
#define REST_MS 30
#define WHOLE_FRAMES 100
#define WHOLE_MS 100

static const char *const texts[] = { "世界，你好", "你好，世界" };

static GtkWidget *
make_window (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label),
                        "<span font_family='Noto Sans CJK SC'>你好，世界</span>");
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  return window;
}

static void
activate (GtkApplication *application, BenchFrame *frame)
{
  GtkWidget *window = make_window (application);

  bench_frame_watch (frame, window);
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
follow_beat (int fd, GIOCondition condition, gpointer user_data)
{
  GtkApplication *application = user_data;
  GtkWindow *window = gtk_application_get_active_window (application);
  GtkLabel *label = GTK_LABEL (gtk_window_get_child (window));
  char beats[64];

  if (read (fd, beats, sizeof beats) <= 0) {
    gtk_window_destroy (window);
    return G_SOURCE_REMOVE;
  }
  gboolean is_first = g_str_equal (gtk_label_get_text (label), texts[0]);
  gtk_label_set_text (label, texts[is_first ? 1 : 0]);
  return G_SOURCE_CONTINUE;
}

static int
draw_beside (GtkApplication *application)
{
  GtkWidget *window = make_window (application);
  BenchFrames frames;

  bench_frames_init (&frames, window, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  g_unix_fd_add (BENCH_BEAT_FD, G_IO_IN | G_IO_HUP, follow_beat, application);
  while (gtk_application_get_active_window (application) != NULL)
    g_main_context_iteration (NULL, TRUE);
  bench_frames_print (&frames);
  return 0;
}

static int
draw_whole (GtkApplication *application)
{
  GtkWidget *window = make_window (application);
  g_autoptr (GtkCssProvider) colour = gtk_css_provider_new ();
  BenchFrames frames;

  gtk_css_provider_load_from_data (colour, "window.other { background-color: #eeeedd; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (colour),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  bench_frames_init (&frames, window, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  for (guint n = 0; n < WHOLE_FRAMES; n++) {
    bench_frame_rest_ms (WHOLE_MS);
    if (n % 2 == 0)
      gtk_widget_add_css_class (window, "other");
    else
      gtk_widget_remove_css_class (window, "other");
  }
  gtk_window_destroy (GTK_WINDOW (window));
  bench_frames_print (&frames);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("cn.jikao.BenchHello", G_APPLICATION_NON_UNIQUE);
  const char *start = g_getenv ("START_NS");
  BenchFrame frame = { .start_ns =
                           start != NULL ? g_ascii_strtoll (start, NULL, 10) : bench_now_ns () };

  g_signal_connect (application, "activate", G_CALLBACK (activate), &frame);
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    return 1;
  if (argc > 1 && g_str_equal (argv[1], "beside"))
    return draw_beside (application);
  if (argc > 1 && g_str_equal (argv[1], "whole"))
    return draw_whole (application);
  g_application_activate (G_APPLICATION (application));
  gint64 first = bench_frame_await (&frame);
  printf ("first-cpu %" G_GINT64_FORMAT "\n", bench_cpu_ns ());
  printf ("first %" G_GINT64_FORMAT "\nresident-first %" G_GUINT64_FORMAT "\n",
          first,
          bench_resident_kib ());
  GtkLabel *label =
      GTK_LABEL (gtk_window_get_child (gtk_application_get_active_window (application)));
  /* With later frames come buffers that the first one does without. */
  for (guint n = 0; n < FRAMES; n++) {
    bench_frame_rest_ms (REST_MS);
    frame.start_ns = bench_now_ns ();
    gtk_label_set_text (label, texts[n % G_N_ELEMENTS (texts)]);
    bench_frame_await (&frame);
  }
  printf ("resident-last %" G_GUINT64_FORMAT "\n", bench_resident_kib ());
  return 0;
}
