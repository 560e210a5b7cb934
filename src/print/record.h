/* SPDX-License-Identifier: Apache-2.0 */
/* print/record.h: the room record sheet 考场情况记录单 of a hall, signed by two with a pen.
 *
 * What its closing sheets say together: counts, every row that counts, violations and incidents,
 * and each sheet with its code and who signed it, those set aside too. */
#pragma once

#include "print/form.h"
#include "result/sheet-merge.h"

/* The form as PDF; sheets are of this session. No sheet has a name in it: roll (may be NULL) adds
 * them. The caller unrefs. Errors: those of jk_document_print. */
GBytes *jk_record_form (const JkSession *session,
                        const JkSheetMerge *sheets,
                        const JkRoll *roll,
                        GError **error);
