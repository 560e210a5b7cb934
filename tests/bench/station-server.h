/* SPDX-License-Identifier: Apache-2.0 */
/* station-server.h: an X server of one's own, 1280 x 800, and programs on it that are drawn by
 * Cairo without a graphics card. */
#pragma once

#include <gio/gio.h>

typedef struct {
  /* Owned */
  GSubprocess *process;
  char *display; /* ":7" */
} BenchServer;

/* FALSE when there is no X server here. It ends with this program. */
gboolean bench_server_start (BenchServer *self);

/* Starts a program whose output can be read; beat becomes its descriptor 3, -1: it has none. Ends
 * this program when it cannot. */
GSubprocess *bench_server_spawn (const BenchServer *self, const char *const *argv, int beat);

/* The lines a program prints, when it has ended well; ends this program when it has not. The caller
 * frees. */
char **bench_server_read (GSubprocess *child);
void bench_server_clear (BenchServer *self);
