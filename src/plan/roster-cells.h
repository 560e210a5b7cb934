/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster-cells.h: what one cell of a roster may be. For the roster only. */
#pragma once

#include <glib.h>

/* Whether text is a number with nothing but the usual dashes, blanks, brackets and quotes around
 * and in it: what its canonical form drops silently. */
gboolean jk_roster_cell_is_number (const char *text);

/* Whether a spreadsheet turned a long number into 2.10105E+15, so that its last digits are lost. */
gboolean jk_roster_cell_is_scientific (const char *text);

/* Whether a normalised text can be a name: 1 to JK_NAME_BYTES_MAX bytes, no control character. */
gboolean jk_roster_cell_is_name (const char *text);

/* Whether a normalised text can name a hall or a seat: 1 to 16 letters of any script, digits, - and
 * _. Halls stand in file names; 16, so that no shifted column puts an ID number there. */
gboolean jk_roster_cell_is_place (const char *text);

/* The sex a word stands for: 'M', 'F', or 0 for a blank cell. FALSE when it is no such word. */
gboolean jk_roster_cell_parse_sex (const char *text, char *out_sex);

/* Minutes of extra time: "" and 无 are 0; else a number to JK_EXTRA_MINUTES_MAX, also with 分钟, 分
 * or min after it. FALSE when it is none of these. */
gboolean jk_roster_cell_parse_minutes (const char *text, guint16 *out_minutes);

/* YYYYMMDD of a day as 19900102, 1990-1-2, 1990年1月2日 and the like, also with an hour after it; 0
 * when it is none. */
guint jk_roster_cell_parse_day (const char *text);

/* Full years of a time as 3, 3.5, 3年, 3年6个月, 3 years; FALSE when it is none of these. */
gboolean jk_roster_cell_parse_years (const char *text, guint *out_years);

/* “text” for a message, but only its length when it could be an ID number. The caller frees. */
char *jk_roster_cell_dup_quote (const char *text);
