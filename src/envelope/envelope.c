/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/envelope.c: opens the signed container of every file that travels.
 *
 * One reading path for files and bytes: what is refused in memory is refused on disk (P10). The
 * order is head, lengths, signer, signature, manifest; nothing is parsed before its signature. Only
 * the part asked for is in memory. */
#include "envelope/envelope.h"
#include "base/limits.h"
#include "envelope/error.h"
#include "envelope/head.h"
#include "envelope/manifest.h"

#include <string.h>

#define CHUNK_BYTES (1024u * 1024)
#define PIECE_BYTES (128u * 1024)

/* Where bytes are read from: a file, or memory. */
typedef struct {
  /* Owned */
  JkFile *file; /* NULL: bytes */
  GBytes *bytes;
  char *name;
  /* Plain */
  guint64 size;
} Source;

struct _JkEnvelope {
  /* Owned */
  Source source;
  JkManifest manifest;
  /* Plain */
  JkHead head;
};

/* offset and size are within the source. */
static gboolean
source_read_at (const Source *self, guint64 offset, gpointer out, gsize size, GError **error)
{
  if (self->file != NULL)
    return jk_file_read_at (self->file, offset, out, size, error);
  if (size > 0)
    memcpy (out, (const guint8 *) g_bytes_get_data (self->bytes, NULL) + offset, size);
  return TRUE;
}

static void
source_clear (Source *self)
{
  g_clear_pointer (&self->file, jk_file_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
}

static gboolean
check_signer (const JkEnvelope *self, const guint8 *found, const guint8 *wanted, GError **error)
{
  if (wanted == NULL || memcmp (found, wanted, JK_PUBLIC_BYTES) == 0)
    return TRUE;
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               JK_ENVELOPE_ERROR_SIGNER,
               "%s is signed by another key (it begins %02x%02x%02x%02x) than the one expected "
               "(%02x%02x%02x%02x): choose the file of the right office, or copy it again if it "
               "opens elsewhere.",
               self->source.name,
               found[0],
               found[1],
               found[2],
               found[3],
               wanted[0],
               wanted[1],
               wanted[2],
               wanted[3]);
  return FALSE;
}

/* Reads head, manifest and signature in one piece of known size, and checks the signature. The
 * signer's key is the first field of the manifest and of fixed size, so it stands at its very
 * beginning and is taken without parsing. */
static GBytes *
read_signed_manifest (const JkEnvelope *self, const guint8 *signer, GError **error)
{
  gsize size = (gsize) jk_head_get_sections_offset (&self->head);
  gsize signed_size = (gsize) jk_head_get_signature_offset (&self->head);
  g_autofree guint8 *front = g_malloc (size);

  if (!source_read_at (&self->source, 0, front, size, error))
    return NULL;
  /* What was checked is written again, so that it is what is signed even if the file changed. */
  JkHead head = self->head;
  memset (&head.digest, 0, sizeof head.digest);
  jk_head_write (&head, front);

  const guint8 *found = front + JK_ENVELOPE_HEAD_BYTES;
  if (!check_signer (self, found, signer, error))
    return NULL;
  if (!jk_sign_verify (found, JK_HEAD_PURPOSE, front, signed_size, front + signed_size)) {
    g_set_error (error,
                 JK_ENVELOPE_ERROR,
                 JK_ENVELOPE_ERROR_SIGNATURE,
                 "%s was changed after it was signed (its signature does not fit): copy it again "
                 "from the original, and ask who made it for a new one if that is refused too.",
                 self->source.name);
    return NULL;
  }
  g_autoptr (GBytes) whole = g_bytes_new_take (g_steal_pointer (&front), size);
  return g_bytes_new_from_bytes (whole,
                                 JK_ENVELOPE_HEAD_BYTES,
                                 signed_size - JK_ENVELOPE_HEAD_BYTES);
}

/* Takes what source owns. */
static JkEnvelope *
open_source (Source *source,
             JkKind kind,
             const char *body_type,
             const guint8 *signer,
             GError **error)
{
  guint8 bytes[JK_ENVELOPE_HEAD_BYTES];
  gsize size = (gsize) MIN (source->size, sizeof bytes);
  g_autoptr (JkEnvelope) self = g_new0 (JkEnvelope, 1);

  self->source = *source;
  if (!source_read_at (&self->source, 0, bytes, size, error) ||
      !jk_head_read (self->source.name, bytes, size, kind, &self->head, error) ||
      !jk_head_check_lengths (&self->head, self->source.name, self->source.size, error))
    return NULL;

  g_autoptr (GBytes) padded = read_signed_manifest (self, signer, error);
  if (padded == NULL || !jk_manifest_parse (self->source.name,
                                            &self->head,
                                            padded,
                                            body_type,
                                            &self->manifest,
                                            error))
    return NULL;
  return g_steal_pointer (&self);
}

JkEnvelope *
jk_envelope_open (const JkStorage *storage,
                  const char *path,
                  JkKind kind,
                  const char *body_type,
                  const guint8 *signer,
                  GError **error)
{
  g_return_val_if_fail (storage != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (kind >= JK_KIND_BANK && kind <= JK_KIND_CLOSING_SHEET, NULL);
  g_return_val_if_fail (g_variant_type_string_is_valid (body_type), NULL);

  JkFile *file = jk_file_open (storage, path, error);
  if (file == NULL)
    return NULL;
  Source source = {
    .file = file,
    .name = g_strdup (path),
    .size = jk_file_get_size (file),
  };
  return open_source (&source, kind, body_type, signer, error);
}

JkEnvelope *
jk_envelope_open_bytes (const char *file,
                        GBytes *bytes,
                        JkKind kind,
                        const char *body_type,
                        const guint8 *signer,
                        GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (kind >= JK_KIND_BANK && kind <= JK_KIND_CLOSING_SHEET, NULL);
  g_return_val_if_fail (g_variant_type_string_is_valid (body_type), NULL);

  Source source = {
    .bytes = g_bytes_ref (bytes),
    .name = g_strdup (file),
    .size = g_bytes_get_size (bytes),
  };
  return open_source (&source, kind, body_type, signer, error);
}

void
jk_envelope_free (JkEnvelope *self)
{
  if (self == NULL)
    return;
  source_clear (&self->source);
  jk_manifest_clear (&self->manifest);
  g_free (self);
}

const char *
jk_envelope_get_file (const JkEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->source.name;
}

GVariant *
jk_envelope_get_body (const JkEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->manifest.body;
}

const guint8 *
jk_envelope_get_signer (const JkEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->manifest.signer;
}

const JkDigest *
jk_envelope_get_digest (const JkEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->head.digest;
}

static gboolean
refuse_content (const char *file, const char *what, GError **error)
{
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               JK_ENVELOPE_ERROR_DIGEST,
               "%s was changed after it was signed, or damaged on the way (%s): copy it again from "
               "the original, and ask who made it for a new one if that is refused too.",
               file,
               what);
  return FALSE;
}

/* The filling is covered by the outer digest, but that is signed by nobody: without this somebody
 * could carry bytes in it and give one file many digests. */
static gboolean
check_filling (const JkEnvelope *self, GError **error)
{
  static const guint8 zeros[8] = { 0 };

  for (guint i = 0; i < self->manifest.n_sections; i++) {
    const JkManifestSection *section = &self->manifest.sections[i];
    guint64 end = section->offset + section->size;
    guint8 filling[8];
    gsize size = (gsize) (jk_head_pad (end) - end);
    if (!source_read_at (&self->source, end, filling, size, error))
      return FALSE;
    if (memcmp (filling, zeros, size) != 0)
      return refuse_content (self->source.name, "its filling is not zero", error);
  }
  return TRUE;
}

gboolean
jk_envelope_check_whole (const JkEnvelope *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autofree guint8 *chunk = g_malloc ((gsize) MIN (self->source.size, CHUNK_BYTES));
  g_autoptr (JkHash) hash = jk_hash_new (NULL);
  JkDigest digest;

  for (guint64 at = JK_ENVELOPE_HEAD_BYTES; at < self->source.size;) {
    gsize size = (gsize) MIN (self->source.size - at, CHUNK_BYTES);
    if (!source_read_at (&self->source, at, chunk, size, error))
      return FALSE;
    jk_hash_update (hash, chunk, size);
    at += size;
  }
  jk_hash_finish (hash, &digest);
  if (!jk_digest_equal (&digest, &self->head.digest))
    return refuse_content (self->source.name, "its outer digest does not fit", error);
  return check_filling (self, error);
}

gboolean
jk_envelope_find_section (const JkEnvelope *self,
                          const char *name,
                          guint64 *out_size,
                          guint64 *out_rows)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  const JkManifestSection *section = jk_manifest_find (&self->manifest, name);
  if (section == NULL)
    return FALSE;
  if (out_size != NULL)
    *out_size = section->size;
  if (out_rows != NULL)
    *out_rows = section->rows;
  return TRUE;
}

static const JkManifestSection *
demand_section (const JkEnvelope *self, const char *name, GError **error)
{
  const JkManifestSection *section = jk_manifest_find (&self->manifest, name);

  if (section == NULL)
    g_set_error (error,
                 JK_ENVELOPE_ERROR,
                 JK_ENVELOPE_ERROR_MANIFEST,
                 "%s has no section \"%s\", which every file of the kind %s must have: ask who "
                 "made it to make it again.",
                 self->source.name,
                 name,
                 jk_kind_get_name (self->head.kind));
  return section;
}

static gboolean
load_section (const JkEnvelope *self,
              const JkManifestSection *section,
              gpointer out,
              GError **error)
{
  g_autoptr (JkHash) hash = jk_hash_new (NULL);
  JkDigest digest;

  /* Piece by piece, so that what is hashed still lies in the cache. */
  for (guint64 at = 0; at < section->size; at += PIECE_BYTES) {
    guint8 *piece = (guint8 *) out + at;
    gsize size = (gsize) MIN (section->size - at, PIECE_BYTES);

    if (!source_read_at (&self->source, section->offset + at, piece, size, error))
      return FALSE;
    jk_hash_update (hash, piece, size);
  }
  jk_hash_finish (hash, &digest);
  if (jk_digest_equal (&digest, &section->digest))
    return TRUE;
  g_autofree char *what =
      g_strdup_printf ("the digest of its section \"%s\" does not fit", section->name);
  return refuse_content (self->source.name, what, error);
}

static gboolean
check_rows (const JkEnvelope *self,
            const JkManifestSection *section,
            gsize row_size,
            GError **error)
{
  if (row_size == 0 || (section->size % row_size == 0 && section->size / row_size == section->rows))
    return TRUE;
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               JK_ENVELOPE_ERROR_LENGTH,
               "%s has a wrong length in it: section \"%s\" has %" G_GUINT64_FORMAT
               " bytes, which are not %" G_GUINT64_FORMAT " rows of %" G_GSIZE_FORMAT
               "; ask who made it to make it again.",
               self->source.name,
               section->name,
               section->size,
               section->rows,
               row_size);
  return FALSE;
}

GBytes *
jk_envelope_load_section (const JkEnvelope *self, const char *name, gsize row_size, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  const JkManifestSection *section = demand_section (self, name, error);
  if (section == NULL || !check_rows (self, section, row_size, error))
    return NULL;

  g_autofree guint8 *out = g_malloc ((gsize) section->size);
  if (!load_section (self, section, out, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&out), (gsize) section->size);
}

gboolean
jk_envelope_load_section_into (const JkEnvelope *self,
                               const char *name,
                               gpointer out,
                               gsize size,
                               GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (out != NULL || size == 0, FALSE);

  const JkManifestSection *section = demand_section (self, name, error);
  if (section == NULL)
    return FALSE;
  g_return_val_if_fail (size == section->size, FALSE);

  if (load_section (self, section, out, error))
    return TRUE;
  /* Nobody shall use by mistake what was refused. */
  if (size > 0)
    memset (out, 0, size);
  return FALSE;
}

gboolean
jk_envelope_read_section (const JkEnvelope *self,
                          const char *name,
                          guint64 offset,
                          gpointer out,
                          gsize size,
                          GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (out != NULL || size == 0, FALSE);

  const JkManifestSection *section = demand_section (self, name, error);
  if (section == NULL)
    return FALSE;
  if (offset > section->size || size > section->size - offset) {
    g_set_error (error,
                 JK_ENVELOPE_ERROR,
                 JK_ENVELOPE_ERROR_LENGTH,
                 "%s has a wrong length in it: %" G_GSIZE_FORMAT " bytes at %" G_GUINT64_FORMAT
                 " of section \"%s\" were expected, which has %" G_GUINT64_FORMAT
                 "; ask who made it to make it again.",
                 self->source.name,
                 size,
                 offset,
                 name,
                 section->size);
    return FALSE;
  }
  return source_read_at (&self->source, section->offset + offset, out, size, error);
}

gboolean
jk_envelope_peek (const char *file,
                  GBytes *bytes,
                  JkKind *out_kind,
                  JkDigest *out_digest,
                  GError **error)
{
  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  JkHead head;
  JkDigest digest;

  if (!jk_head_read (file, data, MIN (size, JK_ENVELOPE_HEAD_BYTES), 0, &head, error) ||
      !jk_head_check_lengths (&head, file, size, error))
    return FALSE;
  jk_hash (NULL, data + JK_ENVELOPE_HEAD_BYTES, size - JK_ENVELOPE_HEAD_BYTES, &digest);
  if (!jk_digest_equal (&digest, &head.digest))
    return refuse_content (file, "its outer digest does not fit", error);
  if (out_kind != NULL)
    *out_kind = head.kind;
  if (out_digest != NULL)
    *out_digest = head.digest;
  return TRUE;
}

const char *
jk_kind_get_name (JkKind kind)
{
  switch (kind) {
  case JK_KIND_BANK:
    return "question bank (.jkbank)";
  case JK_KIND_KEYS:
    return "answer keys (.jkkeys)";
  case JK_KIND_SESSION:
    return "session (.jksession)";
  case JK_KIND_AMENDMENT:
    return "amendment (.jkamend)";
  case JK_KIND_RESULT:
    return "result (.jkresult)";
  case JK_KIND_CLOSING_SHEET:
    return "closing sheet (.jkhandin)";
  }
  return "unknown to this program";
}
