/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-disk.c: measured on a sitting of 90 items whose every answer was given three times: 430
 * bytes of journal for a visit and its answer, 24 KiB for an empty one, and a write-ahead log that
 * is emptied at 4,165,352 bytes. */
#include "tool/lint-disk.h"

#define KIB G_GUINT64_CONSTANT (1024)
#define EMPTY_BYTES (64 * KIB)
#define LOG_BYTES (5 * 1024 * KIB)
#define ROW_BYTES 320 /* of the journal */
#define RESULT_ROW_BYTES 192
#define RESULTS 2
#define ROWS_PER_ITEM 12 /* visits, answers, second thoughts, marks */
#define ROWS_PER_MIN 2   /* heads and focus */
#define ROWS_MORE 64

guint64
jk_lint_disk_estimate (const JkLintDisk *self)
{
  g_return_val_if_fail (self != NULL, 0);

  guint64 rows = (guint64) self->n_items * ROWS_PER_ITEM +
                 (guint64) self->duration_min * ROWS_PER_MIN + ROWS_MORE;
  guint64 journal = EMPTY_BYTES + self->paper_bytes + rows * ROW_BYTES;
  guint64 results = RESULTS * (4 * KIB + rows * RESULT_ROW_BYTES);

  return self->session_bytes + self->bank_bytes + journal + LOG_BYTES + results;
}
