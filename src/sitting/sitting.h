/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting.h: one candidate's exam on this station: the only caller of state table, timer
 * and journal.
 *
 * Every call that changes something posts a row and returns its ticket; "saved" is what
 * jk_sitting_get_acknowledged says, never the return of the call (P1). Not thread-safe. */
#pragma once

#include "session/beacon.h"
#include "session/own-paper.h"
#include "sitting/journal.h"
#include "sitting/station.h"
#include "sitting/timer.h"

typedef struct _JkSitting JkSitting;

/* How the floor above turns a handed-in sitting into sealed bytes. */
typedef struct _JkSealer JkSealer;

typedef struct {
  /* Borrowed */
  const JkSession *session;
  const JkStation *station;
  const JkPerson *person;
  const JkReplay *replay; /* HANDED_IN is its last row */
  const guint8 *sitting_id;
  const JkDigest *first_link;
  GBytes *rows;            /* as jk_journal_read_rows gives them */
  const GPtrArray *orders; /* of GBytes: those obeyed, in the order of the replay; NULL: none */
} JkSealInput;

struct _JkSealer {
  GBytes *(*seal) (const JkSealer *self,
                   const JkSealInput *input,
                   const JkWorld *world,
                   GError **error);
};

typedef struct {
  /* Borrowed; must outlive the sitting */
  const JkWorld *world;
  const JkSession *session;
  const JkStation *station;
  const JkSealer *sealer;
} JkSittingPlace;

/* The folder of this session's and hall's stores, STATION/SHORTNAME-HALL; the caller frees. */
char *jk_sitting_dup_folder (const JkSittingPlace *place);

/* Begins the sitting of a record that logged in; state identified. The store is RECORD.jkjournal in
 * the folder above. Blocks until durable. Errors: EXISTS, STORE. */
JkSitting *jk_sitting_begin (const JkSittingPlace *place,
                             const JkRecord *record,
                             const JkSecret *record_key,
                             GError **error);

/* Goes on with a store after a kill or a power cut: no code, no proctor (P9). While running, writes
 * the GAP row and starts the clock at the last durable exam time; at most 5 s are gained. Gaps
 * beyond the policy: the sitting opens paused in effect (is_held) until a proctor's order; a
 * sitting killed between HANDED_IN and SEALED is sealed now. Errors: MISSING, FOREIGN, CHAIN,
 * STORE. */
JkSitting *jk_sitting_resume (const JkSittingPlace *place, guint32 record, GError **error);

/* Takes a sitting back from its second copy, PLACE/SHORTNAME-HALL/RECORD.jkjournal, when that holds
 * rows which the store here lacks, or there is no store here: the copy becomes the store, and
 * jk_sitting_resume goes on with it. Nobody may have them open. What lay here stays under its old
 * name; rows written here since by nobody's doing (a gap, a head) are passed over. *out_done is
 * FALSE when there was nothing to take back. Errors: MISSING (no copy), FOREIGN (of another PC or
 * session), CHAIN (a damaged copy), JK_BASE_ERROR_EXISTS (the exam went on here without those rows:
 * two branches, and two proctors decide), STORE, FULL, JK_BASE_ERROR_STORAGE.
 *
 * Where the PC lost its keys too, nothing of it opens here: jk_capsule_from_store makes a capsule
 * of the copy with the key of a role, and a RETIRE order lets it arrive. */
gboolean jk_sitting_recover (const JkSittingPlace *place,
                             const char *second_place,
                             guint32 record,
                             gboolean *out_done,
                             GError **error);

/* The same for every copy there; those of another PC or session are left alone, and one that cannot
 * be taken back keeps none of the others. out_records (may be NULL) gets the records that were, as
 * guint32. Errors: the first of the above, JK_BASE_ERROR_STORAGE. */
gboolean jk_sitting_recover_all (const JkSittingPlace *place,
                                 const char *second_place,
                                 GArray *out_records,
                                 GError **error);

/* What a sitting becomes after an order to move it was obeyed; sealed also to the station whose
 * X25519 key is the order's subject. Errors: STATE (not moved, retired instead, or not started). */
GBytes *jk_sitting_make_capsule (JkSitting *self, GError **error);

/* The order by which a sitting left this PC, as it came. Errors: STATE (it did not leave), those of
 * jk_journal_read_side. */
GBytes *jk_sitting_read_move (JkSitting *self, GError **error);

/* Goes on here with a sitting from another PC. seal_key is the X25519 key of a role, or NULL for
 * this station's own; order is the MOVE that ended it there or, when that PC is dead, a RETIRE for
 * it: then exam time is at least the order's amount, as far as the candidate has it, and a copy
 * older than the policy's copy_age_max_s wants two signers. The whole store appears in one step;
 * then the sitting stands still until jk_sitting_continue, and no exam time is lost. Twice at two
 * PCs cannot be prevented: that gives two branches. Errors: those of jk_capsule_open and
 * jk_order_check, ORDER (not the order that lets it go on here), EXISTS, STORE. */
JkSitting *jk_sitting_arrive (const JkSittingPlace *place,
                              const char *file,
                              GBytes *capsule,
                              const JkSecret *seal_key,
                              const JkOrder *order,
                              GError **error);

/* The records with a store of this session on this station, ascending; the caller frees. */
guint32 *jk_sitting_find (const JkSittingPlace *place, guint *out_n, GError **error);
void jk_sitting_free (JkSitting *self);

/* Gives the store of a record, and what took its place, names that no sitting has (see
 * journal-store.h), so that another one begins. Nobody has it open. Errors: STORE,
 * JK_BASE_ERROR_STORAGE. */
gboolean jk_sitting_set_aside (const JkSittingPlace *place, guint32 record, GError **error);

JkState jk_sitting_get_state (const JkSitting *self);
const JkPerson *jk_sitting_get_person (const JkSitting *self);

/* The person's photo, JPEG or PNG, for the page that shows who sits here; also after a restart.
 * NULL: none, or it could not be read: nobody is kept from the exam by a photo. A sitting that came
 * from another PC has none: it has started, and who sits was checked there. Lent. */
GBytes *jk_sitting_get_photo (const JkSitting *self);
const JkPaper *jk_sitting_get_paper (const JkSitting *self);               /* NULL before start */
const JkBlob *jk_sitting_get_item (const JkSitting *self, guint position); /* NULL before start */
guint16 jk_sitting_get_answer (const JkSitting *self, guint position);
gboolean jk_sitting_is_flagged (const JkSitting *self, guint position);
guint jk_sitting_get_position (const JkSitting *self);
gboolean jk_sitting_is_held (const JkSitting *self);

/* Was moved away before it was started: its candidate had logged in at the wrong PC, say. Nothing
 * of it goes on elsewhere: whoever it was logs in anew, also here. */
gboolean jk_sitting_has_left_early (const JkSitting *self);

/* Came from another PC and stands still until jk_sitting_continue. */
gboolean jk_sitting_is_waiting (const JkSitting *self);
guint32 jk_sitting_get_restarts (const JkSitting *self);

/* Exam time used and left, read from the clock now. What is left ends with the hall where the
 * policy wants it and the console has said when. */
guint64 jk_sitting_get_exam_ms (JkSitting *self);
guint64 jk_sitting_get_left_ms (JkSitting *self);

/* Exam time the sitting had on disk when it was resumed; 0 for one begun here. */
guint64 jk_sitting_get_resumed_exam_ms (const JkSitting *self);

/* Milliseconds of exam time until hand-in opens; 0 when it is open. */
guint64 jk_sitting_get_hand_in_opens_ms (JkSitting *self);

/* Whether these are last minutes in which the policy wants a proctor's consent to a hand-in, and
 * there is none yet. */
gboolean jk_sitting_needs_consent (JkSitting *self);

guint64 jk_sitting_get_acknowledged (const JkSitting *self);

/* Blocks until ticket is on disk. Errors: STORE. */
gboolean jk_sitting_wait (JkSitting *self, guint64 ticket, GError **error);
JkJournal *jk_sitting_get_journal (JkSitting *self);

/* How the disk under this sitting does, and the one calm sentence the candidate reads about it;
 * NULL when all is well. Static. The proctor reads the reason of jk_journal_has_failed. */
JkStoreState jk_sitting_get_store_state (const JkSitting *self);
const char *jk_store_state_get_sentence (JkStoreState state);

/* A second place for each commit of this sitting, and what became of it: see
 * jk_journal_set_second. */
gboolean jk_sitting_set_second_copy (JkSitting *self, const char *folder, GError **error);
JkSecondState jk_sitting_get_second_state (const JkSitting *self, char **out_sentence);

/* identified -> ready: data confirmed, rules read. 0 on error, as all below. */
guint64 jk_sitting_confirm (JkSitting *self, GError **error);

/* ready -> running: writes paper and items into the journal in one commit. own is read only; the
 * caller frees it and wipes paper key and record key. Blocks until durable; after FULL it may be
 * called again. */
guint64 jk_sitting_start (JkSitting *self, const JkOwnPaper *own, GError **error);

/* While running. mask is of canonical options, and not 0: that is what clear is for. A visit may
 * reach the disk a second later. Errors: STATE (also when time is up), ARGUMENT, PROCTOR, STORE. */
guint64 jk_sitting_answer (JkSitting *self, guint position, guint16 mask, GError **error);
guint64 jk_sitting_clear (JkSitting *self, guint position, GError **error);
guint64 jk_sitting_flag (JkSitting *self, guint position, gboolean flagged, GError **error);
guint64 jk_sitting_visit (JkSitting *self, guint position, GError **error);

/* The window lost or found the focus, or a display came or went: recorded at the question in view,
 * and nothing else becomes of it (P11). While running or paused, also when held or when time is
 * up. May reach the disk a second later. 0 on error: STATE, STORE. */
guint64 jk_sitting_note_focus (JkSitting *self, JkFocusKind kind, GError **error);

/* To be called about each second: notes exam time every 5 s, writes a head each minute, recognises
 * a suspend as a gap, writes a row when the wall clock was set, hands in when time is up:
 * once, as below, and blocks as that does. What is not on the disk then is seen to by later ticks,
 * which wait for nothing. Errors: those of hand-in. */
gboolean jk_sitting_tick (JkSitting *self, GError **error);

/* running -> handed-in -> sealed: signs, seals once, stores the bytes in the commit of SEALED.
 * Blocks until durable. reason is VOLUNTARY or TIME_UP; FORCED is an order's. Errors for a
 * voluntary one: TOO_EARLY (before the policy opens it), CONSENT (last minutes), PROCTOR (it stands
 * still); for both STATE, STORE and those of the sealer. */
gboolean jk_sitting_hand_in (JkSitting *self, JkHandInReason reason, GError **error);

/* Obeys an order: sound (jk_order_check), for this station and record, and in place
 * (jk_order_judge); writes its row and its bytes in one commit and blocks until durable. known says
 * what only the station knows: stage, revoked roles, absent, spare, taken; state, epoch, gaps and
 * result are the sitting's. An order without a row in this state (a note on a sealed sitting, an
 * act for the station log) is judged, and nothing is written. Errors: those of jk_order_check and
 * jk_order_judge, ORDER (the session's rules or the time left do not allow it), STORE, those of a
 * hand-in. */
gboolean
jk_sitting_obey (JkSitting *self, const JkOrder *order, const JkSituation *known, GError **error);

/* Takes over an order that the station obeyed for this record before the sitting began: LATE,
 * WALK_IN, WRONG_ID, INCIDENT, VIOLATION. TRUE also when it is there already. Errors: those of
 * jk_order_check, STATE, ORDER, STORE. */
gboolean jk_sitting_adopt (JkSitting *self, const JkOrder *order, GError **error);

/* Takes the console's time, as jk_beacon_read gives it: where the policy ends all together, a row
 * says when, unless that is known to a second already. Errors: JK_SESSION_ERROR_BEACON (older than
 * one that was taken), STORE. */
gboolean jk_sitting_take_beacon (JkSitting *self, const JkBeacon *beacon, GError **error);

/* The candidate's click that lets an arrived sitting go on. Blocks until durable. Errors: STATE,
 * PROCTOR, STORE. */
gboolean jk_sitting_continue (JkSitting *self, GError **error);

/* The sealed bytes, which export copies; NULL before. Lent. */
GBytes *jk_sitting_get_result (const JkSitting *self);
guint32 jk_sitting_get_seal_number (const JkSitting *self);

/* The link after HANDED_IN, for the receipt. */
const JkDigest *jk_sitting_get_handed_in_link (const JkSitting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSitting, jk_sitting_free)
