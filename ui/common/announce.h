/* SPDX-License-Identifier: Apache-2.0 */
/* common/announce.h: says something to who listens with a screen reader.
 *
 * GTK 4.8 has no live regions: a widget that appears, be it an alert, sends nothing that a reader
 * would speak. What is spoken is a new name of the window in front (Orca 43, onNameChanged), so
 * that is how it is said; what is seen does not change. tests/ui/test-spoken.py shows it. */
#pragma once

#include <gtk/gtk.h>

/* Says text in the window that widget is in; nothing when it is in none, or text is said already.
 * NULL: nothing is to be said any more, the window has its title for a name again. */
void jk_announce (GtkWidget *widget, const char *text);
