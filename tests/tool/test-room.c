/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/room.c */
#include "tool/room.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define STATION "0102030405060708091011121314151617181920212223242526272829303132"

static void
what_proctors_write_is_read (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoom) room = jk_room_parse ("room.ini",
                                           "[absent]\nrecords=3;4\n"
                                           "[record 0]\nstate=forced\n"
                                           "receipt-2=BNTF-5C57-EXSH-MJ2V-E56J8\n"
                                           "moved-from=" STATION "\n"
                                           "[record 2]\nstate=lost\nstation=" STATION "\nseal=1\n"
                                           "[note 1]\nkind=violation\nrecord=0\ncode=W601\n"
                                           "facts=手机\n"
                                           "[note 2]\nkind=incident\nfacts=停电\n",
                                           6,
                                           report);
  guint8 slip[JK_SLIP_BYTES];

  assert_non_null (room);
  assert_int_equal (jk_room_find (room, 4)->state, JK_SEAT_ABSENT);
  assert_null (jk_room_find (room, 5));
  const JkRoomSeat *first = jk_room_find (room, 0);
  assert_int_equal (first->state, JK_SEAT_FORCED);
  assert_int_equal (first->left, JK_SEAT_MOVED);
  assert_int_equal (first->left_station[1], 2);
  assert_false (jk_room_seat_find_slip (first, 1, slip));
  assert_true (jk_room_seat_find_slip (first, 2, slip));
  assert_int_equal (slip[0], 0x5d);
  assert_int_equal (jk_room_find (room, 2)->seal_number, 1);
  assert_int_equal (jk_room_find (room, 2)->station[0], 1);
  assert_int_equal (jk_room_get_n_notes (room), 2);
  assert_string_equal (jk_room_get_notes (room)[0].facts, "手机");
  assert_int_equal (jk_room_get_notes (room)[1].record, JK_NOTE_ROOM);
  jk_room_free (NULL);
}

static void
every_fault_is_named_with_its_line (void **state)
{
  g_autofree char *facts = g_strnfill (3000, 'x');
  g_autofree char *long_note = g_strdup_printf ("[note 1]\nkind=incident\nfacts=%s\n", facts);
  const struct {
    const char *text;
    guint line;
  } cases[] = {
    { "[absent]\nrecords=6\n", 2 },
    { "[absent]\nrecords=one\n", 2 },
    { "[record 6]\nstate=lost\n", 1 },
    { "[record x]\nstate=lost\n", 1 },
    { "[record 1]\nstate=gone\n", 2 },
    { "[record 1]\nstate=moved\n", 2 },
    { "[absent]\nrecords=1\n[record 1]\nstate=lost\n", 4 },
    { "[record 1]\nreceipt-1=BNTF-5C57-EXSH-MJ2V-E56J9\n", 2 },
    { "[record 1]\nreceipt-0=BNTF-5C57-EXSH-MJ2V-E56J8\n", 2 },
    { "[record 1]\nstation=01\n", 2 },
    { "[record 1]\nseal=0\n", 2 },
    { "[record 1]\nmoved-from=" STATION "\nlost-from=" STATION "\n", 3 },
    { "[record 1]\ncolour=red\n", 2 },
    { "[note 1]\nkind=gossip\nfacts=x\n", 2 },
    { "[note 1]\nkind=incident\n", 1 },
    { "[note 1]\nkind=violation\nfacts=x\n", 1 },
    { "[note 1]\nkind=violation\nrecord=1\nfacts=x\n", 1 },
    { "[note 1]\nkind=incident\nrecord=9\nfacts=x\n", 3 },
    { "[note 1]\nkind=incident\nfacts=one\\ntwo\n", 3 },
    { long_note, 3 },
    { "[elsewhere]\na=b\n", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *place = g_strdup_printf ("line %u", cases[i].line);
    g_autoptr (JkRoom) room = jk_room_parse ("room.ini", cases[i].text, 6, report);
    gboolean is_there = FALSE;
    for (guint k = 0; k < jk_report_get_n (report); k++)
      is_there |= g_str_has_prefix (jk_report_get (report, k)->place, place);
    if (room != NULL || !is_there) {
      g_autofree char *text = jk_report_dup_text (report);
      print_error ("%s: %s\n", cases[i].text, text);
    }
    assert_null (room);
    assert_true (is_there);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_proctors_write_is_read),
    cmocka_unit_test (every_fault_is_named_with_its_line),
  };
  return cmocka_run_group_tests_name ("room", tests, NULL, NULL);
}
