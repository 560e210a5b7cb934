/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-start.c: from the bank to an open paper, with the keys of who logged in. */
#include "check-seat.h"

#include "envelope/error.h"

static const char *
get_start (const Fixture *self)
{
  return jk_test_exam_get_start_code (self->exam);
}

static void
take_bank (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  jk_seat_take_bank (self->seat, jk_test_exam_get_bank_path (self->exam), &error);
  assert_ok (error);
}

static JkSitting *
wait_for_start (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = must_log_in (self, 0);

  jk_sitting_confirm (sitting, &error);
  assert_ok (error);
  return sitting;
}

static void
the_start_code_opens_the_paper_of_who_logged_in (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (self->exam, 0);

  open_room (self);
  take_bank (self);
  JkSitting *sitting = wait_for_start (self);
  assert_true (jk_seat_has_entry (self->seat, record_of (self, 0)));
  assert_false (jk_seat_has_entry (self->seat, record_of (self, 1)));
  assert_true (jk_seat_start (self->seat, get_start (self), NULL, &error));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  g_autoptr (GBytes) wanted = jk_paper_to_bytes (jk_own_paper_get_paper (own));
  g_autoptr (GBytes) found = jk_paper_to_bytes (jk_sitting_get_paper (sitting));
  assert_true (g_bytes_equal (wanted, found));
  /* The keys are gone, and there is nothing left to start. */
  assert_false (jk_seat_has_entry (self->seat, record_of (self, 0)));
  assert_false (jk_seat_start (self->seat, get_start (self), NULL, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
after_a_restart_the_candidate_logs_in_once_more (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  take_bank (self);
  wait_for_start (self);
  restart (self);
  assert_true (jk_seat_has_bank (self->seat));
  assert_false (jk_seat_start (self->seat, get_start (self), NULL, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  must_log_in (self, 0);
  assert_true (jk_seat_start (self->seat, get_start (self), NULL, &error));
}

static void
nobody_starts_before_confirming_or_with_a_wrong_code (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  take_bank (self);
  assert_false (jk_seat_start (self->seat, get_start (self), NULL, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  JkSitting *sitting = must_log_in (self, 0);
  assert_false (jk_seat_start (self->seat, get_start (self), NULL, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  jk_sitting_confirm (sitting, &error);
  assert_false (
      jk_seat_start (self->seat, jk_test_exam_get_room_code (self->exam, 0), NULL, &error));
  assert_non_null (error);
  g_clear_error (&error);
  assert_true (jk_seat_start (self->seat, get_start (self), NULL, &error));
}

static void
only_the_bank_of_the_session_is_taken (void **state)
{
  Fixture *self = *state;
  /* Of the same authority, so that nothing but its digest tells it from the right one. */
  const char *other = jk_bank_get_file (jk_test_exam_get_library (self->exam));
  g_autofree char *junk = jk_test_folder_put_text (self->folder, "junk.jkbank", "no bank");
  g_autoptr (GError) error = NULL;

  load (self);
  assert_false (jk_seat_has_bank (self->seat));
  assert_false (jk_seat_take_bank (self->seat, junk, &error));
  assert_non_null (error);
  g_clear_error (&error);
  assert_false (jk_seat_take_bank (self->seat, other, &error));
  assert_non_null (error);
  g_clear_error (&error);
  assert_false (jk_seat_has_bank (self->seat));
  take_bank (self);
  take_bank (self);
  assert_true (jk_seat_has_bank (self->seat));
}

/* The last byte of a file is another. */
static void
damage (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  assert_ok (error);
  data[size - 1] ^= 1;
  g_file_set_contents (path, data, (gssize) size, &error);
  g_free (data);
  assert_ok (error);
}

static void
a_bank_that_is_not_whole_is_not_taken_and_one_here_is_mended (void **state)
{
  Fixture *self = *state;
  const JkSittingPlace place = { .session = self->session, .station = self->station };
  g_autofree char *folder = jk_sitting_dup_folder (&place);
  g_autofree char *own = g_build_filename (folder, "session.jkbank", NULL);
  g_autofree char *other = jk_test_folder_dup_path (self->folder, "other.jkbank");
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  load (self);
  assert_false (jk_seat_check_bank (self->seat, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
  assert_int_equal (jk_seat_measure_bank (self->seat), 0);
  g_file_get_contents (jk_test_exam_get_bank_path (self->exam), &data, &size, &error);
  assert_ok (error);
  g_file_set_contents (other, data, (gssize) size, &error);
  assert_ok (error);
  damage (other);
  assert_false (jk_seat_take_bank (self->seat, other, &error));
  assert_error (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_DIGEST);
  assert_false (jk_seat_has_bank (self->seat));

  take_bank (self);
  assert_true (jk_seat_check_bank (self->seat, &error));
  assert_int_equal (jk_seat_measure_bank (self->seat), size);
  damage (own);
  assert_true (jk_seat_has_bank (self->seat));
  assert_false (jk_seat_check_bank (self->seat, &error));
  assert_error (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_DIGEST);
  assert_true (jk_seat_has_bank (self->seat));
  take_bank (self);
  assert_true (jk_seat_check_bank (self->seat, &error));
}

static void
a_disk_that_fails_leaves_no_bank_and_the_next_try_does (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  const char *path = jk_test_exam_get_bank_path (self->exam);

  load (self);
  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_PWRITE, n, ENOSPC, JK_TEST_ONCE);
    gboolean ok = jk_seat_take_bank (self->seat, path, &error);
    if (!jk_test_storage_has_failed (disk))
      break;
    jk_test_storage_heal (disk);
    assert_false (ok);
    assert_false (jk_seat_has_bank (self->seat));
  }
  jk_test_storage_heal (disk);
  take_bank (self);
}

static void
only_the_own_number_is_recognised (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_false (jk_seat_recognise (self->seat, "110101199001011234", &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  must_log_in (self, 0);
  guint64 rows = jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
  assert_true (jk_seat_recognise (self->seat,
                                  jk_test_exam_get_candidate (self->exam, 0)->id_number,
                                  &error));
  assert_false (jk_seat_recognise (self->seat,
                                   jk_test_exam_get_candidate (self->exam, 1)->id_number,
                                   &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), rows);
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WHOLE (the_start_code_opens_the_paper_of_who_logged_in),
    WHOLE (after_a_restart_the_candidate_logs_in_once_more),
    WHOLE (nobody_starts_before_confirming_or_with_a_wrong_code),
    WHOLE (only_the_bank_of_the_session_is_taken),
    WHOLE (a_bank_that_is_not_whole_is_not_taken_and_one_here_is_mended),
    WHOLE (a_disk_that_fails_leaves_no_bank_and_the_next_try_does),
    WHOLE (only_the_own_number_is_recognised),
  };
  return cmocka_run_group_tests_name ("seat-start", tests, check_build_exam, check_free_exam);
}
