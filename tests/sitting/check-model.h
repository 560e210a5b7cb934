/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-model.h: what time a candidate has, in the fewest lines that can say it. */
#pragma once

#include <glib.h>

typedef struct {
  gint64 allotted_ms, late_ms, given_ms, used_ms;
  gint64 end_ms;  /* of the hall, from now; only while has_end */
  gint64 lost_ms; /* by gaps */
  guint restarts;
  gboolean has_end, paused, held, waits;
} Model;

static inline void
model_pass (Model *self, gint64 ms, gboolean asleep)
{
  self->used_ms += self->paused || self->held || asleep ? 0 : ms;
  self->end_ms -= self->paused ? 0 : ms;
}

static inline void
model_gap (Model *self, gint64 ms, gboolean is_restart)
{
  gboolean runs = !self->paused && !self->held && !self->waits;

  self->lost_ms += runs ? ms : 0;
  self->restarts += runs && is_restart ? 1 : 0;
}

static inline gint64
model_get_left_ms (const Model *self)
{
  gint64 own_ms = self->allotted_ms - self->late_ms + self->given_ms - self->used_ms;
  gint64 left_ms = self->has_end ? MIN (own_ms, self->end_ms + self->given_ms) : own_ms;

  return MAX (left_ms, 0);
}
