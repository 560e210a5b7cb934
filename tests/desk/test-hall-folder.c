/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/hall-folder.c: what of a stick belongs to the closing sheet. How three PCs come to
 * one sheet is tests/desk/test-handin.c. */
#include "desk/hall-folder.h"
#include "check-moving.h"

#include "base/error.h"
#include "desk/witness.h"

/* What is reported; the caller frees. */
static JkReport *
read_folder (Hall *self, Pc *pc, JkHall *hall)
{
  JkReport *report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  while (pc->desk->desk->n_busy > 0)
    g_main_context_iteration (NULL, TRUE);
  assert_true (jk_hall_folder_read (&pc->world,
                                    pc->desk->desk->seat,
                                    stick_of (self),
                                    hall,
                                    report,
                                    &error));
  assert_ok (error);
  return report;
}

static void
put (Hall *self, const char *name, const char *text)
{
  g_free (jk_test_folder_put_text (self->stick, name, text));
}

static JkHall *
new_hall (const Hall *self)
{
  return jk_hall_new (jk_test_exam_get_session (self->exam, 0));
}

static void
what_is_damaged_is_told (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  g_autoptr (JkHall) hall = new_hall (self);
  const char *short_name = jk_session_get_short_name (jk_test_exam_get_session (self->exam, 0));
  g_autofree char *room = g_strdup_printf ("%s-01-00.JKROOM", short_name);

  put (self, "torn.jkresult", "garbage");
  put (self, "torn.JkHandin", "garbage");
  put (self, room, "[nonsense]\n");
  g_autoptr (JkReport) report = read_folder (self, pc, hall);
  g_autofree char *text = jk_report_dup_text (report);
  assert_int_equal (jk_report_get_n_faults (report), 2);
  assert_int_equal (jk_report_get_n (report), 3);
  assert_non_null (strstr (text, "torn.jkresult: found a result that is damaged"));
  assert_non_null (strstr (text, "torn.JkHandin: "));
  assert_non_null (strstr (text, room));
  assert_int_equal (jk_hall_get_n_results (hall), 0);
}

static void
what_is_of_another_session_or_no_file_of_an_exam_is_passed_over (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  g_autoptr (JkHall) hall = new_hall (self);

  put (self, "other-02-00.jkroom", "[nonsense]\n");
  put (self, "holiday.jpg", "x");
  put (self, ".jkresult", "x");
  g_autoptr (JkReport) report = read_folder (self, pc, hall);
  assert_int_equal (jk_report_get_n (report), 0);
}

static void
of_this_pc_the_newest_words_count (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  g_autoptr (JkHall) hall = new_hall (self);

  assert_ok (give_act (self, pc, JK_ACT_ABSENT, record_of (self, 1)));
  g_autofree char *name = jk_witness_dup_file_name (pc->desk->desk->seat);
  put (self, name, "[record 1]\nstate=lost\n");
  g_autoptr (JkReport) report = read_folder (self, pc, hall);
  assert_int_equal (jk_report_get_n (report), 0);
  const JkRoomSeat *seat = jk_room_find (jk_hall_get_room (hall), record_of (self, 1));
  assert_int_equal (seat->state, JK_SEAT_ABSENT);
}

static void
a_folder_that_is_not_there_is_said (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  g_autoptr (JkHall) hall = new_hall (self);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  assert_false (
      jk_hall_folder_read (&pc->world, pc->desk->desk->seat, "/nowhere", hall, report, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_hall, tear_down_hall)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_is_damaged_is_told),
    TEST (what_is_of_another_session_or_no_file_of_an_exam_is_passed_over),
    TEST (of_this_pc_the_newest_words_count),
    TEST (a_folder_that_is_not_there_is_said),
  };

  return cmocka_run_group_tests_name ("hall-folder", tests, check_build_exam, check_free_exam);
}
