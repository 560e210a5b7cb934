/* SPDX-License-Identifier: Apache-2.0 */
/* The second place of a journal's rows (design.md section 7). */
#include "check-copy.h"

#include "base/limits.h"

#include <errno.h>

static gboolean
note_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  guint64 *last = user_data;
  *last = sequence;
  return TRUE;
}

/* The last row in what lies on the stick now. */
static guint64
find_last_on_stick (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "taken");
  guint64 last = 0;

  copy_files (self, "stick/" NAME, "taken");
  g_autoptr (JkJournalDb) db = jk_journal_db_open (path, NULL, JK_JOURNAL_DURABLE, &error);
  assert_ok (error);
  assert_true (jk_journal_db_each_row (db, note_row, &last, &error));
  return last;
}

static void
every_acknowledged_row_is_in_both (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkSideEntry side = { "item 0", "something", 9 };

  answer (journal, 500, 0, 1);
  must_set (self, journal);
  gsize size = check_put_payload (payload, JK_EVENT_ANSWERED, 1, 1);
  guint64 ticket = jk_journal_post (journal,
                                    JK_EVENT_ANSWERED,
                                    600,
                                    payload,
                                    size,
                                    &side,
                                    1,
                                    JK_JOURNAL_NOW,
                                    &error);
  assert_true (jk_journal_wait (journal, ticket, &error));
  for (guint i = 2; i < 20; i++)
    answer (journal, 1000 + i, i, 1);
  jk_journal_note_time (journal, 7000);
  assert_null (jk_journal_read_side (journal, "no such entry", NULL));

  /* While the sitting goes on: nothing was closed in peace. */
  copy_files (self, "stick/" NAME, "stick/taken");
  guint64 acknowledged = jk_journal_get_acknowledged (journal);
  g_clear_pointer (&journal, jk_journal_free);
  forget_files (self, NAME);
  copy_files (self, "stick/taken", NAME);
  journal = must_open (self);
  assert_rows (journal, acknowledged);
  for (guint i = 0; i < 20; i++)
    assert_int_equal (jk_replay_get_answer (jk_journal_get_replay (journal), i), 1);
  assert_int_equal (jk_journal_get_durable_exam_ms (journal), 7000);
  g_autoptr (GBytes) item = jk_journal_read_side (journal, "item 0", &error);
  assert_ok (error);
  assert_int_equal (g_bytes_get_size (item), 9);
}

static void
a_row_is_acknowledged_when_the_copy_has_it (void **state)
{
  Fixture *self = *state;
  g_autofree char *stick = dup_stick (self);
  guint n_early = 0;
  g_autoptr (JkJournal) journal = running (self);

  must_set (self, journal);
  /* So slow that a row would be missed if it were acknowledged before. */
  jk_test_vfs_only (self->vfs, stick);
  jk_test_vfs_slow (self->vfs, G_USEC_PER_SEC / 50);
  for (guint i = 0; i < 5; i++) {
    answer (journal, 1000 + i, i, 1);
    n_early += find_last_on_stick (self) != 4 + i ? 1 : 0;
  }
  g_clear_pointer (&journal, jk_journal_free);
  assert_int_equal (n_early, 0);
}

static void
a_copy_that_was_closed_is_whole_in_one_file (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);

  must_set (self, journal);
  answer (journal, 1000, 1, 1);
  g_clear_pointer (&journal, jk_journal_free);
  g_autofree char *log = jk_test_folder_dup_path (self->folder, "stick/" NAME "-wal");
  assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  journal = resume_from_stick (self);
  assert_rows (journal, 4);
}

/* A copy whose n-th call fails; FALSE when no call was the n-th. */
static gboolean
live_with_fault (Fixture *self, JkJournal *journal, guint n)
{
  g_autofree char *stick = dup_stick (self);

  must_set (self, journal);
  jk_test_vfs_only (self->vfs, stick);
  jk_test_vfs_fail (self->vfs, n, n % 2 == 0, n % 3 == 0);
  for (guint i = 0; i < 3; i++) {
    answer (journal, n * 1000 + i, (3 * n + i) % CHECK_ITEMS, 1);
    jk_journal_note_time (journal, n * 1000 + i);
    assert_null (jk_journal_read_side (journal, "no such entry", NULL));
  }
  gboolean has_failed = jk_test_vfs_has_failed (self->vfs);
  if (has_failed)
    assert_lost (journal);
  jk_test_vfs_only (self->vfs, NULL);
  jk_test_vfs_heal (self->vfs);
  return has_failed;
}

static void
whatever_call_on_the_stick_fails_the_exam_goes_on (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  guint n = 1;

  while (live_with_fault (self, journal, n))
    n++;
  assert_true (n > 10);
  assert_int_equal (jk_journal_get_n_replaced (journal), 0);
  assert_int_equal (jk_journal_get_second_state (journal, NULL), JK_SECOND_ALIVE);
  assert_int_equal (jk_journal_get_acknowledged (journal), 3 + 3 * n);
  g_clear_pointer (&journal, jk_journal_free);
  journal = must_open (self);
  assert_rows (journal, 3 + 3 * n);
}

static void
whatever_call_fails_while_it_is_made_the_exam_goes_on (void **state)
{
  Fixture *self = *state;
  g_autofree char *stick = dup_stick (self);
  g_autoptr (JkJournal) journal = running (self);
  gboolean has_failed = TRUE;

  /* Its log grows by two thousand like calls; of these a sample. */
  for (guint n = 1; has_failed; n += n < 30 ? 1 : n < 80 ? 5 : 397) {
    g_autoptr (GError) error = NULL;
    forget_files (self, "stick/" NAME);
    jk_test_vfs_only (self->vfs, stick);
    jk_test_vfs_heal (self->vfs);
    jk_test_vfs_fail (self->vfs, n, n % 2 == 0, n % 3 == 0);
    gboolean ok = jk_journal_set_second (journal, stick, &error);
    has_failed = jk_test_vfs_has_failed (self->vfs);
    jk_test_vfs_heal (self->vfs);
    jk_test_vfs_only (self->vfs, NULL);
    if (!ok) {
      assert_non_null (strstr (error->message, "stick"));
      assert_lost (journal);
    }
    answer (journal, 1000 + n, n % CHECK_ITEMS, 1);
  }
  must_set (self, journal);
  guint64 acknowledged = jk_journal_get_acknowledged (journal);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, acknowledged);
}

static void
whatever_call_of_the_storage_fails_no_half_copy_gets_its_name (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);
  g_autofree char *stick = dup_stick (self);
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  guint n = 1;

  must_set (self, journal);
  for (gboolean has_failed = TRUE; has_failed; n++) {
    answer (journal, 1000 + n, n, 1);
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    jk_journal_set_second (journal, stick, &error);
    g_clear_error (&error);
    has_failed = jk_test_storage_has_failed (disk);
    jk_test_storage_heal (disk);
    answer (journal, 1000 + n, n, 2);
    must_set (self, journal);
  }
  assert_true (n > 6);
  guint64 acknowledged = jk_journal_get_acknowledged (journal);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, acknowledged);
}

static void
note_call (gpointer user_data)
{
  g_atomic_int_inc ((gint *) user_data);
}

static void
a_stick_that_is_pulled_is_lost_and_can_be_set_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autofree char *stick = dup_stick (self);
  g_autofree char *away = jk_test_folder_dup_path (self->folder, "away");
  gint n_calls = 0;

  jk_journal_set_notify (journal, note_call, &n_calls);
  must_set (self, journal);
  answer (journal, 1000, 1, 1);
  assert_int_equal (g_rename (stick, away), 0);
  answer (journal, 1001, 2, 1);
  assert_lost (journal);
  answer (journal, 1002, 3, 1);
  g_usleep (G_USEC_PER_SEC / 20);
  assert_true (g_atomic_int_get (&n_calls) >= 2);
  assert_int_equal (jk_journal_get_n_replaced (journal), 0);

  /* Back with what was on it, and its log. */
  assert_int_equal (g_rename (away, stick), 0);
  answer (journal, 1003, 4, 1);
  assert_lost (journal);
  must_set (self, journal);
  answer (journal, 1004, 5, 1);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, 8);
}

static void
a_kill_between_the_two_commits_is_resumed_from_the_first (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);

  must_set (self, journal);
  answer (journal, 1000, 1, 1);
  copy_files (self, "stick/" NAME, "stick/before");
  answer (journal, 1001, 2, 1);
  g_clear_pointer (&journal, jk_journal_free);
  copy_files (self, "stick/before", "stick/" NAME);

  journal = must_open (self);
  assert_int_equal (jk_journal_get_second_state (journal, NULL), JK_SECOND_NONE);
  assert_rows (journal, 5);
  must_set (self, journal);
  answer (journal, 1002, 3, 1);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, 6);
}

static void
a_copy_has_a_place_of_its_own_and_can_be_given_up (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = jk_test_folder_dup_path (self->folder, "missing");

  assert_false (jk_journal_set_second (journal, jk_test_folder_get_path (self->folder), &error));
  assert_non_null (strstr (error->message, "another disk"));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  assert_false (jk_journal_set_second (journal, missing, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_int_equal (jk_journal_get_second_state (journal, NULL), JK_SECOND_LOST);
  jk_journal_set_second (journal, NULL, &error);
  assert_ok (error);
  assert_int_equal (jk_journal_get_second_state (journal, NULL), JK_SECOND_NONE);
  answer (journal, 1000, 1, 1);
}

static void
a_store_that_is_replaced_keeps_its_copy (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);

  must_set (self, journal);
  jk_test_vfs_only (self->vfs, self->path);
  jk_test_vfs_fail (self->vfs, 1, TRUE, FALSE);
  answer (journal, 1000, 1, 1);
  assert_int_equal (jk_journal_get_n_replaced (journal), 1);
  jk_test_vfs_only (self->vfs, NULL);
  jk_test_vfs_heal (self->vfs);
  assert_int_equal (jk_journal_get_second_state (journal, NULL), JK_SECOND_ALIVE);
  answer (journal, 1001, 2, 1);
  g_clear_pointer (&journal, jk_journal_free);
  journal = resume_from_stick (self);
  assert_rows (journal, 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (every_acknowledged_row_is_in_both),
    TEST (a_row_is_acknowledged_when_the_copy_has_it),
    TEST (a_copy_that_was_closed_is_whole_in_one_file),
    TEST (whatever_call_on_the_stick_fails_the_exam_goes_on),
    TEST (whatever_call_fails_while_it_is_made_the_exam_goes_on),
    TEST (whatever_call_of_the_storage_fails_no_half_copy_gets_its_name),
    TEST (a_stick_that_is_pulled_is_lost_and_can_be_set_again),
    TEST (a_kill_between_the_two_commits_is_resumed_from_the_first),
    TEST (a_copy_has_a_place_of_its_own_and_can_be_given_up),
    TEST (a_store_that_is_replaced_keeps_its_copy),
  };
  return cmocka_run_group_tests_name ("journal-second", tests, check_setup, NULL);
}
