/* SPDX-License-Identifier: Apache-2.0 */
/* Which stores a sitting begins in and goes on with, and which it refuses (P9, P10). */
#include "check-sitting.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static void
a_sitting_begins_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  begin (self);
  kill_sitting (self);
  assert_null (jk_sitting_begin (&self->place, self->record, self->record_key, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
}

static void
a_store_that_holds_no_sitting_yet_is_begun_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autofree char *folder = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  jk_journal_free (jk_journal_create (self->place.world,
                                      path,
                                      jk_session_get_digest (self->place.session),
                                      jk_station_get_seal_public (self->station),
                                      1,
                                      &error));
  assert_ok (error);
  assert_null (jk_sitting_resume (&self->place, record_of (self), &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
  begin (self);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_IDENTIFIED);
}

static void
what_is_not_there_is_not_resumed (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  assert_null (jk_sitting_resume (&self->place, 3, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
}

/* Takes the store of the sitting, which ends, to another place. */
static void
carry_store (Fixture *self, const char *to)
{
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autofree char *folder = g_path_get_dirname (to);

  g_clear_pointer (&self->sitting, jk_sitting_free);
  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  assert_int_equal (g_rename (path, to), 0);
}

static void
a_store_of_another_station_is_foreign (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  start (self);
  g_autoptr (JkTestWorld) chance = jk_test_world_new (99);
  JkStation *other = jk_station_open (jk_test_world_get (chance),
                                      jk_test_folder_get_path (self->folder),
                                      "other PC",
                                      &error);
  assert_ok (error);
  JkSittingPlace there = self->place;
  there.station = other;
  g_autofree char *folder = jk_sitting_dup_folder (&there);
  g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, record_of (self));
  carry_store (self, path);
  self->place.station = other;
  assert_null (jk_sitting_resume (&self->place, record_of (self), &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
  jk_station_free (other);
}

static void
a_store_of_another_hall_is_foreign (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  start (self);
  JkSittingPlace there = self->place;
  there.session = jk_test_exam_get_session (self->exam, 1);
  g_autofree char *folder = jk_sitting_dup_folder (&there);
  g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, record_of (self));
  carry_store (self, path);
  self->place.session = there.session;
  assert_null (jk_sitting_resume (&self->place, record_of (self), &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
}

static void
a_store_under_another_record_is_foreign (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  guint32 other = record_of (self) + 1;
  g_autofree char *path = dup_store_path (self, other);

  start (self);
  carry_store (self, path);
  assert_null (jk_sitting_resume (&self->place, other, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
}

static void
an_entry_that_is_gone_is_named (void **state)
{
  static const char *const names[] = { "person", "paper", "item 3", "result 1" };
  Fixture *self = *state;
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autofree char *data = NULL;
  gsize size;

  start (self);
  assert_true (jk_sitting_hand_in (self->sitting, JK_HAND_IN_TIME_UP, NULL));
  g_clear_pointer (&self->sitting, jk_sitting_free);
  assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *sql = g_strdup_printf ("DELETE FROM side WHERE name = '%s'", names[i]);
    sqlite3 *db = NULL;

    assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
    assert_int_equal (sqlite3_open (path, &db), SQLITE_OK);
    assert_int_equal (sqlite3_exec (db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close (db);
    assert_null (jk_sitting_resume (&self->place, record_of (self), &error));
    assert_non_null (strstr (error->message, names[i]));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  }
}

/* A journal whose rows are right and whose entries are not: only who holds the keys can make it.
 * started_byte changes the digest that STARTED names. */
static void
forge (Fixture *self,
       const char *person,
       gsize person_size,
       gconstpointer paper,
       gsize paper_size,
       guint8 started_byte)
{
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autofree char *folder = g_path_get_dirname (path);
  const JkDigest *session = jk_session_get_digest (self->place.session);
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkIdentified identified = { .record = record_of (self) };
  JkStarted started = { .allotted_ms = 1000, .n_items = 1 };
  JkSideEntry entries[] = { { "person", person, person_size },
                            { "paper", paper, paper_size },
                            { "item 0", "x", 1 } };

  memcpy (identified.session_digest, session->bytes, JK_DIGEST_BYTES);
  memcpy (identified.station_sign, jk_station_get_sign_public (self->station), JK_PUBLIC_BYTES);
  g_autoptr (JkPaper) read = jk_paper_from_bytes (paper, paper_size, NULL);
  if (read != NULL) {
    JkDigest digest;
    jk_paper_get_digest (read, &digest);
    memcpy (started.paper_digest, digest.bytes, JK_DIGEST_BYTES);
    started.paper_digest[0] ^= started_byte;
    started.n_items = jk_paper_get_n (read);
  }
  g_mkdir_with_parents (folder, 0700);
  g_unlink (path);
  g_autoptr (JkJournal) journal = jk_journal_create (self->place.world,
                                                     path,
                                                     session,
                                                     jk_station_get_seal_public (self->station),
                                                     1,
                                                     NULL);
  gsize size = jk_payload_put_identified (payload, &identified);
  jk_journal_post (journal,
                   JK_EVENT_IDENTIFIED,
                   0,
                   payload,
                   size,
                   entries,
                   3,
                   JK_JOURNAL_NOW,
                   NULL);
  jk_journal_post (journal, JK_EVENT_READY, 0, NULL, 0, NULL, 0, JK_JOURNAL_NOW, NULL);
  size = jk_payload_put_started (payload, &started);
  jk_journal_post (journal, JK_EVENT_STARTED, 0, payload, size, NULL, 0, JK_JOURNAL_NOW, NULL);
}

static void
assert_not_resumed (Fixture *self, const char *what)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_sitting_resume (&self->place, record_of (self), &error));
  assert_non_null (error);
  assert_non_null (strstr (error->message, ".jkjournal"));
  assert_non_null (strstr (error->message, what));
}

static void
entries_that_contradict_the_rows_are_refused (void **state)
{
  static const char person[] = "a\0b\0c\0d\0e";
  Fixture *self = *state;
  g_autoptr (GVariant) value = g_variant_ref_sink (
      g_variant_new ("(sssssubyq)", "1", "n", "i", "s", "p", record_of (self), FALSE, 'M', 5));
  const char *good = g_variant_get_data (value);
  gsize good_size = g_variant_get_size (value);
  const JkPaper *paper = jk_own_paper_get_paper (self->own);
  g_autoptr (GBytes) rows = jk_paper_to_bytes (paper);
  gsize size;
  gconstpointer data = g_bytes_get_data (rows, &size);

  forge (self, person, sizeof person, data, size, 0);
  assert_not_resumed (self, "\"person\"");
  forge (self, good, good_size, "no paper", 8, 0);
  assert_not_resumed (self, "8 bytes");
  forge (self, good, good_size, data, size, 1);
  assert_not_resumed (self, "another paper than was started");
  forge (self, good, good_size, data, size, 0);
  assert_not_resumed (self, "an item that cannot be read");
}

static void
stores_are_found_in_order (void **state)
{
  static const char *const names[] = { "00012.jkjournal", "00003.jkjournal", "00003.jkjournal-wal",
                                       "x.jkjournal",     "25000.jkjournal", "100.jkjournal",
                                       "7.jkjournal.part" };
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  guint n = 99;

  g_autofree guint32 *none = jk_sitting_find (&self->place, &n, &error);
  assert_non_null (none);
  assert_int_equal (n, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *folder = jk_sitting_dup_folder (&self->place);
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_mkdir_with_parents (folder, 0700);
    assert_true (g_file_set_contents (path, "", 0, NULL));
  }
  g_autofree guint32 *found = jk_sitting_find (&self->place, &n, &error);
  assert_int_equal (n, 3);
  assert_int_equal (found[0], 3);
  assert_int_equal (found[1], 12);
  assert_int_equal (found[2], 100);
}

static void
a_folder_that_cannot_be_read_is_an_error (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_sitting_dup_folder (&self->place);
  guint n;

  assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_null (jk_sitting_find (&self->place, &n, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  assert_null (jk_sitting_begin (&self->place, self->record, self->record_key, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_sitting_begins_once),
    TEST (a_store_that_holds_no_sitting_yet_is_begun_again),
    TEST (what_is_not_there_is_not_resumed),
    TEST (a_store_of_another_station_is_foreign),
    TEST (a_store_of_another_hall_is_foreign),
    TEST (a_store_under_another_record_is_foreign),
    TEST (an_entry_that_is_gone_is_named),
    TEST (entries_that_contradict_the_rows_are_refused),
    TEST (stores_are_found_in_order),
    TEST (a_folder_that_cannot_be_read_is_an_error),
  };
  return cmocka_run_group_tests_name ("sitting-stores", tests, check_build_exam, check_free_exam);
}
