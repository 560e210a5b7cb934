/* SPDX-License-Identifier: Apache-2.0 */
/* base/encoding.h: in which encoding a file of people was saved, told from its bytes alone.
 *
 * Chinese offices save tables in UTF-8 or in GB18030 (which GBK and GB2312 are parts of), and no
 * mark tells one from the other. The rule, the same on every machine:
 *
 * 1. Bytes that are UTF-8 throughout are UTF-8; a mark at the beginning (BOM) says so too.
 * 2. The marks of UTF-16, or a zero in two of the first four bytes where its letters have them, are
 *    UTF-16.
 * 3. Bytes are GB18030 when all of these hold: the whole file is GB18030 and has no zero byte; no
 *    line is UTF-8 with a character of three or more bytes; most bytes are not in such characters;
 *    most characters of two bytes are letters of GB2312.
 * 4. All else is unknown: above all UTF-8 with a damaged byte, and two encodings in one file.
 *
 * So one bad byte never turns a UTF-8 file into other words. Big5 may pass as GB18030: who reads by
 * this guess must show a sample of what was read, or know some of its words. */
#pragma once

#include <glib.h>

typedef enum {
  JK_ENCODING_UTF8,
  JK_ENCODING_UTF16,
  JK_ENCODING_GB18030,
  JK_ENCODING_UNKNOWN,
} JkEncoding;

/* The encoding by the rule above; no bytes at all are UTF-8. */
JkEncoding jk_encoding_guess (const guint8 *data, gsize size);

/* GB18030 as UTF-8; NULL when any byte is not of it. The bytes are wiped when they are freed: they
 * may hold ID numbers. */
GBytes *jk_encoding_from_gb18030 (const guint8 *data, gsize size);
