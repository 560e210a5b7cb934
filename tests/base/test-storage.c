/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/storage.c, and of the fake disk */
#include "base/error.h"
#include "base/storage.h"
#include "support/folder.h"
#include "support/storage.h"

#include <errno.h>
#include <sys/stat.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
assert_base_error (const GError *error, JkBaseError code, const char *part)
{
  assert_true (g_error_matches (error, JK_BASE_ERROR, (gint) code));
  assert_non_null (strstr (error->message, part));
}

static void
what_is_written_is_read (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, "a");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  g_autoptr (GError) error = NULL;

  assert_true (jk_storage_write (jk_storage_system (), path, 0600, bytes, &error));
  g_autoptr (GBytes) read = jk_storage_read (jk_storage_system (), path, 5, &error);
  assert_null (error);
  assert_true (g_bytes_equal (bytes, read));
  assert_int_equal (jk_test_folder_count (folder), 1);
}

static void
a_file_is_read_back_from_the_medium (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_put_text (folder, "a", "hello");
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  const JkStorage *storage = jk_test_storage_get (disk);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  g_autoptr (GError) error = NULL;

  jk_test_storage_on_forget (disk, jk_test_storage_spoil, NULL);
  g_autoptr (GBytes) read = jk_storage_read (storage, path, 5, NULL);
  assert_true (g_bytes_equal (bytes, read));
  g_autoptr (GBytes) back = jk_storage_read_back (storage, path, 5, NULL);
  assert_false (g_bytes_equal (bytes, back));
  jk_test_storage_fail (disk, JK_TEST_FORGET, 2, EIO, JK_TEST_ONCE);
  assert_null (jk_storage_read_back (storage, path, 5, &error));
  assert_base_error (error, JK_BASE_ERROR_STORAGE, "read back");
}

static void
a_write_is_proven_by_the_medium (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, "a");
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  const JkStorage *storage = jk_test_storage_get (disk);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  g_autoptr (GError) error = NULL;

  assert_true (jk_storage_write_proven (storage, path, 0600, bytes, &error));
  assert_null (error);
  jk_test_storage_fail (disk, JK_TEST_FORGET, 2, EIO, JK_TEST_ONCE);
  assert_false (jk_storage_write_proven (storage, path, 0600, bytes, &error));
  assert_base_error (error, JK_BASE_ERROR_STORAGE, "read back");
  g_clear_error (&error);
  jk_test_storage_on_forget (disk, jk_test_storage_spoil, NULL);
  assert_false (jk_storage_write_proven (storage, path, 0600, bytes, &error));
  assert_base_error (error, JK_BASE_ERROR_STORAGE, "reads back other than it was written");
}

static void
only_the_files_of_one_folder_fail (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *stick = jk_test_folder_put_text (folder, "stick-a", "hello");
  g_autofree char *other = jk_test_folder_put_text (folder, "other", "hello");
  g_autofree char *prefix = jk_test_folder_dup_path (folder, "stick");
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);

  jk_test_storage_only (disk, prefix);
  jk_test_storage_fail (disk, JK_TEST_PREAD, 1, EIO, JK_TEST_FOR_GOOD);
  assert_null (jk_storage_read (jk_test_storage_get (disk), stick, 5, NULL));
  g_autoptr (GBytes) read = jk_storage_read (jk_test_storage_get (disk), other, 5, NULL);
  assert_non_null (read);
}

static void
an_empty_file_is_a_file (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, "a");
  g_autoptr (GBytes) bytes = g_bytes_new_static (NULL, 0);

  assert_true (jk_storage_write (jk_storage_system (), path, 0600, bytes, NULL));
  g_autoptr (GBytes) read = jk_storage_read (jk_storage_system (), path, 0, NULL);
  assert_non_null (read);
  assert_int_equal (g_bytes_get_size (read), 0);
}

static void
a_missing_file_is_told_apart (void **state)
{
  g_autoptr (GError) error = NULL;
  assert_null (jk_storage_read (jk_storage_system (), "/nowhere/at/all", 5, &error));
  assert_base_error (error, JK_BASE_ERROR_MISSING, "/nowhere/at/all");
}

static void
a_file_too_long_is_refused (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_put_text (folder, "a", "123456");
  g_autoptr (GError) error = NULL;

  assert_null (jk_storage_read (jk_storage_system (), path, 5, &error));
  assert_base_error (error, JK_BASE_ERROR_TOO_LARGE, "6 bytes, and at most 5");
}

static void
only_plain_files_are_read (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *pipe_path = jk_test_folder_dup_path (folder, "pipe");
  g_autoptr (GError) one = NULL;
  g_autoptr (GError) two = NULL;

  assert_int_equal (mkfifo (pipe_path, 0600), 0);
  assert_null (jk_storage_read (jk_storage_system (), pipe_path, 5, &one));
  assert_base_error (one, JK_BASE_ERROR_STORAGE, "plain file");
  assert_null (jk_storage_read (jk_storage_system (), jk_test_folder_get_path (folder), 5, &two));
  assert_base_error (two, JK_BASE_ERROR_STORAGE, "plain file");
}

/* With any single call failing, the old file or the new one is there, whole and alone. */
static void
a_failing_call_leaves_the_old_file_or_the_new (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  guint n_failures = 0;

  for (guint n = 1;; n++) {
    g_autofree char *path = jk_test_folder_put_text (folder, "a", "old");
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    gboolean is_written = jk_storage_write (jk_test_storage_get (disk), path, 0600, bytes, &error);
    assert_true (is_written == (error == NULL));
    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
    assert_int_equal (jk_test_folder_count (folder), 1);
    if (!jk_test_storage_has_failed (disk)) {
      assert_true (is_written);
      break;
    }
    g_autoptr (GBytes) read = jk_test_folder_get_bytes (folder, "a");
    const char *data = g_bytes_get_data (read, NULL);
    assert_int_equal (g_bytes_get_size (read), 3);
    gboolean is_renamed = jk_test_storage_get_n_calls (disk, JK_TEST_RENAME) == 1 &&
                          jk_test_storage_get_n_calls (disk, JK_TEST_UNLINK) == 0;
    assert_memory_equal (data, is_renamed ? "new" : "old", 3);
    if (is_written)
      continue; /* only the close of the folder after its sync may fail unheard */
    assert_base_error (error, JK_BASE_ERROR_STORAGE, "another disk");
    n_failures++;
  }
  /* open, pwrite, fsync, close, rename, open and fsync of the folder. */
  assert_int_equal (n_failures, 7);
}

static void
a_write_syncs_file_and_folder (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autofree char *path = jk_test_folder_dup_path (folder, "a");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  assert_true (jk_storage_write (jk_test_storage_get (disk), path, 0600, bytes, NULL));
  assert_int_equal (jk_test_storage_get_n_fsyncs (disk), 2);
  assert_int_equal (jk_test_storage_get_n_calls (disk, JK_TEST_ANY), 8);
}

static void
a_signal_at_any_call_changes_nothing (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  gboolean has_failed = TRUE;

  for (guint n = 1; has_failed; n++) {
    g_autofree char *sub = g_strdup_printf ("sub-%u", n);
    g_autofree char *sub_path = jk_test_folder_dup_path (folder, sub);
    g_autofree char *path = g_build_filename (sub_path, "a", NULL);
    const JkStorage *storage = jk_test_storage_get (disk);
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EINTR, JK_TEST_ONCE);

    g_autoptr (GError) error = NULL;
    assert_true (jk_storage_make_folder (storage, sub_path, 0700, &error));
    assert_true (jk_storage_write (storage, path, 0600, bytes, &error));
    g_autoptr (GBytes) read = jk_storage_read (storage, path, 3, &error);
    assert_non_null (read);
    assert_true (g_bytes_equal (read, bytes));
    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
    has_failed = jk_test_storage_has_failed (disk);
  }
}

static void
a_failing_read_is_an_error (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autofree char *path = jk_test_folder_put_text (folder, "a", "old");
  static const JkTestCall calls[] = { JK_TEST_OPEN, JK_TEST_SIZE, JK_TEST_PREAD };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, calls[i], 1, EIO, JK_TEST_FOR_GOOD);
    assert_null (jk_storage_read (jk_test_storage_get (disk), path, 5, &error));
    assert_base_error (error, JK_BASE_ERROR_STORAGE, path);
    assert_int_equal (jk_test_storage_get_n_open (disk), 0);
  }
}

static void
each_refusal_has_its_advice (void **state)
{
  static const struct {
    int number;
    const char *advice;
  } cases[] = {
    { ENOSPC, "free space" },           { EDQUOT, "free space" },
    { EROFS, "write-protected" },       { EACCES, "ask for the right" },
    { EPERM, "ask for the right" },     { ENOENT, "plugged in" },
    { ENOTDIR, "plugged in" },          { EISDIR, "plain file" },
    { ENAMETOOLONG, "shorter name" },   { EFBIG, "file system" },
    { EMFILE, "close other programs" }, { ENFILE, "close other programs" },
    { EIO, "use another disk" },
  };
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autofree char *path = jk_test_folder_dup_path (folder, "a");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_OPEN, 1, cases[i].number, JK_TEST_FOR_GOOD);
    assert_false (jk_storage_write (jk_test_storage_get (disk), path, 0600, bytes, &error));
    assert_base_error (error, JK_BASE_ERROR_STORAGE, cases[i].advice);
    assert_non_null (strstr (error->message, path));
    assert_non_null (strstr (error->message, g_strerror (cases[i].number)));
  }
}

static void
folders_are_made_with_those_above (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autofree char *path = jk_test_folder_dup_path (folder, "a/b/c/");
  g_autoptr (GError) error = NULL;

  assert_true (jk_storage_make_folder (jk_test_storage_get (disk), path, 0700, &error));
  assert_null (error);
  assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  assert_true (jk_test_storage_get_n_fsyncs (disk) >= 3);
  jk_test_storage_heal (disk);
  assert_true (jk_storage_make_folder (jk_test_storage_get (disk), path, 0700, &error));
  assert_int_equal (jk_test_storage_get_n_calls (disk, JK_TEST_MKDIR), 0);
}

static void
a_folder_that_is_there_is_synced_in_its_parent (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autofree char *path = jk_test_folder_dup_path (folder, "a");
  const JkStorage *storage = jk_test_storage_get (disk);
  g_autoptr (GError) error = NULL;

  /* Made, and stopped before the sync; the first is that of the folder above. */
  jk_test_storage_fail (disk, JK_TEST_FSYNC, 2, EIO, JK_TEST_FOR_GOOD);
  assert_false (jk_storage_make_folder (storage, path, 0700, NULL));
  assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  assert_false (jk_storage_make_folder (storage, path, 0700, &error));
  assert_base_error (error, JK_BASE_ERROR_STORAGE, "made durable");
  jk_test_storage_heal (disk);
  assert_true (jk_storage_make_folder (storage, path, 0700, NULL));
  assert_int_equal (jk_test_storage_get_n_fsyncs (disk), 1);

  /* Is there, its parent can be opened no longer. */
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_OPEN, 2, EACCES, JK_TEST_ONCE);
  assert_true (jk_storage_make_folder (storage, path, 0700, NULL));
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_OPEN, 2, EIO, JK_TEST_FOR_GOOD);
  assert_false (jk_storage_make_folder (storage, path, 0700, NULL));
  assert_int_equal (jk_test_storage_get_n_open (disk), 0);
}

static void
a_folder_that_cannot_be_made_is_an_error (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autofree char *path = jk_test_folder_dup_path (folder, "a/b");
  gboolean has_failed = TRUE;

  for (guint n = 1; has_failed; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_MKDIR, n, ENOSPC, JK_TEST_ONCE);
    gboolean is_made = jk_storage_make_folder (jk_test_storage_get (disk), path, 0700, &error);
    has_failed = jk_test_storage_has_failed (disk);
    assert_true (is_made == !has_failed);
    if (has_failed)
      assert_base_error (error, JK_BASE_ERROR_STORAGE, "free space");
  }
  assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
}

static void
a_file_in_the_place_of_a_folder_is_an_error (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_put_text (folder, "a", "x");
  g_autofree char *below = jk_test_folder_dup_path (folder, "a/b");
  g_autoptr (GError) one = NULL;
  g_autoptr (GError) two = NULL;
  g_autoptr (GError) three = NULL;

  assert_false (jk_storage_make_folder (jk_storage_system (), path, 0700, &one));
  assert_base_error (one, JK_BASE_ERROR_STORAGE, "used as a folder");
  assert_false (jk_storage_make_folder (jk_storage_system (), below, 0700, &two));
  assert_base_error (two, JK_BASE_ERROR_STORAGE, "used as a folder");
  assert_false (jk_storage_sync_folder (jk_storage_system (), path, &three));
  assert_base_error (three, JK_BASE_ERROR_STORAGE, "used as a folder");
}

static void
a_path_without_a_name_is_no_folder (void **state)
{
  g_autoptr (GError) error = NULL;
  assert_false (jk_storage_make_folder (jk_storage_system (), "", 0700, &error));
  assert_base_error (error, JK_BASE_ERROR_STORAGE, "made");
}

static void
a_file_system_without_folder_sync_is_accepted (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  const JkStorage *storage = jk_test_storage_get (disk);
  g_autoptr (GError) error = NULL;

  jk_test_storage_fail (disk, JK_TEST_FSYNC, 1, EINVAL, JK_TEST_ONCE);
  assert_true (jk_storage_sync_folder (storage, jk_test_folder_get_path (folder), NULL));
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_FSYNC, 1, EIO, JK_TEST_ONCE);
  assert_false (jk_storage_sync_folder (storage, jk_test_folder_get_path (folder), &error));
  assert_base_error (error, JK_BASE_ERROR_STORAGE, "made durable");
  assert_int_equal (jk_test_storage_get_n_open (disk), 0);
}

static void
the_fake_fails_for_good_or_once (void **state)
{
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  const JkStorage *storage = jk_test_storage_get (disk);

  jk_test_storage_fail (disk, JK_TEST_UNLINK, 2, EIO, JK_TEST_FOR_GOOD);
  assert_int_equal (storage->unlink (storage, "/nowhere/x"), -1);
  assert_int_equal (errno, ENOENT);
  for (guint i = 0; i < 3; i++) {
    assert_int_equal (storage->unlink (storage, "/nowhere/x"), -1);
    assert_int_equal (errno, EIO);
  }
  jk_test_storage_heal (disk);
  assert_false (jk_test_storage_has_failed (disk));
  jk_test_storage_fail (disk, JK_TEST_UNLINK, 1, EIO, JK_TEST_ONCE);
  assert_int_equal (storage->unlink (storage, "/nowhere/x"), -1);
  assert_int_equal (errno, EIO);
  assert_int_equal (storage->unlink (storage, "/nowhere/x"), -1);
  assert_int_equal (errno, ENOENT);
}

static void
the_fake_names_a_vfs (void **state)
{
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  assert_null (jk_test_storage_get (disk)->vfs_name);
  jk_test_storage_set_vfs_name (disk, "torn");
  assert_string_equal (jk_test_storage_get (disk)->vfs_name, "torn");
  jk_test_storage_set_vfs_name (disk, NULL);
  assert_null (jk_test_storage_get (disk)->vfs_name);
  jk_test_storage_free (NULL);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_written_is_read),
    cmocka_unit_test (a_file_is_read_back_from_the_medium),
    cmocka_unit_test (a_write_is_proven_by_the_medium),
    cmocka_unit_test (only_the_files_of_one_folder_fail),
    cmocka_unit_test (an_empty_file_is_a_file),
    cmocka_unit_test (a_missing_file_is_told_apart),
    cmocka_unit_test (a_file_too_long_is_refused),
    cmocka_unit_test (only_plain_files_are_read),
    cmocka_unit_test (a_failing_call_leaves_the_old_file_or_the_new),
    cmocka_unit_test (a_write_syncs_file_and_folder),
    cmocka_unit_test (a_signal_at_any_call_changes_nothing),
    cmocka_unit_test (a_failing_read_is_an_error),
    cmocka_unit_test (each_refusal_has_its_advice),
    cmocka_unit_test (folders_are_made_with_those_above),
    cmocka_unit_test (a_folder_that_is_there_is_synced_in_its_parent),
    cmocka_unit_test (a_folder_that_cannot_be_made_is_an_error),
    cmocka_unit_test (a_file_in_the_place_of_a_folder_is_an_error),
    cmocka_unit_test (a_path_without_a_name_is_no_folder),
    cmocka_unit_test (a_file_system_without_folder_sync_is_accepted),
    cmocka_unit_test (the_fake_fails_for_good_or_once),
    cmocka_unit_test (the_fake_names_a_vfs),
  };
  return cmocka_run_group_tests_name ("storage", tests, NULL, NULL);
}
