/* SPDX-License-Identifier: Apache-2.0 */
/* common/first-focus.h: where the keyboard goes when a view is shown.
 *
 * Not a view's own grab_focus: GTK 4.8 asks that before the children when Tab comes round, and what
 * stands before the first field is then never reached. */
#pragma once

#include <gtk/gtk.h>

/* widget is below view, and may go before it. */
void jk_first_focus_set (GtkWidget *view, GtkWidget *widget);

/* FALSE when there is none, or it takes no keyboard now. */
gboolean jk_first_focus_grab (GtkWidget *view);
