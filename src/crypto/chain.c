/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/chain.c: the links of a journal (P6). */
#include "crypto/chain.h"

#include "base/bytes.h"
#include "crypto/purpose.h"

#include <sodium.h>

#define CHAIN_PURPOSE "jikao 1 chain"

/* A centre computes some hundred links for each result, so the state lies on the stack and what
 * stands before a row goes in at once. */
void
jk_chain_next (const JkDigest *previous, gconstpointer row, gsize size, JkDigest *out_link)
{
  crypto_generichash_state state;
  guint8 front[sizeof CHAIN_PURPOSE + JK_DIGEST_BYTES + 4];
  gsize prefix_size = jk_purpose_put (front, CHAIN_PURPOSE);

  g_assert (size <= G_MAXUINT32);
  memcpy (front + prefix_size, previous->bytes, JK_DIGEST_BYTES);
  jk_bytes_put_u32 (front + prefix_size + JK_DIGEST_BYTES, (guint32) size);
  crypto_generichash_init (&state, NULL, 0, JK_DIGEST_BYTES);
  crypto_generichash_update (&state, front, sizeof front);
  if (size > 0)
    crypto_generichash_update (&state, row, size);
  crypto_generichash_final (&state, out_link->bytes, JK_DIGEST_BYTES);
  jk_wipe (&state, sizeof state);
  jk_wipe (front, sizeof front);
}

void
jk_chain_commit (const JkDigest *link, const char *purpose, JkDigest *out_commitment)
{
  jk_hash (purpose, link->bytes, JK_DIGEST_BYTES, out_commitment);
}
