/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/journal-writer.h"
#include "support/vfs.h"

typedef struct {
  JkTestFolder *folder;
  JkTestVfs *vfs;
  JkJournalWriter *writer;
} Fixture;

static const guint8 record[JK_JOURNAL_TIME_BYTES] = { 1 };

static JkJournalDb *
open_db (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "a.jkjournal");
  JkJournalDb *db =
      jk_journal_db_open (path, jk_test_vfs_get_name (self->vfs), JK_JOURNAL_DURABLE, &error);

  assert_ok (error);
  return db;
}

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_auto (JkJournalMeta) meta = {
    .version = 1,
    .suite = 1,
    .key = g_bytes_new_static ("key", 3),
  };
  self->folder = jk_test_folder_new ();
  self->vfs = jk_test_vfs_new ();
  g_autofree char *path = jk_test_folder_put_text (self->folder, "a.jkjournal", "");
  if (!jk_journal_db_make (path, jk_test_vfs_get_name (self->vfs), &meta, NULL))
    return -1;
  JkJournalDb *db = open_db (self);
  if (!jk_journal_db_grow (db, record, sizeof record, NULL))
    return -1;
  jk_test_vfs_heal (self->vfs);
  self->writer = jk_journal_writer_new (db, 0, record);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_journal_writer_free (self->writer);
  jk_test_vfs_free (self->vfs);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static JkJournalPost *
new_post (guint64 sequence)
{
  return jk_journal_post_new (sequence, g_malloc0 (92), 92);
}

static void
add (Fixture *self, guint64 sequence, gboolean urgent)
{
  g_autoptr (GError) error = NULL;

  jk_journal_writer_check_room (self->writer, &error);
  assert_ok (error);
  jk_journal_writer_add (self->writer, new_post (sequence), urgent);
}

static void
wait_for (Fixture *self, guint64 sequence)
{
  g_autoptr (GError) error = NULL;

  jk_journal_writer_wait (self->writer, sequence, &error);
  assert_ok (error);
}

static gboolean
count_row (guint64 sequence, const guint8 *box, gsize size, gpointer user_data, GError **error)
{
  ++*(guint *) user_data;
  return TRUE;
}

static gboolean
count_rows (JkJournalDb *db, gpointer user_data, GError **error)
{
  return jk_journal_db_each_row (db, count_row, user_data, error);
}

static void
an_urgent_row_is_acknowledged_after_one_sync (void **state)
{
  Fixture *self = *state;

  assert_int_equal (jk_journal_writer_get_acknowledged (self->writer), 0);
  for (guint64 i = 1; i <= 50; i++) {
    add (self, i, TRUE);
    wait_for (self, i);
    assert_int_equal (jk_journal_writer_get_acknowledged (self->writer), i);
    assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), i);
  }
}

static void
lazy_rows_ride_along (void **state)
{
  Fixture *self = *state;

  for (guint64 i = 1; i <= 20; i++)
    add (self, i, FALSE);
  assert_int_equal (jk_journal_writer_get_acknowledged (self->writer), 0);
  add (self, 21, TRUE);
  wait_for (self, 21);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), 1);
}

static void
a_lazy_row_goes_alone_within_a_second (void **state)
{
  Fixture *self = *state;
  gint64 start = g_get_monotonic_time ();

  add (self, 1, FALSE);
  while (jk_journal_writer_get_acknowledged (self->writer) == 0 &&
         g_get_monotonic_time () < start + 5 * G_USEC_PER_SEC)
    g_usleep (10000);
  assert_int_equal (jk_journal_writer_get_acknowledged (self->writer), 1);
  assert_true (g_get_monotonic_time () >= start + G_USEC_PER_SEC / 2);
}

static void
who_waits_for_a_lazy_row_hurries_it (void **state)
{
  Fixture *self = *state;
  gint64 start = g_get_monotonic_time ();

  add (self, 1, FALSE);
  wait_for (self, 1);
  assert_true (g_get_monotonic_time () < start + G_USEC_PER_SEC / 2);
}

static void
closing_commits_what_waits (void **state)
{
  Fixture *self = *state;
  guint n = 0;

  add (self, 1, FALSE);
  add (self, 2, FALSE);
  jk_journal_writer_free (g_steal_pointer (&self->writer));
  g_autoptr (JkJournalDb) db = open_db (self);
  assert_true (count_rows (db, &n, NULL));
  assert_int_equal (n, 2);
}

static gboolean
read_side (JkJournalDb *db, gpointer user_data, GError **error)
{
  return jk_journal_db_read_side (db, "a name", user_data, error);
}

static gboolean
read_time (JkJournalDb *db, gpointer user_data, GError **error)
{
  return jk_journal_db_read_time (db, user_data, error);
}

static void
a_side_entry_comes_with_its_row (void **state)
{
  Fixture *self = *state;
  JkJournalPost *post = new_post (1);
  g_autoptr (GBytes) box = NULL;
  guint n = 0;

  jk_journal_post_add_side (post, "a name", g_malloc0 (10), 10);
  jk_journal_post_add_side (post, "other", g_malloc0 (10), 10);
  jk_journal_writer_add (self->writer, post, TRUE);
  assert_true (jk_journal_writer_run (self->writer, read_side, &box, NULL));
  assert_int_equal (g_bytes_get_size (box), 10);
  assert_true (jk_journal_writer_run (self->writer, count_rows, &n, NULL));
  assert_int_equal (n, 1);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), 1);
  jk_journal_post_free (NULL);
}

static gboolean
refuse (JkJournalDb *db, gpointer user_data, GError **error)
{
  g_set_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN, "This one is refused here.");
  return FALSE;
}

static void
the_error_of_a_job_reaches_who_asked (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  assert_false (jk_journal_writer_run (self->writer, refuse, NULL, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_false (jk_journal_writer_has_failed (self->writer, &error));
}

static void
the_time_record_is_overwritten (void **state)
{
  Fixture *self = *state;
  guint8 newer[JK_JOURNAL_TIME_BYTES] = { 2 };
  g_autoptr (GBytes) box = NULL;

  jk_journal_writer_put_time (self->writer, newer);
  assert_true (jk_journal_writer_run (self->writer, read_time, &box, NULL));
  assert_memory_equal (g_bytes_get_data (box, NULL), newer, sizeof newer);
}

static void
time_never_adds_a_sync_to_an_answer (void **state)
{
  Fixture *self = *state;

  for (guint64 i = 1; i <= 20; i++) {
    guint before = jk_test_vfs_get_n_syncs (self->vfs);
    jk_journal_writer_put_time (self->writer, record);
    add (self, i, TRUE);
    wait_for (self, i);
    /* The record alone may have been faster; never is it a second sync after the answer's. */
    assert_true (jk_test_vfs_get_n_syncs (self->vfs) - before <= 2);
  }
  guint after = jk_test_vfs_get_n_syncs (self->vfs);
  wait_for (self, 20);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), after);
}

static void
idle_moves_a_long_log_into_the_file (void **state)
{
  Fixture *self = *state;
  guint n = 0;

  jk_journal_writer_idle (self->writer);
  assert_true (jk_journal_writer_run (self->writer, count_rows, &n, NULL));
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), 0);
  for (guint64 i = 1; i <= 300; i++)
    add (self, i, TRUE);
  for (guint64 i = 301; i <= 600; i++) {
    add (self, i, TRUE);
    wait_for (self, i);
  }
  guint before = jk_test_vfs_get_n_syncs (self->vfs);
  jk_journal_writer_idle (self->writer);
  assert_true (jk_journal_writer_run (self->writer, count_rows, &n, NULL));
  assert_true (jk_test_vfs_get_n_syncs (self->vfs) > before);

  before = jk_test_vfs_get_n_syncs (self->vfs);
  add (self, 601, TRUE);
  wait_for (self, 601);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), before + 1);
}

static void
count_wake (gpointer user_data)
{
  g_atomic_int_inc ((gint *) user_data);
}

static void
each_commit_wakes_somebody_up (void **state)
{
  Fixture *self = *state;
  gint n = 0;

  jk_journal_writer_set_wake (self->writer, count_wake, &n);
  add (self, 1, TRUE);
  wait_for (self, 1);
  add (self, 2, TRUE);
  wait_for (self, 2);
  jk_journal_writer_free (g_steal_pointer (&self->writer));
  assert_int_equal (g_atomic_int_get (&n), 2);
}

static void
after_a_failed_commit_nothing_is_written (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  gint n_wakes = 0;

  jk_journal_writer_set_wake (self->writer, count_wake, &n_wakes);
  add (self, 1, TRUE);
  wait_for (self, 1);
  jk_test_vfs_fail (self->vfs, 1, FALSE, FALSE);
  add (self, 2, TRUE);
  assert_false (jk_journal_writer_wait (self->writer, 2, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_true (jk_journal_writer_has_failed (self->writer, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_true (jk_journal_writer_wait (self->writer, 1, &error));

  /* The disk is well again, and is not asked any more. */
  jk_test_vfs_heal (self->vfs);
  assert_false (jk_journal_writer_check_room (self->writer, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  jk_journal_writer_put_time (self->writer, record);
  jk_journal_writer_idle (self->writer);
  jk_journal_writer_free (g_steal_pointer (&self->writer));
  assert_int_equal (jk_test_vfs_get_n_writes (self->vfs), 0);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), 0);
  assert_int_equal (g_atomic_int_get (&n_wakes), 2);
}

static void
rows_waiting_behind_a_failure_fail_too (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  jk_test_vfs_fail (self->vfs, 1, TRUE, TRUE);
  add (self, 1, FALSE);
  add (self, 2, FALSE);
  assert_false (jk_journal_writer_wait (self->writer, 2, &error));
  assert_non_null (strstr (error->message, "proctor"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_int_equal (jk_journal_writer_get_acknowledged (self->writer), 0);
}

static gboolean
look_for_side (JkJournalDb *db, gpointer user_data, GError **error)
{
  g_autoptr (GBytes) box = NULL;

  if (!jk_journal_db_read_side (db, "roster", &box, error))
    return FALSE;
  *(gboolean *) user_data = box != NULL;
  return TRUE;
}

static void
a_dropped_entry_is_gone_from_the_file_too (void **state)
{
  static const char secret[] = "0123456789 a closed key 0123456789";
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  gboolean is_there = FALSE;

  JkJournalPost *post = new_post (1);
  jk_journal_post_add_side (post, "roster", g_memdup2 (secret, sizeof secret), sizeof secret);
  jk_journal_writer_add (self->writer, post, TRUE);
  jk_journal_writer_run (self->writer, look_for_side, &is_there, &error);
  assert_ok (error);
  assert_true (is_there);

  post = new_post (2);
  jk_journal_post_drop_side (post, "roster");
  jk_journal_post_drop_side (post, "never there");
  jk_journal_writer_add (self->writer, post, TRUE);
  jk_journal_writer_run (self->writer, look_for_side, &is_there, &error);
  assert_ok (error);
  assert_false (is_there);

  /* Closing moves the log into the file. */
  g_clear_pointer (&self->writer, jk_journal_writer_free);
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->folder, "a.jkjournal");
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  assert_null (memmem (data, size, secret, sizeof secret));
}

typedef struct {
  Fixture *fixture;
  GMutex mutex;
  GCond cond;
  gboolean is_in, may_go;
} Gate;

/* The disk hangs. */
static gboolean
hang (JkJournalDb *db, gpointer user_data, GError **error)
{
  Gate *gate = user_data;

  g_mutex_lock (&gate->mutex);
  gate->is_in = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->may_go)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return TRUE;
}

static gpointer
hang_until_told (gpointer user_data)
{
  Gate *gate = user_data;
  jk_journal_writer_run (gate->fixture->writer, hang, gate, NULL);
  return NULL;
}

static void
a_queue_has_an_end_and_says_so (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  Gate gate = { .fixture = self };

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  GThread *thread = g_thread_new ("hang", hang_until_told, &gate);
  g_mutex_lock (&gate.mutex);
  while (!gate.is_in)
    g_cond_wait (&gate.cond, &gate.mutex);
  g_mutex_unlock (&gate.mutex);

  for (guint i = 1; i <= JK_JOURNAL_QUEUE_MAX; i++)
    add (self, i, FALSE);
  gint64 before_us = g_get_monotonic_time ();
  assert_false (jk_journal_writer_check_room (self->writer, &error));
  assert_true (g_get_monotonic_time () - before_us >= G_USEC_PER_SEC / 5);
  assert_non_null (strstr (error->message, "4096"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);

  g_mutex_lock (&gate.mutex);
  gate.may_go = TRUE;
  g_cond_broadcast (&gate.cond);
  g_mutex_unlock (&gate.mutex);
  g_thread_join (thread);
  wait_for (self, JK_JOURNAL_QUEUE_MAX);
  add (self, JK_JOURNAL_QUEUE_MAX + 1, TRUE);
  wait_for (self, JK_JOURNAL_QUEUE_MAX + 1);
  g_cond_clear (&gate.cond);
  g_mutex_clear (&gate.mutex);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (an_urgent_row_is_acknowledged_after_one_sync),
    TEST (lazy_rows_ride_along),
    TEST (a_lazy_row_goes_alone_within_a_second),
    TEST (who_waits_for_a_lazy_row_hurries_it),
    TEST (closing_commits_what_waits),
    TEST (a_side_entry_comes_with_its_row),
    TEST (a_dropped_entry_is_gone_from_the_file_too),
    TEST (a_queue_has_an_end_and_says_so),
    TEST (the_error_of_a_job_reaches_who_asked),
    TEST (the_time_record_is_overwritten),
    TEST (time_never_adds_a_sync_to_an_answer),
    TEST (idle_moves_a_long_log_into_the_file),
    TEST (each_commit_wakes_somebody_up),
    TEST (after_a_failed_commit_nothing_is_written),
    TEST (rows_waiting_behind_a_failure_fail_too),
  };
  return cmocka_run_group_tests_name ("journal-writer", tests, check_setup, NULL);
}
