/* SPDX-License-Identifier: Apache-2.0 */
#include "example.h"

#define FILE_NAME "hall.jksession"

static const guint8 octets[JK_PUBLIC_BYTES + 1] = { 0xd7, 0x5a };

/* Two sections, 5 and 24 bytes, in a file that they fill. */
static void
make_manifest (JkManifest *out)
{
  memset (out, 0, sizeof *out);
  out->body = g_variant_ref_sink (example_body ());
  out->n_sections = 2;
  memset (out->signer, 0x5a, sizeof out->signer);
  for (guint i = 0; i < 2; i++) {
    out->sections[i].name = g_strdup (example_sections[i]);
    out->sections[i].size = i == 0 ? 5 : 24;
    out->sections[i].rows = i == 0 ? 0 : 3;
    memset (&out->sections[i].digest, 0xd0 + (int) i, JK_DIGEST_BYTES);
  }
}

static JkHead
make_head (GBytes *bytes, guint n_sections, guint64 sections_size)
{
  JkHead head = {
    .kind = EXAMPLE_KIND,
    .manifest_size = (guint32) g_bytes_get_size (bytes),
    .n_sections = n_sections,
  };

  head.file_size = jk_head_get_sections_offset (&head) + sections_size;
  return head;
}

static GBytes *
pad (GBytes *bytes, guint8 filling)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize padded_size = (gsize) jk_head_pad (size);
  guint8 *padded = g_malloc (padded_size);

  memset (padded, filling, padded_size);
  memcpy (padded, data, size);
  return g_bytes_new_take (padded, padded_size);
}

static gboolean
parse (GBytes *bytes, guint n_sections, guint64 size, JkManifest *out, GError **error)
{
  JkHead head = make_head (bytes, n_sections, size);
  g_autoptr (GBytes) padded = pad (bytes, 0);

  return jk_manifest_parse (FILE_NAME, &head, padded, EXAMPLE_BODY_TYPE, out, error);
}

static void
expect_refused (GBytes *bytes,
                guint n_sections,
                guint64 size,
                JkEnvelopeError code,
                const char *word)
{
  g_autoptr (GError) error = NULL;
  JkManifest out;

  assert_false (parse (bytes, n_sections, size, &out, &error));
  assert_non_null (strstr (error->message, word));
  assert_refused (error, code, FILE_NAME);
}

/* A manifest from any variant; consumes it. */
static GBytes *
print_any (GVariant *variant)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (variant);
  return g_variant_get_data_as_bytes (owned);
}

/* With one section of this name and digest length. */
static GBytes *
print_named (const char *name, gsize digest_size)
{
  return print_any (
      g_variant_new_parsed ("(%@ay, [(%s, uint64 8, uint64 1, %@ay)], <('x', uint32 1)>)",
                            example_octets (octets, JK_PUBLIC_BYTES),
                            name,
                            example_octets (octets, digest_size)));
}

/* With sections of these sizes, named a, b, c. */
static GBytes *
print_sizes (const guint64 *sizes, guint n)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sttay)"));
  for (guint i = 0; i < n; i++) {
    char name[2] = { (char) ('a' + i), '\0' };
    g_variant_builder_add (&builder,
                           "(stt@ay)",
                           name,
                           sizes[i],
                           0,
                           example_octets (octets, JK_DIGEST_BYTES));
  }
  return print_any (g_variant_new ("(@aya(sttay)v)",
                                   example_octets (octets, JK_PUBLIC_BYTES),
                                   &builder,
                                   example_body ()));
}

static void
a_manifest_comes_back (void **state)
{
  g_auto (JkManifest) manifest;
  g_auto (JkManifest) back = { 0 };

  make_manifest (&manifest);
  g_autoptr (GBytes) bytes = jk_manifest_print (&manifest);
  assert_true (parse (bytes, 2, 32, &back, NULL));

  guint64 start = JK_ENVELOPE_HEAD_BYTES + jk_head_pad (g_bytes_get_size (bytes)) + 64;
  assert_int_equal (back.n_sections, 2);
  assert_memory_equal (back.signer, manifest.signer, JK_PUBLIC_BYTES);
  assert_true (g_variant_equal (back.body, manifest.body));
  for (guint i = 0; i < 2; i++) {
    assert_string_equal (back.sections[i].name, manifest.sections[i].name);
    assert_true (back.sections[i].size == manifest.sections[i].size);
    assert_true (back.sections[i].rows == manifest.sections[i].rows);
    assert_true (jk_digest_equal (&back.sections[i].digest, &manifest.sections[i].digest));
    assert_true (back.sections[i].offset == start + 8 * i);
  }
}

static void
the_signer_stands_first (void **state)
{
  g_auto (JkManifest) manifest;

  make_manifest (&manifest);
  g_autoptr (GBytes) bytes = jk_manifest_print (&manifest);
  assert_memory_equal (g_bytes_get_data (bytes, NULL), manifest.signer, JK_PUBLIC_BYTES);
}

static void
sections_are_found_by_name (void **state)
{
  g_auto (JkManifest) manifest;

  make_manifest (&manifest);
  assert_ptr_equal (jk_manifest_find (&manifest, "rows"), &manifest.sections[1]);
  assert_null (jk_manifest_find (&manifest, "row"));
}

static void
names_are_short_and_plain (void **state)
{
  g_autofree char *longest = g_strnfill (JK_ID_BYTES_MAX, 'a');
  g_autofree char *longer = g_strnfill (JK_ID_BYTES_MAX + 1, 'a');

  assert_true (jk_manifest_is_name ("item-keys2"));
  assert_true (jk_manifest_is_name (longest));
  assert_false (jk_manifest_is_name (longer));
  assert_false (jk_manifest_is_name (""));
  assert_false (jk_manifest_is_name ("Rows"));
  assert_false (jk_manifest_is_name ("a b"));
  assert_false (jk_manifest_is_name ("a\n"));
  assert_false (jk_manifest_is_name ("题"));
}

static void
no_sections_are_fine_in_a_file_that_ends_there (void **state)
{
  g_autoptr (GBytes) bytes = print_sizes (NULL, 0);
  g_auto (JkManifest) back = { 0 };

  assert_true (parse (bytes, 0, 0, &back, NULL));
  assert_int_equal (back.n_sections, 0);
  expect_refused (bytes, 0, 8, JK_ENVELOPE_ERROR_LENGTH, "end at byte");
}

static void
an_empty_section_takes_no_room (void **state)
{
  static const guint64 sizes[] = { 0, 9, 0 };
  g_autoptr (GBytes) bytes = print_sizes (sizes, 3);
  g_auto (JkManifest) back = { 0 };

  assert_true (parse (bytes, 3, 16, &back, NULL));
  assert_true (back.sections[1].offset == back.sections[0].offset);
  assert_true (back.sections[2].offset == back.sections[0].offset + 16);
}

static void
a_bad_name_is_refused (void **state)
{
  g_autoptr (GBytes) blank = print_named ("a b", JK_DIGEST_BYTES);
  g_autoptr (GBytes) empty = print_named ("", JK_DIGEST_BYTES);
  g_autoptr (GBytes) good = print_named ("a", JK_DIGEST_BYTES);
  g_auto (JkManifest) back = { 0 };

  expect_refused (blank, 1, 8, JK_ENVELOPE_ERROR_MANIFEST, "section 1 has a name");
  expect_refused (empty, 1, 8, JK_ENVELOPE_ERROR_MANIFEST, "section 1 has a name");
  assert_true (parse (good, 1, 8, &back, NULL));
}

static void
a_digest_of_another_length_is_refused (void **state)
{
  static const gsize wrong[] = { 0, 31, 33 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GBytes) bytes = print_named ("a", wrong[i]);
    expect_refused (bytes, 1, 8, JK_ENVELOPE_ERROR_MANIFEST, "digest of section \"a\"");
  }
}

static void
a_signer_of_another_length_is_refused (void **state)
{
  static const gsize wrong[] = { 0, 31, 33 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GBytes) bytes =
        print_any (g_variant_new_parsed ("(%@ay, @a(sttay) [], <('x', uint32 1)>)",
                                         example_octets (octets, wrong[i])));
    expect_refused (bytes, 0, 0, JK_ENVELOPE_ERROR_MANIFEST, "key of its signer");
  }
}

static void
two_sections_of_one_name_are_refused (void **state)
{
  g_auto (JkManifest) manifest;

  make_manifest (&manifest);
  g_free (manifest.sections[1].name);
  manifest.sections[1].name = g_strdup ("text");
  g_autoptr (GBytes) bytes = jk_manifest_print (&manifest);
  expect_refused (bytes, 2, 32, JK_ENVELOPE_ERROR_MANIFEST, "name \"text\"");
}

static void
a_body_of_another_type_is_refused (void **state)
{
  static const char *const bodies[] = { "('x', int32 1)", "'x'", "('x', uint32 1, true)", "()" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_auto (JkManifest) manifest;
    make_manifest (&manifest);
    g_variant_unref (manifest.body);
    manifest.body = g_variant_ref_sink (g_variant_new_parsed (bodies[i]));
    g_autoptr (GBytes) bytes = jk_manifest_print (&manifest);
    expect_refused (bytes, 2, 32, JK_ENVELOPE_ERROR_MANIFEST, "another type than (su)");
  }
}

static void
counts_that_differ_are_refused (void **state)
{
  g_auto (JkManifest) manifest;

  make_manifest (&manifest);
  g_autoptr (GBytes) bytes = jk_manifest_print (&manifest);
  expect_refused (bytes, 1, 32, JK_ENVELOPE_ERROR_LENGTH, "names 2 sections");
  expect_refused (bytes, 3, 32, JK_ENVELOPE_ERROR_LENGTH, "states 3");
}

static void
sizes_that_do_not_add_up_are_refused (void **state)
{
  g_auto (JkManifest) manifest;

  make_manifest (&manifest);
  g_autoptr (GBytes) bytes = jk_manifest_print (&manifest);
  expect_refused (bytes, 2, 24, JK_ENVELOPE_ERROR_LENGTH, "section \"rows\" of 24 bytes");
  expect_refused (bytes, 2, 31, JK_ENVELOPE_ERROR_LENGTH, "section \"rows\" of 24 bytes");
  expect_refused (bytes, 2, 33, JK_ENVELOPE_ERROR_LENGTH, "end at byte");
  expect_refused (bytes, 2, 40, JK_ENVELOPE_ERROR_LENGTH, "end at byte");
  expect_refused (bytes, 2, 6, JK_ENVELOPE_ERROR_LENGTH, "section \"rows\"");
  expect_refused (bytes, 2, 4, JK_ENVELOPE_ERROR_LENGTH, "section \"text\"");
}

static void
sizes_that_run_over_are_refused (void **state)
{
  static const guint64 sizes[][3] = {
    { G_MAXUINT64, 8, 8 },
    { 8, G_MAXUINT64 - 7, 8 },
    { G_GUINT64_CONSTANT (1) << 63, G_GUINT64_CONSTANT (1) << 63, 24 },
    { 24, 0, G_MAXUINT64 - 300 },
    { G_MAXUINT64 - 7, 16, 16 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) bytes = print_sizes (sizes[i], 3);
    expect_refused (bytes, 3, 24, JK_ENVELOPE_ERROR_LENGTH, "reaches beyond");
  }
}

static void
what_is_not_in_normal_form_is_refused (void **state)
{
  g_auto (JkManifest) manifest;

  make_manifest (&manifest);
  g_autoptr (GBytes) good = jk_manifest_print (&manifest);
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);

  for (gsize cut = 1; cut <= size - JK_PUBLIC_BYTES; cut++) {
    g_autoptr (GBytes) bytes = g_bytes_new (data, size - cut);
    expect_refused (bytes, 2, 32, JK_ENVELOPE_ERROR_MANIFEST, "normal form");
  }

  g_autofree guint8 *changed = g_memdup2 (data, size);
  changed[size - 1] ^= 1;
  g_autoptr (GBytes) bytes = g_bytes_new (changed, size);
  expect_refused (bytes, 2, 32, JK_ENVELOPE_ERROR_MANIFEST, "normal form");
}

static void
filling_that_is_not_zero_is_refused (void **state)
{
  g_auto (JkManifest) manifest;
  g_autoptr (GError) error = NULL;
  JkManifest out;

  make_manifest (&manifest);
  g_autoptr (GBytes) bytes = jk_manifest_print (&manifest);
  assert_true (g_bytes_get_size (bytes) % 8 != 0);
  JkHead head = make_head (bytes, 2, 32);
  g_autoptr (GBytes) padded = pad (bytes, 1);
  assert_false (jk_manifest_parse (FILE_NAME, &head, padded, EXAMPLE_BODY_TYPE, &out, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_MANIFEST, FILE_NAME);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_manifest_comes_back),
    cmocka_unit_test (the_signer_stands_first),
    cmocka_unit_test (sections_are_found_by_name),
    cmocka_unit_test (names_are_short_and_plain),
    cmocka_unit_test (no_sections_are_fine_in_a_file_that_ends_there),
    cmocka_unit_test (an_empty_section_takes_no_room),
    cmocka_unit_test (a_bad_name_is_refused),
    cmocka_unit_test (a_digest_of_another_length_is_refused),
    cmocka_unit_test (a_signer_of_another_length_is_refused),
    cmocka_unit_test (two_sections_of_one_name_are_refused),
    cmocka_unit_test (a_body_of_another_type_is_refused),
    cmocka_unit_test (counts_that_differ_are_refused),
    cmocka_unit_test (sizes_that_do_not_add_up_are_refused),
    cmocka_unit_test (sizes_that_run_over_are_refused),
    cmocka_unit_test (what_is_not_in_normal_form_is_refused),
    cmocka_unit_test (filling_that_is_not_zero_is_refused),
  };
  return cmocka_run_group_tests_name ("manifest", tests, NULL, NULL);
}
