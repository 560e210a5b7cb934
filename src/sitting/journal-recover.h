/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/journal-recover.h: the way back from a second copy (design.md section 7): what a disk
 * forgot comes from the other place. For sitting*.c, seat*.c and log*.c only. */
#pragma once

#include "crypto/seal.h"
#include "sitting/journal-replace.h"

/* Whether a row of this event may be passed over when only the store that forgot has it: nobody
 * did or decided anything by it. */
typedef gboolean (*JkJournalIsIdle) (guint16 event);

typedef struct {
  /* Borrowed */
  const JkWorld *world;
  const JkDigest *session;
  const JkSecret *reader; /* X25519 key of this PC */
  JkJournalIsIdle is_idle;
} JkJournalRecovery;

/* Makes FOLDER/<name of path> the store at path, which nobody has open: as its file where there is
 * none, else as its next name (see journal-replace.h), read back; the copy is only read, and no
 * file goes. *out_done is FALSE, and nothing happened, when the copy has no row that the store
 * lacks. Errors: MISSING (no copy), FOREIGN (of another session or PC), CHAIN (damaged), EXISTS
 * (the store went on without those rows, and holds others that count), STORE, FULL, STORAGE. */
gboolean jk_journal_recover (const JkJournalRecovery *how,
                             const char *path,
                             const char *folder,
                             gboolean *out_done,
                             GError **error);

/* Whether the file, which is only read, is a store of this session and reader with rows in it, of
 * another id than this (NULL: than any). */
gboolean jk_journal_is_forgotten (const JkWorld *world,
                                  const char *path,
                                  const guint8 *id,
                                  const JkDigest *session,
                                  const JkSecret *reader);
