/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-merge.h: the closing sheets of one hall as one list of rows.
 *
 * Sheets count up from 1, each naming the one before it. A later sheet only adds rows or replaces a
 * "lost" one; a repeated row says nothing new. Of one number there is one content, whoever signed
 * it. What contradicts is set aside with its reason, and so is what comes after it or after a gap:
 * those rows count for nothing until the hall has settled it. Of those that say the same one is
 * taken that no revoked role signed, where there is one. The order in which sheets are given
 * does not matter. */
#pragma once

#include "result/sheet.h"

typedef struct _JkSheetMerge JkSheetMerge;

typedef enum {
  JK_SHEET_TAKEN,        /* its rows count */
  JK_SHEET_COPY,         /* of one that was taken: the same content, perhaps other signers */
  JK_SHEET_CONTRADICTED, /* another content of its number, a wrong predecessor, a changed row */
  JK_SHEET_WAITING,      /* a sheet before it is missing or set aside */
} JkSheetFate;

/* By record, so that a candidate who moved or handed in twice counts once. */
typedef struct {
  guint due;        /* 应考: of the roll, walk-ins not among them */
  guint present;    /* 实考 */
  guint absent;     /* 缺考 */
  guint never_seen; /* nobody marked them absent */
  guint violations; /* 违纪 */
  guint started;
  guint sealed;   /* of those, with a result */
  guint receipts; /* of those, with the receipt of the result that counts */
} JkSheetCounts;

/* Merges n sheets, which it takes. */
JkSheetMerge *jk_sheet_merge_new (JkSheet **sheets, guint n);
void jk_sheet_merge_free (JkSheetMerge *self);

/* The sheets by number and then by file, what became of each, and why; the reason is a sentence
 * that begins with the file, "" for one that was taken. Lent. */
guint jk_sheet_merge_get_n_sheets (const JkSheetMerge *self);
const JkSheet *jk_sheet_merge_get_sheet (const JkSheetMerge *self, guint n);
JkSheetFate jk_sheet_merge_get_fate (const JkSheetMerge *self, guint n);
const char *jk_sheet_merge_get_reason (const JkSheetMerge *self, guint n);

/* The last sheet taken; NULL when there is none. */
const JkSheet *jk_sheet_merge_get_last (const JkSheetMerge *self);

/* The rows that count, in the order of jk_sheet_row_compare; with its seat and sheet. */
guint jk_sheet_merge_get_n_rows (const JkSheetMerge *self);
const JkSheetRow *jk_sheet_merge_get_row (const JkSheetMerge *self, guint n);
const char *jk_sheet_merge_get_seat (const JkSheetMerge *self, guint n);
const JkSheet *jk_sheet_merge_get_row_sheet (const JkSheetMerge *self, guint n);

/* The rows of a record: how many, and where the first is. */
guint jk_sheet_merge_find (const JkSheetMerge *self, guint32 record, guint *out_first);

/* Counts one record more, by its rows in the order of jk_sheet_row_compare, at least one. */
void jk_sheet_counts_add_record (JkSheetCounts *self, const JkSheetRow *const *rows, guint n);

/* Adds the records with a violation in the notes of the sheets that count to a set of numbers. */
void jk_sheet_merge_find_violators (const JkSheetMerge *self, GHashTable *records);

/* 应考, 实考, 缺考, 违纪 and the three that must be equal. */
void jk_sheet_merge_count (const JkSheetMerge *self, JkSheetCounts *out_counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSheetMerge, jk_sheet_merge_free)
