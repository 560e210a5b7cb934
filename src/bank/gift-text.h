/* SPDX-License-Identifier: Apache-2.0 */
/* bank/gift-text.h: the letters of GIFT: escapes, blanks at the ends, [format] marks. Private to
 * the reader of GIFT.
 *
 * Moodle puts escaped signs aside before it looks for signs that mean something; we do so with
 * bytes that UTF-8 never has (0xF8 to 0xFE). Protected text may be cut anywhere; reading restores
 * it. */
#pragma once

#include <glib.h>

typedef enum {
  JK_GIFT_FORMAT_PLAIN, /* no mark, [plain], [moodle] */
  JK_GIFT_FORMAT_HTML,
  JK_GIFT_FORMAT_MARKDOWN,
} JkGiftFormat;

/* Whether Moodle's trim takes it away: blank, tab, LF, CR, vertical tab. */
gboolean jk_gift_is_blank (char c);

/* Cuts blanks at both ends of *text of *size bytes, without copying. */
void jk_gift_trim (const char **text, gsize *size);

/* Puts \\ \: \# \= \{ \} \~ \n aside; every other backslash stays. The caller frees. */
char *jk_gift_protect (const char *text);

/* The text behind a [format] mark at its very start, without blanks at either end and with the
 * signs put aside restored; *out_format is fallback when there is no mark. The caller frees. */
char *
jk_gift_read_text (const char *text, gsize size, JkGiftFormat fallback, JkGiftFormat *out_format);
