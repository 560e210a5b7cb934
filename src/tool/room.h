/* SPDX-License-Identifier: Apache-2.0 */
/* tool/room.h: what proctors know of a hall and no result says, as a key file that they write
 * (考场情况记录单).
 *
 *     [absent]
 *     records=3;4
 *     [record 2]
 *     state=forced             how a result came about (sealed), or lost, left-ill, never-seen
 *     receipt-1=04HM-...       of seal number 1, from the candidate's slip
 *     station=HEX              of a lost one, where it is known
 *     seal=1                   likewise
 *     moved-from=HEX           the station it left; or lost-from, if its copy went on elsewhere
 *     [note 1]
 *     kind=violation           or incident
 *     record=2                 left out: the room
 *     code=W601
 *     facts=... */
#pragma once

#include "base/report.h"
#include "result/sheet.h"

typedef struct {
  guint32 seal_number;
  guint8 bytes[JK_SLIP_BYTES];
} JkRoomSlip;

typedef struct {
  /* Owned */
  GArray *slips; /* JkRoomSlip */
  /* Plain */
  guint32 record;
  guint32 seal_number; /* of a lost one; 0: not known */
  JkSeatState state;   /* JK_N_SEAT_STATES: nothing said */
  JkSeatState left;    /* MOVED, LOST_COPIED, or JK_N_SEAT_STATES: stayed */
  guint8 station[JK_PUBLIC_BYTES];
  guint8 left_station[JK_PUBLIC_BYTES];
} JkRoomSeat;

typedef struct _JkRoom JkRoom;

/* A room of which nothing is said. */
JkRoom *jk_room_new (void);

/* Reads a room of n_records records; every fault goes to report. NULL when there is one. */
JkRoom *jk_room_parse (const char *file, const char *text, guint n_records, JkReport *report);
void jk_room_free (JkRoom *self);

/* What is said of a record; NULL: nothing. One that is absent has that state. Lent. */
const JkRoomSeat *jk_room_find (const JkRoom *self, guint32 record);

/* The slip of a seal number; FALSE when there is none. */
gboolean jk_room_seat_find_slip (const JkRoomSeat *self,
                                 guint32 seal_number,
                                 guint8 out_slip[static JK_SLIP_BYTES]);
guint jk_room_get_n_notes (const JkRoom *self);
const JkSheetNote *jk_room_get_notes (const JkRoom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRoom, jk_room_free)
