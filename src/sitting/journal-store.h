/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-store.h: the file of a journal comes into being. For
 * journal*.c only, and for sittings that are set aside. */
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

/* Gives what lies under a store's name, and the log beside it, new names: PATH.oldN and
 * PATH.oldN-wal, N being higher than that of any there is. Nothing is removed or overwritten, and a
 * log whose file was moved before a kill follows it. On disk after TRUE; nothing there is fine.
 * Errors: STORE, JK_BASE_ERROR_STORAGE. */
gboolean jk_journal_store_set_aside (const JkWorld *world, const char *path, GError **error);
