/* SPDX-License-Identifier: Apache-2.0 */
/* common/person-name.h: what a candidate is called on every page. */
#pragma once

#include "desk/desk.h"

/* The name of who sits here: of a walk-in as the order has it that let them in. Lent; NULL where
 * nobody sits. */
const char *jk_person_name_get (JkDesk *desk);

/* "安知行　座位号 01", in the language shown; the name alone where there is no seat. The caller
 * frees; NULL where nobody sits. */
char *jk_person_name_dup (JkDesk *desk);
