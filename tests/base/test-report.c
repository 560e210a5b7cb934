/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/report.c */
#include "base/report.h"
#include "base/error.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
an_empty_report_has_no_faults (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *text = jk_report_dup_text (report);
  g_autofree char *json = jk_report_dup_json (report);

  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_string_equal (text, "");
  assert_string_equal (json, "[\n]\n");
  jk_report_free (NULL);
}

static void
a_finding_is_one_sentence (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  jk_report_fault_at_line (report, "bank.gift", 12, "five options", "add one", "%d options", 4);
  jk_report_fault_at_row (report, "roster.csv", 3, "a name", NULL, "nothing");
  jk_report_add (report, JK_FINDING_NOTICE, "plan.ini", "[cells] A-A", "", "12", "count again");
  jk_report_add (report, JK_FINDING_NOTICE, "plan.ini", NULL, NULL, NULL, "look at it");

  g_autofree char *text = jk_report_dup_text (report);
  assert_string_equal (text,
                       "bank.gift: line 12: found 4 options; expected five options; add one.\n"
                       "roster.csv: row 3: found nothing; expected a name.\n"
                       "plan.ini: [cells] A-A: expected 12; count again.\n"
                       "plan.ini: look at it.\n");
}

static void
notices_are_no_faults (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  jk_report_add (report, JK_FINDING_NOTICE, "a", "", "b", "c", "d");
  assert_int_equal (jk_report_get_n_faults (report), 0);
  jk_report_add (report, JK_FINDING_FAULT, "a", "", "b", "c", "d");
  assert_int_equal (jk_report_get_n_faults (report), 1);
  assert_int_equal (jk_report_get_n (report), 2);
  assert_int_equal (jk_report_get (report, 0)->kind, JK_FINDING_NOTICE);
  assert_string_equal (jk_report_get (report, 1)->advice, "d");
}

static void
a_finding_stays_on_its_line (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  jk_report_add (report, JK_FINDING_FAULT, "a\nb", "line 1", "x\ry\xff", "", "");
  g_autofree char *text = jk_report_dup_text (report);
  assert_string_equal (text, "a b: line 1: found x y\xef\xbf\xbd.\n");
}

static void
an_error_is_told_as_it_stands (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) one = g_error_new (JK_BASE_ERROR, JK_BASE_ERROR_TEXT, "f.csv: line 2 is bad.");
  g_autoptr (GError) two = g_error_new (JK_BASE_ERROR, JK_BASE_ERROR_TEXT, "it is broken");
  g_autoptr (GError) three =
      g_error_new (JK_BASE_ERROR, JK_BASE_ERROR_TEXT, "f.csv cannot be opened");
  jk_report_add_error (report, "f.csv", one);
  jk_report_add_error (report, "f.csv", two);
  jk_report_add_error (report, "f", one);
  jk_report_add_error (report, "f.csv", three);

  g_autofree char *text = jk_report_dup_text (report);
  assert_string_equal (text,
                       "f.csv: line 2 is bad.\nf.csv: it is broken.\nf: f.csv: line 2 is bad.\n"
                       "f.csv: cannot be opened.\n");
  assert_int_equal (jk_report_get_n_faults (report), 4);
  assert_string_equal (jk_report_get (report, 1)->found, "it is broken");
}

static void
findings_beyond_the_limit_are_counted (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  for (guint i = 0; i < JK_REPORT_FINDINGS_MAX + 7; i++)
    jk_report_fault_at_line (report, "a", i, "", "", "b");

  g_autofree char *text = jk_report_dup_text (report);
  assert_int_equal (jk_report_get_n (report), JK_REPORT_FINDINGS_MAX);
  assert_int_equal (jk_report_get_n_faults (report), JK_REPORT_FINDINGS_MAX + 7);
  assert_true (g_str_has_suffix (text, "\n7 more findings are not listed.\n"));
}

static void
notices_leave_room_for_faults (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  for (guint i = 0; i < JK_REPORT_FINDINGS_MAX; i++)
    jk_report_notice_at_row (report, "a", i, "c", "d", "row %u", i);
  assert_int_equal (jk_report_get_n (report), JK_REPORT_FINDINGS_MAX / 2);
  assert_int_equal (jk_report_get (report, 7)->kind, JK_FINDING_NOTICE);
  assert_string_equal (jk_report_get (report, 7)->place, "row 7");

  jk_report_fault_at_row (report, "a", 9, "c", "d", "the fault");
  assert_int_equal (jk_report_get_n_faults (report), 1);
  assert_string_equal (jk_report_get (report, JK_REPORT_FINDINGS_MAX / 2)->found, "the fault");
}

static void
json_has_all_parts (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  jk_report_fault_at_line (report, "a\"", 1, "y", "z", "x");
  jk_report_add (report, JK_FINDING_NOTICE, "b", NULL, NULL, NULL, NULL);
  g_autofree char *json = jk_report_dup_json (report);
  assert_string_equal (json,
                       "[\n{\"kind\":\"fault\",\"file\":\"a\\\"\",\"place\":\"line 1\","
                       "\"found\":\"x\",\"expected\":\"y\",\"do\":\"z\"},\n"
                       "{\"kind\":\"notice\",\"file\":\"b\",\"place\":\"\","
                       "\"found\":\"\",\"expected\":\"\",\"do\":\"\"}\n]\n");
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_empty_report_has_no_faults),
    cmocka_unit_test (a_finding_is_one_sentence),
    cmocka_unit_test (notices_are_no_faults),
    cmocka_unit_test (a_finding_stays_on_its_line),
    cmocka_unit_test (an_error_is_told_as_it_stands),
    cmocka_unit_test (findings_beyond_the_limit_are_counted),
    cmocka_unit_test (notices_leave_room_for_faults),
    cmocka_unit_test (json_has_all_parts),
  };
  return cmocka_run_group_tests_name ("report", tests, NULL, NULL);
}
