/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/rechain.c: rows and their chain; see repair.h. */
#include "repair.h"

#include "base/bytes.h"
#include "crypto/chain.h"
#include "sitting/row.h"

#include <string.h>

const guint8 *
fuzz_next_row (const guint8 *rows, gsize size, gsize *at, guint32 *out_size)
{
  if (size - *at < 4)
    return NULL;
  *out_size = jk_bytes_get_u32 (rows + *at);
  if (*out_size > size - *at - 4)
    return NULL;
  const guint8 *row = rows + *at + 4;
  *at += 4 + (gsize) *out_size;
  return row;
}

static void
repair_head (const FuzzChain *chain, const JkDigest *link, guint64 sequence, guint8 *row)
{
  guint8 message[JK_HEAD_SIGNED_BYTES];
  guint8 *payload = row + JK_ROW_HEAD_BYTES;
  JkDigest commitment;

  jk_chain_commit (link, chain->purpose, &commitment);
  memcpy (payload, commitment.bytes, JK_DIGEST_BYTES);
  if (chain->station == NULL)
    return;
  jk_head_put_signed (message, chain->session, chain->record, sequence, payload);
  jk_sign (chain->station, chain->purpose, message, sizeof message, payload + JK_DIGEST_BYTES);
}

void
fuzz_repair_rows (const FuzzChain *chain, guint8 *rows, gsize size)
{
  JkDigest link = *chain->first;
  gsize at = 0;
  guint32 row_size;
  const guint8 *next;

  for (guint64 n = 1; (next = fuzz_next_row (rows, size, &at, &row_size)) != NULL; n++) {
    guint8 *row = rows + (next - rows);
    if (row_size < JK_ROW_HEAD_BYTES)
      return;
    jk_bytes_put_u64 (row, n);
    if (jk_bytes_get_u16 (row + 8) == chain->head &&
        row_size == JK_ROW_HEAD_BYTES + JK_DIGEST_BYTES + JK_SIGNATURE_BYTES)
      repair_head (chain, &link, n, row);
    jk_chain_next (&link, row, row_size, &link);
  }
}
