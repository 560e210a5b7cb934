/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/head.c: head of an envelope, between bytes and numbers.
 *
 * Everything here is untrusted until the signature is checked: lengths are compared before anybody
 * allocates by them (P10). */
#include "envelope/head.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "envelope/error.h"

#define MAGIC_BYTES 8

static const guint8 magic[MAGIC_BYTES] = { 'J', 'I', 'K', 'A', 'O', '\r', '\n', 0x1a };

guint64
jk_head_pad (guint64 n)
{
  return (n + 7) & ~G_GUINT64_CONSTANT (7);
}

guint64
jk_head_get_signature_offset (const JkHead *self)
{
  return JK_ENVELOPE_HEAD_BYTES + jk_head_pad (self->manifest_size);
}

guint64
jk_head_get_sections_offset (const JkHead *self)
{
  return jk_head_get_signature_offset (self) + JK_SIGNATURE_BYTES;
}

guint64
jk_head_get_size_max (guint16 kind)
{
  return kind == JK_KIND_BANK ? JK_BANK_BYTES_MAX : JK_SMALL_ENVELOPE_BYTES_MAX;
}

void
jk_head_write (const JkHead *self, guint8 out_bytes[static JK_ENVELOPE_HEAD_BYTES])
{
  memcpy (out_bytes, magic, MAGIC_BYTES);
  jk_bytes_put_u16 (out_bytes + 8, self->kind);
  jk_bytes_put_u16 (out_bytes + 10, JK_HEAD_SUITE);
  jk_bytes_put_u16 (out_bytes + 12, JK_HEAD_VERSION);
  jk_bytes_put_u16 (out_bytes + 14, 0);
  jk_bytes_put_u32 (out_bytes + 16, self->manifest_size);
  jk_bytes_put_u32 (out_bytes + 20, self->n_sections);
  jk_bytes_put_u64 (out_bytes + 24, self->file_size);
  memcpy (out_bytes + 32, self->digest.bytes, JK_DIGEST_BYTES);
}

static gboolean
check_magic (const char *file, const guint8 *bytes, gsize size, GError **error)
{
  if (size > 0 && memcmp (bytes, magic, MIN (size, MAGIC_BYTES)) != 0) {
    g_set_error (error,
                 JK_ENVELOPE_ERROR,
                 JK_ENVELOPE_ERROR_FOREIGN,
                 "%s is not a Jikao file (it does not begin as one): choose a file that the exam "
                 "office sent, or copy it again if it is one.",
                 file);
    return FALSE;
  }
  if (size < JK_ENVELOPE_HEAD_BYTES) {
    g_set_error (error,
                 JK_ENVELOPE_ERROR,
                 JK_ENVELOPE_ERROR_LENGTH,
                 "%s is cut short (%" G_GSIZE_FORMAT
                 " bytes, where its head alone has %d): copy it again from the original.",
                 file,
                 size,
                 JK_ENVELOPE_HEAD_BYTES);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_kind (const char *file, guint16 found, JkKind wanted, GError **error)
{
  if (wanted == 0 || found == wanted)
    return TRUE;
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               JK_ENVELOPE_ERROR_KIND,
               "%s is the wrong kind of Jikao file (found: %s; expected: %s): choose another file.",
               file,
               jk_kind_get_name (found),
               jk_kind_get_name (wanted));
  return FALSE;
}

static gboolean
check_version (const char *file, const guint8 *bytes, GError **error)
{
  guint16 kind = jk_bytes_get_u16 (bytes + 8);
  guint16 suite = jk_bytes_get_u16 (bytes + 10);
  guint16 version = jk_bytes_get_u16 (bytes + 12);
  guint16 reserved = jk_bytes_get_u16 (bytes + 14);

  if (kind >= JK_KIND_BANK && kind <= JK_KIND_CLOSING_SHEET && suite == JK_HEAD_SUITE &&
      version == JK_HEAD_VERSION && reserved == 0)
    return TRUE;
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               JK_ENVELOPE_ERROR_VERSION,
               "%s was made by another version of Jikao (kind %u, suite %u, version %u.%u; this "
               "program reads kinds %d to %d, suite %d, version %d.0): update this program, or "
               "copy the file again if it opens elsewhere.",
               file,
               kind,
               suite,
               version,
               reserved,
               JK_KIND_BANK,
               JK_KIND_CLOSING_SHEET,
               JK_HEAD_SUITE,
               JK_HEAD_VERSION);
  return FALSE;
}

gboolean
jk_head_read (const char *file,
              const guint8 *bytes,
              gsize size,
              JkKind kind,
              JkHead *out_head,
              GError **error)
{
  if (!check_magic (file, bytes, size, error) ||
      !check_kind (file, jk_bytes_get_u16 (bytes + 8), kind, error) ||
      !check_version (file, bytes, error))
    return FALSE;

  out_head->kind = jk_bytes_get_u16 (bytes + 8);
  out_head->manifest_size = jk_bytes_get_u32 (bytes + 16);
  out_head->n_sections = jk_bytes_get_u32 (bytes + 20);
  out_head->file_size = jk_bytes_get_u64 (bytes + 24);
  memcpy (out_head->digest.bytes, bytes + 32, JK_DIGEST_BYTES);
  return TRUE;
}

static gboolean
refuse_length (const char *file, guint64 found, const char *what, guint64 bound, GError **error)
{
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               JK_ENVELOPE_ERROR_LENGTH,
               "%s is damaged (its head states %" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT
               "): copy it again from the original.",
               file,
               found,
               what,
               bound);
  return FALSE;
}

gboolean
jk_head_check_lengths (const JkHead *self, const char *file, guint64 actual_size, GError **error)
{
  guint64 size_max = jk_head_get_size_max (self->kind);

  if (self->file_size != actual_size)
    return refuse_length (file, self->file_size, "bytes, but it has", actual_size, error);
  if (self->file_size > size_max)
    return refuse_length (file, self->file_size, "bytes, more than", size_max, error);
  if (self->n_sections > JK_ENVELOPE_SECTIONS_MAX)
    return refuse_length (file,
                          self->n_sections,
                          "sections, more than",
                          JK_ENVELOPE_SECTIONS_MAX,
                          error);
  if (self->manifest_size > JK_MANIFEST_BYTES_MAX)
    return refuse_length (file,
                          self->manifest_size,
                          "bytes of manifest, more than",
                          JK_MANIFEST_BYTES_MAX,
                          error);
  if (self->manifest_size < JK_PUBLIC_BYTES)
    return refuse_length (file,
                          self->manifest_size,
                          "bytes of manifest, fewer than",
                          JK_PUBLIC_BYTES,
                          error);
  if (jk_head_get_sections_offset (self) > self->file_size)
    return refuse_length (file,
                          self->manifest_size,
                          "bytes of manifest, too many for a file of",
                          self->file_size,
                          error);
  return TRUE;
}
