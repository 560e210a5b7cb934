/* SPDX-License-Identifier: Apache-2.0 */
/* base/clock.h: the only way to ask for the time.
 *
 * How long is measured with the monotonic clock, which nobody can set (P5); the wall clock is only
 * recorded. The difference of boot time and monotonic time is time spent suspended. */
#pragma once

#include <glib.h>

#define JK_BOOT_ID_BYTES 16

typedef struct _JkClock JkClock;

struct _JkClock {
  gint64 (*monotonic_us) (const JkClock *self); /* CLOCK_MONOTONIC: stands still while suspended */
  gint64 (*boottime_us) (const JkClock *self);  /* CLOCK_BOOTTIME: goes on while suspended */
  gint64 (*wall_ms) (const JkClock *self);      /* since 1970, as the PC believes */
  void (*boot_id) (const JkClock *self, guint8 out_id[static JK_BOOT_ID_BYTES]);
};

/* The clocks of this machine. Never NULL, never freed. */
const JkClock *jk_clock_system (void);
