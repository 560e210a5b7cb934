/* SPDX-License-Identifier: Apache-2.0 */
#include "check-journal.h"

#include "sitting/journal-replace.h"

#include <errno.h>

/* A closed store of four rows. */
static void
make_store (Fixture *self)
{
  JkJournal *journal = must_create (self);
  g_autoptr (GError) error = NULL;

  check_run_up (journal, &error);
  assert_ok (error);
  guint64 ticket = check_post (journal, JK_EVENT_ANSWERED, 1000, 1, 1, &error);
  assert_true (jk_journal_wait (journal, ticket, &error));
  jk_journal_free (journal);
}

static void
open_keys (Fixture *self, JkJournalKeys *out_keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournalDb) db =
      jk_journal_db_open (self->path, jk_test_vfs_get_name (self->vfs), JK_JOURNAL_DURABLE, &error);

  assert_ok (error);
  jk_journal_keys_unseal (out_keys,
                          self->world->random,
                          jk_journal_db_get_meta (db),
                          self->reader,
                          &error);
  assert_ok (error);
}

static void
assert_newest (Fixture *self, const char *tail)
{
  g_autofree char *expected = g_strconcat (self->path, tail, NULL);
  g_autofree char *newest = jk_journal_dup_newest (self->world, self->path);
  assert_string_equal (newest, expected);
}

static void
copies_count_up_and_the_last_is_the_store (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkJournalKeys keys;

  make_store (self);
  open_keys (self, &keys);
  assert_newest (self, "");
  for (guint n = 1; n <= JK_JOURNAL_REPLACED_MAX; n++) {
    guint64 last = 0;
    g_autofree char *tail = g_strdup_printf (".r%u", n);
    g_autoptr (JkJournalDb) db = jk_journal_replace (self->world, self->path, &keys, &last, &error);
    assert_ok (error);
    assert_int_equal (last, 4);
    assert_newest (self, tail);
  }
  guint64 last = 0;
  assert_null (jk_journal_replace (self->world, self->path, &keys, &last, &error));
  assert_non_null (strstr (error->message, "another PC"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);

  g_autoptr (JkJournal) journal = must_open (self);
  assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), 4);
  jk_journal_keys_clear (&keys);
}

static void
a_row_that_does_not_open_makes_no_copy (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkJournalKeys keys;
  guint64 last = 0;

  make_store (self);
  open_keys (self, &keys);
  jk_secret_get_mutable (keys.key)[0] ^= 1;
  assert_null (jk_journal_replace (self->world, self->path, &keys, &last, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_newest (self, "");
  jk_journal_keys_clear (&keys);
}

static void
whatever_call_fails_the_last_name_is_a_whole_store (void **state)
{
  Fixture *self = *state;
  gboolean has_failed = TRUE;
  JkJournalKeys keys;
  guint n = 1, n_done = 0;

  make_store (self);
  open_keys (self, &keys);
  /* The log of the copy grows by two thousand like calls; of these a sample. */
  while (has_failed && n_done < JK_JOURNAL_REPLACED_MAX) {
    guint64 last = 0;
    jk_test_vfs_heal (self->vfs);
    jk_test_vfs_fail (self->vfs, n, n % 2 == 0, TRUE);
    JkJournalDb *db = jk_journal_replace (self->world, self->path, &keys, &last, NULL);
    has_failed = jk_test_vfs_has_failed (self->vfs);
    jk_journal_db_free (db);
    jk_test_vfs_heal (self->vfs);
    n_done += db != NULL ? 1 : 0;
    g_autoptr (JkJournal) journal = must_open (self);
    assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), 4);
    assert_int_equal (jk_replay_get_answer (jk_journal_get_replay (journal), 1), 1);
    n += n < 30 ? 3 : 41;
  }
  jk_journal_keys_clear (&keys);
}

static void
a_name_that_cannot_be_given_leaves_the_old_store (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);
  g_autoptr (GError) error = NULL;
  JkJournalKeys keys;
  guint64 last = 0;

  make_store (self);
  open_keys (self, &keys);
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_RENAME, 1, EIO, JK_TEST_ONCE);
  assert_null (jk_journal_replace (self->world, self->path, &keys, &last, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_newest (self, "");
  jk_test_storage_heal (disk);
  g_autoptr (JkJournalDb) db = jk_journal_replace (self->world, self->path, &keys, &last, &error);
  assert_ok (error);
  assert_newest (self, ".r1");
  jk_journal_keys_clear (&keys);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (copies_count_up_and_the_last_is_the_store),
    TEST (a_row_that_does_not_open_makes_no_copy),
    TEST (whatever_call_fails_the_last_name_is_a_whole_store),
    TEST (a_name_that_cannot_be_given_leaves_the_old_store),
  };
  return cmocka_run_group_tests_name ("journal-replace", tests, check_setup, NULL);
}
