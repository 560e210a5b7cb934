/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/file.c */
#include "base/error.h"
#include "base/file.h"
#include "support/folder.h"
#include "support/storage.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
  JkTestFolder *folder;
  JkTestStorage *disk;
  const JkStorage *storage;
  char *path;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  self->folder = jk_test_folder_new ();
  self->disk = jk_test_storage_new (NULL);
  self->storage = jk_test_storage_get (self->disk);
  self->path = jk_test_folder_dup_path (self->folder, "a");
  *state = self;
  return 0;
}

/* No test may leave a file open. */
static int
tear_down (void **state)
{
  Fixture *self = *state;
  gint n_open = jk_test_storage_get_n_open (self->disk);
  jk_test_storage_free (self->disk);
  jk_test_folder_free (self->folder);
  g_free (self->path);
  g_free (self);
  return n_open;
}

static void
assert_storage_error (const GError *error, const char *part)
{
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
  assert_non_null (strstr (error->message, part));
}

static void
a_file_is_read_at_any_place (void **state)
{
  Fixture *self = *state;
  char out[3];
  g_free (jk_test_folder_put_text (self->folder, "a", "abcdef"));

  g_autoptr (JkFile) file = jk_file_open (self->storage, self->path, NULL);
  assert_string_equal (jk_file_get_path (file), self->path);
  assert_int_equal (jk_file_get_size (file), 6);
  assert_true (jk_file_read_at (file, 3, out, 3, NULL));
  assert_memory_equal (out, "def", 3);
  assert_true (jk_file_read_at (file, 0, out, 3, NULL));
  assert_memory_equal (out, "abc", 3);
  assert_true (jk_file_read_at (file, 6, out, 0, NULL));
  jk_file_free (NULL);
}

static void
reading_beyond_the_end_is_an_error (void **state)
{
  static const struct {
    guint64 offset;
    gsize size;
  } places[] = { { 4, 3 }, { 7, 0 }, { 7, 1 }, { G_MAXUINT64, 2 }, { 1, G_MAXSIZE } };
  Fixture *self = *state;
  char out[8];
  g_free (jk_test_folder_put_text (self->folder, "a", "abcdef"));

  g_autoptr (JkFile) file = jk_file_open (self->storage, self->path, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GError) error = NULL;
    assert_false (jk_file_read_at (file, places[i].offset, out, places[i].size, &error));
    assert_storage_error (error, "has 6 bytes");
  }
}

static void
a_file_that_shrinks_while_read_is_an_error (void **state)
{
  Fixture *self = *state;
  char out[6];
  g_autoptr (GError) error = NULL;
  g_free (jk_test_folder_put_text (self->folder, "a", "abcdef"));

  g_autoptr (JkFile) file = jk_file_open (self->storage, self->path, NULL);
  assert_int_equal (truncate (self->path, 4), 0);
  assert_false (jk_file_read_at (file, 0, out, 6, &error));
  assert_storage_error (error, "ends at byte 4, where 2 more");
}

static void
short_transfers_are_continued (void **state)
{
  Fixture *self = *state;
  char out[10];
  jk_test_storage_limit_transfer (self->disk, 3);

  g_autoptr (JkFileWriter) writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  assert_true (jk_file_writer_append (writer, "0123456789", 10, NULL));
  assert_true (jk_file_writer_finish (writer, NULL));
  assert_int_equal (jk_test_storage_get_n_calls (self->disk, JK_TEST_PWRITE), 4);

  g_autoptr (JkFile) file = jk_file_open (self->storage, self->path, NULL);
  assert_true (jk_file_read_at (file, 0, out, 10, NULL));
  assert_memory_equal (out, "0123456789", 10);
  assert_int_equal (jk_test_storage_get_n_calls (self->disk, JK_TEST_PREAD), 4);
}

static void
a_missing_file_is_told_apart_from_a_refusal (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) refused = NULL;

  assert_null (jk_file_open (self->storage, self->path, &missing));
  assert_true (g_error_matches (missing, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
  jk_test_storage_fail (self->disk, JK_TEST_OPEN, 2, EACCES, JK_TEST_ONCE);
  assert_null (jk_file_open (self->storage, self->path, &refused));
  assert_storage_error (refused, "cannot be opened");
}

static void
a_writer_appends_replaces_and_reads_back (void **state)
{
  Fixture *self = *state;
  char out[4];

  g_autoptr (JkFileWriter) writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  assert_int_equal (jk_file_writer_get_offset (writer), 0);
  assert_true (jk_file_writer_append (writer, "abc", 3, NULL));
  assert_true (jk_file_writer_append (writer, NULL, 0, NULL));
  assert_true (jk_file_writer_append (writer, "def", 3, NULL));
  assert_int_equal (jk_file_writer_get_offset (writer), 6);
  assert_true (jk_file_writer_write_at (writer, 2, "XY", 2, NULL));
  assert_int_equal (jk_file_writer_get_offset (writer), 6);
  assert_true (jk_file_writer_read_at (writer, 1, out, 4, NULL));
  assert_memory_equal (out, "bXYe", 4);
  assert_true (jk_file_writer_finish (writer, NULL));

  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->folder, "a");
  assert_int_equal (g_bytes_get_size (bytes), 6);
  assert_memory_equal (g_bytes_get_data (bytes, NULL), "abXYef", 6);
}

static void
a_file_has_its_name_and_mode_only_when_finished (void **state)
{
  Fixture *self = *state;
  struct stat info;

  g_autoptr (JkFileWriter) writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  assert_true (jk_file_writer_append (writer, "abc", 3, NULL));
  assert_int_not_equal (stat (self->path, &info), 0);
  assert_true (jk_file_writer_finish (writer, NULL));
  assert_int_equal (stat (self->path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
  assert_int_equal (jk_test_folder_count (self->folder), 1);
}

static void
a_writer_freed_early_leaves_nothing (void **state)
{
  Fixture *self = *state;
  JkFileWriter *writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  assert_true (jk_file_writer_append (writer, "abc", 3, NULL));
  assert_int_equal (jk_test_folder_count (self->folder), 1);
  jk_file_writer_free (writer);
  assert_int_equal (jk_test_folder_count (self->folder), 0);
  jk_file_writer_free (NULL);
}

static void
two_writers_of_one_file_do_not_meet (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkFileWriter) one = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  g_autoptr (JkFileWriter) two = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  assert_int_equal (jk_test_folder_count (self->folder), 2);
  assert_true (jk_file_writer_append (one, "1", 1, NULL));
  assert_true (jk_file_writer_append (two, "2", 1, NULL));
  assert_true (jk_file_writer_finish (two, NULL));
  assert_true (jk_file_writer_finish (one, NULL));
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->folder, "a");
  assert_memory_equal (g_bytes_get_data (bytes, NULL), "1", 1);
}

static void
a_name_that_is_taken_is_tried_again (void **state)
{
  Fixture *self = *state;
  jk_test_storage_fail (self->disk, JK_TEST_OPEN, 1, EEXIST, JK_TEST_ONCE);
  g_autoptr (JkFileWriter) writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  assert_non_null (writer);
  assert_int_equal (jk_test_storage_get_n_calls (self->disk, JK_TEST_OPEN), 2);
}

static void
names_that_are_always_taken_are_given_up (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  jk_test_storage_fail (self->disk, JK_TEST_OPEN, 1, EEXIST, JK_TEST_FOR_GOOD);
  assert_null (jk_file_writer_new (self->storage, self->path, 0600, &error));
  assert_storage_error (error, self->path);
}

static void
a_missing_folder_is_a_refusal (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "b/c");
  assert_null (jk_file_writer_new (self->storage, path, 0600, &error));
  assert_storage_error (error, path);
}

static void
a_torn_append_does_not_move_the_end (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkFileWriter) writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);

  assert_true (jk_file_writer_append (writer, "abc", 3, NULL));
  jk_test_storage_tear (self->disk, 2, 2, ENOSPC);
  assert_false (jk_file_writer_append (writer, "DEF", 3, &error));
  assert_storage_error (error, "free space");
  assert_true (jk_test_storage_has_failed (self->disk));
  assert_int_equal (jk_file_writer_get_offset (writer), 3);
  jk_test_storage_heal (self->disk);
  assert_true (jk_file_writer_append (writer, "ghi", 3, NULL));
  assert_true (jk_file_writer_finish (writer, NULL));
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->folder, "a");
  assert_memory_equal (g_bytes_get_data (bytes, NULL), "abcghi", 6);
}

static ssize_t
write_nothing (const JkStorage *storage, int fd, const void *data, size_t size, off_t offset)
{
  return 0;
}

static void
a_disk_that_takes_nothing_is_an_error (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkStorage storage = *jk_storage_system ();
  storage.pwrite = write_nothing;

  g_autoptr (JkFileWriter) writer = jk_file_writer_new (&storage, self->path, 0600, NULL);
  assert_false (jk_file_writer_append (writer, "abc", 3, &error));
  assert_storage_error (error, "cannot be written");
}

static void
a_failing_read_back_is_an_error (void **state)
{
  Fixture *self = *state;
  char out[3];
  g_autoptr (GError) error = NULL;
  g_autoptr (JkFileWriter) writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);
  assert_true (jk_file_writer_append (writer, "abc", 3, NULL));
  jk_test_storage_fail (self->disk, JK_TEST_PREAD, 1, EIO, JK_TEST_ONCE);
  assert_false (jk_file_writer_read_at (writer, 0, out, 3, &error));
  assert_storage_error (error, "cannot be read");
}

static void
each_step_of_finishing_may_fail (void **state)
{
  static const struct {
    JkTestCall call;
    guint n;
    const char *part;
    guint n_left; /* files in the folder afterwards */
  } steps[] = {
    { JK_TEST_FSYNC, 1, "made durable", 0 },    { JK_TEST_CLOSE, 1, "made durable", 0 },
    { JK_TEST_RENAME, 1, "given its name", 0 }, { JK_TEST_OPEN, 2, "used as a folder", 1 },
    { JK_TEST_FSYNC, 2, "made durable", 1 },
  };
  Fixture *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (self->disk);
    jk_test_storage_fail (self->disk, steps[i].call, steps[i].n, EIO, JK_TEST_ONCE);
    JkFileWriter *writer = jk_file_writer_new (self->storage, self->path, 0600, NULL);
    assert_true (jk_file_writer_append (writer, "abc", 3, NULL));
    assert_false (jk_file_writer_finish (writer, &error));
    assert_storage_error (error, steps[i].part);
    jk_file_writer_free (writer);
    assert_int_equal (jk_test_folder_count (self->folder), steps[i].n_left);
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_file_is_read_at_any_place, set_up, tear_down),
    cmocka_unit_test_setup_teardown (reading_beyond_the_end_is_an_error, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_file_that_shrinks_while_read_is_an_error, set_up, tear_down),
    cmocka_unit_test_setup_teardown (short_transfers_are_continued, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_missing_file_is_told_apart_from_a_refusal,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (a_writer_appends_replaces_and_reads_back, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_file_has_its_name_and_mode_only_when_finished,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (a_writer_freed_early_leaves_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown (two_writers_of_one_file_do_not_meet, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_name_that_is_taken_is_tried_again, set_up, tear_down),
    cmocka_unit_test_setup_teardown (names_that_are_always_taken_are_given_up, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_missing_folder_is_a_refusal, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_torn_append_does_not_move_the_end, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_disk_that_takes_nothing_is_an_error, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_failing_read_back_is_an_error, set_up, tear_down),
    cmocka_unit_test_setup_teardown (each_step_of_finishing_may_fail, set_up, tear_down),
  };
  return cmocka_run_group_tests_name ("file", tests, NULL, NULL);
}
