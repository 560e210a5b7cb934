/* SPDX-License-Identifier: Apache-2.0 */
/* result/room-private.h: what the files of a room share. For room.c and room-file.c only. */
#pragma once

#include "result/room.h"

struct _JkRoom {
  /* Owned */
  GHashTable *seats; /* record to JkRoomSeat */
  GArray *notes;     /* JkSheetNote, which borrow from texts */
  GPtrArray *texts;
};

/* The seat of a record, new where nothing was said of it. */
JkRoomSeat *jk_room_demand_seat (JkRoom *self, guint32 record);
