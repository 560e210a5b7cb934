/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-replace.h: a new file for a store whose commit failed (J3, design.md section 7).
 *
 * The old file, PATH, is never written again; its copy is PATH.r1, the next one PATH.r2, and the
 * last of them is the store. A copy gets its name when it is whole, on disk and read back; so
 * whenever this is stopped, the last name is a whole store with all that was acknowledged. For
 * journal*.c, log.c and capsule.c only. */
#pragma once

#include "sitting/journal-keys.h"
#include "sitting/journal-store.h"

/* The last name of a store; PATH when there is no other. The caller frees. */
char *jk_journal_dup_newest (const JkWorld *world, const char *path);

/* The name that the next file of a store gets: PATH when there is none. NULL when it had as many as
 * it may have. The caller frees. Errors: STORE. */
char *jk_journal_dup_next (const JkWorld *world, const char *path, GError **error);

/* Opens each row of a file that has no name yet with keys; *out_last is the last row. Errors:
 * STORE, CHAIN. */
gboolean jk_journal_verify_copy (const JkWorld *world,
                                 const char *part,
                                 const JkJournalKeys *keys,
                                 guint64 *out_last,
                                 GError **error);

/* Gives such a file, which must be closed, its name, and opens it for writing. Errors: STORE, FULL,
 * STORAGE. */
JkJournalDb *
jk_journal_open_copy (const JkWorld *world, const char *part, const char *name, GError **error);

/* Copies the last file of a store to the next name, opens each row of the copy with keys, and opens
 * it for writing; *out_last is the last row. The old file must be closed. Errors: STORE, CHAIN (a
 * row that does not open), STORAGE. */
JkJournalDb *jk_journal_replace (const JkWorld *world,
                                 const char *path,
                                 const JkJournalKeys *keys,
                                 guint64 *out_last,
                                 GError **error);
