/* SPDX-License-Identifier: Apache-2.0 */
/* envelope/writer.h: makes an envelope, on disk or in memory, sections streamed in order.
 *
 * Head, manifest and signature come first in the file but are known last: their room is reserved,
 * because names and the body fix the manifest's size. The body is therefore given when the writing
 * starts. Nothing stays behind when it is freed unfinished. */
#pragma once

#include "envelope/envelope.h"

typedef struct _JkEnvelopeWriter JkEnvelopeWriter;

/* Starts an envelope; path NULL keeps it in memory. body is taken (floating is fine); it must be in
 * normal form. sections is the zero-terminated list of names (1 to JK_ID_BYTES_MAX of a-z, 0-9, -;
 * no two the same), each written in this order. Errors: STORAGE, LENGTH (manifest larger than
 * limits.h allows). */
JkEnvelopeWriter *jk_envelope_writer_new (const JkStorage *storage,
                                          const char *path,
                                          mode_t mode,
                                          JkKind kind,
                                          GVariant *body,
                                          const char *const *sections,
                                          GError **error);
void jk_envelope_writer_free (JkEnvelopeWriter *self);

/* Appends to the current section. Errors: STORAGE, LENGTH (file larger than limits.h allows). */
gboolean
jk_envelope_writer_append (JkEnvelopeWriter *self, gconstpointer data, gsize size, GError **error);

/* Ends the current section with its count of rows (0 when it is no table) and goes to the next. */
gboolean jk_envelope_writer_end_section (JkEnvelopeWriter *self, guint64 n_rows, GError **error);

/* Both for a section that is at hand as a whole. Errors: STORAGE, LENGTH. */
gboolean jk_envelope_writer_add_section (JkEnvelopeWriter *self,
                                         gconstpointer data,
                                         gsize size,
                                         guint64 n_rows,
                                         GError **error);

/* Signs with key and makes the file durable under its name. All sections must have ended. bytes and
 * digest may be NULL; out_bytes is for envelopes in memory only. Errors: STORAGE. */
gboolean jk_envelope_writer_finish (JkEnvelopeWriter *self,
                                    const JkSecret *key,
                                    GBytes **out_bytes,
                                    JkDigest *out_digest,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkEnvelopeWriter, jk_envelope_writer_free)
