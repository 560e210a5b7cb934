/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/hall.c: what lies in a folder becomes the next closing sheet. */
#include "result/hall.h"

#include "result/error.h"
#include "support/closing.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static JkTestExam *exam;
static JkTestClosing *closing;
static JkRoll *roll;

/* Of record 0. */
static JkTestHandedIn *sitting;
static GBytes *result;

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 3, .n_second = 1 };

  exam = jk_test_exam_new_with (&options);
  closing = jk_test_closing_new (exam, 0);
  roll = jk_session_open_roll (closing->session, closing->keys[1].seal, NULL);
  assert_non_null (roll);
  sitting = jk_test_handed_in_new (exam, 0);
  jk_test_handed_in_end (sitting);
  result = jk_test_handed_in_seal (sitting);
  return 0;
}

static int
tear_down (void **state)
{
  g_bytes_unref (result);
  jk_test_handed_in_free (sitting);
  jk_roll_free (roll);
  jk_test_closing_free (closing);
  jk_test_exam_free (exam);
  return 0;
}

/* A hall with that result and these words, closed. */
static JkHall *
make_hall (const char *words, guint n_faults)
{
  JkHall *hall = jk_hall_new (closing->session);
  g_autoptr (JkReport) report = jk_report_new ();

  assert_true (jk_hall_add_result (hall, "r.jkresult", result, NULL));
  assert_true (jk_hall_add_room (hall, "room.ini", words, report));
  assert_true (jk_hall_close (hall, roll, "room.ini", report) == (n_faults == 0));
  jk_hall_report_people (hall, report);
  assert_int_equal (jk_report_get_n_faults (report), n_faults);
  return hall;
}

static GBytes *
build (JkHall *hall, GError **error)
{
  const JkSheetSigner first = { closing->keys[0].sign, JK_ROLE_CHIEF };
  const JkSheetSigner second = { closing->keys[1].sign, JK_ROLE_PROCTOR };

  g_autoptr (JkReport) report = jk_report_new ();

  return jk_hall_build_sheet (hall, &first, &second, FALSE, report, error);
}

static void
check_counts (const JkSheetCounts *counts, guint absent, guint sealed, guint receipts)
{
  assert_int_equal (counts->due, 3);
  assert_int_equal (counts->absent, absent);
  assert_int_equal (counts->never_seen, 2 - absent);
  assert_int_equal (counts->started, sealed);
  assert_int_equal (counts->sealed, sealed);
  assert_int_equal (counts->receipts, receipts);
}

static void
what_is_counted_before_is_what_the_sheet_counts (void **state)
{
  g_autoptr (JkHall) hall = make_hall ("[absent]\nrecords=1\n"
                                       "[record 0]\nreceipt-1=BNTF-5C57-EXSH-MJ2V-E56J8\n"
                                       "[record 2]\nstate=never-seen\n"
                                       "[note 1]\nkind=violation\nrecord=0\ncode=W601\nfacts=x\n"
                                       "[note 2]\nkind=violation\nrecord=0\ncode=W602\nfacts=y\n",
                                       0);
  JkSheetCounts before, after;

  assert_int_equal (jk_hall_get_n_results (hall), 1);
  assert_int_equal (jk_hall_get_next_number (hall), 1);
  assert_int_equal (jk_hall_get_unexplained (hall)->len, 0);
  jk_hall_count (hall, &before);
  check_counts (&before, 1, 1, 1);
  assert_int_equal (before.violations, 1);
  g_autoptr (GBytes) bytes = build (hall, NULL);
  JkSheet *sheet = jk_sheet_open ("s", bytes, closing->session, NULL);
  assert_non_null (sheet);
  g_autoptr (JkSheetMerge) sheets = jk_sheet_merge_new (&sheet, 1);
  jk_sheet_merge_count (sheets, &after);
  assert_memory_equal (&before, &after, sizeof before);
}

static void
who_is_not_explained_is_listed (void **state)
{
  g_autoptr (JkHall) hall = make_hall ("[absent]\nrecords=1\n", 1);
  JkSheetCounts counts;

  assert_int_equal (jk_hall_get_unexplained (hall)->len, 1);
  assert_int_equal (g_array_index (jk_hall_get_unexplained (hall), guint32, 0), 2);
  assert_int_equal (jk_hall_get_without_slip (hall)->len, 1);
  assert_true (jk_hall_has_news (hall));
  jk_hall_count (hall, &counts);
  assert_int_equal (counts.due, 3);
}

static void
the_next_sheet_adds_what_was_lost_and_counts_it_once (void **state)
{
  g_autoptr (JkHall) hall = jk_hall_new (closing->session);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkTestClosing) first = jk_test_closing_new (exam, 0);
  JkSheetCounts counts;

  jk_test_closing_add (first, jk_test_row (0, JK_SEAT_LOST));
  jk_test_closing_add (first, jk_test_row (1, JK_SEAT_ABSENT));
  jk_test_closing_add (first, jk_test_row (2, JK_SEAT_NEVER_SEEN));
  g_autoptr (GBytes) bytes = jk_test_closing_sign (first);
  assert_true (jk_hall_add_sheet (hall, "1.jkhandin", bytes, NULL));
  assert_true (jk_hall_add_sheet (hall, "copy.jkhandin", bytes, NULL));
  assert_true (jk_hall_add_result (hall, "r.jkresult", result, NULL));
  assert_true (jk_hall_close (hall, roll, "room.ini", report));
  assert_int_equal (jk_hall_get_next_number (hall), 2);
  assert_int_equal (jk_sheet_merge_get_n_sheets (jk_hall_get_sheets (hall)), 2);
  jk_hall_count (hall, &counts);
  check_counts (&counts, 1, 1, 0);
  g_autoptr (GBytes) next = build (hall, NULL);
  g_autoptr (JkSheet) sheet = jk_sheet_open ("2", next, closing->session, NULL);
  assert_int_equal (jk_sheet_get_number (sheet), 2);
  assert_int_equal (jk_sheet_get_n_rows (sheet), 1);
}

static void
nothing_new_is_no_sheet (void **state)
{
  const char *words = "[absent]\nrecords=1\n[record 2]\nstate=never-seen\n"
                      "[note 1]\nkind=incident\nfacts=x\n";
  g_autoptr (JkHall) hall = jk_hall_new (closing->session);
  g_autoptr (JkHall) whole = make_hall (words, 0);
  g_autoptr (JkReport) report = jk_report_new ();

  g_autoptr (GBytes) bytes = build (whole, NULL);
  assert_true (jk_hall_add_sheet (hall, "1.jkhandin", bytes, NULL));
  assert_true (jk_hall_add_result (hall, "r.jkresult", result, NULL));
  assert_true (jk_hall_add_room (hall, "room.ini", words, report));
  assert_false (jk_hall_close (hall, roll, "room.ini", report));
  assert_false (jk_hall_has_news (hall));
  assert_non_null (strstr (jk_report_get (report, 0)->found, "nothing that the sheets before"));
}

static void
sheets_that_contradict_each_other_are_a_fault (void **state)
{
  g_autoptr (JkHall) hall = jk_hall_new (closing->session);
  g_autoptr (JkReport) report = jk_report_new ();
  const JkSeatState states[] = { JK_SEAT_ABSENT, JK_SEAT_NEVER_SEEN };

  for (guint n = 0; n < G_N_ELEMENTS (states); n++) {
    g_autoptr (JkTestClosing) one = jk_test_closing_new (exam, 0);
    jk_test_closing_add (one, jk_test_row (1, states[n]));
    g_autoptr (GBytes) bytes = jk_test_closing_sign (one);
    assert_true (jk_hall_add_sheet (hall, n == 0 ? "a" : "b", bytes, NULL));
  }
  assert_false (jk_hall_close (hall, roll, "room.ini", report));
  assert_true (jk_report_get_n_faults (report) >= 1);
}

static void
what_is_no_file_of_this_hall_adds_nothing (void **state)
{
  g_autoptr (JkHall) hall = jk_hall_new (closing->session);
  g_autoptr (JkTestClosing) other = jk_test_closing_new (exam, 1);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("garbage", 7);
  g_autoptr (GBytes) foreign = jk_test_closing_sign (other);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  assert_false (jk_hall_add_result (hall, "r", garbage, &error));
  g_clear_error (&error);
  assert_false (jk_hall_add_sheet (hall, "s", garbage, &error));
  g_clear_error (&error);
  assert_false (jk_hall_add_sheet (hall, "s", foreign, &error));
  assert_true (g_error_matches (error, JK_RESULT_ERROR, JK_RESULT_ERROR_FOREIGN));
  assert_false (jk_hall_add_room (hall, "room.ini", "[record 9]\nstate=lost\n[x]\n", report));
  assert_int_equal (jk_hall_get_n_results (hall), 0);
  assert_null (jk_room_find (jk_hall_get_room (hall), 0));
  jk_hall_free (NULL);
}

static void
two_signatures_of_one_role_build_nothing (void **state)
{
  g_autoptr (JkHall) hall = make_hall ("[absent]\nrecords=1\n[record 2]\nstate=never-seen\n", 0);
  const JkSheetSigner chief = { closing->keys[0].sign, JK_ROLE_CHIEF };
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  assert_null (jk_hall_build_sheet (hall, &chief, &chief, FALSE, report, &error));
  assert_true (g_error_matches (error, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT));
}

static void
a_sheet_that_would_change_an_earlier_one_is_not_built (void **state)
{
  g_autoptr (JkHall) hall = jk_hall_new (closing->session);
  g_autoptr (JkTestClosing) first = jk_test_closing_new (exam, 0);
  const JkSheetSigner chief = { closing->keys[0].sign, JK_ROLE_CHIEF };
  const JkSheetSigner proctor = { closing->keys[1].sign, JK_ROLE_PROCTOR };
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  for (guint record = 0; record < 3; record++)
    jk_test_closing_add (first, jk_test_row (record, JK_SEAT_ABSENT));
  g_autoptr (GBytes) bytes = jk_test_closing_sign (first);
  assert_true (jk_hall_add_sheet (hall, "1.jkhandin", bytes, NULL));
  assert_true (jk_hall_add_result (hall, "r.jkresult", result, NULL));
  assert_true (jk_hall_close (hall, roll, "room.ini", report));
  assert_null (jk_hall_build_sheet (hall, &chief, &proctor, FALSE, report, &error));
  assert_null (error);
  assert_int_equal (jk_report_get_n_faults (report), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_counted_before_is_what_the_sheet_counts),
    cmocka_unit_test (who_is_not_explained_is_listed),
    cmocka_unit_test (the_next_sheet_adds_what_was_lost_and_counts_it_once),
    cmocka_unit_test (nothing_new_is_no_sheet),
    cmocka_unit_test (sheets_that_contradict_each_other_are_a_fault),
    cmocka_unit_test (what_is_no_file_of_this_hall_adds_nothing),
    cmocka_unit_test (a_sheet_that_would_change_an_earlier_one_is_not_built),
    cmocka_unit_test (two_signatures_of_one_role_build_nothing),
  };
  return cmocka_run_group_tests_name ("hall", tests, set_up, tear_down);
}
