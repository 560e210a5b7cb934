/* SPDX-License-Identifier: Apache-2.0 */
/* result/body.h: what stands open in a result, and what its signatures are over. Private to this
 * folder; FORMATS.md section 8 describes it. */
#pragma once

#include "result/result.h"

#define JK_RESULT_BODY "(ayayuus)"
#define JK_RESULT_INSIDE "(ayssayayaay)"
#define JK_RESULT_SECTION "sealed"
#define JK_RESULT_PURPOSE "jikao 1 result"
#define JK_HAND_IN_PURPOSE "jikao 1 hand-in"

typedef struct {
  /* Plain */
  JkDigest session;
  guint8 sitting_id[JK_SITTING_ID_BYTES];
  guint32 record;
  guint32 seal_number;
  /* Borrowed */
  const char *hall;
} JkResultBody;

/* The body as a new variant (floating). */
GVariant *jk_result_body_to_variant (const JkResultBody *self);

/* Reads a body of type JK_RESULT_BODY and compares it with the session; hall is lent by variant.
 * file is for messages. Errors: FOREIGN, CONTENT. */
gboolean jk_result_body_read (GVariant *variant,
                              const JkSession *session,
                              const char *file,
                              JkResultBody *out_body,
                              GError **error);

/* Its bytes, little endian: what the sealed section is bound to. */
GBytes *jk_result_body_get_context (GVariant *variant);

/* What the hand-in signature is over: session digest, u32 record, u32 seal number, link. */
#define JK_HAND_IN_SIGNED_BYTES (2 * JK_DIGEST_BYTES + 8)
void jk_hand_in_put_signed (guint8 out[static JK_HAND_IN_SIGNED_BYTES],
                            const JkResultBody *body,
                            const JkDigest *handed_in_link);
