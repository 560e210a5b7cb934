/* SPDX-License-Identifier: Apache-2.0 */
/* session/printed-code.h: start code, room codes and passcodes as secrets. Private to this folder.
 *
 * In memory and in NAME.office a code is its canonical letters, which are what keys are derived
 * from. */
#pragma once

#include "base/code.h"
#include "crypto/secret.h"

#define JK_START_CODE_LETTERS (JK_START_CODE_BITS / 5 + 1) /* of a whole one, and of each half */

/* A fresh code of n_bits (a multiple of 5, at most 100) from (random, use, index). */
JkSecret *
jk_printed_code_new (const JkRandom *random, const char *use, guint64 index, guint n_bits);

/* Reads a typed code. Errors: JK_BASE_ERROR_CODE. */
JkSecret *jk_printed_code_parse (const char *typed, guint n_bits, GError **error);

/* The code as it is printed, in groups of four; a single letter left over joins the last. Contains
 * the secret: the caller wipes it with jk_text_wipe. */
char *jk_printed_code_dup_text (const JkSecret *code);
