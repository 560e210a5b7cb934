/* SPDX-License-Identifier: Apache-2.0 */
#include "check-journal.h"

#include "sitting/journal-copy.h"

static const JkSideEntry entries[] = { { "person", "somebody", 8 }, { "paper", "", 0 } };

/* Copies all of journal to a new path. */
static gboolean
copy_to (Fixture *self, JkJournal *journal, const char *path, GError **error)
{
  JkDigest first;
  g_autoptr (GBytes) rows = jk_journal_read_rows (journal, &first, NULL);
  JkJournalCopy copy = {
    .sitting_id = jk_journal_get_sitting_id (journal),
    .first_link = &first,
    .rows = rows,
    .side = entries,
    .n_side = G_N_ELEMENTS (entries),
  };

  return jk_journal_copy_make (self->world, path, &session, &self->reader_public, 1, &copy, error);
}

static void
a_copy_has_the_same_rows_and_goes_on (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournal) journal = running (self);
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "copy.jkjournal");

  answer (journal, 1000, 3, 2);
  assert_true (copy_to (self, journal, path, &error));
  g_autoptr (JkJournal) copy = jk_journal_open (self->world, path, &session, self->reader, &error);
  assert_ok (error);
  assert_true (jk_digest_equal (jk_replay_get_link (jk_journal_get_replay (copy)),
                                jk_replay_get_link (jk_journal_get_replay (journal))));
  assert_memory_equal (jk_journal_get_sitting_id (copy),
                       jk_journal_get_sitting_id (journal),
                       JK_SITTING_ID_BYTES);
  g_autoptr (GBytes) person = jk_journal_read_side (copy, "person", &error);
  assert_ok (error);
  assert_int_equal (g_bytes_get_size (person), 8);
  answer (copy, 2000, 4, 1);
  assert_int_equal (jk_replay_get_answer (jk_journal_get_replay (copy), 3), 2);
}

static void
a_copy_takes_no_place_that_is_taken (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournal) journal = running (self);

  assert_false (copy_to (self, journal, self->path, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
}

static void
whatever_call_fails_there_is_a_whole_copy_or_none (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkJournal) journal = running (self);
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "copy.jkjournal");
  gboolean made = FALSE;
  guint n = 1;

  answer (journal, 1000, 3, 2);
  for (; !made; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_vfs_fail (self->vfs, n, FALSE, FALSE);
    made = copy_to (self, journal, path, &error);
    jk_test_vfs_heal (self->vfs);
    assert_int_equal (g_file_test (path, G_FILE_TEST_EXISTS), made);
  }
  assert_true (n > 10);
  g_autoptr (JkJournal) copy = jk_journal_open (self->world, path, &session, self->reader, NULL);
  assert_non_null (copy);
  assert_int_equal (jk_replay_get_n_rows (jk_journal_get_replay (copy)), 4);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_copy_has_the_same_rows_and_goes_on),
    TEST (a_copy_takes_no_place_that_is_taken),
    TEST (whatever_call_fails_there_is_a_whole_copy_or_none),
  };
  return cmocka_run_group_tests_name ("journal copy", tests, check_setup, NULL);
}
