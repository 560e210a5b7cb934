/* SPDX-License-Identifier: Apache-2.0 */
/* station-frames.h: how long each frame of a window takes, from the start of its layout until the X
 * server has drawn it. */
#pragma once

#include <gtk/gtk.h>

/* The descriptor that bench_server_spawn gives: a beat on it for each frame, 0 after the last. */
#define BENCH_BEAT_FD 3

typedef struct {
  /* Owned */
  GArray *ns;       /* of gint64: one a frame */
  GArray *plain_ns; /* of those that nothing new in look went before */
  GArray *cpu_ns;   /* processor time of the plain ones, which a busy machine leaves alone */
  /* Plain */
  gint64 start_cpu_ns;
  gboolean is_new_look; /* set by who changes text size or colours; off after the next frame */
  gint64 start_ns;
  gboolean is_painted, has_beat;
} BenchFrames;

/* Watches a window that is not shown yet; self must outlive it. With has_beat each frame is told on
 * BENCH_BEAT_FD. */
void bench_frames_init (BenchFrames *self, GtkWidget *window, gboolean has_beat);

/* Prints them as lines "frame NANOSECONDS", the plain ones once more as "plain NANOSECONDS", and
 * their processor time as "plain-cpu NANOSECONDS", and frees. */
void bench_frames_print (BenchFrames *self);
