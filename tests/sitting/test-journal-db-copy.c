/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/journal-db.h"
#include "support/vfs.h"

#define ROWS 50

typedef struct {
  JkTestFolder *folder;
  JkTestVfs *vfs;
  JkJournalDb *db;
} Fixture;

static char *
make (Fixture *self, const char *name)
{
  g_auto (JkJournalMeta) meta = {
    .version = 1,
    .suite = 1,
    .key = g_bytes_new_static ("key", 3),
  };
  char *path = jk_test_folder_put_text (self->folder, name, "");

  assert_true (jk_journal_db_make (path, jk_test_vfs_get_name (self->vfs), &meta, NULL));
  return path;
}

static JkJournalDb *
open_db (Fixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  JkJournalDb *db =
      jk_journal_db_open (path, jk_test_vfs_get_name (self->vfs), JK_JOURNAL_DURABLE, &error);

  assert_ok (error);
  return db;
}

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  guint8 box[92] = { 1 };

  self->folder = jk_test_folder_new ();
  self->vfs = jk_test_vfs_new ();
  g_autofree char *path = make (self, "a.jkjournal");
  self->db = open_db (self, path);
  for (guint i = 1; i <= ROWS; i++)
    jk_journal_db_add_row (self->db, i, box, sizeof box, NULL);
  jk_journal_db_add_side (self->db, "paper", "a big entry", 11, NULL);
  jk_journal_db_put_time (self->db, box, 80, NULL);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_journal_db_free (self->db);
  jk_test_vfs_free (self->vfs);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static gboolean
count_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  guint64 *n = user_data;
  return sequence == ++*n && size == 92 && box[0] == 1;
}

static void
assert_whole (Fixture *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournalDb) db = open_db (self, path);
  g_autoptr (GBytes) side = NULL;
  g_autoptr (GBytes) time = NULL;
  guint64 n = 0;

  assert_true (jk_journal_db_each_row (db, count_row, &n, &error));
  assert_int_equal (n, ROWS);
  assert_true (jk_journal_db_read_side (db, "paper", &side, &error));
  assert_int_equal (g_bytes_get_size (side), 11);
  assert_true (jk_journal_db_read_time (db, &time, &error));
  assert_int_equal (g_bytes_get_size (time), 80);
}

static void
a_copy_holds_all_and_the_original_stays (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *to = make (self, "b.jkjournal");
  guint64 n = 0;

  assert_true (jk_journal_db_copy (self->db, to, &error));
  assert_whole (self, to);
  assert_true (jk_journal_db_each_row (self->db, count_row, &n, &error));
  assert_int_equal (n, ROWS);
}

static void
a_file_that_is_not_fresh_takes_no_copy (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *to = make (self, "b.jkjournal");

  assert_true (jk_journal_db_copy (self->db, to, &error));
  assert_false (jk_journal_db_copy (self->db, to, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
}

static void
whatever_call_fails_a_copy_that_says_so_is_whole (void **state)
{
  Fixture *self = *state;
  gboolean has_failed = TRUE;
  guint n_whole = 0;

  for (guint n = 1; has_failed; n++) {
    g_autofree char *name = g_strdup_printf ("copy-%u", n);
    g_autofree char *to = make (self, name);
    g_autofree char *from = jk_test_folder_dup_path (self->folder, "a.jkjournal");
    g_clear_pointer (&self->db, jk_journal_db_free);
    self->db = open_db (self, from);

    jk_test_vfs_heal (self->vfs);
    jk_test_vfs_fail (self->vfs, n, n % 2 == 0, n % 3 == 0);
    gboolean ok = jk_journal_db_copy (self->db, to, NULL);
    has_failed = jk_test_vfs_has_failed (self->vfs);
    jk_journal_db_abandon (self->db);
    g_clear_pointer (&self->db, jk_journal_db_free);
    jk_test_vfs_heal (self->vfs);
    if (ok) {
      assert_whole (self, to);
      n_whole++;
    }
  }
  assert_true (n_whole >= 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_copy_holds_all_and_the_original_stays),
    TEST (a_file_that_is_not_fresh_takes_no_copy),
    TEST (whatever_call_fails_a_copy_that_says_so_is_whole),
  };
  return cmocka_run_group_tests_name ("journal-db-copy", tests, check_setup, NULL);
}
