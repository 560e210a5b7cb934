/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/journal-post.h"

typedef struct {
  JkTestFolder *folder;
  JkJournalDb *db;
} Fixture;

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
  g_autofree char *path = jk_test_folder_put_text (self->folder, "a.jkjournal", "");
  if (!jk_journal_db_make (path, NULL, &meta, NULL))
    return -1;
  self->db = jk_journal_db_open (path, NULL, JK_JOURNAL_DURABLE, NULL);
  *state = self;
  return self->db != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_journal_db_free (self->db);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static void
a_post_is_written_with_what_it_brings_along (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autoptr (GBytes) gone = NULL;
  g_autoptr (JkJournalPost) first = jk_journal_post_new (1, g_malloc0 (92), 92);
  g_autoptr (JkJournalPost) second = jk_journal_post_new (2, g_malloc0 (92), 92);

  assert_true (jk_journal_post_is_single (first));
  assert_int_equal (jk_journal_post_get_sequence (second), 2);
  jk_journal_post_add_side (first, "a", g_memdup2 ("side", 4), 4);
  jk_journal_post_add_side (first, "b", g_memdup2 ("more", 4), 4);
  jk_journal_post_drop_side (second, "b");
  assert_false (jk_journal_post_is_single (first));
  assert_false (jk_journal_post_is_single (second));
  assert_true (jk_journal_post_write (first, self->db, &error));
  assert_true (jk_journal_post_write (second, self->db, &error));
  assert_true (jk_journal_db_read_side (self->db, "a", &box, &error));
  assert_int_equal (g_bytes_get_size (box), 4);
  assert_true (jk_journal_db_read_side (self->db, "b", &gone, &error));
  assert_null (gone);
}

static void
a_row_that_is_there_is_not_written_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkJournalPost) post = jk_journal_post_new (1, g_malloc0 (92), 92);

  assert_true (jk_journal_post_write (post, self->db, &error));
  assert_false (jk_journal_post_write (post, self->db, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  jk_journal_post_free (NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_post_is_written_with_what_it_brings_along),
    TEST (a_row_that_is_there_is_not_written_again),
  };
  return cmocka_run_group_tests_name ("journal-post", tests, check_setup, NULL);
}
