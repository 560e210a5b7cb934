/* SPDX-License-Identifier: Apache-2.0 */
/* result/result.c: opens a result and checks all that its bytes can prove (P6, P10).
 *
 * Order: envelope, whole, session, seal, form, rows, agreement, signatures, orders, proof. What
 * comes from inside is written by a station, which may be hostile: nothing of it is believed before
 * it agrees with the rest. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/limits.h"
#include "result/body.h"
#include "result/error.h"
#include "result/orders.h"
#include "result/receipt.h"
#include "sitting/proof.h"

typedef struct {
  guint32 seal_number;
  JkDigest digest;
} Receipt;

struct _JkResult {
  /* Owned */
  JkEnvelope *envelope;
  GVariant *inside;
  JkReplay *replay;
  GArray *receipts; /* of Receipt, one per hand-in, the result's own last */

  /* Borrowed: hall by envelope */
  JkResultBody body;

  /* Plain */
  gboolean has_revoked_signer;
};

static gboolean
refuse (const JkResult *self, JkResultError code, const char *what, GError **error)
{
  g_set_error (error,
               JK_RESULT_ERROR,
               (gint) code,
               "%s %s: keep it aside and compare it with the copies of the hall.",
               jk_envelope_get_file (self->envelope),
               what);
  return FALSE;
}

/* Envelope, whole bytes and open body. */
static JkResult *
open_outside (const char *file, GBytes *bytes, const JkSession *session, GError **error)
{
  if (g_bytes_get_size (bytes) > JK_RESULT_BYTES_MAX) {
    g_set_error (error,
                 JK_BASE_ERROR,
                 JK_BASE_ERROR_TOO_LARGE,
                 "%s has %" G_GSIZE_FORMAT " bytes; a result has at most %u: check that it is the "
                 "right file.",
                 file,
                 g_bytes_get_size (bytes),
                 JK_RESULT_BYTES_MAX);
    return NULL;
  }
  g_autoptr (JkResult) self = g_new0 (JkResult, 1);
  self->envelope =
      jk_envelope_open_bytes (file, bytes, JK_KIND_RESULT, JK_RESULT_BODY, NULL, error);
  if (self->envelope == NULL || !jk_envelope_check_whole (self->envelope, error) ||
      !jk_result_body_read (jk_envelope_get_body (self->envelope),
                            session,
                            file,
                            &self->body,
                            error))
    return NULL;
  return g_steal_pointer (&self);
}

/* A byte array inside; lent. */
static const guint8 *
get_bytes (const JkResult *self, gsize child, gsize *out_n)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (self->inside, child);
  return g_variant_get_fixed_array (array, out_n, 1);
}

static const char *
get_text (const JkResult *self, gsize child)
{
  const char *text = NULL;
  g_variant_get_child (self->inside, child, "&s", &text);
  return text;
}

/* What g_variant_is_normal_form says. That looks at thirty thousand bytes of rows one by one, which
 * takes as long as six signatures; but of ay every byte is in normal form, so it is enough that the
 * texts and orders are, and that all parts put together again give the same bytes. */
static gboolean
is_normal (GVariant *inside)
{
  gsize n = g_variant_n_children (inside);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_full ((guint) n, (GDestroyNotify) g_variant_unref);

  for (gsize i = 0; i < n; i++) {
    GVariant *part = g_variant_get_child_value (inside, i);
    g_ptr_array_add (parts, part);
    if (!g_variant_is_of_type (part, G_VARIANT_TYPE_BYTESTRING) && !g_variant_is_normal_form (part))
      return FALSE;
  }
  g_autoptr (GVariant) again =
      g_variant_ref_sink (g_variant_new_tuple ((GVariant *const *) parts->pdata, n));
  return g_variant_get_size (again) == g_variant_get_size (inside) &&
         memcmp (g_variant_get_data (again),
                 g_variant_get_data (inside),
                 g_variant_get_size (inside)) == 0;
}

static gboolean
check_form (const JkResult *self, GError **error)
{
  gsize n_link = 0;
  gsize n_signature = 0;

  if (!is_normal (self->inside))
    return refuse (self, JK_RESULT_ERROR_CONTENT, "opens, but holds no result", error);
  get_bytes (self, 0, &n_link);
  get_bytes (self, 3, &n_signature);
  if (n_link != JK_DIGEST_BYTES || n_signature != JK_SIGNATURE_BYTES ||
      strlen (get_text (self, 1)) > JK_ID_BYTES_MAX ||
      strlen (get_text (self, 2)) > JK_NAME_BYTES_MAX)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "holds a field of a wrong length", error);
  return TRUE;
}

static gboolean
unseal (JkResult *self, const JkSecret *centre, GError **error)
{
  g_autoptr (GBytes) context = jk_result_body_get_context (jk_envelope_get_body (self->envelope));
  g_autoptr (GBytes) sealed =
      jk_envelope_load_section (self->envelope, JK_RESULT_SECTION, 0, error);
  if (sealed == NULL)
    return FALSE;

  g_autoptr (GBytes) inside = jk_seal_open (centre,
                                            JK_RESULT_PURPOSE,
                                            g_bytes_get_data (context, NULL),
                                            g_bytes_get_size (context),
                                            g_bytes_get_data (sealed, NULL),
                                            g_bytes_get_size (sealed),
                                            error);
  if (inside == NULL) {
    g_prefix_error (error, "%s: ", jk_envelope_get_file (self->envelope));
    return FALSE;
  }
  self->inside = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (JK_RESULT_INSIDE), inside, FALSE));
  return check_form (self, error);
}

/* After a row: each hand-in has a seal number of its own and gave a receipt. */
static void
note_receipt (JkResult *self)
{
  const JkHandedIn *handed_in = jk_replay_get_handed_in (self->replay);
  const Receipt *last = self->receipts->len > 0
                            ? &g_array_index (self->receipts, Receipt, self->receipts->len - 1)
                            : NULL;

  if (handed_in == NULL || (last != NULL && last->seal_number == handed_in->seal_number))
    return;
  Receipt receipt = { .seal_number = handed_in->seal_number };
  jk_receipt_compute (&self->body.session,
                      self->body.record,
                      receipt.seal_number,
                      jk_replay_get_handed_in_link (self->replay),
                      &receipt.digest);
  g_array_append_val (self->receipts, receipt);
}

/* Takes every row (u32 size, row); their count is bounded by the replay. */
static gboolean
replay_rows (JkResult *self, GError **error)
{
  gsize n_link = 0;
  gsize left = 0;
  JkDigest first;
  const guint8 *link = get_bytes (self, 0, &n_link);
  const guint8 *at = get_bytes (self, 4, &left);

  memcpy (first.bytes, link, JK_DIGEST_BYTES);
  self->replay = jk_replay_new (&first);
  self->receipts = g_array_new (FALSE, FALSE, sizeof (Receipt));
  while (left > 0) {
    guint32 size = left < 4 ? 0 : jk_bytes_get_u32 (at);
    if (left < 4 || size > left - 4)
      return refuse (self, JK_RESULT_ERROR_CONTENT, "has rows that are cut short", error);
    if (!jk_replay_take (self->replay, at + 4, size, error)) {
      g_prefix_error (error, "%s: ", jk_envelope_get_file (self->envelope));
      return FALSE;
    }
    note_receipt (self);
    at += 4 + (gsize) size;
    left -= 4 + (gsize) size;
  }
  return TRUE;
}

/* What the rows say against what stands outside. */
static gboolean
check_agreement (const JkResult *self, GError **error)
{
  const JkIdentified *identified = jk_replay_get_identified (self->replay);

  if (jk_replay_get_state (self->replay) != JK_STATE_HANDED_IN)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "does not end with the hand-in", error);
  if (memcmp (identified->session_digest, self->body.session.bytes, JK_DIGEST_BYTES) != 0)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has rows of another session", error);
  if (memcmp (jk_replay_get_station (self->replay, jk_replay_get_n_rows (self->replay)),
              jk_envelope_get_signer (self->envelope),
              JK_PUBLIC_BYTES) != 0)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has rows of another station", error);
  if (identified->record != self->body.record)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has rows of another record", error);
  if (jk_replay_get_handed_in (self->replay)->seal_number != self->body.seal_number)
    return refuse (self, JK_RESULT_ERROR_CONTENT, "has rows with another seal number", error);
  return TRUE;
}

/* What came later changes no sitting; what it began under, the centre must have. */
static gboolean
check_amendment (const JkResult *self, const JkSession *session, GError **error)
{
  guint32 amendment = jk_replay_get_started (self->replay)->amendment;
  guint in_force = jk_session_get_amendment_number (session);

  if (amendment <= in_force)
    return TRUE;
  g_set_error (error,
               JK_RESULT_ERROR,
               JK_RESULT_ERROR_AMENDMENT,
               "%s was begun under amendment %u; expected at most %u, the last that is loaded "
               "here: load the later ones with --amend and try again.",
               jk_envelope_get_file (self->envelope),
               amendment,
               in_force);
  return FALSE;
}

static gboolean
check_orders (JkResult *self, const JkSession *session, GError **error)
{
  g_autoptr (GVariant) orders = g_variant_get_child_value (self->inside, 5);
  return jk_result_orders_check (orders,
                                 jk_envelope_get_file (self->envelope),
                                 session,
                                 self->replay,
                                 &self->has_revoked_signer,
                                 error);
}

static gboolean
check_signatures (const JkResult *self, GError **error)
{
  const guint8 *station = jk_envelope_get_signer (self->envelope);
  guint8 message[JK_HAND_IN_SIGNED_BYTES];
  gsize n_signature = 0;

  for (guint32 i = 0; i < jk_replay_get_n_heads (self->replay); i++) {
    guint64 sequence = 0;
    guint8 head_message[JK_HEAD_SIGNED_BYTES];
    const JkHead *head = jk_replay_get_head (self->replay, i, &sequence);
    jk_head_put_signed (head_message,
                        &self->body.session,
                        self->body.record,
                        sequence,
                        head->commitment);
    if (!jk_sign_verify (jk_replay_get_station (self->replay, sequence),
                         JK_HEAD_PURPOSE,
                         head_message,
                         sizeof head_message,
                         head->signature))
      return refuse (self,
                     JK_RESULT_ERROR_SIGNATURE,
                     "has a head of the chain that its station did not sign",
                     error);
  }
  jk_hand_in_put_signed (message, &self->body, jk_replay_get_handed_in_link (self->replay));
  if (!jk_sign_verify (station,
                       JK_HAND_IN_PURPOSE,
                       message,
                       sizeof message,
                       get_bytes (self, 3, &n_signature)))
    return refuse (self,
                   JK_RESULT_ERROR_SIGNATURE,
                   "has a hand-in that its station did not sign",
                   error);
  return TRUE;
}

JkResult *
jk_result_open (const char *file,
                GBytes *bytes,
                const JkSession *session,
                const JkSecret *centre,
                const JkSecret *record_key,
                GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (centre != NULL, NULL);

  g_autoptr (JkResult) self = open_outside (file, bytes, session, error);
  if (self == NULL || !unseal (self, centre, error) || !replay_rows (self, error) ||
      !check_agreement (self, error) || !check_signatures (self, error) ||
      !check_amendment (self, session, error) || !check_orders (self, session, error))
    return NULL;
  if (record_key != NULL && !jk_result_check_proof (self, record_key, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jk_result_free (JkResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->receipts, g_array_unref);
  jk_replay_free (self->replay);
  g_clear_pointer (&self->inside, g_variant_unref);
  jk_envelope_free (self->envelope);
  g_free (self);
}

gboolean
jk_result_peek (const char *file,
                GBytes *bytes,
                const JkSession *session,
                guint32 *out_record,
                guint32 *out_seal_number,
                GError **error)
{
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (session != NULL, FALSE);
  g_return_val_if_fail (out_record != NULL, FALSE);
  g_return_val_if_fail (out_seal_number != NULL, FALSE);

  g_autoptr (JkResult) self = open_outside (file, bytes, session, error);
  if (self == NULL)
    return FALSE;
  *out_record = self->body.record;
  *out_seal_number = self->body.seal_number;
  return TRUE;
}

static gboolean
refuse_proof (const JkResult *self, GError **error)
{
  return refuse (self,
                 JK_RESULT_ERROR_PROOF,
                 "was not made by a station on which this candidate logged in",
                 error);
}

gboolean
jk_result_check_proof (const JkResult *self, const JkSecret *record_key, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (record_key != NULL, FALSE);

  const JkIdentified *identified = jk_replay_get_identified (self->replay);
  JkDigest proof;
  jk_proof_compute (record_key,
                    &self->body.session,
                    self->body.sitting_id,
                    identified->station_sign,
                    &proof);
  if (memcmp (proof.bytes, identified->proof, JK_DIGEST_BYTES) != 0)
    return refuse_proof (self, error);
  return TRUE;
}

static gboolean
is_person_of (const JkResult *self, const JkPerson *person)
{
  return g_str_equal (jk_result_get_admission (self), person->admission) &&
         g_str_equal (jk_result_get_name (self), person->name);
}

const JkRoll *
jk_result_find_roll (const JkResult *self, const JkRolls *rolls, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (rolls != NULL, NULL);

  guint32 record = self->body.record;
  guint at = jk_rolls_find (rolls, jk_replay_get_started (self->replay)->amendment);
  const JkRoll *proven = NULL;

  for (guint n = at + 1; n-- > 0;) {
    const JkRoll *roll = jk_rolls_get (rolls, n);
    if (record >= jk_roll_get_n (roll) ||
        !jk_result_check_proof (self, jk_roll_get_record_key (roll, record), NULL))
      continue;
    if (is_person_of (self, jk_roll_get_person (roll, record)))
      return roll;
    if (proven == NULL)
      proven = roll;
  }
  if (proven == NULL)
    refuse_proof (self, error);
  return proven;
}

guint32
jk_result_get_record (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->body.record;
}

guint32
jk_result_get_seal_number (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->body.seal_number;
}

const char *
jk_result_get_admission (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return get_text (self, 1);
}

const char *
jk_result_get_name (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return get_text (self, 2);
}

gboolean
jk_result_has_revoked_signer (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->has_revoked_signer;
}

const JkReplay *
jk_result_get_replay (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->replay;
}

const JkDigest *
jk_result_get_digest (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return jk_envelope_get_digest (self->envelope);
}

const JkDigest *
jk_result_get_receipt (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return jk_result_get_receipt_of (self, self->body.seal_number);
}

const JkDigest *
jk_result_get_receipt_of (const JkResult *self, guint32 seal_number)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint n = 0; n < self->receipts->len; n++) {
    const Receipt *receipt = &g_array_index (self->receipts, Receipt, n);
    if (receipt->seal_number == seal_number)
      return &receipt->digest;
  }
  return NULL;
}

JkOrder *
jk_result_dup_order (const JkResult *self, guint32 n)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n < jk_replay_get_epoch (self->replay), NULL);

  g_autoptr (GVariant) orders = g_variant_get_child_value (self->inside, 5);
  return jk_result_orders_parse (orders, n, jk_envelope_get_file (self->envelope), NULL);
}

const guint8 *
jk_result_get_station (const JkResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return jk_envelope_get_signer (self->envelope);
}
