/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/sheet-compare.c: what is missing, too much or otherwise than on the sheet. */
#include "result/sheet-compare.h"
#include "result/refused.h"
#include "support/closing.h"

/* Record, seal number, station and digest by their first bytes. */
static JkFoundResult
found (const char *file, guint32 record, guint32 seal_number, guint8 station, guint8 digest)
{
  JkFoundResult result = { file, { .record = record, .seal_number = seal_number } };

  result.label.station[0] = station;
  result.label.digest.bytes[0] = digest;
  return result;
}

static JkSheetRow
row_of (const JkFoundResult *result, guint8 slip)
{
  JkSheetRow row = { .record = result->label.record,
                     .seal_number = result->label.seal_number,
                     .state = JK_SEAT_SEALED,
                     .digest = result->label.digest };

  memcpy (row.station, result->label.station, JK_PUBLIC_BYTES);
  row.slip[0] = slip;
  return row;
}

/* Records 0 and 1 sealed, 2 absent. */
static JkSheetMerge *
merge_with (const JkSheetRow *more, guint n)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  const JkFoundResult results[] = { found ("a", 0, 1, 1, 1), found ("b", 1, 1, 2, 2) };
  JkSheet *sheet;

  jk_test_closing_add (closing, row_of (&results[0], 1));
  jk_test_closing_add (closing, row_of (&results[1], 2));
  jk_test_closing_add (closing, jk_test_row (2, JK_SEAT_ABSENT));
  for (guint i = 0; i < n; i++)
    jk_test_closing_add (closing, more[i]);
  sheet = jk_test_closing_make (closing, "one.jkhandin");
  return jk_sheet_merge_new (&sheet, 1);
}

/* Compares, checks the counts, and returns what is reported; the caller frees. */
static char *
compare (const JkSheetMerge *sheets,
         const JkFoundResult *results,
         guint n,
         guint n_faults,
         guint missing,
         guint extra)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkSheetMatch match;

  jk_sheet_compare (sheets, results, n, report, &match);
  char *text = jk_report_dup_text (report);
  if (jk_report_get_n_faults (report) != n_faults)
    print_error ("%s", text);
  assert_int_equal (jk_report_get_n_faults (report), n_faults);
  assert_int_equal (match.missing, missing);
  assert_int_equal (match.extra, extra);
  return text;
}

static void
all_that_is_named_and_nothing_else_is_no_finding (void **state)
{
  g_autoptr (JkSheetMerge) sheets = merge_with (NULL, 0);
  const JkFoundResult results[] = { found ("b", 1, 1, 2, 2),
                                    found ("a", 0, 1, 1, 1),
                                    found ("copy of a", 0, 1, 1, 1) };
  g_autofree char *text = compare (sheets, results, 3, 0, 0, 0);

  assert_string_equal (text, "");
}

static void
a_missing_result_is_named_by_seat_and_record (void **state)
{
  g_autoptr (JkSheetMerge) sheets = merge_with (NULL, 0);
  const JkFoundResult results[] = { found ("a", 0, 1, 1, 1) };
  g_autofree char *text = compare (sheets, results, 1, 1, 1, 0);

  assert_non_null (strstr (text,
                           "one.jkhandin: seat seat 1, record 1, seal number 1: found no "
                           "result"));
}

static void
a_result_too_many_is_named_by_seat_and_record (void **state)
{
  g_autoptr (JkSheetMerge) sheets = merge_with (NULL, 0);
  const JkFoundResult results[] = { found ("a", 0, 1, 1, 1),
                                    found ("b", 1, 1, 2, 2),
                                    found ("b2", 1, 2, 2, 3),
                                    found ("c", 5, 1, 2, 4),
                                    found ("copy of c", 5, 1, 2, 4) };
  g_autofree char *text = compare (sheets, results, 5, 2, 0, 2);

  assert_non_null (strstr (text,
                           "b2: seat seat 1, record 1, seal number 2: found a result that no "
                           "sheet names"));
  assert_non_null (strstr (text, "c: record 5, seal number 1: found"));
}

static void
another_digest_is_missing_and_extra (void **state)
{
  g_autoptr (JkSheetMerge) sheets = merge_with (NULL, 0);
  const JkFoundResult results[] = { found ("a", 0, 1, 1, 1), found ("b", 1, 1, 2, 9) };
  g_autofree char *text = compare (sheets, results, 2, 2, 1, 1);

  assert_non_null (strstr (text, "b, with another digest"));
}

static void
a_digest_with_another_label_is_told (void **state)
{
  g_autoptr (JkSheetMerge) sheets = merge_with (NULL, 0);
  const JkFoundResult results[3][2] = {
    { found ("a", 0, 1, 1, 1), found ("b", 1, 1, 9, 2) },
    { found ("a", 0, 1, 1, 1), found ("b", 1, 2, 2, 2) },
    { found ("a", 0, 1, 1, 1), found ("b", 5, 1, 2, 2) },
  };

  for (guint i = 0; i < 3; i++) {
    /* The last is named by no row of its own record either. */
    g_autofree char *text = compare (sheets, results[i], 2, i == 2 ? 2 : 1, 0, i == 2 ? 1 : 0);
    assert_non_null (strstr (text, "a result that b says"));
  }
}

static void
who_started_needs_a_result_and_a_receipt (void **state)
{
  const JkFoundResult results[] = { found ("a", 0, 1, 1, 1),
                                    found ("b", 1, 1, 2, 2),
                                    found ("c", 3, 1, 3, 3) };
  const JkSheetRow more[] = { row_of (&results[2], 0),
                              jk_test_row (4, JK_SEAT_LOST),
                              jk_test_row (5, JK_SEAT_LEFT_ILL),
                              jk_test_row (6, JK_SEAT_NEVER_SEEN) };
  g_autoptr (JkSheetMerge) sheets = merge_with (more, G_N_ELEMENTS (more));
  g_autofree char *text = compare (sheets, results, 3, 2, 0, 0);

  assert_non_null (strstr (text, "record 3, seal number 1: found no receipt given"));
  assert_non_null (strstr (text, "record 4: found started, and no result"));
  assert_non_null (strstr (text, "record 6: found nobody came"));
  assert_null (strstr (text, "record 5"));
}

static void
only_the_receipt_that_counts_is_asked_for (void **state)
{
  const JkFoundResult results[] = { found ("a", 0, 1, 1, 1),
                                    found ("b", 1, 1, 2, 2),
                                    found ("c", 3, 1, 3, 3),
                                    found ("d", 3, 2, 3, 4) };
  const JkSheetRow more[] = { row_of (&results[2], 0), row_of (&results[3], 4) };
  g_autoptr (JkSheetMerge) sheets = merge_with (more, G_N_ELEMENTS (more));
  g_autofree char *text = compare (sheets, results, 4, 0, 0, 0);

  assert_string_equal (text, "");
}

static void
a_sheet_set_aside_is_a_finding_and_names_nothing (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  const JkFoundResult result = found ("a", 0, 1, 1, 1);

  closing->number = 2;
  closing->predecessor.bytes[0] = 1;
  jk_test_closing_add (closing, row_of (&result, 1));
  JkSheet *sheet = jk_test_closing_make (closing, "two.jkhandin");
  g_autoptr (JkSheetMerge) sheets = jk_sheet_merge_new (&sheet, 1);
  g_autofree char *text = compare (sheets, &result, 1, 2, 0, 1);

  assert_non_null (strstr (text, "two.jkhandin: it is sheet 2, and sheet 1 is missing"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (all_that_is_named_and_nothing_else_is_no_finding),
    cmocka_unit_test (a_missing_result_is_named_by_seat_and_record),
    cmocka_unit_test (a_result_too_many_is_named_by_seat_and_record),
    cmocka_unit_test (another_digest_is_missing_and_extra),
    cmocka_unit_test (a_digest_with_another_label_is_told),
    cmocka_unit_test (who_started_needs_a_result_and_a_receipt),
    cmocka_unit_test (only_the_receipt_that_counts_is_asked_for),
    cmocka_unit_test (a_sheet_set_aside_is_a_finding_and_names_nothing),
  };
  return cmocka_run_group_tests_name ("sheet-compare", tests, set_up, tear_down);
}
