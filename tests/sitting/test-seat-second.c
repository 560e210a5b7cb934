/* SPDX-License-Identifier: Apache-2.0 */
/* The second place of a whole seat (design.md section 7). */
#include "check-second.h"

static gboolean
has_file (Fixture *self, const char *name)
{
  g_autofree char *there = dup_there (self);
  g_autofree char *path = g_build_filename (there, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
has_journal (Fixture *self, guint n)
{
  g_autofree char *name = g_strdup_printf ("%05u.jkjournal", record_of (self, n));
  return has_file (self, name);
}

static void
log_and_sittings_that_are_here_and_come_have_their_copy (void **state)
{
  Fixture *self = *state;
  g_autofree char *stick = dup_stick (self);

  open_room (self);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_NONE);
  assert_null (jk_seat_get_second_place (self->seat));
  JkSitting *sitting = must_run (self, 0);
  must_choose (self);
  assert_string_equal (jk_seat_get_second_place (self->seat), stick);
  must_choose (self);
  assert_true (has_file (self, "station.jklog"));
  assert_true (has_journal (self, 0));
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  sitting = must_run (self, 1);
  assert_true (has_journal (self, 1));
  assert_int_equal (jk_sitting_get_second_state (sitting, NULL), JK_SECOND_ALIVE);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_ALIVE);
  must_tick (self);
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_BACK], 3);
  assert_int_equal (counts.n_of_log[JK_LOG_STORE_COPY_BACK], 1);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_LOST], 0);
}

static void
a_stick_that_is_pulled_is_logged_and_stops_nobody (void **state)
{
  Fixture *self = *state;
  g_autofree char *sentence = NULL;

  open_room (self);
  must_choose (self);
  JkSitting *sitting = must_run (self, 0);
  pull_stick (self);
  must_answer (sitting, 1);
  must_tick (self);
  must_answer (sitting, 2);
  must_tick (self);
  assert_int_equal (jk_seat_get_second_state (self->seat, &sentence), JK_SECOND_LOST);
  assert_non_null (strstr (sentence, "stick"));
  assert_false (has_file (self, "station.jklog"));
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_LOST], 2);
  assert_int_equal (counts.n_of_log[JK_LOG_STORE_COPY_LOST], 1);
}

/* Ticks until the state of the second place is this; how many seconds that took. */
static guint
tick_until (Fixture *self, JkSecondState state)
{
  guint seconds = 0;

  for (; jk_seat_get_second_state (self->seat, NULL) != state; seconds += 10) {
    assert_true (seconds < 1000);
    jk_test_clock_pass_s (self->clock, 10);
    must_tick (self);
  }
  return seconds;
}

static void
a_stick_that_is_put_back_is_used_again (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_choose (self);
  JkSitting *sitting = must_run (self, 0);
  pull_stick (self);
  must_answer (sitting, 1);
  must_tick (self);
  put_stick_back (self);
  must_tick (self);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_LOST);
  guint seconds = tick_until (self, JK_SECOND_ALIVE);
  assert_in_range (seconds, 50, 70);
  must_answer (sitting, 2);
  must_tick (self);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_ALIVE);
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_BACK], 4);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_LOST], 2);
}

static void
a_lost_copy_is_tried_ever_less_often (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_choose (self);
  JkSitting *sitting = must_run (self, 0);
  pull_stick (self);
  must_answer (sitting, 1);
  for (guint minute = 0; minute < 20; minute++) {
    must_tick (self);
    jk_test_clock_pass_s (self->clock, 60);
  }
  put_stick_back (self);
  assert_in_range (tick_until (self, JK_SECOND_ALIVE), 0, 480);
}

static void
the_choice_outlives_a_restart (void **state)
{
  Fixture *self = *state;
  g_autofree char *stick = dup_stick (self);
  g_autoptr (GError) error = NULL;

  open_room (self);
  must_choose (self);
  must_run (self, 0);
  restart (self);
  assert_string_equal (jk_seat_get_second_place (self->seat), stick);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_ALIVE);
  must_answer (jk_seat_get_current (self->seat), 1);

  g_clear_pointer (&self->seat, jk_seat_free);
  pull_stick (self);
  restart (self);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_LOST);
  assert_false (has_file (self, ""));
  assert_null (jk_seat_get_fault (self->seat, 0));
  put_stick_back (self);
  tick_until (self, JK_SECOND_ALIVE);

  jk_seat_set_second_place (self->seat, NULL, &error);
  assert_ok (error);
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_NONE);
  restart (self);
  assert_null (jk_seat_get_second_place (self->seat));
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_BACK], 4);
  assert_int_equal (counts.n[JK_LOG_STORE_COPY_LOST], 4);
}

static void
a_choice_that_cannot_be_read_is_said (void **state)
{
  Fixture *self = *state;
  g_autofree char *here = NULL;

  open_room (self);
  here = dup_here (self);
  g_autofree char *path = g_build_filename (here, "second.place", NULL);
  static const char *const texts[] = { "", "not/a/whole/path" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    restart (self);
    assert_null (jk_seat_get_second_place (self->seat));
    assert_non_null (strstr (jk_seat_get_fault (self->seat, 0), "second.place"));
  }
}

static void
assert_no_place (Fixture *self, const char *place, const char *word)
{
  g_autoptr (GError) error = NULL;

  assert_false (jk_seat_set_second_place (self->seat, place, &error));
  if (strstr (error->message, word) == NULL)
    fail_msg ("%s", error->message);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  assert_null (jk_seat_get_second_place (self->seat));
  assert_int_equal (jk_seat_get_second_state (self->seat, NULL), JK_SECOND_NONE);
}

static void
what_is_no_place_is_refused (void **state)
{
  Fixture *self = *state;
  g_autofree char *missing = jk_test_folder_dup_path (self->folder, "stick-2");
  g_autofree char *beside = jk_test_folder_dup_path (self->folder, "beside");
  g_autofree char *long_name = g_strnfill (5000, 'x');
  g_autofree char *too_long = g_strconcat ("/", long_name, NULL);

  open_room (self);
  assert_int_equal (g_mkdir (beside, 0700), 0);
  assert_no_place (self, "stick", "whole path");
  assert_no_place (self, too_long, "whole path");
  assert_no_place (self, missing, "put the stick in");
  assert_no_place (self, beside, "same disk");
  assert_true (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)) < 5);
}

static void
what_another_pc_left_on_the_stick_is_moved_aside_and_logged (void **state)
{
  Fixture *self = *state;
  g_autofree char *there = dup_there (self);
  g_autofree char *log = g_build_filename (there, "station.jklog", NULL);

  assert_int_equal (g_mkdir (there, 0700), 0);
  assert_true (g_file_set_contents (log, "a log of another PC", -1, NULL));
  open_room (self);
  must_choose (self);
  must_tick (self);
  assert_true (has_file (self, "station.jklog.old1"));
  Counts counts = count_stores (self);
  assert_int_equal (counts.n[JK_LOG_STORE_ASIDE], 1);
  assert_int_equal (counts.n_of_log[JK_LOG_STORE_ASIDE], 1);
}

static void
a_wipe_ends_it_and_leaves_the_stick (void **state)
{
  Fixture *self = *state;
  g_autofree char *here = dup_here (self);
  g_autofree char *path = g_build_filename (here, "second.place", NULL);

  open_room (self);
  must_choose (self);
  must_run (self, 0);
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  must_obey (self, JK_ACT_END, JK_ORDER_EVERY);
  copy_first (self);
  collect_first (self);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  must_obey (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_null (jk_seat_get_second_place (self->seat));
  assert_true (has_journal (self, 0));
  must_tick (self);
}

static void
a_red_seat_takes_the_next_candidate_while_all_has_its_copy (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const char *room_code = jk_test_exam_get_room_code (self->exam, 0);

  load (self);
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  assert_false (jk_seat_open_room (self->seat, room_code, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  g_autoptr (GBytes) open = order (self, JK_ACT_OPEN, JK_ORDER_EVERY);
  assert_int_equal (take (self, open, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  must_choose (self);
  assert_int_equal (take (self, open, &error), JK_SEAT_OBEYED); /* the same, now that it may */
  assert_true (jk_seat_open_room (self->seat, room_code, &error));
  JkSitting *sitting = must_run (self, 0);

  /* The copy of one sitting is lost, and that of the log is not: what runs goes on. */
  assert_true (jk_sitting_set_second_copy (sitting, NULL, &error));
  must_answer (sitting, 1);
  assert_ptr_equal (must_log_in (self, 0), sitting);
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  assert_null (log_in (self, 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1); /* nothing of it was written */
  must_choose (self);
  sitting = must_run (self, 1);
  must_obey (self, JK_ACT_FORCE, record_of (self, 1));

  /* All are: nobody new begins, until two proctors say so. */
  pull_stick (self);
  for (guint i = 0; i < 2; i++) {
    assert_null (log_in (self, 2, &error)); /* no tick has noticed it yet */
    assert_non_null (strstr (error->message, "open-red"));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  }
  must_obey (self, JK_ACT_OPEN_RED, JK_ORDER_EVERY);
  must_run (self, 2);
}

static void
what_the_disk_forgot_is_not_overwritten (void **state)
{
  Fixture *self = *state;
  g_autofree char *here = dup_here (self);
  g_autofree char *name = g_strdup_printf ("%05u.jkjournal", record_of (self, 0));
  g_autofree char *path = g_build_filename (here, name, NULL);
  g_autofree char *stick = dup_stick (self);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  open_room (self);
  must_choose (self);
  must_run (self, 0);
  g_clear_pointer (&self->seat, jk_seat_free);
  assert_int_equal (g_unlink (path), 0);
  restart (self);
  assert_int_equal (jk_seat_get_second_state (self->seat, &sentence), JK_SECOND_LOST);
  assert_non_null (strstr (sentence, "forgotten"));
  assert_false (jk_seat_set_second_place (self->seat, stick, &error));
  assert_non_null (strstr (error->message, name));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  JkSitting *sitting = must_log_in (self, 0);
  assert_true (jk_sitting_get_second_state (sitting, NULL) != JK_SECOND_ALIVE);
  assert_false (jk_seat_set_second_place (self->seat, stick, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
  assert_false (has_file (self, "station.jklog.old1"));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (log_and_sittings_that_are_here_and_come_have_their_copy),
    TEST (a_stick_that_is_pulled_is_logged_and_stops_nobody),
    TEST (a_stick_that_is_put_back_is_used_again),
    TEST (a_lost_copy_is_tried_ever_less_often),
    TEST (the_choice_outlives_a_restart),
    TEST (a_choice_that_cannot_be_read_is_said),
    TEST (what_is_no_place_is_refused),
    TEST (what_another_pc_left_on_the_stick_is_moved_aside_and_logged),
    TEST (a_wipe_ends_it_and_leaves_the_stick),
    TEST (a_red_seat_takes_the_next_candidate_while_all_has_its_copy),
    TEST (what_the_disk_forgot_is_not_overwritten),
  };
  return cmocka_run_group_tests_name ("seat-second", tests, check_build_exam, check_free_exam);
}
