/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as the rows of a station log (u32 size, row; repeated): replayed as they are, and
 * numbered and chained anew, as whoever holds the log's key can. */
#include "repair.h"

#include "crypto/guard.h"
#include "sitting/log-replay.h"

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
  JkLogRow row;

  if (!jk_log_row_from_bytes (data, size, &row))
    return;
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
  g_assert_cmpmem (data, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (jk_log_event_get_name (row.event), !=, "");
}

static void
look (const JkLogReplay *replay)
{
  static const JkPolicy policy = { .login_tries = 5, .login_wait_s = 60, .login_wait_max_s = 480 };
  const JkLogRow *last = jk_log_replay_get_last (replay);
  JkAct act;

  if (last == NULL)
    return;
  g_assert_cmpuint (jk_log_replay_get_wait_ms (replay, &policy, &last->digest, last->boot_id, 0),
                    <=,
                    480 * 1000);
  for (guint role = JK_ROLE_CHIEF; role <= JK_ROLES; role++)
    jk_log_replay_get_name_order (replay, (JkRoleName) role);
  for (guint n = 0; jk_log_replay_get_order_for (replay, n, last->record, &act) != NULL; n++)
    g_assert_cmpuint (act, <, JK_N_ACTS);
  jk_log_replay_is_taken (replay, last->record);
  jk_log_replay_is_absent (replay, last->record);
  jk_log_replay_count_missing (replay, last->key);
  g_assert_cmpuint (jk_log_replay_get_stage (replay), <, JK_N_STAGES);
}

static void
replay_all (const guint8 *rows, gsize size)
{
  g_autoptr (JkLogReplay) replay = jk_log_replay_new (&first);
  gsize at = 0;
  guint32 row_size;
  const guint8 *row;

  while ((row = fuzz_next_row (rows, size, &at, &row_size)) != NULL) {
    check_row (row, row_size);
    JkDigest before = *jk_log_replay_get_link (replay);
    if (jk_log_replay_take (replay, row, row_size, NULL))
      look (replay);
    else
      g_assert_true (jk_digest_equal (&before, jk_log_replay_get_link (replay)));
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const FuzzChain chain = { .purpose = JK_LOG_HEAD_PURPOSE, .first = &first, .head = JK_LOG_HEAD };
  g_autofree guint8 *copy = g_memdup2 (data, size);

  replay_all (data, size);
  fuzz_repair_rows (&chain, copy, size);
  replay_all (copy, size);
  return 0;
}
