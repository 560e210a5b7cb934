/* SPDX-License-Identifier: Apache-2.0 */
/* station/question-view.h: the question in view: head of its part, stem, pictures, options.
 *
 * Follows the current item of the desk. Its buttons and options activate the actions of the page
 * around it ("exam.choose", "exam.next" ...). Options are kept and used again, so that the next
 * question costs a few milliseconds. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_QUESTION_VIEW (jk_question_view_get_type ())
G_DECLARE_FINAL_TYPE (JkQuestionView, jk_question_view, JK, QUESTION_VIEW, GtkWidget)

GtkWidget *jk_question_view_new (JkDesk *desk);

/* Gives the keyboard to the chosen option, or to the first one. */
void jk_question_view_focus_option (JkQuestionView *self);

/* Picture n of this question, larger; NULL when there is none. */
GtkWidget *jk_question_view_make_large (JkQuestionView *self, guint n);
