/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-private.h: what the writer and the reader of closing sheets share. */
#pragma once

#include "result/sheet.h"

#define JK_SHEET_BODY "(aysuayyyb)"
#define JK_SHEET_TEXTS "(asa(uyss))"
#define JK_SHEET_ROWS_SECTION "rows"
#define JK_SHEET_TEXTS_SECTION "texts"
#define JK_SHEET_SIGN_SECTION "countersign"
#define JK_SHEET_PURPOSE "jikao 1 closing sheet"
#define JK_SHEET_SIGN_PURPOSE "jikao 1 closing sheet countersign"

/* What the second role signs: sheet digest, both roles, alone. */
#define JK_SHEET_SIGNED_BYTES (JK_DIGEST_BYTES + 8)

/* Who signs. */
typedef struct {
  /* Plain */
  JkRoleName first;
  JkRoleName second;
  gboolean alone;
} JkSheetSigners;

/* The sheet digest; rows and texts are the bytes of their sections. */
void jk_sheet_compute_digest (const JkDigest *session,
                              guint32 number,
                              const JkDigest *predecessor,
                              GBytes *rows,
                              GBytes *texts,
                              JkDigest *out_digest);

/* The bytes of the countersignature's message. */
void jk_sheet_put_signed (guint8 out[static JK_SHEET_SIGNED_BYTES],
                          const JkDigest *digest,
                          const JkSheetSigners *signers);

/* Whether two roles may sign together: two that exist, different, and, alone, one of them a spare.
 */
gboolean jk_sheet_signers_check (const JkSheetSigners *signers);

/* Half a sentence on what cannot be in a sheet with these rows, ascending and of one session, or
 * NULL: rows out of order or twice, a record that is both absent and sat, one seal number of a
 * record with two results. Lent. */
const char *jk_sheet_rows_get_fault (const JkSheetRow *rows, guint n, guint n_records);
