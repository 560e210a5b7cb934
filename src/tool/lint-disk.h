/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-disk.h: how much disk a seat needs for one sitting, generously. */
#pragma once

#include <glib.h>

typedef struct {
  guint64 session_bytes; /* the files that are copied into the store */
  guint64 bank_bytes;
  guint64 paper_bytes; /* of the largest paper's items with their pictures */
  guint n_items;
  guint duration_min;
} JkLintDisk;

/* Session, bank, journal with everything that SQLite keeps beside it, and two copies of the result.
 * Bytes. */
guint64 jk_lint_disk_estimate (const JkLintDisk *self);
