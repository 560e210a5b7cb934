/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/room-file.c */
#include "result/room.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define STATION "0102030405060708091011121314151617181920212223242526272829303132"
#define OTHER "3231302928272625242322212019181716151413121110090807060504030201"
#define THIRD "0000000000000000000000000000000000000000000000000000000000000001"

static void
what_proctors_write_is_read (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoom) room = jk_room_new ();
  gboolean ok = jk_room_read (room,
                              "room.ini",
                              "[absent]\nrecords=3;4\n"
                              "[record 0]\nstate=forced\n"
                              "receipt-2=BNTF-5C57-EXSH-MJ2V-E56J8\n"
                              "moved-from=" STATION ";" OTHER "\nlost-from=" STATION ";" THIRD "\n"
                              "[record 2]\nstate=lost\nstation=" STATION "\nseal=1\n"
                              "[note 1]\nkind=violation\nrecord=0\ncode=W601\n"
                              "facts=手机\n"
                              "[note 2]\nkind=incident\nfacts=停电\n",
                              6,
                              report);
  guint8 slip[JK_SLIP_BYTES];

  assert_true (ok);
  assert_int_equal (jk_room_find (room, 4)->state, JK_SEAT_ABSENT);
  assert_null (jk_room_find (room, 5));
  const JkRoomSeat *first = jk_room_find (room, 0);
  assert_int_equal (first->state, JK_SEAT_FORCED);
  assert_int_equal (first->left->len, 3);
  assert_int_equal (g_array_index (first->left, JkRoomLeft, 0).state, JK_SEAT_MOVED);
  assert_int_equal (g_array_index (first->left, JkRoomLeft, 0).station[1], 2);
  assert_int_equal (g_array_index (first->left, JkRoomLeft, 1).station[0], 0x32);
  assert_int_equal (g_array_index (first->left, JkRoomLeft, 2).state, JK_SEAT_LOST_COPIED);
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
    { "[record 1]\nshown-x=BNTF-5C57-EXSH-MJ2V-E56J8\n", 2 },
    { "[record 1]\nstation=01\n", 2 },
    { "[record 1]\nseal=0\n", 2 },
    { "[record 1]\nmoved-from=" STATION ";01\n", 2 },
    { "[record 1]\nlost-from=x\n", 2 },
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
    g_autoptr (JkRoom) room = jk_room_new ();
    gboolean ok = jk_room_read (room, "room.ini", cases[i].text, 6, report);
    gboolean is_there = FALSE;
    for (guint k = 0; k < jk_report_get_n (report); k++)
      is_there |= g_str_has_prefix (jk_report_get (report, k)->place, place);
    if (ok || !is_there) {
      g_autofree char *text = jk_report_dup_text (report);
      print_error ("%s: %s\n", cases[i].text, text);
    }
    assert_false (ok);
    assert_true (is_there);
  }
}

static JkRoom *
read_room (const char *text, guint n_faults)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkRoom *room = jk_room_new ();

  assert_true (jk_room_read (room, "room.ini", text, 6, report) == (n_faults == 0));
  assert_int_equal (jk_report_get_n_faults (report), n_faults);
  return room;
}

static void
what_is_written_is_read_as_it_was_said (void **state)
{
  const char *text = "[record 0]\nstate=forced\nreceipt-1=BNTF-5C57-EXSH-MJ2V-E56J8\n"
                     "moved-from=" STATION ";" OTHER "\nlost-from=" THIRD "\n\n"
                     "[record 2]\nstate=lost\nstation=" STATION "\nseal=1\n\n"
                     "[record 3]\nstate=absent\n\n"
                     "[record 4]\nshown-1=BNTF-5C57-EXSH-MJ2V-E56J8\n\n"
                     "[note 1]\nkind=violation\nrecord=0\ncode=W601\nfacts=手机; 一部\n\n"
                     "[note 2]\nkind=incident\nfacts=停电\n";
  g_autoptr (JkRoom) room = read_room (text, 0);
  g_autofree char *again = jk_room_dup_text (room);
  g_autoptr (JkRoom) none = jk_room_new ();
  g_autofree char *nothing = jk_room_dup_text (none);

  assert_string_equal (again, text);
  assert_string_equal (nothing, "");
}

static void
two_files_add_up_and_may_not_contradict (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkRoom) room =
      read_room ("[absent]\nrecords=3\n[note 1]\nkind=incident\nfacts=a\n", 0);

  assert_true (jk_room_read (room,
                             "two.ini",
                             "[record 3]\nstate=absent\n[record 4]\nstate=lost\n"
                             "[note 1]\nkind=incident\nfacts=a\n"
                             "[note 2]\nkind=incident\nfacts=b\n",
                             6,
                             report));
  assert_int_equal (jk_room_get_n_notes (room), 2);
  assert_int_equal (jk_room_find (room, 4)->state, JK_SEAT_LOST);
  assert_false (jk_room_read (room, "three.ini", "[record 3]\nstate=forced\n", 6, report));
  assert_string_equal (jk_report_get (report, 0)->file, "three.ini");
  assert_non_null (strstr (jk_report_get (report, 0)->found, "forced for record 3, and absent"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_proctors_write_is_read),
    cmocka_unit_test (every_fault_is_named_with_its_line),
    cmocka_unit_test (what_is_written_is_read_as_it_was_said),
    cmocka_unit_test (two_files_add_up_and_may_not_contradict),
  };
  return cmocka_run_group_tests_name ("room-file", tests, NULL, NULL);
}
