/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/checks-session.c: the session, its bank and the clock. */
#include "check-lights.h"

#include "session/amended.h"

static void
a_pc_without_a_session_is_red_and_says_what_to_load (void **state)
{
  Scene self;

  come (&self, state);
  move_to_another_pc (&self);
  check_light (&self, JK_CHECK_SESSION, JK_LIGHT_RED, "–", "load the .jksession");
  check_light (&self, JK_CHECK_BANK, JK_LIGHT_AMBER, "–", "its .jkbank");
  check_light (&self, JK_CHECK_CLOCK, JK_LIGHT_AMBER, "2021-04-24 08:55 UTC+08:00", "08:55");
  go (&self);
}

static void
other_sessions_that_are_not_over_are_amber (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_SESSION, JK_TEST_EXAM_NAME " (01)");
  arrive (self.desk, jk_test_exam_get_session_path (self.desk->exam, 1));
  await_seats (&self, 2);
  look (&self);
  const JkCheck *check = find_light (&self, JK_CHECK_SESSION);
  assert_int_equal (check->light, JK_LIGHT_AMBER);
  assert_non_null (strstr (check->sentence, JK_TEST_EXAM_NAME " (0"));
  assert_null (strstr (check->sentence, check->found));
  go (&self);
}

static void
a_session_that_has_ended_is_amber_and_no_other_one (void **state)
{
  Scene self;
  Ended how = { 0 };

  come (&self, state);
  jk_desk_open_room_async (self.desk->desk,
                           jk_test_exam_get_room_code (self.desk->exam, 0),
                           ended,
                           &how);
  assert_ok (await (&how));
  check_green (&self, JK_CHECK_SESSION, NULL);
  JkOrderTerms terms = terms_of (self.desk, JK_ACT_END);
  terms.record = JK_ORDER_EVERY;
  send_terms (self.desk, &terms);
  await_page (self.desk, JK_PAGE_ENDED);
  check_light (&self, JK_CHECK_SESSION, JK_LIGHT_AMBER, NULL, "has ended");
  /* The next one is shown, and this one is over. */
  arrive (self.desk, jk_test_exam_get_session_path (self.desk->exam, 1));
  await_page (self.desk, JK_PAGE_CLOSED);
  check_green (&self, JK_CHECK_SESSION, JK_TEST_EXAM_NAME " (02)");
  go (&self);
}

static void
a_sitting_that_does_not_open_is_amber (void **state)
{
  Scene self;
  Fixture *desk = *state;

  begin (desk);
  close_desk (desk);
  come (&self, state);
  const char *folder = jk_station_get_folder (desk->desk->station);
  const JkSession *session = jk_desk_get_session (desk->desk);
  g_autofree char *name = g_strdup_printf ("%s-%s/%05u.jkjournal",
                                           jk_session_get_short_name (session),
                                           jk_session_get_hall (session),
                                           jk_test_exam_get_candidate (desk->exam, 0)->record);
  g_autofree char *journal = g_build_filename (folder, name, NULL);
  check_green (&self, JK_CHECK_SESSION, NULL);
  close_desk (desk);
  assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
  assert_true (g_file_set_contents (journal, "no journal", -1, NULL));
  open_desk (desk);
  check_light (&self, JK_CHECK_SESSION, JK_LIGHT_AMBER, NULL, ".jkjournal");
  go (&self);
}

static void
an_amendment_that_is_gone_is_red (void **state)
{
  Scene self;

  come (&self, state);
  Fixture *desk = self.desk;
  const JkSession *session = jk_desk_get_session (desk->desk);
  g_autofree char *name = g_strdup_printf ("%s-%s/amendment-001.jkamend",
                                           jk_session_get_short_name (session),
                                           jk_session_get_hall (session));
  g_autofree char *copy =
      g_build_filename (jk_station_get_folder (desk->desk->station), name, NULL);
  g_autoptr (JkSession) office = amended_open (desk->exam, 0);
  g_autofree char *amendment =
      amended_make (desk->exam,
                    office,
                    "[amendment]\nnumber=1\nreason=x\n[window]\nlatest-entry-min=9\n");
  g_autoptr (GError) error = NULL;
  jk_seat_take_amendment (desk->desk->seat, amendment, &error);
  assert_ok (error);
  check_green (&self, JK_CHECK_SESSION, NULL);
  close_desk (desk);
  assert_int_equal (g_remove (copy), 0);
  open_desk (desk);
  check_light (&self, JK_CHECK_SESSION, JK_LIGHT_RED, NULL, "amendment");
  go (&self);
}

static void
a_bank_that_is_missing_or_damaged_is_red_until_it_is_given (void **state)
{
  Scene self;

  come (&self, state);
  Fixture *desk = self.desk;
  const JkSession *session = jk_desk_get_session (desk->desk);
  g_autofree char *name = g_strdup_printf ("%s-%s/session.jkbank",
                                           jk_session_get_short_name (session),
                                           jk_session_get_hall (session));
  g_autofree char *bank =
      g_build_filename (jk_station_get_folder (desk->desk->station), name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;
  check_green (&self, JK_CHECK_BANK, "0.0 MiB");
  g_file_get_contents (bank, &data, &size, &error);
  assert_ok (error);
  data[size - 1] ^= 1;
  g_file_set_contents (bank, data, (gssize) size, &error);
  g_free (data);
  assert_ok (error);
  check_light (&self, JK_CHECK_BANK, JK_LIGHT_RED, NULL, "load the .jkbank");
  assert_non_null (strstr (find_light (&self, JK_CHECK_BANK)->sentence, "session.jkbank"));
  jk_seat_take_bank (desk->desk->seat, jk_test_exam_get_bank_path (desk->exam), &error);
  assert_ok (error);
  check_green (&self, JK_CHECK_BANK, NULL);
  assert_int_equal (g_remove (bank), 0);
  check_light (&self, JK_CHECK_BANK, JK_LIGHT_RED, "–", "is not on this PC");
  /* That of another session. */
  const char *other = jk_bank_get_file (jk_test_exam_get_library (desk->exam));
  g_file_get_contents (other, &data, &size, &error);
  assert_ok (error);
  g_file_set_contents (bank, data, (gssize) size, &error);
  g_free (data);
  assert_ok (error);
  check_light (&self, JK_CHECK_BANK, JK_LIGHT_RED, NULL, "this is not the bank");
  go (&self);
}

static void
set_clock (Scene *self, gint min)
{
  jk_test_clock_set_wall_ms (self->desk->clock, NINE_OF_CLOCK_MS + min * (gint64) MS_PER_MIN);
}

static void
the_clock_is_held_against_the_start_and_the_window (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_CLOCK, "2021-04-24 08:55 UTC+08:00");
  set_clock (&self, 0);
  check_green (&self, JK_CHECK_CLOCK, "2021-04-24 09:00 UTC+08:00");
  set_clock (&self, 1);
  check_light (&self, JK_CHECK_CLOCK, JK_LIGHT_AMBER, NULL, "started 1 min ago");
  set_clock (&self, -240);
  check_green (&self, JK_CHECK_CLOCK, "2021-04-24 05:00 UTC+08:00");
  set_clock (&self, -241);
  check_light (&self, JK_CHECK_CLOCK, JK_LIGHT_AMBER, NULL, "starts in 241 min");
  set_clock (&self, -721);
  check_light (&self,
               JK_CHECK_CLOCK,
               JK_LIGHT_RED,
               "2021-04-23 20:59 UTC+08:00",
               "starts at 2021-04-24 09:00 UTC+08:00");
  set_clock (&self, 721);
  check_light (&self, JK_CHECK_CLOCK, JK_LIGHT_RED, NULL, "open-outside");
  go (&self);
}

static void
a_wrong_date_that_two_proctors_answer_for_is_amber (void **state)
{
  Scene self;

  come (&self, state);
  set_clock (&self, 721);
  JkOrderTerms terms = terms_of (self.desk, JK_ACT_OPEN_OUTSIDE);
  terms.record = JK_ORDER_EVERY;
  send_terms (self.desk, &terms);
  await_page (self.desk, JK_PAGE_LOG_IN);
  check_light (&self, JK_CHECK_CLOCK, JK_LIGHT_AMBER, NULL, "set the clock");
  go (&self);
}

static void
a_pc_of_another_zone_is_amber (void **state)
{
  Scene self;

  come (&self, state);
  put_zone (&self, -210);
  check_light (&self,
               JK_CHECK_CLOCK,
               JK_LIGHT_AMBER,
               "2021-04-24 08:55 UTC+08:00",
               "UTC-03:30, and session " JK_TEST_EXAM_NAME " is held in UTC+08:00");
  go (&self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_pc_without_a_session_is_red_and_says_what_to_load),
    TEST (other_sessions_that_are_not_over_are_amber),
    TEST (a_session_that_has_ended_is_amber_and_no_other_one),
    TEST (a_sitting_that_does_not_open_is_amber),
    TEST (an_amendment_that_is_gone_is_red),
    TEST (a_bank_that_is_missing_or_damaged_is_red_until_it_is_given),
    TEST (the_clock_is_held_against_the_start_and_the_window),
    TEST (a_wrong_date_that_two_proctors_answer_for_is_amber),
    TEST (a_pc_of_another_zone_is_amber),
  };
  return cmocka_run_group_tests_name ("checks-session", tests, check_build_exam, check_free_exam);
}
