/* SPDX-License-Identifier: Apache-2.0 */
/* bank/answer-keys.h: the .jkkeys of a bank: right options and rationale, for the centre only (P3).
 *
 * Envelope kind 2, body "(u)": items. Section "keys": sealed to the centres, purpose
 * "jikao 1 answer keys"; inside GVariant "(ayssa(sqs))": content digest of the bank, name, version,
 * per item id, mask of right canonical options, rationale. */
#pragma once

#include "crypto/hash.h"
#include "crypto/seal.h"
#include "envelope/envelope.h"

typedef struct _JkAnswerKeys JkAnswerKeys;

/* Opens with a centre's secret key. Errors: those of the envelope, JK_CRYPTO_ERROR_SECRET (not
 * sealed to this centre), FOREIGN when content is not NULL and differs, INDEX. */
JkAnswerKeys *jk_answer_keys_open (const JkStorage *storage,
                                   const char *path,
                                   const guint8 authority[static JK_PUBLIC_BYTES],
                                   const JkSecret *centre,
                                   const JkDigest *content,
                                   GError **error);
void jk_answer_keys_free (JkAnswerKeys *self);
guint32 jk_answer_keys_get_n (const JkAnswerKeys *self);
const char *jk_answer_keys_get_version (const JkAnswerKeys *self);
const char *jk_answer_keys_get_id (const JkAnswerKeys *self, guint32 item);
guint16 jk_answer_keys_get_right (const JkAnswerKeys *self, guint32 item);
const char *jk_answer_keys_get_rationale (const JkAnswerKeys *self, guint32 item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkAnswerKeys, jk_answer_keys_free)
