/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check.h: what the tests of this folder share: rows, and a journal to put them in.
 */
#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/error.h"
#include "crypto/guard.h"
#include "sitting/error.h"
#include "sitting/journal.h"
#include "support/folder.h"
#include "support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define CHECK_ITEMS 90
#define CHECK_ALLOTTED_MS (90 * 60 * 1000)

/* The error is of this domain and code, says something, and is cleared. */
#define assert_error(error, wanted_domain, wanted_code)                                            \
  do {                                                                                             \
    assert_non_null (error);                                                                       \
    if ((error)->domain != (wanted_domain) || (error)->code != (int) (wanted_code))                \
      fail_msg ("%s", (error)->message);                                                           \
    assert_true (strlen ((error)->message) > 20);                                                  \
    g_clear_error (&(error));                                                                      \
  } while (0)

#define assert_ok(error)                                                                           \
  do {                                                                                             \
    if ((error) != NULL)                                                                           \
      fail_msg ("%s", (error)->message);                                                           \
  } while (0)

static inline int
check_setup (void **state)
{
  return jk_guard_init (NULL) ? 0 : -1;
}

static inline guint64
check_get_amount (JkEvent event)
{
  switch (event) {
  case JK_EVENT_EXTENDED:
  case JK_EVENT_CREDITED:
  case JK_EVENT_LATE:
    return 60000;
  case JK_EVENT_NOTED:
    return JK_ACT_MESSAGE;
  case JK_EVENT_ADMITTED:
    return JK_ACT_WALK_IN;
  default:
    return 0;
  }
}

/* The payload of any event, as a sitting of CHECK_ITEMS items would write it; position and mask
 * tell orders apart. */
static inline gsize
check_put_payload (guint8 *out, JkEvent event, guint position, guint16 mask)
{
  JkIdentified identified = { .record = 7 };
  JkStarted started = { .allotted_ms = CHECK_ALLOTTED_MS, .n_items = CHECK_ITEMS };
  JkMark mark = { .position = (guint16) position, .mask = mask };
  JkDigest digest = { { 9 } };
  JkOrdered ordered = { .digest = digest, .amount = check_get_amount (event) };
  JkCommonEnd common_end = { .left_ms = 60000, .sequence = position + 1u };
  JkArrived arrived = { .station_sign = { 8 }, .digest = digest };

  /* Each order once: what tells them apart is where they stand. */
  jk_bytes_put_u32 (ordered.id, position);
  jk_bytes_put_u32 (ordered.id + 4, mask + 1u);
  jk_bytes_put_u32 (ordered.id + 8, event == JK_EVENT_ARRIVED ? JK_EVENT_MOVED : event);
  memcpy (arrived.id, ordered.id, sizeof arrived.id);
  switch (event) {
  case JK_EVENT_IDENTIFIED:
    return jk_payload_put_identified (out, &identified);
  case JK_EVENT_STARTED:
    return jk_payload_put_started (out, &started);
  case JK_EVENT_ANSWERED:
  case JK_EVENT_CLEARED:
  case JK_EVENT_FLAGGED:
  case JK_EVENT_VISITED:
  case JK_EVENT_FOCUS:
    return jk_payload_put_mark (out, &mark);
  case JK_EVENT_COMMON_END:
    return jk_payload_put_common_end (out, &common_end);
  case JK_EVENT_CLOCK:
    return jk_payload_put_clock (out, -7200000);
  case JK_EVENT_ARRIVED:
    return jk_payload_put_arrived (out, &arrived);
  case JK_EVENT_SEALED:
    return jk_payload_put_digest (out, &digest);
  default:
    return jk_event_is_ordered (event) ? jk_payload_put_ordered (out, &ordered) : 0;
  }
}

static inline guint64
check_post (JkJournal *journal,
            JkEvent event,
            guint64 exam_ms,
            guint position,
            guint16 mask,
            GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  gsize size = check_put_payload (payload, event, position, mask);
  return jk_journal_post (journal, event, exam_ms, payload, size, NULL, 0, JK_JOURNAL_NOW, error);
}

/* Up to running, and on disk. FALSE when the store refused. */
static inline gboolean
check_run_up (JkJournal *journal, GError **error)
{
  guint64 ticket = 0;

  return check_post (journal, JK_EVENT_IDENTIFIED, 0, 0, 0, error) != 0 &&
         check_post (journal, JK_EVENT_READY, 0, 0, 0, error) != 0 &&
         (ticket = check_post (journal, JK_EVENT_STARTED, 0, 0, 0, error)) != 0 &&
         jk_journal_wait (journal, ticket, error);
}
