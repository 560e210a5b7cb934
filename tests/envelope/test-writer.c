/* SPDX-License-Identifier: Apache-2.0 */
#include "example.h"

#include "base/error.h"

#define FILE_NAME "hall.jksession"
#define LARGE_BYTES (5 * 1024 * 1024 / 2 + 3)

static JkEnvelopeWriter *
new_in_memory (void)
{
  return jk_envelope_writer_new (NULL,
                                 NULL,
                                 0,
                                 EXAMPLE_KIND,
                                 example_body (),
                                 example_sections,
                                 NULL);
}

static JkEnvelopeWriter *
new_on_disk (const JkStorage *storage, const char *path, GError **error)
{
  return jk_envelope_writer_new (storage,
                                 path,
                                 0600,
                                 EXAMPLE_KIND,
                                 example_body (),
                                 example_sections,
                                 error);
}

/* The whole example to a path; frees the writer in any case. */
static gboolean
write_file (const JkStorage *storage, const char *path, JkDigest *out_digest, GError **error)
{
  g_autoptr (JkEnvelopeWriter) writer = new_on_disk (storage, path, error);

  return writer != NULL && example_write (writer, NULL, out_digest, error);
}

static void
the_example_is_that_of_the_document (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("envelope-small");
  g_autoptr (GBytes) bytes = example_new ();

  assert_true (g_bytes_equal (vector, bytes));
}

static void
a_file_is_the_same_as_in_memory (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  g_autoptr (GBytes) bytes = example_new ();
  JkDigest digest;

  assert_true (write_file (jk_storage_system (), path, &digest, NULL));
  g_autoptr (GBytes) written = jk_test_folder_get_bytes (folder, FILE_NAME);
  assert_true (g_bytes_equal (bytes, written));
  assert_memory_equal (digest.bytes,
                       (const guint8 *) g_bytes_get_data (written, NULL) + 32,
                       JK_DIGEST_BYTES);
  assert_int_equal (jk_test_folder_count (folder), 1);
}

static void
the_digest_may_be_all_that_is_asked_for (void **state)
{
  g_autoptr (JkEnvelopeWriter) writer = new_in_memory ();
  g_autoptr (GBytes) bytes = example_new ();
  JkDigest digest;

  assert_true (example_write (writer, NULL, &digest, NULL));
  assert_memory_equal (digest.bytes,
                       (const guint8 *) g_bytes_get_data (bytes, NULL) + 32,
                       JK_DIGEST_BYTES);
}

static void
an_envelope_without_sections_is_whole (void **state)
{
  static const char *const none[] = { NULL };
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (NULL, NULL, 0, EXAMPLE_KIND, example_body (), none, NULL);

  assert_true (jk_envelope_writer_finish (writer, key, &bytes, NULL, NULL));
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes (FILE_NAME, bytes, EXAMPLE_KIND, EXAMPLE_BODY_TYPE, public_key, NULL);
  assert_non_null (envelope);
  assert_true (jk_envelope_check_whole (envelope, NULL));
}

static void
an_envelope_with_all_sections_it_may_have_is_whole (void **state)
{
  const char *names[JK_ENVELOPE_SECTIONS_MAX + 1] = { NULL };
  char letters[JK_ENVELOPE_SECTIONS_MAX][2];
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < JK_ENVELOPE_SECTIONS_MAX; i++) {
    letters[i][0] = (char) ('a' + i);
    letters[i][1] = '\0';
    names[i] = letters[i];
  }
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (NULL, NULL, 0, EXAMPLE_KIND, example_body (), names, NULL);
  for (guint i = 0; i < JK_ENVELOPE_SECTIONS_MAX; i++) {
    assert_true (jk_envelope_writer_append (writer, "0123456789abcdef", i, NULL));
    assert_true (jk_envelope_writer_end_section (writer, i, NULL));
  }
  assert_true (jk_envelope_writer_finish (writer, key, &bytes, NULL, NULL));

  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes (FILE_NAME, bytes, EXAMPLE_KIND, EXAMPLE_BODY_TYPE, public_key, NULL);
  assert_true (jk_envelope_check_whole (envelope, NULL));
  for (guint i = 1; i < JK_ENVELOPE_SECTIONS_MAX; i++) {
    g_autoptr (GBytes) section = jk_envelope_load_section (envelope, names[i], 1, NULL);
    assert_int_equal (g_bytes_get_size (section), i);
    assert_memory_equal (g_bytes_get_data (section, NULL), "0123456789abcdef", i);
  }
}

/* Larger than the pieces it is hashed in, and not a multiple of them. */
static void
a_large_section_comes_back_from_disk (void **state)
{
  static const char *const names[] = { "blobs", NULL };
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  g_autofree guint8 *data = g_malloc (LARGE_BYTES);
  g_autofree guint8 *back = g_malloc0 (LARGE_BYTES);

  for (guint i = 0; i < LARGE_BYTES; i++)
    data[i] = (guint8) (i * 2654435761u >> 24);
  g_autoptr (JkEnvelopeWriter) writer = jk_envelope_writer_new (jk_storage_system (),
                                                                path,
                                                                0600,
                                                                JK_KIND_BANK,
                                                                example_body (),
                                                                names,
                                                                NULL);
  assert_true (jk_envelope_writer_append (writer, data, LARGE_BYTES, NULL));
  assert_true (jk_envelope_writer_end_section (writer, 0, NULL));
  assert_true (jk_envelope_writer_finish (writer, key, NULL, NULL, NULL));

  g_autoptr (JkEnvelope) envelope = jk_envelope_open (jk_storage_system (),
                                                      path,
                                                      JK_KIND_BANK,
                                                      EXAMPLE_BODY_TYPE,
                                                      public_key,
                                                      NULL);
  assert_true (jk_envelope_check_whole (envelope, NULL));
  assert_true (jk_envelope_load_section_into (envelope, "blobs", back, LARGE_BYTES, NULL));
  assert_memory_equal (back, data, LARGE_BYTES);
}

static void
a_manifest_too_large_to_be_read_is_not_written (void **state)
{
  static const char *const none[] = { NULL };
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  g_autofree char *text = g_strnfill (JK_MANIFEST_BYTES_MAX, 'x');
  g_autoptr (GError) error = NULL;

  assert_null (jk_envelope_writer_new (jk_storage_system (),
                                       path,
                                       0600,
                                       EXAMPLE_KIND,
                                       g_variant_new ("(su)", text, 0),
                                       none,
                                       &error));
  assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, path);
  assert_int_equal (jk_test_folder_count (folder), 0);
}

/* The size is refused before any of the bytes is touched, so there need not be that many. */
static void
a_file_too_large_to_be_read_is_not_written (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  g_autoptr (JkEnvelopeWriter) on_disk = new_on_disk (jk_storage_system (), path, NULL);
  g_autoptr (JkEnvelopeWriter) in_memory = new_in_memory ();
  g_autoptr (GError) error = NULL;

  assert_false (jk_envelope_writer_append (on_disk, "x", JK_SMALL_ENVELOPE_BYTES_MAX, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, path);
  assert_false (jk_envelope_writer_append (in_memory, "x", G_MAXSIZE, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, ".jksession");
}

static void
nothing_is_left_of_an_unfinished_file (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  JkEnvelopeWriter *writer = new_on_disk (jk_storage_system (), path, NULL);

  assert_true (jk_envelope_writer_append (writer, "hel", 3, NULL));
  assert_int_equal (jk_test_folder_count (folder), 1);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  jk_envelope_writer_free (writer);
  assert_int_equal (jk_test_folder_count (folder), 0);
  jk_envelope_writer_free (NULL);
}

/* Whatever call of the disk fails, what has the name is the old file or the whole new one. */
static void
a_disk_that_fails_at_any_call_leaves_nothing_half_written (void **state)
{
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (GBytes) wanted = example_new ();
  g_autoptr (GBytes) old = g_bytes_new_static ("old", 3);
  guint n;

  for (n = 1;; n++) {
    g_autofree char *path = jk_test_folder_put (folder, FILE_NAME, old);
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, ENOSPC, JK_TEST_ONCE);
    gboolean is_written = write_file (jk_test_storage_get (disk), path, NULL, &error);
    g_autoptr (GBytes) found = jk_test_folder_get_bytes (folder, FILE_NAME);

    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
    assert_int_equal (jk_test_folder_count (folder), 1);
    assert_true (g_bytes_equal (found, wanted) || (!is_written && g_bytes_equal (found, old)));
    if (!is_written)
      assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
    if (!jk_test_storage_has_failed (disk)) {
      assert_true (is_written);
      break;
    }
  }
  assert_true (n > 10);
}

static void
a_torn_write_leaves_nothing_half_written (void **state)
{
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);

  for (guint n = 1;; n++) {
    jk_test_storage_heal (disk);
    jk_test_storage_tear (disk, n, 2, EIO);
    gboolean is_written = write_file (jk_test_storage_get (disk), path, NULL, NULL);
    if (!jk_test_storage_has_failed (disk)) {
      assert_true (is_written);
      break;
    }
    assert_false (is_written);
    assert_int_equal (jk_test_folder_count (folder), 0);
  }
}

static void
a_disk_that_takes_little_at_a_time_gets_the_same_file (void **state)
{
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  g_autoptr (GBytes) wanted = example_new ();

  jk_test_storage_limit_transfer (disk, 7);
  assert_true (write_file (jk_test_storage_get (disk), path, NULL, NULL));
  g_autoptr (GBytes) found = jk_test_folder_get_bytes (folder, FILE_NAME);
  assert_true (g_bytes_equal (found, wanted));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_example_is_that_of_the_document),
    cmocka_unit_test (a_file_is_the_same_as_in_memory),
    cmocka_unit_test (the_digest_may_be_all_that_is_asked_for),
    cmocka_unit_test (an_envelope_without_sections_is_whole),
    cmocka_unit_test (an_envelope_with_all_sections_it_may_have_is_whole),
    cmocka_unit_test (a_large_section_comes_back_from_disk),
    cmocka_unit_test (a_manifest_too_large_to_be_read_is_not_written),
    cmocka_unit_test (a_file_too_large_to_be_read_is_not_written),
    cmocka_unit_test (nothing_is_left_of_an_unfinished_file),
    cmocka_unit_test (a_disk_that_fails_at_any_call_leaves_nothing_half_written),
    cmocka_unit_test (a_torn_write_leaves_nothing_half_written),
    cmocka_unit_test (a_disk_that_takes_little_at_a_time_gets_the_same_file),
  };
  return cmocka_run_group_tests_name ("writer", tests, example_setup, NULL);
}
