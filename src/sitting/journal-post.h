/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-post.h: a row on its way into a journal's file, with what goes into the same
 * commit: closed bytes only. For journal.c, log.c and journal-writer.c only. */
#pragma once

#include "sitting/journal-db.h"

typedef struct _JkJournalPost JkJournalPost;

/* A row that will be committed, with what goes into the same commit. Takes box. */
JkJournalPost *jk_journal_post_new (guint64 sequence, guint8 *box, gsize size);
void jk_journal_post_free (JkJournalPost *self);

/* Takes box. */
void jk_journal_post_add_side (JkJournalPost *self, const char *name, guint8 *box, gsize size);

/* The same commit removes a side entry. */
void jk_journal_post_drop_side (JkJournalPost *self, const char *name);

guint64 jk_journal_post_get_sequence (const JkJournalPost *self);

/* An array that owns its posts, and the sequence of the last in one that is not empty. */
GPtrArray *jk_journal_post_array_new (void);
guint64 jk_journal_post_array_get_last (const GPtrArray *posts);

/* Writes it; a commit of its own unless the file has begun one. */
gboolean jk_journal_post_write (const JkJournalPost *self, JkJournalDb *db, GError **error);

/* Whether writing it is one statement, which is a commit by itself. */
gboolean jk_journal_post_is_single (const JkJournalPost *self);

/* Writes them in order, and the time record, in one commit. posts is NULL or not empty; time may be
 * NULL. */
gboolean jk_journal_post_write_all (const GPtrArray *posts,
                                    gconstpointer time,
                                    gsize time_size,
                                    JkJournalDb *db,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkJournalPost, jk_journal_post_free)
