/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/witness.c: what a PC says of its room. */
#include "check-desk.h"

#include "desk/closing.h"
#include "desk/desk-private.h"
#include "desk/witness.h"
#include "result/receipt.h"

/* The worker may have the seat. */
static JkRoom *
hear (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  while (self->desk->n_busy > 0)
    g_main_context_iteration (NULL, TRUE);
  JkRoom *room = jk_witness_hear (self->desk->seat, &error);
  assert_ok (error);
  return room;
}

static guint32
record_of (Fixture *self)
{
  return jk_test_exam_get_candidate (self->exam, 0)->record;
}

static void
hand_in_late_enough (Fixture *self)
{
  begin (self);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  assert_ok (hand_in (self));
}

static void
of_who_was_not_collected_the_receipt_is_only_shown (void **state)
{
  Fixture *self = *state;
  guint8 slip[JK_SLIP_BYTES];

  hand_in_late_enough (self);
  g_autoptr (JkRoom) room = hear (self);
  const JkRoomSeat *seat = jk_room_find (room, record_of (self));
  assert_int_equal (seat->state, JK_N_SEAT_STATES);
  assert_true (jk_room_seat_has_slip (seat, 1, JK_SLIP_SHOWN));
  assert_false (jk_room_seat_find_slip (seat, 1, slip));
}

static void
who_was_collected_has_the_slip_of_the_result (void **state)
{
  Fixture *self = *state;
  guint8 slip[JK_SLIP_BYTES], wanted[JK_SLIP_BYTES];
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  g_autoptr (GError) error = NULL;

  hand_in_late_enough (self);
  g_autofree char *receipt = jk_desk_dup_receipt (self->desk);
  assert_true (jk_desk_check_slip (self->desk, receipt, subject, &error));
  JkOrderTerms terms = terms_of (self, JK_ACT_COLLECT);
  memcpy (terms.subject, subject, sizeof subject);
  send_terms (self, &terms);
  await_page (self, JK_PAGE_COLLECTED);
  g_autoptr (JkRoom) room = hear (self);
  assert_true (jk_room_seat_find_slip (jk_room_find (room, record_of (self)), 1, slip));
  assert_true (jk_slip_parse (receipt, wanted, NULL));
  assert_memory_equal (slip, wanted, sizeof slip);
}

static void
a_forced_hand_in_and_one_by_the_clock_are_said (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_FORCE);
  await_page (self, JK_PAGE_HANDED_IN);
  g_autoptr (JkRoom) forced = hear (self);
  assert_int_equal (jk_room_find (forced, record_of (self))->state, JK_SEAT_FORCED);
  send (self, JK_ACT_REOPEN);
  await_page (self, JK_PAGE_ANSWERING);
  g_autoptr (JkRoom) reopened = hear (self);
  assert_null (jk_room_find (reopened, record_of (self)));
  jk_test_clock_pass_s (self->clock, 100 * S_PER_MIN);
  await_page (self, JK_PAGE_HANDED_IN);
  g_autoptr (JkRoom) room = hear (self);
  assert_int_equal (jk_room_find (room, record_of (self))->state, JK_SEAT_TIME_UP);
}

static void
who_moved_left_this_pc (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_MOVE);
  await_page (self, JK_PAGE_MOVED);
  g_autoptr (JkRoom) room = hear (self);
  const JkRoomSeat *seat = jk_room_find (room, record_of (self));
  assert_int_equal (seat->left->len, 1);
  const JkRoomLeft *left = &g_array_index (seat->left, JkRoomLeft, 0);
  assert_int_equal (left->state, JK_SEAT_MOVED);
  assert_memory_equal (left->station,
                       jk_log_replay_get_station (jk_seat_get_log (self->desk->seat)),
                       JK_PUBLIC_BYTES);
}

static void
of_who_left_before_the_start_nothing_is_said (void **state)
{
  Fixture *self = *state;
  JkDeskCounts counts;

  open_room (self);
  assert_ok (log_in (self, 0));
  send (self, JK_ACT_MOVE);
  await_page (self, JK_PAGE_LOG_IN);
  assert_null (jk_desk_get_person (self->desk));
  g_autoptr (JkRoom) room = hear (self);
  assert_null (jk_room_find (room, record_of (self)));
  assert_true (jk_desk_count (self->desk, &counts));
  assert_int_equal (counts.n_begun + counts.n_moved, 0);
  assert_ok (log_in (self, 1));
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CONFIRM);
}

static void
who_is_retired_goes_on_as_a_copy (void **state)
{
  Fixture *self = *state;

  begin (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_RETIRE);
  memcpy (terms.station,
          jk_log_replay_get_station (jk_seat_get_log (self->desk->seat)),
          JK_PUBLIC_BYTES);
  send_terms (self, &terms);
  await_page (self, JK_PAGE_MOVED);
  g_autoptr (JkRoom) room = hear (self);
  const JkRoomSeat *seat = jk_room_find (room, record_of (self));
  assert_int_equal (g_array_index (seat->left, JkRoomLeft, 0).state, JK_SEAT_LOST_COPIED);
}

static void
who_is_absent_and_what_happened_is_said (void **state)
{
  Fixture *self = *state;

  begin (self);
  JkOrderTerms absent = terms_of (self, JK_ACT_ABSENT);
  absent.record = jk_test_exam_get_candidate (self->exam, 1)->record;
  send_terms (self, &absent);
  JkOrderTerms violation = terms_of (self, JK_ACT_VIOLATION);
  violation.text = "W601 手机一部";
  send_terms (self, &violation);
  JkOrderTerms incident = terms_of (self, JK_ACT_INCIDENT);
  incident.text = "停电三分钟";
  incident.record = JK_ORDER_EVERY;
  send_terms (self, &incident);
  const JkLogReplay *log = jk_seat_get_log (self->desk->seat);
  while (jk_log_replay_get_order (log, 1) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (JkRoom) room = hear (self);
  assert_int_equal (jk_room_find (room, absent.record)->state, JK_SEAT_ABSENT);
  assert_int_equal (jk_room_get_n_notes (room), 2);
  for (guint n = 0; n < 2; n++) {
    const JkSheetNote *note = &jk_room_get_notes (room)[n];
    gboolean is_violation = note->kind == JK_NOTE_VIOLATION;
    assert_int_equal (note->record, is_violation ? record_of (self) : JK_NOTE_ROOM);
    assert_string_equal (note->code, is_violation ? "W601" : "");
    assert_true (g_str_has_suffix (note->facts, is_violation ? " 手机一部" : " 停电三分钟"));
    assert_int_equal (note->facts[2], ':');
  }
}

static void
the_file_is_of_this_pc_and_names_nobody (void **state)
{
  Fixture *self = *state;

  begin (self);
  g_autofree char *name = jk_witness_dup_file_name (self->desk->seat);
  assert_true (g_str_has_suffix (name, JK_WITNESS_ENDING));
  assert_non_null (strstr (name, "-01-"));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (of_who_was_not_collected_the_receipt_is_only_shown),
    TEST (who_was_collected_has_the_slip_of_the_result),
    TEST (a_forced_hand_in_and_one_by_the_clock_are_said),
    TEST (who_moved_left_this_pc),
    TEST (of_who_left_before_the_start_nothing_is_said),
    TEST (who_is_retired_goes_on_as_a_copy),
    TEST (who_is_absent_and_what_happened_is_said),
    TEST (the_file_is_of_this_pc_and_names_nobody),
  };

  return cmocka_run_group_tests_name ("witness", tests, check_build_exam, check_free_exam);
}
