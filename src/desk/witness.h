/* SPDX-License-Identifier: Apache-2.0 */
/* desk/witness.h: what a PC knows of its candidates and no result says: who was marked absent,
 * whose time was up, who was made to hand in, who left for another PC, which slips were compared,
 * and which incidents were recorded. In words of a room (result/room.h) it lies beside the results
 * on the stick, so that the closing sheet is made at any PC of the hall without asking round. */
#pragma once

#include "result/room.h"
#include "sitting/seat.h"

#define JK_WITNESS_ENDING ".jkroom"

/* What a seat says; nothing is added where it says nothing. The
 * receipt of a result that is collected counts as compared, for collecting takes the slip or the
 * digest of the sheet; that of another one is shown. Errors: those of
 * jk_seat_read_order and jk_sitting_read_move. */
JkRoom *jk_witness_hear (JkSeat *seat, GError **error);

/* SHORTNAME-HALL-STATION.jkroom: of one PC there is one, and the newest counts. The caller frees.
 */
char *jk_witness_dup_file_name (JkSeat *seat);
