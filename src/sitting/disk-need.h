/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/disk-need.h: how much disk a seat needs for one sitting, generously. */
#pragma once

#include "session/session.h"

typedef struct {
  guint64 session_bytes; /* the files that are copied into the store */
  guint64 bank_bytes;
  guint64 paper_bytes; /* of the largest paper's items with their pictures */
  guint n_items;
  guint duration_min;
} JkDiskNeed;

/* Session, bank, journal with everything that SQLite keeps beside it, and two copies of the result.
 * Bytes. */
guint64 jk_disk_need_estimate (const JkDiskNeed *self);

/* What a seat that holds this session may still write: JK_DISK_NEEDED_BYTES, or twice the estimate
 * where that is more, because a store whose commit failed goes on in a copy beside it. bank_bytes
 * is the size of its bank, 0 when that is not known, and no paper has more; has_bank: it is copied
 * already. Bytes. */
guint64 jk_disk_need_of_session (const JkSession *session, guint64 bank_bytes, gboolean has_bank);
