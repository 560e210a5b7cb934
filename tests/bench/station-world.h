/* SPDX-License-Identifier: Apache-2.0 */
/* station-world.h: this machine, at the hour of an exam of tests/support/exam.h, where a guess at a
 * secret costs next to nothing. */
#pragma once

#include "base/fast-clock.h"
#include "support/exam.h"

typedef struct {
  JkWorld world;
  JkClock clock;
  JkFastClock fast;   /* reads that one, when time is to pass faster */
  JkTestWorld *fakes; /* owned; whose costs are taken */
} BenchWorld;

/* Its hour is 08:55 of the exam's day when it is that many ms after start_ms of the real clock,
 * and from then on it is speed times as fast. */
void bench_world_init (BenchWorld *self, gint64 start_ms, guint speed);
void bench_world_clear (BenchWorld *self);
