/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/replay-get.c: what a replay has found so far. */
#include "sitting/replay-private.h"

#include <string.h>

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

guint64
jk_replay_get_age_ms (const JkReplay *self, gint64 wall_ms)
{
  /* Unsigned: a wall clock may claim anything, and the difference must not overflow. */
  guint64 then_ms = (guint64) self->wall_ms, now_ms = (guint64) wall_ms;
  guint64 age_ms = wall_ms >= self->wall_ms ? now_ms - then_ms : then_ms - now_ms;

  return MIN (age_ms, JK_GAP_MS_MAX);
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

const JkLedger *
jk_replay_get_ledger (const JkReplay *self)
{
  return &self->ledger;
}

guint64
jk_replay_get_extended_ms (const JkReplay *self)
{
  return self->ledger.extended_ms;
}

guint64
jk_replay_get_gaps_ms (const JkReplay *self)
{
  return self->ledger.gaps.total_ms;
}

guint64
jk_replay_get_longest_gap_ms (const JkReplay *self)
{
  return self->ledger.gaps.longest_ms;
}

guint32
jk_replay_get_restarts (const JkReplay *self)
{
  return self->ledger.gaps.restarts;
}

guint32
jk_replay_get_n_heads (const JkReplay *self)
{
  return self->heads->len;
}

guint32
jk_replay_get_epoch (const JkReplay *self)
{
  return self->obeyed->len;
}

const JkObeyed *
jk_replay_get_obeyed (const JkReplay *self, guint32 n)
{
  g_return_val_if_fail (n < self->obeyed->len, NULL);
  return &g_array_index (self->obeyed, JkObeyed, n);
}

gboolean
jk_replay_has_obeyed (const JkReplay *self, const guint8 id[static JK_ORDER_ID_BYTES])
{
  for (guint n = 0; n < self->obeyed->len; n++) {
    const JkObeyed *obeyed = &g_array_index (self->obeyed, JkObeyed, n);
    if (memcmp (obeyed->ordered.id, id, JK_ORDER_ID_BYTES) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
jk_replay_has_consent (const JkReplay *self)
{
  return self->has_consent;
}

gboolean
jk_replay_is_waiting (const JkReplay *self)
{
  return self->is_waiting;
}

guint64
jk_replay_get_beacon (const JkReplay *self)
{
  return self->beacon;
}

const guint8 *
jk_replay_get_station (const JkReplay *self, guint64 sequence)
{
  const guint8 *key = NULL;

  for (guint n = 0; n < self->stations->len; n++) {
    const JkStationFrom *station = &g_array_index (self->stations, JkStationFrom, n);
    if (station->sequence <= sequence)
      key = station->key;
  }
  return key;
}

guint32
jk_replay_get_n_moves (const JkReplay *self)
{
  return self->stations->len > 0 ? self->stations->len - 1 : 0;
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
  const JkSignedHead *entry = &g_array_index (self->heads, JkSignedHead, n);

  if (out_sequence != NULL)
    *out_sequence = entry->sequence;
  return &entry->head;
}
