/* SPDX-License-Identifier: Apache-2.0 */
/* panel/person-text.h: a person of the roll in words. */
#pragma once

#include "desk/people.h"

/* "01 安知行", or "Spare row 12": what a person is called in lists and titles. The caller frees. */
char *jk_person_text_dup_name (const JkPanelPerson *person);

/* How it stands with them at this PC, in the language shown; lent. */
const char *jk_person_text_get_state (const JkPanelPerson *person);
