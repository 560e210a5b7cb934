/* SPDX-License-Identifier: Apache-2.0 */
/* result/receipt.h: what a candidate takes home (P8): 100 bits of
 * BLAKE2b ("jikao 1 receipt", session digest, u32 record, u32 seal number, link of handed-in). */
#pragma once

#include "crypto/hash.h"
#include "crypto/sign.h"

#define JK_RECEIPT_LETTERS 21 /* with the check letter */

/* The full digest, as the QR code carries it. */
void jk_receipt_compute (const JkDigest *session,
                         guint32 record,
                         guint32 seal_number,
                         const JkDigest *handed_in_link,
                         JkDigest *out_receipt);

/* The 20 + 1 characters of a receipt; the caller frees. */
char *jk_receipt_dup_code (const JkDigest *receipt);

/* What the QR code carries: the digest in 64 hexadecimal digits, a colon, and in 128 the signature
 * of the station over it (purpose "jikao 1 receipt signed"). The caller frees. */
char *jk_receipt_dup_qr (const JkDigest *receipt, const JkSecret *station_sign_key);

/* Reads that, or the 64 digits alone; the signature is not checked. FALSE when it is neither. */
gboolean jk_receipt_parse_qr (const char *text, JkDigest *out_receipt);

/* Reads what a slip has, forgiving as jk_code_parse is, into canonical letters. Errors:
 * JK_BASE_ERROR_CODE (mistyped: length, letter or check letter). */
gboolean
jk_receipt_parse (const char *typed, char out[static JK_RECEIPT_LETTERS + 1], GError **error);

/* Whether canonical letters are those of this receipt. */
gboolean jk_receipt_has_code (const JkDigest *receipt, const char *letters);
