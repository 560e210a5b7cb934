/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-time.c: a sitting and the clocks of its PC (P5): exam time, sleep, steps of the
 * wall clock, what falls due with time. */
#include "sitting/sitting-private.h"

#include "session/error.h"

#define US_PER_S G_USEC_PER_SEC
#define MS_PER_MIN (60 * 1000)

/* At most 5 s are gained by a restart, and a tick comes each second. */
#define NOTE_AFTER_MS 4000
#define HEAD_EVERY_MS MS_PER_MIN
#define IDLE_AFTER_MS 3000

/* The clocks are read one after the other: less than this is no sleep, and no step. */
#define SLEEP_LEAST_US (2 * US_PER_S)
#define STEP_LEAST_MS 2000

/* The console's word and what is known differ by less than this: nothing new. */
#define END_LEAST_US US_PER_S

static gint64
read_monotonic_us (const JkSitting *self)
{
  const JkClock *clock = self->place.world->clock;
  return clock->monotonic_us (clock);
}

static gint64
read_boottime_us (const JkSitting *self)
{
  const JkClock *clock = self->place.world->clock;
  return clock->boottime_us (clock);
}

static gint64
read_asleep_us (const JkSitting *self)
{
  /* Monotonic first: what passes between the two readings looks like sleep, never less than none.
   */
  gint64 monotonic_us = read_monotonic_us (self);
  return read_boottime_us (self) - monotonic_us;
}

/* Wall less boot time. Unsigned, as a wall clock may claim anything. */
static guint64
read_ahead_ms (const JkSitting *self)
{
  const JkClock *clock = self->place.world->clock;
  guint64 boottime_ms = (guint64) (read_boottime_us (self) / 1000);
  return (guint64) clock->wall_ms (clock) - boottime_ms;
}

void
jk_sitting_look_at_clocks (JkSitting *self)
{
  self->asleep_us = read_asleep_us (self);
  self->ahead_ms = read_ahead_ms (self);
}

guint64
jk_sitting_get_allotted_ms (const JkSitting *self)
{
  const JkExcerpt *excerpt = jk_session_get_excerpt (self->place.session);
  return ((guint64) jk_excerpt_get_duration_min (excerpt) + self->person.extra_min) * MS_PER_MIN;
}

void
jk_sitting_get_ledger (const JkSitting *self, JkLedger *out_ledger)
{
  *out_ledger = *jk_replay_get_ledger (jk_sitting_get_replay (self));
  if (out_ledger->allotted_ms == 0)
    out_ledger->allotted_ms = jk_sitting_get_allotted_ms (self);
}

void
jk_sitting_set_going (JkSitting *self)
{
  JkState state = jk_sitting_get_state (self);
  gboolean runs = state == JK_STATE_RUNNING && !self->is_held && !jk_sitting_is_waiting (self);
  gint64 monotonic_us = read_monotonic_us (self);
  gint64 boottime_us = read_boottime_us (self);

  if (state == JK_STATE_PAUSED)
    jk_timer_pause (&self->timer, boottime_us);
  else
    jk_timer_end_pause (&self->timer, boottime_us);
  if (runs && !self->timer.running)
    jk_timer_continue (&self->timer, self->timer.used_ms, monotonic_us);
  else if (!runs)
    jk_timer_stop (&self->timer, monotonic_us);
}

void
jk_sitting_stand_still (JkSitting *self)
{
  jk_timer_stop (&self->timer, read_monotonic_us (self));
}

void
jk_sitting_judge_gaps (JkSitting *self)
{
  const JkLedger *ledger = jk_replay_get_ledger (jk_sitting_get_replay (self));
  const JkPolicy *policy = jk_session_get_policy (self->place.session);

  /* From all rows, not from the last gap: being killed once more must not let a held sitting go. */
  self->is_held = jk_gap_judge (policy, &ledger->judged) == JK_GAP_NEEDS_PROCTOR;
}

guint64
jk_sitting_post_gap (JkSitting *self, const JkGap *gap, guint64 exam_ms, GError **error)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  gboolean runs = jk_replay_get_state (replay) == JK_STATE_RUNNING && !jk_sitting_is_waiting (self);
  gboolean counts = runs && gap->kind != JK_GAP_SUSPEND;
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkGap counted = *gap;

  counted.restarts = jk_replay_get_restarts (replay) + (counts ? 1 : 0);
  gsize size = jk_payload_put_gap (payload, &counted);
  return jk_journal_post (self->journal,
                          JK_EVENT_GAP,
                          exam_ms,
                          payload,
                          size,
                          NULL,
                          0,
                          JK_JOURNAL_NOW,
                          error);
}

gboolean
jk_sitting_notice_sleep (JkSitting *self, GError **error)
{
  gint64 asleep_us = read_asleep_us (self);
  gint64 slept_us = asleep_us - self->asleep_us;
  JkState state = jk_sitting_get_state (self);
  JkGap gap = { .kind = JK_GAP_SUSPEND };

  if (slept_us <= SLEEP_LEAST_US)
    return TRUE;
  if (jk_state_next (state, JK_EVENT_GAP) < 0) {
    /* Slept through after the hand-in: no gap of what two proctors may reopen. */
    self->asleep_us = asleep_us;
    return TRUE;
  }
  guint64 exam_ms = jk_sitting_get_exam_ms (self);
  gap.claimed_ms = MIN ((guint64) slept_us / 1000, JK_GAP_MS_MAX);
  if (jk_sitting_post_gap (self, &gap, exam_ms, error) == 0)
    return FALSE;
  self->asleep_us = asleep_us;
  jk_sitting_judge_gaps (self);
  jk_sitting_set_going (self);
  return TRUE;
}

/* Somebody set the wall clock: a row says so, and nothing else follows (P5). */
static gboolean
notice_step (JkSitting *self, GError **error)
{
  guint64 ahead_ms = read_ahead_ms (self);
  gint64 step_ms = (gint64) (ahead_ms - self->ahead_ms);
  guint8 payload[JK_PAYLOAD_BYTES_MAX];

  self->ahead_ms = ahead_ms;
  if ((step_ms <= STEP_LEAST_MS && step_ms >= -STEP_LEAST_MS) ||
      jk_state_next (jk_sitting_get_state (self), JK_EVENT_CLOCK) < 0)
    return TRUE;
  gsize size = jk_payload_put_clock (payload, step_ms);
  return jk_sitting_post (self, JK_EVENT_CLOCK, payload, size, NULL, 0, JK_JOURNAL_LAZY, error) !=
         0;
}

/* A full disk is no error of a second: what was posted waits for room. */
static gboolean
check_store (const JkSitting *self, GError **error)
{
  return jk_journal_get_store_state (self->journal) != JK_STORE_FAILED ||
         !jk_journal_has_failed (self->journal, error);
}

gboolean
jk_sitting_tick (JkSitting *self, GError **error)
{
  if (!jk_sitting_notice_sleep (self, error) || !notice_step (self, error))
    return FALSE;
  if (!jk_sitting_see_to_hand_in (self, error))
    return FALSE;
  if (!self->timer.running)
    return check_store (self, error);

  guint64 exam_ms = jk_sitting_get_exam_ms (self);
  if (jk_sitting_get_left_ms (self) == 0)
    return jk_sitting_hand_in (self, JK_HAND_IN_TIME_UP, error);
  if (exam_ms - self->head_exam_ms >= HEAD_EVERY_MS)
    return jk_sitting_post_head (self, error) != 0;
  if (exam_ms - self->noted_exam_ms > NOTE_AFTER_MS) {
    jk_journal_note_time (self->journal, exam_ms);
    self->noted_exam_ms = exam_ms;
  }
  if (exam_ms - self->busy_exam_ms >= IDLE_AFTER_MS)
    jk_journal_idle (self->journal);
  return check_store (self, error);
}

/* A full disk or a PC that hangs can hold up the hand-in for long. What passes after the time is up
 * is no exam time: the centre would take it for more than was given. */
guint64
jk_sitting_get_exam_ms (JkSitting *self)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  guint64 limit_ms = jk_ledger_get_own_limit_ms (jk_replay_get_ledger (replay));

  limit_ms = MAX (limit_ms, jk_replay_get_exam_ms (replay));
  if (jk_timer_read (&self->timer, read_monotonic_us (self)) > limit_ms)
    self->timer.used_ms = limit_ms;
  return self->timer.used_ms;
}

guint64
jk_sitting_measure_left_ms (JkSitting *self, const JkLedger *ledger)
{
  jk_sitting_get_exam_ms (self);
  return jk_timer_get_left_ms (&self->timer, ledger, read_boottime_us (self));
}

guint64
jk_sitting_get_left_ms (JkSitting *self)
{
  JkLedger ledger;

  jk_sitting_get_ledger (self, &ledger);
  return jk_sitting_measure_left_ms (self, &ledger);
}

guint64
jk_sitting_get_hand_in_opens_ms (JkSitting *self)
{
  const JkPolicy *policy = jk_session_get_policy (self->place.session);
  guint64 opens_ms = (guint64) policy->earliest_hand_in_min * MS_PER_MIN;
  guint64 exam_ms = jk_sitting_get_exam_ms (self);

  return exam_ms < opens_ms ? opens_ms - exam_ms : 0;
}

gboolean
jk_sitting_needs_consent (JkSitting *self)
{
  const JkPolicy *policy = jk_session_get_policy (self->place.session);
  guint64 last_ms = (guint64) policy->last_minutes_need_consent * MS_PER_MIN;

  return !jk_replay_has_consent (jk_sitting_get_replay (self)) &&
         jk_sitting_get_left_ms (self) < last_ms;
}

/* Whether the hall's end is known to be this one. */
static gboolean
knows_end (const JkSitting *self, guint64 left_ms, gint64 boottime_us)
{
  gint64 end_us = boottime_us + (gint64) left_ms * 1000;
  gint64 known_us = self->timer.common_end_us;

  /* In a pause the end that is known stays as far away as it was when the pause began. */
  if (self->timer.is_paused)
    known_us += boottime_us - self->timer.paused_us;
  return self->timer.has_common_end && ABS (known_us - end_us) <= END_LEAST_US;
}

gboolean
jk_sitting_take_beacon (JkSitting *self, const JkBeacon *beacon, GError **error)
{
  const JkPolicy *policy = jk_session_get_policy (self->place.session);
  guint64 last = MAX (self->beacon, jk_replay_get_beacon (jk_sitting_get_replay (self)));
  JkCommonEnd end = { .sequence = beacon->sequence, .digest = beacon->digest };
  guint8 payload[JK_PAYLOAD_BYTES_MAX];

  if (beacon->sequence <= last) {
    g_set_error (error,
                 JK_SESSION_ERROR,
                 JK_SESSION_ERROR_BEACON,
                 "The time of the console has number %" G_GUINT64_FORMAT
                 "; expected one after %" G_GUINT64_FORMAT
                 ": it was sent before, or the console was set up anew.",
                 beacon->sequence,
                 last);
    return FALSE;
  }
  if (!jk_sitting_notice_sleep (self, error))
    return FALSE;
  gint64 boottime_us = read_boottime_us (self);
  end.left_ms = jk_beacon_get_left_ms (beacon, JK_EXAM_MS_MAX);
  self->beacon = beacon->sequence;
  if (policy->end != JK_END_COMMON || knows_end (self, end.left_ms, boottime_us) ||
      jk_state_next (jk_sitting_get_state (self), JK_EVENT_COMMON_END) < 0)
    return TRUE;
  gsize size = jk_payload_put_common_end (payload, &end);
  if (!jk_sitting_post_and_wait (self, JK_EVENT_COMMON_END, payload, size, NULL, 0, error))
    return FALSE;
  jk_timer_set_common_end (&self->timer, boottime_us, end.left_ms);
  return TRUE;
}
