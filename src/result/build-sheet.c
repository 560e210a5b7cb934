/* SPDX-License-Identifier: Apache-2.0 */
/* result/build-sheet.c: the second role signs the content, then the first role all of it. */
#include "result/build-sheet.h"
#include "envelope/writer.h"
#include "result/sheet-private.h"

static GBytes *
print_rows (const JkSheetContent *content)
{
  gsize size = (gsize) content->n_rows * JK_SHEET_ROW_BYTES;
  guint8 *bytes = g_malloc (size);

  for (guint i = 0; i < content->n_rows; i++)
    jk_sheet_row_put (&content->rows[i], bytes + (gsize) i * JK_SHEET_ROW_BYTES);
  return g_bytes_new_take (bytes, size);
}

static GBytes *
print_texts (const JkSheetContent *content)
{
  g_auto (GVariantBuilder) notes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(uyss)"));
  g_autoptr (GVariant) texts = NULL;
  g_autoptr (GVariant) little = NULL;

  for (guint i = 0; i < content->n_notes; i++) {
    const JkSheetNote *note = &content->notes[i];
    g_variant_builder_add (&notes,
                           "(uyss)",
                           note->record,
                           (guint8) note->kind,
                           note->code,
                           note->facts);
  }
  texts = g_variant_ref_sink (
      g_variant_new ("(@asa(uyss))",
                     g_variant_new_strv (content->seats, (gssize) content->n_rows),
                     &notes));
  little = G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (texts) : g_variant_ref (texts);
  return g_variant_get_data_as_bytes (little);
}

static GVariant *
print_body (const JkSession *session, const JkSheetContent *content, const JkSheetSigners *signers)
{
  return g_variant_new ("(@aysu@ayyyb)",
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE,
                                                   jk_session_get_digest (session)->bytes,
                                                   JK_DIGEST_BYTES,
                                                   1),
                        jk_session_get_hall (session),
                        content->number,
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE,
                                                   content->predecessor.bytes,
                                                   JK_DIGEST_BYTES,
                                                   1),
                        (guint8) signers->first,
                        (guint8) signers->second,
                        signers->alone);
}

static gboolean
write_section (JkEnvelopeWriter *writer, GBytes *bytes, guint64 n_rows, GError **error)
{
  return jk_envelope_writer_append (writer,
                                    g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes),
                                    error) &&
         jk_envelope_writer_end_section (writer, n_rows, error);
}

static GBytes *
countersign (const JkDigest *digest, const JkSheetSigners *signers, const JkSecret *key)
{
  guint8 message[JK_SHEET_SIGNED_BYTES];
  guint8 signature[JK_SIGNATURE_BYTES];

  jk_sheet_put_signed (message, digest, signers);
  jk_sign (key, JK_SHEET_SIGN_PURPOSE, message, sizeof message, signature);
  return g_bytes_new (signature, sizeof signature);
}

GBytes *
jk_sheet_build (const JkSession *session,
                const JkSheetContent *content,
                const JkSheetSigner *first,
                const JkSheetSigner *second,
                gboolean alone,
                GError **error)
{
  static const char *const sections[] = { JK_SHEET_ROWS_SECTION,
                                          JK_SHEET_TEXTS_SECTION,
                                          JK_SHEET_SIGN_SECTION,
                                          NULL };
  const JkSheetSigners signers = { first->role, second->role, alone };
  g_autofree char *name = jk_sheet_dup_file_name (session, content->number);
  g_autoptr (GBytes) rows = print_rows (content);
  g_autoptr (GBytes) texts = print_texts (content);
  g_autoptr (GBytes) bytes = NULL;
  JkDigest digest;

  jk_sheet_compute_digest (jk_session_get_digest (session),
                           content->number,
                           &content->predecessor,
                           rows,
                           texts,
                           &digest);
  g_autoptr (GBytes) signature = countersign (&digest, &signers, second->sign_key);
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (NULL,
                              NULL,
                              0,
                              JK_KIND_CLOSING_SHEET,
                              print_body (session, content, &signers),
                              sections,
                              error);
  if (writer == NULL || !write_section (writer, rows, content->n_rows, error) ||
      !write_section (writer, texts, 0, error) || !write_section (writer, signature, 0, error) ||
      !jk_envelope_writer_finish (writer, first->sign_key, &bytes, NULL, error))
    return NULL;
  g_autoptr (JkSheet) again = jk_sheet_open (name, bytes, session, error);
  return again != NULL ? g_steal_pointer (&bytes) : NULL;
}
