/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/chain.c: the links of a journal (P6). */
#include "crypto/chain.h"

#define CHAIN_PURPOSE "jikao 1 chain"

void
jk_chain_next (const JkDigest *previous, gconstpointer row, gsize size, JkDigest *out_link)
{
  g_autoptr (JkHash) hash = jk_hash_new (CHAIN_PURPOSE);

  g_assert (size <= G_MAXUINT32);
  jk_hash_update (hash, previous->bytes, JK_DIGEST_BYTES);
  jk_hash_update_u32 (hash, (guint32) size);
  jk_hash_update (hash, row, size);
  jk_hash_finish (hash, out_link);
}

void
jk_chain_commit (const JkDigest *link, const char *purpose, JkDigest *out_commitment)
{
  jk_hash (purpose, link->bytes, JK_DIGEST_BYTES, out_commitment);
}
