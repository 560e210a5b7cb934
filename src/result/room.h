/* SPDX-License-Identifier: Apache-2.0 */
/* result/room.h: what proctors and PCs know of a hall and no result says, as a key file
 * (考场情况记录单): one that a proctor writes, one of each PC (desk/witness.h), or both.
 *
 *     [absent]
 *     records=3;4
 *     [record 2]
 *     state=forced             how a result came about (sealed), or lost, left-ill, never-seen
 *     receipt-1=04HM-...       of seal number 1, from the candidate's slip
 *     shown-1=04HM-...         the same as the PC shows it: nobody compared it with a slip yet
 *     station=HEX              of a lost one, where it is known
 *     seal=1                   likewise
 *     moved-from=HEX           the stations it left, one behind the other with ;
 *     lost-from=HEX            the same where its copy went on elsewhere
 *     [note 1]
 *     kind=violation           or incident
 *     record=2                 left out: the room
 *     code=W601
 *     facts=...
 *
 * Nothing of it counts before two roles have signed the sheet that is made of it, so nothing proves
 * who wrote it. */
#pragma once

#include "base/report.h"
#include "result/sheet.h"

typedef enum {
  JK_SLIP_SHOWN,    /* as the PC shows it; counts for nothing */
  JK_SLIP_ACCEPTED, /* the same, after jk_room_accept_shown */
  JK_SLIP_COMPARED, /* with the candidate's slip, at the PC or by who wrote the file */
} JkSlipTrust;

typedef struct {
  JkSlipTrust trust;
  guint32 seal_number;
  guint8 bytes[JK_SLIP_BYTES];
} JkRoomSlip;

typedef struct {
  JkSeatState state; /* MOVED or LOST_COPIED */
  guint8 station[JK_PUBLIC_BYTES];
} JkRoomLeft;

typedef struct {
  /* Owned */
  GArray *slips; /* JkRoomSlip */
  GArray *left;  /* JkRoomLeft: seats that were left, each once */
  /* Plain */
  guint32 record;
  guint32 seal_number; /* of a lost one; 0: not known */
  JkSeatState state;   /* JK_N_SEAT_STATES: nothing said */
  guint8 station[JK_PUBLIC_BYTES];
} JkRoomSeat;

typedef struct _JkRoom JkRoom;

/* A room of which nothing is said. */
JkRoom *jk_room_new (void);
void jk_room_free (JkRoom *self);

/* Adds what a file says of a room of n_records records. What another file has said already may be
 * said again; a state that differs is a fault, for two PCs cannot both be right. Every fault goes
 * to report. FALSE when there is one: then the room is of no use. */
gboolean
jk_room_read (JkRoom *self, const char *file, const char *text, guint n_records, JkReport *report);

/* Says one thing more, as a line of a file would. state is none of MOVED and LOST_COPIED; texts are
 * copied, what has no place in a note (control characters, length) becomes a space or is cut. */
void jk_room_set_state (JkRoom *self, guint32 record, JkSeatState state);
void jk_room_add_slip (JkRoom *self,
                       guint32 record,
                       guint32 seal_number,
                       JkSlipTrust trust,
                       const guint8 slip[static JK_SLIP_BYTES]);
void jk_room_add_left (JkRoom *self,
                       guint32 record,
                       JkSeatState state,
                       const guint8 station[static JK_PUBLIC_BYTES]);
void jk_room_add_note (JkRoom *self,
                       JkNoteKind kind,
                       guint32 record,
                       const char *code,
                       const char *facts);

/* Proctors have compared all slips with the screens of their PCs: what is shown counts. */
void jk_room_accept_shown (JkRoom *self);

/* The file that says all of it; the caller frees. */
char *jk_room_dup_text (const JkRoom *self);

/* What is said of a record; NULL: nothing. One that is absent has that state. Lent. */
const JkRoomSeat *jk_room_find (const JkRoom *self, guint32 record);

/* The slip of a seal number that counts; FALSE when there is none. */
gboolean jk_room_seat_find_slip (const JkRoomSeat *self,
                                 guint32 seal_number,
                                 guint8 out_slip[static JK_SLIP_BYTES]);

/* Whether there is one of that trust. */
gboolean jk_room_seat_has_slip (const JkRoomSeat *self, guint32 seal_number, JkSlipTrust trust);
guint jk_room_get_n_notes (const JkRoom *self);
const JkSheetNote *jk_room_get_notes (const JkRoom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkRoom, jk_room_free)
