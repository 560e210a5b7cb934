/* SPDX-License-Identifier: Apache-2.0 */
/* result/build-sheet.h: makes a closing sheet, signed by two roles. */
#pragma once

#include "result/sheet.h"

typedef struct {
  /* Borrowed */
  const JkSheetRow *rows;   /* in the order of jk_sheet_row_compare */
  const char *const *seats; /* one to each row; "" where there is none */
  const JkSheetNote *notes;
  /* Plain */
  guint n_rows;
  guint n_notes;
  guint32 number;
  JkDigest predecessor; /* sheet digest of number - 1; zeros for number 1 */
} JkSheetContent;

typedef struct {
  /* Borrowed */
  const JkSecret *sign_key;
  /* Plain */
  JkRoleName role;
} JkSheetSigner;

/* The bytes of a sheet of this session's hall, checked as a reader checks them; the same for the
 * same content, signers and keys. alone: one person signs with both envelopes, one of them a
 * spare's, and the sheet says so. Errors: those of jk_sheet_open. */
GBytes *jk_sheet_build (const JkSession *session,
                        const JkSheetContent *content,
                        const JkSheetSigner *first,
                        const JkSheetSigner *second,
                        gboolean alone,
                        GError **error);
