/* SPDX-License-Identifier: Apache-2.0 */
/* score/answer-list.h: the answers of a paper as its candidate wrote them down, to compare with
 * what was scored (P8).
 *
 * Lines of a question's number on the paper (1 first) and letters of options as they were shown,
 * with a tab or a mark such as . : ) or a blank between. Nothing after the number, or no line for a
 * number: unanswered. Forgiven are case, full-width letters, and blanks and marks between letters;
 * judge items take A, 正确, 对, T, √ and B, 错误, 错, F, ×. Empty lines and lines that begin with #
 * count for nothing. */
#pragma once

#include "base/report.h"
#include "paper/answers.h"

typedef struct _JkAnswerList JkAnswerList;

/* Reads a list for a paper; all faults go to report with their lines (no number, none of the paper,
 * one that came before, a letter that was not shown, several letters where one is to be chosen).
 * NULL when report got one. */
JkAnswerList *
jk_answer_list_parse (const char *file, const char *text, const JkPaper *paper, JkReport *report);
void jk_answer_list_free (JkAnswerList *self);
guint16 jk_answer_list_get (const JkAnswerList *self, guint position); /* 0: unanswered */

/* The positions at which answers, of the same paper, has something else, ascending: how many.
 * out_positions has room for every position of the paper. */
guint
jk_answer_list_compare (const JkAnswerList *self, const JkAnswers *answers, guint *out_positions);

/* An answer as such a list has it: "AC" by the options as shown, 正确 or 错误 for judge, "" when
 * unanswered. The caller frees. */
char *jk_answer_list_dup_shown (const JkPaper *paper, guint position, guint16 mask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkAnswerList, jk_answer_list_free)
