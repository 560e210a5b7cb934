/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/row.c: rows and their payloads, byte by byte (FORMATS.md section 7). */
#include "sitting/row.h"

#include "base/bytes.h"

#include <string.h>

#define DIGEST JK_DIGEST_BYTES
#define NAMED (JK_ORDER_ID_BYTES + DIGEST) /* an order, by id and digest */
#define ORDERED (NAMED + 8)

/* By event; what an event carries never changes. */
static const guint16 payload_sizes[JK_N_EVENTS] = {
  [JK_EVENT_IDENTIFIED] = 3 * DIGEST + 4,
  [JK_EVENT_STARTED] = 8 + 4 + DIGEST + 4,
  [JK_EVENT_ANSWERED] = 4,
  [JK_EVENT_CLEARED] = 4,
  [JK_EVENT_FLAGGED] = 4,
  [JK_EVENT_VISITED] = 4,
  [JK_EVENT_FOCUS] = 4,
  [JK_EVENT_HEAD] = DIGEST + JK_SIGNATURE_BYTES,
  [JK_EVENT_GAP] = 16,
  [JK_EVENT_PAUSED] = ORDERED,
  [JK_EVENT_RESUMED] = ORDERED,
  [JK_EVENT_EXTENDED] = ORDERED,
  [JK_EVENT_HANDED_IN] = 8 + NAMED,
  [JK_EVENT_SEALED] = DIGEST,
  [JK_EVENT_COLLECTED] = ORDERED,
  [JK_EVENT_REOPENED] = ORDERED,
  [JK_EVENT_MOVED] = ORDERED,
  [JK_EVENT_CREDITED] = ORDERED,
  [JK_EVENT_LATE] = ORDERED,
  [JK_EVENT_RELEASED] = ORDERED,
  [JK_EVENT_CONSENTED] = ORDERED,
  [JK_EVENT_NOTED] = ORDERED,
  [JK_EVENT_ADMITTED] = ORDERED,
  [JK_EVENT_COMMON_END] = 16 + DIGEST,
  [JK_EVENT_CLOCK] = 8,
  [JK_EVENT_ARRIVED] = JK_PUBLIC_BYTES + NAMED,
};

G_STATIC_ASSERT (JK_PUBLIC_BYTES == DIGEST);

GBytes *
jk_row_to_bytes (const JkRow *row)
{
  gsize size = JK_ROW_HEAD_BYTES + (gsize) row->payload_size;
  guint8 *out = g_malloc (size);

  jk_bytes_put_u64 (out, row->sequence);
  jk_bytes_put_u16 (out + 8, (guint16) row->event);
  jk_bytes_put_u16 (out + 10, 0);
  jk_bytes_put_u32 (out + 12, row->payload_size);
  jk_bytes_put_u64 (out + 16, row->exam_ms);
  jk_bytes_put_u64 (out + 24, (guint64) row->wall_ms);
  memcpy (out + 32, row->boot_id, JK_BOOT_ID_BYTES);
  if (row->payload_size > 0)
    memcpy (out + JK_ROW_HEAD_BYTES, row->payload, row->payload_size);
  return g_bytes_new_take (out, size);
}

gboolean
jk_row_from_bytes (const guint8 *data, gsize size, JkRow *out_row)
{
  if (size < JK_ROW_HEAD_BYTES)
    return FALSE;

  guint16 event = jk_bytes_get_u16 (data + 8);
  guint32 payload_size = jk_bytes_get_u32 (data + 12);
  if (event < JK_EVENT_IDENTIFIED || event >= JK_N_EVENTS || jk_bytes_get_u16 (data + 10) != 0)
    return FALSE;
  if (payload_size != payload_sizes[event] || size - JK_ROW_HEAD_BYTES != payload_size)
    return FALSE;

  out_row->sequence = jk_bytes_get_u64 (data);
  out_row->event = (JkEvent) event;
  out_row->exam_ms = jk_bytes_get_u64 (data + 16);
  out_row->wall_ms = (gint64) jk_bytes_get_u64 (data + 24);
  memcpy (out_row->boot_id, data + 32, JK_BOOT_ID_BYTES);
  out_row->payload_size = payload_size;
  out_row->payload = data + JK_ROW_HEAD_BYTES;
  return TRUE;
}

gsize
jk_payload_put_identified (guint8 *out, const JkIdentified *value)
{
  memcpy (out, value->session_digest, DIGEST);
  memcpy (out + DIGEST, value->station_sign, DIGEST);
  memcpy (out + 2 * DIGEST, value->proof, DIGEST);
  jk_bytes_put_u32 (out + 3 * DIGEST, value->record);
  return 3 * DIGEST + 4;
}

gsize
jk_payload_put_started (guint8 *out, const JkStarted *value)
{
  jk_bytes_put_u64 (out, value->allotted_ms);
  jk_bytes_put_u32 (out + 8, value->n_items);
  memcpy (out + 12, value->paper_digest, DIGEST);
  jk_bytes_put_u32 (out + 12 + DIGEST, value->amendment);
  return 16 + DIGEST;
}

gsize
jk_payload_put_mark (guint8 *out, const JkMark *value)
{
  jk_bytes_put_u16 (out, value->position);
  jk_bytes_put_u16 (out + 2, value->mask);
  return 4;
}

gsize
jk_payload_put_gap (guint8 *out, const JkGap *value)
{
  jk_bytes_put_u64 (out, value->claimed_ms);
  jk_bytes_put_u32 (out + 8, value->restarts);
  jk_bytes_put_u32 (out + 12, (guint32) value->kind);
  return 16;
}

gsize
jk_payload_put_head (guint8 *out, const JkHead *value)
{
  memcpy (out, value->commitment, DIGEST);
  memcpy (out + DIGEST, value->signature, JK_SIGNATURE_BYTES);
  return DIGEST + JK_SIGNATURE_BYTES;
}

void
jk_head_put_signed (guint8 out[static JK_HEAD_SIGNED_BYTES],
                    const JkDigest *session,
                    guint32 record,
                    guint64 sequence,
                    const guint8 commitment[static JK_DIGEST_BYTES])
{
  memcpy (out, session->bytes, DIGEST);
  jk_bytes_put_u32 (out + DIGEST, record);
  jk_bytes_put_u64 (out + DIGEST + 4, sequence);
  memcpy (out + DIGEST + 12, commitment, DIGEST);
}

static void
put_named (guint8 *out, const guint8 *id, const JkDigest *digest)
{
  memcpy (out, id, JK_ORDER_ID_BYTES);
  memcpy (out + JK_ORDER_ID_BYTES, digest->bytes, DIGEST);
}

static void
get_named (const guint8 *at, guint8 *out_id, JkDigest *out_digest)
{
  memcpy (out_id, at, JK_ORDER_ID_BYTES);
  memcpy (out_digest->bytes, at + JK_ORDER_ID_BYTES, DIGEST);
}

gsize
jk_payload_put_handed_in (guint8 *out, const JkHandedIn *value)
{
  jk_bytes_put_u32 (out, value->seal_number);
  jk_bytes_put_u32 (out + 4, (guint32) value->reason);
  put_named (out + 8, value->id, &value->digest);
  return 8 + NAMED;
}

gsize
jk_payload_put_digest (guint8 *out, const JkDigest *value)
{
  memcpy (out, value->bytes, DIGEST);
  return DIGEST;
}

gsize
jk_payload_put_clock (guint8 *out, gint64 step_ms)
{
  jk_bytes_put_u64 (out, (guint64) step_ms);
  return 8;
}

gsize
jk_payload_put_ordered (guint8 *out, const JkOrdered *value)
{
  put_named (out, value->id, &value->digest);
  jk_bytes_put_u64 (out + NAMED, value->amount);
  return ORDERED;
}

gsize
jk_payload_put_common_end (guint8 *out, const JkCommonEnd *value)
{
  jk_bytes_put_u64 (out, value->left_ms);
  jk_bytes_put_u64 (out + 8, value->sequence);
  memcpy (out + 16, value->digest.bytes, DIGEST);
  return 16 + DIGEST;
}

gsize
jk_payload_put_arrived (guint8 *out, const JkArrived *value)
{
  memcpy (out, value->station_sign, JK_PUBLIC_BYTES);
  put_named (out + JK_PUBLIC_BYTES, value->id, &value->digest);
  return JK_PUBLIC_BYTES + NAMED;
}

gboolean
jk_payload_get_identified (const JkRow *row, JkIdentified *out)
{
  const guint8 *at = row->payload;
  guint32 record = jk_bytes_get_u32 (at + 3 * DIGEST);

  if (record >= JK_RECORDS_MAX)
    return FALSE;
  memcpy (out->session_digest, at, DIGEST);
  memcpy (out->station_sign, at + DIGEST, DIGEST);
  memcpy (out->proof, at + 2 * DIGEST, DIGEST);
  out->record = record;
  return TRUE;
}

gboolean
jk_payload_get_started (const JkRow *row, JkStarted *out)
{
  guint64 allotted_ms = jk_bytes_get_u64 (row->payload);
  guint32 n_items = jk_bytes_get_u32 (row->payload + 8);
  guint32 amendment = jk_bytes_get_u32 (row->payload + 12 + DIGEST);

  if (allotted_ms == 0 || allotted_ms > JK_EXAM_MS_MAX)
    return FALSE;
  if (n_items == 0 || n_items > JK_PAPER_ITEMS_MAX || amendment > JK_AMENDMENTS_MAX)
    return FALSE;
  out->allotted_ms = allotted_ms;
  out->n_items = n_items;
  out->amendment = amendment;
  memcpy (out->paper_digest, row->payload + 12, DIGEST);
  return TRUE;
}

static gboolean
is_possible_mask (JkEvent event, guint16 mask)
{
  switch (event) {
  case JK_EVENT_ANSWERED:
    return mask != 0 && mask < (1u << JK_OPTIONS_MAX);
  case JK_EVENT_FLAGGED:
    return mask <= 1;
  case JK_EVENT_FOCUS:
    return mask >= JK_FOCUS_LOST && mask <= JK_FOCUS_DISPLAYS;
  default:
    return mask == 0;
  }
}

gboolean
jk_payload_get_mark (const JkRow *row, JkMark *out)
{
  guint16 position = jk_bytes_get_u16 (row->payload);
  guint16 mask = jk_bytes_get_u16 (row->payload + 2);

  if (position >= JK_PAPER_ITEMS_MAX || !is_possible_mask (row->event, mask))
    return FALSE;
  out->position = position;
  out->mask = mask;
  return TRUE;
}

gboolean
jk_payload_get_gap (const JkRow *row, JkGap *out)
{
  guint64 claimed_ms = jk_bytes_get_u64 (row->payload);
  guint32 restarts = jk_bytes_get_u32 (row->payload + 8);
  guint32 kind = jk_bytes_get_u32 (row->payload + 12);

  if (kind < JK_GAP_RESTART || kind > JK_GAP_CLOCK_BACK || restarts > JK_SITTING_ROWS_MAX)
    return FALSE;
  if (claimed_ms > JK_GAP_MS_MAX || (kind == JK_GAP_CLOCK_BACK && claimed_ms != 0))
    return FALSE;
  out->claimed_ms = claimed_ms;
  out->restarts = restarts;
  out->kind = (JkGapKind) kind;
  return TRUE;
}

gboolean
jk_payload_get_head (const JkRow *row, JkHead *out)
{
  memcpy (out->commitment, row->payload, DIGEST);
  memcpy (out->signature, row->payload + DIGEST, JK_SIGNATURE_BYTES);
  return TRUE;
}

static gboolean
is_all_zeros (const guint8 *at, gsize size)
{
  guint8 any = 0;

  for (gsize i = 0; i < size; i++)
    any |= at[i];
  return any == 0;
}

gboolean
jk_payload_get_handed_in (const JkRow *row, JkHandedIn *out)
{
  guint32 seal_number = jk_bytes_get_u32 (row->payload);
  guint32 reason = jk_bytes_get_u32 (row->payload + 4);

  if (seal_number == 0 || reason < JK_HAND_IN_VOLUNTARY || reason > JK_HAND_IN_FORCED)
    return FALSE;
  if ((reason == JK_HAND_IN_FORCED) == is_all_zeros (row->payload + 8, NAMED))
    return FALSE;
  out->seal_number = seal_number;
  out->reason = (JkHandInReason) reason;
  get_named (row->payload + 8, out->id, &out->digest);
  return TRUE;
}

gboolean
jk_payload_get_digest (const JkRow *row, JkDigest *out)
{
  memcpy (out->bytes, row->payload, DIGEST);
  return TRUE;
}

gboolean
jk_payload_get_clock (const JkRow *row, gint64 *out_step_ms)
{
  *out_step_ms = (gint64) jk_bytes_get_u64 (row->payload);
  return TRUE;
}

gboolean
jk_event_is_ordered (JkEvent event)
{
  return payload_sizes[event] == ORDERED && event != JK_EVENT_HANDED_IN;
}

static gboolean
is_possible_amount (JkEvent event, guint64 amount)
{
  const JkActRule *rule;

  switch (event) {
  case JK_EVENT_EXTENDED:
  case JK_EVENT_CREDITED:
    return amount > 0 && amount <= JK_EXAM_MS_MAX;
  case JK_EVENT_LATE:
  case JK_EVENT_REOPENED:
    return amount <= JK_EXAM_MS_MAX;
  case JK_EVENT_NOTED:
  case JK_EVENT_ADMITTED:
    rule = amount < JK_N_ACTS ? jk_act_get_rule ((JkAct) amount) : NULL;
    return rule != NULL && rule->event == event;
  default:
    return amount == 0;
  }
}

gboolean
jk_payload_get_ordered (const JkRow *row, JkOrdered *out)
{
  guint64 amount = jk_bytes_get_u64 (row->payload + NAMED);

  if (!is_possible_amount (row->event, amount))
    return FALSE;
  get_named (row->payload, out->id, &out->digest);
  out->amount = amount;
  return TRUE;
}

gboolean
jk_payload_get_common_end (const JkRow *row, JkCommonEnd *out)
{
  guint64 left_ms = jk_bytes_get_u64 (row->payload);

  if (left_ms > JK_EXAM_MS_MAX)
    return FALSE;
  out->left_ms = left_ms;
  out->sequence = jk_bytes_get_u64 (row->payload + 8);
  memcpy (out->digest.bytes, row->payload + 16, DIGEST);
  return TRUE;
}

gboolean
jk_payload_get_arrived (const JkRow *row, JkArrived *out)
{
  memcpy (out->station_sign, row->payload, JK_PUBLIC_BYTES);
  get_named (row->payload + JK_PUBLIC_BYTES, out->id, &out->digest);
  return TRUE;
}
