/* SPDX-License-Identifier: Apache-2.0 */
/* base/csv.h: tables as comma-separated text (RFC 4180), read and written with libcsv. */
#pragma once

#include "base/report.h"

typedef struct _JkCsv JkCsv;

/* Reads a table whose first row names the columns. Faults (stray quote, ragged row, no heading, too
 * many rows) go to report with their row numbers, which count the heading as row 1 as spreadsheets
 * do; rows that are wholly empty are skipped. NULL when there is no usable heading. */
JkCsv *jk_csv_parse (const char *file, GBytes *bytes, JkReport *report);
void jk_csv_free (JkCsv *self);

const char *jk_csv_get_file (const JkCsv *self);
guint jk_csv_get_n_rows (const JkCsv *self); /* without the heading */
guint jk_csv_get_n_columns (const JkCsv *self);
const char *jk_csv_get_heading (const JkCsv *self, guint column); /* normalised; lent */

/* The row's number as a spreadsheet shows it. */
guint jk_csv_get_row_number (const JkCsv *self, guint row);

/* A cell as it stands; "" beyond the end of a short row. Lent. */
const char *jk_csv_get_cell (const JkCsv *self, guint row, guint column);

/* Appends one cell in quotes, with the quotes inside doubled. A cell that a spreadsheet would take
 * for a formula (first letter = + - @ tab or CR, also full-width) gets an apostrophe before it. */
void jk_csv_append_cell (GString *out, const char *text, gboolean last);

/* The same for a number that must stay text in a spreadsheet (ID and admission numbers): ="..." */
void jk_csv_append_number_as_text (GString *out, const char *digits, gboolean last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkCsv, jk_csv_free)
