/* SPDX-License-Identifier: Apache-2.0 */
/* station/trouble-view.h: what is shown where the stores of this PC do not open: the seat in
 * letters to be read across the room, one sentence for who sits there, the cause for the proctor
 * (P11). */
#pragma once

#include <gtk/gtk.h>

/* seat may be NULL. */
GtkWidget *jk_trouble_view_new (const char *seat, const GError *error);
