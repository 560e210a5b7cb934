/* SPDX-License-Identifier: Apache-2.0 */
/* base/text.h: text that came from people: UTF-8 in, normalised forms out. */
#pragma once

#include <glib.h>

/* The text of a file people edit: UTF-8 without its BOM, zero-terminated, CRLF and lone CR as LF. A
 * byte that is not UTF-8 or a NUL is refused with its line number and, when it looks like GB18030
 * or UTF-16 (base/encoding.h), a word on how to save the file. file is for the message. The caller
 * frees. Errors: TEXT. */
char *jk_text_from_bytes (const char *file, GBytes *bytes, GError **error);

/* NFKC, upper case, only [0-9A-Z]: the rule for ID and admission numbers, number 1 in session
 * files. The caller frees; wipe it when it is an ID number. */
char *jk_text_canonical_number (const char *text);

/* NFKC without blanks at either end and with runs of blanks (U+3000 too) as one. The caller frees.
 */
char *jk_text_normalise (const char *text);

/* First six and last four letters with stars between, as 110108********0019; a text of fewer than
 * 12 letters keeps its first and last two, and one of fewer than 5 becomes stars. The caller frees.
 */
char *jk_text_mask_number (const char *number);

/* Whether the bytes from one place up to another, excluded, are digits 0 to 9; text has them. */
gboolean jk_text_are_digits (const char *text, gsize from, gsize to);

/* Bytes as lower-case hexadecimal digits. The caller frees. */
char *jk_text_hex (gconstpointer data, gsize size);

/* Exactly size bytes of hexadecimal digits, either case; FALSE when text is not that. */
gboolean jk_text_parse_hex (const char *text, gpointer out, gsize size);

/* Overwrites and frees a zero-terminated text that held a secret; NULL is fine. */
void jk_text_wipe (char *text);
