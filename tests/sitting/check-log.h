/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-log.h: rows of a station log without a file, for the tests of its replay. */
#pragma once

#include "check.h"

#include "sitting/log-replay.h"

static const JkDigest check_first_link = { { 1 } };

/* Takes the row as the next one; its head is filled in. */
static inline gboolean
check_take (JkLogReplay *replay, JkLogRow row, GError **error)
{
  gsize size;

  row.sequence = jk_log_replay_get_n_rows (replay) + 1;
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
  const guint8 *data = g_bytes_get_data (bytes, &size);
  return jk_log_replay_take (replay, data, size, error);
}

static inline void
check_must_take (JkLogReplay *replay, JkLogRow row)
{
  g_autoptr (GError) error = NULL;

  check_take (replay, row, &error);
  assert_ok (error);
}

/* An order as obeyed; each n has an id and a counter of its own. */
static inline JkLogRow
check_obeyed (guint8 n, JkAct act, guint32 record)
{
  return (JkLogRow){
    .event = JK_LOG_OBEYED,
    .id = { n },
    .digest = { { n } },
    .key = { 77 },
    .counter = n,
    .amount = 1,
    .record = record,
    .act = act,
    .code = JK_LOG_APPLIED,
  };
}

static inline JkLogReplay *
check_new_log (void)
{
  JkLogReplay *replay = jk_log_replay_new (&check_first_link);

  check_must_take (replay, (JkLogRow){ .event = JK_LOG_LOADED, .digest = { { 5 } }, .key = { 6 } });
  return replay;
}

static inline JkLogReplay *
check_new_open_log (void)
{
  JkLogReplay *replay = check_new_log ();

  check_must_take (replay, (JkLogRow){ .event = JK_LOG_OPENED, .code = JK_LOG_BY_ROOM_CODE });
  return replay;
}
