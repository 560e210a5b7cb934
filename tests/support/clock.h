/* SPDX-License-Identifier: Apache-2.0 */
/* support/clock.h: a clock that stands still until the test moves it. */
#pragma once

#include "base/clock.h"

typedef struct _JkTestClock JkTestClock;

/* Starts at 2021-04-24 00:50:00 UTC (08:50 in China), 100 s after boot number 1. */
JkTestClock *jk_test_clock_new (void);
void jk_test_clock_free (JkTestClock *self);

/* The clock as the code under test takes it; lent, and always up to date. */
const JkClock *jk_test_clock_get (const JkTestClock *self);

/* Time passes: monotonic, boot and wall time go on by us (not negative). */
void jk_test_clock_pass_us (JkTestClock *self, gint64 us);
void jk_test_clock_pass_s (JkTestClock *self, gint64 seconds);

/* Only monotonic and boot time go on, as if the wall clock were set back at once. */
void jk_test_clock_step_monotonic_us (JkTestClock *self, gint64 us);

/* Somebody sets the wall clock: by delta_ms forwards or, negative, backwards; or to a time. */
void jk_test_clock_step_wall_ms (JkTestClock *self, gint64 delta_ms);
void jk_test_clock_set_wall_ms (JkTestClock *self, gint64 wall_ms);

/* The lid is closed for us: boot and wall time go on, monotonic time stands still. */
void jk_test_clock_suspend_us (JkTestClock *self, gint64 us);

/* The PC is off for off_us and boots: a new boot id, monotonic and boot time begin again at 10 s.
 */
void jk_test_clock_reboot (JkTestClock *self, gint64 off_us);

/* How often the time was asked for, in all. */
guint jk_test_clock_get_n_reads (const JkTestClock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestClock, jk_test_clock_free)
