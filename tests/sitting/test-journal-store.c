/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/journal-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct {
  JkTestFolder *folder;
  JkTestWorld *world;
  char *path;
  JkJournalMeta meta;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = jk_test_folder_new ();
  self->world = jk_test_world_new (1);
  self->path = jk_test_folder_dup_path (self->folder, "a.jkjournal");
  self->meta = (JkJournalMeta){ .version = 1, .suite = 1, .key = g_bytes_new_static ("key", 3) };
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_journal_meta_clear (&self->meta);
  jk_test_world_free (self->world);
  jk_test_folder_free (self->folder);
  g_free (self->path);
  g_free (self);
  return 0;
}

static gboolean
make (Fixture *self, GError **error)
{
  return jk_journal_store_make (jk_test_world_get (self->world), self->path, &self->meta, error);
}

static gboolean
is_there (Fixture *self)
{
  return jk_journal_store_is_there (jk_test_world_get (self->world), self->path);
}

static void
a_store_is_made_for_its_owner_only (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  assert_false (is_there (self));
  make (self, &error);
  assert_ok (error);
  assert_true (is_there (self));
  assert_int_equal (jk_test_folder_count (self->folder), 1);
  assert_int_equal (g_stat (self->path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
}

static void
what_a_killed_attempt_left_is_no_obstacle (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *part = jk_test_folder_put_text (self->folder, "a.jkjournal.part", "half");
  g_autofree char *log = jk_test_folder_put_text (self->folder, "a.jkjournal.part-wal", "half");

  make (self, &error);
  assert_ok (error);
  assert_int_equal (jk_test_folder_count (self->folder), 1);
}

static void
a_refused_call_leaves_nothing_under_the_name (void **state)
{
  static const JkTestCall calls[] = { JK_TEST_OPEN, JK_TEST_RENAME, JK_TEST_FSYNC };
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkTestStorage *storage = jk_test_world_get_storage (self->world);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    jk_test_storage_heal (storage);
    jk_test_storage_fail (storage, calls[i], 1, ENOSPC, JK_TEST_FOR_GOOD);
    assert_false (make (self, &error));
    assert_non_null (error);
    assert_non_null (strstr (error->message, jk_test_folder_get_path (self->folder)));
    g_clear_error (&error);
    jk_test_storage_heal (storage);
    /* Only the sync of the folder comes after the name. */
    assert_int_equal (is_there (self), calls[i] == JK_TEST_FSYNC);
    g_unlink (self->path);
    assert_int_equal (jk_test_folder_count (self->folder), 0);
  }
}

static void
a_folder_that_is_missing_is_named (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "none/a.jkjournal");

  assert_false (jk_journal_store_make (jk_test_world_get (self->world), path, &self->meta, &error));
  assert_non_null (strstr (error->message, "none/a.jkjournal"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

static void
a_name_that_cannot_be_read_counts_as_there (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->world);

  assert_false (is_there (self));
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_OPEN, 1, EIO, JK_TEST_ONCE);
  assert_true (is_there (self));
  jk_test_storage_heal (disk);
  assert_true (make (self, NULL));
  assert_true (is_there (self));
  assert_int_equal (jk_test_storage_get_n_open (disk), 0);
}

static void
assert_text (Fixture *self, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->folder, name);

  assert_int_equal (g_bytes_get_size (bytes), strlen (text));
  assert_memory_equal (g_bytes_get_data (bytes, NULL), text, strlen (text));
}

static void
set_aside (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  jk_journal_store_set_aside (jk_test_world_get (self->world), self->path, &error);
  assert_ok (error);
  assert_false (is_there (self));
}

static void
put (Fixture *self, const char *name, const char *text)
{
  g_free (jk_test_folder_put_text (self->folder, name, text));
}

static void
what_is_set_aside_keeps_its_log_and_all_names (void **state)
{
  Fixture *self = *state;

  set_aside (self);
  assert_int_equal (jk_test_folder_count (self->folder), 0);
  put (self, "a.jkjournal", "one");
  put (self, "a.jkjournal-wal", "log of one");
  set_aside (self);
  put (self, "a.jkjournal", "two");
  set_aside (self);
  /* Killed after the file was moved: its log follows. */
  put (self, "a.jkjournal-wal", "log of two");
  set_aside (self);
  put (self, "a.jkjournal-wal", "log of none");
  set_aside (self);
  assert_text (self, "a.jkjournal.old1", "one");
  assert_text (self, "a.jkjournal.old1-wal", "log of one");
  assert_text (self, "a.jkjournal.old2", "two");
  assert_text (self, "a.jkjournal.old2-wal", "log of two");
  assert_text (self, "a.jkjournal.old3-wal", "log of none");
  assert_int_equal (jk_test_folder_count (self->folder), 5);
}

static void
nothing_is_overwritten_when_all_names_are_taken (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  put (self, "a.jkjournal.old99", "the last");
  put (self, "a.jkjournal", "one more");
  assert_false (jk_journal_store_set_aside (jk_test_world_get (self->world), self->path, &error));
  assert_non_null (strstr (error->message, "99 files"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_text (self, "a.jkjournal.old99", "the last");
  assert_text (self, "a.jkjournal", "one more");
}

static void
whatever_call_fails_what_is_set_aside_is_there (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->world);
  static const JkTestCall calls[] = { JK_TEST_RENAME, JK_TEST_RENAME, JK_TEST_FSYNC };

  put (self, "a.jkjournal", "one");
  put (self, "a.jkjournal-wal", "log of one");
  for (guint n = 0; n < G_N_ELEMENTS (calls); n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, calls[n], n == 1 ? 2 : 1, EIO, JK_TEST_ONCE);
    if (n == 2)
      put (self, "a.jkjournal", "two");
    assert_false (jk_journal_store_set_aside (jk_test_world_get (self->world), self->path, &error));
    assert_non_null (strstr (error->message, jk_test_folder_get_path (self->folder)));
    jk_test_storage_heal (disk);
  }
  set_aside (self);
  assert_text (self, "a.jkjournal.old1", "one");
  assert_text (self, "a.jkjournal.old2", "two");
  assert_text (self, "a.jkjournal.old2-wal", "log of one");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_store_is_made_for_its_owner_only),
    TEST (what_a_killed_attempt_left_is_no_obstacle),
    TEST (a_refused_call_leaves_nothing_under_the_name),
    TEST (a_folder_that_is_missing_is_named),
    TEST (a_name_that_cannot_be_read_counts_as_there),
    TEST (what_is_set_aside_keeps_its_log_and_all_names),
    TEST (nothing_is_overwritten_when_all_names_are_taken),
    TEST (whatever_call_fails_what_is_set_aside_is_there),
  };
  return cmocka_run_group_tests_name ("journal-store", tests, check_setup, NULL);
}
