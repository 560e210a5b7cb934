/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/seat.h: one session of a hall on this PC: its session file, its station log, its sittings
 * (design.md sections 5 and 6). The only caller of the log.
 *
 * A seat lies in STATION/SHORTNAME-HALL: session.jksession, session.jkbank, amendment-NNN.jkamend,
 * station.jklog, RECORD.jkjournal. What was open before a restart is open after it, without a code
 * (P9). Several seats, rehearsals among them, may be open at once; they share nothing. Not
 * thread-safe. */
#pragma once

#include "session/entry.h"
#include "sitting/disk.h"
#include "sitting/log-replay.h"
#include "sitting/sitting.h"

typedef struct _JkSeat JkSeat;

typedef struct {
  /* Borrowed; must outlive the seat */
  const JkWorld *world;
  const JkAuthorities *authorities;
  const JkStation *station;
  const JkSealer *sealer;
  const char *label;       /* the seat at which this PC stands, as on the roster; NULL: any */
  const JkDiskProbe *disk; /* how disks are asked what they are; NULL: the system is asked */
} JkSeatPlace;

typedef enum {
  JK_SEAT_OBEYED,
  JK_SEAT_REFUSED,   /* and logged, once for each reason, or counted: jk_seat_get_n_unlisted */
  JK_SEAT_REPLAYED,  /* was obeyed here before: nothing to do */
  JK_SEAT_ELSEWHERE, /* for another PC, or for a sitting that is not here: not logged */
  JK_SEAT_UNDECIDED, /* the disk failed, or an amendment is gone: give it again */
} JkSeatOutcome;

/* Takes over a session file: checks it, copies it into the station's store and opens it. One that
 * is there already, the same, is opened. Errors: those of jk_session_open, JK_BASE_ERROR_EXISTS
 * (another build of this session is here), those of jk_seat_open. */
JkSeat *jk_seat_load (const JkSeatPlace *place, const char *session_path, GError **error);

/* The names of what lies in the station's store, sorted, for jk_seat_open; the caller frees. */
char **jk_seat_find (const JkSeatPlace *place, GError **error);

/* Opens one of them, and lets each of its sittings go on; a wipe that was interrupted is carried
 * out. A sitting whose store is damaged stops none of the others: see jk_seat_get_fault; and an
 * amendment that is gone stops none that was started: see jk_seat_get_amendment_fault. Errors:
 * those of jk_session_open and jk_log_open. */
JkSeat *jk_seat_open (const JkSeatPlace *place, const char *name, GError **error);
void jk_seat_free (JkSeat *self);

const JkSession *jk_seat_get_session (const JkSeat *self);
const JkLogReplay *jk_seat_get_log (const JkSeat *self);
JkStage jk_seat_get_stage (const JkSeat *self);

/* Takes over an amendment (.jkamend): checks it, copies it into the seat, logs it and puts it into
 * force, here for good. The next log-in and the next order meet the new start, window, roster and
 * roles; a sitting that was started goes on as it was, but for orders of revoked roles. Nobody else
 * may use the session meanwhile, on no other thread either, and what it lent (roles, start) is
 * gone. One that is in force already: TRUE, and nothing is written. One that the log names and
 * whose copy is gone or changed is mended. When it fails, the old rules hold, or log-in waits until
 * it is given again. Errors: those of jk_amendment_open and jk_session_amend, AMENDMENT of
 * JK_SESSION_ERROR also for another file of a number in force, STORAGE, STORE. */
gboolean jk_seat_take_amendment (JkSeat *self, const char *path, GError **error);

/* One sentence while an amendment that the log names is not in force, because its copy is gone or
 * was changed: then nobody logs in and no order is obeyed (AMENDMENT of JK_SITTING_ERROR) until
 * jk_seat_take_amendment has it again. NULL: all is well. Lent. */
const char *jk_seat_get_amendment_fault (const JkSeat *self);

/* Whether log-in is open by this PC's clock; orders for single records left aside. */
void jk_seat_get_entry (const JkSeat *self, JkEntryVerdict *out_verdict);

/* Opens the seat with the typed room code: keeps the roster key until the session ends here. Also
 * where an order opened the seat and the key is not here yet. A date that is wrong is logged and
 * stops nobody from opening. Errors: those of jk_session_open_room, RED, ENDED, STATE (open
 * already), AMENDMENT, STORE. */
gboolean jk_seat_open_room (JkSeat *self, const char *room_code, GError **error);

/* Logs a candidate in and begins, or finds, the sitting; lent. One that left this PC before the
 * start (an order “move”) is set aside, and a new one begins: nobody has it any more. Errors, each
 * with its own way on: NOT_OPEN, ENDED, AMENDMENT, WAIT, JK_SESSION_ERROR_LOGIN, ABSENT, SEAT,
 * HANDED_IN, MOVED, OCCUPIED, HOUR, LATE, DATE, and those of jk_sitting_begin. */
JkSitting *
jk_seat_log_in (JkSeat *self, const char *admission, const char *id_number, GError **error);

/* Lets somebody in whom an order names (WALK_IN: a spare record; WRONG_ID: a record whose ID number
 * is wrong): a proctor's sealing key opens the roll. Errors: STATE (no such order), those of
 * jk_session_open_roll and jk_session_open_record, and those of jk_seat_log_in. */
JkSitting *
jk_seat_admit (JkSeat *self, guint32 record, const JkSecret *role_seal_key, GError **error);

/* Goes on here with a sitting from another PC, as jk_sitting_arrive does: where the session is
 * open, nobody sits, the candidate is not marked absent, and no signer of a RETIRE was revoked; a
 * MOVE was obeyed where the sitting was. file and carrier name capsule and order in messages. The
 * sitting is lent, one of those below, and stands still until jk_sitting_continue; the log has its
 * row. Given again, it is found. Errors, each with its own way on: NOT_OPEN, ENDED, CHAIN (the
 * capsule, or what is here of this candidate, cannot be read), MOVED (it left this PC, or is here
 * by another order), ABSENT, OCCUPIED, RED, AMENDMENT, JK_SESSION_ERROR_ORDER_REVOKED, those of
 * jk_order_parse, jk_sitting_arrive and the log. */
JkSitting *jk_seat_arrive (JkSeat *self,
                           const char *file,
                           GBytes *capsule,
                           const JkSecret *seal_key,
                           const char *carrier,
                           GBytes *order,
                           GError **error);

/* The bank of this session: copies the file into the seat after checking that it is the one the
 * session was built with, whole; one that is there already and whole stays. Errors: BANK of
 * JK_SESSION_ERROR (another bank), those of jk_bank_open and jk_bank_check_whole,
 * JK_BASE_ERROR_STORAGE. */
gboolean jk_seat_take_bank (JkSeat *self, const char *path, GError **error);

/* One with a damaged item is good for every paper without it. */
gboolean jk_seat_has_bank (const JkSeat *self);

/* The same after hashing all of it, not only its head. Errors: MISSING of JK_BASE_ERROR, BANK of
 * JK_SESSION_ERROR, those of jk_bank_open and jk_bank_check_whole. */
gboolean jk_seat_check_bank (JkSeat *self, GError **error);
guint64 jk_seat_measure_bank (const JkSeat *self); /* bytes; 0: it is not here */

/* Opens the paper of the candidate who waits here, with the typed start code, and starts the
 * sitting; second is NULL unless the session has two halves. Blocks until durable; after FULL it
 * may be called again. Errors: STATE (nobody waits, or this PC was started again since the log-in:
 * they log in once more), AMENDMENT, RED, those of jk_session_open_start, jk_session_open_bank,
 * jk_own_paper_open and jk_sitting_start. */
gboolean jk_seat_start (JkSeat *self, const char *first, const char *second, GError **error);

/* An order that the log obeyed, by its id. Errors: those of the log, ORDER_FORM. */
JkOrder *
jk_seat_read_order (JkSeat *self, const guint8 id[static JK_ORDER_ID_BYTES], GError **error);

/* Who a walk-in is, as the order says that let them have this record. NULL without error: no such
 * order was obeyed here. The caller frees. Errors: those of the log, ORDER_FORM. */
char *jk_seat_dup_walk_in (JkSeat *self, guint32 record, GError **error);

/* Whether what opens the paper of this record is here: it logged in since this program started, and
 * was not started yet. */
gboolean jk_seat_has_entry (const JkSeat *self, guint32 record);

/* Whether this is the ID number of the candidate who sits here; writes nothing. Slow. Errors: STATE
 * (nobody sits here; ended), JK_SESSION_ERROR_LOGIN (it is not), those of the log. */
gboolean jk_seat_recognise (JkSeat *self, const char *id_number, GError **error);

/* How long this admission number must wait before its next log-in; 0 while the seat is not open. */
guint64 jk_seat_get_wait_ms (JkSeat *self, const char *admission);

/* What "unlock" names in its subject to end the wait of one admission number alone. Errors:
 * NOT_OPEN, AMENDMENT, those of reading the roster key. */
gboolean
jk_seat_get_tally (JkSeat *self, const char *admission, JkDigest *out_tally, GError **error);

/* Opens the keys of a role with the passcode of its envelope, typed at this PC; the caller clears
 * them. Right and wrong ones stand in the log, and after as many wrong ones as the policy lets a
 * candidate type the role must wait, as log-ins do, also over a restart; an order "unlock" for
 * every candidate ends that too. Neither stops an exam, nor do they depend on a disk that takes no
 * rows. Slow (Argon2id). Errors: AMENDMENT, STATE (no such role), JK_SESSION_ERROR_ORDER_REVOKED,
 * WAIT, those of jk_role_open. */
gboolean jk_seat_open_role (JkSeat *self,
                            JkRoleName name,
                            const char *passcode,
                            JkRoleKeys *out_keys,
                            GError **error);

/* How long this role must wait; 0 also for one that is not in the session. */
guint64 jk_seat_get_role_wait_ms (const JkSeat *self, JkRoleName name);

/* Terms of an order that is given at this PC, for this PC: jk_order_terms_init, with the station as
 * its device, and the number after the last one that it gave. */
void jk_seat_init_terms (const JkSeat *self, JkAct act, JkOrderTerms *out_terms);

/* Takes an order from any carrier, named in messages; applies it once, and logs that or why not.
 * TRUE when it was obeyed, by the journal of a sitting before the log knew it too, or is for
 * another PC; else FALSE, with the reason. *out_outcome is always set. Errors: those of
 * jk_order_parse, jk_order_check, jk_order_judge and jk_sitting_obey, RED, AMENDMENT,
 * STORE. */
gboolean jk_seat_take_order (JkSeat *self,
                             const char *carrier,
                             GBytes *order,
                             JkSeatOutcome *out_outcome,
                             GError **error);

/* What orders for this record are judged by now (JK_ORDER_EVERY: those for the whole PC), as far as
 * they do not say it themselves, nor a result or the roll: is_known, is_spare and has_result are
 * FALSE. */
void jk_seat_get_situation (const JkSeat *self, guint32 record, JkSituation *out);

/* How many refused orders have no row in the log: only the first JK_LOG_REFUSALS_MAX of those that
 * use up no id, forgeries above all, are listed, so that nobody can fill the log with them. What is
 * offered again counts again. After a restart at least half of them. */
guint32 jk_seat_get_n_unlisted (const JkSeat *self);

/* Logs that the sealed result of a record was copied, durably, to where an order "copy" came from.
 * digest is of the bytes. Errors: STATE (no result here), STORE. */
gboolean jk_seat_note_copied (JkSeat *self, guint32 record, const JkDigest *digest, GError **error);

/* To be called about each minute: notices that somebody set the wall clock, or that a store was
 * replaced, is full or fails or lost its second copy, tries that again, and signs the log. Errors:
 * STORE. */
gboolean jk_seat_tick (JkSeat *self, GError **error);

/* The same for a thread that may not wait, because a candidate answers on it: rows are posted and
 * come to the disk as soon as it can, and no lost copy is tried again. Errors: STORE. */
gboolean jk_seat_tick_hastily (JkSeat *self, GError **error);

/* The second place (design.md section 7): from now on each commit of the log and of every sitting
 * that is here, begins or comes later, is written below PLACE/SHORTNAME-HALL too, and acknowledged
 * when it is in both. place is an absolute path of a folder that is there, on another disk; several
 * seats may share it. NULL: no longer wanted. Blocks while copies are made.
 *
 * The exam never stops for it: where a copy cannot be made, or is lost (a stick that was pulled),
 * that is logged, and ticks try again, after 1, 2, 4 and then each 8 minutes, where
 * PLACE/SHORTNAME-HALL is there; choosing the same place again tries at once. The choice is kept on
 * this PC over a restart: who put a stick in before the exam expects it to be written to after a
 * power cut, too, without anybody typing; but only where that folder is there, so an empty mount
 * point is never taken for the stick. A wipe ends it; what lies on the stick stays, and goes where
 * the envelopes go.
 *
 * FALSE also when only some copies could not be made: jk_seat_get_second_place tells whether the
 * place was taken. Errors: ARGUMENT (no such place, or none for copies), JK_BASE_ERROR_EXISTS (what
 * lies there holds rows of this PC that it has forgotten: see jk_seat_recover; nothing changes),
 * those of jk_journal_set_second, STORE, JK_BASE_ERROR_STORAGE. */
gboolean jk_seat_set_second_place (JkSeat *self, const char *place, GError **error);
const char *jk_seat_get_second_place (const JkSeat *self); /* NULL: none is wanted. Lent. */

/* ALIVE while the log and every sitting that is here have their copy; LOST with the sentence of one
 * that has none (may be NULL; the caller frees). */
JkSecondState jk_seat_get_second_state (JkSeat *self, char **out_sentence);

/* After the disk of this PC forgot (a restore card, a diskless room): as jk_seat_load, but first
 * log and sittings are taken back from PLACE/SHORTNAME-HALL as jk_sitting_recover_all says, and the
 * log says so. Nobody has the seat open. One that cannot be taken back stops none of the others:
 * see jk_seat_get_fault. The place is not chosen by this. Errors: those of jk_seat_load, and of the
 * log's recovery those of jk_log_recover. */
JkSeat *jk_seat_recover (const JkSeatPlace *place,
                         const char *session_path,
                         const char *second_place,
                         GError **error);

/* The sittings that are here, ascending by record, and the one whose candidate sits here now (NULL:
 * nobody). Lent. */
guint jk_seat_get_n_sittings (const JkSeat *self);
JkSitting *jk_seat_get_sitting (const JkSeat *self, guint n);
JkSitting *jk_seat_find_sitting (const JkSeat *self, guint32 record);
JkSitting *jk_seat_get_current (const JkSeat *self);

/* Sentences on sittings that could not be opened; lent, NULL after the last. */
const char *jk_seat_get_fault (const JkSeat *self, guint n);

/* Logs what somebody found out about a store: RED and SOUND, from the check of the disk, record
 * is JK_ORDER_EVERY; COPY_BACK and COPY_LOST, from whoever else takes each commit to a second
 * place, for a record or (JK_ORDER_EVERY) for the log, and again after each restart. On a red disk,
 * unless all that is here has its copy, opening takes "open-red", and nobody new begins without it;
 * what runs goes on. What is said already is not logged again. Errors: STORE. */
gboolean jk_seat_note_store (JkSeat *self, JkLogStore what, guint32 record, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSeat, jk_seat_free)
