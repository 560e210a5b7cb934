/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/row.c: rows and their payloads, byte by byte (FORMATS.md section 7). */
#include "sitting/row.h"

#include "base/bytes.h"

#include <string.h>

#define DIGEST JK_DIGEST_BYTES

/* By event; what an event carries never changes. */
static const guint16 payload_sizes[JK_N_EVENTS] = {
  [JK_EVENT_IDENTIFIED] = 3 * DIGEST + 4,
  [JK_EVENT_STARTED] = 8 + 4 + DIGEST,
  [JK_EVENT_ANSWERED] = 4,
  [JK_EVENT_CLEARED] = 4,
  [JK_EVENT_FLAGGED] = 4,
  [JK_EVENT_VISITED] = 4,
  [JK_EVENT_FOCUS] = 4,
  [JK_EVENT_HEAD] = DIGEST + JK_SIGNATURE_BYTES,
  [JK_EVENT_GAP] = 16,
  [JK_EVENT_EXTENDED] = 8,
  [JK_EVENT_HANDED_IN] = 8,
  [JK_EVENT_SEALED] = DIGEST,
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
  return 12 + DIGEST;
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

gsize
jk_payload_put_handed_in (guint8 *out, const JkHandedIn *value)
{
  jk_bytes_put_u32 (out, value->seal_number);
  jk_bytes_put_u32 (out + 4, (guint32) value->reason);
  return 8;
}

gsize
jk_payload_put_digest (guint8 *out, const JkDigest *value)
{
  memcpy (out, value->bytes, DIGEST);
  return DIGEST;
}

gsize
jk_payload_put_ms (guint8 *out, guint64 ms)
{
  jk_bytes_put_u64 (out, ms);
  return 8;
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

  if (allotted_ms == 0 || allotted_ms > JK_EXAM_MS_MAX)
    return FALSE;
  if (n_items == 0 || n_items > JK_PAPER_ITEMS_MAX)
    return FALSE;
  out->allotted_ms = allotted_ms;
  out->n_items = n_items;
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

gboolean
jk_payload_get_handed_in (const JkRow *row, JkHandedIn *out)
{
  guint32 seal_number = jk_bytes_get_u32 (row->payload);
  guint32 reason = jk_bytes_get_u32 (row->payload + 4);

  if (seal_number == 0 || reason < JK_HAND_IN_VOLUNTARY || reason > JK_HAND_IN_FORCED)
    return FALSE;
  out->seal_number = seal_number;
  out->reason = (JkHandInReason) reason;
  return TRUE;
}

gboolean
jk_payload_get_digest (const JkRow *row, JkDigest *out)
{
  memcpy (out->bytes, row->payload, DIGEST);
  return TRUE;
}

gboolean
jk_payload_get_ms (const JkRow *row, guint64 *out)
{
  guint64 ms = jk_bytes_get_u64 (row->payload);

  if (ms == 0 || ms > JK_EXAM_MS_MAX)
    return FALSE;
  *out = ms;
  return TRUE;
}
