/* SPDX-License-Identifier: Apache-2.0 */
/* ui/stage.h: a window in which a test shows one widget, and looks at it as a person does. */
#pragma once

#include <gtk/gtk.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Opens the display, with English texts; from now on a warning ends the test. FALSE when there is
 * none; then "1..0 # SKIP" is printed, and main returns. */
gboolean jk_stage_open (void);

/* Shows a widget in a window of 1280 x 800 until it is on the screen. Borrowed until
 * jk_stage_close, which destroys the window. */
GtkWindow *jk_stage_show (GtkWidget *widget);
void jk_stage_close (GtkWindow *window);

/* Runs the main loop until nothing is left to do. */
void jk_stage_settle (void);

/* Runs it for that long. */
void jk_stage_wait_ms (guint ms);

/* The first widget under root that is on the screen and has this label or text; NULL: there is
 * none. */
GtkWidget *jk_stage_find (GtkWidget *root, const char *text);

/* The same of buttons alone: a title may have the same words. */
GtkWidget *jk_stage_find_button (GtkWidget *root, const char *label);

/* Whether something on the screen has this in its label or text. */
gboolean jk_stage_reads (GtkWidget *root, const char *part);

/* Clicks the button that has this label; fails the test when there is none, or it takes no click.
 */
void jk_stage_click (GtkWidget *root, const char *label);

/* Whether the keyboard is on what has this label. */
gboolean jk_stage_has_focus (GtkWindow *window, const char *label);

/* The entry number n on the screen, 0 first; fails the test when there is none. */
GtkEntry *jk_stage_find_entry (GtkWidget *root, guint n);

/* Types into it, as if at its end. */
void jk_stage_type (GtkEntry *entry, const char *text);
