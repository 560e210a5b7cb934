/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/lint-seats.c */
#include "tool/lint-seats.h"

#include "base/error.h"
#include "linted.h"
#include "session/error.h"

#include <unistd.h>

enum {
  N_SEATS = 6, /* 4 candidates and 2 spare records of hall 01 */
};

typedef struct {
  /* Owned */
  JkSecret *roster_key;
  JkSecret *paper_key;
  JkBank *bank;
  JkRoll *roll;
  JkLintItems *items;
  JkLintSeat seats[N_SEATS];
  /* Plain */
  JkLintRoom room;
} Hall;

static void
hall_init (Hall *self, const JkTestExam *exam)
{
  *self = (Hall){
    .roster_key = jk_session_open_room (jk_test_exam_get_session (exam, 0),
                                        jk_test_exam_get_room_code (exam, 0),
                                        NULL),
    .paper_key = jk_test_exam_open_start (exam),
    .bank = jk_test_exam_open_bank (exam),
    .roll = jk_session_open_roll (jk_test_exam_get_session (exam, 0),
                                  jk_test_exam_get_centre (exam),
                                  NULL),
    .items = jk_lint_items_new (JK_TEST_EXAM_ITEMS),
  };
  self->room = (JkLintRoom){
    .session = jk_test_exam_get_session (exam, 0),
    .roster_key = self->roster_key,
    .roll = self->roll,
    .paper_key = self->paper_key,
    .bank = self->bank,
    .items = self->items,
  };
  const JkRoster *roster = jk_session_source_get_roster (jk_test_exam_get_source (exam));
  for (guint n = 0; n < N_SEATS; n++) {
    if (n < 4)
      self->seats[n].row = jk_roster_get (roster, n);
    else
      self->seats[n].record = n;
  }
}

static void
hall_clear (Hall *self)
{
  for (guint n = 0; n < N_SEATS; n++)
    jk_lint_seat_clear (&self->seats[n]);
  jk_lint_items_free (self->items);
  jk_roll_free (self->roll);
  jk_bank_free (self->bank);
  jk_secret_free (self->paper_key);
  jk_secret_free (self->roster_key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hall, hall_clear)

static void
check_all_open (const Hall *hall)
{
  for (guint n = 0; n < N_SEATS; n++) {
    const JkLintSeat *seat = &hall->seats[n];
    if (seat->error != NULL)
      fail_msg ("%u: %s", n, seat->error->message);
    assert_int_equal (seat->record, n);
    assert_int_equal (seat->is_spare, n >= 4);
    assert_false (seat->differs);
    assert_int_equal (seat->has_photo, n == 0);
    assert_int_equal (jk_paper_get_n (seat->paper), JK_TEST_EXAM_PAPER_ITEMS);
    assert_true (seat->blob_bytes > 100);
    for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++)
      assert_non_null (
          jk_lint_items_get_id (hall->items, jk_paper_get_item (seat->paper, i)->item));
  }
}

static void
everybody_logs_in_and_spares_open_through_the_roll (void **state)
{
  g_auto (Hall) hall;

  hall_init (&hall, *state);
  jk_lint_seats_open (&hall.room, hall.seats, N_SEATS, 1);
  check_all_open (&hall);
  assert_string_equal (hall.seats[0].seat, "01");
  assert_string_equal (hall.seats[5].seat, "");
}

static void
threads_give_the_same (void **state)
{
  g_auto (Hall) hall;

  hall_init (&hall, *state);
  jk_lint_seats_open (&hall.room, hall.seats, N_SEATS, 4);
  check_all_open (&hall);
}

static void
who_is_not_in_the_session_cannot_log_in (void **state)
{
  g_auto (Hall) hall;
  JkRosterRow row;

  hall_init (&hall, *state);
  row = *hall.seats[1].row;
  row.id_number = hall.seats[2].row->id_number;
  hall.seats[1].row = &row;
  jk_lint_seats_open (&hall.room, hall.seats, N_SEATS, 1);
  assert_true (g_error_matches (hall.seats[1].error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN));
  assert_null (hall.seats[1].seat);
  assert_null (hall.seats[1].paper);
  assert_non_null (hall.seats[2].paper);
}

static void
another_name_or_seat_differs (void **state)
{
  g_auto (Hall) hall;
  JkRosterRow name, seat;

  hall_init (&hall, *state);
  name = *hall.seats[0].row;
  name.name = "别人";
  hall.seats[0].row = &name;
  seat = *hall.seats[1].row;
  seat.seat = "77";
  hall.seats[1].row = &seat;
  jk_lint_seats_open (&hall.room, hall.seats, N_SEATS, 1);
  assert_true (hall.seats[0].differs);
  assert_true (hall.seats[1].differs);
  assert_false (hall.seats[2].differs);
}

static void
without_a_paper_key_papers_stay_closed (void **state)
{
  g_auto (Hall) hall;

  hall_init (&hall, *state);
  hall.room.paper_key = NULL;
  jk_lint_seats_open (&hall.room, hall.seats, N_SEATS, 1);
  for (guint n = 0; n < N_SEATS; n++) {
    assert_null (hall.seats[n].error);
    assert_non_null (hall.seats[n].seat);
    assert_null (hall.seats[n].paper);
  }
}

static void
a_wrong_paper_key_is_told_for_each (void **state)
{
  g_auto (Hall) hall;

  hall_init (&hall, *state);
  hall.room.paper_key = hall.roster_key;
  jk_lint_seats_open (&hall.room, hall.seats, N_SEATS, 1);
  for (guint n = 0; n < N_SEATS; n++)
    assert_true (g_error_matches (hall.seats[n].error, JK_SESSION_ERROR, JK_SESSION_ERROR_PAPER));
}

/* The session's file loses its end while it is open. */
static void
a_photo_that_cannot_be_read_is_an_error_of_its_seat (void **state)
{
  const JkTestExam *exam = *state;
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autoptr (GBytes) bytes =
      jk_storage_read (world->storage, jk_test_exam_get_session_path (exam, 0), 1 << 24, NULL);
  g_autofree char *path =
      jk_test_folder_put (jk_test_exam_get_folder (exam), "copy.jksession", bytes);
  g_autoptr (JkSession) session =
      jk_session_open (world, path, jk_test_exam_get_authorities (exam), NULL);
  g_auto (Hall) hall;

  hall_init (&hall, exam);
  hall.room.session = session;
  assert_int_equal (truncate (path, 100), 0);
  jk_lint_seats_open (&hall.room, hall.seats, 1, 1);
  assert_true (g_error_matches (hall.seats[0].error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
  assert_non_null (hall.seats[0].seat);
  assert_null (hall.seats[0].paper);
  assert_false (hall.seats[0].has_photo);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (everybody_logs_in_and_spares_open_through_the_roll),
    cmocka_unit_test (threads_give_the_same),
    cmocka_unit_test (who_is_not_in_the_session_cannot_log_in),
    cmocka_unit_test (another_name_or_seat_differs),
    cmocka_unit_test (without_a_paper_key_papers_stay_closed),
    cmocka_unit_test (a_wrong_paper_key_is_told_for_each),
    cmocka_unit_test (a_photo_that_cannot_be_read_is_an_error_of_its_seat),
  };

  return cmocka_run_group_tests_name ("lint-seats", tests, set_up, tear_down);
}
