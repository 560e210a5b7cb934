/* SPDX-License-Identifier: Apache-2.0 */
/* desk/moving.h: a sitting leaves this PC by a folder, or comes to it, at the proctor's panel
 * (design.md section 5, Moving).
 *
 * The order "move", given at the panel before, ends the sitting here; then what goes on elsewhere
 * is written, as often as it is wanted. Both need an open panel and keep it open. */
#pragma once

#include "desk/panel.h"

/* Writes the sitting of record that was moved away (JK_ORDER_EVERY: that which left this PC last)
 * into the folder, SESSION-HALL-RECORD-mEPOCH-ID.jkcapsule and beside it the order, .jkorder; both
 * are on disk and read back. Written again they take the place of what was. On a worker. Errors:
 * CLOSED, BUSY, SESSION and NOT_MOVED of JK_DESK_ERROR, those of jk_sitting_make_capsule (STATE: it
 * had not started), JK_BASE_ERROR_STORAGE. */
void jk_panel_move_out_async (JkPanel *self,
                              const char *folder,
                              guint32 record,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* Lets a sitting that lies in the folder go on here: of record, or (JK_ORDER_EVERY) the only one
 * there that is not here yet. It opens with the sealing key of the role that opened the panel, and
 * stands still until jk_desk_continue. Done again, what arrived is found. On a worker. Errors:
 * CLOSED, BUSY and SESSION of JK_DESK_ERROR, those of jk_carried_find and jk_seat_arrive. */
void jk_panel_move_in_async (JkPanel *self,
                             const char *folder,
                             guint32 record,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Ends either; *out_name (may be NULL) is that of the capsule in the folder, and the caller frees
 * it. */
gboolean
jk_panel_move_finish (JkPanel *self, GAsyncResult *result, char **out_name, GError **error);
