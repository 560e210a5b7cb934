/* SPDX-License-Identifier: Apache-2.0 */
/* result/room-rows.h: the rows of a new closing sheet: what lies in the folder of results, and what
 * the proctors say of the room. */
#pragma once

#include "result/sheet-compare.h"
#include "result/room.h"

typedef struct {
  /* Owned */
  GArray *rows;     /* JkSheetRow, in order */
  GPtrArray *seats; /* of each row; lent by the roll */
  /* Records, guint32, ascending: of which nothing is known; whose last result has no slip. */
  GArray *unexplained;
  GArray *without_slip;
} JkRoomRows;

typedef struct {
  /* Borrowed */
  const JkRoom *room;
  const char *room_file; /* for messages */
  const JkRoll *roll;
  const JkSheetMerge *before; /* the sheets this one follows; may have none */
  const JkFoundResult *results;
  /* Plain */
  guint n_results;
} JkRoomInput;

/* Makes the rows that earlier sheets do not have already. Each candidate of the roll must be
 * accounted for, by a result, by the room or by an earlier sheet: who is not is listed. What
 * contradicts itself is a fault in report. */
void jk_room_rows_make (JkRoomRows *self, const JkRoomInput *input, JkReport *report);

/* Adds who is not accounted for, as faults, and whose result has no slip, as notices. */
void
jk_room_rows_report_people (const JkRoomRows *self, const JkRoomInput *input, JkReport *report);
void jk_room_rows_clear (JkRoomRows *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JkRoomRows, jk_room_rows_clear)
