/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-second.h: a second place for the rows of a journal (design.md section 7), on a
 * stick or a console. It is lost sooner than trusted: one failure, and it is never written again.
 * For journal.c, journal-writer.c and log*.c only. */
#pragma once

#include "sitting/journal-keys.h"
#include "sitting/journal.h"

/* Without a copy yet. Borrows keys and world; of the keys only those that never change are read. */
JkJournalSecond *
jk_journal_second_new (const JkWorld *world, const char *path, const JkJournalKeys *keys);

/* Closes the copy. After the writer was freed. */
void jk_journal_second_free (JkJournalSecond *self);

/* On the writer's thread: see jk_journal_set_second. first is the store, open. */
gboolean jk_journal_second_set (JkJournalSecond *self,
                                JkJournalDb *first,
                                const char *folder,
                                GError **error);

/* On the writer's thread, after the same was committed to the store: writes posts and time (NULL:
 * none); idle_time not NULL: moves the log into the file where that is worth it. Does nothing
 * without a copy (self NULL too); when it fails there is none any more. */
void jk_journal_second_write (JkJournalSecond *self,
                              const GPtrArray *posts,
                              const guint8 *time,
                              const guint8 *idle_time);

/* Any thread; see jk_journal_get_second_state and jk_journal_get_n_aside. */
JkSecondState jk_journal_second_get_state (JkJournalSecond *self, char **out_sentence);
guint jk_journal_second_get_n_aside (JkJournalSecond *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkJournalSecond, jk_journal_second_free)
