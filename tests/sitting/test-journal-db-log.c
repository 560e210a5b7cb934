/* SPDX-License-Identifier: Apache-2.0 */
#include "check-journal-db.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#define ROWS 20
#define CALLS_MAX 100 /* more than it takes to open a file and grow its log */

static void
add_rows (JkJournalDb *db)
{
  for (guint64 i = 1; i <= ROWS; i++)
    assert_true (jk_journal_db_add_row (db, i, record, sizeof record, NULL));
}

static gboolean
count_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  guint64 *n = user_data;

  assert_int_equal (sequence, ++*n);
  return TRUE;
}

static guint64
count_rows (JkJournalDb *db)
{
  g_autoptr (GError) error = NULL;
  guint64 n = 0;

  jk_journal_db_each_row (db, count_row, &n, &error);
  assert_ok (error);
  return n;
}

static goffset
measure_log (Fixture *self)
{
  GStatBuf info;

  assert_int_equal (g_stat (self->log, &info), 0);
  return info.st_size;
}

/* As a program leaves it that is killed: rows are in the log, not in the file. */
static void
leave_rows_in_the_log (Fixture *self, gboolean is_grown)
{
  g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);

  if (is_grown)
    grow (db);
  add_rows (db);
  jk_journal_db_abandon (db);
}

static void
a_log_that_is_large_is_not_written_again (void **state)
{
  Fixture *self = *state;

  make (self);
  leave_rows_in_the_log (self, TRUE);
  goffset size = measure_log (self);
  g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);
  jk_test_vfs_heal (self->vfs);
  grow (db);
  assert_in_range (jk_test_vfs_get_n_writes (self->vfs), 1, 20);
  assert_int_equal (measure_log (self), size);
  assert_int_equal (count_rows (db), ROWS);
}

static void
a_small_log_grows_and_keeps_its_rows (void **state)
{
  Fixture *self = *state;

  make (self);
  leave_rows_in_the_log (self, FALSE);
  assert_true (measure_log (self) < 100 * 4096);
  g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);
  grow (db);
  assert_true (measure_log (self) > 1000 * 4096);
  assert_int_equal (jk_journal_db_get_log_pages (db), 1);
  assert_int_equal (count_rows (db), ROWS);
}

static void
growing_takes_no_more_than_three_syncs (void **state)
{
  Fixture *self = *state;

  make (self);
  g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);
  jk_test_vfs_heal (self->vfs);
  grow (db);
  assert_in_range (jk_test_vfs_get_n_syncs (self->vfs), 1, 3);
}

/* TRUE while the power went before the log had grown. */
static gboolean
cut_while_growing (Fixture *self, guint n, guint64 seed)
{
  g_unlink (self->log);
  g_file_set_contents (self->path, "", 0, NULL);
  make (self);
  leave_rows_in_the_log (self, FALSE);
  JkJournalDb *db = open_with (self, JK_JOURNAL_DURABLE);
  jk_test_vfs_cut_at (self->vfs, n, seed);
  gboolean ok = jk_journal_db_grow (db, record, sizeof record, NULL);
  if (!jk_test_vfs_is_cut (self->vfs))
    jk_test_vfs_cut (self->vfs, seed);
  jk_journal_db_abandon (db);
  jk_journal_db_free (db);
  jk_test_vfs_restore (self->vfs);

  g_autoptr (JkJournalDb) again = open_with (self, JK_JOURNAL_DURABLE);
  assert_int_equal (count_rows (again), ROWS);
  grow (again);
  assert_int_equal (count_rows (again), ROWS);
  return !ok;
}

static void
a_power_cut_while_it_grows_loses_no_row (void **state)
{
  Fixture *self = *state;
  guint n = 1;

  jk_test_vfs_use_power_cuts (self->vfs);
  while (cut_while_growing (self, n, n % 3))
    n++;
  assert_in_range (n, 10, CALLS_MAX);
}

static void
a_disk_without_room_is_named (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  make (self);
  g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);
  jk_test_vfs_fill (self->vfs);
  assert_false (jk_journal_db_grow (db, record, sizeof record, &error));
  assert_non_null (strstr (error->message, "a.jkjournal"));
  assert_non_null (strstr (error->message, "full"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
  jk_journal_db_abandon (db);
}

static void
every_call_that_fails_once_is_told (void **state)
{
  Fixture *self = *state;
  guint n = 1;

  make (self);
  for (gboolean has_failed = TRUE; has_failed; n++) {
    g_autoptr (GError) error = NULL;
    g_unlink (self->log);
    g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);
    jk_test_vfs_fail (self->vfs, n, FALSE, FALSE);
    gboolean ok = jk_journal_db_grow (db, record, sizeof record, &error);
    has_failed = jk_test_vfs_has_failed (self->vfs);
    jk_test_vfs_heal (self->vfs);
    jk_journal_db_abandon (db);
    assert_int_equal (ok, !has_failed);
    if (!ok)
      assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
    g_clear_error (&error);
  }
  assert_in_range (n, 10, CALLS_MAX);
}

static void
a_file_that_keeps_no_log_works_without (void **state)
{
  Fixture *self = *state;
  sqlite3 *foreign = NULL;

  make (self);
  assert_int_equal (sqlite3_open (self->path, &foreign), SQLITE_OK);
  assert_int_equal (sqlite3_exec (foreign, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL),
                    SQLITE_OK);
  sqlite3_close (foreign);
  g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);
  grow (db);
  add_rows (db);
  assert_int_equal (count_rows (db), ROWS);
  assert_false (g_file_test (self->log, G_FILE_TEST_EXISTS));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_log_that_is_large_is_not_written_again),
    TEST (a_small_log_grows_and_keeps_its_rows),
    TEST (growing_takes_no_more_than_three_syncs),
    TEST (a_power_cut_while_it_grows_loses_no_row),
    TEST (a_disk_without_room_is_named),
    TEST (every_call_that_fails_once_is_told),
    TEST (a_file_that_keeps_no_log_works_without),
  };
  return cmocka_run_group_tests_name ("journal-db-log", tests, check_setup, NULL);
}
