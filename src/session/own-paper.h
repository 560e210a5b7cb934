/* SPDX-License-Identifier: Apache-2.0 */
/* session/own-paper.h: the station draws a candidate's paper again and opens its own items, no
 * others.
 *
 * The centre draws with the first function alone (P7). */
#pragma once

#include "paper/draw.h"
#include "session/session.h"

typedef struct _JkOwnPaper JkOwnPaper;

/* Draws from the record's seed and compares with the office's digest. Errors: PAPER and those of
 * jk_draw. */
JkPaper *jk_own_paper_draw (const JkPool *pool, const JkPaperKeys *keys, GError **error);

/* Draws and opens every item of the paper. Errors: the same, and those of jk_bank_open_blob. */
JkOwnPaper *jk_own_paper_open (const JkSession *session,
                               const JkBank *bank,
                               const JkRecord *record,
                               const JkSecret *record_key,
                               const JkSecret *paper_key,
                               GError **error);
void jk_own_paper_free (JkOwnPaper *self);
const JkPaper *jk_own_paper_get_paper (const JkOwnPaper *self);
const JkBlob *jk_own_paper_get_blob (const JkOwnPaper *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkOwnPaper, jk_own_paper_free)
