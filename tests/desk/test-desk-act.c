/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-act.c: what people do, and what becomes of what they do wrong. */
#include "check-desk.h"

static void
wrong_numbers_are_refused_and_then_wait (void **state)
{
  Fixture *self = *state;
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (self->exam, 0);

  open_room (self);
  for (guint i = 0; i < 5; i++) {
    Ended how = { 0 };
    jk_desk_log_in_async (self->desk, candidate->admission, "110101199001011234", ended, &how);
    g_autoptr (GError) error = await (&how);
    assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  }
  assert_int_equal (jk_desk_get_wait_ms (self->desk, candidate->admission), 60000);
  g_autoptr (GError) error = log_in (self, 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_WAIT);
  jk_test_clock_pass_s (self->clock, 60);
  assert_ok (log_in (self, 0));
}

static void
the_room_code_tells_which_hall_this_is (void **state)
{
  Fixture *self = *state;
  Ended how = { 0 };

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  arrive (self, jk_test_exam_get_session_path (self->exam, 1));
  open_desk (self);
  jk_desk_open_room_async (self->desk, jk_test_exam_get_room_code (self->exam, 1), ended, &how);
  assert_ok (await (&how));
  assert_string_equal (jk_session_get_hall (jk_desk_get_session (self->desk)), "02");
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_LOG_IN);
}

static void
a_wrong_room_code_opens_no_hall (void **state)
{
  Fixture *self = *state;
  Ended how = { 0 };

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  open_desk (self);
  jk_desk_open_room_async (self->desk, jk_test_exam_get_room_code (self->exam, 1), ended, &how);
  g_autoptr (GError) error = await (&how);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ROOM_CODE);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CLOSED);
}

static GError *
type_room_code (Fixture *self, guint hall)
{
  Ended how = { 0 };

  jk_desk_open_room_async (self->desk, jk_test_exam_get_room_code (self->exam, hall), ended, &how);
  return await (&how);
}

/* The first candidate of hall 02. */
static guint
find_next_door (Fixture *self)
{
  guint n = 0;

  while (jk_test_exam_get_candidate (self->exam, n)->hall == 0)
    n++;
  return n;
}

/* As where one room has two levels, each with a session of its own. */
static void
open_both (Fixture *self)
{
  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  arrive (self, jk_test_exam_get_session_path (self->exam, 1));
  open_desk (self);
  assert_ok (type_room_code (self, 0));
  assert_ok (type_room_code (self, 1));
  assert_string_equal (jk_session_get_hall (jk_desk_get_session (self->desk)), "01");
}

static void
somebody_of_the_other_level_logs_in_where_both_are_open (void **state)
{
  Fixture *self = *state;

  open_both (self);
  assert_ok (log_in (self, find_next_door (self)));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CONFIRM);
  assert_string_equal (jk_session_get_hall (jk_desk_get_session (self->desk)), "02");
  assert_string_equal (jk_desk_get_person (self->desk)->name,
                       jk_test_exam_get_candidate (self->exam, find_next_door (self))->name);
}

static void
a_second_session_opens_beside_the_first_with_its_own_code_alone (void **state)
{
  Fixture *self = *state;

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  open_desk (self);
  assert_ok (type_room_code (self, 0));
  g_autoptr (GError) error = type_room_code (self, 1);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  error = log_in (self, find_next_door (self));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
}

static void
who_is_known_next_door_is_told_what_is_wrong_there (void **state)
{
  Fixture *self = *state;
  guint n = find_next_door (self);

  open_both (self);
  jk_test_clock_step_wall_ms (self->clock, 60 * MS_PER_MIN);
  g_autoptr (GError) error = log_in (self, n);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_LATE);
  jk_test_clock_step_wall_ms (self->clock, -60 * MS_PER_MIN);
  for (guint i = 0; i < 6; i++) {
    Ended how = { 0 };
    jk_desk_log_in_async (self->desk,
                          jk_test_exam_get_candidate (self->exam, n)->admission,
                          "110101199001011234",
                          ended,
                          &how);
    error = await (&how);
    assert_non_null (error);
    g_clear_error (&error);
  }
  error = log_in (self, n);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_WAIT);
  jk_test_clock_pass_s (self->clock, 60);
  assert_ok (log_in (self, n));
}

/* After a restart the log-in is shown to who had not started. */
static void
nobody_of_another_level_comes_between_a_candidate_and_the_start (void **state)
{
  Fixture *self = *state;

  open_both (self);
  assert_ok (log_in (self, 0));
  restart (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_LOG_IN);
  g_autoptr (GError) error = log_in (self, find_next_door (self));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  assert_ok (log_in (self, 0));
}

static void
without_the_bank_the_start_says_so (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  Ended how = { 0 };

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  open_desk (self);
  jk_desk_open_room_async (self->desk, jk_test_exam_get_room_code (self->exam, 0), ended, &how);
  assert_ok (await (&how));
  assert_ok (log_in (self, 0));
  assert_true (jk_desk_confirm (self->desk, &error));
  error = start (self, jk_test_exam_get_start_code (self->exam));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_NO_BANK);
}

static void
a_wrong_start_code_opens_nothing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_ok (log_in (self, 0));
  assert_true (jk_desk_confirm (self->desk, &error));
  error = start (self, "AAAA");
  assert_non_null (error);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_WAITING);
  assert_int_equal (g_list_model_get_n_items (jk_desk_get_items (self->desk)), 0);
}

static void
an_option_chosen_again_is_cleared (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  begin (self);
  choose (self, 0, 2);
  assert_int_equal (chosen (self, 0), 1 << 2);
  choose (self, 0, 2);
  assert_int_equal (chosen (self, 0), 0);
  assert_int_equal (jk_desk_get_n_answered (self->desk), 0);
  choose (self, 0, 1);
  assert_true (jk_desk_clear (self->desk, 0, &error));
  assert_true (jk_desk_clear (self->desk, 0, &error)); /* nothing there: nothing to do */
  assert_int_equal (chosen (self, 0), 0);
  await_save (self, JK_SAVE_SAVED);
}

static void
flags_come_and_go (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  begin (self);
  assert_true (jk_desk_flag (self->desk, 2, TRUE, &error));
  assert_int_equal (jk_desk_get_n_flagged (self->desk), 1);
  assert_true (jk_desk_item_is_flagged (jk_desk_get_item (self->desk, 2)));
  assert_true (jk_desk_flag (self->desk, 2, FALSE, &error));
  assert_int_equal (jk_desk_get_n_flagged (self->desk), 0);
}

static void
one_item_is_the_current_one (void **state)
{
  Fixture *self = *state;

  begin (self);
  for (guint to = 0; to < JK_TEST_EXAM_PAPER_ITEMS + 2; to++) {
    guint n = 0;
    jk_desk_visit (self->desk, to);
    for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++)
      n += jk_desk_item_is_current (jk_desk_get_item (self->desk, i)) ? 1 : 0;
    assert_int_equal (n, 1);
  }
  assert_int_equal (jk_desk_get_position (self->desk), JK_TEST_EXAM_PAPER_ITEMS - 1);
}

static void
a_hand_in_too_early_changes_nothing (void **state)
{
  Fixture *self = *state;

  begin (self);
  assert_int_equal (jk_desk_get_hand_in_opens_ms (self->desk), 30 * MS_PER_MIN);
  g_autoptr (GError) error = hand_in (self);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_TOO_EARLY);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
  choose (self, 0, 0);
}

static void
only_the_own_number_unlocks (void **state)
{
  Fixture *self = *state;
  Ended right = { 0 }, wrong = { 0 };

  begin (self);
  jk_desk_verify_async (self->desk,
                        jk_test_exam_get_candidate (self->exam, 1)->id_number,
                        ended,
                        &wrong);
  g_autoptr (GError) error = await (&wrong);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  jk_desk_verify_async (self->desk,
                        jk_test_exam_get_candidate (self->exam, 0)->id_number,
                        ended,
                        &right);
  assert_ok (await (&right));
}

static void
a_hand_is_raised_until_it_is_taken_down (void **state)
{
  Fixture *self = *state;

  begin (self);
  jk_desk_call_proctor (self->desk, TRUE);
  jk_desk_call_proctor (self->desk, TRUE);
  jk_desk_call_proctor (self->desk, FALSE);
  assert_string_equal (self->heard->str, "called 1\ncalled 0\n");
}

static void
focus_is_recorded_while_it_runs (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  jk_desk_note_focus (self->desk, JK_FOCUS_LOST); /* nobody is here: nothing to record */
  close_desk (self);
  begin (self);
  jk_desk_note_focus (self->desk, JK_FOCUS_LOST);
  jk_desk_note_focus (self->desk, JK_FOCUS_FOUND);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WHOLE (wrong_numbers_are_refused_and_then_wait),
    WHOLE (the_room_code_tells_which_hall_this_is),
    WHOLE (a_wrong_room_code_opens_no_hall),
    WHOLE (somebody_of_the_other_level_logs_in_where_both_are_open),
    WHOLE (a_second_session_opens_beside_the_first_with_its_own_code_alone),
    WHOLE (who_is_known_next_door_is_told_what_is_wrong_there),
    WHOLE (nobody_of_another_level_comes_between_a_candidate_and_the_start),
    WHOLE (without_the_bank_the_start_says_so),
    WHOLE (a_wrong_start_code_opens_nothing),
    WHOLE (an_option_chosen_again_is_cleared),
    WHOLE (flags_come_and_go),
    WHOLE (one_item_is_the_current_one),
    WHOLE (a_hand_in_too_early_changes_nothing),
    WHOLE (only_the_own_number_unlocks),
    WHOLE (a_hand_is_raised_until_it_is_taken_down),
    WHOLE (focus_is_recorded_while_it_runs),
  };
  return cmocka_run_group_tests_name ("desk-act", tests, check_build_exam, check_free_exam);
}
