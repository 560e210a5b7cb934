/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as the rows of a sitting (u32 size, row; repeated): replayed as they are, and
 * numbered and chained anew, as whoever holds the sitting's key can. */
#include "repair.h"

#include "crypto/guard.h"
#include "sitting/replay.h"

#include <string.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static const JkDigest first = { { 1 } };

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL);
  return jk_guard_init (NULL) ? 0 : -1;
}

/* What is a row comes back to the byte. */
static void
check_row (const guint8 *data, guint32 size)
{
  JkRow row;

  if (!jk_row_from_bytes (data, size, &row))
    return;
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  g_assert_cmpmem (data, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
look (const JkReplay *replay)
{
  const JkLedger *ledger = jk_replay_get_ledger (replay);
  guint64 n_rows = jk_replay_get_n_rows (replay);
  guint64 sequence;

  g_assert_cmpuint (jk_ledger_get_limit_ms (ledger), <=, 3 * (guint64) JK_GIVEN_MS_MAX);
  g_assert_cmpuint (jk_replay_get_epoch (replay), <=, JK_ORDERS_MAX);
  g_assert_true (jk_replay_get_station (replay, n_rows) != NULL ||
                 jk_replay_get_identified (replay) == NULL);
  for (guint32 n = 0; n < jk_replay_get_epoch (replay); n++)
    g_assert_true (jk_replay_has_obeyed (replay, jk_replay_get_obeyed (replay, n)->ordered.id));
  for (guint32 n = 0; n < jk_replay_get_n_heads (replay); n++)
    g_assert_nonnull (jk_replay_get_head (replay, n, &sequence));
  for (guint n = 0; n < JK_PAPER_ITEMS_MAX; n++)
    g_assert_cmpuint (jk_replay_get_answer (replay, n), <, 1u << JK_OPTIONS_MAX);
}

static void
replay_all (const guint8 *rows, gsize size)
{
  g_autoptr (JkReplay) replay = jk_replay_new (&first);
  gsize at = 0;
  guint32 row_size;
  const guint8 *row;

  while ((row = fuzz_next_row (rows, size, &at, &row_size)) != NULL) {
    check_row (row, row_size);
    JkDigest before = *jk_replay_get_link (replay);
    if (!jk_replay_take (replay, row, row_size, NULL))
      g_assert_true (jk_digest_equal (&before, jk_replay_get_link (replay)));
  }
  look (replay);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const FuzzChain chain = { .purpose = JK_HEAD_PURPOSE, .first = &first, .head = JK_EVENT_HEAD };
  g_autofree guint8 *copy = g_memdup2 (data, size);

  replay_all (data, size);
  fuzz_repair_rows (&chain, copy, size);
  replay_all (copy, size);
  return 0;
}
