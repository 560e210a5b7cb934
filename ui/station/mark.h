/* SPDX-License-Identifier: Apache-2.0 */
/* station/mark.h: the ring or box in front of an option, with its dot or tick.
 *
 * Drawn in the colour of its text and as large as style.css makes it. Not there for screen readers:
 * what it says is the state of the option around it. */
#pragma once

#include <gtk/gtk.h>

#define JK_TYPE_MARK (jk_mark_get_type ())
G_DECLARE_FINAL_TYPE (JkMark, jk_mark, JK, MARK, GtkWidget)

/* A box when several may be marked, else a ring. */
GtkWidget *jk_mark_new (gboolean is_box);
void jk_mark_set_set (JkMark *self, gboolean is_set);
