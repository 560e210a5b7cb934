/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/sheet-merge.c: sheets that follow, contradict, are missing or made again. */
#include "result/sheet-merge.h"
#include "session/session-private.h"
#include "result/refused.h"
#include "support/closing.h"

static JkTestClosing *closing;

static int
begin (void **state)
{
  closing = jk_test_closing_new (exam, 0);
  return 0;
}

static int
end (void **state)
{
  jk_test_closing_free (closing);
  return 0;
}

static JkSheetRow
result_row (guint32 record, guint32 seal_number, guint8 station, guint8 digest)
{
  JkSheetRow row = { .record = record, .seal_number = seal_number, .state = JK_SEAT_SEALED };

  row.station[0] = station;
  row.digest.bytes[0] = digest;
  return row;
}

static JkSheetRow
with_slip (JkSheetRow row, guint8 slip)
{
  row.slip[0] = slip;
  return row;
}

/* Sheet 1 of everybody: 0 and 1 sealed, 2 lost at station 3, 3 absent. */
static JkSheet *
make_first (const char *file)
{
  JkSheetRow lost = jk_test_row (2, JK_SEAT_LOST);

  lost.station[0] = 3;
  closing->number = 1;
  memset (&closing->predecessor, 0, sizeof closing->predecessor);
  g_array_set_size (closing->rows, 0);
  jk_test_closing_add (closing, with_slip (result_row (0, 1, 1, 1), 1));
  jk_test_closing_add (closing, with_slip (result_row (1, 1, 2, 2), 2));
  jk_test_closing_add (closing, lost);
  jk_test_closing_add (closing, jk_test_row (3, JK_SEAT_ABSENT));
  return jk_test_closing_make (closing, file);
}

/* The sheet after that one with a single row. */
static JkSheet *
make_next (const JkSheet *last, JkSheetRow row, const char *file)
{
  jk_test_closing_next (closing, last);
  jk_test_closing_add (closing, row);
  return jk_test_closing_make (closing, file);
}

static JkSheetMerge *
merge (JkSheet *a, JkSheet *b, JkSheet *c)
{
  JkSheet *sheets[] = { a, b, c };
  return jk_sheet_merge_new (sheets, c != NULL ? 3 : b != NULL ? 2 : 1);
}

static void
fates_are (const JkSheetMerge *self, JkSheetFate a, JkSheetFate b)
{
  assert_int_equal (jk_sheet_merge_get_n_sheets (self), 2);
  assert_int_equal (jk_sheet_merge_get_fate (self, 0), a);
  assert_int_equal (jk_sheet_merge_get_fate (self, 1), b);
}

static void
no_sheets_are_no_rows (void **state)
{
  g_autoptr (JkSheetMerge) self = jk_sheet_merge_new (NULL, 0);
  guint first;

  assert_int_equal (jk_sheet_merge_get_n_rows (self), 0);
  assert_int_equal (jk_sheet_merge_find (self, 0, &first), 0);
  assert_null (jk_sheet_merge_get_last (self));
  jk_sheet_merge_free (NULL);
}

static void
a_recovered_seat_replaces_lost (void **state)
{
  JkSheet *one = make_first ("one");
  JkSheet *two = make_next (one, with_slip (result_row (2, 1, 3, 9), 3), "two");
  g_autoptr (JkSheetMerge) self = merge (two, one, NULL);
  JkSheetCounts counts;
  guint first;

  fates_are (self, JK_SHEET_TAKEN, JK_SHEET_TAKEN);
  assert_string_equal (jk_sheet_merge_get_reason (self, 1), "");
  assert_ptr_equal (jk_sheet_merge_get_last (self), two);
  assert_int_equal (jk_sheet_merge_get_n_rows (self), 4);
  assert_int_equal (jk_sheet_merge_find (self, 2, &first), 1);
  assert_int_equal (jk_sheet_merge_get_row (self, first)->digest.bytes[0], 9);
  assert_ptr_equal (jk_sheet_merge_get_row_sheet (self, first), two);
  assert_string_equal (jk_sheet_merge_get_seat (self, first), "seat 2");
  jk_sheet_merge_count (self, &counts);
  assert_int_equal (counts.due, 4);
  assert_int_equal (counts.present, 3);
  assert_int_equal (counts.absent, 1);
  assert_int_equal (counts.started, 3);
  assert_int_equal (counts.sealed, 3);
  assert_int_equal (counts.receipts, 3);
}

static void
what_is_recovered_must_be_what_was_lost (void **state)
{
  /* Another station: the lost one stays lost, and the result is a row of its own. */
  JkSheet *one = make_first ("one");
  JkSheet *two = make_next (one, result_row (2, 1, 4, 9), "two");
  g_autoptr (JkSheetMerge) self = merge (one, two, NULL);
  guint first;

  fates_are (self, JK_SHEET_TAKEN, JK_SHEET_TAKEN);
  assert_int_equal (jk_sheet_merge_find (self, 2, &first), 2);

  /* The same station and seal number with another receipt than the slip that was given. */
  JkSheetRow lost = jk_test_row (2, JK_SEAT_LOST);
  lost.station[0] = 3;
  lost.seal_number = 1;
  closing->number = 1;
  memset (&closing->predecessor, 0, sizeof closing->predecessor);
  g_array_set_size (closing->rows, 0);
  jk_test_closing_add (closing, with_slip (lost, 7));
  one = jk_test_closing_make (closing, "one");
  two = make_next (one, with_slip (result_row (2, 1, 3, 9), 8), "two");
  g_autoptr (JkSheetMerge) other = merge (one, two, NULL);
  fates_are (other, JK_SHEET_TAKEN, JK_SHEET_CONTRADICTED);
  assert_non_null (strstr (jk_sheet_merge_get_reason (other, 1), "changes the row of record 2"));
}

static void
two_sheets_with_one_number_contradict (void **state)
{
  JkSheet *one = make_first ("one");
  jk_test_closing_add (closing, jk_test_row (4, JK_SEAT_ABSENT));
  JkSheet *other = jk_test_closing_make (closing, "other");
  JkSheet *two = make_next (one, result_row (2, 1, 3, 9), "two");
  g_autoptr (JkSheetMerge) self = merge (two, other, one);

  assert_int_equal (jk_sheet_merge_get_n_rows (self), 0);
  assert_null (jk_sheet_merge_get_last (self));
  for (guint i = 0; i < 2; i++) {
    assert_int_equal (jk_sheet_merge_get_fate (self, i), JK_SHEET_CONTRADICTED);
    assert_non_null (strstr (jk_sheet_merge_get_reason (self, i), "one"));
    assert_non_null (strstr (jk_sheet_merge_get_reason (self, i), "other"));
  }
  assert_int_equal (jk_sheet_merge_get_fate (self, 2), JK_SHEET_WAITING);
}

static void
a_contradiction_in_sheet_two_leaves_sheet_one (void **state)
{
  JkSheet *one = make_first ("one");
  JkSheet *two = make_next (one, result_row (2, 1, 3, 9), "two");
  JkSheet *other = make_next (one, result_row (2, 1, 3, 8), "two b");
  g_autoptr (JkSheetMerge) self = merge (one, two, other);

  assert_int_equal (jk_sheet_merge_get_fate (self, 0), JK_SHEET_TAKEN);
  assert_int_equal (jk_sheet_merge_get_fate (self, 1), JK_SHEET_CONTRADICTED);
  assert_int_equal (jk_sheet_merge_get_fate (self, 2), JK_SHEET_CONTRADICTED);
  assert_int_equal (jk_sheet_merge_get_n_rows (self), 4);
  assert_ptr_equal (jk_sheet_merge_get_last (self), one);
}

static void
a_lost_sheet_made_again_is_the_same_sheet (void **state)
{
  JkSheet *lost = make_first ("lost");
  JkSheet *two = make_next (lost, result_row (2, 1, 3, 9), "two");
  JkSheet *copy = make_next (lost, result_row (2, 1, 3, 9), "two b");
  g_autoptr (JkSheetMerge) before = merge (two, NULL, NULL);

  assert_int_equal (jk_sheet_merge_get_fate (before, 0), JK_SHEET_WAITING);
  assert_non_null (strstr (jk_sheet_merge_get_reason (before, 0), "sheet 1 is missing"));
  assert_int_equal (jk_sheet_merge_get_n_rows (before), 0);

  closing->first = JK_ROLE_SPARE_1;
  closing->second = JK_ROLE_SPARE_2;
  JkSheet *again = make_first ("again");
  two = make_next (again, result_row (2, 1, 3, 9), "two");
  g_autoptr (JkSheetMerge) self = merge (again, copy, two);
  assert_int_equal (jk_sheet_merge_get_fate (self, 0), JK_SHEET_TAKEN);
  assert_int_equal (jk_sheet_merge_get_fate (self, 1), JK_SHEET_TAKEN);
  assert_int_equal (jk_sheet_merge_get_fate (self, 2), JK_SHEET_COPY);
  assert_int_equal (jk_sheet_merge_get_n_rows (self), 4);

  /* Lost, and both copies turn up: still one sheet. */
  g_autoptr (JkSheetMerge) both = merge (lost, make_first ("again"), NULL);
  fates_are (both, JK_SHEET_TAKEN, JK_SHEET_COPY);
  assert_int_equal (jk_sheet_merge_get_n_rows (both), 4);
  closing->first = JK_ROLE_CHIEF;
  closing->second = JK_ROLE_PROCTOR;
}

static void
a_lost_sheet_made_again_otherwise_is_refused (void **state)
{
  g_autoptr (JkSheet) lost = make_first ("lost");
  JkSheet *two = make_next (lost, result_row (2, 1, 3, 9), "two");
  jk_sheet_free (make_first ("unused"));
  g_array_set_size (closing->rows, 3);
  JkSheet *again = jk_test_closing_make (closing, "again");
  g_autofree char *code = jk_sheet_dup_code (jk_sheet_get_digest (lost));
  g_autoptr (JkSheetMerge) self = merge (again, two, NULL);

  fates_are (self, JK_SHEET_TAKEN, JK_SHEET_CONTRADICTED);
  assert_non_null (strstr (jk_sheet_merge_get_reason (self, 1), code));
}

static void
a_later_sheet_changes_nothing_else (void **state)
{
  JkSheetRow moved = { .record = 0, .state = JK_SEAT_MOVED, .station = { 9 }, .copied_to = { 1 } };
  const struct {
    JkSheetRow row;
    JkSheetFate fate;
  } cases[] = {
    { with_slip (result_row (0, 1, 1, 1), 1), JK_SHEET_TAKEN }, /* said again */
    { with_slip (result_row (0, 1, 1, 1), 9), JK_SHEET_CONTRADICTED },
    { with_slip (result_row (0, 1, 1, 9), 1), JK_SHEET_CONTRADICTED },
    { result_row (0, 1, 9, 9), JK_SHEET_CONTRADICTED }, /* another branch of the sitting */
    { result_row (0, 2, 1, 9), JK_SHEET_TAKEN },        /* reopened */
    { moved, JK_SHEET_TAKEN },
    { result_row (3, 1, 1, 9), JK_SHEET_CONTRADICTED }, /* was absent */
    { jk_test_row (1, JK_SEAT_ABSENT), JK_SHEET_CONTRADICTED },
    { jk_test_row (2, JK_SEAT_ABSENT), JK_SHEET_CONTRADICTED },
    { jk_test_row (4, JK_SEAT_ABSENT), JK_SHEET_TAKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JkSheet *one = make_first ("one");
    JkSheet *two = make_next (one, cases[i].row, "two");
    g_autoptr (JkSheetMerge) self = merge (one, two, NULL);
    fates_are (self, JK_SHEET_TAKEN, cases[i].fate);
    if (cases[i].fate == JK_SHEET_CONTRADICTED)
      assert_int_equal (jk_sheet_merge_get_n_rows (self), 4);
    assert_int_equal (*jk_sheet_merge_get_reason (self, 1) != '\0',
                      cases[i].fate != JK_SHEET_TAKEN);
  }
}

static void
copies_of_a_sheet_that_is_set_aside_are_set_aside (void **state)
{
  JkSheet *one = make_first ("one");
  JkSheet *two = make_next (one, jk_test_row (1, JK_SEAT_ABSENT), "two");
  JkSheet *copy = make_next (one, jk_test_row (1, JK_SEAT_ABSENT), "two b");
  g_autoptr (JkSheetMerge) self = merge (one, two, copy);

  assert_int_equal (jk_sheet_merge_get_fate (self, 1), JK_SHEET_CONTRADICTED);
  assert_int_equal (jk_sheet_merge_get_fate (self, 2), JK_SHEET_CONTRADICTED);
}

static void
people_are_counted_once (void **state)
{
  const JkSheetNote notes[] = { { "W601", "a", 0, JK_NOTE_VIOLATION },
                                { "W604", "b", 0, JK_NOTE_VIOLATION },
                                { "", "c", 1, JK_NOTE_INCIDENT } };
  JkSheetRow moved = { .record = 0, .state = JK_SEAT_MOVED, .station = { 9 }, .copied_to = { 1 } };
  JkSheetRow ill = jk_test_row (4, JK_SEAT_LEFT_ILL);
  JkSheetRow walk_in = result_row (6, 1, 5, 5);
  JkSheetCounts counts;
  JkSheet *one;

  jk_sheet_free (make_first ("one"));
  walk_in.spare = TRUE;
  jk_test_closing_add (closing, with_slip (result_row (0, 2, 1, 7), 4));
  jk_test_closing_add (closing, moved);
  jk_test_closing_add (closing, ill);
  jk_test_closing_add (closing, jk_test_row (5, JK_SEAT_NEVER_SEEN));
  jk_test_closing_add (closing, walk_in);
  g_array_append_vals (closing->notes, notes, 3);
  one = jk_test_closing_make (closing, "one");
  g_array_set_size (closing->notes, 0);
  g_autoptr (JkSheetMerge) self = merge (one, NULL, NULL);

  jk_sheet_merge_count (self, &counts);
  assert_int_equal (counts.due, 6);
  assert_int_equal (counts.present, 5);
  assert_int_equal (counts.absent, 1);
  assert_int_equal (counts.never_seen, 1);
  assert_int_equal (counts.violations, 1);
  assert_int_equal (counts.started, 4);
  assert_int_equal (counts.sealed, 3);
  assert_int_equal (counts.receipts, 2);
}

/* Whichever comes first, and also when nobody else has signed it. */
static void
a_sheet_of_roles_in_force_goes_before_one_of_a_revoked_role (void **state)
{
  JkSession *session = (JkSession *) closing->session;

  session->revoked = JK_ROLE_BIT (JK_ROLE_PROCTOR);
  for (guint i = 0; i < 2; i++) {
    closing->second = JK_ROLE_PROCTOR;
    JkSheet *theirs = make_first (i == 0 ? "a" : "z");
    g_autoptr (JkSheetMerge) alone = merge (make_first ("m"), NULL, NULL);
    closing->second = JK_ROLE_SPARE_1;
    JkSheet *ours = make_first ("m");
    g_autoptr (JkSheetMerge) both = merge (theirs, ours, NULL);
    assert_true (jk_sheet_has_revoked_signer (theirs));
    assert_false (jk_sheet_has_revoked_signer (ours));
    fates_are (both,
               i == 0 ? JK_SHEET_COPY : JK_SHEET_TAKEN,
               i == 0 ? JK_SHEET_TAKEN : JK_SHEET_COPY);
    assert_ptr_equal (jk_sheet_merge_get_last (both), ours);
    assert_ptr_equal (jk_sheet_merge_get_row_sheet (both, 0), ours);
    assert_int_equal (jk_sheet_merge_get_fate (alone, 0), JK_SHEET_TAKEN);
    assert_true (jk_sheet_has_revoked_signer (jk_sheet_merge_get_last (alone)));
  }
  session->revoked = JK_ROLE_BIT (JK_ROLE_CHIEF);
  g_autoptr (JkSheet) first = make_first ("first");
  session->revoked = 0;
  assert_true (jk_sheet_has_revoked_signer (first));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (no_sheets_are_no_rows, begin, end),
    cmocka_unit_test_setup_teardown (a_recovered_seat_replaces_lost, begin, end),
    cmocka_unit_test_setup_teardown (what_is_recovered_must_be_what_was_lost, begin, end),
    cmocka_unit_test_setup_teardown (two_sheets_with_one_number_contradict, begin, end),
    cmocka_unit_test_setup_teardown (a_contradiction_in_sheet_two_leaves_sheet_one, begin, end),
    cmocka_unit_test_setup_teardown (a_lost_sheet_made_again_is_the_same_sheet, begin, end),
    cmocka_unit_test_setup_teardown (a_lost_sheet_made_again_otherwise_is_refused, begin, end),
    cmocka_unit_test_setup_teardown (a_later_sheet_changes_nothing_else, begin, end),
    cmocka_unit_test_setup_teardown (copies_of_a_sheet_that_is_set_aside_are_set_aside, begin, end),
    cmocka_unit_test_setup_teardown (people_are_counted_once, begin, end),
    cmocka_unit_test_setup_teardown (a_sheet_of_roles_in_force_goes_before_one_of_a_revoked_role,
                                     begin,
                                     end),
  };
  return cmocka_run_group_tests_name ("sheet-merge", tests, set_up, tear_down);
}
