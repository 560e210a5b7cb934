/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/replay.c: what the rows of a journal give (P6, P9). Forbidden here: clock, disk, keys.
 *
 * A row is checked completely before anything of it is taken, so a refused row leaves no trace. */
#include "sitting/replay-private.h"

#include "sitting/error.h"

#include <string.h>

/* Allotted, extended and credited: no sum of them goes beyond. */
#define EXAM_MS_MOST ((guint64) JK_EXAM_MS_MAX + 2 * (guint64) JK_GIVEN_MS_MAX)

typedef union {
  JkIdentified identified;
  JkStarted started;
  JkMark mark;
  JkGap gap;
  JkHead head;
  JkHandedIn handed_in;
  JkDigest digest;
  JkOrdered ordered;
  JkCommonEnd common_end;
  JkArrived arrived;
  gint64 step_ms;
} Payload;

JkReplay *
jk_replay_new (const JkDigest *first)
{
  JkReplay *self = g_new0 (JkReplay, 1);

  self->link = *first;
  self->heads = g_array_new (FALSE, FALSE, sizeof (JkSignedHead));
  self->obeyed = g_array_new (FALSE, FALSE, sizeof (JkObeyed));
  self->stations = g_array_new (FALSE, FALSE, sizeof (JkStationFrom));
  return self;
}

void
jk_replay_free (JkReplay *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->heads);
  g_array_unref (self->obeyed);
  g_array_unref (self->stations);
  g_free (self);
}

static gboolean
changes_time (JkEvent event)
{
  return event == JK_EVENT_EXTENDED || event == JK_EVENT_CREDITED || event == JK_EVENT_LATE ||
         event == JK_EVENT_REOPENED;
}

static gboolean
refuse (GError **error, JkSittingError code, guint64 sequence, const char *what)
{
  g_set_error (error,
               JK_SITTING_ERROR,
               (gint) code,
               "Row %" G_GUINT64_FORMAT " of the journal %s.",
               sequence,
               what);
  return FALSE;
}

/* Reads the payload of any event into its member. */
static gboolean
read_payload (const JkRow *row, Payload *out)
{
  switch (row->event) {
  case JK_EVENT_IDENTIFIED:
    return jk_payload_get_identified (row, &out->identified);
  case JK_EVENT_STARTED:
    return jk_payload_get_started (row, &out->started);
  case JK_EVENT_ANSWERED:
  case JK_EVENT_CLEARED:
  case JK_EVENT_FLAGGED:
  case JK_EVENT_VISITED:
  case JK_EVENT_FOCUS:
    return jk_payload_get_mark (row, &out->mark);
  case JK_EVENT_HEAD:
    return jk_payload_get_head (row, &out->head);
  case JK_EVENT_GAP:
    return jk_payload_get_gap (row, &out->gap);
  case JK_EVENT_HANDED_IN:
    return jk_payload_get_handed_in (row, &out->handed_in);
  case JK_EVENT_SEALED:
    return jk_payload_get_digest (row, &out->digest);
  case JK_EVENT_COMMON_END:
    return jk_payload_get_common_end (row, &out->common_end);
  case JK_EVENT_CLOCK:
    return jk_payload_get_clock (row, &out->step_ms);
  case JK_EVENT_ARRIVED:
    return jk_payload_get_arrived (row, &out->arrived);
  default:
    return !jk_event_is_ordered (row->event) || jk_payload_get_ordered (row, &out->ordered);
  }
}

static gboolean
check_order (const JkReplay *self, const JkRow *row, GError **error)
{
  guint64 expected = self->n_rows + 1;

  if (row->sequence != expected) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_CHAIN,
                 "Row %" G_GUINT64_FORMAT " of the journal stands where row %" G_GUINT64_FORMAT
                 " was expected: a row is missing or in a wrong place.",
                 row->sequence,
                 expected);
    return FALSE;
  }
  if (expected > JK_SITTING_ROWS_MAX)
    return refuse (error, JK_SITTING_ERROR_CHAIN, expected, "is one more than a sitting may have");
  if (jk_state_next (self->state, row->event) < 0) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "Row %" G_GUINT64_FORMAT " of the journal says %s, which has no place while the "
                 "sitting is %s.",
                 row->sequence,
                 jk_event_get_name (row->event),
                 jk_state_get_name (self->state));
    return FALSE;
  }
  if (row->exam_ms < self->exam_ms)
    return refuse (error,
                   JK_SITTING_ERROR_CHAIN,
                   expected,
                   "has less exam time than the one before");
  if (row->exam_ms > EXAM_MS_MOST)
    return refuse (error,
                   JK_SITTING_ERROR_CHAIN,
                   expected,
                   "has more exam time than anybody can be given");
  /* An old copy may be paused where its PC went on: the hall knows (RETIRE). */
  gboolean may_pass = self->state == JK_STATE_RUNNING ||
                      (self->state == JK_STATE_PAUSED && row->event == JK_EVENT_ARRIVED);
  if (!may_pass && row->exam_ms != self->exam_ms)
    return refuse (error, JK_SITTING_ERROR_CHAIN, expected, "has exam time that was not running");
  return TRUE;
}

static gboolean
check_head (const JkReplay *self, const JkHead *head)
{
  JkDigest commitment;

  jk_chain_commit (&self->link, JK_HEAD_PURPOSE, &commitment);
  return memcmp (commitment.bytes, head->commitment, JK_DIGEST_BYTES) == 0;
}

/* A gap counts while the clock would have run, and is a restart unless the PC only slept. */
static guint32
count_restarts (const JkReplay *self, const JkGap *gap)
{
  gboolean runs = self->state == JK_STATE_RUNNING && !self->is_waiting;
  gboolean counts = runs && gap->kind != JK_GAP_SUSPEND;
  return self->ledger.gaps.restarts + (counts ? 1 : 0);
}

static gboolean
check_new_order (const JkReplay *self, const JkRow *row, const guint8 *id, GError **error)
{
  if (self->obeyed->len >= JK_ORDERS_MAX)
    return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "obeys more orders than may be");
  if (jk_replay_has_obeyed (self, id))
    return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "obeys an order a second time");
  return TRUE;
}

static gboolean
check_hand_in (const JkReplay *self, const JkRow *row, const JkHandedIn *handed_in, GError **error)
{
  if (handed_in->seal_number != self->handed_in.seal_number + 1)
    return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "skips or repeats a seal number");
  return handed_in->reason != JK_HAND_IN_FORCED ||
         check_new_order (self, row, handed_in->id, error);
}

/* After MOVED it is the same order; without it, a new one lets the sitting go on elsewhere. */
static gboolean
check_arrived (const JkReplay *self, const JkRow *row, const JkArrived *arrived, GError **error)
{
  if (!self->has_started)
    return refuse (error, JK_SITTING_ERROR_STATE, row->sequence, "moves what has not started");
  if (self->stations->len >= JK_STATIONS_MAX)
    return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "moves more often than may be");
  if (self->state != JK_STATE_MOVED)
    return check_new_order (self, row, arrived->id, error);
  const JkObeyed *last = jk_replay_get_obeyed (self, self->obeyed->len - 1);
  if (memcmp (last->ordered.id, arrived->id, JK_ORDER_ID_BYTES) != 0 ||
      !jk_digest_equal (&last->ordered.digest, &arrived->digest))
    return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "arrives by another order");
  return TRUE;
}

static gboolean
check_ordered (const JkReplay *self, const JkRow *row, const JkOrdered *ordered, GError **error)
{
  JkLedger ledger = self->ledger;

  if (!check_new_order (self, row, ordered->id, error))
    return FALSE;
  if (changes_time (row->event) && !jk_ledger_take (&ledger, row->event, ordered->amount))
    return refuse (error,
                   JK_SITTING_ERROR_ARGUMENT,
                   row->sequence,
                   "gives or takes more time than may be");
  return TRUE;
}

static gboolean
check_payload (const JkReplay *self, const JkRow *row, const Payload *payload, GError **error)
{
  switch (row->event) {
  case JK_EVENT_ANSWERED:
  case JK_EVENT_CLEARED:
    if (row->exam_ms >= jk_ledger_get_limit_ms (&self->ledger))
      return refuse (error, JK_SITTING_ERROR_STATE, row->sequence, "answers after time was up");
    G_GNUC_FALLTHROUGH;
  case JK_EVENT_FLAGGED:
  case JK_EVENT_VISITED:
  case JK_EVENT_FOCUS:
    if (payload->mark.position >= self->started.n_items)
      return refuse (error, JK_SITTING_ERROR_ARGUMENT, row->sequence, "names no item of the paper");
    return TRUE;
  case JK_EVENT_HEAD:
    if (!check_head (self, &payload->head))
      return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "commits to another chain");
    return TRUE;
  case JK_EVENT_GAP:
    if (payload->gap.restarts != count_restarts (self, &payload->gap))
      return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "counts the restarts wrongly");
    return TRUE;
  case JK_EVENT_HANDED_IN:
    return check_hand_in (self, row, &payload->handed_in, error);
  case JK_EVENT_COMMON_END:
    if (payload->common_end.sequence <= self->beacon)
      return refuse (error, JK_SITTING_ERROR_CHAIN, row->sequence, "has an older end of the hall");
    return TRUE;
  case JK_EVENT_ARRIVED:
    return check_arrived (self, row, &payload->arrived, error);
  default:
    return !jk_event_is_ordered (row->event) || check_ordered (self, row, &payload->ordered, error);
  }
}

static void
add_station (JkReplay *self, guint64 sequence, const guint8 *key)
{
  JkStationFrom station = { .sequence = sequence };

  memcpy (station.key, key, JK_PUBLIC_BYTES);
  g_array_append_val (self->stations, station);
}

static void
add_obeyed (JkReplay *self,
            const JkRow *row,
            const guint8 *id,
            const JkDigest *digest,
            guint64 amount)
{
  JkObeyed obeyed = {
    .sequence = row->sequence,
    .event = row->event,
    .exam_ms = row->exam_ms,
    .own_ms = jk_ledger_get_own_limit_ms (&self->ledger),
    .ordered = { .digest = *digest, .amount = amount },
  };

  memcpy (obeyed.ordered.id, id, JK_ORDER_ID_BYTES);
  g_array_append_val (self->obeyed, obeyed);
}

static void
take_ordered (JkReplay *self, const JkRow *row, const JkOrdered *ordered)
{
  add_obeyed (self, row, ordered->id, &ordered->digest, ordered->amount);
  if (changes_time (row->event))
    jk_ledger_take (&self->ledger, row->event, ordered->amount);
  if (row->event == JK_EVENT_RELEASED)
    jk_ledger_release (&self->ledger);
  if (row->event == JK_EVENT_CONSENTED)
    self->has_consent = TRUE;
}

static void
take_arrived (JkReplay *self, const JkRow *row, const JkArrived *arrived)
{
  if (self->state != JK_STATE_MOVED)
    add_obeyed (self,
                row,
                arrived->id,
                &arrived->digest,
                jk_replay_get_age_ms (self, row->wall_ms));
  add_station (self, row->sequence, arrived->station_sign);
  self->ledger.has_common_end = FALSE;
  self->is_waiting = TRUE;
}

static void
take_handed_in (JkReplay *self, const JkRow *row, const JkHandedIn *handed_in)
{
  if (handed_in->reason == JK_HAND_IN_FORCED)
    add_obeyed (self, row, handed_in->id, &handed_in->digest, 0);
  self->handed_in = *handed_in;
  self->has_handed_in = TRUE;
  self->handed_in_link = self->link;
  self->has_consent = FALSE;
}

static void
take_mark (JkReplay *self, JkEvent event, const JkMark *mark)
{
  if (event == JK_EVENT_FLAGGED) {
    self->flags[mark->position] = mark->mask != 0;
    return;
  }
  if (event == JK_EVENT_ANSWERED || event == JK_EVENT_CLEARED)
    self->answers[mark->position] = mark->mask;
  if (event != JK_EVENT_FOCUS)
    self->position = mark->position;
}

static void
take_payload (JkReplay *self, const JkRow *row, const Payload *payload)
{
  switch (row->event) {
  case JK_EVENT_IDENTIFIED:
    self->identified = payload->identified;
    self->has_identified = TRUE;
    add_station (self, row->sequence, payload->identified.station_sign);
    break;
  case JK_EVENT_STARTED:
    self->started = payload->started;
    self->has_started = TRUE;
    self->ledger.allotted_ms = payload->started.allotted_ms;
    break;
  case JK_EVENT_ANSWERED:
  case JK_EVENT_CLEARED:
  case JK_EVENT_FLAGGED:
  case JK_EVENT_VISITED:
  case JK_EVENT_FOCUS:
    take_mark (self, row->event, &payload->mark);
    break;
  case JK_EVENT_HEAD: {
    JkSignedHead head = { payload->head, row->sequence };
    g_array_append_val (self->heads, head);
    self->is_waiting = FALSE;
    break;
  }
  case JK_EVENT_GAP:
    jk_ledger_take_gap (&self->ledger, self->state, self->is_waiting, &payload->gap);
    break;
  case JK_EVENT_HANDED_IN:
    take_handed_in (self, row, &payload->handed_in);
    break;
  case JK_EVENT_COMMON_END:
    self->beacon = payload->common_end.sequence;
    jk_ledger_set_common_end (&self->ledger, row->exam_ms, payload->common_end.left_ms);
    break;
  case JK_EVENT_ARRIVED:
    take_arrived (self, row, &payload->arrived);
    break;
  default:
    if (jk_event_is_ordered (row->event))
      take_ordered (self, row, &payload->ordered);
    break;
  }
}

gboolean
jk_replay_take (JkReplay *self, const guint8 *data, gsize size, GError **error)
{
  JkRow row;
  Payload payload = { 0 };

  g_return_val_if_fail (self != NULL, FALSE);
  if (!jk_row_from_bytes (data, size, &row))
    return refuse (error, JK_SITTING_ERROR_CHAIN, self->n_rows + 1, "is not of the form of a row");
  if (!check_order (self, &row, error))
    return FALSE;
  if (!read_payload (&row, &payload))
    return refuse (error, JK_SITTING_ERROR_ARGUMENT, row.sequence, "has a value that cannot be");
  if (!check_payload (self, &row, &payload, error))
    return FALSE;

  jk_chain_next (&self->link, data, size, &self->link);
  take_payload (self, &row, &payload);
  self->state = (JkState) jk_state_next (self->state, row.event);
  self->n_rows = row.sequence;
  self->exam_ms = row.exam_ms;
  self->wall_ms = row.wall_ms;
  memcpy (self->boot_id, row.boot_id, JK_BOOT_ID_BYTES);
  return TRUE;
}
