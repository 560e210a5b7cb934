/* SPDX-License-Identifier: Apache-2.0 */
/* print/sign-in.h: the attendance sheet 签到表 of a hall, signed by each candidate with a pen.
 *
 * By seat: everybody on the roll, ID numbers masked, then an empty line for each walk-in that the
 * session has room for. */
#pragma once

#include "print/form.h"

/* The form as PDF; the caller unrefs. Errors: those of jk_document_print. */
GBytes *jk_sign_in_form (const JkSession *session, const JkRoll *roll, GError **error);
