/* SPDX-License-Identifier: Apache-2.0 */
/* result/receipt.c: the receipt as a digest and as what people copy from the screen (P8). */
#include "result/receipt.h"
#include "base/code.h"

#define PURPOSE "jikao 1 receipt"

void
jk_receipt_compute (const JkDigest *session,
                    guint32 record,
                    guint32 seal_number,
                    const JkDigest *handed_in_link,
                    JkDigest *out_receipt)
{
  g_return_if_fail (session != NULL);
  g_return_if_fail (handed_in_link != NULL);
  g_return_if_fail (out_receipt != NULL);

  g_autoptr (JkHash) hash = jk_hash_new (PURPOSE);
  jk_hash_update (hash, session->bytes, JK_DIGEST_BYTES);
  jk_hash_update_u32 (hash, record);
  jk_hash_update_u32 (hash, seal_number);
  jk_hash_update (hash, handed_in_link->bytes, JK_DIGEST_BYTES);
  jk_hash_finish (hash, out_receipt);
}

char *
jk_receipt_dup_code (const JkDigest *receipt)
{
  g_return_val_if_fail (receipt != NULL, NULL);
  return jk_code_format (receipt->bytes, JK_RECEIPT_BITS);
}
