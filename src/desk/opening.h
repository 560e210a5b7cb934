/* SPDX-License-Identifier: Apache-2.0 */
/* desk/opening.h: a desk that is opened on a thread of its own.
 *
 * For a program that has to connect to its display too: reading the stores and waiting for their
 * disk takes as long, and neither needs the other. */
#pragma once

#include "desk/desk.h"

typedef struct _JkDeskOpening JkDeskOpening;

/* Begins what jk_desk_new does, for the default main context. What place names is borrowed until
 * jk_desk_opening_finish; until then that context must not run, and nobody may change the locale or
 * the environment. */
JkDeskOpening *jk_desk_opening_new (const JkDeskPlace *place);

/* Waits until the desk is open, and frees self. From now on the desk is this thread's. NULL with
 * the errors of jk_desk_new. */
JkDesk *jk_desk_opening_finish (JkDeskOpening *self, GError **error);
