/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/repair.c: exam and envelopes; see the header. For little-endian machines. */
#include "repair.h"

#include "base/bytes.h"
#include "envelope/head.h"

#include <stdlib.h>
#include <string.h>

#define MANIFEST_TYPE G_VARIANT_TYPE ("(aya(sttay)v)")

static JkTestExam *exam;

static void
free_exam (void)
{
  jk_test_exam_free (exam);
}

const JkTestExam *
fuzz_exam (void)
{
  const JkTestExamOptions options = { .n_first = 2 };

  if (exam != NULL)
    return exam;
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL);
  exam = jk_test_exam_new_with (&options);
  atexit (free_exam);
  return exam;
}

typedef gboolean (*SectionFunc) (const char *name,
                                 guint8 *section,
                                 gsize size,
                                 guint8 *digest,
                                 gpointer user_data);

/* Calls func with each section that lies in the file, until it says FALSE; digest points into the
 * manifest, and is NULL where it has not 32 bytes there. */
static void
each_section (guint8 *data, const JkHead *head, SectionFunc func, gpointer user_data)
{
  guint8 *manifest = data + JK_ENVELOPE_HEAD_BYTES;
  g_autoptr (GBytes) bytes = g_bytes_new_static (manifest, head->manifest_size);
  g_autoptr (GVariant) whole =
      g_variant_ref_sink (g_variant_new_from_bytes (MANIFEST_TYPE, bytes, FALSE));
  g_autoptr (GVariant) rows = g_variant_get_child_value (whole, 1);
  guint64 at = jk_head_get_sections_offset (head);

  for (gsize i = 0; i < g_variant_n_children (rows); i++) {
    g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
    g_autoptr (GVariant) array = g_variant_get_child_value (row, 3);
    const char *name;
    guint64 section_size;
    gsize n;
    const guint8 *digest = g_variant_get_fixed_array (array, &n, 1);
    gboolean is_inside =
        n == JK_DIGEST_BYTES && digest >= manifest && digest + n <= manifest + head->manifest_size;

    g_variant_get_child (row, 0, "&s", &name);
    g_variant_get_child (row, 1, "t", &section_size);
    if (at > head->file_size || section_size > head->file_size - at ||
        !func (name,
               data + at,
               (gsize) section_size,
               is_inside ? manifest + (digest - manifest) : NULL,
               user_data))
      return;
    at = jk_head_pad (at + section_size);
  }
}

static gboolean
put_digest (const char *name, guint8 *section, gsize size, guint8 *digest, gpointer user_data)
{
  JkDigest found;

  jk_hash (NULL, section, size, &found);
  if (digest != NULL)
    memcpy (digest, found.bytes, JK_DIGEST_BYTES);
  return TRUE;
}

static gboolean
read_head (const guint8 *data, gsize size, JkKind kind, JkHead *out_head)
{
  if (size < JK_ENVELOPE_HEAD_BYTES)
    return FALSE;
  *out_head = (JkHead){
    .kind = (guint16) kind,
    .manifest_size = jk_bytes_get_u32 (data + 16),
    .n_sections = jk_bytes_get_u32 (data + 20),
    .file_size = size,
  };
  return jk_head_check_lengths (out_head, "fuzz", size, NULL);
}

gboolean
fuzz_repair_envelope (guint8 *data, gsize size, JkKind kind, const JkSecret *key)
{
  JkHead head;

  if (!read_head (data, size, kind, &head))
    return FALSE;
  gsize signed_size = (gsize) jk_head_get_signature_offset (&head);
  jk_sign_get_public (key, data + JK_ENVELOPE_HEAD_BYTES);
  each_section (data, &head, put_digest, NULL);
  jk_head_write (&head, data);
  jk_sign (key, JK_HEAD_PURPOSE, data, signed_size, data + signed_size);
  jk_hash (NULL, data + JK_ENVELOPE_HEAD_BYTES, size - JK_ENVELOPE_HEAD_BYTES, &head.digest);
  jk_head_write (&head, data);
  return TRUE;
}

typedef struct {
  const char *name;
  guint8 *section;
  gsize size;
} Found;

static gboolean
is_another (const char *name, guint8 *section, gsize size, guint8 *digest, gpointer user_data)
{
  Found *found = user_data;

  if (strcmp (name, found->name) != 0)
    return TRUE;
  found->section = section;
  found->size = size;
  return FALSE;
}

guint8 *
fuzz_find_section (guint8 *data, gsize size, const char *name, gsize *out_size)
{
  Found found = { .name = name };
  JkHead head;

  if (read_head (data, size, JK_KIND_BANK, &head))
    each_section (data, &head, is_another, &found);
  *out_size = found.size;
  return found.section;
}
