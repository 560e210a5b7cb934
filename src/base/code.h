/* SPDX-License-Identifier: Apache-2.0 */
/* base/code.h: codes that are printed and typed: Crockford base32 with a check character.
 *
 * The check character comes from the same 32 letters (Luhn mod 32), so one wrong letter and nearly
 * every swap of neighbours is found before any key is derived. Reading forgives case, blanks,
 * dashes, full-width letters, and O for 0, I or L for 1. */
#pragma once

#include <glib.h>

#define JK_START_CODE_BITS 60 /* also passcodes: 12 letters + check, 4-4-5 */
#define JK_ROOM_CODE_BITS 50  /* 10 letters + check, 4-4-3 */
#define JK_RECEIPT_BITS 100   /* 20 letters + check, 4-4-4-4-5 */
#define JK_SHORT_BITS 30      /* 6 letters, no check: names of sessions in file names */

/* The first n_bits (a multiple of 5, at most 100) of data as a printed code with check character,
 * in groups of four with dashes; a single letter left over joins the last group. The caller frees
 * and, for a secret, wipes. data holds at least n_bits bits. */
char *jk_code_format (const guint8 *data, guint n_bits);

/* n_bits of data as plain letters: no check, no groups. The caller frees. */
char *jk_code_format_short (const guint8 *data, guint n_bits);

/* Reads a typed code of n_bits into its canonical letters (upper case, without dashes, with the
 * check character), which are what keys are derived from. out has room for n_bits / 5 + 2 bytes and
 * is wiped on failure. Errors: CODE (never quotes the code). */
gboolean jk_code_parse (const char *typed, guint n_bits, char *out, GError **error);
