/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/room-rows.c: every candidate is accounted for. */
#include "result/room-rows.h"

#include "support/closing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define STATION "0102030405060708091011121314151617181920212223242526272829303132"
#define OTHER "3231302928272625242322212019181716151413121110090807060504030201"

/* The station of result 0. */
#define FIFTH "0500000000000000000000000000000000000000000000000000000000000000"

static JkTestExam *exam;
static JkRoll *roll;

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 3 };

  exam = jk_test_exam_new_with (&options);
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  roll = jk_session_open_roll (closing->session, closing->keys[1].seal, NULL);
  assert_non_null (roll);
  return 0;
}

static int
tear_down (void **state)
{
  jk_roll_free (roll);
  jk_test_exam_free (exam);
  return 0;
}

static JkFoundResult
found (guint32 record, guint32 seal_number, guint8 station, guint8 digest)
{
  JkFoundResult result = { "r.jkresult", { .record = record, .seal_number = seal_number } };

  result.label.station[0] = station;
  result.label.digest.bytes[0] = digest;
  return result;
}

/* Makes rows from a room file; returns what is reported, which the caller frees. */
static char *
make (JkRoomRows *rows,
      const char *text,
      const JkFoundResult *results,
      guint n,
      const JkSheetMerge *before,
      guint n_faults)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSheetMerge) none = jk_sheet_merge_new (NULL, 0);
  g_autoptr (JkRoom) room = jk_room_new ();
  const JkRoomInput input = {
    .room = room,
    .room_file = "room.ini",
    .roll = roll,
    .before = before != NULL ? before : none,
    .results = results,
    .n_results = n,
  };

  assert_true (jk_room_read (room, "room.ini", text, jk_roll_get_n (roll), report));
  jk_room_rows_make (rows, &input, report);
  jk_room_rows_report_people (rows, &input, report);
  char *said = jk_report_dup_text (report);
  if (jk_report_get_n_faults (report) != n_faults)
    print_error ("%s", said);
  assert_int_equal (jk_report_get_n_faults (report), n_faults);
  return said;
}

static const JkSheetRow *
get (const JkRoomRows *rows, guint n)
{
  assert_true (n < rows->rows->len);
  return &g_array_index (rows->rows, JkSheetRow, n);
}

static void
results_absent_and_left_seats_become_rows (void **state)
{
  g_auto (JkRoomRows) rows = { NULL };
  const JkFoundResult results[] = { found (1, 2, 7, 2),
                                    found (1, 1, 7, 1),
                                    found (0, 1, 5, 5),
                                    found (0, 1, 5, 5),
                                    found (4, 1, 6, 6) };
  g_autofree char *said = make (&rows,
                                "[absent]\nrecords=2\n[record 1]\nstate=time-up\nlost-from=" STATION
                                "\nreceipt-2=BNTF-5C57-EXSH-MJ2V-E56J8\n",
                                results,
                                5,
                                NULL,
                                0);

  assert_int_equal (rows.rows->len, 6);
  assert_int_equal (get (&rows, 0)->state, JK_SEAT_SEALED);
  assert_int_equal (get (&rows, 1)->state, JK_SEAT_LOST_COPIED);
  assert_int_equal (get (&rows, 1)->copied_to[0], 7);
  assert_int_equal (get (&rows, 2)->state, JK_SEAT_SEALED);
  assert_int_equal (get (&rows, 3)->state, JK_SEAT_TIME_UP);
  assert_int_equal (get (&rows, 3)->slip[0], 0x5d);
  assert_int_equal (get (&rows, 4)->state, JK_SEAT_ABSENT);
  assert_int_equal (get (&rows, 5)->record, 4);
  assert_true (get (&rows, 5)->spare);
  assert_string_equal (g_ptr_array_index (rows.seats, 4), jk_roll_get_person (roll, 2)->seat);
  /* Records 0 and 4 have results without a receipt; the first of record 1 was undone. */
  assert_non_null (strstr (said, "record 0: found a result and no receipt"));
  assert_non_null (strstr (said, "record 4: found a result and no receipt"));
  assert_null (strstr (said, "record 1:"));
  assert_int_equal (rows.without_slip->len, 2);
  assert_int_equal (g_array_index (rows.without_slip, guint32, 1), 4);
}

static void
who_is_not_accounted_for_is_named (void **state)
{
  g_auto (JkRoomRows) rows = { NULL };
  const JkFoundResult result = found (0, 1, 5, 5);
  g_autofree char *said = make (&rows, "[record 2]\nstate=never-seen\n", &result, 1, NULL, 1);

  assert_non_null (strstr (said, "record 1: found neither a result nor a word"));
  assert_int_equal (rows.unexplained->len, 1);
  assert_int_equal (g_array_index (rows.unexplained, guint32, 0), 1);
}

static void
a_candidate_who_moved_twice_left_two_seats (void **state)
{
  g_auto (JkRoomRows) rows = { NULL };
  const JkFoundResult result = found (0, 1, 5, 5);
  g_autofree char *said = make (&rows,
                                "[absent]\nrecords=1;2\n"
                                "[record 0]\nmoved-from=" STATION ";" OTHER "\n",
                                &result,
                                1,
                                NULL,
                                0);

  assert_int_equal (rows.rows->len, 5);
  assert_int_equal (get (&rows, 0)->state, JK_SEAT_MOVED);
  assert_int_equal (get (&rows, 1)->state, JK_SEAT_MOVED);
  assert_int_equal (get (&rows, 1)->station[0], 0x32);
  assert_int_equal (get (&rows, 1)->copied_to[0], 5);
  assert_non_null (said);
}

static void
of_one_who_moved_and_whose_result_is_lost_that_is_said (void **state)
{
  g_auto (JkRoomRows) rows = { NULL };
  g_autofree char *said = make (&rows,
                                "[absent]\nrecords=1;2\n"
                                "[record 0]\nstate=lost\nmoved-from=" STATION "\n",
                                NULL,
                                0,
                                NULL,
                                0);

  assert_int_equal (rows.rows->len, 3);
  assert_int_equal (get (&rows, 0)->state, JK_SEAT_LOST);
  assert_non_null (said);
}

static void
a_room_that_contradicts_the_results_is_a_fault (void **state)
{
  const JkFoundResult results[] = { found (0, 1, 5, 5), found (0, 1, 6, 6) };
  const struct {
    const char *text;
    guint n_results;
    const char *words;
  } cases[] = {
    { "[absent]\nrecords=0;1;2\n", 1, "absent, never seen or lost" },
    { "[absent]\nrecords=1;2\n[record 0]\nstate=lost\n", 1, "absent, never seen or lost" },
    { "[absent]\nrecords=1;2\n", 2, "one seal number and differ" },
    { "[absent]\nrecords=1\n[record 2]\nstate=forced\n", 1, "there is no result" },
    { "[absent]\nrecords=1\n[record 2]\nmoved-from=" STATION "\n",
      1,
      "neither a result nor a word" },
    { "[absent]\nrecords=1;2\n[record 0]\nmoved-from=" FIFTH "\n", 1, "the station it left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (JkRoomRows) rows = { NULL };
    g_autofree char *said = make (&rows, cases[i].text, results, cases[i].n_results, NULL, 1);
    assert_non_null (strstr (said, cases[i].words));
  }
}

static void
only_what_earlier_sheets_do_not_say_is_said (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  g_auto (JkRoomRows) rows = { NULL };
  const JkFoundResult results[] = { found (0, 1, 5, 5), found (1, 1, 6, 6) };
  JkSheetRow row = { .seal_number = 1, .state = JK_SEAT_FORCED, .slip = { 9 } };

  row.station[0] = 5;
  row.digest.bytes[0] = 5;
  jk_test_closing_add (closing, row);
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_LOST));
  jk_test_closing_add (closing, jk_test_row (2, JK_SEAT_ABSENT));
  JkSheet *sheet = jk_test_closing_make (closing, "one");
  g_autoptr (JkSheetMerge) before = jk_sheet_merge_new (&sheet, 1);
  g_autofree char *said = make (&rows, "[absent]\nrecords=2\n", results, 2, before, 0);

  assert_int_equal (rows.rows->len, 1);
  assert_int_equal (get (&rows, 0)->record, 1);
  assert_null (strstr (said, "record 0"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (results_absent_and_left_seats_become_rows),
    cmocka_unit_test (who_is_not_accounted_for_is_named),
    cmocka_unit_test (a_candidate_who_moved_twice_left_two_seats),
    cmocka_unit_test (of_one_who_moved_and_whose_result_is_lost_that_is_said),
    cmocka_unit_test (a_room_that_contradicts_the_results_is_a_fault),
    cmocka_unit_test (only_what_earlier_sheets_do_not_say_is_said),
  };
  return cmocka_run_group_tests_name ("room-rows", tests, set_up, tear_down);
}
