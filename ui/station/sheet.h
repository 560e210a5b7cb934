/* SPDX-License-Identifier: Apache-2.0 */
/* station/sheet.h: a sheet over the page, inside its window: title, what it shows, close button.
 *
 * Esc and the button close it. Who shows it takes it away on "closed" (no parameters). */
#pragma once

#include <gtk/gtk.h>

#define JK_TYPE_SHEET (jk_sheet_get_type ())
G_DECLARE_FINAL_TYPE (JkSheet, jk_sheet, JK, SHEET, GtkWidget)

GtkWidget *jk_sheet_new (const char *title, GtkWidget *child);
