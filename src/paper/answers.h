/* SPDX-License-Identifier: Apache-2.0 */
/* paper/answers.h: the answers to one paper, as masks over canonical options.
 *
 * Bit n of a mask is canonical option n of the item at that position; 0 is unanswered. Single and
 * judge have at most one bit. As bytes: u16 per position. */
#pragma once

#include "paper/paper.h"

typedef struct _JkAnswers JkAnswers;

/* No answers yet; paper is borrowed and must outlive it. */
JkAnswers *jk_answers_new (const JkPaper *paper);
void jk_answers_free (JkAnswers *self);

/* Whether mask is a possible answer at position: known options only, one at most unless multiple.
 */
gboolean jk_answers_is_valid (const JkPaper *paper, guint position, guint16 mask);

/* Sets a valid mask; FALSE (and no change) otherwise. */
gboolean jk_answers_set (JkAnswers *self, guint position, guint16 mask);
guint16 jk_answers_get (const JkAnswers *self, guint position);
guint jk_answers_count_answered (const JkAnswers *self);

/* The letters shown for a mask, as "AC" by the paper's order of options; the caller frees. */
char *jk_answers_dup_letters (const JkPaper *paper, guint position, guint16 mask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkAnswers, jk_answers_free)
