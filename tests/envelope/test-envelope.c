/* SPDX-License-Identifier: Apache-2.0 */
#include "example.h"

#include "base/error.h"

#include <fcntl.h>
#include <unistd.h>

#define FILE_NAME "hall.jksession"

static JkEnvelope *
open_bytes (GBytes *bytes, const guint8 *signer, GError **error)
{
  return jk_envelope_open_bytes (FILE_NAME, bytes, EXAMPLE_KIND, EXAMPLE_BODY_TYPE, signer, error);
}

static JkEnvelope *
open_file (const char *path, GError **error)
{
  return jk_envelope_open (jk_storage_system (),
                           path,
                           EXAMPLE_KIND,
                           EXAMPLE_BODY_TYPE,
                           NULL,
                           error);
}

/* Everything a careful caller does with an envelope. */
static gboolean
read_all (JkEnvelope *envelope, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) rows = NULL;

  if (envelope == NULL || !jk_envelope_check_whole (envelope, error))
    return FALSE;
  text = jk_envelope_load_section (envelope, "text", 0, error);
  if (text == NULL)
    return FALSE;
  rows = jk_envelope_load_section (envelope, "rows", EXAMPLE_ROW_BYTES, error);
  return rows != NULL;
}

static guint8 *
dup_example (gsize *out_size)
{
  g_autoptr (GBytes) bytes = example_new ();
  gconstpointer data = g_bytes_get_data (bytes, out_size);
  return g_memdup2 (data, *out_size);
}

static void
expect_example (JkEnvelope *envelope)
{
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  g_autoptr (GError) error = NULL;
  guint64 size = 0, n_rows = 9;
  const char *name;
  guint32 number;

  assert_non_null (envelope);
  g_variant_get (jk_envelope_get_body (envelope), "(&su)", &name, &number);
  assert_string_equal (name, "example");
  assert_int_equal (number, 7);
  assert_memory_equal (jk_envelope_get_signer (envelope), public_key, JK_PUBLIC_BYTES);
  assert_true (jk_envelope_check_whole (envelope, &error));
  assert_true (jk_envelope_find_section (envelope, "text", &size, &n_rows));
  assert_true (size == 5 && n_rows == 0);
  assert_true (jk_envelope_find_section (envelope, "rows", &size, &n_rows));
  assert_true (size == EXAMPLE_ROWS_BYTES && n_rows == 3);

  g_autoptr (GBytes) text = jk_envelope_load_section (envelope, "text", 0, &error);
  g_autoptr (GBytes) rows = jk_envelope_load_section (envelope, "rows", EXAMPLE_ROW_BYTES, &error);
  assert_null (error);
  assert_int_equal (g_bytes_get_size (text), 5);
  assert_memory_equal (g_bytes_get_data (text, NULL), EXAMPLE_TEXT, 5);
  assert_int_equal (g_bytes_get_size (rows), EXAMPLE_ROWS_BYTES);
  assert_memory_equal (g_bytes_get_data (rows, NULL), example_rows, EXAMPLE_ROWS_BYTES);
}

static void
the_example_of_the_document_opens (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("envelope-small");
  g_autoptr (JkEnvelope) envelope = open_bytes (vector, NULL, NULL);

  expect_example (envelope);
  assert_string_equal (jk_envelope_get_file (envelope), FILE_NAME);
}

static void
a_file_opens_like_bytes (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (GBytes) bytes = example_new ();
  g_autofree char *path = jk_test_folder_put (folder, FILE_NAME, bytes);
  g_autoptr (JkEnvelope) envelope = open_file (path, NULL);

  expect_example (envelope);
  assert_string_equal (jk_envelope_get_file (envelope), path);
}

static void
the_digest_is_that_of_all_after_the_head (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, NULL, NULL);
  JkDigest digest;

  jk_hash (NULL, data + JK_ENVELOPE_HEAD_BYTES, size - JK_ENVELOPE_HEAD_BYTES, &digest);
  assert_true (jk_digest_equal (jk_envelope_get_digest (envelope), &digest));
}

static void
another_kind_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = example_new ();
  g_autoptr (GError) error = NULL;

  assert_null (
      jk_envelope_open_bytes (FILE_NAME, bytes, JK_KIND_BANK, EXAMPLE_BODY_TYPE, NULL, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_KIND, FILE_NAME);
}

static void
another_body_is_refused (void **state)
{
  g_autoptr (GBytes) bytes = example_new ();
  g_autoptr (GError) error = NULL;

  assert_null (jk_envelope_open_bytes (FILE_NAME, bytes, EXAMPLE_KIND, "(sut)", NULL, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_MANIFEST, FILE_NAME);
}

static void
a_missing_section_is_refused_by_name (void **state)
{
  g_autoptr (GBytes) bytes = example_new ();
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint8 out[8];
  guint64 size = 77, rows = 78;

  assert_false (jk_envelope_find_section (envelope, "blobs", &size, &rows));
  assert_true (size == 77 && rows == 78);
  assert_true (jk_envelope_find_section (envelope, "text", NULL, NULL));
  assert_null (jk_envelope_load_section (envelope, "blobs", 0, &error));
  assert_non_null (strstr (error->message, "\"blobs\""));
  assert_refused (error, JK_ENVELOPE_ERROR_MANIFEST, FILE_NAME);
  assert_false (jk_envelope_load_section_into (envelope, "blobs", out, 8, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_MANIFEST, FILE_NAME);
  assert_false (jk_envelope_read_section (envelope, "blobs", 0, out, 8, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_MANIFEST, FILE_NAME);
}

static void
rows_that_do_not_make_the_size_are_refused (void **state)
{
  static const gsize wrong[] = { 1, 5, 7, 12, 16, 24, 25, G_MAXSIZE };
  g_autoptr (GBytes) bytes = example_new ();
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, NULL, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    assert_null (jk_envelope_load_section (envelope, "rows", wrong[i], &error));
    assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, FILE_NAME);
  }
  assert_null (jk_envelope_load_section (envelope, "text", 5, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, FILE_NAME);
}

/* Rows so many that rows x size runs over 64 bits. */
static void
a_row_count_that_runs_over_is_refused (void **state)
{
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key = example_key (0, public_key);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkEnvelopeWriter) writer =
      jk_envelope_writer_new (NULL, NULL, 0, EXAMPLE_KIND, example_body (), example_sections, NULL);

  assert_true (jk_envelope_writer_end_section (writer, G_GUINT64_CONSTANT (1) << 61, NULL));
  assert_true (jk_envelope_writer_end_section (writer, 0, NULL));
  assert_true (jk_envelope_writer_finish (writer, key, &bytes, NULL, NULL));
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, NULL, NULL);
  assert_null (jk_envelope_load_section (envelope, "text", 8, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, FILE_NAME);
  g_autoptr (GBytes) empty = jk_envelope_load_section (envelope, "rows", 8, &error);
  assert_int_equal (g_bytes_get_size (empty), 0);
  assert_true (jk_envelope_load_section_into (envelope, "rows", NULL, 0, &error));
}

static void
a_section_goes_into_the_callers_memory (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  g_autoptr (GBytes) good = g_bytes_new (data, size);
  g_autoptr (JkEnvelope) envelope = open_bytes (good, NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint8 out[EXAMPLE_ROWS_BYTES] = { 0 };
  const guint8 zeros[EXAMPLE_ROWS_BYTES] = { 0 };

  assert_true (jk_envelope_load_section_into (envelope, "rows", out, sizeof out, &error));
  assert_memory_equal (out, example_rows, sizeof out);

  data[size - 1] ^= 1;
  g_autoptr (GBytes) bad = g_bytes_new (data, size);
  g_autoptr (JkEnvelope) changed = open_bytes (bad, NULL, NULL);
  assert_false (jk_envelope_load_section_into (changed, "rows", out, sizeof out, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_DIGEST, FILE_NAME);
  assert_memory_equal (out, zeros, sizeof out);
}

static void
a_part_of_a_section_is_read (void **state)
{
  g_autoptr (GBytes) bytes = example_new ();
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint8 out[EXAMPLE_ROWS_BYTES];

  assert_true (jk_envelope_read_section (envelope, "rows", 8, out, 16, &error));
  assert_memory_equal (out, example_rows + 8, 16);
  assert_true (jk_envelope_read_section (envelope, "text", 1, out, 4, &error));
  assert_memory_equal (out, &EXAMPLE_TEXT[1], 4);
  assert_true (jk_envelope_read_section (envelope, "text", 5, NULL, 0, &error));
}

static void
no_part_reaches_beyond_its_section (void **state)
{
  static const struct {
    guint64 offset;
    gsize size;
  } wrong[] = { { 0, 6 }, { 5, 1 }, { 6, 0 }, { G_MAXUINT64, 1 }, { 2, G_MAXSIZE - 1 } };
  g_autoptr (GBytes) bytes = example_new ();
  g_autoptr (JkEnvelope) envelope = open_bytes (bytes, NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint8 out[8];

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    assert_false (
        jk_envelope_read_section (envelope, "text", wrong[i].offset, out, wrong[i].size, &error));
    assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, FILE_NAME);
  }
}

static void
a_missing_file_is_told_as_such (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  g_autoptr (GError) error = NULL;

  assert_null (open_file (path, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

/* A file of holes, so that nothing of this size is ever written or read. */
static void
a_file_larger_than_its_kind_may_be_is_refused (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, FILE_NAME);
  g_autoptr (GError) error = NULL;
  guint8 bytes[JK_ENVELOPE_HEAD_BYTES];
  JkHead head = {
    .kind = EXAMPLE_KIND,
    .manifest_size = 64,
    .file_size = (guint64) JK_SMALL_ENVELOPE_BYTES_MAX + 8,
  };
  int fd = open (path, O_RDWR | O_CREAT, 0600);

  jk_head_write (&head, bytes);
  assert_int_equal (pwrite (fd, bytes, sizeof bytes, 0), sizeof bytes);
  assert_int_equal (ftruncate (fd, (off_t) head.file_size), 0);
  assert_null (open_file (path, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_LENGTH, path);

  head.file_size -= 8;
  jk_head_write (&head, bytes);
  assert_int_equal (pwrite (fd, bytes, sizeof bytes, 0), sizeof bytes);
  assert_int_equal (ftruncate (fd, (off_t) head.file_size), 0);
  assert_null (open_file (path, &error));
  assert_refused (error, JK_ENVELOPE_ERROR_SIGNATURE, path);
  close (fd);
}

static gboolean
read_through (const JkStorage *storage, const char *path, GError **error)
{
  guint8 out[EXAMPLE_ROWS_BYTES];
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open (storage, path, EXAMPLE_KIND, EXAMPLE_BODY_TYPE, NULL, error);

  return read_all (envelope, error) &&
         jk_envelope_load_section_into (envelope, "rows", out, sizeof out, error) &&
         jk_envelope_read_section (envelope, "text", 0, out, 5, error);
}

static void
a_disk_that_fails_at_any_call_is_told_as_such (void **state)
{
  static const JkTestCall calls[] = { JK_TEST_OPEN, JK_TEST_SIZE, JK_TEST_PREAD };
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (GBytes) bytes = example_new ();
  g_autofree char *path = jk_test_folder_put (folder, FILE_NAME, bytes);
  guint n_failed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    for (guint n = 1;; n++) {
      g_autoptr (GError) error = NULL;
      jk_test_storage_heal (disk);
      jk_test_storage_fail (disk, calls[i], n, EIO, JK_TEST_ONCE);
      gboolean is_read = read_through (jk_test_storage_get (disk), path, &error);
      assert_int_equal (jk_test_storage_get_n_open (disk), 0);
      if (!jk_test_storage_has_failed (disk)) {
        assert_true (is_read);
        break;
      }
      assert_false (is_read);
      assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
      n_failed++;
    }
  }
  assert_true (n_failed >= 9);
}

static void
a_disk_that_gives_little_at_a_time_is_read (void **state)
{
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (GBytes) bytes = example_new ();
  g_autofree char *path = jk_test_folder_put (folder, FILE_NAME, bytes);

  jk_test_storage_limit_transfer (disk, 3);
  assert_true (read_through (jk_test_storage_get (disk), path, NULL));
}

static void
a_file_cut_while_it_is_open_is_refused (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (GBytes) bytes = example_new ();
  g_autofree char *path = jk_test_folder_put (folder, FILE_NAME, bytes);
  g_autoptr (JkEnvelope) envelope = open_file (path, NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (truncate (path, (off_t) g_bytes_get_size (bytes) - 1), 0);
  assert_false (jk_envelope_check_whole (envelope, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
}

static void
a_peek_needs_no_key (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  JkKind kind = 0;
  JkDigest digest;

  assert_true (jk_envelope_peek (FILE_NAME, bytes, &kind, &digest, NULL));
  assert_int_equal (kind, EXAMPLE_KIND);
  assert_memory_equal (digest.bytes, data + 32, JK_DIGEST_BYTES);
  assert_true (jk_envelope_peek (FILE_NAME, bytes, NULL, NULL, NULL));
}

static void
expect_peek_refused (const guint8 *data, gsize size, JkEnvelopeError code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  assert_false (jk_envelope_peek (FILE_NAME, bytes, NULL, NULL, &error));
  assert_refused (error, code, FILE_NAME);
}

static void
a_peek_refuses_what_is_broken (void **state)
{
  gsize size;
  g_autofree guint8 *data = dup_example (&size);

  expect_peek_refused (data, 0, JK_ENVELOPE_ERROR_LENGTH);
  expect_peek_refused (data, size - 1, JK_ENVELOPE_ERROR_LENGTH);
  data[size - 1] ^= 1;
  expect_peek_refused (data, size, JK_ENVELOPE_ERROR_DIGEST);
  data[8] = 9;
  expect_peek_refused (data, size, JK_ENVELOPE_ERROR_VERSION);
  data[0] = 'j';
  expect_peek_refused (data, size, JK_ENVELOPE_ERROR_FOREIGN);
}

static void
every_kind_has_a_name_of_its_own (void **state)
{
  for (guint kind = JK_KIND_BANK; kind <= JK_KIND_CLOSING_SHEET; kind++) {
    assert_non_null (strstr (jk_kind_get_name (kind), "(.jk"));
    for (guint other = JK_KIND_BANK; other < kind; other++)
      assert_string_not_equal (jk_kind_get_name (kind), jk_kind_get_name (other));
  }
  assert_string_equal (jk_kind_get_name (0), "unknown to this program");
}

static void
nothing_is_freed_like_something (void **state)
{
  jk_envelope_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_example_of_the_document_opens),
    cmocka_unit_test (a_file_opens_like_bytes),
    cmocka_unit_test (the_digest_is_that_of_all_after_the_head),
    cmocka_unit_test (another_kind_is_refused),
    cmocka_unit_test (another_body_is_refused),
    cmocka_unit_test (a_missing_section_is_refused_by_name),
    cmocka_unit_test (rows_that_do_not_make_the_size_are_refused),
    cmocka_unit_test (a_row_count_that_runs_over_is_refused),
    cmocka_unit_test (a_section_goes_into_the_callers_memory),
    cmocka_unit_test (a_part_of_a_section_is_read),
    cmocka_unit_test (no_part_reaches_beyond_its_section),
    cmocka_unit_test (a_missing_file_is_told_as_such),
    cmocka_unit_test (a_file_larger_than_its_kind_may_be_is_refused),
    cmocka_unit_test (a_disk_that_fails_at_any_call_is_told_as_such),
    cmocka_unit_test (a_disk_that_gives_little_at_a_time_is_read),
    cmocka_unit_test (a_file_cut_while_it_is_open_is_refused),
    cmocka_unit_test (a_peek_needs_no_key),
    cmocka_unit_test (a_peek_refuses_what_is_broken),
    cmocka_unit_test (every_kind_has_a_name_of_its_own),
    cmocka_unit_test (nothing_is_freed_like_something),
  };
  return cmocka_run_group_tests_name ("envelope", tests, example_setup, NULL);
}
