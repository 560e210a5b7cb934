/* SPDX-License-Identifier: Apache-2.0 */
/* station/window.h: the one window of a seat: shows the page the desk is at.
 *
 * Actions of the window: win.larger, win.smaller, win.usual-size (text), win.scheme (light, dark,
 * high contrast in turn), win.language (Chinese and English in turn; pages are made anew),
 * win.panel (Ctrl+Alt+P: the proctor's panel, over the page). */
#pragma once

#include "common/theme.h"
#include "desk/desk.h"

#include <gtk/gtk.h>

#define JK_TYPE_STATION_WINDOW (jk_station_window_get_type ())
G_DECLARE_FINAL_TYPE (JkStationWindow, jk_station_window, JK, STATION_WINDOW, GtkApplicationWindow)

JkStationWindow *jk_station_window_new (GtkApplication *application, JkDesk *desk, JkTheme *theme);

/* A strip above the page, shown with rehearsals only; takes it. */
void jk_station_window_set_demo (JkStationWindow *self, GtkWidget *line);
