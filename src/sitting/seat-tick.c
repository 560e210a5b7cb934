/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-tick.c: what a seat notices about each minute: a wall clock that was set, stores. */
#include "sitting/seat-private.h"

#define MS_PER_S 1000

/* Clocks are read one after the other, and disciplined ones creep: less than this is no step. */
#define STEP_LEAST_MS (2 * MS_PER_S)

gint64
jk_seat_read_ahead_ms (const JkSeat *self)
{
  const JkClock *clock = self->place.world->clock;

  return clock->wall_ms (clock) - clock->boottime_us (clock) / 1000;
}

/* What a tick sees, as rows. */
static gboolean
note_all (JkSeat *self, GError **error)
{
  const JkClock *clock = self->place.world->clock;
  gint64 ahead_ms = jk_seat_read_ahead_ms (self);
  gint64 step_ms = ahead_ms - self->ahead_ms;

  if (ABS (step_ms) >= STEP_LEAST_MS) {
    gint64 now_ms = clock->wall_ms (clock);
    if (!jk_log_add_clock (self->log, now_ms - step_ms, now_ms, error))
      return FALSE;
    self->ahead_ms = ahead_ms;
  }
  return jk_seat_note_stores (self, error);
}

static gboolean
sign_log (JkSeat *self, GError **error)
{
  return jk_log_replay_get_n_after_head (jk_seat_get_log (self)) == 0 ||
         jk_log_add_head (self->log, error);
}

gboolean
jk_seat_tick (JkSeat *self, GError **error)
{
  if (!note_all (self, error) ||
      (jk_seat_retry_second (self) && !jk_seat_note_stores (self, error)))
    return FALSE;
  return sign_log (self, error);
}

gboolean
jk_seat_tick_hastily (JkSeat *self, GError **error)
{
  jk_log_set_hasty (self->log, TRUE);
  gboolean ok = note_all (self, error) && sign_log (self, error);
  jk_log_set_hasty (self->log, FALSE);
  return ok;
}
