/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/disk-need.c: measured on a sitting of 90 items whose every answer was given three times:
 * 430 bytes of journal for a visit and its answer, 24 KiB for an empty one, and a write-ahead log
 * of 4 MiB. */
#include "sitting/disk-need.h"

#include "base/limits.h"
#include "sitting/disk.h"

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
jk_disk_need_estimate (const JkDiskNeed *self)
{
  g_return_val_if_fail (self != NULL, 0);

  guint64 rows = (guint64) self->n_items * ROWS_PER_ITEM +
                 (guint64) self->duration_min * ROWS_PER_MIN + ROWS_MORE;
  guint64 journal = EMPTY_BYTES + self->paper_bytes + rows * ROW_BYTES;
  guint64 results = RESULTS * (4 * KIB + rows * RESULT_ROW_BYTES);

  return self->session_bytes + self->bank_bytes + journal + LOG_BYTES + results;
}

guint64
jk_disk_need_of_session (const JkSession *session, guint64 bank_bytes, gboolean has_bank)
{
  g_return_val_if_fail (session != NULL, 0);
  guint n_items = jk_blueprint_get_n_items (jk_session_get_blueprint (session));
  guint duration_min = jk_excerpt_get_duration_min (jk_session_get_excerpt (session));
  const JkDiskNeed need = {
    .paper_bytes = MIN (bank_bytes, (guint64) n_items * JK_BLOB_BYTES_MAX),
    .n_items = n_items,
    .duration_min = duration_min + JK_EXTRA_MINUTES_MAX,
  };
  guint64 sitting_bytes = MAX (2 * jk_disk_need_estimate (&need), JK_DISK_NEEDED_BYTES);

  return sitting_bytes + (has_bank ? 0 : bank_bytes);
}
