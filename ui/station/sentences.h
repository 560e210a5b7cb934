/* SPDX-License-Identifier: Apache-2.0 */
/* station/sentences.h: what a candidate reads when something is refused: one plain reason and a way
 * on (P11), in the language shown. What src says is for proctors. */
#pragma once

#include "desk/desk.h"

/* The sentence for an error of a desk, in the language shown; the general one where nothing better
 * is known. The right seat is named, and whether entry is over is said. The caller frees. */
char *jk_sentence_dup (JkDesk *desk, const GError *error);

/* The English of the sentence for a domain and a code, to be translated; NULL: none but the general
 * one. Lent. */
const char *jk_sentence_find (GQuark domain, int code);
