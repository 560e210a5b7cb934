/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "session/error.h"
#include "sitting/log.h"
#include "support/exam.h"
#include "support/vfs.h"

#include <glib/gstdio.h>

typedef struct {
  JkTestFolder *folder;
  JkTestVfs *vfs;
  JkStation *station;
  JkSecret *roster_key;
  JkSecret *signer;
  const JkTestExam *exam;
  JkSittingPlace place;
  JkLog *log;
} Fixture;

static int
build_exam (void **state)
{
  if (!jk_guard_init (NULL))
    return -1;
  *state = jk_test_exam_new ();
  return 0;
}

static int
free_exam (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static JkTestStorage *
disk_of (Fixture *self)
{
  return jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
}

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;
  guint8 public_key[JK_PUBLIC_BYTES];

  self->exam = *state;
  self->folder = jk_test_folder_new ();
  self->vfs = jk_test_vfs_new ();
  jk_test_storage_set_vfs_name (disk_of (self), jk_test_vfs_get_name (self->vfs));
  self->station = jk_station_open (jk_test_exam_get_world (self->exam),
                                   jk_test_folder_get_path (self->folder),
                                   "test PC",
                                   &error);
  assert_ok (error);
  self->place = (JkSittingPlace){
    .world = jk_test_exam_get_world (self->exam),
    .session = jk_test_exam_get_session (self->exam, 0),
    .station = self->station,
  };
  self->roster_key = jk_session_open_room (self->place.session,
                                           jk_test_exam_get_room_code (self->exam, 0),
                                           &error);
  assert_ok (error);
  self->signer = jk_sign_key_new (self->place.world->random, "test: signer", 0, public_key);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_log_free (self->log);
  jk_secret_free (self->signer);
  jk_secret_free (self->roster_key);
  jk_station_free (self->station);
  jk_test_storage_heal (disk_of (self));
  jk_test_storage_set_vfs_name (disk_of (self), NULL);
  jk_test_vfs_free (self->vfs);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static const JkLogReplay *
open_log (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->log, jk_log_free);
  self->log = jk_log_open (&self->place, &error);
  assert_ok (error);
  return jk_log_get_replay (self->log);
}

static JkOrder *
new_order (Fixture *self, JkAct act, guint64 counter)
{
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;

  jk_order_terms_init (&terms, self->place.session, act, self->place.world, counter);
  memset (terms.id, (int) counter, sizeof terms.id);
  g_autoptr (GBytes) bytes = jk_order_write (&terms, JK_ROLE_CHIEF, self->signer);
  JkOrder *order = jk_order_parse ("stick", bytes, &error);
  assert_ok (error);
  return order;
}

static gboolean
add_opened (Fixture *self, GError **error)
{
  JkEntryVerdict seen = { .entry = JK_ENTRY_OPEN, .off_ms = -1000 };
  return jk_log_add_opened (self->log, JK_LOG_BY_ROOM_CODE, &seen, 5000, self->roster_key, error);
}

static void
a_new_log_says_what_was_loaded (void **state)
{
  Fixture *self = *state;

  for (guint i = 0; i < 2; i++) {
    const JkLogReplay *replay = open_log (self);
    assert_int_equal (jk_log_replay_get_n_rows (replay), 1);
    assert_int_equal (jk_log_replay_get_stage (replay), JK_STAGE_LOADED);
    assert_true (jk_digest_equal (jk_log_replay_get_session (replay),
                                  jk_session_get_digest (self->place.session)));
    assert_memory_equal (jk_log_replay_get_station (replay),
                         jk_station_get_sign_public (self->station),
                         JK_PUBLIC_BYTES);
  }
}

static void
the_roster_key_stays_from_opened_to_ended (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOrder) end = new_order (self, JK_ACT_END, 1);

  open_log (self);
  assert_null (jk_log_read_roster_key (self->log, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_true (add_opened (self, &error));

  open_log (self);
  g_autoptr (JkSecret) key = jk_log_read_roster_key (self->log, &error);
  assert_ok (error);
  assert_true (jk_secret_equal (key, self->roster_key));
  assert_true (jk_log_add_obeyed (self->log, end, JK_LOG_APPLIED, &error));
  assert_null (jk_log_read_roster_key (self->log, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);

  assert_int_equal (jk_log_replay_get_stage (open_log (self)), JK_STAGE_ENDED);
  assert_null (jk_log_read_roster_key (self->log, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  g_clear_pointer (&self->log, jk_log_free);

  g_autoptr (GBytes) box = NULL;
  g_autofree char *folder = jk_sitting_dup_folder (&self->place);
  g_autofree char *path = g_build_filename (folder, "station.jklog", NULL);
  g_autoptr (JkJournalDb) db =
      jk_journal_db_open (path, jk_test_vfs_get_name (self->vfs), JK_JOURNAL_DURABLE, &error);
  assert_true (jk_journal_db_read_side (db, "roster", &box, &error));
  assert_null (box);
}

static void
count_row (const JkLogRow *row, gpointer user_data)
{
  guint *counts = user_data;
  counts[row->event - JK_LOG_LOADED]++;
}

static void
every_event_is_there_again_after_a_restart (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOrder) copy = new_order (self, JK_ACT_COPY, 1);
  g_autoptr (JkOrder) end = new_order (self, JK_ACT_END, 2);
  g_autoptr (JkOrder) other = new_order (self, JK_ACT_COPY, 3);
  JkDigest digest = { { 3 } };
  guint counts[JK_LOG_N_EVENTS - JK_LOG_LOADED] = { 0 };

  open_log (self);
  assert_true (jk_log_add_store (self->log, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  assert_true (add_opened (self, &error));
  assert_true (jk_log_add_failed (self->log, &digest, &error));
  assert_true (jk_log_add_logged_in (self->log, &digest, 4, JK_LOG_WITH_NUMBERS, NULL, &error));
  assert_true (jk_log_add_obeyed (self->log, copy, JK_LOG_APPLIED, &error));
  assert_true (jk_log_add_refused (self->log, other, NULL, JK_LOG_REASON_STATE, TRUE, &error));
  assert_true (jk_log_add_refused (self->log, NULL, &digest, JK_LOG_REASON_FORM, FALSE, &error));
  assert_true (jk_log_add_unlisted (self->log, 1, &error));
  assert_true (jk_log_add_passcode (self->log, JK_ROLE_CHIEF, JK_LOG_PASSCODE_WRONG, &error));
  assert_true (jk_log_add_clock (self->log, 1, 2, &error));
  assert_true (jk_log_add_amended (self->log, 1, &digest, &error));
  assert_true (jk_log_add_copied (self->log, 4, 1, &digest, &error));
  assert_true (jk_log_add_obeyed (self->log, end, JK_LOG_APPLIED, &error));
  assert_true (jk_log_add_wiped (self->log, jk_order_get_terms (end)->id, &error));
  assert_true (jk_log_add_head (self->log, &error));
  assert_ok (error);

  const JkLogReplay *replay = open_log (self);
  assert_true (jk_log_replay_is_wiped (replay));
  assert_int_equal (jk_log_replay_get_n_wrong (replay, JK_ROLE_CHIEF), 1);
  assert_int_equal (jk_log_replay_get_n_after_head (replay), 0);
  assert_true (jk_log_each_row (self->log, count_row, counts, &error));
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    assert_int_equal (
        counts[i],
        i == JK_LOG_OBEYED - JK_LOG_LOADED || i == JK_LOG_REFUSED - JK_LOG_LOADED ? 2 : 1);

  g_autoptr (GBytes) bytes = jk_log_read_order (self->log, jk_order_get_terms (copy)->id, &error);
  assert_true (g_bytes_equal (bytes, jk_order_get_bytes (copy)));
  g_autoptr (GBytes) refused =
      jk_log_read_order (self->log, jk_order_get_terms (other)->id, &error);
  assert_true (g_bytes_equal (refused, jk_order_get_bytes (other)));
  assert_null (jk_log_read_order (self->log, digest.bytes, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
keep_last_head (const JkLogRow *row, gpointer user_data)
{
  if (row->event == JK_LOG_HEAD)
    *(JkLogRow *) user_data = *row;
}

static void
a_head_is_signed_by_the_station (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  guint8 covered[JK_LOG_HEAD_SIGNED_BYTES];
  JkLogRow head = { 0 };

  open_log (self);
  assert_true (jk_log_add_head (self->log, &error));
  assert_true (jk_log_each_row (self->log, keep_last_head, &head, &error));
  jk_log_head_put_signed (covered,
                          jk_session_get_digest (self->place.session),
                          head.sequence,
                          &head.digest);
  assert_true (jk_sign_verify (jk_station_get_sign_public (self->station),
                               JK_LOG_HEAD_PURPOSE,
                               covered,
                               sizeof covered,
                               head.signature));
  assert_int_equal (head.sequence, 2);
}

static void
what_the_replay_refuses_is_not_written (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkDigest digest = { { 3 } };

  open_log (self);
  assert_false (jk_log_add_failed (self->log, &digest, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_true (add_opened (self, &error));
  assert_int_equal (jk_log_replay_get_n_rows (open_log (self)), 2);
}

static void
a_log_of_another_pc_or_session_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSittingPlace other = self->place;

  open_log (self);
  g_clear_pointer (&self->log, jk_log_free);
  g_autofree char *from = jk_sitting_dup_folder (&self->place);

  g_autoptr (JkTestWorld) elsewhere = jk_test_world_new (99);
  g_autoptr (JkStation) stranger = jk_station_open (jk_test_world_get (elsewhere),
                                                    jk_test_folder_get_path (self->folder),
                                                    "another PC",
                                                    &error);
  other.station = stranger;
  g_autofree char *to = jk_sitting_dup_folder (&other);
  assert_int_equal (g_rename (from, to), 0);
  assert_null (jk_log_open (&other, &error));
  assert_non_null (strstr (error->message, "station.jklog"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);

  other = self->place;
  other.session = jk_test_exam_get_session (self->exam, 1);
  g_autofree char *hall = jk_sitting_dup_folder (&other);
  assert_int_equal (g_rename (to, hall), 0);
  assert_null (jk_log_open (&other, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
}

/* Lives once, with the n-th call of the file failing (0: none); how many rows were acknowledged. */
static guint
live (Fixture *self, guint n_fails)
{
  JkDigest digest = { { 3 } };
  g_autoptr (JkOrder) order = new_order (self, JK_ACT_COPY, 1);
  g_autoptr (JkOrder) end = new_order (self, JK_ACT_END, 2);

  self->log = jk_log_open (&self->place, NULL);
  if (self->log == NULL)
    return 0;
  if (n_fails > 0)
    jk_test_vfs_fail (self->vfs, n_fails, n_fails % 2 == 0, n_fails % 3 == 0);
  guint n = 1;
  n += n == 1 && add_opened (self, NULL) ? 1 : 0;
  n += n == 2 && jk_log_add_failed (self->log, &digest, NULL) ? 1 : 0;
  n += n == 3 && jk_log_add_obeyed (self->log, order, JK_LOG_APPLIED, NULL) ? 1 : 0;
  n += n == 4 && jk_log_add_head (self->log, NULL) ? 1 : 0;
  n += n == 5 && jk_log_add_obeyed (self->log, end, JK_LOG_APPLIED, NULL) ? 1 : 0;
  g_clear_pointer (&self->log, jk_log_free);
  return n;
}

static void
forget (Fixture *self)
{
  static const char *const tails[] = { "",        "-wal", "-journal", ".part", ".part-wal", ".r1",
                                       ".r1-wal", ".r2",  ".r2-wal",  ".r3",   ".r3-wal" };
  g_autofree char *folder = jk_sitting_dup_folder (&self->place);

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *path = g_strconcat (folder, "/station.jklog", tails[i], NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

static void
assert_all_there (Fixture *self, guint n_acknowledged, guint n)
{
  const JkLogReplay *replay = open_log (self);

  if (jk_log_replay_get_n_rows (replay) < n_acknowledged)
    fail_msg ("call %u failed, and a row is gone", n);
  if (n_acknowledged >= 4) {
    g_autoptr (JkOrder) order = new_order (self, JK_ACT_COPY, 1);
    assert_true (jk_log_replay_is_obeyed (replay, jk_order_get_terms (order)->id));
  }
  if (n_acknowledged == 6)
    assert_int_equal (jk_log_replay_get_stage (replay), JK_STAGE_ENDED);
  g_clear_pointer (&self->log, jk_log_free);
}

static void
whatever_call_of_the_file_fails_no_row_is_lost (void **state)
{
  Fixture *self = *state;
  guint n = 0;
  gboolean has_failed = TRUE;

  while (has_failed) {
    n++;
    forget (self);
    jk_test_vfs_heal (self->vfs);
    guint n_acknowledged = live (self, n);
    has_failed = jk_test_vfs_has_failed (self->vfs);
    jk_test_vfs_heal (self->vfs);
    assert_all_there (self, n_acknowledged, n);
  }
  assert_true (n > 10);
}

static void
whatever_call_of_opening_fails_a_log_is_whole_or_not_there (void **state)
{
  Fixture *self = *state;
  guint n = 1;
  gboolean has_failed = TRUE;

  while (has_failed) {
    forget (self);
    jk_test_vfs_heal (self->vfs);
    jk_test_vfs_fail (self->vfs, n, n % 2 == 0, n % 3 == 0);
    guint n_acknowledged = live (self, 0);
    has_failed = jk_test_vfs_has_failed (self->vfs);
    jk_test_vfs_heal (self->vfs);
    assert_all_there (self, n_acknowledged, n);
    n++;
  }
  /* The write-ahead log alone grows by sixty-four. */
  assert_true (n > 100);
}

static void
whatever_call_of_the_folder_fails_no_row_is_lost (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = disk_of (self);
  guint n = 1;

  for (;; n++) {
    forget (self);
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, n % 2 == 0 ? JK_TEST_ONCE : JK_TEST_FOR_GOOD);
    guint n_acknowledged = live (self, 0);
    gboolean has_failed = jk_test_storage_has_failed (disk);
    jk_test_storage_heal (disk);
    assert_all_there (self, n_acknowledged, n);
    if (!has_failed)
      break;
  }
  assert_true (n > 5);
}

static void
a_changed_row_is_found (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_log (self);
  assert_true (add_opened (self, &error));
  g_clear_pointer (&self->log, jk_log_free);
  g_autofree char *folder = jk_sitting_dup_folder (&self->place);
  g_autofree char *path = g_build_filename (folder, "station.jklog", NULL);
  g_autofree char *data = NULL;
  gsize size;
  assert_true (g_file_get_contents (path, &data, &size, &error));

  /* A bit in one of 23 bytes that are not zero, behind the first page: refused, or nothing of it is
   * used. Opening a log grows its file, so not in every byte. */
  guint n_refused = 0, n_used = 0;
  for (gsize at = 4096; at < size; at++) {
    if (data[at] == 0 || n_used++ % 23 != 0)
      continue;
    data[at] ^= 1;
    assert_true (g_file_set_contents (path, data, (gssize) size, &error));
    data[at] ^= 1;
    g_autoptr (JkLog) log = jk_log_open (&self->place, &error);
    if (log == NULL) {
      n_refused++;
      assert_true (error->domain == JK_SITTING_ERROR);
      assert_true (error->code == JK_SITTING_ERROR_CHAIN ||
                   error->code == JK_SITTING_ERROR_FOREIGN ||
                   error->code == JK_SITTING_ERROR_STORE);
      g_clear_error (&error);
    } else {
      assert_int_equal (jk_log_replay_get_n_rows (jk_log_get_replay (log)), 2);
    }
  }
  assert_true (n_refused > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_new_log_says_what_was_loaded),
    TEST (the_roster_key_stays_from_opened_to_ended),
    TEST (every_event_is_there_again_after_a_restart),
    TEST (a_head_is_signed_by_the_station),
    TEST (what_the_replay_refuses_is_not_written),
    TEST (a_log_of_another_pc_or_session_is_refused),
    TEST (whatever_call_of_the_file_fails_no_row_is_lost),
    TEST (whatever_call_of_opening_fails_a_log_is_whole_or_not_there),
    TEST (whatever_call_of_the_folder_fails_no_row_is_lost),
    TEST (a_changed_row_is_found),
  };
  return cmocka_run_group_tests_name ("log", tests, build_exam, free_exam);
}
