/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/chain.h: the chain of a journal (design.md section 5).
 *
 * link 0 is 32 random bytes; link n = BLAKE2b ("jikao 1 chain", link n-1, u32 length of row, row in
 * plaintext). Over plaintext, because the AEAD does not commit to its key. A link never leaves the
 * sitting unsealed; what leaves is its commitment. */
#pragma once

#include "crypto/hash.h"

/* The link after row; out_link may be previous. */
void jk_chain_next (const JkDigest *previous, gconstpointer row, gsize size, JkDigest *out_link);

/* BLAKE2b (purpose, link): may be shown, does not reveal the link. */
void jk_chain_commit (const JkDigest *link, const char *purpose, JkDigest *out_commitment);
