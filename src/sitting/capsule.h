/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/capsule.h: a sitting on its way to another PC: its rows, what lies beside them, and how
 * much exam time was used (FORMATS.md section 7).
 *
 * Sealed to the roles and centres of the session and, where the proctor named it, to the station it
 * goes to. Only who had the sitting can make one; that it is told apart from the sitting's other
 * branches is the closing sheet's work. */
#pragma once

#include "sitting/journal.h"

typedef struct _JkCapsule JkCapsule;

/* The capsule of a sitting that has started. target (NULL: none) is one more who can open it.
 * Errors: STATE (not started), those of reading a journal. */
GBytes *jk_capsule_write (JkJournal *journal,
                          const JkSession *session,
                          const JkSealPublic *target,
                          const JkWorld *world,
                          GError **error);

/* The same from the journal file of a dead seat, which is only read: it and its log are copied into
 * the folder scratch, and the copies removed. Where later files took its place (journal-replace.h),
 * the last of them is read. reader is the X25519 key of a role or a centre.
 * Errors: those of jk_journal_open and the above, JkBaseError. */
GBytes *jk_capsule_from_store (const JkWorld *world,
                               const JkSession *session,
                               const char *path,
                               const JkSecret *reader,
                               const JkSealPublic *target,
                               const char *scratch,
                               GError **error);

/* Opens and checks a capsule: of this session, every row replayed, every head signed by the station
 * of its time, everything there that the rows need. file is for messages. Errors: FOREIGN, CHAIN,
 * JK_CRYPTO_ERROR_SECRET, those of jk_replay_take. */
JkCapsule *jk_capsule_open (const char *file,
                            GBytes *bytes,
                            const JkSession *session,
                            const JkSecret *reader,
                            GError **error);
void jk_capsule_free (JkCapsule *self);

/* So much of a file is enough to peek. */
#define JK_CAPSULE_HEAD_BYTES 48

/* The record and session that a capsule says it is of, before it is opened (out_session may be
 * NULL); FALSE when it is none. */
gboolean jk_capsule_peek (GBytes *bytes, guint32 *out_record, JkDigest *out_session);

guint32 jk_capsule_get_record (const JkCapsule *self);
const guint8 *jk_capsule_get_sitting_id (const JkCapsule *self);
const JkDigest *jk_capsule_get_first_link (const JkCapsule *self);
JkReplay *jk_capsule_get_replay (const JkCapsule *self); /* to add the next row to */
GBytes *jk_capsule_get_rows (const JkCapsule *self);     /* u32 size and row, repeated */
guint64 jk_capsule_get_exam_ms (const JkCapsule *self);  /* used, as far as it was on disk */

/* The order that moved it, which is inside, so that nobody must bring it too; lent. NULL: it was
 * copied off a PC where it ran, and goes on by an order that retires that PC. */
GBytes *jk_capsule_get_move (const JkCapsule *self);

/* What lies beside the rows: names and bytes. Lent. */
guint jk_capsule_get_n_entries (const JkCapsule *self);
JkSideEntry jk_capsule_get_entry (const JkCapsule *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkCapsule, jk_capsule_free)
