/* SPDX-License-Identifier: Apache-2.0 */
/* panel/refusal.h: what a proctor reads when something is refused: what it means, in the language
 * shown, and under it the sentence of src with file, numbers and names (P11). */
#pragma once

#include "session/role.h"

/* The caller frees. */
char *jk_refusal_dup (const GError *error);

/* The same for what several people type a passcode for: of whom it was not taken; 0: of nobody. The
 * caller frees. */
char *jk_refusal_dup_of (const GError *error, JkRoleName refused);

/* The English for a domain and a code, to be translated; NULL: there is only the sentence of src.
 * Lent. */
const char *jk_refusal_find (GQuark domain, int code);
