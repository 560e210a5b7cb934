/* SPDX-License-Identifier: Apache-2.0 */
/* session/purpose.h: every purpose string of this folder, and what boxes are bound to. Private to
 * this folder; FORMATS.md section 6 quotes it. */
#pragma once

#include "bank/bank.h"
#include "base/limits.h"

#include <string.h>

#define JK_PURPOSE_HALL_SEED "jikao 1 hall seed"
#define JK_PURPOSE_DRAW_SEED "jikao 1 draw seed"
#define JK_PURPOSE_LOOKUP_KEY "jikao 1 lookup key"
#define JK_PURPOSE_LOOKUP "jikao 1 lookup"
#define JK_PURPOSE_LOGIN "jikao 1 login"
#define JK_PURPOSE_LOGIN_SALT "jikao 1 login salt"
#define JK_PURPOSE_RECORD_KEY "jikao 1 record key"
#define JK_PURPOSE_RECORD_MARK "jikao 1 record mark"
#define JK_PURPOSE_RECORD "jikao 1 record"
#define JK_PURPOSE_RECORD_PAPER_KEY "jikao 1 record paper key"
#define JK_PURPOSE_RECORD_PAPER "jikao 1 record paper"
#define JK_PURPOSE_PHOTO_KEY "jikao 1 photo key"
#define JK_PURPOSE_PHOTO "jikao 1 photo"
#define JK_PURPOSE_ROLL_PEOPLE "jikao 1 roll people"
#define JK_PURPOSE_ROLL_KEYS "jikao 1 roll keys"
#define JK_PURPOSE_ROOM_CODE "jikao 1 room code"
#define JK_PURPOSE_ROSTER_KEY "jikao 1 roster key"
#define JK_PURPOSE_ROLL_KEY "jikao 1 roll key"
#define JK_PURPOSE_START_CODE "jikao 1 start code"
#define JK_PURPOSE_PAPER_KEY "jikao 1 paper key"
#define JK_PURPOSE_START_COPY "jikao 1 start code copy"
#define JK_PURPOSE_ROLE "jikao 1 role"
#define JK_PURPOSE_ROLE_CHECK "jikao 1 role check"
#define JK_PURPOSE_OFFICE "jikao 1 office"
#define JK_PURPOSE_ORDER "jikao 1 order"
#define JK_PURPOSE_BEACON "jikao 1 console time"

#define JK_HALL_CONTEXT_BYTES_MAX (JK_BANK_ID_BYTES + JK_ID_BYTES_MAX)

/* What belongs to one hall is bound to the session's id and the hall's name; gives the bytes
 * written. hall has at most JK_ID_BYTES_MAX bytes. */
static inline gsize
jk_hall_context_put (guint8 out[static JK_HALL_CONTEXT_BYTES_MAX],
                     const guint8 id[static JK_BANK_ID_BYTES],
                     const char *hall)
{
  gsize length = strlen (hall);

  g_assert (length <= JK_ID_BYTES_MAX);
  memcpy (out, id, JK_BANK_ID_BYTES);
  memcpy (out + JK_BANK_ID_BYTES, hall, length);
  return JK_BANK_ID_BYTES + length;
}
