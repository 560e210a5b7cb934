/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-compare.h: results against the merged closing sheets, without any key: seats started
 * = results sealed = receipts given, and what is missing or too much, by seat and record. */
#pragma once

#include "base/report.h"
#include "result/result-label.h"
#include "result/sheet-merge.h"

/* A result file as it was found. */
typedef struct {
  /* Borrowed */
  const char *file;
  /* Plain */
  JkResultLabel label;
} JkFoundResult;

typedef struct {
  guint missing; /* results that a row names and no file is */
  guint extra;   /* files that no row names */
} JkSheetMatch;

/* Reports every sheet that is set aside, every difference between rows and files, every record that
 * started and has no result or no receipt, and, as a notice, who never came. Of copies of a file
 * one counts. */
void jk_sheet_compare (const JkSheetMerge *sheets,
                       const JkFoundResult *results,
                       guint n,
                       JkReport *report,
                       JkSheetMatch *out_match);
