/* SPDX-License-Identifier: Apache-2.0 */
/* tests/session/forge.h: a session file of the exam, changed and signed again. */
#pragma once

#include "check.h"

#include "envelope/writer.h"
#include "session/session-private.h"

typedef struct {
  /* Borrowed */
  GVariant *child;     /* NULL: the body stays; sinks a floating one */
  const char *section; /* NULL: the sections stay */
  GBytes *bytes;       /* of that section */
  const JkSecret *key; /* NULL: the exam's authority */
  /* Plain */
  gsize child_index;
  guint64 rows; /* of that section */
} JkForgery;

static const char *const forge_sections[] = {
  JK_SECTION_PLAN,
  JK_SECTION_POLICY,
  JK_SECTION_BLUEPRINT,
  JK_SECTION_WRAPS,
  JK_SECTION_RECORDS,
  JK_SECTION_ROLL,
  NULL,
};

/* A body with one child replaced; not floating. */
static inline GVariant *
forge_body (GVariant *body, gsize index, GVariant *child)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, g_variant_get_type (body));
  for (gsize n = 0; n < g_variant_n_children (body); n++) {
    g_autoptr (GVariant) kept = g_variant_get_child_value (body, n);
    g_variant_builder_add_value (&builder, n == index ? child : kept);
  }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static inline GVariant *
forge_bytes (gsize size, guint8 fill)
{
  g_autofree guint8 *data = g_malloc (size);

  memset (data, fill, size);
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

/* The envelope of hall 01's file. */
static inline JkEnvelope *
forge_open (const JkTestExam *exam)
{
  GError *error = NULL;
  JkEnvelope *envelope = jk_envelope_open (jk_test_exam_get_world (exam)->storage,
                                           jk_test_exam_get_session_path (exam, 0),
                                           JK_KIND_SESSION,
                                           JK_SESSION_BODY,
                                           NULL,
                                           &error);
  assert_null (error);
  return envelope;
}

/* Those of a file, which may have photos too; zero-terminated; the caller frees the array. */
static inline const char **
forge_list_sections (const JkEnvelope *envelope)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint n = 0; forge_sections[n] != NULL; n++)
    g_ptr_array_add (names, (gpointer) forge_sections[n]);
  if (jk_envelope_find_section (envelope, JK_SECTION_PHOTOS, NULL, NULL))
    g_ptr_array_add (names, (gpointer) JK_SECTION_PHOTOS);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

/* Writes hall 01's file with one thing changed; the path, which the caller frees. */
static inline char *
forge (const JkTestExam *exam, const JkForgery *forgery)
{
  g_autoptr (JkEnvelope) envelope = forge_open (exam);
  g_autofree const char **sections = forge_list_sections (envelope);
  GVariant *body = jk_envelope_get_body (envelope);
  g_autoptr (GVariant) changed = forge_body (body, G_MAXSIZE, NULL);
  char *path = jk_test_folder_dup_path (jk_test_exam_get_folder (exam), "forged.jksession");

  if (forgery->child != NULL) {
    g_variant_unref (changed);
    changed = forge_body (body, forgery->child_index, forgery->child);
  }
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (jk_test_exam_get_world (exam)->storage,
                              path,
                              0600,
                              JK_KIND_SESSION,
                              g_variant_ref (changed),
                              sections,
                              NULL);
  for (guint n = 0; sections[n] != NULL; n++) {
    gboolean is_changed = g_strcmp0 (sections[n], forgery->section) == 0;
    g_autoptr (GBytes) kept = jk_envelope_load_section (envelope, sections[n], 0, NULL);
    GBytes *bytes = is_changed ? forgery->bytes : kept;
    guint64 size, rows;

    assert_true (jk_envelope_find_section (envelope, sections[n], &size, &rows));
    assert_true (jk_envelope_writer_append (writer,
                                            g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes),
                                            NULL));
    assert_true (jk_envelope_writer_end_section (writer, is_changed ? forgery->rows : rows, NULL));
  }
  assert_true (jk_envelope_writer_finish (writer,
                                          forgery->key != NULL ? forgery->key
                                                               : jk_test_exam_get_authority (exam),
                                          NULL,
                                          NULL,
                                          NULL));
  return path;
}

/* Opens what forge wrote. */
static inline JkSession *
forge_and_open (const JkTestExam *exam, const JkForgery *forgery, GError **error)
{
  g_autofree char *path = forge (exam, forgery);
  return jk_session_open (jk_test_exam_get_world (exam),
                          path,
                          jk_test_exam_get_authorities (exam),
                          error);
}
