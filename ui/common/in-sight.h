/* SPDX-License-Identifier: Apache-2.0 */
/* common/in-sight.h: what a page says after a refusal is seen, at 200 % text too. */
#pragma once

#include <gtk/gtk.h>

/* When the page grows while message is shown, it is scrolled to its end. Both belong to the same
 * page; message stands near its end. */
void jk_in_sight_keep (GtkScrolledWindow *scroll, GtkWidget *message);

/* Where the message stands below the page and takes room from it: what has the keyboard in the page
 * stays in sight. */
void jk_in_sight_keep_focus (GtkScrolledWindow *scroll);
