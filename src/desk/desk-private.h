/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk-private.h: what the files of a desk share. For desk*.c only. */
#pragma once

#include "desk/desk.h"
#include "desk/error.h"
#include "desk/folder.h"
#include "desk/intake.h"
#include "desk/parcel.h"

/* desk-situation.c. */
typedef struct _JkDeskSituations JkDeskSituations;

/* A session of this PC that is not shown. */
typedef struct {
  /* Borrowed */
  const JkSession *session;
  /* Plain */
  JkStage stage;
} JkDeskBeside;

struct _JkDesk {
  GObject parent_instance;

  /* Owned */
  JkAuthorities *authorities;
  JkStation *station;
  JkIncidents *incidents; /* NULL: none */
  char *inbox;
  char *label;
  char *root;            /* "" for this PC */
  GPtrArray *seats;      /* of JkSeat */
  GListStore *items;     /* of JkDeskItem */
  GBytes *photo;         /* of who sits here; NULL: none */
  char *walk_in;         /* as the order names who sits here; NULL: one of the roll */
  GPtrArray *faults;     /* of sentences */
  GPtrArray *messages;   /* of proctors' texts that the next look tells */
  GHashTable *seen;      /* of marks in the inbox that were dealt with */
  JkIntake *mail;        /* copied from the inbox, and not taken yet; NULL: nothing */
  GHashTable *dismissed; /* of sittings whose candidates have left */
  GArray *deferred;      /* of JkDeskDeed, done when the worker gives the seat back */
  GTask *next;           /* what the worker does then; NULL: nothing */
  JkDeskSituations *situations;
  GQueue behind;      /* of GTask: what it does after that */
  GPtrArray *due;     /* of JkParcel: ordered to the inbox, and not on its way yet */
  GPtrArray *askers;  /* of GTask: who waits until that has arrived */
  GPtrArray *arrived; /* of names: files about which faults are over; NULL: none */
  GArray *beside;     /* of JkDeskBeside */
  GMainContext *context;

  /* Borrowed */
  const JkWorld *world;
  JkSeat *seat;       /* the one that is shown; NULL: there is none */
  JkSitting *sitting; /* the one that is shown; NULL: nobody sits here */

  /* Whose page was told last; only compared */
  gconstpointer shown_seat, shown_sitting;
  guint shown_sessions; /* a hash of what is seen of all sessions */
  JkStage stage;

  /* What the getters give, and notifications compare with. */
  guint page; /* JkPage */
  guint save; /* JkSave */
  gint64 saved_wall_ms;
  guint64 left_ms;
  guint n_answered, n_flagged, position;
  guint64 opens_ms, granted_ms, given_ms;
  guint n_faults;
  gboolean needs_consent;

  /* Plain */
  JkSeatPlace seat_place;
  gint n_busy;       /* the worker has the seat */
  gboolean is_asked; /* somebody waits for what the worker does, or for what it does next */
  guint64 wait_ms;   /* as last told */
  gboolean is_calling, is_closed, is_locked;
  gboolean is_looking;    /* at the inbox */
  gboolean is_delivering; /* what was due */
  gboolean is_stick;      /* where the mail came from */
  gboolean owes_stick;    /* it is to be told that the stick may go, once nothing of it is in use */
  guint n_abroad;         /* threads that wait for a folder, and the desk for them */
  gboolean may_unlock;    /* a proctor says so; the next look tells */
  gboolean has_resumed;   /* to be told by the next look */
  guint64 last_ticket;    /* of the last answer, clear or flag */
  gint64 posted_us;       /* when the first of those on their way was posted; 0: none is */
  gint64 looked_us, seat_looked_us, inbox_looked_us, hand_in_tried_us;
  guint ticker, n_intakes;
  gint is_woken; /* atomic: a look is on its way from the journal's thread */
};

/* desk-follow.c. Takes over what seat and sitting say, and tells what changed. Not while busy. */
void jk_desk_look (JkDesk *self);

/* What orders for the PC and for each record of a seat would be judged by, as it was when it was
 * taken over; seat may be NULL. */
JkDeskSituations *jk_desk_situations_new (void);
void jk_desk_situations_free (JkDeskSituations *self);
void jk_desk_situations_take (JkDeskSituations *self, const JkSeat *seat);

/* As jk_seat_get_situation gave it. FALSE: there is no seat. */
gboolean jk_desk_situations_find (const JkDeskSituations *self, guint32 record, JkSituation *out);

/* Of the PC first, then of each sitting that is here. */
guint jk_desk_situations_get_n (const JkDeskSituations *self);
JkSituation *jk_desk_situations_get (JkDeskSituations *self, guint n);

/* Whether what candidates left of this session on this PC is gone. */
gboolean jk_desk_situations_are_wiped (const JkDeskSituations *self);

/* As jk_seat_get_amendment_fault gave it; lent. */
const char *jk_desk_situations_get_fault (const JkDeskSituations *self);

/* What falls due with time; called by the ticker. */
gboolean jk_desk_tick (gpointer user_data);

/* Another sitting, or the same in another state, may be the one to show. */
void jk_desk_choose_sitting (JkDesk *self);

/* One item as the sitting has it now. */
void jk_desk_update_item (JkDesk *self, guint position);

/* desk-work.c. Runs job on a worker; data is freed there. The task is finished by
 * jk_desk_finish. One that nobody asked for is waited for. */
typedef gboolean (*JkDeskJob) (JkDesk *self, gpointer data, GError **error);
void jk_desk_work (JkDesk *self,
                   JkDeskJob job,
                   gpointer data,
                   GDestroyNotify free_data,
                   GAsyncReadyCallback callback,
                   gpointer user_data);

/* Says that the seat is with the worker: BUSY of JK_DESK_ERROR. */
void jk_desk_set_busy_error (GError **error);

/* Runs on a worker what nobody asked for: the desk is not "busy", and whoever does something
 * meanwhile does not notice. Only while the desk has the seat. */
void jk_desk_work_quietly (JkDesk *self, JkDeskJob job);

/* The same for what somebody waits for who does not want to be felt: as soon as the worker is free.
 * data is borrowed until callback, which ends with jk_desk_finish. */
void jk_desk_work_behind (JkDesk *self,
                          JkDeskJob job,
                          gpointer data,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* What a candidate did while the worker had the seat. */
typedef struct {
  enum { JK_DEED_CHOOSE, JK_DEED_CLEAR, JK_DEED_FLAG } what;
  guint position;
  guint detail; /* the place chosen; whether it is flagged */
} JkDeskDeed;

/* desk-act.c. Does what was deferred. */
void jk_desk_catch_up (JkDesk *self);

/* As the candidate's own hand-in, but because time is up. */
void jk_desk_hand_in_when_time_is_up (JkDesk *self);

/* desk-lock.c. Whether the sitting that is shown was left locked. */
void jk_desk_read_lock (JkDesk *self);

/* desk-take.c. Takes a file from its copy on this PC, on the worker. *out_fate is always set. The
 * sentence of an error names the file where it came from. Errors: the file's problem; SESSION of
 * JK_DESK_ERROR (it is for a session that is not here); those of jk_session_open and jk_seat_load;
 * jk_bank_open, jk_bank_check_whole and jk_seat_take_bank; jk_amendment_open and
 * jk_seat_take_amendment; jk_order_parse and jk_desk_obey. */
gboolean jk_desk_take_file (JkDesk *self,
                            const JkIntake *intake,
                            const JkIntakeFile *file,
                            JkFolderFate *out_fate,
                            GError **error);

/* The seat of a session; NULL: there is none. Lent. */
JkSeat *jk_desk_find_seat (JkDesk *self, const JkDigest *session);

/* A folder of this PC for one intake, another one each time; the caller frees. Removes what a
 * program that was killed has left in such folders. */
char *jk_desk_dup_intake_place (JkDesk *self);
void jk_desk_clear_incoming (JkDesk *self);

/* desk-inbox.c. Looks whether something lies in the inbox that was not dealt with, and copies it to
 * mail. On a thread that needs nothing of the desk: where a share or a stick does not answer, the
 * exam goes on (P2). */
void jk_desk_look_for_mail (JkDesk *self);

/* Takes the mail, on the worker. */
void jk_desk_take_mail (JkDesk *self);

/* Tells that the stick may go, when it may. Not while busy. */
void jk_desk_tell_stick (JkDesk *self);

/* Both at once; blocks for as long as the inbox does. */
void jk_desk_take_inbox (JkDesk *self);

/* desk-order.c. Takes an order of the session of that seat, on the worker: obeyed now or before, or
 * for another PC: TRUE. Errors: those of jk_seat_take_order, and of what follows. */
gboolean jk_desk_obey (JkDesk *self,
                       JkSeat *seat,
                       const JkOrder *order,
                       JkSeatOutcome *out_outcome,
                       GError **error);

/* The same for whom it is one whether it was new. */
gboolean jk_desk_take_order (JkDesk *self, JkSeat *seat, const JkOrder *order, GError **error);

/* desk-receipt.c. The receipt of the sitting that is shown; FALSE while nothing is sealed, or the
 * worker has the seat. */
gboolean jk_desk_compute_receipt (JkDesk *self, JkDigest *out_receipt);

/* desk-disk.c. The disk of the stores, asked for what the session of seat needs (NULL: any). The
 * caller frees. */
JkDiskCheck *jk_desk_check_disk (JkDesk *self, const JkSeat *seat);
guint64 jk_desk_get_disk_need (const JkSeat *seat);

/* For a session that counts and is not open yet: what is red of it becomes faults, and its log says
 * whether anything is, upon which opening takes "open-red" or a second copy. */
void jk_desk_note_disk (JkDesk *self, JkSeat *seat);

/* desk-copy.c. Adds what is sealed in a seat, of one record or (JK_ORDER_EVERY) of all, and the
 * words of the PC, where it has any, to an array of jk_desk_parcels_new; on the worker. Errors:
 * those of jk_parcel_new and jk_witness_hear. */
gboolean jk_desk_collect (JkSeat *seat, guint32 record, GPtrArray *parcels, GError **error);
GPtrArray *jk_desk_parcels_new (void);

/* Brings parcels (taken) to a folder, notes in the log what arrived, and ends asked (taken, without
 * task data) with the lines; as jk_desk_copy_async. */
void jk_desk_deliver (JkDesk *self,
                      GPtrArray *parcels,
                      const char *folder,
                      JkProgress *progress,
                      GTask *asked);

/* Begins to bring to the inbox what orders want there; what fails becomes a fault. Only while the
 * desk has the seat. */
void jk_desk_deliver_due (JkDesk *self);

/* Who wait for what is due now: an array to which, when the desk has the seat again, GTasks (owned)
 * are added; each returns TRUE when all of it was read back, else NOT_COPIED or CLOSED. NULL:
 * nothing is due. On the worker; the caller unrefs. */
GPtrArray *jk_desk_join_due (JkDesk *self);

/* Faults about what has arrived by now are over. Only while the desk has the seat. */
void jk_desk_drop_old_faults (JkDesk *self);

/* The desk is closed: what is due now will not be on its way. */
void jk_desk_refuse_due (JkDesk *self);

/* Lines of folder.h: an array, and one more in it, faulty when there is a problem. */
GPtrArray *jk_folder_lines_new (void);
void
jk_folder_lines_add (GPtrArray *lines, const char *name, JkFolderFate fate, const GError *problem);

/* Ends a task because the desk is closed. */
void jk_desk_refuse_closed (GTask *asked);

/* desk.c. Takes a seat among those of the desk, after asking its disk. */
void jk_desk_add_seat (JkDesk *self, JkSeat *seat);

/* Keeps a sentence for the proctor, once. */
void jk_desk_add_fault (JkDesk *self, const char *sentence);

/* The properties of desk.h. */
typedef enum {
  JK_DESK_PROP_PAGE = 1,
  JK_DESK_PROP_BUSY,
  JK_DESK_PROP_SAVE,
  JK_DESK_PROP_LEFT,
  JK_DESK_PROP_ANSWERED,
  JK_DESK_PROP_FLAGGED,
  JK_DESK_PROP_POSITION,
  JK_DESK_N_PROPS,
} JkDeskProp;

/* desk.c. Tells that a property has changed. */
void jk_desk_notify (JkDesk *self, JkDeskProp prop);

typedef enum {
  JK_DESK_WARNED,
  JK_DESK_EXTENDED,
  JK_DESK_MESSAGE,
  JK_DESK_RESUMED,
  JK_DESK_CALLED,
  JK_DESK_LOCKED,
  JK_DESK_FAULTED,
  JK_DESK_STICK_DONE,
  JK_DESK_N_SIGNALS,
} JkDeskSignal;

/* desk.c. A signal of desk.h, with what it carries. */
void jk_desk_emit_number (JkDesk *self, JkDeskSignal signal, guint number);
void jk_desk_emit_text (JkDesk *self, JkDeskSignal signal, const char *text);
void jk_desk_emit (JkDesk *self, JkDeskSignal signal);
