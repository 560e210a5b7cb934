/* SPDX-License-Identifier: Apache-2.0 */
/* base/fast-clock.h: a clock that runs faster than another, for scripted rehearsals.
 *
 * Monotonic time is multiplied; wall clock and boot id are passed on. Boot time is monotonic time
 * as it was read last and what the PC really slept: two readings one after the other would be
 * seconds of exam time apart, and look like a suspend. */
#pragma once

#include "base/clock.h"

typedef struct {
  /* First, so that a pointer to it is a pointer to this */
  JkClock clock;
  /* Borrowed */
  const JkClock *real;
  /* Plain */
  guint speed;
  gint64 start_us;        /* of real, since when wall time is as fast; 0: it is real */
  _Atomic gint64 last_us; /* the last reading of monotonic time; 0 before it */
} JkFastClock;

/* real must outlive it. self stays where it is and is never const: readings are noted in it. */
void jk_fast_clock_init (JkFastClock *self, const JkClock *real, guint speed);

/* Of a fast clock, as a world has it: from now on wall time is as fast as the others, or each
 * second would look as if somebody had set it. Not before a sitting was resumed: how long it was
 * away is real time. */
void jk_fast_clock_pace_wall (const JkClock *clock);
