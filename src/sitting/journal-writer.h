/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-writer.h: the thread that owns a journal's file (J1, J3). It moves closed bytes
 * only. For journal.c only. */
#pragma once

#include "sitting/journal-db.h"

#define JK_JOURNAL_TIME_BYTES 80 /* of the closed time record */

typedef struct _JkJournalWriter JkJournalWriter;
typedef struct _JkJournalPost JkJournalPost;

/* Called on the writer's thread; must only wake somebody up. */
typedef void (*JkJournalWake) (gpointer user_data);

/* A row that will be committed, with what goes into the same commit. */
JkJournalPost *jk_journal_post_new (guint64 sequence, guint8 *box, gsize size);
void jk_journal_post_free (JkJournalPost *self);

/* Takes box. */
void jk_journal_post_add_side (JkJournalPost *self, const char *name, guint8 *box, gsize size);

/* The same commit removes a side entry. */
void jk_journal_post_drop_side (JkJournalPost *self, const char *name);

/* Takes db and starts the thread; rows up to acknowledged are in it. time is the record as it
 * stands. */
JkJournalWriter *jk_journal_writer_new (JkJournalDb *db,
                                        guint64 acknowledged,
                                        const guint8 time[static JK_JOURNAL_TIME_BYTES]);

/* Commits what is waiting, ends the thread, closes db. */
void jk_journal_writer_free (JkJournalWriter *self);
void jk_journal_writer_set_wake (JkJournalWriter *self, JkJournalWake wake, gpointer user_data);

/* Takes post. Rows are posted in ascending order; one that is not urgent may wait a second for
 * company. Errors: STORE. */
gboolean
jk_journal_writer_add (JkJournalWriter *self, JkJournalPost *post, gboolean urgent, GError **error);

/* Overwrites the time record soon; a row posted afterwards makes it superfluous. */
void jk_journal_writer_put_time (JkJournalWriter *self,
                                 const guint8 time[static JK_JOURNAL_TIME_BYTES]);

/* Moves the log into the file when nothing is waiting and it is worth it. */
void jk_journal_writer_idle (JkJournalWriter *self);

guint64 jk_journal_writer_get_acknowledged (JkJournalWriter *self);

/* Blocks until sequence is on disk. Errors: STORE. */
gboolean jk_journal_writer_wait (JkJournalWriter *self, guint64 sequence, GError **error);
gboolean jk_journal_writer_has_failed (JkJournalWriter *self, GError **out_error);

/* Runs a function that reads the file on the writer's thread, after all that was posted, and waits
 * for it. Errors: those of the function. */
typedef gboolean (*JkJournalJob) (JkJournalDb *db, gpointer user_data, GError **error);
gboolean
jk_journal_writer_run (JkJournalWriter *self, JkJournalJob job, gpointer user_data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkJournalPost, jk_journal_post_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkJournalWriter, jk_journal_writer_free)
