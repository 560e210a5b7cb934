/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/timer.h: exam time from readings of the clocks: pure, counts running intervals only (P5).
 *
 * Exam time moves only by the monotonic clock and only while running; the hall's end comes nearer
 * by the boot clock, which goes on while the PC sleeps. Neither goes back, and a step of the wall
 * clock does not touch them. What a candidate was given stands in the ledger. */
#pragma once

#include "plan/policy.h"
#include "sitting/ledger.h"

typedef struct {
  guint64 used_ms; /* up to the last reading */
  gint64 last_monotonic_us;
  gint64 common_end_us; /* by the boot clock, before what the candidate was given */
  gint64 paused_us;     /* by the boot clock, while is_paused */
  gboolean running, is_paused, has_common_end;
} JkTimer;

typedef enum {
  JK_GAP_RESUMES,       /* within the policy: goes on by itself */
  JK_GAP_NEEDS_PROCTOR, /* too long, too often, or together too long */
} JkGapVerdict;

/* Runs from this exam time on: 0 at first, the durable one after a gap or a pause. */
void jk_timer_continue (JkTimer *self, guint64 used_ms, gint64 monotonic_us);
void jk_timer_stop (JkTimer *self, gint64 monotonic_us);

/* A pause begins or ends: meanwhile the hall's end does not come nearer. Exam time is stopped and
 * continued by the two calls above. */
void jk_timer_pause (JkTimer *self, gint64 boottime_us);
void jk_timer_end_pause (JkTimer *self, gint64 boottime_us);

/* The hall ends in left_ms from now. */
void jk_timer_set_common_end (JkTimer *self, gint64 boottime_us, guint64 left_ms);

/* Takes a reading; returns exam time in ms. */
guint64 jk_timer_read (JkTimer *self, gint64 monotonic_us);

/* What is left by the ledger and, where the hall's end is known, until then. Never negative. */
guint64 jk_timer_get_left_ms (const JkTimer *self, const JkLedger *ledger, gint64 boottime_us);

/* What a gap is, from the wall clock before and after; length 0 when the clock went back. */
void
jk_gap_measure (gint64 wall_before_ms, gint64 wall_after_ms, gboolean same_boot, JkGap *out_gap);

/* Whether the policy lets a sitting go on by itself after these gaps. A gap of unknown length
 * counts as a restart only. */
JkGapVerdict jk_gap_judge (const JkPolicy *policy, const JkGaps *gaps);
