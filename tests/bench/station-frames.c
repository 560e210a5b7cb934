/* SPDX-License-Identifier: Apache-2.0 */
/* station-frames.c: see the header. */
#include "station-frames.h"

#include "station-frame.h"

#include <stdio.h>
#include <unistd.h>

static void
before_paint (GdkFrameClock *clock, BenchFrames *self)
{
  self->start_ns = bench_now_ns ();
  self->start_cpu_ns = bench_cpu_ns ();
  self->is_painted = FALSE;
}

static void
paint (GdkFrameClock *clock, BenchFrames *self)
{
  self->is_painted = TRUE;
}

static void
after_paint (GdkFrameClock *clock, BenchFrames *self)
{
  if (!self->is_painted)
    return;
  gdk_display_sync (gdk_display_get_default ());
  gint64 took_ns = bench_now_ns () - self->start_ns;
  gint64 cpu_ns = bench_cpu_ns () - self->start_cpu_ns;
  g_array_append_val (self->ns, took_ns);
  if (!self->is_new_look) {
    g_array_append_val (self->plain_ns, took_ns);
    g_array_append_val (self->cpu_ns, cpu_ns);
  }
  self->is_new_look = FALSE;
  if (self->has_beat && write (BENCH_BEAT_FD, "", 1) != 1)
    g_warning ("nobody draws beside this window any more");
}

static void
watch (GtkWidget *window, BenchFrames *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint), self);
  g_signal_connect (clock, "paint", G_CALLBACK (paint), self);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint), self);
}

void
bench_frames_init (BenchFrames *self, GtkWidget *window, gboolean has_beat)
{
  *self = (BenchFrames){ .ns = g_array_new (FALSE, FALSE, sizeof (gint64)),
                         .plain_ns = g_array_new (FALSE, FALSE, sizeof (gint64)),
                         .cpu_ns = g_array_new (FALSE, FALSE, sizeof (gint64)),
                         .has_beat = has_beat };
  g_signal_connect_after (window, "map", G_CALLBACK (watch), self);
}

static void
print (const char *word, GArray *ns)
{
  for (guint n = 0; n < ns->len; n++)
    printf ("%s %" G_GINT64_FORMAT "\n", word, g_array_index (ns, gint64, n));
  g_array_unref (ns);
}

void
bench_frames_print (BenchFrames *self)
{
  print ("frame", self->ns);
  print ("plain", self->plain_ns);
  print ("plain-cpu", self->cpu_ns);
}
