/* SPDX-License-Identifier: Apache-2.0 */
#include "check-journal.h"

#include <sqlite3.h>

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
rows_come_back_in_order (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  guint8 id[JK_SITTING_ID_BYTES];

  answer (journal, 1000, 3, 2);
  answer (journal, 2000, 4, 8);
  memcpy (id, jk_journal_get_sitting_id (journal), sizeof id);
  JkDigest link = *jk_replay_get_link (jk_journal_get_replay (journal));
  assert_int_equal (jk_journal_get_acknowledged (journal), 5);
  assert_int_equal (jk_journal_get_durable_exam_ms (journal), 0);
  g_clear_pointer (&journal, jk_journal_free);

  journal = must_open (self);
  const JkReplay *replay = jk_journal_get_replay (journal);
  assert_int_equal (jk_replay_get_state (replay), JK_STATE_RUNNING);
  assert_int_equal (jk_replay_get_n_rows (replay), 5);
  assert_int_equal (jk_replay_get_answer (replay, 3), 2);
  assert_int_equal (jk_replay_get_answer (replay, 4), 8);
  assert_true (jk_digest_equal (jk_replay_get_link (replay), &link));
  assert_memory_equal (jk_journal_get_sitting_id (journal), id, sizeof id);
  assert_int_equal (jk_journal_get_acknowledged (journal), 5);
  assert_int_equal (jk_journal_get_durable_exam_ms (journal), 2000);
  answer (journal, 3000, 3, 4);
  assert_int_equal (jk_journal_get_acknowledged (journal), 6);
  jk_journal_free (NULL);
}

static void
a_store_is_made_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  jk_journal_free (must_create (self));
  assert_null (create (self, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
}

static void
a_store_that_is_missing_is_named (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  assert_null (open_again (self, &error));
  assert_non_null (strstr (error->message, "00007"));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
}

static void
a_store_of_another_session_is_foreign (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkDigest other = { { 9 } };

  jk_journal_free (running (self));
  assert_null (jk_journal_open (self->world, self->path, &other, self->reader, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
}

static void
a_store_opens_for_its_readers_only (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSealPublic public_key;
  g_autoptr (JkSecret) other = jk_seal_key_new (self->world->random, "test: key", 1, &public_key);

  jk_journal_free (running (self));
  assert_null (jk_journal_open (self->world, self->path, &session, other, &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
nothing_of_an_answer_stands_in_clear (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autofree char *data = NULL;
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkSideEntry side = { "item 0", "WHAT IS A QUESTION", 18 };
  gsize size;

  gsize payload_size = check_put_payload (payload, JK_EVENT_VISITED, 1, 0);
  assert_true (jk_journal_post (journal,
                                JK_EVENT_VISITED,
                                0,
                                payload,
                                payload_size,
                                &side,
                                1,
                                JK_JOURNAL_LAZY,
                                NULL) != 0);
  g_clear_pointer (&journal, jk_journal_free);
  assert_true (g_file_get_contents (self->path, &data, &size, NULL));
  assert_non_null (memmem (data, size, "item 0", 6));
  assert_null (memmem (data, size, "WHAT IS A", 9));
  assert_null (memmem (data, size, "\x3c\x00\x00\x00\x5a\x00\x00\x00", 8));
}

static void
assert_chain_error (Fixture *self, const char *sql, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (self->path, &data, &size, NULL));
  change (self, sql);
  g_autoptr (JkJournal) journal = open_again (self, &error);
  assert_null (journal);
  if (strstr (error->message, word) == NULL)
    fail_msg ("%s: %s", sql, error->message);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_true (g_file_set_contents (self->path, data, (gssize) size, NULL));
}

static void
a_changed_store_is_refused_with_the_row (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);

  answer (journal, 1000, 1, 1);
  answer (journal, 2000, 1, 2);
  answer (journal, 3000, 1, 4);
  jk_journal_note_time (journal, 4000);
  g_clear_pointer (&journal, jk_journal_free);

  assert_chain_error (self, "UPDATE row SET box = zeroblob (92) WHERE sequence = 4", "row 4");
  assert_chain_error (self, "UPDATE row SET box = x'00' WHERE sequence = 5", "row 5");
  assert_chain_error (self, "UPDATE row SET box = zeroblob (90000) WHERE sequence = 5", "longer");
  assert_chain_error (self, "DELETE FROM row WHERE sequence = 5", "Row 6");
  assert_chain_error (self,
                      "CREATE TEMP TABLE t AS SELECT box FROM row WHERE sequence = 4;"
                      "UPDATE row SET box = (SELECT box FROM row WHERE sequence = 5)"
                      " WHERE sequence = 4;"
                      "UPDATE row SET box = (SELECT box FROM t) WHERE sequence = 5;",
                      "row 4");
  assert_chain_error (self, "UPDATE row SET sequence = 9 WHERE sequence = 6", "row 9");
  assert_chain_error (self, "UPDATE time SET box = zeroblob (80)", "exam time");
  assert_chain_error (self, "DROP TABLE row", "damaged");
  jk_journal_free (must_open (self));
}

static void
a_refused_store_is_left_as_it_was (void **state)
{
  Fixture *self = *state;
  g_autofree char *before = NULL, *after = NULL;
  gsize before_size, after_size;

  jk_journal_free (running (self));
  change (self, "UPDATE row SET box = zeroblob (92) WHERE sequence = 2");
  assert_true (g_file_get_contents (self->path, &before, &before_size, NULL));
  assert_null (open_again (self, NULL));
  assert_true (g_file_get_contents (self->path, &after, &after_size, NULL));
  assert_int_equal (before_size, after_size);
  assert_memory_equal (before, after, before_size);
}

static void
a_row_that_has_no_place_is_refused_and_not_written (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;

  assert_int_equal (check_post (journal, JK_EVENT_READY, 0, 0, 0, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (check_post (journal, JK_EVENT_ANSWERED, 0, CHECK_ITEMS, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  answer (journal, 0, 0, 1);
  assert_int_equal (jk_journal_get_acknowledged (journal), 4);
}

static void
exam_time_is_the_later_of_row_and_record (void **state)
{
  Fixture *self = *state;
  JkTestClock *clock = jk_test_world_get_clock (self->fakes);
  g_autoptr (JkJournal) journal = running (self);
  guint8 boot_id[JK_BOOT_ID_BYTES];

  answer (journal, 1000, 1, 1);
  jk_test_clock_pass_s (clock, 5);
  jk_journal_note_time (journal, 6000);
  gint64 wall_ms = self->world->clock->wall_ms (self->world->clock);
  self->world->clock->boot_id (self->world->clock, boot_id);
  g_clear_pointer (&journal, jk_journal_free);

  jk_test_clock_reboot (clock, 60 * G_USEC_PER_SEC);
  journal = must_open (self);
  assert_int_equal (jk_journal_get_durable_exam_ms (journal), 6000);
  assert_int_equal (jk_journal_get_durable_wall_ms (journal), wall_ms);
  assert_memory_equal (jk_journal_get_durable_boot_id (journal), boot_id, sizeof boot_id);

  /* A record of before the last row says nothing. */
  answer (journal, 7000, 1, 2);
  g_clear_pointer (&journal, jk_journal_free);
  journal = must_open (self);
  assert_int_equal (jk_journal_get_durable_exam_ms (journal), 7000);
  assert_memory_not_equal (jk_journal_get_durable_boot_id (journal), boot_id, sizeof boot_id);
}

static void
a_side_entry_is_read_back (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = must_create (self);
  g_autoptr (GError) error = NULL;
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkSideEntry side[] = { { "person", "somebody", 8 }, { "empty", "", 0 } };

  gsize size = check_put_payload (payload, JK_EVENT_IDENTIFIED, 0, 0);
  assert_true (jk_journal_post (journal,
                                JK_EVENT_IDENTIFIED,
                                0,
                                payload,
                                size,
                                side,
                                2,
                                JK_JOURNAL_NOW,
                                &error) == 1);
  g_autoptr (GBytes) person = jk_journal_read_side (journal, "person", &error);
  assert_ok (error);
  assert_int_equal (g_bytes_get_size (person), 8);
  g_autoptr (GBytes) empty = jk_journal_read_side (journal, "empty", &error);
  assert_int_equal (g_bytes_get_size (empty), 0);
  assert_null (jk_journal_read_side (journal, "nobody", &error));
  assert_non_null (strstr (error->message, "missing"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  g_clear_pointer (&journal, jk_journal_free);

  change (self, "UPDATE side SET box = (SELECT box FROM side WHERE name = 'empty')");
  journal = must_open (self);
  assert_null (jk_journal_read_side (journal, "person", &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
the_rows_in_plaintext_give_the_same_replay (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autoptr (GError) error = NULL;
  JkDigest first;

  answer (journal, 1000, 7, 1);
  g_autoptr (GBytes) rows = jk_journal_read_rows (journal, &first, &error);
  assert_ok (error);
  g_autoptr (JkReplay) replay = jk_replay_new (&first);
  gsize size, at = 0;
  const guint8 *data = g_bytes_get_data (rows, &size);
  while (at < size) {
    guint32 length = jk_bytes_get_u32 (data + at);
    jk_replay_take (replay, data + at + 4, length, &error);
    assert_ok (error);
    at += 4 + (gsize) length;
  }
  assert_int_equal (at, size);
  assert_true (jk_digest_equal (jk_replay_get_link (replay),
                                jk_replay_get_link (jk_journal_get_replay (journal))));
}

static void
count_wake (gpointer user_data)
{
  g_atomic_int_inc ((gint *) user_data);
}

static void
somebody_is_woken_by_a_commit (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  gint n = 0;

  jk_journal_set_notify (journal, count_wake, &n);
  answer (journal, 1000, 7, 1);
  g_clear_pointer (&journal, jk_journal_free);
  assert_int_equal (g_atomic_int_get (&n), 1);
}

static void
an_answer_costs_one_sync_whatever_else_goes_on (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);

  jk_test_vfs_heal (self->vfs);
  for (guint i = 0; i < 200; i++) {
    guint64 exam_ms = 1000 + i * 10;
    check_post (journal, JK_EVENT_CLEARED, exam_ms, 1, 0, NULL);
    answer (journal, exam_ms, i % CHECK_ITEMS, 1);
  }
  assert_true (jk_test_vfs_get_n_syncs (self->vfs) <= 400);

  jk_test_vfs_heal (self->vfs);
  for (guint i = 0; i < 200; i++)
    answer (journal, 10000 + i * 10, i % CHECK_ITEMS, 2);
  assert_int_equal (jk_test_vfs_get_n_syncs (self->vfs), 200);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (rows_come_back_in_order),
    TEST (a_store_is_made_once),
    TEST (a_store_that_is_missing_is_named),
    TEST (a_store_of_another_session_is_foreign),
    TEST (a_store_opens_for_its_readers_only),
    TEST (nothing_of_an_answer_stands_in_clear),
    TEST (a_changed_store_is_refused_with_the_row),
    TEST (a_refused_store_is_left_as_it_was),
    TEST (a_row_that_has_no_place_is_refused_and_not_written),
    TEST (exam_time_is_the_later_of_row_and_record),
    TEST (a_side_entry_is_read_back),
    TEST (the_rows_in_plaintext_give_the_same_replay),
    TEST (somebody_is_woken_by_a_commit),
    TEST (an_answer_costs_one_sync_whatever_else_goes_on),
  };
  return cmocka_run_group_tests_name ("journal", tests, check_setup, NULL);
}
