/* SPDX-License-Identifier: Apache-2.0 */
/* tests of plan/incidents.c */
#include "plan/incidents.h"

#include "base/error.h"
#include "base/limits.h"
#include "plan/shipped.h"
#include "support/folder.h"
#include "support/storage.h"

#define INCIDENTS_FILE "data/incidents/standard.ini"

#define VIOLATION                                                                                  \
  "[W1]\nkind=violation\ntitle=t\ntitle-en=t\nconsequence=c\nconsequence-en=c\nwarn-first=true\n"
#define INCIDENT "[Q1]\nkind=incident\ntitle=t\ntitle-en=t\n"

static void
the_shipped_table_is_that_of_the_domain_report (void **state)
{
  static const char *const codes[] = { "W601", "W602",  "W603", "W604", "W606", "W607",
                                       "W608", "W609",  "W701", "W702", "W703", "W704",
                                       "W705", "W801",  "W802", "W901", "W902", "W903",
                                       "W904", "W1101", "Q100", "Y100", "J100" };
  static const char *const warned[] = { "W601", "W602", "W604", "W609", NULL };
  g_autofree char *text = shipped_text (INCIDENTS_FILE);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIncidents) table = jk_incidents_parse (INCIDENTS_FILE, text, report);

  assert_non_null (table);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_incidents_get_n (table), G_N_ELEMENTS (codes));
  for (guint n = 0; n < G_N_ELEMENTS (codes); n++) {
    const JkIncident *incident = jk_incidents_get (table, n);
    assert_string_equal (incident->code, codes[n]);
    assert_true (*incident->title != '\0' && *incident->title_en != '\0');
    assert_int_equal (incident->kind,
                      codes[n][0] == 'W' ? JK_INCIDENT_VIOLATION : JK_INCIDENT_OTHER);
    assert_int_equal (incident->kind == JK_INCIDENT_VIOLATION, *incident->consequence != '\0');
    assert_int_equal (incident->kind == JK_INCIDENT_VIOLATION, *incident->consequence_en != '\0');
    assert_int_equal (incident->warn_first, g_strv_contains (warned, codes[n]));
    /* What is warned for says so to people. */
    assert_int_equal (incident->warn_first, strstr (incident->title, "经提醒") != NULL);
    assert_int_equal (incident->warn_first, strstr (incident->title_en, "warning") != NULL);
  }
}

static void
a_code_is_found_in_either_case (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIncidents) table = jk_incidents_parse ("t.ini", VIOLATION INCIDENT, report);

  assert_non_null (table);
  assert_ptr_equal (jk_incidents_find (table, "q1"), jk_incidents_get (table, 1));
  assert_ptr_equal (jk_incidents_find (table, "W1"), jk_incidents_get (table, 0));
  assert_null (jk_incidents_find (table, "W"));
  assert_null (jk_incidents_find (table, "W11"));
  assert_string_equal (jk_incidents_get (table, 1)->consequence, "");
  assert_string_equal (jk_incidents_get (table, 1)->consequence_en, "");
  assert_false (jk_incidents_get (table, 1)->warn_first);
}

static void
every_fault_is_found (void **state)
{
  static const char *const changes[][4] = {
    { "kind=violation", "kind=crime", "crime", "violation or incident" },
    { "kind=violation\n", "", "no key “kind”", "" },
    { "title=t\n", "", "no key “title”", "" },
    { "title-en=t\n", "", "no key “title-en”", "" },
    { "consequence=c\n", "", "no key “consequence”", "" },
    { "consequence-en=c\n", "", "no key “consequence-en”", "" },
    { "warn-first=true", "warn-first=yes", "warn-first = yes", "true or false" },
    { "warn-first=true", "warn=true", "warn", "a key of this group" },
    { "[W1]", "[w1]", "[w1]", "a code such as W601" },
    { "[W1]", "[1]", "[1]", "a code such as W601" },
    { "[W1]", "[W]", "[W]", "a code such as W601" },
    { "[W1]", "[W 1]", "[W 1]", "a code such as W601" },
    { "[W1]", "[W1A]", "[W1A]", "a code such as W601" },
    { "[W1]", "[W1234567890123456]", "[W1234567890123456]", "a code such as W601" },
    { "[Q1]", "[W1]", "W1", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *bad = changed (VIOLATION INCIDENT, changes[i][0], changes[i][1]);
    g_autoptr (JkReport) report = jk_report_new ();
    assert_null (jk_incidents_parse ("t.ini", bad, report));
    assert_non_null (strstr (bad, changes[i][1]));
    g_autofree char *text = jk_report_dup_text (report);
    if (strstr (text, changes[i][2]) == NULL || strstr (text, changes[i][3]) == NULL)
      fail_msg ("wanted “%s” and “%s”, not:\n%s", changes[i][2], changes[i][3], text);
  }
}

static void
all_faults_of_a_file_come_at_once (void **state)
{
  static const char bad[] = "[W1]\nkind=x\ntitle=t\ntitle-en=t\n"
                            "[q]\nkind=incident\ntitle=t\ntitle-en=t\n"
                            "[J1]\nkind=incident\ntitle=t\nmore=1\n";
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_put_text (folder, "bad.ini", bad);
  g_autoptr (GError) error = NULL;

  assert_null (jk_incidents_load (jk_storage_system (), path, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TEXT));
  assert_non_null (strstr (error->message, "violation or incident"));
  assert_non_null (strstr (error->message, "[q]"));
  assert_non_null (strstr (error->message, "“title-en”"));
  assert_non_null (strstr (error->message, "more"));
  assert_false (g_str_has_suffix (error->message, "\n"));
}

static void
a_text_that_is_too_long_and_too_many_codes_are_refused (void **state)
{
  g_autofree char *title = g_strnfill (JK_NAME_BYTES_MAX + 1, 't');
  g_autofree char *longer = g_strdup_printf ("title=%s\n", title);
  g_autofree char *bad = changed (INCIDENT, "title=t\n", longer);
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i <= JK_INCIDENTS_MAX; i++) {
    if (i == JK_INCIDENTS_MAX) {
      g_autoptr (JkReport) report = jk_report_new ();
      g_autoptr (JkIncidents) table = jk_incidents_parse ("t.ini", many->str, report);
      assert_non_null (table);
    }
    g_string_append_printf (many, "[Q%u]\nkind=incident\ntitle=t\ntitle-en=t\n", i);
  }
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (jk_incidents_parse ("t.ini", bad, report));
  check_one_fault (report, "257 bytes", "a shorter text");
  g_autoptr (JkReport) report_many = jk_report_new ();
  assert_null (jk_incidents_parse ("t.ini", many->str, report_many));
  check_one_fault (report_many, "501 codes", "fewer codes");
}

static void
a_file_that_cannot_be_read_is_an_error (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *missing = jk_test_folder_dup_path (folder, "none.ini");
  g_autofree char *binary = jk_test_folder_put_text (folder, "binary.ini", "[W1]\nkind=\xff\n");
  g_autofree char *good = jk_test_folder_put_text (folder, "good.ini", VIOLATION);
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (NULL);
  g_autoptr (GError) error = NULL;

  assert_null (jk_incidents_load (jk_storage_system (), missing, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
  g_clear_error (&error);
  assert_null (jk_incidents_load (jk_storage_system (), binary, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TEXT));
  g_clear_error (&error);
  jk_test_storage_fail (disk, JK_TEST_PREAD, 1, EIO, JK_TEST_FOR_GOOD);
  assert_null (jk_incidents_load (jk_test_storage_get (disk), good, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
  g_clear_error (&error);
  g_autoptr (JkIncidents) table = jk_incidents_load (jk_storage_system (), good, &error);
  assert_non_null (table);
  assert_int_equal (jk_incidents_get_n (table), 1);
}

/* Takes what is made of code and facts apart again. */
static void
check_text (const char *code, const char *facts, const char *wanted)
{
  g_autofree char *text = jk_incident_dup_text (code, facts);
  const char *rest;
  g_autofree char *found = jk_incident_split_text (text, &rest);

  assert_string_equal (text, wanted);
  assert_string_equal (found, code != NULL ? code : "");
  assert_true (g_str_has_suffix (text, rest));
  g_autofree char *again = jk_incident_dup_text (found, rest);
  assert_string_equal (again, text);
}

static void
code_and_facts_travel_as_one_text (void **state)
{
  check_text ("W601", "手机在桌面上，提醒一次", "W601 手机在桌面上，提醒一次");
  check_text ("W601", "W602 as well", "W601 W602 as well");
  check_text (NULL, "the power failed", "the power failed");
  check_text ("", "the power failed", "the power failed");
  /* What only looks as if it had a code. */
  check_text (NULL, "PC12 froze", "- PC12 froze");
  check_text (NULL, "- two of them", "- - two of them");
  check_text (NULL, "W601", "W601");
  check_text ("B-7", "  on\ntwo lines\t ", "B-7 on two lines");
}

static void
a_text_of_another_table_is_taken_apart_too (void **state)
{
  const char *facts;
  g_autofree char *code = jk_incident_split_text ("X12 what happened", &facts);

  assert_string_equal (code, "X12");
  assert_string_equal (facts, "what happened");
  static const char *const plain[] = { "x12 words", "X12", "X12 ", "X Y1 words", "", "X1_2 words" };
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++) {
    g_autofree char *none = jk_incident_split_text (plain[i], &facts);
    assert_string_equal (none, "");
    assert_string_equal (facts, plain[i]);
  }
}

/* No truncation and no single changed byte harms; each is a table or has a fault. */
static void
a_broken_table_is_refused_or_read_and_never_harms (void **state)
{
  static const char good[] = VIOLATION INCIDENT;

  for (gsize size = 0; size <= sizeof good - 1; size++) {
    for (guint byte = 0; byte < 256; byte += 7) {
      g_autofree char *bad = g_strndup (good, size);
      if (size > 0)
        bad[size - 1] = byte != 0 ? (char) byte : bad[size - 1];
      g_autoptr (JkReport) report = jk_report_new ();
      g_autoptr (JkIncidents) table = jk_incidents_parse ("t.ini", bad, report);
      assert_int_equal (table == NULL, jk_report_get_n_faults (report) > 0);
      for (guint n = 0; table != NULL && n < jk_incidents_get_n (table); n++)
        assert_true (*jk_incidents_get (table, n)->title != '\0');
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_shipped_table_is_that_of_the_domain_report),
    cmocka_unit_test (a_code_is_found_in_either_case),
    cmocka_unit_test (every_fault_is_found),
    cmocka_unit_test (all_faults_of_a_file_come_at_once),
    cmocka_unit_test (a_text_that_is_too_long_and_too_many_codes_are_refused),
    cmocka_unit_test (a_file_that_cannot_be_read_is_an_error),
    cmocka_unit_test (code_and_facts_travel_as_one_text),
    cmocka_unit_test (a_text_of_another_table_is_taken_apart_too),
    cmocka_unit_test (a_broken_table_is_refused_or_read_and_never_harms),
  };
  return cmocka_run_group_tests_name ("incidents", tests, NULL, NULL);
}
