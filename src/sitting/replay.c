/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/replay.c: what the rows of a journal give (P6, P9). Forbidden here: clock, disk, keys.
 *
 * A row is checked completely before anything of it is taken, so a refused row leaves no trace. */
#include "sitting/replay.h"

#include "sitting/error.h"

#include <string.h>

typedef struct {
  JkHead head;
  guint64 sequence;
} SignedHead;

typedef union {
  JkIdentified identified;
  JkStarted started;
  JkMark mark;
  JkGap gap;
  JkHead head;
  JkHandedIn handed_in;
  JkDigest digest;
  guint64 ms;
} Payload;

struct _JkReplay {
  /* Plain */
  JkState state;
  guint64 n_rows, exam_ms;
  gint64 wall_ms;
  guint8 boot_id[JK_BOOT_ID_BYTES];
  JkDigest link, handed_in_link;
  JkIdentified identified;
  JkStarted started;
  JkHandedIn handed_in;
  gboolean has_identified, has_started, has_handed_in;
  guint64 extended_ms, gaps_ms, longest_gap_ms;
  guint32 restarts;
  guint position;
  guint16 answers[JK_PAPER_ITEMS_MAX];
  gboolean flags[JK_PAPER_ITEMS_MAX];

  /* Owned */
  GArray *heads; /* of SignedHead */
};

JkReplay *
jk_replay_new (const JkDigest *first)
{
  JkReplay *self = g_new0 (JkReplay, 1);

  self->link = *first;
  self->heads = g_array_new (FALSE, FALSE, sizeof (SignedHead));
  return self;
}

void
jk_replay_free (JkReplay *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->heads);
  g_free (self);
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
  case JK_EVENT_EXTENDED:
    return jk_payload_get_ms (row, &out->ms);
  case JK_EVENT_HANDED_IN:
    return jk_payload_get_handed_in (row, &out->handed_in);
  case JK_EVENT_SEALED:
    return jk_payload_get_digest (row, &out->digest);
  default:
    return TRUE;
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
  if (self->state != JK_STATE_RUNNING && row->exam_ms != self->exam_ms)
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
  gboolean counts = self->state == JK_STATE_RUNNING && gap->kind != JK_GAP_SUSPEND;
  return self->restarts + (counts ? 1 : 0);
}

static gboolean
check_payload (const JkReplay *self, const JkRow *row, const Payload *payload, GError **error)
{
  switch (row->event) {
  case JK_EVENT_ANSWERED:
  case JK_EVENT_CLEARED:
    if (row->exam_ms >= self->started.allotted_ms + self->extended_ms)
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
    if (payload->handed_in.seal_number != self->handed_in.seal_number + 1)
      return refuse (error,
                     JK_SITTING_ERROR_CHAIN,
                     row->sequence,
                     "skips or repeats a seal number");
    return TRUE;
  default:
    return TRUE;
  }
}

static void
take_gap (JkReplay *self, const JkGap *gap)
{
  self->restarts = gap->restarts;
  if (self->state != JK_STATE_RUNNING)
    return;
  self->gaps_ms += gap->claimed_ms;
  self->longest_gap_ms = MAX (self->longest_gap_ms, gap->claimed_ms);
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
    break;
  case JK_EVENT_STARTED:
    self->started = payload->started;
    self->has_started = TRUE;
    break;
  case JK_EVENT_ANSWERED:
  case JK_EVENT_CLEARED:
  case JK_EVENT_FLAGGED:
  case JK_EVENT_VISITED:
  case JK_EVENT_FOCUS:
    take_mark (self, row->event, &payload->mark);
    break;
  case JK_EVENT_HEAD: {
    SignedHead head = { payload->head, row->sequence };
    g_array_append_val (self->heads, head);
    break;
  }
  case JK_EVENT_GAP:
    take_gap (self, &payload->gap);
    break;
  case JK_EVENT_EXTENDED:
    self->extended_ms += payload->ms;
    break;
  case JK_EVENT_HANDED_IN:
    self->handed_in = payload->handed_in;
    self->has_handed_in = TRUE;
    self->handed_in_link = self->link;
    break;
  default:
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

JkState
jk_replay_get_state (const JkReplay *self)
{
  return self->state;
}

guint64
jk_replay_get_n_rows (const JkReplay *self)
{
  return self->n_rows;
}

guint64
jk_replay_get_exam_ms (const JkReplay *self)
{
  return self->exam_ms;
}

gint64
jk_replay_get_wall_ms (const JkReplay *self)
{
  return self->wall_ms;
}

const guint8 *
jk_replay_get_boot_id (const JkReplay *self)
{
  return self->boot_id;
}

const JkDigest *
jk_replay_get_link (const JkReplay *self)
{
  return &self->link;
}

const JkIdentified *
jk_replay_get_identified (const JkReplay *self)
{
  return self->has_identified ? &self->identified : NULL;
}

const JkStarted *
jk_replay_get_started (const JkReplay *self)
{
  return self->has_started ? &self->started : NULL;
}

const JkHandedIn *
jk_replay_get_handed_in (const JkReplay *self)
{
  return self->has_handed_in ? &self->handed_in : NULL;
}

const JkDigest *
jk_replay_get_handed_in_link (const JkReplay *self)
{
  return self->has_handed_in ? &self->handed_in_link : NULL;
}

guint64
jk_replay_get_extended_ms (const JkReplay *self)
{
  return self->extended_ms;
}

guint64
jk_replay_get_gaps_ms (const JkReplay *self)
{
  return self->gaps_ms;
}

guint64
jk_replay_get_longest_gap_ms (const JkReplay *self)
{
  return self->longest_gap_ms;
}

guint32
jk_replay_get_restarts (const JkReplay *self)
{
  return self->restarts;
}

guint32
jk_replay_get_n_heads (const JkReplay *self)
{
  return self->heads->len;
}

guint16
jk_replay_get_answer (const JkReplay *self, guint position)
{
  return position < JK_PAPER_ITEMS_MAX ? self->answers[position] : 0;
}

gboolean
jk_replay_is_flagged (const JkReplay *self, guint position)
{
  return position < JK_PAPER_ITEMS_MAX && self->flags[position];
}

guint
jk_replay_get_position (const JkReplay *self)
{
  return self->position;
}

const JkHead *
jk_replay_get_head (const JkReplay *self, guint32 n, guint64 *out_sequence)
{
  g_return_val_if_fail (n < self->heads->len, NULL);
  const SignedHead *entry = &g_array_index (self->heads, SignedHead, n);

  if (out_sequence != NULL)
    *out_sequence = entry->sequence;
  return &entry->head;
}
