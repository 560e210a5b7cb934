/* SPDX-License-Identifier: Apache-2.0 */
/* What lies where a second copy is to be made: an older one, one that knows more, or something
 * else. */
#include "check-copy.h"

#include "base/limits.h"

#include <errno.h>

static void
a_disk_that_forgot_does_not_overwrite_the_better_copy (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *stick = dup_stick (self);

  must_set (self, journal);
  answer (journal, 1000, 1, 1);
  copy_files (self, NAME, "before");
  answer (journal, 1001, 2, 1);
  g_clear_pointer (&journal, jk_journal_free);
  copy_files (self, "before", NAME);

  journal = must_open (self);
  assert_rows (journal, 4);
  assert_false (jk_journal_set_second (journal, stick, &error));
  assert_non_null (strstr (error->message, "forgotten"));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  assert_lost (journal);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, 5);
}

static void
a_disk_that_forgot_and_went_on_does_not_either (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *stick = dup_stick (self);

  must_set (self, journal);
  copy_files (self, NAME, "before");
  answer (journal, 1000, 1, 1);
  answer (journal, 1001, 2, 1);
  g_clear_pointer (&journal, jk_journal_free);
  copy_files (self, "before", NAME);
  g_autoptr (GBytes) copy = jk_test_folder_get_bytes (self->folder, "stick/" NAME);

  /* As many rows as the copy, then more: others all the same. */
  journal = must_open (self);
  for (guint i = 1; i < 5; i++) {
    answer (journal, 2000 + i, i, 2);
    assert_false (jk_journal_set_second (journal, stick, &error));
    assert_non_null (strstr (error->message, "forgotten"));
    assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  }
  assert_int_equal (jk_journal_get_n_aside (journal), 0);
  g_autoptr (GBytes) after = jk_test_folder_get_bytes (self->folder, "stick/" NAME);
  assert_true (g_bytes_equal (copy, after));
}

/* What lay in the place of the copy is NAME.oldN now, and the copy lives. */
static void
assert_aside (Fixture *self, JkJournal *journal, guint n, GBytes *was)
{
  g_autofree char *name = g_strdup_printf ("stick/" NAME ".old%u", n);

  must_set (self, journal);
  assert_int_equal (jk_journal_get_n_aside (journal), n);
  g_autoptr (GBytes) is = jk_test_folder_get_bytes (self->folder, name);
  assert_true (g_bytes_equal (is, was));
  answer (journal, 1000 + n, n, 1);
}

static void
what_is_no_copy_of_this_sitting_is_moved_aside (void **state)
{
  Fixture *self = *state;
  g_autofree char *path = g_strdup (self->path);
  g_autoptr (GError) error = NULL;

  g_free (dup_stick (self));
  g_free (self->path); /* seeded chance makes another sitting of another name */
  self->path = jk_test_folder_dup_path (self->folder, "00008.jkjournal");
  g_autoptr (JkJournal) journal = running (self);
  g_clear_pointer (&journal, jk_journal_free);
  copy_files (self, "00008.jkjournal", "stick/" NAME);
  g_autoptr (GBytes) other = jk_test_folder_get_bytes (self->folder, "stick/" NAME);
  g_free (self->path);
  self->path = g_steal_pointer (&path);

  journal = running (self);
  assert_aside (self, journal, 1, other);
  jk_journal_set_second (journal, NULL, &error);
  assert_ok (error);
  g_free (jk_test_folder_put_text (self->folder, "stick/" NAME, "no store, but something"));
  g_free (jk_test_folder_put_text (self->folder, "stick/" NAME "-wal", "and its log"));
  g_autoptr (GBytes) text = jk_test_folder_get_bytes (self->folder, "stick/" NAME);
  assert_aside (self, journal, 2, text);
  g_autoptr (GBytes) log = jk_test_folder_get_bytes (self->folder, "stick/" NAME ".old2-wal");
  assert_int_equal (g_bytes_get_size (log), 11);
  guint64 acknowledged = jk_journal_get_acknowledged (journal);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, acknowledged);
}

/* Some byte of an older copy at a time: it is taken for a copy and replaced, or moved
 * aside; it never keeps the new one from being made, and never vanishes damaged. */
static void
a_damaged_copy_is_moved_aside (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  guint n_aside = 0;

  must_set (self, journal);
  answer (journal, 1000, 1, 1);
  g_clear_pointer (&journal, jk_journal_free);
  g_autoptr (GBytes) whole = jk_test_folder_get_bytes (self->folder, "stick/" NAME);
  journal = must_open (self);
  for (gsize at = 1; at < g_bytes_get_size (whole); at += 397) {
    g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
    g_autoptr (GBytes) damaged = NULL;
    bytes[at] ^= 0x40;
    damaged = g_bytes_new (bytes, g_bytes_get_size (whole));
    jk_journal_set_second (journal, NULL, NULL);
    forget_files (self, "stick/" NAME);
    g_free (jk_test_folder_put (self->folder, "stick/" NAME, damaged));
    must_set (self, journal);
    if (jk_journal_get_n_aside (journal) == n_aside)
      continue;
    g_autofree char *name = g_strdup_printf ("stick/" NAME ".old%u", ++n_aside);
    g_autoptr (GBytes) is = jk_test_folder_get_bytes (self->folder, name);
    assert_true (g_bytes_equal (is, damaged));
  }
  assert_in_range (n_aside, 3, JK_JOURNAL_ASIDE_MAX);
}

static void
a_damaged_copy_that_has_more_stays_where_it_is (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *stick = dup_stick (self);
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "stick/" NAME);

  must_set (self, journal);
  copy_files (self, NAME, "before");
  answer (journal, 1000, 1, 1);
  answer (journal, 1001, 2, 1);
  g_clear_pointer (&journal, jk_journal_free);
  copy_files (self, "before", NAME);
  /* Its last row is another one's bytes. */
  g_autoptr (JkJournalDb) db = jk_journal_db_open (path, NULL, JK_JOURNAL_DURABLE, &error);
  assert_ok (error);
  assert_true (jk_journal_db_add_row (db, 6, "what was never closed", 21, &error));
  g_clear_pointer (&db, jk_journal_db_free);

  journal = must_open (self);
  assert_false (jk_journal_set_second (journal, stick, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  assert_int_equal (jk_journal_get_n_aside (journal), 0);
}

/* What the log of an older copy holds is nowhere else when the PC forgets. */
static void
an_older_copy_is_whole_until_the_new_one_has_its_name (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *stick = dup_stick (self);

  must_set (self, journal);
  answer (journal, 1000, 1, 1);
  answer (journal, 1001, 2, 1);
  copy_files (self, "stick/" NAME, "taken"); /* as a kill leaves it */
  g_clear_pointer (&journal, jk_journal_free);
  copy_files (self, "taken", "stick/" NAME);
  journal = must_open (self);
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_RENAME, 1, EIO, JK_TEST_ONCE);
  assert_false (jk_journal_set_second (journal, stick, &error));
  assert_true (jk_test_storage_has_failed (disk));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  jk_test_storage_heal (disk);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_disk_that_forgot_does_not_overwrite_the_better_copy),
    TEST (a_disk_that_forgot_and_went_on_does_not_either),
    TEST (what_is_no_copy_of_this_sitting_is_moved_aside),
    TEST (a_damaged_copy_is_moved_aside),
    TEST (a_damaged_copy_that_has_more_stays_where_it_is),
    TEST (an_older_copy_is_whole_until_the_new_one_has_its_name),
  };
  return cmocka_run_group_tests_name ("journal-older", tests, check_setup, NULL);
}
