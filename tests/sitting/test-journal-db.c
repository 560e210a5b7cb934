/* SPDX-License-Identifier: Apache-2.0 */
#include "check-journal-db.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#define ROWS 200

static JkJournalDb *
make_and_open (Fixture *self)
{
  make (self);
  return open_with (self, JK_JOURNAL_DURABLE);
}

static void
add (JkJournalDb *db, guint64 sequence)
{
  g_autoptr (GError) error = NULL;
  guint8 box[92] = { (guint8) sequence };

  jk_journal_db_add_row (db, sequence, box, sizeof box, &error);
  assert_ok (error);
}

/* Changes the closed file behind the journal's back. */
static void
change (Fixture *self, const char *sql)
{
  sqlite3 *db = NULL;

  assert_int_equal (sqlite3_open (self->path, &db), SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail_msg ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}

static void
assert_refused (Fixture *self, JkSittingError code)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_journal_db_open (self->path,
                                   jk_test_vfs_get_name (self->vfs),
                                   JK_JOURNAL_DURABLE,
                                   &error));
  assert_non_null (strstr (error->message, "a.jkjournal"));
  assert_error (error, JK_SITTING_ERROR, code);
}

static goffset
measure_log (Fixture *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  GStatBuf info;

  assert_int_equal (g_stat (log, &info), 0);
  return info.st_size;
}

static gboolean
count_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  guint64 *n = user_data;

  assert_int_equal (sequence, ++*n);
  assert_int_equal (size, 92);
  assert_int_equal (box[0], (guint8) sequence);
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

static void
a_new_file_gives_its_meta_and_nothing_else (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);
  const JkJournalMeta *meta = jk_journal_db_get_meta (db);
  g_autoptr (GBytes) box = NULL;

  assert_int_equal (meta->version, 1);
  assert_int_equal (meta->suite, 1);
  assert_int_equal (meta->session.bytes[0], 2);
  assert_int_equal (meta->sitting[0], 3);
  assert_int_equal (g_bytes_get_size (meta->key), 6);
  assert_int_equal (count_rows (db), 0);
  assert_true (jk_journal_db_read_time (db, &box, NULL));
  assert_null (box);
  assert_true (jk_journal_db_read_side (db, "paper", &box, NULL));
  assert_null (box);
  jk_journal_db_free (NULL);
}

static void
a_made_file_stands_alone (void **state)
{
  Fixture *self = *state;

  make (self);
  assert_int_equal (jk_test_folder_count (self->folder), 1);
}

static void
every_table_is_strict (void **state)
{
  Fixture *self = *state;
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;

  make (self);
  assert_int_equal (sqlite3_open (self->path, &db), SQLITE_OK);
  sqlite3_prepare_v2 (db,
                      "SELECT count (*), sum (strict) FROM pragma_table_list "
                      "WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
                      -1,
                      &statement,
                      NULL);
  assert_int_equal (sqlite3_step (statement), SQLITE_ROW);
  assert_int_equal (sqlite3_column_int (statement, 0), 4);
  assert_int_equal (sqlite3_column_int (statement, 1), 4);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
what_is_added_is_read_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);
  g_autoptr (GBytes) side = NULL;
  g_autoptr (GBytes) time = NULL;

  assert_true (jk_journal_db_begin (db, NULL));
  add (db, 1);
  add (db, 2);
  assert_true (jk_journal_db_add_side (db, "item 1", "box", 3, NULL));
  assert_true (jk_journal_db_put_time (db, "old", 3, NULL));
  assert_true (jk_journal_db_put_time (db, "newer", 5, NULL));
  assert_true (jk_journal_db_commit (db, NULL));
  g_clear_pointer (&db, jk_journal_db_free);
  db = open_with (self, JK_JOURNAL_DURABLE);
  assert_int_equal (count_rows (db), 2);
  assert_true (jk_journal_db_read_side (db, "item 1", &side, NULL));
  assert_int_equal (g_bytes_get_size (side), 3);
  assert_true (jk_journal_db_read_time (db, &time, NULL));
  assert_int_equal (g_bytes_get_size (time), 5);
}

static gboolean
refuse_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  guint *n = user_data;

  g_set_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN, "Enough of these rows now.");
  return ++*n < 2;
}

static void
a_walk_can_be_ended (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);
  GError *error = NULL;
  guint n = 1;

  add (db, 1);
  add (db, 2);
  assert_false (jk_journal_db_each_row (db, refuse_row, &n, &error));
  assert_int_equal (n, 2);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
each_row_costs_one_sync (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);

  grow (db);
  jk_test_vfs_heal (self->vfs);
  for (guint64 i = 1; i <= ROWS; i++)
    add (db, i);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), ROWS);
  assert_true (jk_test_vfs_get_n_writes (self->vfs) < 3 * ROWS);

  assert_true (jk_journal_db_checkpoint (db, record, sizeof record, NULL));
  jk_test_vfs_heal (self->vfs);
  for (guint64 i = 1; i <= ROWS; i++)
    add (db, ROWS + i);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), ROWS);
}

static void
rows_do_not_change_the_size_of_the_log (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);

  grow (db);
  goffset size = measure_log (self);
  assert_true (size > 1000 * 4096);
  for (guint64 i = 1; i <= ROWS; i++)
    add (db, i);
  assert_int_equal (measure_log (self), size);
  assert_true (jk_journal_db_get_log_pages (db) >= ROWS);
  assert_true (jk_journal_db_checkpoint (db, record, sizeof record, NULL));
  assert_int_equal (jk_journal_db_get_log_pages (db), 1);
  assert_int_equal (measure_log (self), size);
}

/* Adds rows until the power fails; the number of rows that were said to be on disk. */
static guint64
add_until_cut (Fixture *self, JkJournalSync sync, guint n, guint64 seed)
{
  g_autoptr (JkJournalDb) db = open_with (self, sync);
  guint8 box[92] = { 0 };
  guint64 done = 0;

  jk_test_vfs_cut_at (self->vfs, n, seed);
  for (box[0] = 1; box[0] < 100; box[0]++) {
    if (!jk_journal_db_add_row (db, box[0], box, sizeof box, NULL))
      break;
    done = box[0];
  }
  if (!jk_test_vfs_is_cut (self->vfs))
    jk_test_vfs_cut (self->vfs, seed);
  jk_journal_db_abandon (db);
  return done;
}

/* How many of some cuts lost a row that was said to be on disk. */
static guint
count_losses (Fixture *self, JkJournalSync sync)
{
  guint n_lost = 0;

  for (guint n = 1; n <= 120; n += 7) {
    g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
    g_unlink (log);
    g_file_set_contents (self->path, "", 0, NULL);
    make (self);
    guint64 done = add_until_cut (self, sync, n, n % 3);
    jk_test_vfs_restore (self->vfs);

    g_autoptr (JkJournalDb) db = open_with (self, JK_JOURNAL_DURABLE);
    n_lost += count_rows (db) < done ? 1 : 0;
  }
  return n_lost;
}

static void
a_row_on_disk_survives_a_power_cut (void **state)
{
  Fixture *self = *state;

  jk_test_vfs_use_power_cuts (self->vfs);
  assert_int_equal (count_losses (self, JK_JOURNAL_DURABLE), 0);
}

static void
without_syncs_a_power_cut_loses_rows (void **state)
{
  Fixture *self = *state;

  jk_test_vfs_use_power_cuts (self->vfs);
  assert_true (count_losses (self, JK_JOURNAL_FORGETFUL) > 0);
}

static void
an_abandoned_file_is_not_written_by_closing (void **state)
{
  Fixture *self = *state;
  JkJournalDb *db = make_and_open (self);

  add (db, 1);
  jk_journal_db_abandon (db);
  jk_test_vfs_heal (self->vfs);
  jk_journal_db_free (db);
  assert_int_equal (jk_test_vfs_get_n_writes (self->vfs), 0);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), 0);

  db = open_with (self, JK_JOURNAL_DURABLE);
  assert_int_equal (count_rows (db), 1);
  jk_journal_db_free (db);
}

static void
a_newer_version_is_refused (void **state)
{
  Fixture *self = *state;

  make (self);
  change (self, "UPDATE meta SET version = 2");
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
  change (self, "UPDATE meta SET version = 1, suite = 2");
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
}

static void
a_file_of_another_kind_is_refused (void **state)
{
  Fixture *self = *state;

  make (self);
  change (self, "UPDATE meta SET version = 0");
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
  change (self, "UPDATE meta SET version = 1, session = x'01'");
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
  change (self, "DELETE FROM meta");
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
  change (self, "DROP TABLE meta");
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
  change (self, "CREATE VIEW meta AS SELECT 1 AS version");
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
  g_autofree char *noise = g_strnfill (8192, 'x');
  g_file_set_contents (self->path, noise, 8192, NULL);
  assert_refused (self, JK_SITTING_ERROR_FOREIGN);
}

static void
a_missing_file_is_refused (void **state)
{
  Fixture *self = *state;

  g_unlink (self->path);
  assert_refused (self, JK_SITTING_ERROR_STORE);
}

static void
a_damaged_file_is_refused (void **state)
{
  Fixture *self = *state;
  g_autofree char *data = NULL;
  gsize size;

  jk_journal_db_free (make_and_open (self));
  assert_true (g_file_get_contents (self->path, &data, &size, NULL));
  memset (data + 100, 0xee, 60);
  assert_true (g_file_set_contents (self->path, data, (gssize) size, NULL));
  assert_refused (self, JK_SITTING_ERROR_CHAIN);
}

static void
a_file_in_use_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);
  g_autoptr (GError) error = NULL;

  grow (db);
  assert_null (jk_journal_db_open (self->path,
                                   jk_test_vfs_get_name (self->vfs),
                                   JK_JOURNAL_DURABLE,
                                   &error));
  assert_non_null (strstr (error->message, "another program"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
}

static void
a_sequence_is_taken_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);
  g_autoptr (GError) error = NULL;

  add (db, 1);
  assert_false (jk_journal_db_add_row (db, 1, "x", 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
}

static void
a_full_disk_is_named (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournalDb) db = make_and_open (self);
  g_autoptr (GError) error = NULL;

  add (db, 1);
  jk_test_vfs_fail (self->vfs, 1, TRUE, TRUE);
  assert_false (jk_journal_db_add_row (db, 2, "x", 1, &error));
  assert_non_null (strstr (error->message, "full"));
  assert_non_null (strstr (error->message, "proctor"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
  jk_journal_db_abandon (db);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_new_file_gives_its_meta_and_nothing_else),
    TEST (a_made_file_stands_alone),
    TEST (every_table_is_strict),
    TEST (what_is_added_is_read_again),
    TEST (a_walk_can_be_ended),
    TEST (each_row_costs_one_sync),
    TEST (rows_do_not_change_the_size_of_the_log),
    TEST (a_row_on_disk_survives_a_power_cut),
    TEST (without_syncs_a_power_cut_loses_rows),
    TEST (an_abandoned_file_is_not_written_by_closing),
    TEST (a_newer_version_is_refused),
    TEST (a_file_of_another_kind_is_refused),
    TEST (a_missing_file_is_refused),
    TEST (a_damaged_file_is_refused),
    TEST (a_file_in_use_is_refused),
    TEST (a_sequence_is_taken_once),
    TEST (a_full_disk_is_named),
  };
  return cmocka_run_group_tests_name ("journal-db", tests, check_setup, NULL);
}
