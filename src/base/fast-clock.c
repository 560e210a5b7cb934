/* SPDX-License-Identifier: Apache-2.0 */
/* base/fast-clock.c: a clock that runs faster than another. */
#include "base/fast-clock.h"

static gint64
monotonic_us (const JkClock *clock)
{
  JkFastClock *self = (JkFastClock *) clock;
  gint64 now_us = self->real->monotonic_us (self->real) * self->speed;

  self->last_us = now_us;
  return now_us;
}

static gint64
boottime_us (const JkClock *clock)
{
  const JkFastClock *self = (const JkFastClock *) clock;
  gint64 asleep_us = -self->real->monotonic_us (self->real);

  asleep_us += self->real->boottime_us (self->real);
  return (self->last_us != 0 ? self->last_us : monotonic_us (clock)) + asleep_us;
}

static gint64
wall_ms (const JkClock *clock)
{
  const JkFastClock *self = (const JkFastClock *) clock;
  gint64 passed_us =
      self->start_us != 0 ? self->real->monotonic_us (self->real) - self->start_us : 0;

  return self->real->wall_ms (self->real) + passed_us * (self->speed - 1) / 1000;
}

static void
boot_id (const JkClock *clock, guint8 out_id[static JK_BOOT_ID_BYTES])
{
  const JkFastClock *self = (const JkFastClock *) clock;

  self->real->boot_id (self->real, out_id);
}

void
jk_fast_clock_init (JkFastClock *self, const JkClock *real, guint speed)
{
  self->clock = (JkClock){
    .monotonic_us = monotonic_us,
    .boottime_us = boottime_us,
    .wall_ms = wall_ms,
    .boot_id = boot_id,
  };
  self->real = real;
  self->speed = speed;
  self->last_us = 0;
  self->start_us = 0;
}

void
jk_fast_clock_pace_wall (const JkClock *clock)
{
  JkFastClock *self = (JkFastClock *) clock;

  self->start_us = self->real->monotonic_us (self->real);
}
