/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-copy.h: a journal made of the rows of another one: same sitting id and link 0,
 * new key, every row and entry closed anew. */
#pragma once

#include "sitting/journal.h"

typedef struct {
  /* Borrowed */
  const guint8 *sitting_id; /* JK_SITTING_ID_BYTES */
  const JkDigest *first_link;
  GBytes *rows; /* u32 size and row, repeated, as jk_journal_read_rows gives them */
  const JkSideEntry *side;
  gsize n_side;
} JkJournalCopy;

/* Makes the store whole, in one commit, before it gets its name: under it there is all or nothing.
 * The rows have been replayed. jk_journal_open opens it. Errors: EXISTS (a store that holds rows is
 * there), STORE, STORAGE. */
gboolean jk_journal_copy_make (const JkWorld *world,
                               const char *path,
                               const JkDigest *session,
                               const JkSealPublic *readers,
                               gsize n_readers,
                               const JkJournalCopy *copy,
                               GError **error);
