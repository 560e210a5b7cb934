/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk.c: the whole way of a candidate, and the same desk after a restart (P9). */
#include "check-desk.h"

static void
a_desk_without_a_session_says_so (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_NO_SESSION);
  assert_null (jk_desk_get_session (self->desk));
  assert_null (jk_desk_get_person (self->desk));
  assert_null (jk_desk_get_label (self->desk));
  assert_int_equal (g_list_model_get_n_items (jk_desk_get_items (self->desk)), 0);
  Ended how = { 0 };
  jk_desk_open_room_async (self->desk, "AAAA", ended, &how);
  g_autoptr (GError) error = await (&how);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_NOT_OPEN);
  error = log_in (self, 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_NOT_OPEN);
}

static void
a_store_that_cannot_be_used_is_an_error (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = jk_test_folder_put_text (self->folder, "file", "no folder");
  JkDeskPlace place = self->place;

  place.authorities = file;
  assert_null (jk_desk_new (&place, &error));
  g_clear_error (&error);
  place = self->place;
  place.store = file;
  assert_null (jk_desk_new (&place, &error));
  assert_non_null (error);
}

static void
a_candidate_goes_the_whole_way (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_LOG_IN);
  assert_ok (log_in (self, 0));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CONFIRM);
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (self->exam, 0);
  assert_string_equal (jk_desk_get_person (self->desk)->name, candidate->name);
  assert_string_equal (jk_desk_get_label (self->desk), candidate->seat);
  assert_true (jk_desk_confirm (self->desk, &error));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_WAITING);
  assert_int_equal (jk_desk_get_start_in_ms (self->desk), 5 * MS_PER_MIN);
  assert_ok (start (self, jk_test_exam_get_start_code (self->exam)));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
  assert_int_equal (jk_desk_get_left_s (self->desk), 90 * S_PER_MIN);
  assert_int_equal (jk_desk_get_granted_ms (self->desk), 90 * MS_PER_MIN);
  assert_int_equal (g_list_model_get_n_items (jk_desk_get_items (self->desk)),
                    JK_TEST_EXAM_PAPER_ITEMS);
  assert_int_equal (jk_desk_get_save (self->desk), JK_SAVE_NONE);
  for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++)
    choose (self, i, 0);
  await_save (self, JK_SAVE_SAVED);
  assert_int_equal (jk_desk_get_n_answered (self->desk), JK_TEST_EXAM_PAPER_ITEMS);

  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (self));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_HANDED_IN);
  assert_int_equal (jk_desk_get_hand_in_reason (self->desk), JK_HAND_IN_VOLUNTARY);
  restart (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_HANDED_IN);
}

static void
a_desk_made_again_is_where_it_was (void **state)
{
  Fixture *self = *state;

  begin (self);
  choose (self, 0, 1);
  choose (self, 3, 0);
  jk_desk_visit (self->desk, 3);
  await_save (self, JK_SAVE_SAVED);
  restart (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
  assert_int_equal (jk_desk_get_position (self->desk), 3);
  assert_int_equal (chosen (self, 0), 1 << 1);
  assert_int_equal (jk_desk_get_n_answered (self->desk), 2);
  assert_int_equal (jk_desk_get_save (self->desk), JK_SAVE_SAVED);
  assert_true (jk_desk_get_left_s (self->desk) >= 90 * S_PER_MIN - 1);
  await_heard (self, "resumed 2\n");
}

static void
before_the_start_a_desk_made_again_asks_for_the_log_in (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_ok (log_in (self, 0));
  assert_true (jk_desk_confirm (self->desk, &error));
  restart (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_LOG_IN);
  error = start (self, jk_test_exam_get_start_code (self->exam));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_ok (log_in (self, 0));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_WAITING);
  assert_ok (start (self, jk_test_exam_get_start_code (self->exam)));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
}

static void
properties_are_what_the_getters_give (void **state)
{
  Fixture *self = *state;
  guint page, save, answered, flagged, position;
  guint64 left;
  gboolean busy;

  begin (self);
  choose (self, 1, 0);
  await_save (self, JK_SAVE_SAVED);
  g_object_get (self->desk,
                "page",
                &page,
                "save",
                &save,
                "answered",
                &answered,
                "flagged",
                &flagged,
                "position",
                &position,
                "left",
                &left,
                "busy",
                &busy,
                NULL);
  assert_int_equal (page, JK_PAGE_ANSWERING);
  assert_int_equal (save, JK_SAVE_SAVED);
  assert_int_equal (answered, 1);
  assert_int_equal (flagged, 0);
  assert_int_equal (position, jk_desk_get_position (self->desk));
  assert_int_equal (left, jk_desk_get_left_s (self->desk));
  assert_false (busy);
}

static void
the_codes_of_incidents_are_those_of_the_file (void **state)
{
  Fixture *self = *state;
  g_autofree char *file = jk_test_folder_put_text (self->folder,
                                                   "codes.ini",
                                                   "[Q1]\nkind=incident\ntitle=t\ntitle-en=t\n");

  open_desk (self);
  assert_null (jk_desk_get_incidents (self->desk));
  assert_null (jk_desk_get_fault (self->desk, 0));
  close_desk (self);
  self->place.incidents = file;
  open_desk (self);
  assert_non_null (jk_incidents_find (jk_desk_get_incidents (self->desk), "Q1"));
  assert_null (jk_desk_get_fault (self->desk, 0));
}

static void
a_file_of_codes_that_cannot_be_used_stops_nothing (void **state)
{
  Fixture *self = *state;
  g_autofree char *file = jk_test_folder_put_text (self->folder, "codes.ini", "[Q1]\nkind=x\n");

  self->place.incidents = file;
  open_desk (self);
  assert_null (jk_desk_get_incidents (self->desk));
  assert_non_null (strstr (jk_desk_get_fault (self->desk, 0), file));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_desk_without_a_session_says_so, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_store_that_cannot_be_used_is_an_error, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_candidate_goes_the_whole_way, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_desk_made_again_is_where_it_was, set_up, tear_down),
    cmocka_unit_test_setup_teardown (before_the_start_a_desk_made_again_asks_for_the_log_in,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (properties_are_what_the_getters_give, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_codes_of_incidents_are_those_of_the_file,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (a_file_of_codes_that_cannot_be_used_stops_nothing,
                                     set_up,
                                     tear_down),
  };
  return cmocka_run_group_tests_name ("desk", tests, check_build_exam, check_free_exam);
}
