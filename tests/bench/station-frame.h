/* SPDX-License-Identifier: Apache-2.0 */
/* station-frame.h: when a window's frames are on the screen. */
#pragma once

#include <gtk/gtk.h>

typedef struct {
  gint64 start_ns;   /* of what the next frame shows, monotonic; 0: nothing is awaited */
  gint64 latency_ns; /* from there until the X server had drawn it; 0: not yet */
} BenchFrame;

gint64 bench_now_ns (void);
gint64 bench_cpu_ns (void); /* of this process */

/* Watches the frames of a window that is not shown yet; self must outlive it. */
void bench_frame_watch (BenchFrame *self, GtkWidget *window);

/* Runs the main loop until the awaited frame is on the screen; gives its latency. */
gint64 bench_frame_await (BenchFrame *self);

/* Runs it for that long. */
void bench_frame_rest_ms (guint ms);

/* What is resident of this process. */
guint64 bench_resident_kib (void);
