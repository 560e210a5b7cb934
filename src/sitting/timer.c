/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/timer.c: exam time and gaps (P5, P9). Forbidden here: any clock. */
#include "sitting/timer.h"

#define US_PER_MS 1000
#define MS_PER_S 1000

/* While a PC runs, its wall clock may be put right by a little; a flat battery shows after a boot.
 */
#define ADJUSTMENT_MS 2000

void
jk_timer_continue (JkTimer *self, guint64 used_ms, gint64 monotonic_us)
{
  self->used_ms = used_ms;
  self->last_monotonic_us = monotonic_us;
  self->running = TRUE;
}

void
jk_timer_stop (JkTimer *self, gint64 monotonic_us)
{
  jk_timer_read (self, monotonic_us);
  self->running = FALSE;
}

guint64
jk_timer_read (JkTimer *self, gint64 monotonic_us)
{
  if (self->running && monotonic_us > self->last_monotonic_us) {
    gint64 passed_ms = (monotonic_us - self->last_monotonic_us) / US_PER_MS;

    /* What is less than a millisecond stays for the next reading. */
    self->used_ms += (guint64) passed_ms;
    self->last_monotonic_us += passed_ms * US_PER_MS;
  }
  return self->used_ms;
}

void
jk_timer_pause (JkTimer *self, gint64 boottime_us)
{
  if (!self->is_paused)
    self->paused_us = boottime_us;
  self->is_paused = TRUE;
}

void
jk_timer_end_pause (JkTimer *self, gint64 boottime_us)
{
  if (self->is_paused && boottime_us > self->paused_us)
    self->common_end_us += boottime_us - self->paused_us;
  self->is_paused = FALSE;
}

void
jk_timer_set_common_end (JkTimer *self, gint64 boottime_us, guint64 left_ms)
{
  self->has_common_end = TRUE;
  self->common_end_us = boottime_us + (gint64) left_ms * US_PER_MS;
  if (self->is_paused)
    self->paused_us = boottime_us;
}

guint64
jk_timer_get_left_ms (const JkTimer *self, const JkLedger *ledger, gint64 boottime_us)
{
  guint64 own_end_ms = jk_ledger_get_own_limit_ms (ledger);
  guint64 own_ms = self->used_ms < own_end_ms ? own_end_ms - self->used_ms : 0;

  if (!self->has_common_end)
    return own_ms;
  gint64 granted_ms = (gint64) jk_ledger_get_granted_ms (ledger);
  gint64 end_us = self->common_end_us + granted_ms * US_PER_MS;
  gint64 now_us = self->is_paused ? self->paused_us : boottime_us;
  return now_us < end_us ? MIN (own_ms, (guint64) (end_us - now_us) / US_PER_MS) : 0;
}

void
jk_gap_measure (gint64 wall_before_ms, gint64 wall_after_ms, gboolean same_boot, JkGap *out_gap)
{
  guint64 before_ms = (guint64) wall_before_ms, after_ms = (guint64) wall_after_ms;

  /* Unsigned: a wall clock may claim anything, and the difference must not overflow. */
  *out_gap = (JkGap){ .kind = JK_GAP_RESTART };
  if (wall_after_ms >= wall_before_ms)
    out_gap->claimed_ms = MIN (after_ms - before_ms, JK_GAP_MS_MAX);
  else if (!same_boot || before_ms - after_ms > ADJUSTMENT_MS)
    out_gap->kind = JK_GAP_CLOCK_BACK;
}

JkGapVerdict
jk_gap_judge (const JkPolicy *policy, const JkGaps *gaps)
{
  if (gaps->restarts > policy->restarts_max)
    return JK_GAP_NEEDS_PROCTOR;
  if (gaps->longest_ms > (guint64) policy->gap_each_max_s * MS_PER_S)
    return JK_GAP_NEEDS_PROCTOR;
  if (gaps->total_ms > (guint64) policy->gaps_total_max_s * MS_PER_S)
    return JK_GAP_NEEDS_PROCTOR;
  return JK_GAP_RESUMES;
}
