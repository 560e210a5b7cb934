/* SPDX-License-Identifier: Apache-2.0 */
/* crypto/lockbox.c: a head with the cost of a guess, then a box under what Argon2id gives.
 *
 * The head is believed only within the reader's floor and ceiling before the box has opened: until
 * then anyone may have written it. */
#include "crypto/lockbox.h"

#include "base/bytes.h"
#include "crypto/box.h"
#include "crypto/derive.h"
#include "crypto/error.h"

#define MAGIC "JKLOCK\r\n"
#define MAGIC_BYTES 8
#define SUITE 1
#define VERSION 1
#define SUITE_AT 8
#define VERSION_AT 10
#define PASSES_AT 12
#define MEMORY_AT 16
#define ZERO_AT 20
#define SALT_AT 24
#define HEAD_BYTES 40
#define LOCKBOX_BYTES_MAX (HEAD_BYTES + JK_BOX_OVERHEAD + JK_SECRET_BYTES_MAX)

GBytes *
jk_lockbox_close (const JkSecret *passphrase,
                  const char *purpose,
                  const JkSecret *content,
                  JkCost cost,
                  const JkRandom *random,
                  const char *use,
                  guint64 index,
                  GError **error)
{
  gsize size = HEAD_BYTES + JK_BOX_OVERHEAD + jk_secret_get_size (content);
  g_autofree guint8 *out = g_malloc0 (size);
  guint8 nonce[JK_BOX_NONCE_BYTES];

  memcpy (out, MAGIC, MAGIC_BYTES);
  jk_bytes_put_u16 (out + SUITE_AT, SUITE);
  jk_bytes_put_u16 (out + VERSION_AT, VERSION);
  jk_bytes_put_u32 (out + PASSES_AT, cost.passes);
  jk_bytes_put_u32 (out + MEMORY_AT, cost.memory_kib);
  jk_random_fill (random, use, index, out + SALT_AT, JK_SALT_BYTES);

  g_autoptr (JkSecret) key = jk_derive_password (passphrase, out + SALT_AT, purpose, cost, error);
  if (key == NULL)
    return NULL;
  jk_random_fill (random, use, index + 1, nonce, sizeof nonce);
  jk_box_close (jk_secret_get (key),
                purpose,
                out,
                HEAD_BYTES,
                jk_secret_get (content),
                jk_secret_get_size (content),
                nonce,
                out + HEAD_BYTES);
  return g_bytes_new_take (g_steal_pointer (&out), size);
}

/* Lengths and all of the head but the cost. */
static gboolean
check_head (const guint8 *head, gsize size, const char *file, GError **error)
{
  if (size < MAGIC_BYTES || memcmp (head, MAGIC, MAGIC_BYTES) != 0) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_FORMAT,
                 "%s: this is no Jikao file under a passphrase; expected one that begins with "
                 "JKLOCK; choose the right file.",
                 file);
    return FALSE;
  }
  if (size <= HEAD_BYTES + JK_BOX_OVERHEAD || size > LOCKBOX_BYTES_MAX) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_FORMAT,
                 "%s: the file has %" G_GSIZE_FORMAT
                 " bytes; expected %u to %u; copy it again from "
                 "where it was made.",
                 file,
                 size,
                 HEAD_BYTES + JK_BOX_OVERHEAD + 1u,
                 LOCKBOX_BYTES_MAX);
    return FALSE;
  }
  guint suite = jk_bytes_get_u16 (head + SUITE_AT);
  guint version = jk_bytes_get_u16 (head + VERSION_AT);
  if (suite != SUITE || version != VERSION || jk_bytes_get_u32 (head + ZERO_AT) != 0) {
    g_set_error (
        error,
        JK_CRYPTO_ERROR,
        JK_CRYPTO_ERROR_FORMAT,
        "%s: the file has suite %u and version %u; expected suite %u, version %u and zeros "
        "after the cost; it is damaged, or needs a newer program.",
        file,
        suite,
        version,
        SUITE,
        VERSION);
    return FALSE;
  }
  return TRUE;
}

JkSecret *
jk_lockbox_open (const JkSecret *passphrase,
                 const char *purpose,
                 gconstpointer data,
                 gsize size,
                 JkCost floor,
                 const char *file,
                 GError **error)
{
  const guint8 *head = data;

  if (!check_head (head, size, file, error))
    return NULL;
  JkCost cost = { jk_bytes_get_u32 (head + PASSES_AT), jk_bytes_get_u32 (head + MEMORY_AT) };
  if (!jk_cost_check (cost, floor, file, error))
    return NULL;

  g_autoptr (JkSecret) key = jk_derive_password (passphrase, head + SALT_AT, purpose, cost, error);
  if (key == NULL) {
    g_prefix_error (error, "%s: ", file);
    return NULL;
  }
  g_autoptr (JkSecret) content = jk_secret_new (size - HEAD_BYTES - JK_BOX_OVERHEAD);
  if (!jk_box_open (jk_secret_get (key),
                    purpose,
                    head,
                    HEAD_BYTES,
                    head + HEAD_BYTES,
                    size - HEAD_BYTES,
                    jk_secret_get_mutable (content))) {
    g_set_error (error,
                 JK_CRYPTO_ERROR,
                 JK_CRYPTO_ERROR_SECRET,
                 "%s: the file does not open: the passphrase or code is wrong, or the file was "
                 "changed; type it again, then copy the file again from where it was made.",
                 file);
    return NULL;
  }
  return g_steal_pointer (&content);
}
