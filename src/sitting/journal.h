/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal.h: the durable rows of one sitting (P1, P9), written by a thread of its own.
 *
 * J1  A ticket is acknowledged only after the commit that holds its row is on disk: SQLite, WAL,
 *     synchronous=FULL, one connection in exclusive mode, one fdatasync per commit.
 * J2  Every row is stored closed (XChaCha20-Poly1305, random nonce, AAD = session digest, sitting
 *     id, sequence) and chained over its plaintext.
 * J3  After a commit failed that file is never written again: a copy, checked, takes its place, and
 *     what was not acknowledged goes into it. While none can be made, what was posted is kept and
 *     tried again each second; on a full disk more is taken, up to JK_JOURNAL_QUEUE_MAX rows.
 * J4  Exam time every 5 s overwrites one record outside the chain.
 *
 * The WAL is grown once when the store is made, so that a commit changes no file size; checkpoints
 * are asked for when the station is idle, never during an answer. */
#pragma once

#include "base/world.h"
#include "crypto/seal.h"
#include "sitting/journal-db.h"
#include "sitting/replay.h"

typedef struct _JkJournal JkJournal;

typedef enum {
  JK_STORE_OK,
  JK_STORE_FULL,   /* waits for room: nothing is lost, nothing posted since is acknowledged */
  JK_STORE_FAILED, /* the disk fails in another way: nothing more is taken, and it is tried on */
} JkStoreState;

typedef enum {
  JK_JOURNAL_NOW,  /* commits at once: answers, clears, time */
  JK_JOURNAL_LAZY, /* rides along with the next commit, at the latest after one second: visits,
                      focus */
} JkUrgency;

/* A side entry stored in the same commit as a row: item blobs, the sealed bytes. Closed as rows
 * are. */
typedef struct {
  const char *name; /* "record", "paper", "item 17", "result 1" */
  const void *data;
  gsize size;
} JkSideEntry;

/* Called on the journal's thread after each commit or failure; must only wake somebody up. */
typedef void (*JkJournalNotify) (gpointer user_data);

/* Makes a store at path (must not exist) with a fresh sitting key sealed to readers (station,
 * roles, centres), folder synced. Errors: STORE, EXISTS, STORAGE. */
JkJournal *jk_journal_create (const JkWorld *world,
                              const char *path,
                              const JkDigest *session,
                              const JkSealPublic *readers,
                              gsize n_readers,
                              GError **error);

/* Opens an existing store with the X25519 key of one of its readers and replays it. Errors:
 * MISSING, FOREIGN (other session, newer version), CHAIN, STORE, JK_CRYPTO_ERROR_SECRET. */
JkJournal *jk_journal_open (const JkWorld *world,
                            const char *path,
                            const JkDigest *session,
                            const JkSecret *reader,
                            GError **error);

/* Commits what is waiting, stops the thread, closes. */
void jk_journal_free (JkJournal *self);
void jk_journal_set_notify (JkJournal *self, JkJournalNotify notify, gpointer user_data);

const guint8 *jk_journal_get_sitting_id (const JkJournal *self); /* JK_SITTING_ID_BYTES */

/* The replay of every row posted so far, in the order of posting, acknowledged or not. Lent to the
 * thread that posts; not thread-safe. */
const JkReplay *jk_journal_get_replay (const JkJournal *self);

/* Posts a row; checks it against the replay first. Returns its ticket (> 0), or 0. Only one thread
 * posts. Errors: those of jk_replay_take, STORE, FULL. */
guint64 jk_journal_post (JkJournal *self,
                         JkEvent event,
                         guint64 exam_ms,
                         const guint8 *payload,
                         gsize payload_size,
                         const JkSideEntry *side,
                         gsize n_side,
                         JkUrgency urgency,
                         GError **error);

/* The highest ticket whose commit is on disk. Any thread. */
guint64 jk_journal_get_acknowledged (const JkJournal *self);

/* Blocks until ticket is on disk, at most half a minute. Errors: STORE, FULL: the row is kept, and
 * may be acknowledged later. Any thread. */
gboolean jk_journal_wait (JkJournal *self, guint64 ticket, GError **error);

/* How often a copy took the place of a file whose commit failed. Any thread. */
guint jk_journal_get_n_replaced (JkJournal *self);

/* Whether the disk refuses; then *out_error (may be NULL) gets the reason, FULL or another. It is
 * tried again each second. Any thread. */
gboolean jk_journal_has_failed (JkJournal *self, GError **out_error);

/* The same without the reason. Any thread. */
JkStoreState jk_journal_get_store_state (JkJournal *self);

typedef enum {
  JK_SECOND_NONE,  /* none is wanted */
  JK_SECOND_ALIVE, /* what is acknowledged is in both */
  JK_SECOND_LOST,  /* one is wanted, and the exam goes on without */
} JkSecondState;

/* Makes FOLDER/<name of the store> a whole copy of the store, on disk and read back; from then on a
 * row is acknowledged when it is in both, this store first. A copy that fails or vanishes is
 * dropped at once and for good, and the notification is called. Again: the copy is made anew. NULL:
 * stops it. Blocks. After an error there is none. The thread that posts. What lies there already
 * and is no copy of this store, or is damaged, gets another name, FOLDER/<name>.oldN; an older copy
 * goes when this store holds all of it. See journal-recover.h for the way back. Errors: EXISTS (the
 * folder of the store; a copy with rows that this store lacks, which stays as it is), STORE, FULL,
 * STORAGE, CHAIN; while the store itself refuses its error, and nothing changes. */
gboolean jk_journal_set_second (JkJournal *self, const char *folder, GError **error);

/* *out_sentence (may be NULL) is what the proctor reads when it is lost, else NULL; the caller
 * frees. Any thread. */
JkSecondState jk_journal_get_second_state (JkJournal *self, char **out_sentence);

/* How often something that lay in the place of the copy got another name. Any thread. */
guint jk_journal_get_n_aside (JkJournal *self);

/* Overwrites the exam-time record; not waited for. */
void jk_journal_note_time (JkJournal *self, guint64 exam_ms);

/* The last durable exam time as found on opening: the later of the last row and the record. */
guint64 jk_journal_get_durable_exam_ms (const JkJournal *self);

/* The wall clock and boot of the last durable sign of life, as found on opening. */
gint64 jk_journal_get_durable_wall_ms (const JkJournal *self);
const guint8 *jk_journal_get_durable_boot_id (const JkJournal *self);

/* Opens a side entry. Blocks. Errors: CHAIN (missing or changed), STORE. */
GBytes *jk_journal_read_side (JkJournal *self, const char *name, GError **error);

/* All rows in plaintext, concatenated as u32 size and row, and link 0: what a result seals. Blocks
 * until all posted rows are on disk. Errors: STORE, CHAIN. */
GBytes *jk_journal_read_rows (JkJournal *self, JkDigest *out_first_link, GError **error);

/* Asks for a checkpoint when nothing is waiting. */
void jk_journal_idle (JkJournal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkJournal, jk_journal_free)
