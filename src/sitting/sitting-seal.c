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

/* The bytes of every order the sitting obeyed, in the order of their rows; NULL with error. */
static GPtrArray *
read_orders (JkSitting *self, GError **error)
{
  const JkReplay *replay = jk_sitting_get_replay (self);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint32 n = 0; n < jk_replay_get_epoch (replay); n++) {
    char name[JK_ORDER_ENTRY_BYTES];
    jk_order_entry_put_name (name, jk_replay_get_obeyed (replay, n)->ordered.id);
    GBytes *bytes = jk_journal_read_side (self->journal, name, error);
    if (bytes == NULL)
      return NULL;
    g_ptr_array_add (orders, bytes);
  }
  return g_steal_pointer (&orders);
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
  g_autoptr (GPtrArray) orders = read_orders (self, error);
  if (orders == NULL)
    return NULL;
  JkSealInput input = {
    .session = self->place.session,
    .station = self->place.station,
    .person = &self->person,
    .replay = jk_sitting_get_replay (self),
    .sitting_id = jk_journal_get_sitting_id (self->journal),
    .first_link = &first_link,
    .rows = rows,
    .orders = orders,
  };
  GBytes *result = sealer->seal (sealer, &input, self->place.world, error);
  jk_wipe (&first_link, sizeof first_link);
  return result;
}

/* Seals, and posts SEALED with the bytes. 0 on error. */
static guint64
post_sealed (JkSitting *self, GBytes **out_result, GError **error)
{
  g_autoptr (GBytes) result = make_result (self, error);
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkSideEntry entry;
  JkDigest digest;

  if (result == NULL)
    return 0;
  g_autofree char *name = g_strdup_printf ("result %u", jk_sitting_get_seal_number (self));
  entry.name = name;
  entry.data = g_bytes_get_data (result, &entry.size);
  jk_hash (NULL, entry.data, entry.size, &digest);
  gsize size = jk_payload_put_digest (payload, &digest);
  guint64 ticket =
      jk_sitting_post (self, JK_EVENT_SEALED, payload, size, &entry, 1, JK_JOURNAL_NOW, error);
  *out_result = g_steal_pointer (&result);
  return ticket;
}

gboolean
jk_sitting_seal (JkSitting *self, GError **error)
{
  g_autoptr (GBytes) result = NULL;
  guint64 ticket = post_sealed (self, &result, error);

  if (ticket == 0 || !jk_journal_wait (self->journal, ticket, error))
    return FALSE;
  self->result = g_steal_pointer (&result);
  return TRUE;
}

gboolean
jk_sitting_see_to_hand_in (JkSitting *self, GError **error)
{
  guint64 n_rows = jk_replay_get_n_rows (jk_sitting_get_replay (self));
  g_autoptr (GBytes) result = NULL;

  if (jk_journal_get_acknowledged (self->journal) < n_rows ||
      jk_journal_get_store_state (self->journal) != JK_STORE_OK)
    return TRUE;
  /* Its bytes are read back when they are on the disk. */
  if (self->result == NULL && jk_sitting_get_state (self) == JK_STATE_HANDED_IN)
    return post_sealed (self, &result, error) != 0;
  return jk_sitting_finish_hand_in (self, error);
}

static gboolean
check_may_hand_in (JkSitting *self, GError **error)
{
  guint64 opens_ms = jk_sitting_get_hand_in_opens_ms (self);

  if (self->is_held || jk_sitting_is_waiting (self) ||
      jk_sitting_get_state (self) == JK_STATE_PAUSED) {
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
  if (jk_sitting_needs_consent (self)) {
    g_set_error (
        error,
        JK_SITTING_ERROR,
        JK_SITTING_ERROR_CONSENT,
        "In the last %u min a hand-in needs a proctor's consent: raise your hand, or go on "
        "until the time is up.",
        jk_session_get_policy (self->place.session)->last_minutes_need_consent);
    return FALSE;
  }
  return TRUE;
}

gboolean
jk_sitting_hand_in_by (JkSitting *self, JkHandInReason reason, const JkOrder *order, GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  char name[JK_ORDER_ENTRY_BYTES] = "";
  JkHandedIn handed_in = {
    .seal_number = jk_sitting_get_seal_number (self) + 1,
    .reason = reason,
  };

  if (jk_sitting_post_head (self, error) == 0)
    return FALSE;
  if (order != NULL) {
    const JkOrderTerms *terms = jk_order_get_terms (order);
    memcpy (handed_in.id, terms->id, JK_ORDER_ID_BYTES);
    handed_in.digest = *jk_order_get_digest (order);
    jk_order_entry_put_name (name, terms->id);
  }
  JkSideEntry entry = order != NULL ? jk_order_entry (order, name) : (JkSideEntry){ 0 };
  gsize size = jk_payload_put_handed_in (payload, &handed_in);
  jk_sitting_stand_still (self);
  gboolean ok = jk_sitting_post_and_wait (self,
                                          JK_EVENT_HANDED_IN,
                                          payload,
                                          size,
                                          &entry,
                                          order != NULL ? 1 : 0,
                                          error) &&
                jk_sitting_seal (self, error);
  /* Ends a pause; and a hand-in that found no place on the disk leaves the sitting running. */
  jk_sitting_set_going (self);
  return ok;
}

gboolean
jk_sitting_hand_in (JkSitting *self, JkHandInReason reason, GError **error)
{
  JkState state = jk_sitting_get_state (self);

  g_return_val_if_fail (reason != JK_HAND_IN_FORCED, FALSE);
  /* An earlier call got no further than this. */
  if (state == JK_STATE_HANDED_IN)
    return jk_sitting_seal (self, error);
  if (!jk_sitting_check_place (self, JK_EVENT_HANDED_IN, error) ||
      !jk_sitting_notice_sleep (self, error))
    return FALSE;
  if (reason == JK_HAND_IN_VOLUNTARY && !check_may_hand_in (self, error))
    return FALSE;
  return jk_sitting_hand_in_by (self, reason, NULL, error);
}
