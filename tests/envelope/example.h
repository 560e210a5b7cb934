/* SPDX-License-Identifier: Apache-2.0 */
/* tests/envelope/example.h: the envelope of FORMATS.md, and forged ones: signed, but not by
 * writer.c.
 */
#pragma once

#include "crypto/guard.h"
#include "envelope/error.h"
#include "envelope/head.h"
#include "envelope/manifest.h"
#include "envelope/writer.h"
#include "support/folder.h"
#include "support/random.h"
#include "support/storage.h"
#include "support/vector.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define EXAMPLE_KIND JK_KIND_SESSION
#define EXAMPLE_BODY_TYPE "(su)"
#define EXAMPLE_TEXT "hello"
#define EXAMPLE_ROW_BYTES 8
#define EXAMPLE_ROWS_BYTES (3 * EXAMPLE_ROW_BYTES)

static const char *const example_sections[] = { "text", "rows", NULL };
static const guint8 example_rows[EXAMPLE_ROWS_BYTES] = {
  1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0,
};

/* The error is of this folder and code, one sentence that names the file, and is cleared. */
#define assert_refused(error, wanted, file)                                                        \
  do {                                                                                             \
    assert_non_null (error);                                                                       \
    assert_true ((error)->domain == JK_ENVELOPE_ERROR);                                            \
    assert_int_equal ((error)->code, wanted);                                                      \
    assert_non_null (strstr ((error)->message, file));                                             \
    assert_true (g_str_has_suffix ((error)->message, "."));                                        \
    g_clear_error (&(error));                                                                      \
  } while (0)

static inline int
example_setup (void **state)
{
  return jk_guard_init (NULL) ? 0 : -1;
}

static inline JkSecret *
example_key (guint64 index, guint8 out_public[static JK_PUBLIC_BYTES])
{
  g_autoptr (JkTestRandom) random = jk_test_random_new (1);
  return jk_sign_key_new (jk_test_random_get (random), "example: envelope", index, out_public);
}

/* Everything of the example but where it goes. */
static inline gboolean
example_write (JkEnvelopeWriter *writer, GBytes **out_bytes, JkDigest *out_digest, GError **error)
{
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);

  return jk_envelope_writer_append (writer, "hel", 3, error) &&
         jk_envelope_writer_append (writer, "lo", 2, error) &&
         jk_envelope_writer_end_section (writer, 0, error) &&
         jk_envelope_writer_add_section (writer, example_rows, EXAMPLE_ROWS_BYTES, 3, error) &&
         jk_envelope_writer_finish (writer, key, out_bytes, out_digest, error);
}

static inline GVariant *
example_body (void)
{
  return g_variant_new (EXAMPLE_BODY_TYPE, "example", 7);
}

static inline GBytes *
example_new (void)
{
  GBytes *bytes = NULL;
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (NULL, NULL, 0, EXAMPLE_KIND, example_body (), example_sections, NULL);

  assert_true (example_write (writer, &bytes, NULL, NULL));
  return bytes;
}

/* Puts the digest of what follows the head into the head. */
static inline void
example_rehash (guint8 *bytes, gsize size)
{
  jk_hash (NULL,
           bytes + JK_ENVELOPE_HEAD_BYTES,
           size - JK_ENVELOPE_HEAD_BYTES,
           (JkDigest *) (gpointer) (bytes + 32));
}

/* Head, any manifest, signature, any sections: everything in it fits but what the caller broke.
 * filling is the byte after the manifest. */
static inline GBytes *
example_forge (GBytes *manifest, guint n_sections, guint8 filling, gconstpointer tail, gsize size)
{
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  JkHead head = {
    .kind = EXAMPLE_KIND,
    .manifest_size = (guint32) g_bytes_get_size (manifest),
    .n_sections = n_sections,
  };
  gsize sections = (gsize) jk_head_get_sections_offset (&head);
  gsize signed_size = (gsize) jk_head_get_signature_offset (&head);
  guint8 *bytes = g_malloc (sections + size);

  head.file_size = sections + size;
  jk_head_write (&head, bytes);
  memset (bytes + JK_ENVELOPE_HEAD_BYTES, filling, signed_size - JK_ENVELOPE_HEAD_BYTES);
  memcpy (bytes + JK_ENVELOPE_HEAD_BYTES, g_bytes_get_data (manifest, NULL), head.manifest_size);
  jk_sign (key, JK_HEAD_PURPOSE, bytes, signed_size, bytes + signed_size);
  if (size > 0)
    memcpy (bytes + sections, tail, size);
  example_rehash (bytes, sections + size);
  return g_bytes_new_take (bytes, sections + size);
}

static inline GVariant *
example_octets (gconstpointer bytes, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}
