/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-writer.h: the thread that owns a journal's file (J1, J3). It moves closed bytes
 * only. For journal.c only. */
#pragma once

#include "sitting/journal-post.h"

#define JK_JOURNAL_TIME_BYTES 80 /* of the closed time record */

typedef struct _JkJournalWriter JkJournalWriter;

/* Called on the writer's thread; must only wake somebody up. */
typedef void (*JkJournalWake) (gpointer user_data);

/* Takes db and starts the thread; rows up to acknowledged are in it. time is the record as it
 * stands. */
JkJournalWriter *jk_journal_writer_new (JkJournalDb *db,
                                        guint64 acknowledged,
                                        const guint8 time[static JK_JOURNAL_TIME_BYTES]);

/* Commits what is waiting, ends the thread, closes db. */
void jk_journal_writer_free (JkJournalWriter *self);
void jk_journal_writer_set_wake (JkJournalWriter *self, JkJournalWake wake, gpointer user_data);

/* Makes a new file when a commit of the old one failed: closed copies of all rows in it, checked;
 * *out_last is the last of them. Runs on the writer's thread, after the old file was closed.
 * Errors: those of a store. */
typedef JkJournalDb *(*JkJournalRescue) (gpointer user_data, guint64 *out_last, GError **error);

/* With a rescue a failed commit is no end (J3): the old file is never written again, and what was
 * not acknowledged goes into the new one. Where that fails too it is tried again each second and
 * with the next post; what was posted is kept. While that is for want of room (FULL) more is taken,
 * up to JK_JOURNAL_QUEUE_MAX; else nothing is. To be set before anything is posted. */
void
jk_journal_writer_set_rescue (JkJournalWriter *self, JkJournalRescue rescue, gpointer user_data);

/* What is committed goes to second too, before it is acknowledged. Borrowed until the writer is
 * freed; to be set before anything is posted. */
typedef struct _JkJournalSecond JkJournalSecond;
void jk_journal_writer_set_second (JkJournalWriter *self, JkJournalSecond *second);

/* How often a new file took the place of one that failed. Any thread. */
guint jk_journal_writer_get_n_replaced (JkJournalWriter *self);

/* Whether one more row may be posted: to be asked before each, by the one thread that posts, so
 * that a row with a number is never refused. While JK_JOURNAL_QUEUE_MAX rows wait for a slow disk,
 * waits for it a quarter of a second. Errors: STORE, FULL. */
gboolean jk_journal_writer_check_room (JkJournalWriter *self, GError **error);

/* Takes post. Rows are posted in ascending order; one that is not urgent may wait a second for
 * company. */
void jk_journal_writer_add (JkJournalWriter *self, JkJournalPost *post, gboolean urgent);

/* Overwrites the time record soon; a row posted afterwards makes it superfluous. */
void jk_journal_writer_put_time (JkJournalWriter *self,
                                 const guint8 time[static JK_JOURNAL_TIME_BYTES]);

/* Moves the log into the file when nothing is waiting and it is worth it. */
void jk_journal_writer_idle (JkJournalWriter *self);

guint64 jk_journal_writer_get_acknowledged (JkJournalWriter *self);

/* Blocks until sequence is on disk, at most half a minute. Errors: STORE, FULL; it stays posted. */
gboolean jk_journal_writer_wait (JkJournalWriter *self, guint64 sequence, GError **error);
gboolean jk_journal_writer_has_failed (JkJournalWriter *self, GError **out_error);

/* Runs a function that reads the file on the writer's thread, after all that was posted, and waits
 * for it. Errors: those of the function. */
typedef gboolean (*JkJournalJob) (JkJournalDb *db, gpointer user_data, GError **error);
gboolean
jk_journal_writer_run (JkJournalWriter *self, JkJournalJob job, gpointer user_data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkJournalWriter, jk_journal_writer_free)
