/* SPDX-License-Identifier: Apache-2.0 */
/* The way back from a second copy, of one store. */
#include "check-journal.h"

#include "sitting/journal-recover.h"

#include <errno.h>
#include <glib/gstdio.h>

#define NAME "00007.jkjournal"

static gboolean
is_gap_or_head (guint16 event)
{
  return event == JK_EVENT_GAP || event == JK_EVENT_HEAD;
}

static JkJournalRecovery
how_of (Fixture *self)
{
  return (JkJournalRecovery){
    .world = self->world,
    .session = &session,
    .reader = self->reader,
    .is_idle = is_gap_or_head,
  };
}

static gboolean
recover (Fixture *self, gboolean *out_done, GError **error)
{
  const JkJournalRecovery how = how_of (self);
  g_autofree char *stick = jk_test_folder_dup_path (self->folder, "stick");

  return jk_journal_recover (&how, self->path, stick, out_done, error);
}

static void
must_recover (Fixture *self, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  gboolean done = !expected;

  recover (self, &done, &error);
  assert_ok (error);
  assert_int_equal (done, expected);
}

static void
assert_refused (Fixture *self, GQuark domain, int code, const char *word)
{
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  assert_false (recover (self, &done, &error));
  assert_false (done);
  if (strstr (error->message, word) == NULL)
    fail_msg ("%s", error->message);
  assert_error (error, domain, code);
}

/* A store of 6 rows of which the stick has all, and "before" the first 4. */
static void
live (Fixture *self)
{
  g_autofree char *stick = jk_test_folder_dup_path (self->folder, "stick");
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournal) journal = NULL;

  g_mkdir (stick, 0700);
  journal = running (self);
  answer (journal, 1000, 1, 1);
  g_clear_pointer (&journal, jk_journal_free);
  g_autoptr (GBytes) before = jk_test_folder_get_bytes (self->folder, NAME);
  g_free (jk_test_folder_put (self->folder, "before", before));
  journal = must_open (self);
  jk_journal_set_second (journal, stick, &error);
  assert_ok (error);
  answer (journal, 1001, 2, 1);
  answer (journal, 1002, 3, 1);
}

/* The disk is again as it was then; without a name: empty. */
static void
forget (Fixture *self, const char *as)
{
  g_unlink (self->path);
  if (as == NULL)
    return;
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->folder, as);
  g_free (jk_test_folder_put (self->folder, NAME, bytes));
}

static void
assert_whole (Fixture *self)
{
  g_autoptr (JkJournal) journal = must_open (self);
  const JkReplay *replay = jk_journal_get_replay (journal);

  assert_int_equal (jk_replay_get_n_rows (replay), 6);
  for (guint i = 1; i < 4; i++)
    assert_int_equal (jk_replay_get_answer (replay, i), 1);
  answer (journal, 5000, 4, 1);
}

static void
a_store_that_is_gone_comes_back (void **state)
{
  Fixture *self = *state;
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);

  live (self);
  g_autoptr (GBytes) copy = jk_test_folder_get_bytes (self->folder, "stick/" NAME);
  must_recover (self, FALSE);
  forget (self, NULL);
  /* A log without its file, which must not be taken for the new one's. */
  assert_true (g_file_set_contents (log, "some log", -1, NULL));
  must_recover (self, TRUE);
  assert_whole (self);
  must_recover (self, FALSE);
  g_autoptr (GBytes) after = jk_test_folder_get_bytes (self->folder, "stick/" NAME);
  assert_true (g_bytes_equal (copy, after));
  g_autoptr (GBytes) aside = jk_test_folder_get_bytes (self->folder, NAME ".old1-wal");
  assert_int_equal (g_bytes_get_size (aside), 8);
}

static void
a_store_that_forgot_some_gets_a_new_file_and_keeps_the_old (void **state)
{
  Fixture *self = *state;

  live (self);
  forget (self, "before");
  must_recover (self, TRUE);
  g_autoptr (GBytes) before = jk_test_folder_get_bytes (self->folder, "before");
  g_autoptr (GBytes) now = jk_test_folder_get_bytes (self->folder, NAME);
  assert_true (g_bytes_equal (before, now));
  assert_whole (self);
}

static void
a_store_that_cannot_be_read_gets_a_new_file_too (void **state)
{
  Fixture *self = *state;

  live (self);
  g_free (jk_test_folder_put_text (self->folder, NAME, "not what it was"));
  must_recover (self, TRUE);
  assert_whole (self);
}

static void
what_a_pc_wrote_by_itself_is_passed_over (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkGap gap = { .restarts = 1, .kind = JK_GAP_RESTART };

  live (self);
  forget (self, "before");
  g_autoptr (JkJournal) journal = must_open (self);
  gsize size = jk_payload_put_gap (payload, &gap);
  guint64 ticket =
      jk_journal_post (journal, JK_EVENT_GAP, 1000, payload, size, NULL, 0, JK_JOURNAL_NOW, &error);
  assert_true (jk_journal_wait (journal, ticket, &error));
  g_clear_pointer (&journal, jk_journal_free);
  must_recover (self, TRUE);
  assert_whole (self);
}

static void
two_branches_are_both_kept (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = NULL;

  live (self);
  forget (self, "before");
  journal = must_open (self);
  answer (journal, 1001, 2, 2);
  g_clear_pointer (&journal, jk_journal_free);
  g_autoptr (GBytes) here = jk_test_folder_get_bytes (self->folder, NAME);
  assert_refused (self, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS, "two proctors");
  g_autoptr (GBytes) after = jk_test_folder_get_bytes (self->folder, NAME);
  assert_true (g_bytes_equal (here, after));
}

static void
what_is_no_copy_for_this_pc_is_refused (void **state)
{
  Fixture *self = *state;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  JkSealPublic public;

  g_autofree char *stick = jk_test_folder_dup_path (self->folder, "stick");
  g_mkdir (stick, 0700);
  assert_refused (self, JK_BASE_ERROR, JK_BASE_ERROR_MISSING, "put in the stick");
  live (self);
  forget (self, NULL);
  g_autoptr (JkSecret) other = jk_seal_key_new (self->world->random, "other: key", 0, &public);
  JkSecret *mine = self->reader;
  self->reader = other;
  assert_refused (self, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN, "another PC");
  self->reader = mine;
  JkJournalRecovery how = how_of (self);
  const JkDigest other_session = { { 9 } };
  gboolean done;
  how.session = &other_session;
  assert_false (jk_journal_recover (&how, self->path, stick, &done, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);

  path = jk_test_folder_dup_path (self->folder, "stick/" NAME);
  g_autoptr (JkJournalDb) db = jk_journal_db_open (path, NULL, JK_JOURNAL_DURABLE, &error);
  assert_ok (error);
  assert_true (jk_journal_db_add_row (db, 7, "what was never closed", 21, &error));
  g_clear_pointer (&db, jk_journal_db_free);
  assert_refused (self, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN, "damaged");
  g_free (jk_test_folder_put_text (self->folder, "stick/" NAME, "no store, but something"));
  assert_refused (self, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN, NAME);
  assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
whatever_call_fails_it_can_be_taken_back_afterwards (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);
  gboolean done = FALSE;

  live (self);
  for (guint n = 1; !done; n++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *next = jk_test_folder_dup_path (self->folder, NAME ".r1");
    g_unlink (next);
    forget (self, "before");
    jk_test_storage_heal (disk);
    /* Names are looked for by calls that answer alike; these two kinds do something. */
    jk_test_storage_fail (disk,
                          n == 1 ? JK_TEST_RENAME : JK_TEST_FSYNC,
                          n == 1 ? 1 : n - 1,
                          EIO,
                          JK_TEST_ONCE);
    if (!recover (self, &done, &error)) {
      assert_non_null (error);
      assert_true (jk_test_storage_has_failed (disk));
    }
    jk_test_storage_heal (disk);
    assert_true (n < 20);
  }
  assert_whole (self);
}

static void
whatever_call_of_sqlite_fails_it_can_be_taken_back_afterwards (void **state)
{
  Fixture *self = *state;
  gboolean has_failed = TRUE;

  live (self);
  for (guint n = 1; has_failed; n += n < 60 ? 1 : 397) {
    g_autoptr (GError) error = NULL;
    g_autofree char *next = jk_test_folder_dup_path (self->folder, NAME ".r1");
    g_autofree char *log = jk_test_folder_dup_path (self->folder, NAME ".r1-wal");
    gboolean done = FALSE;
    g_unlink (next);
    g_unlink (log);
    forget (self, "before");
    jk_test_vfs_heal (self->vfs);
    jk_test_vfs_fail (self->vfs, n, n % 2 == 0, n % 3 == 0);
    if (!recover (self, &done, &error))
      assert_non_null (error);
    has_failed = jk_test_vfs_has_failed (self->vfs);
    jk_test_vfs_heal (self->vfs);
    if (!done)
      recover (self, &done, NULL);
    assert_true (done || g_file_test (next, G_FILE_TEST_EXISTS));
    g_autoptr (JkJournal) journal = must_open (self);
    assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), 6);
  }
}

static void
only_a_store_of_this_pc_that_is_not_here_is_forgotten (void **state)
{
  Fixture *self = *state;
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "stick/" NAME);
  const guint8 other_id[JK_SITTING_ID_BYTES] = { 1 };
  guint8 id[JK_SITTING_ID_BYTES];
  JkSealPublic public;

  assert_false (jk_journal_is_forgotten (self->world, path, NULL, &session, self->reader));
  live (self);
  g_autoptr (JkJournal) journal = must_open (self);
  memcpy (id, jk_journal_get_sitting_id (journal), sizeof id);
  g_clear_pointer (&journal, jk_journal_free);
  assert_true (jk_journal_is_forgotten (self->world, path, NULL, &session, self->reader));
  assert_true (jk_journal_is_forgotten (self->world, path, other_id, &session, self->reader));
  assert_false (jk_journal_is_forgotten (self->world, path, id, &session, self->reader));
  g_autoptr (JkSecret) other = jk_seal_key_new (self->world->random, "other: key", 0, &public);
  assert_false (jk_journal_is_forgotten (self->world, path, NULL, &session, other));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_store_that_is_gone_comes_back),
    TEST (a_store_that_forgot_some_gets_a_new_file_and_keeps_the_old),
    TEST (a_store_that_cannot_be_read_gets_a_new_file_too),
    TEST (what_a_pc_wrote_by_itself_is_passed_over),
    TEST (two_branches_are_both_kept),
    TEST (what_is_no_copy_for_this_pc_is_refused),
    TEST (whatever_call_fails_it_can_be_taken_back_afterwards),
    TEST (whatever_call_of_sqlite_fails_it_can_be_taken_back_afterwards),
    TEST (only_a_store_of_this_pc_that_is_not_here_is_forgotten),
  };
  return cmocka_run_group_tests_name ("journal-recover", tests, check_setup, NULL);
}
