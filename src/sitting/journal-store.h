/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-store.h: the file of a journal comes into being. For journal.c and
 * journal-copy.c only. */
#pragma once

#include "base/world.h"
#include "sitting/journal-db.h"

/* Whether something of that name is there; also TRUE when that cannot be told, so that no new store
 * takes the place of one. */
gboolean jk_journal_store_is_there (const JkWorld *world, const char *path);

/* Makes an empty store, so that under its name there is a whole one or none, whenever this is
 * stopped. Errors: STORE, STORAGE. */
gboolean jk_journal_store_make (const JkWorld *world,
                                const char *path,
                                const JkJournalMeta *meta,
                                GError **error);

/* The same with what fill adds; see journal-db.h. */
gboolean jk_journal_store_make_filled (const JkWorld *world,
                                       const char *path,
                                       const JkJournalMeta *meta,
                                       JkJournalFill fill,
                                       gpointer user_data,
                                       GError **error);

/* An empty file of a name that no store has yet, for its owner alone. What an earlier attempt left
 * under it is nobody's: it never got its name. Errors: STORE. */
gboolean jk_journal_store_make_part (const JkWorld *world, const char *part, GError **error);
