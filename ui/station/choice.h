/* SPDX-License-Identifier: Apache-2.0 */
/* station/choice.h: one option of a question as the candidate sees it: mark, letter, text.
 *
 * The whole row is the target. A click, Space and Enter, and its own action "option.choose", which
 * screen readers can call, all activate "exam.choose" with its place; whether it is checked then
 * follows from the answer and from nothing else. */
#pragma once

#include <gtk/gtk.h>

#define JK_TYPE_CHOICE (jk_choice_get_type ())
G_DECLARE_FINAL_TYPE (JkChoice, jk_choice, JK, CHOICE, GtkWidget)

/* A check box when several may be chosen, else a radio button; place is 0 first. */
GtkWidget *jk_choice_new (gboolean is_multiple, guint place);

/* letter: "A", or the sign of a judge item, which is shown but not read aloud. */
void jk_choice_set_text (JkChoice *self, const char *letter, const char *text);
void jk_choice_set_sign (JkChoice *self, const char *sign, const char *text);
void jk_choice_set_checked (JkChoice *self, gboolean is_checked);
gboolean jk_choice_is_checked (JkChoice *self);

/* As jk_paragraph_warm, for the text of an option. */
void jk_choice_warm (JkChoice *self, const char *text);
