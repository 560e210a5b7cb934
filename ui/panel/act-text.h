/* SPDX-License-Identifier: Apache-2.0 */
/* panel/act-text.h: what proctors' acts are called (domain.md section 7), what each does, and words
 * that are ready to be chosen: a lab PC has no way to type Chinese. */
#pragma once

#include "session/act.h"
#include "session/role.h"

/* "Extend the time" / "延时", in the language shown; lent. */
const char *jk_act_text_get_title (JkAct act);

/* One sentence on what will happen, in the language shown; lent. */
const char *jk_act_text_get_what (JkAct act);

/* Ready reasons, or ready texts, NULL after the last, to be translated; what was chosen goes into
 * the order in the language shown. Lent; never NULL. */
const char *const *jk_act_text_get_reasons (JkAct act);
const char *const *jk_act_text_get_texts (JkAct act);

/* "Chief examiner" / "主考" ... in the language shown; the caller frees. */
char *jk_act_text_dup_role (JkRoleName role);
