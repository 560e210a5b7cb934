/* SPDX-License-Identifier: Apache-2.0 */
/* session/login-key.h: from a person's two numbers to the record: where it lies, and its key.
 * Private to this folder.
 *
 * Numbers are in canonical form (rule 1: jk_text_canonical_number). */
#pragma once

#include "crypto/derive.h"

#define JK_LOOKUP_BYTES 16

/* Where a record lies: 16 bytes of a keyed hash of the admission number. */
void jk_login_lookup (const JkSecret *roster_key,
                      const char *admission,
                      guint8 out_lookup[static JK_LOOKUP_BYTES]);

/* The record key: Argon2id over a keyed hash of both numbers. Slow. Errors: COST, MEMORY. */
JkSecret *jk_login_derive (const JkSecret *roster_key,
                           const char *admission,
                           const char *id_number,
                           JkCost cost,
                           GError **error);
