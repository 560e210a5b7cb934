/* SPDX-License-Identifier: Apache-2.0 */
/* station-world.c: this machine at the hour of an exam. */
#include "station-world.h"

#define HOUR_MS G_GINT64_CONSTANT (1619225700000) /* 2021-04-24 08:55 in China */

static gint64 shift_ms;

static gint64
read_wall_ms (const JkClock *clock)
{
  return jk_clock_system ()->wall_ms (jk_clock_system ()) + shift_ms;
}

void
bench_world_init (BenchWorld *self, gint64 start_ms, guint speed)
{
  shift_ms = HOUR_MS - start_ms;
  self->clock = *jk_clock_system ();
  self->clock.wall_ms = read_wall_ms;
  self->fakes = jk_test_world_new (1);
  self->world = *jk_world_system ();
  self->world.clock = &self->clock;
  if (speed > 1) {
    jk_fast_clock_init (&self->fast, &self->clock, speed);
    self->world.clock = &self->fast.clock;
  }
  self->world.costs = jk_test_world_get (self->fakes)->costs;
}

void
bench_world_clear (BenchWorld *self)
{
  jk_test_world_free (self->fakes);
}
