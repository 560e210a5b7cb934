/* SPDX-License-Identifier: Apache-2.0 */
/* result/receipt.c: the receipt as a digest and as what people copy from the screen (P8). */
#include "result/receipt.h"

#include "base/code.h"
#include "base/text.h"

#include <string.h>

#define PURPOSE "jikao 1 receipt"
#define SIGNED_PURPOSE "jikao 1 receipt signed"
#define DIGEST_DIGITS (2 * JK_DIGEST_BYTES)

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

char *
jk_receipt_dup_qr (const JkDigest *receipt, const JkSecret *station_sign_key)
{
  g_return_val_if_fail (receipt != NULL && station_sign_key != NULL, NULL);
  guint8 signature[JK_SIGNATURE_BYTES];

  jk_sign (station_sign_key, SIGNED_PURPOSE, receipt->bytes, JK_DIGEST_BYTES, signature);
  g_autofree char *digest = jk_text_hex (receipt->bytes, JK_DIGEST_BYTES);
  g_autofree char *signed_digits = jk_text_hex (signature, sizeof signature);
  return g_strconcat (digest, ":", signed_digits, NULL);
}

gboolean
jk_receipt_parse_qr (const char *text, JkDigest *out_receipt)
{
  g_return_val_if_fail (text != NULL && out_receipt != NULL, FALSE);
  guint8 signature[JK_SIGNATURE_BYTES];
  g_autofree char *digest = g_strndup (text, DIGEST_DIGITS);

  if (!jk_text_parse_hex (digest, out_receipt->bytes, JK_DIGEST_BYTES))
    return FALSE;
  const char *rest = text + DIGEST_DIGITS;
  return *rest == '\0' ||
         (*rest == ':' && jk_text_parse_hex (rest + 1, signature, sizeof signature));
}

gboolean
jk_receipt_parse (const char *typed, char out[static JK_RECEIPT_LETTERS + 1], GError **error)
{
  g_return_val_if_fail (typed != NULL, FALSE);

  G_STATIC_ASSERT (JK_RECEIPT_LETTERS == JK_RECEIPT_BITS / 5 + 1);
  return jk_code_parse (typed, JK_RECEIPT_BITS, out, error);
}

gboolean
jk_receipt_has_code (const JkDigest *receipt, const char *letters)
{
  g_return_val_if_fail (receipt != NULL && letters != NULL, FALSE);

  g_autofree char *own = jk_code_format_short (receipt->bytes, JK_RECEIPT_BITS);
  return strncmp (own, letters, JK_RECEIPT_LETTERS - 1) == 0;
}
