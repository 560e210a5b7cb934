/* SPDX-License-Identifier: Apache-2.0 */
/* tool/fast-clock.h: a clock that runs faster than another, for scripted rehearsals.
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
  gint64 start_us;        /* of real, when this began */
  _Atomic gint64 last_us; /* the last reading of monotonic time; 0 before it */
} JkFastClock;

/* real must outlive it. self stays where it is and is never const: readings are noted in it. */
void jk_fast_clock_init (JkFastClock *self, const JkClock *real, guint speed);
