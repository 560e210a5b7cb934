/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/output.c */
#include "tool/output.h"

#include "bank/error.h"
#include "base/error.h"
#include "crypto/error.h"
#include "envelope/error.h"
#include "paper/error.h"
#include "print/error.h"
#include "said.h"
#include "session/error.h"
#include "sitting/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
every_class_of_error_has_its_exit_code (void **state)
{
  const struct {
    GQuark domain;
    int code;
    JkExit exit_code;
  } rows[] = {
    { JK_BASE_ERROR, JK_BASE_ERROR_STORAGE, JK_EXIT_STORAGE },
    { JK_BASE_ERROR, JK_BASE_ERROR_MISSING, JK_EXIT_STORAGE },
    { JK_BASE_ERROR, JK_BASE_ERROR_EXISTS, JK_EXIT_STORAGE },
    { JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE, JK_EXIT_REFUSED },
    { JK_BASE_ERROR, JK_BASE_ERROR_TEXT, JK_EXIT_REFUSED },
    { JK_BASE_ERROR, JK_BASE_ERROR_CODE, JK_EXIT_SECRET },
    { JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET, JK_EXIT_SECRET },
    { JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_MEMORY, JK_EXIT_STORAGE },
    { JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_FORMAT, JK_EXIT_REFUSED },
    { JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_COST, JK_EXIT_REFUSED },
    { JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_DIGEST, JK_EXIT_REFUSED },
    { JK_BANK_ERROR, JK_BANK_ERROR_KEY, JK_EXIT_SECRET },
    { JK_BANK_ERROR, JK_BANK_ERROR_ITEM, JK_EXIT_REFUSED },
    { JK_PAPER_ERROR, JK_PAPER_ERROR_UNFILLABLE, JK_EXIT_FINDINGS },
    { JK_PAPER_ERROR, JK_PAPER_ERROR_ENEMIES, JK_EXIT_FINDINGS },
    { JK_PAPER_ERROR, JK_PAPER_ERROR_FORMAT, JK_EXIT_REFUSED },
    { JK_SESSION_ERROR, JK_SESSION_ERROR_ROOM_CODE, JK_EXIT_SECRET },
    { JK_SESSION_ERROR, JK_SESSION_ERROR_START_CODE, JK_EXIT_SECRET },
    { JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN, JK_EXIT_SECRET },
    { JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE, JK_EXIT_SECRET },
    { JK_SESSION_ERROR, JK_SESSION_ERROR_BUILD, JK_EXIT_FINDINGS },
    { JK_SESSION_ERROR, JK_SESSION_ERROR_AUTHORITY, JK_EXIT_REFUSED },
    { JK_PRINT_ERROR, JK_PRINT_ERROR_FONT, JK_EXIT_STORAGE },
    { JK_SITTING_ERROR, JK_SITTING_ERROR_STORE, JK_EXIT_STORAGE },
    { JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR, JK_EXIT_FINDINGS },
    { JK_SITTING_ERROR, JK_SITTING_ERROR_STATE, JK_EXIT_FINDINGS },
    { JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN, JK_EXIT_REFUSED },
    { JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN, JK_EXIT_REFUSED },
  };

  for (guint n = 0; n < G_N_ELEMENTS (rows); n++) {
    const GError error = { .domain = rows[n].domain, .code = rows[n].code };
    assert_int_equal (jk_output_classify (&error), rows[n].exit_code);
  }
}

static int
print_error_of (JkTestSaid *said, gboolean json, const char *file, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (JK_BASE_ERROR, JK_BASE_ERROR_MISSING, message);
  int exit_code;

  jk_test_said_listen (said);
  said->tool.json = json;
  exit_code = jk_output_error (&said->tool, file, error);
  jk_test_said_stop (said);
  return exit_code;
}

static void
an_error_is_one_sentence_on_one_line (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  assert_int_equal (print_error_of (said, FALSE, "a.jkpub", "a.jkpub: gone\nfor good."),
                    JK_EXIT_STORAGE);
  assert_string_equal (said->out, "");
  assert_string_equal (said->err, "jikaoctl: a.jkpub: gone for good.\n");
}

static void
an_error_is_an_object_of_its_parts (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  print_error_of (said, TRUE, "a.jkpub", "a.jkpub: it is \"short\"; expected 64; ask; again.");
  assert_string_equal (said->err, "");
  assert_string_equal (said->out,
                       "{\"kind\":\"fault\",\"file\":\"a.jkpub\",\"place\":\"\",\"found\":\"it is "
                       "\\\"short\\\"\",\"expected\":\"64\",\"do\":\"ask; again\"}\n");
  print_error_of (said, TRUE, "a", "a cannot be read (No such file): check the name.");
  assert_string_equal (said->out,
                       "{\"kind\":\"fault\",\"file\":\"a\",\"place\":\"\",\"found\":\"a cannot be "
                       "read (No such file)\",\"expected\":\"\",\"do\":\"check the name\"}\n");
  print_error_of (said, TRUE, NULL, "b: is; expected gone");
  assert_string_equal (said->out,
                       "{\"kind\":\"fault\",\"file\":\"\",\"place\":\"\",\"found\":\"b: "
                       "is\",\"expected\":\"gone\",\"do\":\"\"}\n");
  jk_test_said_check_json (said, FALSE);
}

static void
wrong_use_is_a_sentence_or_an_object (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);

  jk_test_said_listen (said);
  assert_int_equal (jk_output_usage (&said->tool, "%s is missing", "x"), JK_EXIT_USAGE);
  jk_test_said_stop (said);
  assert_string_equal (said->err, "jikaoctl: x is missing.\n");
  assert_string_equal (said->out, "");
  jk_test_said_listen (said);
  said->tool.json = TRUE;
  assert_int_equal (jk_output_usage (&said->tool, "%s is missing", "x"), JK_EXIT_USAGE);
  jk_test_said_stop (said);
  assert_non_null (strstr (said->out, "\"found\":\"x is missing\""));
  assert_string_equal (said->err, "");
  jk_test_said_check_json (said, FALSE);
}

static void
a_report_with_a_fault_is_findings (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);
  g_autoptr (JkReport) report = jk_report_new ();

  jk_report_add (report, JK_FINDING_NOTICE, "a.csv", "row 2", "x", "y", "z");
  jk_test_said_listen (said);
  assert_int_equal (jk_output_report (&said->tool, report), JK_EXIT_OK);
  assert_int_equal (jk_output_faults (&said->tool, report), JK_EXIT_OK);
  jk_test_said_stop (said);
  assert_string_equal (said->err,
                       "a.csv: row 2: found x; expected y; z.\n"
                       "a.csv: row 2: found x; expected y; z.\n");
  jk_report_add (report, JK_FINDING_FAULT, "a.csv", "row 3", "x", "y", "z");
  jk_test_said_listen (said);
  assert_int_equal (jk_output_faults (&said->tool, report), JK_EXIT_FINDINGS);
  jk_test_said_stop (said);
  assert_string_equal (said->out, "");
}

static void
a_report_as_objects_is_one_array (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);
  g_autoptr (JkReport) report = jk_report_new ();

  said->tool.json = TRUE;
  jk_test_said_listen (said);
  assert_int_equal (jk_output_faults (&said->tool, report), JK_EXIT_OK);
  jk_test_said_stop (said);
  assert_string_equal (said->out, "");
  jk_report_add (report, JK_FINDING_FAULT, "a.csv", "row 3", "x", "y", "z");
  jk_test_said_listen (said);
  assert_int_equal (jk_output_faults (&said->tool, report), JK_EXIT_FINDINGS);
  jk_test_said_stop (said);
  jk_test_said_check_json (said, FALSE);
  assert_string_equal (said->err, "");
}

static JkFacts *
new_facts (void)
{
  static const char *const files[] = { "one\033[2J", "two", NULL };
  g_autoptr (JkReport) report = jk_report_new ();
  JkFacts *facts = jk_facts_new ();

  jk_report_add (report, JK_FINDING_NOTICE, "a.csv", "row 3", "x", "y", "z");
  jk_report_add (report, JK_FINDING_NOTICE, "b.csv", "row 4", "x", "y", "z");
  jk_facts_add (facts, "name", "%s", "题\033[2J\"库");
  jk_facts_add_integer (facts, "items", 12);
  jk_facts_add_list (facts, "files", files);
  jk_facts_add_report (facts, report);
  return facts;
}

static void
facts_are_lines_or_an_object (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);
  g_autoptr (JkFacts) facts = new_facts ();

  jk_test_said_listen (said);
  assert_int_equal (jk_facts_print (facts, &said->tool), JK_EXIT_OK);
  jk_test_said_stop (said);
  assert_string_equal (said->out, "name: 题 [2J\"库\nitems: 12\nfiles: one [2J\nfiles: two\n");
  jk_test_said_listen (said);
  said->tool.json = TRUE;
  jk_facts_print (facts, &said->tool);
  jk_test_said_stop (said);
  jk_test_said_check_json (said, FALSE);
  assert_non_null (
      strstr (said->out, "\"items\":12,\"files\":[\"one [2J\",\"two\"],\"findings\":[{"));
  jk_facts_free (NULL);
}

static void
an_object_may_begin_with_a_list (void **state)
{
  static const char *const none[] = { NULL };
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);
  g_autoptr (JkFacts) facts = jk_facts_new ();

  said->tool.json = TRUE;
  jk_test_said_listen (said);
  jk_facts_add_list (facts, "files", none);
  jk_facts_print (facts, &said->tool);
  jk_test_said_stop (said);
  assert_string_equal (said->out, "{\"files\":[]}\n");
}

static void
rows_have_tabs_or_are_objects (void **state)
{
  g_autoptr (JkTestSaid) said = jk_test_said_new (NULL);
  g_autoptr (JkFacts) facts = jk_facts_new ();
  g_autoptr (JkFacts) nothing = jk_facts_new ();

  jk_facts_add_integer (facts, "position", 3);
  jk_facts_add (facts, "state", "%s", "running");
  jk_test_said_listen (said);
  jk_facts_print_row (facts, &said->tool, "saved");
  jk_facts_print_row (facts, &said->tool, NULL);
  jk_facts_print_row (nothing, &said->tool, "end");
  jk_test_said_stop (said);
  assert_string_equal (said->out, "saved\t3\trunning\n3\trunning\nend\n");
  jk_test_said_listen (said);
  said->tool.json = TRUE;
  jk_facts_print_row (facts, &said->tool, "saved");
  jk_facts_print_row (facts, &said->tool, NULL);
  jk_facts_print_row (nothing, &said->tool, "end");
  jk_test_said_stop (said);
  assert_string_equal (said->out,
                       "{\"event\":\"saved\",\"position\":3,\"state\":\"running\"}\n"
                       "{\"position\":3,\"state\":\"running\"}\n{\"event\":\"end\"}\n");
  jk_test_said_check_json (said, TRUE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_class_of_error_has_its_exit_code),
    cmocka_unit_test (an_error_is_one_sentence_on_one_line),
    cmocka_unit_test (an_error_is_an_object_of_its_parts),
    cmocka_unit_test (wrong_use_is_a_sentence_or_an_object),
    cmocka_unit_test (a_report_with_a_fault_is_findings),
    cmocka_unit_test (a_report_as_objects_is_one_array),
    cmocka_unit_test (facts_are_lines_or_an_object),
    cmocka_unit_test (an_object_may_begin_with_a_list),
    cmocka_unit_test (rows_have_tabs_or_are_objects),
  };

  return cmocka_run_group_tests_name ("output", tests, NULL, NULL);
}
