/* SPDX-License-Identifier: Apache-2.0 */
/* panel/room-view.h: the room code of another session of this PC, typed by a proctor while one is
 * open already: then people of both log in here. */
#pragma once

#include "desk/desk.h"

#include <gtk/gtk.h>

/* Signal "done" (const char *sentence): log-in is open in that session. */
#define JK_TYPE_ROOM_VIEW (jk_room_view_get_type ())
G_DECLARE_FINAL_TYPE (JkRoomView, jk_room_view, JK, ROOM_VIEW, GtkWidget)

/* Names the sessions of the desk that wait for their code. */
GtkWidget *jk_room_view_new (JkDesk *desk);
