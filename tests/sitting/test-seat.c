/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat.c: a session comes to a PC, opens, and is there again. */
#include "check-seat.h"

#include "support/vfs.h"

#include <glib/gstdio.h>

static void
a_session_is_taken_over_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) before = jk_seat_find (&self->place, &error);

  assert_int_equal (g_strv_length (before), 0);
  for (guint i = 0; i < 2; i++) {
    load (self);
    assert_int_equal (jk_seat_get_stage (self->seat), JK_STAGE_LOADED);
    assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), 1);
    g_clear_pointer (&self->seat, jk_seat_free);
  }
  g_auto (GStrv) names = jk_seat_find (&self->place, &error);
  assert_int_equal (g_strv_length (names), 1);
  g_autofree char *name = g_strdup_printf ("%s-%s",
                                           jk_session_get_short_name (self->session),
                                           jk_session_get_hall (self->session));
  assert_string_equal (names[0], name);
}

static void
the_room_code_opens_and_a_restart_needs_none (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const char *room_code = jk_test_exam_get_room_code (self->exam, 0);

  load (self);
  assert_false (jk_seat_open_room (self->seat, jk_test_exam_get_room_code (self->exam, 1), &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ROOM_CODE);
  assert_int_equal (jk_seat_get_stage (self->seat), JK_STAGE_LOADED);
  assert_true (jk_seat_open_room (self->seat, room_code, &error));
  assert_false (jk_seat_open_room (self->seat, room_code, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);

  jk_test_clock_reboot (self->clock, 60 * G_USEC_PER_SEC);
  assert_int_equal (jk_seat_get_stage (restart (self)), JK_STAGE_OPEN);
  must_log_in (self, 0);
}

static void
a_sitting_goes_on_with_its_seat (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  guint64 ticket = jk_sitting_answer (sitting, 1, 1, &error);
  assert_true (jk_sitting_wait (sitting, ticket, &error));
  jk_test_clock_reboot (self->clock, 30 * G_USEC_PER_SEC);
  restart (self);
  sitting = jk_seat_get_current (self->seat);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  assert_int_equal (jk_sitting_get_answer (sitting, 1), 1);
  assert_ptr_equal (jk_seat_find_sitting (self->seat, record_of (self, 0)), sitting);
  assert_ptr_equal (jk_seat_get_sitting (self->seat, 0), sitting);
  assert_null (jk_seat_find_sitting (self->seat, record_of (self, 1)));
}

static void
sittings_are_in_the_order_of_their_records (void **state)
{
  Fixture *self = *state;

  open_room (self);
  for (guint i = 3; i > 0; i--) {
    JkSitting *sitting = must_log_in (self, i);
    confirm_and_start (self, i, sitting);
    must_obey (self, JK_ACT_FORCE, record_of (self, i));
  }
  for (guint i = 1; i < 3; i++)
    assert_true (jk_sitting_get_person (jk_seat_get_sitting (self->seat, i - 1))->index <
                 jk_sitting_get_person (jk_seat_get_sitting (self->seat, i))->index);
}

static void
two_halls_and_a_rehearsal_share_a_pc_and_nothing_else (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkTestExamOptions options = { .seed = 5, .rehearsal = TRUE };
  g_autoptr (JkTestExam) rehearsal = jk_test_exam_new_with (&options);
  JkSeatPlace other_place = self->place;

  open_room (self);
  g_autoptr (JkSeat) hall =
      jk_seat_load (&self->place, jk_test_exam_get_session_path (self->exam, 1), &error);
  assert_ok (error);
  other_place.authorities = jk_test_exam_get_authorities (rehearsal);
  g_autoptr (JkSeat) other =
      jk_seat_load (&other_place, jk_test_exam_get_session_path (rehearsal, 0), &error);
  assert_ok (error);
  assert_true (jk_session_is_rehearsal (jk_seat_get_session (other)));

  g_auto (GStrv) names = jk_seat_find (&self->place, &error);
  assert_int_equal (g_strv_length (names), 3);
  assert_true (strcmp (names[0], names[1]) < 0 && strcmp (names[1], names[2]) < 0);

  /* All open at once; an order of one is foreign to the others. */
  assert_true (jk_seat_open_room (other, jk_test_exam_get_room_code (rehearsal, 0), &error));
  must_log_in (self, 0);
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (rehearsal, 0);
  assert_non_null (jk_seat_log_in (other, candidate->admission, candidate->id_number, &error));
  assert_int_equal (jk_seat_get_stage (hall), JK_STAGE_LOADED);
  g_autoptr (GBytes) bytes = order (self, JK_ACT_COPY, JK_ORDER_EVERY);
  JkSeatOutcome outcome;
  assert_false (jk_seat_take_order (other, "stick", bytes, &outcome, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_FOREIGN);
  assert_false (jk_seat_take_order (hall, "stick", bytes, &outcome, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_FOREIGN);
  assert_int_equal (take (self, bytes, &error), JK_SEAT_OBEYED);
}

static void
a_file_that_is_no_session_leaves_nothing_behind (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_test_folder_put_text (self->folder, "x.jksession", "no session");

  assert_null (jk_seat_load (&self->place, path, &error));
  assert_non_null (error);
  g_clear_error (&error);
  g_auto (GStrv) names = jk_seat_find (&self->place, &error);
  assert_int_equal (g_strv_length (names), 0);
}

static void
a_session_file_that_was_changed_in_the_store_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  load (self);
  g_clear_pointer (&self->seat, jk_seat_free);
  g_auto (GStrv) names = jk_seat_find (&self->place, &error);
  g_autofree char *path =
      g_build_filename (jk_station_get_folder (self->station), names[0], "session.jksession", NULL);
  g_autofree char *data = NULL;
  gsize size;
  assert_true (g_file_get_contents (path, &data, &size, &error));
  data[size / 2] ^= 1;
  assert_true (g_file_set_contents (path, data, (gssize) size, &error));
  assert_null (jk_seat_open (&self->place, names[0], &error));
  assert_non_null (strstr (error->message, "session.jksession"));
  g_clear_error (&error);
  /* A fresh copy does not hide it: somebody looks first. */
  assert_null (jk_seat_load (&self->place, jk_test_exam_get_session_path (self->exam, 0), &error));
}

static void
another_build_of_a_session_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_strdup_printf ("%s/%s-%s",
                                            jk_station_get_folder (self->station),
                                            jk_session_get_short_name (self->session),
                                            jk_session_get_hall (self->session));
  g_autofree char *path = g_build_filename (other, "session.jksession", NULL);
  g_autofree char *data = NULL;
  gsize size;

  /* As if the short name were the same: the file of hall 02 where that of hall 01 belongs. */
  assert_true (
      g_file_get_contents (jk_test_exam_get_session_path (self->exam, 1), &data, &size, &error));
  assert_int_equal (g_mkdir (other, 0700), 0);
  assert_true (g_file_set_contents (path, data, (gssize) size, &error));
  assert_null (jk_seat_load (&self->place, jk_test_exam_get_session_path (self->exam, 0), &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
}

static void
a_set_clock_is_a_row_and_nothing_more (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  guint64 n_rows = jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
  jk_test_clock_pass_s (self->clock, 60);
  jk_test_clock_step_wall_ms (self->clock, 1999);
  assert_true (jk_seat_tick (self->seat, &error));
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), n_rows);

  jk_test_clock_step_wall_ms (self->clock, -MS_PER_MIN);
  assert_true (jk_seat_tick (self->seat, &error));
  const JkLogReplay *log = jk_seat_get_log (self->seat);
  assert_int_equal (jk_log_replay_get_n_rows (log), n_rows + 2);
  assert_int_equal (jk_log_replay_get_last (log)->event, JK_LOG_HEAD);
  assert_int_equal (jk_log_replay_get_n_after_head (log), 0);
  assert_true (jk_seat_tick (self->seat, &error));
  assert_int_equal (jk_log_replay_get_n_rows (log), n_rows + 2);
  must_log_in (self, 0);
}

static void
a_copied_result_is_in_the_log (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkDigest digest = { { 1 } };

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  assert_false (jk_seat_note_copied (self->seat, record_of (self, 0), &digest, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  confirm_and_start (self, 0, sitting);
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  assert_true (jk_seat_note_copied (self->seat, record_of (self, 0), &digest, &error));
  const JkLogRow *last = jk_log_replay_get_last (jk_seat_get_log (self->seat));
  assert_int_equal (last->event, JK_LOG_COPIED);
  assert_int_equal (last->number, 1);
}

/* Loads and opens with the n-th call of the folder failing, then on a healthy disk. */
static gboolean
open_with_fault (Fixture *self, guint n)
{
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  const char *room_code = jk_test_exam_get_room_code (self->exam, 0);
  g_autoptr (GError) error = NULL;

  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, n % 2 == 0 ? JK_TEST_ONCE : JK_TEST_FOR_GOOD);
  JkSeat *seat = jk_seat_load (&self->place, jk_test_exam_get_session_path (self->exam, 0), NULL);
  gboolean was_opened = seat != NULL && jk_seat_open_room (seat, room_code, NULL);
  gboolean has_failed = jk_test_storage_has_failed (disk);
  jk_test_storage_heal (disk);
  jk_seat_free (seat);

  load (self);
  if (was_opened)
    assert_int_equal (jk_seat_get_stage (self->seat), JK_STAGE_OPEN);
  else if (jk_seat_get_stage (self->seat) == JK_STAGE_LOADED)
    assert_true (jk_seat_open_room (self->seat, room_code, &error));
  must_log_in (self, 0);
  must_obey (self, JK_ACT_COPY, JK_ORDER_EVERY);
  g_clear_pointer (&self->seat, jk_seat_free);
  return has_failed;
}

static void
whatever_call_fails_a_session_opens_in_the_end (void **state)
{
  Fixture *self = *state;
  guint n = 1;
  gboolean has_failed = TRUE;

  for (; has_failed; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
    g_autoptr (JkStation) station =
        jk_station_open (self->place.world, jk_test_folder_get_path (folder), "test PC", &error);
    assert_ok (error);
    self->place.station = station;
    has_failed = open_with_fault (self, n);
  }
  assert_true (n > 20);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

static void
a_red_disk_that_is_proven_later_opens_as_any (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  load (self);
  /* One that was never red needs no word. */
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_SOUND, JK_ORDER_EVERY, &error));
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), 1);
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  for (guint i = 0; i < 2; i++)
    assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_SOUND, JK_ORDER_EVERY, &error));
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), 3);
  restart (self);
  assert_true (jk_seat_open_room (self->seat, jk_test_exam_get_room_code (self->exam, 0), &error));
  must_log_in (self, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_session_is_taken_over_once),
    TEST (the_room_code_opens_and_a_restart_needs_none),
    TEST (a_sitting_goes_on_with_its_seat),
    TEST (sittings_are_in_the_order_of_their_records),
    TEST (two_halls_and_a_rehearsal_share_a_pc_and_nothing_else),
    TEST (a_file_that_is_no_session_leaves_nothing_behind),
    TEST (a_session_file_that_was_changed_in_the_store_is_refused),
    TEST (another_build_of_a_session_is_refused),
    TEST (a_set_clock_is_a_row_and_nothing_more),
    TEST (a_copied_result_is_in_the_log),
    TEST (a_red_disk_that_is_proven_later_opens_as_any),
    TEST (whatever_call_fails_a_session_opens_in_the_end),
  };
  return cmocka_run_group_tests_name ("seat", tests, check_build_exam, check_free_exam);
}
