/* SPDX-License-Identifier: Apache-2.0 */
/* result/receipt.h: what a candidate takes home (P8): 100 bits of
 * BLAKE2b ("jikao 1 receipt", session digest, u32 record, u32 seal number, link of handed-in). */
#pragma once

#include "crypto/hash.h"

#define JK_RECEIPT_LETTERS 21 /* with the check letter */

/* The full digest, as the QR code carries it. */
void jk_receipt_compute (const JkDigest *session,
                         guint32 record,
                         guint32 seal_number,
                         const JkDigest *handed_in_link,
                         JkDigest *out_receipt);

/* The 20 + 1 characters of a receipt; the caller frees. */
char *jk_receipt_dup_code (const JkDigest *receipt);

/* Reads what a slip has, forgiving as jk_code_parse is, into canonical letters. Errors:
 * JK_BASE_ERROR_CODE (mistyped: length, letter or check letter). */
gboolean
jk_receipt_parse (const char *typed, char out[static JK_RECEIPT_LETTERS + 1], GError **error);

/* Whether canonical letters are those of this receipt. */
gboolean jk_receipt_has_code (const JkDigest *receipt, const char *letters);
