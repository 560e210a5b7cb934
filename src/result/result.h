/* SPDX-License-Identifier: Apache-2.0 */
/* result/result.h: a handed-in sitting on its way to the centre.
 *
 * Envelope kind 5, signed by the station; body "(ayayuus)": session digest, sitting id, record,
 * seal number, hall. Section "sealed": sealed to the centres, purpose "jikao 1 result", context the
 * body's bytes; inside GVariant "(ayssayayaay)": link 0, admission number, name, hand-in signature,
 * rows (u32 size and row, repeated), the orders that rows name. The hand-in signature is the
 * station's over (session digest, record, seal number, link of handed-in), purpose "jikao 1
 * hand-in". A sitting that moved is signed by the station where it ended; heads by the one of their
 * time. */
#pragma once

#include "session/rolls.h"
#include "sitting/sitting.h"

typedef struct _JkResult JkResult;

/* The sealer for JkSittingPlace. Never NULL, never freed. */
const JkSealer *jk_result_sealer (void);

/* SHORTNAME-HALL-RECORD-sSEAL.jkresult: no personal number. The caller frees. */
char *jk_result_dup_file_name (const JkSession *session, guint32 record, guint32 seal_number);

/* Opens and checks everything the bytes themselves can prove: envelope, outer digest, this session,
 * unseals, replays every row, heads and hand-in signature by the stations' keys, agreement of body
 * and rows, the order of every row that an order caused. With record_key (NULL: skipped) also the
 * proof of log-in. Errors: those of the envelope, JK_CRYPTO_ERROR_SECRET, JkResultError,
 * JkSittingError, those of jk_order_check. */
JkResult *jk_result_open (const char *file,
                          GBytes *bytes,
                          const JkSession *session,
                          const JkSecret *centre,
                          const JkSecret *record_key,
                          GError **error);
void jk_result_free (JkResult *self);

/* Only what needs no key: is it whole, of this session, which record and seal. Errors: those of the
 * envelope, FOREIGN. */
gboolean jk_result_peek (const char *file,
                         GBytes *bytes,
                         const JkSession *session,
                         guint32 *out_record,
                         guint32 *out_seal_number,
                         GError **error);

/* Checks the proof of log-in of an opened result. Errors: PROOF. */
gboolean jk_result_check_proof (const JkResult *self, const JkSecret *record_key, GError **error);

/* The same with the rolls of its session: the latest one, not after the amendment it began under,
 * that proves the log-in and has its person; else the latest that proves it. One may log in under
 * an amendment and begin under the next. Lent by rolls. Errors: PROOF: none does. */
const JkRoll *jk_result_find_roll (const JkResult *self, const JkRolls *rolls, GError **error);

guint32 jk_result_get_record (const JkResult *self);
guint32 jk_result_get_seal_number (const JkResult *self);
const char *jk_result_get_admission (const JkResult *self);
const char *jk_result_get_name (const JkResult *self);

/* Whether it obeys an order signed by a role that an amendment of the session revoked: an earlier
 * order holds, and is flagged. What the chief revoked by order stands in the logs of the stations
 * only, so it is not seen here. */
gboolean jk_result_has_revoked_signer (const JkResult *self);
const JkReplay *jk_result_get_replay (const JkResult *self);

/* The n-th order that the sitting obeyed, jk_replay_get_obeyed of its replay. The caller frees. */
JkOrder *jk_result_dup_order (const JkResult *self, guint32 n);
const JkDigest *jk_result_get_digest (const JkResult *self); /* outer digest */
const JkDigest *jk_result_get_receipt (const JkResult *self);

/* The receipt that the hand-in of this seal number gave: the result's own, or that of an earlier
 * one which was undone; NULL for any other number. Lent. */
const JkDigest *jk_result_get_receipt_of (const JkResult *self, guint32 seal_number);
const guint8 *jk_result_get_station (const JkResult *self); /* JK_PUBLIC_BYTES */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkResult, jk_result_free)
