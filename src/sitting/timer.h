/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/timer.h: exam time from readings of the clock: pure, counts running intervals only (P5).
 *
 * Exam time moves only by the monotonic clock and only while running. It never goes back, and a
 * step of the wall clock does not touch it. */
#pragma once

#include "plan/policy.h"
#include "sitting/row.h"

typedef struct {
  guint64 allotted_ms;
  guint64 extended_ms;
  guint64 used_ms; /* up to the last reading */
  gint64 last_monotonic_us;
  gboolean running;
} JkTimer;

typedef enum {
  JK_GAP_RESUMES,       /* within the policy: goes on by itself */
  JK_GAP_NEEDS_PROCTOR, /* too long, too often, or together too long */
} JkGapVerdict;

/* Begins at 0 and runs. */
void jk_timer_start (JkTimer *self, guint64 allotted_ms, gint64 monotonic_us);

/* Goes on from a durable exam time after a gap or a pause. */
void jk_timer_continue (JkTimer *self, guint64 used_ms, gint64 monotonic_us);
void jk_timer_stop (JkTimer *self, gint64 monotonic_us);

/* Takes a reading; returns exam time in ms. */
guint64 jk_timer_read (JkTimer *self, gint64 monotonic_us);
void jk_timer_extend (JkTimer *self, guint64 ms);

/* Never negative. */
guint64 jk_timer_get_left_ms (const JkTimer *self);

/* What a gap is, from the wall clock before and after; length 0 when the clock went back. */
void
jk_gap_measure (gint64 wall_before_ms, gint64 wall_after_ms, gboolean same_boot, JkGap *out_gap);

/* Whether the policy lets a sitting go on by itself after a gap, all earlier gaps and restarts
 * counted. A gap of unknown length counts as a restart only. */
JkGapVerdict jk_gap_judge (const JkPolicy *policy, const JkGap *gap, guint64 earlier_gaps_ms);
