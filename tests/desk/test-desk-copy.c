/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/desk-copy.c: what an order sends to the inbox. How one result is brought to a stick
 * is tests/desk/test-parcel.c, what a proctor does by hand tests/desk/test-folder.c. */
#include "check-folder.h"

static void
order_copy (Fixture *self)
{
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY);

  terms.record = JK_ORDER_EVERY;
  send_terms (self, &terms);
}

static void
await_file (const char *path)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static char *
dup_result_path (Fixture *self)
{
  g_autofree char *name = dup_result_name (self, 1);

  return g_build_filename (self->place.inbox, name, NULL);
}

static void
what_could_not_be_copied_is_told_and_copied_by_the_same_stick_later (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autofree char *path = dup_result_path (self);
  g_autofree char *away = jk_test_folder_dup_path (self->folder, "away");

  seal (self);
  jk_test_storage_only (disk, self->place.inbox);
  jk_test_storage_fail (disk, JK_TEST_PWRITE, 1, ENOSPC, JK_TEST_FOR_GOOD);
  order_copy (self);
  await_fault (self, "free space");
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* Pulled, tidied and put in again. */
  jk_test_storage_heal (disk);
  jk_test_storage_only (disk, NULL);
  assert_int_equal (g_rename (self->place.inbox, away), 0);
  await_seen (self, FALSE);
  assert_int_equal (g_rename (away, self->place.inbox), 0);
  await_file (path);
}

static void
the_stick_that_brings_the_session_takes_the_results_later (void **state)
{
  Fixture *self = *state;
  g_autofree char *path = dup_result_path (self);
  g_autofree char *away = jk_test_folder_dup_path (self->folder, "away");

  order_copy (self);
  seal (self);
  assert_null (jk_desk_get_fault (self->desk, 0));
  assert_int_equal (g_rename (self->place.inbox, away), 0);
  await_seen (self, FALSE);
  assert_int_equal (g_rename (away, self->place.inbox), 0);
  await_file (path);
}

static void
a_stick_that_hangs_keeps_neither_clock_nor_proctor_waiting (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autofree char *path = dup_result_path (self);
  Hanging hanging;

  seal (self);
  begin_to_hang (&hanging, disk, path);
  order_copy (self);
  await_hanging (&hanging);
  /* The next order is obeyed meanwhile. */
  send (self, JK_ACT_REOPEN);
  await_page (self, JK_PAGE_ANSWERING);
  let_go (&hanging, disk);
  await_file (path);
}

static void
what_is_copied_stands_in_the_log (void **state)
{
  Fixture *self = *state;
  g_autofree char *path = dup_result_path (self);

  seal (self);
  guint64 before = count_rows (self);
  assert_false (jk_desk_is_copied (self->desk));
  order_copy (self);
  await_file (path);
  follow_ms (500);
  assert_true (jk_desk_is_copied (self->desk));
  /* The order, the copy, and perhaps what the minute's look has signed. */
  assert_in_range (count_rows (self), before + 2, before + 3);
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WHOLE (what_could_not_be_copied_is_told_and_copied_by_the_same_stick_later),
    WHOLE (the_stick_that_brings_the_session_takes_the_results_later),
    WHOLE (a_stick_that_hangs_keeps_neither_clock_nor_proctor_waiting),
    WHOLE (what_is_copied_stands_in_the_log),
  };
  return cmocka_run_group_tests_name ("desk-copy", tests, check_build_exam, check_free_exam);
}
