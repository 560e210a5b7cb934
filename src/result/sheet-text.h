/* SPDX-License-Identifier: Apache-2.0 */
/* result/sheet-text.h: a closing sheet as it is printed and signed by hand (收卷单). */
#pragma once

#include "result/sheet.h"

/* UTF-8 text for paper: session, hall, number, the sheet's own code and its predecessor's, both
 * roles, counts, each row with its receipt, notes, room for two signatures. No name and no personal
 * number. The caller frees. */
char *jk_sheet_dup_text (const JkSheet *self, const JkSession *session);
