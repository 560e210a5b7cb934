/* SPDX-License-Identifier: Apache-2.0 */
/* Untrusted bytes as an envelope: once as they are, once signed by a key of the fuzzer's own, as a
 * hostile station can sign what it likes, so that the manifest is reached too. */
#include "crypto/guard.h"
#include "envelope/head.h"

#include <string.h>

#define SECTIONS_BYTES 64

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return jk_guard_init (NULL) ? 0 : -1;
}

static void
read_all (GBytes *bytes)
{
  static const char *const names[] = { "a", "text", "rows" };
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes ("fuzz", bytes, JK_KIND_RESULT, "(su)", NULL, NULL);

  jk_envelope_peek ("fuzz", bytes, NULL, NULL, NULL);
  if (envelope == NULL)
    return;
  jk_envelope_check_whole (envelope, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_bytes_unref (jk_envelope_load_section (envelope, names[i], i * 8, NULL));
}

static void
fill (const JkRandom *self, const char *use, guint64 index, gpointer out, gsize size)
{
  memset (out, 1, size);
}

/* data as the manifest (its first byte the count of sections), before sections of zeros. */
static GBytes *
sign (const guint8 *data, size_t size)
{
  static const JkRandom always_the_same = { fill };
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = jk_sign_key_new (&always_the_same, "fuzz", 0, public_key);
  JkHead head = {
    .kind = JK_KIND_RESULT,
    .manifest_size = (guint32) size,
    .n_sections = data[0] % 4,
  };
  gsize signed_size = (gsize) jk_head_get_signature_offset (&head);
  head.file_size = jk_head_get_sections_offset (&head) + SECTIONS_BYTES;
  guint8 *bytes = g_malloc0 ((gsize) head.file_size);

  jk_head_write (&head, bytes);
  memcpy (bytes + JK_ENVELOPE_HEAD_BYTES, data, size);
  memcpy (bytes + JK_ENVELOPE_HEAD_BYTES, public_key, sizeof public_key);
  jk_sign (key, JK_HEAD_PURPOSE, bytes, signed_size, bytes + signed_size);
  return g_bytes_new_take (bytes, (gsize) head.file_size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) plain = g_bytes_new (data, size);

  read_all (plain);
  if (size >= JK_PUBLIC_BYTES) {
    g_autoptr (GBytes) signed_bytes = sign (data, size);
    read_all (signed_bytes);
  }
  return 0;
}
