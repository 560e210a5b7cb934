/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-seal.c: heads, and the way from running to sealed (P6, P8).
 *
 * HANDED_IN is on disk before anything is sealed; sealed is once, and its bytes lie in the commit
 * that says so. */
#include "sitting/sitting-private.h"

guint64
jk_sitting_post_head (JkSitting *self, GError **error)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  guint8 message[JK_HEAD_SIGNED_BYTES], payload[JK_PAYLOAD_BYTES_MAX];
  JkDigest commitment;
  JkHead head;

  jk_chain_commit (jk_replay_get_link (replay), JK_HEAD_PURPOSE, &commitment);
  memcpy (head.commitment, commitment.bytes, JK_DIGEST_BYTES);
  jk_head_put_signed (message,
                      jk_session_get_digest (self->place.session),
                      self->person.index,
                      jk_replay_get_n_rows (replay) + 1,
                      head.commitment);
  jk_sign (jk_station_get_sign_key (self->place.station),
           JK_HEAD_PURPOSE,
           message,
           sizeof message,
           head.signature);

  gsize size = jk_payload_put_head (payload, &head);
  guint64 ticket =
      jk_sitting_post (self, JK_EVENT_HEAD, payload, size, NULL, 0, JK_JOURNAL_NOW, error);
  if (ticket != 0)
    self->head_exam_ms = jk_replay_get_exam_ms (replay);
  return ticket;
}

/* What the floor above makes of all rows; NULL with error. */
static GBytes *
make_result (JkSitting *self, GError **error)
{
  const JkSealer *sealer = self->place.sealer;
  JkDigest first_link;
  g_autoptr (GBytes) rows = jk_journal_read_rows (self->journal, &first_link, error);

  if (rows == NULL)
    return NULL;
  JkSealInput input = {
    .session = self->place.session,
    .station = self->place.station,
    .person = &self->person,
    .replay = jk_sitting_get_replay (self),
    .sitting_id = jk_journal_get_sitting_id (self->journal),
    .first_link = &first_link,
    .rows = rows,
  };
  GBytes *result = sealer->seal (sealer, &input, self->place.world, error);
  jk_wipe (&first_link, sizeof first_link);
  return result;
}

gboolean
jk_sitting_seal (JkSitting *self, GError **error)
{
  g_autoptr (GBytes) result = make_result (self, error);
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkSideEntry entry;
  JkDigest digest;

  if (result == NULL)
    return FALSE;
  g_autofree char *name = g_strdup_printf ("result %u", jk_sitting_get_seal_number (self));
  entry.name = name;
  entry.data = g_bytes_get_data (result, &entry.size);
  jk_hash (NULL, entry.data, entry.size, &digest);
  gsize size = jk_payload_put_digest (payload, &digest);
  if (!jk_sitting_post_and_wait (self, JK_EVENT_SEALED, payload, size, &entry, 1, error))
    return FALSE;
  self->result = g_steal_pointer (&result);
  return TRUE;
}

static gboolean
check_may_hand_in (JkSitting *self, JkHandInReason reason, GError **error)
{
  guint64 opens_ms = jk_sitting_get_hand_in_opens_ms (self);

  if (reason != JK_HAND_IN_VOLUNTARY)
    return TRUE;
  if (self->is_held || jk_sitting_get_state (self) == JK_STATE_PAUSED) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_PROCTOR,
                 "This sitting stands still: a proctor must let it go on or hand it in.");
    return FALSE;
  }
  if (opens_ms > 0) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_TOO_EARLY,
                 "Hand-in opens in %" G_GUINT64_FORMAT " min: go on until then.",
                 (opens_ms + 59999) / 60000);
    return FALSE;
  }
  return TRUE;
}

gboolean
jk_sitting_hand_in (JkSitting *self, JkHandInReason reason, GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkState state = jk_sitting_get_state (self);

  /* An earlier call got no further than this. */
  if (state == JK_STATE_HANDED_IN)
    return jk_sitting_seal (self, error);
  if (jk_state_next (state, JK_EVENT_HANDED_IN) < 0) {
    g_set_error (error,
                 JK_SITTING_ERROR,
                 JK_SITTING_ERROR_STATE,
                 "This sitting is %s: it cannot be handed in now.",
                 jk_state_get_name (state));
    return FALSE;
  }
  if (!check_may_hand_in (self, reason, error) || jk_sitting_post_head (self, error) == 0)
    return FALSE;

  JkHandedIn handed_in = {
    .seal_number = jk_sitting_get_seal_number (self) + 1,
    .reason = reason,
  };
  gsize size = jk_payload_put_handed_in (payload, &handed_in);
  const JkClock *clock = self->place.world->clock;
  jk_timer_stop (&self->timer, clock->monotonic_us (clock));
  return jk_sitting_post_and_wait (self, JK_EVENT_HANDED_IN, payload, size, NULL, 0, error) &&
         jk_sitting_seal (self, error);
}
