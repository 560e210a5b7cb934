/* SPDX-License-Identifier: Apache-2.0 */
/* panel/ready-words.h: a line of text with words beside it that are put into it by a click: nobody
 * can type Chinese on a lab PC without help. */
#pragma once

#include <gtk/gtk.h>

#define JK_TYPE_READY_WORDS (jk_ready_words_get_type ())
G_DECLARE_FINAL_TYPE (JkReadyWords, jk_ready_words, JK, READY_WORDS, GtkWidget)

/* Its title, which is also its name for screen readers, and the words (to be translated; NULL after
 * the last). */
void jk_ready_words_offer (JkReadyWords *self, const char *title, const char *const *words);
const char *jk_ready_words_get_text (JkReadyWords *self); /* lent */
GtkWidget *jk_ready_words_get_entry (JkReadyWords *self); /* for the keyboard */
