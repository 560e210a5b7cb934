/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/handin-files.c */
#include "tool/handin-files.h"

#include "base/error.h"
#include "session/session-private.h"
#include "support/closing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
files_of_an_ending_are_listed_in_order (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *nowhere = jk_test_folder_dup_path (folder, "nowhere");
  g_autoptr (GError) error = NULL;

  for (const char *const *name = (const char *const[]){ "b.x", "a.x", "c.y", NULL }; *name != NULL;
       name++)
    g_free (jk_test_folder_put_text (folder, *name, ""));
  g_autoptr (GPtrArray) names = jk_input_list (jk_test_folder_get_path (folder), ".x", &error);
  assert_int_equal (names->len, 2);
  assert_string_equal (g_ptr_array_index (names, 0), "a.x");
  assert_null (jk_input_list (nowhere, ".x", &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

static void
sheets_are_read_and_merged_with_one_more (void **state)
{
  g_autoptr (JkTestExam) exam = jk_test_exam_new ();
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  const JkTool tool = { .world = jk_test_exam_get_world (exam) };
  g_autoptr (GError) error = NULL;

  jk_test_closing_add (closing, jk_test_row (0, JK_SEAT_ABSENT));
  g_autoptr (GBytes) bytes = jk_test_closing_sign (closing);
  g_autofree char *path = jk_test_folder_put (jk_test_exam_get_folder (exam), "1.jkhandin", bytes);
  g_autoptr (JkSheet) one = jk_test_closing_make (closing, "one");
  jk_test_closing_next (closing, one);
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  JkSheet *two = jk_test_closing_make (closing, "two");
  g_autoptr (JkSheetMerge) sheets =
      jk_input_sheets (&tool, (const char *const[]){ path, NULL }, closing->session, two, &error);

  assert_int_equal (jk_sheet_merge_get_n_rows (sheets), 2);
  assert_ptr_equal (jk_sheet_merge_get_last (sheets), two);
  assert_null (jk_input_sheets (&tool,
                                (const char *const[]){ path, "nowhere", NULL },
                                closing->session,
                                jk_test_closing_make (closing, "two"),
                                &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

static void
a_sheet_that_counts_with_a_revoked_role_is_reported (void **state)
{
  g_autoptr (JkTestExam) exam = jk_test_exam_new ();
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkReport) mended = jk_report_new ();
  JkSheet *sheets[2];

  ((JkSession *) closing->session)->revoked = JK_ROLE_BIT (JK_ROLE_PROCTOR);
  jk_test_closing_add (closing, jk_test_row (0, JK_SEAT_ABSENT));
  sheets[0] = jk_test_closing_make (closing, "theirs.jkhandin");
  g_autoptr (JkSheetMerge) theirs = jk_sheet_merge_new (sheets, 1);
  jk_report_revoked_signers (theirs, JK_FINDING_FAULT, report);
  g_autofree char *text = jk_report_dup_text (report);
  assert_int_equal (jk_report_get_n_faults (report), 1);
  assert_non_null (strstr (text, "theirs.jkhandin"));
  assert_non_null (strstr (text, "chief and proctor, one of which was revoked"));

  sheets[0] = jk_test_closing_make (closing, "theirs.jkhandin");
  closing->second = JK_ROLE_SPARE_1;
  sheets[1] = jk_test_closing_make (closing, "ours.jkhandin");
  g_autoptr (JkSheetMerge) both = jk_sheet_merge_new (sheets, 2);
  jk_report_revoked_signers (both, JK_FINDING_FAULT, mended);
  assert_int_equal (jk_report_get_n (mended), 0);
}

static void
a_label_that_is_refused_adds_nothing (void **state)
{
  g_autoptr (JkTestExam) exam = jk_test_exam_new ();
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  const JkTool tool = { .world = jk_test_exam_get_world (exam) };
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (JkFoundResult));
  g_autoptr (GError) error = NULL;

  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autofree char *path = jk_test_folder_put (jk_test_exam_get_folder (exam), "r", bytes);
  assert_true (jk_input_label (&tool, path, sitting->session, results, &error));
  assert_false (jk_input_label (&tool, "nowhere", sitting->session, results, &error));
  assert_int_equal (results->len, 1);
  assert_string_equal (g_array_index (results, JkFoundResult, 0).file, path);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (files_of_an_ending_are_listed_in_order),
    cmocka_unit_test (sheets_are_read_and_merged_with_one_more),
    cmocka_unit_test (a_sheet_that_counts_with_a_revoked_role_is_reported),
    cmocka_unit_test (a_label_that_is_refused_adds_nothing),
  };
  return cmocka_run_group_tests_name ("handin-files", tests, NULL, NULL);
}
