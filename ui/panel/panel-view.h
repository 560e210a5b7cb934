/* SPDX-License-Identifier: Apache-2.0 */
/* panel/panel-view.h: the proctor's panel (监考面板) in the window of a seat: covers the
 * candidate's page, stops no clock, and asks for a passcode before it does anything.
 *
 * Actions: panel.close (gives the candidate's page back; locked at once), panel.home, panel.people,
 * panel.files, panel.checks (the last two also while it is locked),
 * panel.order (uint32, a JkAct: of who sits here, or of the whole PC), panel.order-of (record and
 * JkAct), panel.let-in (record: whom an order lets in).
 * Signals: "closed" (no parameters): who shows it takes it away. */
#pragma once

#include "desk/panel.h"

#include <gtk/gtk.h>

#define JK_TYPE_PANEL_VIEW (jk_panel_view_get_type ())
G_DECLARE_FINAL_TYPE (JkPanelView, jk_panel_view, JK, PANEL_VIEW, GtkWidget)

GtkWidget *jk_panel_view_new (JkDesk *desk);

/* Brings the keyboard to it, once it is in a window. */
void jk_panel_view_focus (JkPanelView *self);
