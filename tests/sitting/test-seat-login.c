/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-login.c: every way in, and every refusal with its own code. */
#include "check-seat.h"

static void
assert_refused_with (Fixture *self, guint n, JkSittingError code)
{
  g_autoptr (GError) error = NULL;

  assert_null (log_in (self, n, &error));
  assert_true (g_str_has_suffix (error->message, "."));
  assert_error (error, JK_SITTING_ERROR, code);
}

static void
fail_log_in (Fixture *self, guint n)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_seat_log_in (self->seat,
                               jk_test_exam_get_candidate (self->exam, n)->admission,
                               "110101199001011234",
                               &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
}

static void
a_candidate_logs_in_and_is_identified (void **state)
{
  Fixture *self = *state;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_IDENTIFIED);
  assert_int_equal (jk_sitting_get_person (sitting)->index, record_of (self, 0));
  assert_ptr_equal (jk_seat_get_current (self->seat), sitting);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);

  /* The same person again finds the same sitting. */
  assert_ptr_equal (must_log_in (self, 0), sitting);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
}

static void
nobody_logs_in_before_it_is_open_or_after_the_end (void **state)
{
  Fixture *self = *state;

  load (self);
  assert_refused_with (self, 0, JK_SITTING_ERROR_NOT_OPEN);
  must_obey (self, JK_ACT_OPEN, JK_ORDER_EVERY);
  assert_refused_with (self, 0, JK_SITTING_ERROR_NOT_OPEN); /* the key is not here */
  g_autoptr (GError) error = NULL;
  assert_true (jk_seat_open_room (self->seat, jk_test_exam_get_room_code (self->exam, 0), &error));
  must_obey (self, JK_ACT_END, JK_ORDER_EVERY);
  assert_refused_with (self, 0, JK_SITTING_ERROR_ENDED);
  assert_refused_with (self, 1, JK_SITTING_ERROR_ENDED);
}

static void
five_wrong_log_ins_wait_and_a_restart_changes_nothing (void **state)
{
  Fixture *self = *state;
  const char *admission = jk_test_exam_get_candidate (self->exam, 0)->admission;

  open_room (self);
  for (guint i = 0; i < 5; i++) {
    assert_int_equal (jk_seat_get_wait_ms (self->seat, admission), 0);
    fail_log_in (self, 0);
  }
  assert_int_equal (jk_seat_get_wait_ms (self->seat, admission), 60000);
  assert_refused_with (self, 0, JK_SITTING_ERROR_WAIT);
  jk_test_clock_pass_s (self->clock, 20);
  restart (self);
  assert_int_equal (jk_seat_get_wait_ms (self->seat, admission), 40000);

  /* Off and on: how long is not known, so the wait begins with the boot, here 10 s ago. */
  jk_test_clock_reboot (self->clock, 30 * G_USEC_PER_SEC);
  restart (self);
  assert_int_equal (jk_seat_get_wait_ms (self->seat, admission), 50000);
  assert_refused_with (self, 0, JK_SITTING_ERROR_WAIT);

  /* Others are not kept waiting, and the wall clock lets nobody in sooner. */
  assert_int_equal (
      jk_seat_get_wait_ms (self->seat, jk_test_exam_get_candidate (self->exam, 1)->admission),
      0);
  jk_test_clock_step_wall_ms (self->clock, 5 * MS_PER_MIN);
  assert_refused_with (self, 0, JK_SITTING_ERROR_WAIT);
  jk_test_clock_pass_s (self->clock, 50);
  must_log_in (self, 0);
  assert_int_equal (jk_seat_get_wait_ms (self->seat, admission), 0);
}

static void
a_proctor_ends_the_wait_of_one (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  JkDigest tally;

  open_room (self);
  for (guint n = 0; n < 2; n++)
    for (guint i = 0; i < 5; i++)
      fail_log_in (self, n);
  assert_true (jk_seat_get_tally (self->seat,
                                  jk_test_exam_get_candidate (self->exam, 0)->admission,
                                  &tally,
                                  &error));
  terms = terms_of (self, JK_ACT_UNLOCK, record_of (self, 0));
  memcpy (terms.subject, tally.bytes, sizeof terms.subject);
  g_autoptr (GBytes) unlock = sign (self, &terms, FALSE);
  assert_int_equal (take (self, unlock, &error), JK_SEAT_OBEYED);
  assert_refused_with (self, 1, JK_SITTING_ERROR_WAIT);
  must_log_in (self, 0);
}

static void
who_handed_in_does_not_come_back (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  jk_test_clock_pass_s (self->clock, 40 * 60);
  assert_true (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
  assert_refused_with (self, 0, JK_SITTING_ERROR_HANDED_IN);
  assert_null (jk_seat_get_current (self->seat));
  restart (self);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
  assert_refused_with (self, 0, JK_SITTING_ERROR_HANDED_IN);
}

static void
one_pc_is_for_one_candidate_at_a_time (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_log_in (self, 0);
  assert_refused_with (self, 1, JK_SITTING_ERROR_OCCUPIED);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
}

static void
who_is_marked_absent_waits_for_a_proctor (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_obey (self, JK_ACT_ABSENT, record_of (self, 0));
  assert_refused_with (self, 0, JK_SITTING_ERROR_ABSENT);
  must_obey (self, JK_ACT_NOT_ABSENT, record_of (self, 0));
  must_log_in (self, 0);
}

static void
a_seat_of_somebody_else_is_refused (void **state)
{
  Fixture *self = *state;

  self->place.label = jk_test_exam_get_candidate (self->exam, 1)->seat;
  open_room (self);
  assert_refused_with (self, 0, JK_SITTING_ERROR_SEAT);
  must_log_in (self, 1);
}

static void
the_hours_of_the_session_hold (void **state)
{
  Fixture *self = *state;

  open_room (self);
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS - 100 * MS_PER_MIN);
  assert_refused_with (self, 0, JK_SITTING_ERROR_HOUR);
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS + 10 * MS_PER_MIN);
  assert_refused_with (self, 0, JK_SITTING_ERROR_LATE);
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS + 60 * MS_PER_MIN);
  assert_refused_with (self, 0, JK_SITTING_ERROR_LATE);
  must_obey (self, JK_ACT_LATE, record_of (self, 0));
  assert_refused_with (self, 1, JK_SITTING_ERROR_LATE);
  must_log_in (self, 0);
}

static void
order_late (Fixture *self, guint n, guint minutes, gboolean is_refused)
{
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms = terms_of (self, JK_ACT_LATE, record_of (self, n));

  terms.amount = minutes * MS_PER_MIN;
  g_autoptr (GBytes) late = sign (self, &terms, FALSE);
  assert_int_equal (take (self, late, &error), is_refused ? JK_SEAT_REFUSED : JK_SEAT_OBEYED);
  if (!is_refused)
    assert_ok (error);
  else
    assert_non_null (strstr (error->message, "would leave no time at all; give fewer minutes"));
}

static void
lateness_that_leaves_no_time_opens_no_door (void **state)
{
  Fixture *self = *state;

  open_room (self);
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS + 60 * MS_PER_MIN);
  order_late (self, 0, 90, TRUE);
  assert_refused_with (self, 0, JK_SITTING_ERROR_LATE);
  order_late (self, 0, 50, FALSE);
  order_late (self, 1, 50, FALSE);
  restart (self);
  order_late (self, 0, 40, TRUE); /* together it is 90 again */
  order_late (self, 0, 39, FALSE);
  JkSitting *sitting = must_log_in (self, 0);
  assert_null (jk_seat_get_fault (self->seat, 0));
  assert_int_equal (jk_sitting_get_left_ms (sitting), MS_PER_MIN);
}

static void
a_wrong_date_is_overruled_by_two_and_stops_nobody_alone (void **state)
{
  Fixture *self = *state;
  JkEntryVerdict verdict;

  jk_test_clock_set_wall_ms (self->clock, 0);
  open_room (self); /* the room opens on any date */
  jk_seat_get_entry (self->seat, &verdict);
  assert_int_equal (verdict.entry, JK_ENTRY_DATE_IS_WRONG);
  assert_refused_with (self, 0, JK_SITTING_ERROR_DATE);
  must_obey (self, JK_ACT_OPEN_OUTSIDE, JK_ORDER_EVERY);
  jk_seat_get_entry (self->seat, &verdict);
  assert_int_equal (verdict.entry, JK_ENTRY_OPEN);
  assert_true (verdict.is_date_wrong);
  restart (self);
  must_log_in (self, 0);
}

/* The index of the n-th spare record, from the roll. */
static guint32
find_spare (Fixture *self, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkRoll) roll =
      jk_session_open_roll (self->session, self->roles[JK_ROLE_CHIEF].seal, &error);

  assert_ok (error);
  for (guint i = 0; i < jk_roll_get_n (roll); i++) {
    if (jk_roll_get_person (roll, i)->spare && n-- == 0)
      return i;
  }
  fail_msg ("the exam has too few spare records");
  return 0;
}

static void
a_walk_in_takes_a_spare_record_by_order_of_two (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  guint32 spare = 0;

  open_room (self);
  spare = find_spare (self, 0);
  const JkSecret *seal = self->roles[JK_ROLE_CHIEF].seal;
  assert_null (jk_seat_admit (self->seat, spare, seal, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);

  must_obey (self, JK_ACT_WALK_IN, spare);
  restart (self);
  JkSitting *sitting = jk_seat_admit (self->seat, spare, seal, &error);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_person (sitting)->index, spare);
  assert_true (jk_sitting_get_person (sitting)->spare);

  /* The record is taken now. */
  g_autoptr (GBytes) again = order (self, JK_ACT_WALK_IN, spare);
  assert_int_equal (take (self, again, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
}

static void
a_wrong_id_number_is_let_in_by_order_of_two (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  must_obey (self, JK_ACT_WRONG_ID, record_of (self, 2));
  JkSitting *sitting =
      jk_seat_admit (self->seat, record_of (self, 2), self->roles[JK_ROLE_PROCTOR].seal, &error);
  assert_ok (error);
  assert_string_equal (jk_sitting_get_person (sitting)->name,
                       jk_test_exam_get_candidate (self->exam, 2)->name);
}

static void
an_order_does_not_make_a_candidate_a_spare_record (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const JkSecret *seal = self->roles[JK_ROLE_CHIEF].seal;

  open_room (self);
  guint32 spare = find_spare (self, 0);
  must_obey (self, JK_ACT_WALK_IN, record_of (self, 1));
  assert_null (jk_seat_admit (self->seat, record_of (self, 1), seal, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  must_obey (self, JK_ACT_WRONG_ID, spare);
  assert_null (jk_seat_admit (self->seat, spare, seal, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  must_obey (self, JK_ACT_WALK_IN, 20000);
  assert_null (jk_seat_admit (self->seat, 20000, seal, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_null (jk_seat_get_current (self->seat));

  /* The right order mends it. */
  must_obey (self, JK_ACT_WRONG_ID, record_of (self, 1));
  assert_non_null (jk_seat_admit (self->seat, record_of (self, 1), seal, &error));
  assert_ok (error);
}

static void
the_roll_opens_with_a_role_and_nothing_else (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  must_obey (self, JK_ACT_WRONG_ID, record_of (self, 2));
  assert_null (jk_seat_admit (self->seat,
                              record_of (self, 2),
                              jk_station_get_seal_key (self->station),
                              &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
a_broken_store_keeps_its_candidate_out_and_no_other (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_log_in (self, 0);
  g_clear_pointer (&self->seat, jk_seat_free);
  g_autofree char *path = g_strdup_printf ("%s/%s-%s/%05u.jkjournal",
                                           jk_station_get_folder (self->station),
                                           jk_session_get_short_name (self->session),
                                           jk_session_get_hall (self->session),
                                           record_of (self, 0));
  assert_true (g_file_set_contents (path, "no database", -1, NULL));
  restart (self);
  assert_non_null (jk_seat_get_fault (self->seat, 0));
  assert_null (jk_seat_get_fault (self->seat, 1));
  assert_refused_with (self, 0, JK_SITTING_ERROR_CHAIN);
  must_log_in (self, 1);
}

/* By “move” before the start: as if never logged in, but for the log and the store set aside. */
static void
log_out (Fixture *self, guint n)
{
  JkSituation situation;

  must_obey (self, JK_ACT_MOVE, record_of (self, n));
  assert_null (jk_seat_get_current (self->seat));
  assert_false (jk_seat_has_entry (self->seat, record_of (self, n)));
  jk_seat_get_situation (self->seat, record_of (self, n), &situation);
  assert_int_equal (situation.state, JK_STATE_NONE);
}

static void
who_is_logged_out_before_the_start_makes_room_and_may_come_back (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  must_obey (self, JK_ACT_INCIDENT, record_of (self, 0));
  must_log_in (self, 0);
  log_out (self, 0);
  assert_true (jk_sitting_confirm (must_log_in (self, 1), &error));
  log_out (self, 1);
  restart (self);
  assert_null (jk_seat_get_current (self->seat));
  must_log_in (self, 0);
  log_out (self, 0);
  JkSitting *sitting = must_log_in (self, 0);
  assert_null (jk_seat_get_fault (self->seat, 0));
  g_autofree char *old = g_strdup_printf ("%s/%s-%s/%05u.jkjournal.old2",
                                          jk_station_get_folder (self->station),
                                          jk_session_get_short_name (self->session),
                                          jk_session_get_hall (self->session),
                                          record_of (self, 0));
  assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
  confirm_and_start (self, 0, sitting);
  restart (self);
  assert_int_equal (jk_sitting_get_state (jk_seat_get_current (self->seat)), JK_STATE_RUNNING);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 2);

  /* Who has started goes on elsewhere, and does not come back. */
  must_obey (self, JK_ACT_MOVE, record_of (self, 0));
  assert_refused_with (self, 0, JK_SITTING_ERROR_MOVED);
  must_log_in (self, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_candidate_logs_in_and_is_identified),
    TEST (nobody_logs_in_before_it_is_open_or_after_the_end),
    TEST (five_wrong_log_ins_wait_and_a_restart_changes_nothing),
    TEST (a_proctor_ends_the_wait_of_one),
    TEST (who_handed_in_does_not_come_back),
    TEST (one_pc_is_for_one_candidate_at_a_time),
    TEST (who_is_logged_out_before_the_start_makes_room_and_may_come_back),
    TEST (who_is_marked_absent_waits_for_a_proctor),
    TEST (a_seat_of_somebody_else_is_refused),
    TEST (the_hours_of_the_session_hold),
    TEST (lateness_that_leaves_no_time_opens_no_door),
    TEST (a_wrong_date_is_overruled_by_two_and_stops_nobody_alone),
    TEST (a_walk_in_takes_a_spare_record_by_order_of_two),
    TEST (a_wrong_id_number_is_let_in_by_order_of_two),
    TEST (an_order_does_not_make_a_candidate_a_spare_record),
    TEST (the_roll_opens_with_a_role_and_nothing_else),
    TEST (a_broken_store_keeps_its_candidate_out_and_no_other),
  };
  return cmocka_run_group_tests_name ("seat-login", tests, check_build_exam, check_free_exam);
}
