/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/room.c */
#include "result/room.h"

#include "base/limits.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
what_is_said_is_found (void **state)
{
  g_autoptr (JkRoom) room = jk_room_new ();
  const guint8 slip[JK_SLIP_BYTES] = { 7 };
  const guint8 station[JK_PUBLIC_BYTES] = { 1 };
  guint8 found[JK_SLIP_BYTES];

  jk_room_set_state (room, 3, JK_SEAT_FORCED);
  jk_room_add_slip (room, 3, 1, JK_SLIP_SHOWN, slip);
  jk_room_add_slip (room, 3, 2, JK_SLIP_COMPARED, slip);
  jk_room_add_left (room, 3, JK_SEAT_MOVED, station);
  jk_room_add_left (room, 3, JK_SEAT_MOVED, station);
  const JkRoomSeat *seat = jk_room_find (room, 3);
  assert_int_equal (seat->state, JK_SEAT_FORCED);
  assert_int_equal (seat->left->len, 1);
  assert_false (jk_room_seat_find_slip (seat, 1, found));
  assert_true (jk_room_seat_find_slip (seat, 2, found));
  assert_memory_equal (found, slip, sizeof found);
  assert_null (jk_room_find (room, 2));
  assert_true (jk_room_seat_has_slip (seat, 1, JK_SLIP_SHOWN));
  jk_room_accept_shown (room);
  assert_true (jk_room_seat_find_slip (seat, 1, found));
  assert_true (jk_room_seat_has_slip (seat, 1, JK_SLIP_ACCEPTED));
  assert_false (jk_room_seat_has_slip (seat, 2, JK_SLIP_ACCEPTED));
  jk_room_free (NULL);
}

static void
a_note_is_said_once_and_fits_its_line (void **state)
{
  g_autoptr (JkRoom) room = jk_room_new ();
  g_autofree char *hundreds = g_strnfill (3 * JK_NOTE_FACTS_BYTES_MAX, 'x');
  g_autofree char *long_facts = g_strdup_printf ("%s%s", "机", hundreds);

  jk_room_add_note (room, JK_NOTE_INCIDENT, 1, "W601", "两行\n一行");
  jk_room_add_note (room, JK_NOTE_INCIDENT, 1, "W601", "两行\n一行");
  jk_room_add_note (room, JK_NOTE_INCIDENT, 2, "W601", "两行 一行");
  jk_room_add_note (room, JK_NOTE_VIOLATION, 1, "W601", "两行 一行");
  jk_room_add_note (room, JK_NOTE_INCIDENT, JK_NOTE_ROOM, "", long_facts);
  assert_int_equal (jk_room_get_n_notes (room), 4);
  assert_string_equal (jk_room_get_notes (room)[0].facts, "两行 一行");
  assert_int_equal (strlen (jk_room_get_notes (room)[3].facts), JK_NOTE_FACTS_BYTES_MAX);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_said_is_found),
    cmocka_unit_test (a_note_is_said_once_and_fits_its_line),
  };
  return cmocka_run_group_tests_name ("room", tests, NULL, NULL);
}
