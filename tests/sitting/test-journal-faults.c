/* SPDX-License-Identifier: Apache-2.0 */
/* What a journal promises when the disk fails under it (P1, J3). */
#include "check-journal.h"

#include "base/limits.h"

#include <errno.h>
#include <glib/gstdio.h>

/* What a sitting would do, as long as the store takes it; the last ticket that was acknowledged. */
static guint64
use_journal (JkJournal *journal, guint n_answers)
{
  JkSideEntry side = { "item 0", "something", 9 };
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkDigest first;

  if (!check_run_up (journal, NULL))
    return jk_journal_get_acknowledged (journal);
  for (guint i = 0; i < n_answers; i++) {
    gsize size = check_put_payload (payload, JK_EVENT_ANSWERED, i % CHECK_ITEMS, 1);
    guint64 ticket = jk_journal_post (journal,
                                      JK_EVENT_ANSWERED,
                                      i * 100,
                                      payload,
                                      size,
                                      &side,
                                      i == 1 ? 1 : 0,
                                      JK_JOURNAL_NOW,
                                      NULL);
    if (ticket == 0 || !jk_journal_wait (journal, ticket, NULL))
      break;
    if (i % 3 == 2)
      jk_journal_note_time (journal, i * 100 + 50);
    if (i % 3 == 1)
      jk_journal_idle (journal);
  }
  g_autoptr (GBytes) item = jk_journal_read_side (journal, "item 0", NULL);
  g_autoptr (GBytes) rows = jk_journal_read_rows (journal, &first, NULL);
  return jk_journal_get_acknowledged (journal);
}

/* On a healthy disk everything that was acknowledged is there. */
static gboolean
is_all_there (Fixture *self, guint64 acknowledged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournal) journal = open_again (self, &error);

  if (journal == NULL) {
    if (acknowledged > 0 || !g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING))
      print_message ("%s\n", error->message);
    return acknowledged == 0;
  }
  const JkReplay *replay = jk_journal_get_replay (journal);
  guint64 n_rows = jk_replay_get_n_rows (replay);
  if (n_rows < acknowledged)
    return FALSE;
  for (guint i = 0; n_rows > 3 && i < MIN (n_rows - 3, CHECK_ITEMS); i++) {
    if (jk_replay_get_answer (replay, i) != 1)
      return FALSE;
  }
  return TRUE;
}

static void
forget_store (Fixture *self)
{
  static const char *const tails[] = { "",        "-wal", "-journal", ".part", ".part-wal", ".r1",
                                       ".r1-wal", ".r2",  ".r2-wal",  ".r3",   ".r3-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *path = g_strconcat (self->path, tails[i], NULL);
    g_unlink (path);
  }
}

/* One life of a store with its n-th call failing; FALSE when no call was the n-th. */
static gboolean
live_with_fault (Fixture *self, guint n, gboolean after_creation)
{
  gboolean full = n % 2 == 0, for_good = n % 3 == 0;

  forget_store (self);
  jk_test_vfs_heal (self->vfs);
  if (!after_creation)
    jk_test_vfs_fail (self->vfs, n, full, for_good);
  g_autoptr (JkJournal) journal = create (self, NULL);
  if (after_creation)
    jk_test_vfs_fail (self->vfs, n, full, for_good);
  guint64 acknowledged = journal != NULL ? use_journal (journal, 4) : 0;
  g_clear_pointer (&journal, jk_journal_free);
  gboolean has_failed = jk_test_vfs_has_failed (self->vfs);

  jk_test_vfs_heal (self->vfs);
  if (!is_all_there (self, acknowledged))
    fail_msg ("call %u failed, and a row is gone", n);
  return has_failed;
}

static void
whatever_call_fails_no_acknowledged_row_is_lost (void **state)
{
  Fixture *self = *state;
  guint n = 1;

  while (live_with_fault (self, n, TRUE))
    n++;
  assert_true (n > 20);
}

static void
whatever_call_fails_a_store_is_whole_or_not_there (void **state)
{
  Fixture *self = *state;
  guint n = 1;

  while (live_with_fault (self, n, FALSE))
    n++;
  /* The log alone grows by sixty-four. */
  assert_true (n > 100);
}

/* SQLite would go on with a log whose name may be gone after a power cut. */
static void
a_store_whose_folder_cannot_be_synced_does_not_open (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);
  g_autoptr (GError) error = NULL;

  jk_journal_free (must_create (self));
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_FSYNC, 1, EIO, JK_TEST_ONCE);
  assert_null (open_again (self, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  jk_journal_free (must_open (self));
}

/* One life that ends with a power cut; whether all that was acknowledged survived it. */
static gboolean
survives_cut (Fixture *self, guint n, guint64 seed)
{
  forget_store (self);
  g_autoptr (JkJournal) journal = must_create (self);

  jk_test_vfs_cut_at (self->vfs, n, seed);
  guint64 acknowledged = use_journal (journal, 60);
  if (!jk_test_vfs_is_cut (self->vfs))
    jk_test_vfs_cut (self->vfs, seed);
  g_clear_pointer (&journal, jk_journal_free);
  jk_test_vfs_restore (self->vfs);
  return is_all_there (self, acknowledged);
}

static void
every_acknowledged_row_survives_a_power_cut (void **state)
{
  Fixture *self = *state;

  jk_test_vfs_use_power_cuts (self->vfs);
  for (guint n = 1; n <= 220; n += 3)
    assert_true (survives_cut (self, n, n % 4));
}

static void
on_a_disk_that_ignores_syncs_rows_are_lost (void **state)
{
  Fixture *self = *state;
  guint n_lost = 0;

  /* The test above can fail: here the same rows are not safe. */
  jk_test_vfs_use_power_cuts (self->vfs);
  for (guint n = 20; n <= 220; n += 40) {
    jk_test_vfs_ignore_syncs (self->vfs, FALSE);
    forget_store (self);
    g_autoptr (JkJournal) journal = must_create (self);
    jk_test_vfs_ignore_syncs (self->vfs, TRUE);
    jk_test_vfs_cut_at (self->vfs, n, 0);
    guint64 acknowledged = use_journal (journal, 60);
    if (!jk_test_vfs_is_cut (self->vfs))
      jk_test_vfs_cut (self->vfs, 0);
    g_clear_pointer (&journal, jk_journal_free);
    jk_test_vfs_restore (self->vfs);
    jk_test_vfs_ignore_syncs (self->vfs, FALSE);
    n_lost += is_all_there (self, acknowledged) ? 0 : 1;
  }
  assert_true (n_lost > 0);
}

static GBytes *
read_file (Fixture *self, const char *tail)
{
  g_autofree char *name = g_strconcat ("00007.jkjournal", tail, NULL);
  return jk_test_folder_get_bytes (self->folder, name);
}

static void
a_file_whose_commit_failed_is_replaced_and_never_written_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;

  answer (journal, 1000, 1, 1);
  jk_test_vfs_fail (self->vfs, 1, TRUE, FALSE);
  answer (journal, 2000, 2, 1);
  assert_true (jk_test_vfs_has_failed (self->vfs));
  assert_false (jk_journal_has_failed (journal, NULL));
  assert_int_equal (jk_journal_get_n_replaced (journal), 1);

  g_autoptr (GBytes) file = read_file (self, "");
  g_autoptr (GBytes) log = read_file (self, "-wal");
  for (guint i = 0; i < 20; i++)
    answer (journal, 3000 + i, 3, 1);
  jk_journal_idle (journal);
  JkDigest first;
  g_autoptr (GBytes) rows = jk_journal_read_rows (journal, &first, &error);
  assert_ok (error);
  g_clear_pointer (&journal, jk_journal_free);
  g_autoptr (GBytes) same_file = read_file (self, "");
  g_autoptr (GBytes) same_log = read_file (self, "-wal");
  assert_true (g_bytes_equal (file, same_file));
  assert_true (g_bytes_equal (log, same_log));

  journal = must_open (self);
  const JkReplay *replay = jk_journal_get_replay (journal);
  assert_int_equal (jk_replay_get_n_rows (replay), 25);
  assert_int_equal (jk_replay_get_answer (replay, 1), 1);
  assert_int_equal (jk_replay_get_answer (replay, 2), 1);
}

static void
wait_until (JkJournal *journal, JkStoreState state)
{
  for (guint i = 0; i < 200 && jk_journal_get_store_state (journal) != state; i++)
    g_usleep (G_USEC_PER_SEC / 20);
  assert_int_equal (jk_journal_get_store_state (journal), state);
}

static guint64
must_post (JkJournal *journal, guint64 exam_ms, guint position)
{
  g_autoptr (GError) error = NULL;
  guint64 ticket = check_post (journal, JK_EVENT_ANSWERED, exam_ms, position, 1, &error);

  assert_ok (error);
  return ticket;
}

static void
a_full_disk_keeps_what_is_posted_and_goes_on_when_there_is_room (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;

  answer (journal, 1000, 1, 1);
  jk_test_vfs_fill (self->vfs);
  for (guint i = 0; i < 30; i++) {
    guint64 ticket = must_post (journal, 2000 + i, i + 2);
    assert_int_equal (ticket, 5 + i);
    assert_false (jk_journal_wait (journal, ticket, &error));
    assert_non_null (strstr (error->message, "00007.jkjournal"));
    assert_non_null (strstr (error->message, "full"));
    assert_non_null (strstr (error->message, "proctor"));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
    assert_int_equal (jk_journal_get_store_state (journal), JK_STORE_FULL);
    assert_int_equal (jk_journal_get_acknowledged (journal), 4);
  }
  assert_true (jk_journal_has_failed (journal, NULL));
  JkDigest first;
  assert_null (jk_journal_read_rows (journal, &first, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);

  jk_test_vfs_heal (self->vfs);
  answer (journal, 3000, 40, 1);
  assert_int_equal (jk_journal_get_store_state (journal), JK_STORE_OK);
  assert_int_equal (jk_journal_get_acknowledged (journal), 35);
  g_clear_pointer (&journal, jk_journal_free);
  journal = must_open (self);
  const JkReplay *replay = jk_journal_get_replay (journal);
  assert_int_equal (jk_replay_get_n_rows (replay), 35);
  for (guint i = 1; i < 32; i++)
    assert_int_equal (jk_replay_get_answer (replay, i), 1);
}

static void
room_is_found_by_itself_within_seconds (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);

  jk_test_vfs_fill (self->vfs);
  must_post (journal, 1000, 1);
  wait_until (journal, JK_STORE_FULL);
  jk_test_vfs_heal (self->vfs);
  wait_until (journal, JK_STORE_OK);
  assert_int_equal (jk_journal_get_acknowledged (journal), 4);
  assert_int_equal (jk_journal_get_n_replaced (journal), 1);
}

static void
a_full_disk_takes_rows_up_to_the_bound (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;

  jk_test_vfs_fill (self->vfs);
  must_post (journal, 1000, 1);
  wait_until (journal, JK_STORE_FULL);
  for (guint i = 1; i < JK_JOURNAL_QUEUE_MAX; i++)
    must_post (journal, 1000 + i, i % CHECK_ITEMS);
  gint64 before_us = g_get_monotonic_time ();
  guint64 n_rows = jk_replay_get_n_rows (jk_journal_get_replay (journal));
  assert_int_equal (check_post (journal, JK_EVENT_ANSWERED, 9000, 1, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
  assert_true (g_get_monotonic_time () - before_us < G_USEC_PER_SEC);
  assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), n_rows);

  jk_test_vfs_heal (self->vfs);
  wait_until (journal, JK_STORE_OK);
  answer (journal, 9000, 3, 1);
  g_clear_pointer (&journal, jk_journal_free);
  journal = must_open (self);
  assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), n_rows + 1);
}

static void
a_broken_disk_takes_nothing_more_and_is_tried_on (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;

  jk_test_vfs_fail (self->vfs, 1, FALSE, TRUE);
  assert_false (jk_journal_wait (journal, must_post (journal, 1000, 1), &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_int_equal (jk_journal_get_store_state (journal), JK_STORE_FAILED);
  guint64 n_rows = jk_replay_get_n_rows (jk_journal_get_replay (journal));
  assert_int_equal (check_post (journal, JK_EVENT_ANSWERED, 1001, 2, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), n_rows);

  jk_test_vfs_heal (self->vfs);
  wait_until (journal, JK_STORE_OK);
  answer (journal, 2000, 2, 1);
  g_clear_pointer (&journal, jk_journal_free);
  journal = must_open (self);
  assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (journal)), n_rows + 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (whatever_call_fails_no_acknowledged_row_is_lost),
    TEST (whatever_call_fails_a_store_is_whole_or_not_there),
    TEST (a_store_whose_folder_cannot_be_synced_does_not_open),
    TEST (every_acknowledged_row_survives_a_power_cut),
    TEST (on_a_disk_that_ignores_syncs_rows_are_lost),
    TEST (a_file_whose_commit_failed_is_replaced_and_never_written_again),
    TEST (a_full_disk_keeps_what_is_posted_and_goes_on_when_there_is_room),
    TEST (room_is_found_by_itself_within_seconds),
    TEST (a_full_disk_takes_rows_up_to_the_bound),
    TEST (a_broken_disk_takes_nothing_more_and_is_tried_on),
  };
  return cmocka_run_group_tests_name ("journal-faults", tests, check_setup, NULL);
}
