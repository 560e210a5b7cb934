/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat-private.h: what the files of a seat share. For seat*.c only. */
#pragma once

#include "sitting/error.h"
#include "sitting/log.h"
#include "sitting/seat.h"

#define JK_SEAT_SESSION_NAME "session.jksession"
#define JK_SEAT_AMENDMENT_PREFIX "amendment-"
#define JK_SEAT_SECOND_NAME "second.place"
#define JK_SEAT_BANK_NAME "session.jkbank"

/* What the log says about a store so far. */
typedef struct {
  guint n_replaced, n_aside;
  JkStoreState state;
  JkSecondState second;
} JkSeatStore;

struct _JkSeat {
  /* Owned */
  char *folder;
  JkSession *session;
  JkLog *log;
  GPtrArray *sittings;   /* of JkSitting, ascending by record */
  GPtrArray *faults;     /* of sentences */
  GArray *broken;        /* of guint32: records whose store did not open */
  GArray *waiting;       /* of guint32: records not resumed, for want of an amendment or disk */
  GHashTable *stores;    /* record, or JK_ORDER_EVERY for the log, to JkSeatStore */
  char *amendment_fault; /* NULL: every amendment that the log names is in force */
  char *second;          /* the second place that is wanted; NULL: none is */
  char *second_problem;  /* why the last try did not give all their copy */
  JkRecord *entry;       /* of who logged in last, until the start; NULL: nobody did */
  JkSecret *entry_key;   /* the record key that goes with it */

  /* Borrowed */
  JkSeatPlace place;

  /* Plain */
  JkSittingPlace sitting_place;
  gint64 start_ms;
  gint64 ahead_ms;          /* wall clock less time since boot, when last looked at */
  gboolean is_open;         /* what the log said of the stores before a restart was looked at */
  gboolean has_start;       /* the session says when it starts, in its form */
  guint32 n_unlisted;       /* refusals without a row: at least those the log counts */
  gint64 retry_ms, wait_ms; /* since boot: when lost copies are tried again, and then after */
};

/* Takes the start over from the session as it is now. */
void jk_seat_read_start (JkSeat *self);

/* Resumes every sitting that is on the disk and not here yet; while an amendment is missing, only
 * those that were started. Errors: STORE, STORAGE. */
gboolean jk_seat_resume_all (JkSeat *self, GError **error);

/* Puts the amendments that the log names into force, from their copies; the first that cannot be
 * becomes the fault. */
void jk_seat_catch_up (JkSeat *self);

/* Whether every amendment that the log names is in force. Errors: AMENDMENT. */
gboolean jk_seat_check_amended (const JkSeat *self, GError **error);

/* Errors of a log-in or an opening: "SENTENCE". */
gboolean jk_seat_refuse (GError **error, JkSittingError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Logs that an order was refused, once for each reason, and hands the refusal on; takes it. Errors:
 * the refusal, STORE. */
void jk_seat_refuse_order (JkSeat *self, const JkOrder *order, GError *refusal, GError **error);

/* The hour now, with the orders in force for a record (JK_ORDER_EVERY: none of a record). */
void jk_seat_judge_entry (const JkSeat *self, guint32 record, JkEntryVerdict *out_verdict);

/* Red, something here has no second copy, and nobody said to open it so. */
gboolean jk_seat_is_shut_by_disk (const JkSeat *self);

/* Whether somebody may begin or arrive as far as the disk is concerned. Errors: RED. */
gboolean jk_seat_check_disk (const JkSeat *self, GError **error);

/* Adds a sitting in its place, and begins its second copy where one is wanted; takes it. */
void jk_seat_add_sitting (JkSeat *self, JkSitting *sitting);

gboolean jk_seat_is_broken (const JkSeat *self, guint32 record);
gboolean jk_seat_is_waiting (const JkSeat *self, guint32 record);

/* Whether the candidate of a sitting in this state sits here. */
gboolean jk_seat_is_begun (JkState state);

/* Hands the orders that were obeyed for its record before it began to a sitting. Errors: those of
 * jk_sitting_adopt. */
gboolean jk_seat_adopt_orders (JkSeat *self, JkSitting *sitting, GError **error);

/* Logs what became of the stores since the last time: replaced, full, failed, well again, second
 * copy made or lost, something in its place moved aside. Errors: STORE. */
gboolean jk_seat_note_stores (JkSeat *self, GError **error);

/* seat-second.c. After a restart: the place that was chosen, as far as it is there; what the log
 * says of copies that are no more is logged, now or by the first tick. */
void jk_seat_resume_second (JkSeat *self);

/* After an amendment came: its copy, and the tick makes those of the sittings that waited for it.
 */
void jk_seat_second_amendments (JkSeat *self);

/* seat-amend.c. The copy of one amendment from folder to folder, where there it is missing or,
 * unless what is there is kept, another. Errors: those of jk_storage_read and jk_storage_write. */
gboolean jk_seat_copy_amendment (const JkStorage *storage,
                                 const char *from,
                                 const char *to,
                                 guint number,
                                 gboolean keep_there,
                                 GError **error);

/* Makes the copy of one sitting where copies are wanted; what fails is left for the tick. */
void jk_seat_copy_sitting (JkSeat *self, JkSitting *sitting);

/* Tries lost copies again, when it is time; TRUE when it did. */
gboolean jk_seat_retry_second (JkSeat *self);

/* Whether log or sitting has its copy now, by what this program knows and the log says. */
gboolean jk_seat_has_log_copy (const JkSeat *self);
gboolean jk_seat_has_sitting_copy (const JkSeat *self, const JkSitting *sitting);

/* Which boot this is, and for how many ms it has lasted, sleep included: what waits are told by. */
guint64 jk_seat_read_boot_ms (const JkSeat *self, guint8 out_id[static JK_BOOT_ID_BYTES]);

/* By orders and amendments. A set of JK_BIT (JkRoleName). */
guint32 jk_seat_get_revoked_roles (const JkSeat *self);

/* seat-tick.c. Wall clock less time since boot. */
gint64 jk_seat_read_ahead_ms (const JkSeat *self);

/* seat-start.c. What a log-in gave, kept until the start; takes both. */
void jk_seat_keep_entry (JkSeat *self, JkRecord *record, JkSecret *record_key);
void jk_seat_drop_entry (JkSeat *self);

/* Removes what "wipe" wipes: sittings, amendments, bank and session file; the log stays. Errors:
 * STORAGE, STORE. */
gboolean jk_seat_wipe (JkSeat *self, GError **error);
