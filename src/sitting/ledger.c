/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/ledger.c: the sums behind a candidate's time (P5). Forbidden here: any clock. */
#include "sitting/ledger.h"

guint64
jk_ledger_get_granted_ms (const JkLedger *self)
{
  return self->extended_ms + self->credited_ms;
}

guint64
jk_ledger_get_own_limit_ms (const JkLedger *self)
{
  guint64 base_ms = self->allotted_ms > self->late_ms ? self->allotted_ms - self->late_ms : 0;
  return base_ms + jk_ledger_get_granted_ms (self);
}

guint64
jk_ledger_get_limit_ms (const JkLedger *self)
{
  guint64 own_ms = jk_ledger_get_own_limit_ms (self);

  if (!self->has_common_end)
    return own_ms;
  gint64 common_ms = self->common_end_ms + (gint64) jk_ledger_get_granted_ms (self);
  return MIN (own_ms, (guint64) MAX (common_ms, 0));
}

guint64
jk_ledger_get_lost_ms (const JkLedger *self)
{
  gint64 base_ms = (gint64) (jk_ledger_get_own_limit_ms (self) - jk_ledger_get_granted_ms (self));
  gint64 short_ms = base_ms - self->common_end_ms - (gint64) self->credited_ms;

  return self->has_common_end && short_ms > 0 ? MIN (self->uncredited_ms, (guint64) short_ms) : 0;
}

gboolean
jk_ledger_take (JkLedger *self, JkEvent event, guint64 ms)
{
  guint64 *sum = event == JK_EVENT_LATE       ? &self->late_ms
                 : event == JK_EVENT_CREDITED ? &self->credited_ms
                                              : &self->extended_ms;

  if (ms > JK_GIVEN_MS_MAX - *sum)
    return FALSE;
  *sum += ms;
  if (event == JK_EVENT_CREDITED)
    self->uncredited_ms = 0;
  return TRUE;
}

static void
add_gap (JkGaps *self, const JkGap *gap, guint32 restarts)
{
  self->total_ms += gap->claimed_ms;
  self->longest_ms = MAX (self->longest_ms, gap->claimed_ms);
  self->restarts += restarts;
}

void
jk_ledger_take_gap (JkLedger *self, JkState state, gboolean is_waiting, const JkGap *gap)
{
  if (gap->kind != JK_GAP_SUSPEND)
    self->has_common_end = FALSE;
  else if (state != JK_STATE_PAUSED)
    self->common_end_ms -= (gint64) gap->claimed_ms;
  if (state != JK_STATE_RUNNING || is_waiting)
    return;
  guint32 restarts = gap->restarts - self->gaps.restarts;
  add_gap (&self->gaps, gap, restarts);
  add_gap (&self->judged, gap, restarts);
  self->uncredited_ms += gap->claimed_ms;
}

void
jk_ledger_set_common_end (JkLedger *self, guint64 exam_ms, guint64 left_ms)
{
  self->has_common_end = TRUE;
  self->common_end_ms = (gint64) (exam_ms + left_ms);
}

void
jk_ledger_release (JkLedger *self)
{
  self->judged = (JkGaps){ 0 };
}
