/* SPDX-License-Identifier: Apache-2.0 */
/* panel/act-text.h: what proctors' acts are called (domain.md section 7), what each does, and words
 * that are ready to be chosen: a lab PC has no way to type Chinese. */
#pragma once

#include "desk/page.h"
#include "session/role.h"

/* Beside the acts: JK_ACT_MOVE before the start, when there is nothing to take along and the PC is
 * free for the next. */
#define JK_ACT_TEXT_LOG_OUT ((guint) JK_N_ACTS)

/* Under which texts an act goes at this page. */
guint jk_act_text_choose (JkAct act, JkPage page);

/* "Extend the time" / "延时", in the language shown; lent. */
const char *jk_act_text_get_title (guint act);

/* One sentence on what will happen, in the language shown; lent. */
const char *jk_act_text_get_what (guint act);

/* Ready reasons, or ready texts, NULL after the last, to be translated; what was chosen goes into
 * the order in the language shown. Lent; never NULL. */
const char *const *jk_act_text_get_reasons (guint act);
const char *const *jk_act_text_get_texts (JkAct act);

/* "Chief examiner" / "主考" ... in the language shown; the caller frees. */
char *jk_act_text_dup_role (JkRoleName role);
