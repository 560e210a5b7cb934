/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/writer.c: makes an envelope.
 *
 * What stands first in the file is known last, so its room is left free and filled at the end. The
 * outer digest goes over bytes in the order of the file: sections are read back for it, because a
 * bank does not fit into memory. What a reader would refuse is refused here. */
#include "envelope/writer.h"
#include "base/limits.h"
#include "envelope/error.h"
#include "envelope/head.h"
#include "envelope/manifest.h"

#include <string.h>

#define CHUNK_BYTES (1024u * 1024)

struct _JkEnvelopeWriter {
  /* Owned */
  JkFileWriter *file; /* NULL: memory */
  GByteArray *memory;
  char *name;
  JkManifest manifest;
  JkHash *hash; /* of the current section; NULL when all have ended */
  /* Plain */
  JkHead head;
  guint current;
};

static guint64
get_offset (const JkEnvelopeWriter *self)
{
  return self->file != NULL ? jk_file_writer_get_offset (self->file) : self->memory->len;
}

static gboolean
refuse_size (const JkEnvelopeWriter *self, const char *what, guint64 max, GError **error)
{
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               JK_ENVELOPE_ERROR_LENGTH,
               "%s cannot be written: %s would be larger than %" G_GUINT64_FORMAT
               " bytes; put less into one file.",
               self->name,
               what,
               max);
  return FALSE;
}

static gboolean
append (JkEnvelopeWriter *self, gconstpointer data, gsize size, GError **error)
{
  guint64 size_max =
      self->file != NULL ? jk_head_get_size_max (self->head.kind) : JK_SMALL_ENVELOPE_BYTES_MAX;

  /* The largest file is a multiple of 8, so filling always fits where content did. */
  if (size > size_max - get_offset (self))
    return refuse_size (self, "the whole file", size_max, error);
  if (self->file != NULL)
    return jk_file_writer_append (self->file, data, size, error);
  g_byte_array_append (self->memory, data, (guint) size);
  return TRUE;
}

static gboolean
write_at (JkEnvelopeWriter *self, guint64 offset, gconstpointer data, gsize size, GError **error)
{
  if (self->file != NULL)
    return jk_file_writer_write_at (self->file, offset, data, size, error);
  memcpy (self->memory->data + offset, data, size);
  return TRUE;
}

static gboolean
read_at (const JkEnvelopeWriter *self, guint64 offset, gpointer out, gsize size, GError **error)
{
  if (self->file != NULL)
    return jk_file_writer_read_at (self->file, offset, out, size, error);
  memcpy (out, self->memory->data + offset, size);
  return TRUE;
}

static void
begin_section (JkEnvelopeWriter *self)
{
  g_clear_pointer (&self->hash, jk_hash_free);
  if (self->current == self->manifest.n_sections)
    return;
  self->manifest.sections[self->current].offset = get_offset (self);
  self->hash = jk_hash_new (NULL);
}

/* Names and body fix the size of the manifest, so an empty one tells how much room it needs. */
static gboolean
reserve_front (JkEnvelopeWriter *self, GError **error)
{
  g_autoptr (GBytes) manifest = jk_manifest_print (&self->manifest);
  gsize size = g_bytes_get_size (manifest);

  if (size > JK_MANIFEST_BYTES_MAX)
    return refuse_size (self, "its manifest", JK_MANIFEST_BYTES_MAX, error);
  self->head.manifest_size = (guint32) size;
  self->head.n_sections = self->manifest.n_sections;

  gsize front_size = (gsize) jk_head_get_sections_offset (&self->head);
  g_autofree guint8 *zeros = g_malloc0 (front_size);
  return append (self, zeros, front_size, error);
}

JkEnvelopeWriter *
jk_envelope_writer_new (const JkStorage *storage,
                        const char *path,
                        mode_t mode,
                        JkKind kind,
                        GVariant *body,
                        const char *const *sections,
                        GError **error)
{
  g_return_val_if_fail (body != NULL, NULL);

  g_autoptr (JkEnvelopeWriter) self = g_new0 (JkEnvelopeWriter, 1);
  self->manifest.body = g_variant_take_ref (body);
  g_return_val_if_fail (path == NULL || storage != NULL, NULL);
  g_return_val_if_fail (kind >= JK_KIND_BANK && kind <= JK_KIND_CLOSING_SHEET, NULL);
  g_return_val_if_fail (g_variant_is_normal_form (self->manifest.body), NULL);

  for (guint i = 0; sections[i] != NULL; i++) {
    g_return_val_if_fail (i < JK_ENVELOPE_SECTIONS_MAX, NULL);
    g_return_val_if_fail (jk_manifest_is_name (sections[i]), NULL);
    g_return_val_if_fail (jk_manifest_find (&self->manifest, sections[i]) == NULL, NULL);
    self->manifest.sections[i].name = g_strdup (sections[i]);
    self->manifest.n_sections++;
  }
  self->name = g_strdup (path != NULL ? path : jk_kind_get_name (kind));
  self->head.kind = (guint16) kind;
  if (path == NULL)
    self->memory = g_byte_array_new ();
  else
    self->file = jk_file_writer_new (storage, path, mode, error);
  if ((self->memory == NULL && self->file == NULL) || !reserve_front (self, error))
    return NULL;
  begin_section (self);
  return g_steal_pointer (&self);
}

void
jk_envelope_writer_free (JkEnvelopeWriter *self)
{
  if (self == NULL)
    return;
  jk_file_writer_free (self->file);
  if (self->memory != NULL)
    g_byte_array_unref (self->memory);
  jk_hash_free (self->hash);
  jk_manifest_clear (&self->manifest);
  g_free (self->name);
  g_free (self);
}

gboolean
jk_envelope_writer_append (JkEnvelopeWriter *self, gconstpointer data, gsize size, GError **error)
{
  g_return_val_if_fail (self != NULL && self->hash != NULL, FALSE);
  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (size == 0)
    return TRUE;
  if (!append (self, data, size, error))
    return FALSE;
  jk_hash_update (self->hash, data, size);
  return TRUE;
}

gboolean
jk_envelope_writer_end_section (JkEnvelopeWriter *self, guint64 n_rows, GError **error)
{
  static const guint8 zeros[8] = { 0 };

  g_return_val_if_fail (self != NULL && self->hash != NULL, FALSE);

  JkManifestSection *section = &self->manifest.sections[self->current];
  guint64 end = get_offset (self);
  gsize filling = (gsize) (jk_head_pad (end) - end);
  if (filling > 0 && !append (self, zeros, filling, error))
    return FALSE;

  section->size = end - section->offset;
  section->rows = n_rows;
  jk_hash_finish (self->hash, &section->digest);
  self->current++;
  begin_section (self);
  return TRUE;
}

gboolean
jk_envelope_writer_add_section (JkEnvelopeWriter *self,
                                gconstpointer data,
                                gsize size,
                                guint64 n_rows,
                                GError **error)
{
  return jk_envelope_writer_append (self, data, size, error) &&
         jk_envelope_writer_end_section (self, n_rows, error);
}

/* Head (outer digest zero), manifest, filling and signature. */
static guint8 *
make_front (JkEnvelopeWriter *self, const JkSecret *key)
{
  jk_sign_get_public (key, self->manifest.signer);
  g_autoptr (GBytes) manifest = jk_manifest_print (&self->manifest);
  g_assert (g_bytes_get_size (manifest) == self->head.manifest_size);

  gsize signed_size = (gsize) jk_head_get_signature_offset (&self->head);
  guint8 *front = g_malloc0 (signed_size + JK_SIGNATURE_BYTES);
  jk_head_write (&self->head, front);
  memcpy (front + JK_ENVELOPE_HEAD_BYTES,
          g_bytes_get_data (manifest, NULL),
          self->head.manifest_size);
  jk_sign (key, JK_HEAD_PURPOSE, front, signed_size, front + signed_size);
  return front;
}

static gboolean
hash_after_head (const JkEnvelopeWriter *self,
                 const guint8 *front,
                 JkDigest *out_digest,
                 GError **error)
{
  guint64 at = jk_head_get_sections_offset (&self->head);
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  g_autoptr (JkHash) hash = jk_hash_new (NULL);

  jk_hash_update (hash, front + JK_ENVELOPE_HEAD_BYTES, (gsize) at - JK_ENVELOPE_HEAD_BYTES);
  while (at < self->head.file_size) {
    gsize size = (gsize) MIN (self->head.file_size - at, CHUNK_BYTES);
    if (!read_at (self, at, chunk, size, error))
      return FALSE;
    jk_hash_update (hash, chunk, size);
    at += size;
  }
  jk_hash_finish (hash, out_digest);
  return TRUE;
}

gboolean
jk_envelope_writer_finish (JkEnvelopeWriter *self,
                           const JkSecret *key,
                           GBytes **out_bytes,
                           JkDigest *out_digest,
                           GError **error)
{
  g_return_val_if_fail (self != NULL && self->hash == NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (out_bytes == NULL || self->file == NULL, FALSE);

  memset (&self->head.digest, 0, sizeof self->head.digest);
  self->head.file_size = get_offset (self);
  g_autofree guint8 *front = make_front (self, key);
  if (!hash_after_head (self, front, &self->head.digest, error))
    return FALSE;
  jk_head_write (&self->head, front);
  if (!write_at (self, 0, front, (gsize) jk_head_get_sections_offset (&self->head), error))
    return FALSE;

  if (self->file != NULL && !jk_file_writer_finish (self->file, error))
    return FALSE;
  if (out_bytes != NULL)
    *out_bytes = g_bytes_new (self->memory->data, self->memory->len);
  if (out_digest != NULL)
    *out_digest = self->head.digest;
  return TRUE;
}
