/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/log-row.c: rows of a station log, byte by byte: which event carries which fields is one
 * table (FORMATS.md section 7). */
#include "sitting/log-row.h"

#include "base/bytes.h"

#include <stddef.h>
#include <string.h>

typedef enum {
  BYTES,
  U32,
  U64,
} FieldKind;

/* In the order in which they stand in a payload. */
typedef enum {
  DIGEST,
  ID,
  KEY,
  SUBJECT,
  COUNTER,
  AMOUNT,
  SPAN_FROM,
  SPAN_TO,
  RECORD,
  ACT,
  CODE,
  NUMBER,
  SIGNATURE,
  N_FIELDS,
} Field;

static const struct {
  gsize offset;
  guint8 size;
  guint8 kind;
} fields[N_FIELDS] = {
  [DIGEST] = { offsetof (JkLogRow, digest), JK_DIGEST_BYTES, BYTES },
  [ID] = { offsetof (JkLogRow, id), JK_ORDER_ID_BYTES, BYTES },
  [KEY] = { offsetof (JkLogRow, key), JK_PUBLIC_BYTES, BYTES },
  [SUBJECT] = { offsetof (JkLogRow, subject), JK_ORDER_SUBJECT_BYTES, BYTES },
  [COUNTER] = { offsetof (JkLogRow, counter), 8, U64 },
  [AMOUNT] = { offsetof (JkLogRow, amount), 8, U64 },
  [SPAN_FROM] = { offsetof (JkLogRow, span), 8, U64 },
  [SPAN_TO] = { offsetof (JkLogRow, span) + 8, 8, U64 },
  [RECORD] = { offsetof (JkLogRow, record), 4, U32 },
  [ACT] = { offsetof (JkLogRow, act), 4, U32 },
  [CODE] = { offsetof (JkLogRow, code), 4, U32 },
  [NUMBER] = { offsetof (JkLogRow, number), 4, U32 },
  [SIGNATURE] = { offsetof (JkLogRow, signature), JK_SIGNATURE_BYTES, BYTES },
};

#define F(field) (1u << (field))
#define OF_ORDER (F (DIGEST) | F (ID) | F (KEY) | F (COUNTER) | F (RECORD) | F (ACT) | F (CODE))

static const struct {
  const char *name;
  guint32 carries;  /* set of F (Field) */
  guint32 code_max; /* codes count from 1 */
} events[JK_LOG_N_EVENTS - JK_LOG_LOADED] = {
  { "loaded", F (DIGEST) | F (KEY), 0 },
  { "opened", F (CODE) | F (NUMBER) | F (SPAN_FROM) | F (SPAN_TO), JK_LOG_BY_ROOM_CODE },
  { "log-in failed", F (DIGEST), 0 },
  { "logged in", F (DIGEST) | F (ID) | F (RECORD) | F (CODE), JK_LOG_BY_ARRIVAL },
  { "obeyed", OF_ORDER | F (SUBJECT) | F (AMOUNT), JK_LOG_FOUND },
  { "refused", OF_ORDER | F (NUMBER), JK_LOG_REASON_AMENDMENT },
  { "clock set", F (SPAN_FROM) | F (SPAN_TO), 0 },
  { "amended", F (DIGEST) | F (NUMBER), 0 },
  { "store", F (RECORD) | F (CODE), JK_LOG_STORE_SOUND },
  { "copied", F (DIGEST) | F (RECORD) | F (NUMBER), 0 },
  { "wiped", F (ID), 0 },
  { "head", F (DIGEST) | F (SIGNATURE), 0 },
  { "unlisted", F (NUMBER), 0 },
  { "passcode", F (CODE) | F (NUMBER), JK_LOG_PASSCODE_RIGHT },
};

static void
put_field (guint8 *out, const guint8 *from, FieldKind kind, gsize size)
{
  guint64 u64;
  guint32 u32;

  switch (kind) {
  case BYTES:
    memcpy (out, from, size);
    break;
  case U32:
    memcpy (&u32, from, sizeof u32);
    jk_bytes_put_u32 (out, u32);
    break;
  case U64:
    memcpy (&u64, from, sizeof u64);
    jk_bytes_put_u64 (out, u64);
    break;
  }
}

static void
get_field (guint8 *to, const guint8 *data, FieldKind kind, gsize size)
{
  guint64 u64;
  guint32 u32;

  switch (kind) {
  case BYTES:
    memcpy (to, data, size);
    break;
  case U32:
    u32 = jk_bytes_get_u32 (data);
    memcpy (to, &u32, sizeof u32);
    break;
  case U64:
    u64 = jk_bytes_get_u64 (data);
    memcpy (to, &u64, sizeof u64);
    break;
  }
}

static gsize
measure (guint32 carries)
{
  gsize size = 0;

  for (guint i = 0; i < N_FIELDS; i++)
    size += (carries & F (i)) != 0 ? fields[i].size : 0;
  return size;
}

GBytes *
jk_log_row_to_bytes (const JkLogRow *row)
{
  g_return_val_if_fail (row->event >= JK_LOG_LOADED && row->event < JK_LOG_N_EVENTS, NULL);

  guint32 carries = events[row->event - JK_LOG_LOADED].carries;
  gsize size = measure (carries);
  guint8 *out = g_malloc (JK_ROW_HEAD_BYTES + size);
  guint8 *at = out + JK_ROW_HEAD_BYTES;

  jk_bytes_put_u64 (out, row->sequence);
  jk_bytes_put_u16 (out + 8, (guint16) row->event);
  jk_bytes_put_u16 (out + 10, 0);
  jk_bytes_put_u32 (out + 12, (guint32) size);
  jk_bytes_put_u64 (out + 16, row->boot_ms);
  jk_bytes_put_u64 (out + 24, (guint64) row->wall_ms);
  memcpy (out + 32, row->boot_id, JK_BOOT_ID_BYTES);
  for (guint i = 0; i < N_FIELDS; i++) {
    if ((carries & F (i)) == 0)
      continue;
    put_field (at, (const guint8 *) row + fields[i].offset, fields[i].kind, fields[i].size);
    at += fields[i].size;
  }
  return g_bytes_new_take (out, JK_ROW_HEAD_BYTES + size);
}

static gboolean
names_role (guint32 act)
{
  return act == JK_ACT_REVOKE_ROLE || act == JK_ACT_NAME_PERSON;
}

static gboolean
is_possible (const JkLogRow *row, guint32 carries, guint32 code_max)
{
  if ((carries & F (CODE)) != 0 && (row->code < 1 || row->code > code_max))
    return FALSE;
  if (row->event == JK_LOG_REFUSED) /* says what a forgery said */
    return row->number <= 1;
  if (row->event == JK_LOG_PASSCODE)
    return row->number >= 1 && row->number <= JK_ROLES_MAX;
  if ((carries & F (RECORD)) != 0 && row->record != JK_ORDER_EVERY && row->record >= JK_RECORDS_MAX)
    return FALSE;
  if (row->event != JK_LOG_OBEYED)
    return TRUE;
  const JkActRule *rule = jk_act_get_rule (row->act);
  return rule != NULL && (!names_role (row->act) ||
                          (row->amount >= rule->amount_min && row->amount <= rule->amount_max));
}

gboolean
jk_log_row_from_bytes (const guint8 *data, gsize size, JkLogRow *out_row)
{
  JkLogRow row = { 0 };

  if (size < JK_ROW_HEAD_BYTES)
    return FALSE;
  guint16 event = jk_bytes_get_u16 (data + 8);
  if (event < JK_LOG_LOADED || event >= JK_LOG_N_EVENTS || jk_bytes_get_u16 (data + 10) != 0)
    return FALSE;
  guint32 carries = events[event - JK_LOG_LOADED].carries;
  gsize expected = measure (carries);
  if (jk_bytes_get_u32 (data + 12) != expected || size != JK_ROW_HEAD_BYTES + expected)
    return FALSE;

  row.sequence = jk_bytes_get_u64 (data);
  row.event = (JkLogEvent) event;
  row.boot_ms = jk_bytes_get_u64 (data + 16);
  row.wall_ms = (gint64) jk_bytes_get_u64 (data + 24);
  memcpy (row.boot_id, data + 32, JK_BOOT_ID_BYTES);
  data += JK_ROW_HEAD_BYTES;
  for (guint i = 0; i < N_FIELDS; i++) {
    if ((carries & F (i)) == 0)
      continue;
    get_field ((guint8 *) &row + fields[i].offset, data, fields[i].kind, fields[i].size);
    data += fields[i].size;
  }
  if (!is_possible (&row, carries, events[event - JK_LOG_LOADED].code_max))
    return FALSE;
  *out_row = row;
  return TRUE;
}

void
jk_log_head_put_signed (guint8 out[static JK_LOG_HEAD_SIGNED_BYTES],
                        const JkDigest *session,
                        guint64 sequence,
                        const JkDigest *commitment)
{
  memcpy (out, session->bytes, JK_DIGEST_BYTES);
  jk_bytes_put_u64 (out + JK_DIGEST_BYTES, sequence);
  memcpy (out + JK_DIGEST_BYTES + 8, commitment->bytes, JK_DIGEST_BYTES);
}

void
jk_log_row_set_order (JkLogRow *self, const JkOrder *order)
{
  const JkOrderTerms *terms = jk_order_get_terms (order);

  self->digest = *jk_order_get_digest (order);
  memcpy (self->id, terms->id, sizeof self->id);
  memcpy (self->key, terms->device, sizeof self->key);
  memcpy (self->subject, terms->subject, sizeof self->subject);
  self->counter = terms->counter;
  self->amount = terms->amount;
  self->record = terms->record;
  self->act = terms->act;
}

const char *
jk_log_event_get_name (JkLogEvent event)
{
  g_return_val_if_fail (event >= JK_LOG_LOADED && event < JK_LOG_N_EVENTS, "");
  return events[event - JK_LOG_LOADED].name;
}
