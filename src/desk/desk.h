/* SPDX-License-Identifier: Apache-2.0 */
/* desk/desk.h: one exam desk: what the window in front of a candidate shows and can do, without a
 * window.
 *
 * A view on a seat and its sitting, as GObject properties, a list of items and calls. All of it on
 * the thread that made it, or took it over from desk/opening.h, whose main context runs. What is
 * slow (Argon2id, loading, sealing) runs on a worker while the desk is "busy": then nothing else is
 * taken, exam time and the clock shown go on, and the getters give what they gave before. Mail and
 * stores are looked after on the worker too, which nobody feels: what is asked meanwhile comes
 * next, and answers are posted then.
 *
 * D1  "saved" is what the journal acknowledged, never that a call was made (P1).
 * D2  A desk made again after a crash shows the same page and item, without a code (P9).
 * D3  Nothing here waits for a network (P2). */
#pragma once

#include "desk/desk-item.h"
#include "desk/page.h"
#include "plan/incidents.h"
#include "sitting/seat.h"

#include <gio/gio.h>

typedef struct {
  /* Borrowed; the world must outlive the desk, the strings are copied */
  const JkWorld *world;
  const char *store;       /* folder of the stores of this PC */
  const char *authorities; /* folder of .jkpub files */
  const char *inbox;       /* where sessions, banks, amendments and orders arrive; NULL: nowhere */
  const char *hardware;    /* stands in for what identifies the PC; NULL: the system is asked */
  const char *label;       /* the seat where this PC stands, as on the roster; NULL: any */
  const char *incidents;   /* file of the codes that proctors record; NULL: none */
  const char *root;        /* below which the system's own files are read; NULL: this PC's */
  const JkDiskProbe *disk; /* how disks are asked what they are; NULL: the system is asked */
} JkDeskPlace;

/* How it stands with the answers. */
typedef enum {
  JK_SAVE_NONE,   /* nothing was answered yet */
  JK_SAVE_SAVED,  /* all that was answered is on the disk */
  JK_SAVE_SAVING, /* something is on its way, for less than JK_SAVE_SLOW_MS */
  JK_SAVE_SLOW,   /* for longer than that: the disk is slow; nothing is lost */
  JK_SAVE_FULL,   /* the disk is full: kept and tried again */
  JK_SAVE_FAILED, /* the disk refuses, read-only or broken: nothing more is taken until it works */
} JkSave;

#define JK_SAVE_SLOW_MS 3000

/* Properties, all for reading and with notification:
 *   "page"      guint, a JkPage; told anew when it is another session's or person's, and while
 *               nobody sits here when a session was amended, opened or ended, also one beside that
 *               which is shown, and when the result of who sat here was copied
 *   "busy"      gboolean
 *   "save"      guint, a JkSave
 *   "left"      guint64, seconds of exam time left, rounded up; 0 unless started
 *   "answered"  guint, items with an answer;  "flagged"  guint, items with a flag
 *   "position"  guint, the current item, 0 first
 * Signals:
 *   "warned"   (guint minutes)   so many minutes are left now, once each, as the policy wants
 *   "extended" (guint minutes)   a proctor gave so many more
 *   "message"  (const char *)    what a proctor wrote to this candidate
 *   "resumed"  (guint answered)  after a restart: so many answers are back
 *   "called"   ()                the candidate raised a hand, or took it down
 *   "locked"   ()                the screen was locked, or unlocked
 *   "faulted"  ()                jk_desk_get_fault has something new
 *   "stick-done" ()              the inbox is a stick: all on it was taken, what was ordered onto
 *                                it was read back, and nothing of it is in use */
#define JK_TYPE_DESK (jk_desk_get_type ())
G_DECLARE_FINAL_TYPE (JkDesk, jk_desk, JK, DESK, GObject)

/* Opens the stores, takes what is in the inbox where there is no session yet, and goes on where it
 * was. Before a session that counts is opened, the disk is asked whether it remembers; while it
 * gives no proof, the log of the seat says so, and it wants the order "open-red" or a second copy
 * (design.md section 7). Blocks. Errors: those of jk_station_open and jk_authorities_load; a seat
 * that does not open and a file of incidents that cannot be used are faults, not errors. */
JkDesk *jk_desk_new (const JkDeskPlace *place, GError **error);

/* Stops the ticking and closes the stores; to be called once, before the last unref. Waits for the
 * worker, and two seconds at most for a folder that is read or written; what then still waits for
 * it needs the world's storage for as long as it does. */
void jk_desk_close (JkDesk *self);

JkPage jk_desk_get_page (JkDesk *self);
gboolean jk_desk_is_busy (JkDesk *self);
JkSave jk_desk_get_save (JkDesk *self);
gint64 jk_desk_get_saved_wall_ms (JkDesk *self); /* when all was on the disk last; 0: never */
guint64 jk_desk_get_left_s (JkDesk *self);
guint jk_desk_get_n_answered (JkDesk *self);
guint jk_desk_get_n_flagged (JkDesk *self);
guint jk_desk_get_position (JkDesk *self);
const char *
jk_desk_get_label (JkDesk *self); /* of this seat; of its candidate when NULL; or NULL */

/* What is shown; NULL where there is none. Lent; gone when "page" changes. */
const JkSession *jk_desk_get_session (JkDesk *self);
const JkPerson *jk_desk_get_person (JkDesk *self);
GBytes *jk_desk_get_photo (JkDesk *self);     /* PNG or JPEG */
GListModel *jk_desk_get_items (JkDesk *self); /* of JkDeskItem; empty before the start */
JkDeskItem *jk_desk_get_item (JkDesk *self, guint position);

/* Where sessions and orders arrive, and results go to; NULL: nowhere. Lent. */
const char *jk_desk_get_inbox (JkDesk *self);

/* How far the session that is shown is on this PC; LOADED when there is none. */
JkStage jk_desk_get_stage (JkDesk *self);

/* Another session of this PC than the one that is shown, as of another level: where log-in is open
 * (JK_STAGE_OPEN), or where its room code would open it (JK_STAGE_LOADED). NULL after the last.
 * Lent; gone when "page" changes. */
const JkSession *jk_desk_get_beside (JkDesk *self, JkStage stage, guint n);

/* The codes of violations and incidents; NULL when there are none here. Lent, for as long as the
 * desk lives. */
const JkIncidents *jk_desk_get_incidents (JkDesk *self);

/* The name of a walk-in who sits here, whose record has none, as the order says that let them in;
 * NULL for all others, and where that order is not in the log of this PC. Lent, as above. */
const char *jk_desk_get_walk_in (JkDesk *self);

/* Sentences for the proctor, on stores and files that cannot be used; lent, NULL after the last. */
const char *jk_desk_get_fault (JkDesk *self, guint n);

/* Times in ms. Until the session starts by this PC's clock (negative: since); until hand-in opens
 * (0: it is open); how long these numbers must wait. */
gint64 jk_desk_get_start_in_ms (JkDesk *self);
guint64 jk_desk_get_hand_in_opens_ms (JkDesk *self);
gboolean jk_desk_needs_consent (JkDesk *self);
guint64 jk_desk_get_wait_ms (JkDesk *self, const char *admission);

/* The exam time that was granted in all, and of that by extensions. */
guint64 jk_desk_get_granted_ms (JkDesk *self);

/* Takes the typed room code: log-in opens, in the session whose code it is; several may be open.
 * On a worker. Errors: those of jk_seat_open_room, BUSY of
 * JK_DESK_ERROR. */
void jk_desk_open_room_async (JkDesk *self,
                              const char *room_code,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* Logs in: to the session that is shown, or where it does not know the numbers and nobody sits
 * here, to another that is open on this PC and does. On a worker. Errors: those of jk_seat_log_in,
 * BUSY. */
void jk_desk_log_in_async (JkDesk *self,
                           const char *admission,
                           const char *id_number,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Data are right, rules are read, the promise is given. Errors: those of jk_sitting_confirm. */
gboolean jk_desk_confirm (JkDesk *self, GError **error);

/* Opens the paper with the announced start code; second is NULL unless the session has two halves.
 * On a worker. Errors: those of jk_seat_start, BUSY. */
void jk_desk_start_async (JkDesk *self,
                          const char *first,
                          const char *second,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* The rest while answering. Each is on its way when it returns, and saved when "save" says so.
 * choose: the option shown at place is clicked once more. Errors: those of jk_sitting_answer,
 * BUSY. */
gboolean jk_desk_choose (JkDesk *self, guint position, guint place, GError **error);
gboolean jk_desk_clear (JkDesk *self, guint position, GError **error);
gboolean jk_desk_flag (JkDesk *self, guint position, gboolean flagged, GError **error);

/* Goes to an item; one past the end is not gone to. */
void jk_desk_visit (JkDesk *self, guint position);

/* Seals the answers. On a worker. Errors: those of jk_sitting_hand_in, BUSY. */
void jk_desk_hand_in_async (JkDesk *self, GAsyncReadyCallback callback, gpointer user_data);

/* Whether this is the ID number of who sits here (暂离锁屏). On a worker. Errors: those of
 * jk_seat_recognise, BUSY. */
void jk_desk_verify_async (JkDesk *self,
                           const char *id_number,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Ends each of the five: TRUE when it was done. */
gboolean jk_desk_finish (JkDesk *self, GAsyncResult *result, GError **error);

/* The click that lets an arrived sitting go on. Errors: those of jk_sitting_continue. */
gboolean jk_desk_continue (JkDesk *self, GError **error);

/* Window and displays, as recorded in the sitting; nothing before the start. */
void jk_desk_note_focus (JkDesk *self, JkFocusKind kind);

/* 举手: shown on this seat until it is taken back. Not recorded. */
void jk_desk_call_proctor (JkDesk *self, gboolean raised);
gboolean jk_desk_is_calling (JkDesk *self);

/* 暂离锁屏: what is asked is not shown until it is unlocked, over pauses and restarts. Unlocking is
 * for whom jk_desk_verify_async recognises; a proctor's order "unlock" does it too, for a number
 * that is forgotten, or wrong on the roll. Nothing where nobody sits. */
void jk_desk_lock (JkDesk *self, gboolean is_locked);
gboolean jk_desk_is_locked (JkDesk *self);

/* After the hand-in: the 21 characters as printed in groups, what the QR code carries, why it
 * ended. NULL, and 0, before. The caller frees. */
char *jk_desk_dup_receipt (JkDesk *self);
char *jk_desk_dup_receipt_qr (JkDesk *self);
JkHandInReason jk_desk_get_hand_in_reason (JkDesk *self);

/* Whether the sealed result that is shown was copied to a stick or folder, and read back. FALSE
 * also while the worker has the seat: ask again. */
gboolean jk_desk_is_copied (JkDesk *self);

/* The collected candidate has left: back to the log-in. */
void jk_desk_dismiss (JkDesk *self);
