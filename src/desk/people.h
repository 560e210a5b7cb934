/* SPDX-License-Identifier: Apache-2.0 */
/* desk/people.h: the people of the hall, for the proctor at a PC: who is due, who sits here, which
 * face goes with which name, and who is let in by order.
 *
 * The way on for each who cannot log in is in this list. The row is there and its masked ID is not
 * that of the card: order “wrong-id”, then let in. Nobody of that name: of another level, whose
 * session is opened beside this one with its own room code; of another hall, and goes there; or a
 * walk-in, who gets a spare row by the order “walk-in”. A wrong photo: card and masked ID decide,
 * and an incident is recorded. Absent by mistake: “not-absent”. What other PCs know is not known
 * here. */
#pragma once

#include "desk/panel.h"

/* One row of the roll, as this PC sees it. */
typedef struct {
  /* Owned */
  char *seat;      /* "" when it has none */
  char *admission; /* "" for a spare row */
  char *name;      /* of a walk-in: as the order says that let them in; "" for a spare row */
  char *masked_id;
  char *path; /* "4-(1)": its first digit is the level */
  /* Plain */
  guint32 record;
  guint16 extra_min;
  char sex;           /* 'M', 'F' or 0 */
  JkState state;      /* of the sitting on this PC; NONE: it has none */
  gboolean is_spare;  /* for a walk-in */
  gboolean is_here;   /* has a sitting on this PC; state MOVED: it goes on at another. One that left
                         before the start is none */
  gboolean is_absent; /* marked absent on this PC */
  gboolean is_let_in; /* an order says so, and the paper is not started: jk_panel_admit_async */
} JkPanelPerson;

void jk_panel_person_free (JkPanelPerson *self);

/* Reads the roll with the role's key. On a worker. From then on jk_panel_may knows which rows are
 * spare. Errors: CLOSED, BUSY, SESSION of JK_DESK_ERROR, those of jk_session_open_roll, those of
 * the log. */
void jk_panel_read_people_async (JkPanel *self, GAsyncReadyCallback callback, gpointer user_data);

/* Ends it: of JkPanelPerson, by seat, spare rows last; the caller unrefs. */
GPtrArray *jk_panel_read_people_finish (JkPanel *self, GAsyncResult *result, GError **error);

/* Reads the photo of one of them, with the role's key. On a worker. Errors: as above, PERSON of
 * JK_DESK_ERROR (no such row), those of jk_session_open_photo. */
void jk_panel_read_photo_async (JkPanel *self,
                                guint32 record,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* Ends it: JPEG or PNG, the caller unrefs. NULL without error: there is none. */
GBytes *jk_panel_read_photo_finish (JkPanel *self, GAsyncResult *result, GError **error);

/* Lets somebody in whom an order “walk-in” or “wrong-id” names, which was obeyed on this PC: the
 * desk then shows their page of confirmation. Again after a restart before the start. On a worker.
 * Ended by jk_panel_finish. Errors: as above, those of jk_seat_admit. */
void jk_panel_admit_async (JkPanel *self,
                           guint32 record,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkPanelPerson, jk_panel_person_free)
