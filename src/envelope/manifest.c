/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/manifest.c: the manifest between GVariant and plain numbers.
 *
 * Signed is not the same as well formed: whoever holds a key can sign anything, and results come
 * from keys nobody has seen before. GVariant answers garbage with defaults, silently, so the normal
 * form is checked before anything is taken out (P10). */
#include "envelope/manifest.h"
#include "envelope/error.h"

#include <string.h>

#define MANIFEST_TYPE G_VARIANT_TYPE ("(aya(sttay)v)")

void
jk_manifest_clear (JkManifest *self)
{
  for (guint i = 0; i < self->n_sections; i++)
    g_clear_pointer (&self->sections[i].name, g_free);
  self->n_sections = 0;
  g_clear_pointer (&self->body, g_variant_unref);
}

gboolean
jk_manifest_is_name (const char *name)
{
  gsize length = strlen (name);

  return length >= 1 && length <= JK_ID_BYTES_MAX &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

const JkManifestSection *
jk_manifest_find (const JkManifest *self, const char *name)
{
  for (guint i = 0; i < self->n_sections; i++) {
    if (strcmp (self->sections[i].name, name) == 0)
      return &self->sections[i];
  }
  return NULL;
}

/* The files are little endian and GVariant is as the machine is; takes and gives a reference. */
static GVariant *
swap_to_file (GVariant *variant)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  GVariant *swapped = g_variant_byteswap (variant);
  g_variant_unref (variant);
  return swapped;
#else
  return variant;
#endif
}

static GVariant *
new_byte_array (const guint8 *bytes, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

GBytes *
jk_manifest_print (const JkManifest *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sttay)"));
  for (guint i = 0; i < self->n_sections; i++) {
    const JkManifestSection *section = &self->sections[i];
    g_variant_builder_add (&builder,
                           "(stt@ay)",
                           section->name,
                           section->size,
                           section->rows,
                           new_byte_array (section->digest.bytes, JK_DIGEST_BYTES));
  }
  GVariant *manifest = g_variant_new ("(@aya(sttay)v)",
                                      new_byte_array (self->signer, JK_PUBLIC_BYTES),
                                      &builder,
                                      self->body);
  g_autoptr (GVariant) swapped = swap_to_file (g_variant_ref_sink (manifest));
  return g_variant_get_data_as_bytes (swapped);
}

G_GNUC_PRINTF (4, 5)
static gboolean
refuse (const char *file, JkEnvelopeError code, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               JK_ENVELOPE_ERROR,
               code,
               "%s is signed, but not of the form this program reads: %s; ask who made it to make "
               "it again.",
               file,
               what);
  return FALSE;
}

static gboolean
take_bytes (GVariant *array, guint8 *out, gsize size)
{
  gsize n;
  const guint8 *bytes = g_variant_get_fixed_array (array, &n, 1);

  if (n != size)
    return FALSE;
  memcpy (out, bytes, size);
  return TRUE;
}

static gboolean
parse_section (const char *file, const JkHead *head, GVariant *row, JkManifest *out, GError **error)
{
  JkManifestSection *section = &out->sections[out->n_sections];
  const JkManifestSection *last = out->n_sections > 0 ? section - 1 : NULL;
  const char *name;
  g_autoptr (GVariant) digest = NULL;

  g_variant_get (row, "(&stt@ay)", &name, &section->size, &section->rows, &digest);
  if (!jk_manifest_is_name (name))
    return refuse (file,
                   JK_ENVELOPE_ERROR_MANIFEST,
                   error,
                   "section %u has a name that is none",
                   out->n_sections + 1);
  if (jk_manifest_find (out, name) != NULL)
    return refuse (file,
                   JK_ENVELOPE_ERROR_MANIFEST,
                   error,
                   "two sections have the name \"%s\"",
                   name);
  if (!take_bytes (digest, section->digest.bytes, JK_DIGEST_BYTES))
    return refuse (file,
                   JK_ENVELOPE_ERROR_MANIFEST,
                   error,
                   "the digest of section \"%s\" does not have %d bytes",
                   name,
                   JK_DIGEST_BYTES);

  /* Where the last section ended is never beyond the file, so that nothing here runs over. */
  section->offset =
      last != NULL ? jk_head_pad (last->offset + last->size) : jk_head_get_sections_offset (head);
  if (section->offset > head->file_size || section->size > head->file_size - section->offset)
    return refuse (file,
                   JK_ENVELOPE_ERROR_LENGTH,
                   error,
                   "section \"%s\" of %" G_GUINT64_FORMAT
                   " bytes reaches beyond the file's %" G_GUINT64_FORMAT,
                   name,
                   section->size,
                   head->file_size);
  section->name = g_strdup (name);
  out->n_sections++;
  return TRUE;
}

static gboolean
parse_sections (const char *file,
                const JkHead *head,
                GVariant *rows,
                JkManifest *out,
                GError **error)
{
  gsize n = g_variant_n_children (rows);
  guint64 end = jk_head_get_sections_offset (head);

  if (n != head->n_sections)
    return refuse (file,
                   JK_ENVELOPE_ERROR_LENGTH,
                   error,
                   "its manifest names %" G_GSIZE_FORMAT " sections and its head states %u",
                   n,
                   head->n_sections);
  for (gsize i = 0; i < n; i++) {
    g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
    if (!parse_section (file, head, row, out, error))
      return FALSE;
    end = jk_head_pad (out->sections[i].offset + out->sections[i].size);
  }
  if (end != head->file_size)
    return refuse (file,
                   JK_ENVELOPE_ERROR_LENGTH,
                   error,
                   "its sections end at byte %" G_GUINT64_FORMAT
                   " and the file at %" G_GUINT64_FORMAT,
                   end,
                   head->file_size);
  return TRUE;
}

static gboolean
check_filling (const char *file, const JkHead *head, GBytes *padded, GError **error)
{
  const guint8 *bytes = g_bytes_get_data (padded, NULL);

  for (gsize i = head->manifest_size; i < g_bytes_get_size (padded); i++) {
    if (bytes[i] != 0)
      return refuse (file,
                     JK_ENVELOPE_ERROR_MANIFEST,
                     error,
                     "the filling after its manifest is not zero");
  }
  return TRUE;
}

gboolean
jk_manifest_parse (const char *file,
                   const JkHead *head,
                   GBytes *padded,
                   const char *body_type,
                   JkManifest *out_manifest,
                   GError **error)
{
  g_auto (JkManifest) manifest = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (padded, 0, head->manifest_size);
  g_autoptr (GVariant) signer = NULL;
  g_autoptr (GVariant) rows = NULL;

  if (!check_filling (file, head, padded, error))
    return FALSE;

  GVariant *whole = g_variant_ref_sink (g_variant_new_from_bytes (MANIFEST_TYPE, bytes, FALSE));
  if (!g_variant_is_normal_form (whole)) {
    g_variant_unref (whole);
    return refuse (file, JK_ENVELOPE_ERROR_MANIFEST, error, "its manifest is not in normal form");
  }
  g_autoptr (GVariant) swapped = swap_to_file (whole);
  g_variant_get (swapped, "(@ay@a(sttay)v)", &signer, &rows, &manifest.body);
  if (!take_bytes (signer, manifest.signer, JK_PUBLIC_BYTES))
    return refuse (file,
                   JK_ENVELOPE_ERROR_MANIFEST,
                   error,
                   "the key of its signer does not have %d bytes",
                   JK_PUBLIC_BYTES);
  if (!g_variant_is_of_type (manifest.body, G_VARIANT_TYPE (body_type)))
    return refuse (file,
                   JK_ENVELOPE_ERROR_MANIFEST,
                   error,
                   "its body is of another type than %s",
                   body_type);
  if (!parse_sections (file, head, rows, &manifest, error))
    return FALSE;
  *out_manifest = manifest;
  memset (&manifest, 0, sizeof manifest);
  return TRUE;
}
