/* SPDX-License-Identifier: Apache-2.0 */
/* station/shortcuts.h: the keys of the exam: what they are, and the sheet that tells them. */
#pragma once

#include <gtk/gtk.h>

/* Gives a page the keys; they activate its actions "exam.next", "exam.choose" ... and those of the
 * window, wherever in the window the keyboard is, unless what has it takes the key itself. */
void jk_shortcuts_add (GtkWidget *page);

/* The keys and what they do, as two columns. */
GtkWidget *jk_shortcuts_make_list (void);
