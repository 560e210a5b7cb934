/* SPDX-License-Identifier: Apache-2.0 */
/* score/centre.h: a hall's session as the scoring centre holds it: roll, bank, answer keys, all
 * open.
 *
 * Scoring is one pass: each result is verified, replayed, its paper drawn again, and marked;
 * results are independent, so several threads may score with one JkCentre. */
#pragma once

#include "bank/answer-keys.h"
#include "result/result.h"
#include "session/own-paper.h"

typedef struct _JkCentre JkCentre;

typedef struct {
  /* Plain */
  guint32 record;
  guint32 seal_number;
  guint total_half_points;
  guint answered;
  gboolean passed;
  gboolean has_revoked_signer; /* of an order; by amendment, see result/result.h */
  guint64 exam_ms;
  guint64 extended_ms; /* by orders, as the next two */
  guint64 credited_ms;
  guint64 late_ms;
  guint32 n_moves; /* to another PC */
  guint32 restarts;
  JkHandInReason hand_in;
  JkDigest receipt;
  JkDigest digest;                 /* outer digest of the result */
  guint8 station[JK_PUBLIC_BYTES]; /* its signing key */
  /* Owned */
  guint *section_half_points; /* one per section of the blueprint */
} JkScore;

/* Opens everything a hall's results need. Errors: those of the functions it calls, KEYS. */
JkCentre *jk_centre_open (const JkWorld *world,
                          const JkSession *session,
                          const char *bank_path,
                          const char *keys_path,
                          const JkSecret *centre,
                          GError **error);
void jk_centre_free (JkCentre *self);
const JkSession *jk_centre_get_session (const JkCentre *self);
const JkRoll *jk_centre_get_roll (const JkCentre *self);
const JkAnswerKeys *jk_centre_get_keys (const JkCentre *self);

/* The paper of a record, drawn and compared with the office's digest. Errors:
 * JK_SESSION_ERROR_PAPER ... */
JkPaper *jk_centre_draw (const JkCentre *self, guint32 record, GError **error);

/* Verifies and marks one result. Errors: every reason for quarantine. */
gboolean jk_centre_score (const JkCentre *self,
                          const char *file,
                          GBytes *bytes,
                          JkScore *out_score,
                          GError **error);
void jk_score_clear (JkScore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkCentre, jk_centre_free)
