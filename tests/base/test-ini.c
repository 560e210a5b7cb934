/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/ini.c */
#include "base/ini.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static JkIni *
parse (const char *text, JkReport *report)
{
  return jk_ini_parse ("p.ini", text, report);
}

/* The one fault so far; its sentence without file. */
static void
check_fault (const JkReport *report, const char *place, const char *part)
{
  assert_int_equal (jk_report_get_n_faults (report), 1);
  const JkFinding *finding = jk_report_get (report, 0);
  assert_string_equal (finding->file, "p.ini");
  assert_string_equal (finding->place, place);
  assert_non_null (strstr (finding->found, part));
}

static void
values_of_every_kind_are_read (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini =
      parse ("[a]\nt = 考试\\s1 \nl=x; y ;\nn=-5\nm=7\nyes=true\nno=false\nd=2020-02-29\ne=\n",
             report);

  g_autofree char *text = jk_ini_dup_text (ini, "a", "t");
  g_autofree char *empty = jk_ini_dup_optional_text (ini, "a", "e");
  g_auto (GStrv) list = jk_ini_dup_list (ini, "a", "l");
  assert_string_equal (text, "考试 1");
  assert_string_equal (empty, "");
  assert_int_equal (g_strv_length (list), 2);
  assert_string_equal (list[1], "y");
  assert_int_equal (jk_ini_get_integer (ini, "a", "n", -5, 5), -5);
  assert_int_equal (jk_ini_get_optional_integer (ini, "a", "m", 0, 7, 3), 7);
  assert_true (jk_ini_get_boolean (ini, "a", "yes", FALSE));
  assert_false (jk_ini_get_boolean (ini, "a", "no", TRUE));
  assert_int_equal (jk_ini_get_date (ini, "a", "d"), 20200229);
  jk_ini_finish (ini);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_string_equal (jk_ini_get_file (ini), "p.ini");
  assert_ptr_equal (jk_ini_get_report (ini), report);
  jk_ini_free (NULL);
}

static void
what_may_be_missing_gives_the_fallback (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[a]\n", report);

  assert_null (jk_ini_dup_optional_text (ini, "a", "k"));
  assert_null (jk_ini_dup_optional_text (ini, "b", "k"));
  assert_int_equal (jk_ini_get_optional_integer (ini, "a", "k", 0, 9, 4), 4);
  assert_true (jk_ini_get_boolean (ini, "a", "k", TRUE));
  assert_false (jk_ini_has (ini, "a", "k"));
  jk_ini_finish (ini);
  assert_int_equal (jk_report_get_n (report), 0);
}

static void
what_must_be_there_is_reported_at_its_group (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("\n[a]\n", report);

  g_autofree char *text = jk_ini_dup_text (ini, "a", "k");
  g_auto (GStrv) list = jk_ini_dup_list (ini, "a", "l");
  assert_string_equal (text, "");
  assert_int_equal (g_strv_length (list), 0);
  assert_int_equal (jk_ini_get_integer (ini, "a", "n", 2, 5), 2);
  assert_int_equal (jk_ini_get_date (ini, "a", "d"), 0);
  assert_int_equal (jk_report_get_n_faults (report), 4);
  for (guint i = 0; i < 4; i++)
    assert_string_equal (jk_report_get (report, i)->place, "line 2");
  assert_non_null (strstr (jk_report_get (report, 0)->found, "no key “k” in the group [a]"));
}

static void
a_missing_group_is_reported_once (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[a]\n", report);

  g_free (jk_ini_dup_text (ini, "b", "k"));
  jk_ini_get_integer (ini, "b", "l", 0, 1);
  check_fault (report, "[b]", "no such group");
}

static void
an_empty_text_is_a_fault (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[a]\nk=\n", report);
  g_autofree char *text = jk_ini_dup_text (ini, "a", "k");
  assert_string_equal (text, "");
  check_fault (report, "line 2", "nothing after k =");
}

static void
a_bad_escape_is_a_fault (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[a]\nk=x\\q\\\nl=\\q;\nm=a\\;b;c\\\\\n", report);

  g_autofree char *text = jk_ini_dup_text (ini, "a", "k");
  assert_string_equal (text, "");
  check_fault (report, "line 2", "backslash");
  assert_null (jk_ini_dup_optional_text (ini, "a", "k"));
  assert_int_equal (jk_ini_get_date (ini, "a", "k"), 0);
  assert_true (jk_ini_get_boolean (ini, "a", "k", TRUE));
  g_auto (GStrv) list = jk_ini_dup_list (ini, "a", "l");
  assert_int_equal (g_strv_length (list), 0);
  assert_int_equal (jk_report_get_n_faults (report), 5);
  g_auto (GStrv) good = jk_ini_dup_list (ini, "a", "m");
  assert_string_equal (good[0], "a;b");
  assert_string_equal (good[1], "c\\");
  assert_int_equal (jk_report_get_n_faults (report), 5);
}

static void
empty_lists_and_empty_elements_are_faults (void **state)
{
  static const char *const values[] = { "", ";", "a;;b", "a; ;b" };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *content = g_strdup_printf ("[a]\nk=%s\n", values[i]);
    g_autoptr (JkIni) ini = parse (content, report);
    g_auto (GStrv) list = jk_ini_dup_list (ini, "a", "k");
    assert_int_equal (g_strv_length (list), 0);
    check_fault (report, "line 2", "in k");
  }
}

static void
numbers_out_of_range_or_form_are_faults (void **state)
{
  static const char *const values[] = { "",  "x",   "1 2", "1.0",
                                        "4", "-16", "0x1", "99999999999999999999" };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *content = g_strdup_printf ("[a]\nk=%s\n", values[i]);
    g_autoptr (JkIni) ini = parse (content, report);
    assert_int_equal (jk_ini_get_integer (ini, "a", "k", -15, 3), -15);
    check_fault (report, "line 2", "k =");
    assert_string_equal (jk_report_get (report, 0)->expected, "a whole number from -15 to 3");
    assert_int_equal (jk_ini_get_optional_integer (ini, "a", "k", -15, 3, 2), 2);
    assert_int_equal (jk_report_get_n_faults (report), 2);
  }
}

static void
only_true_and_false_are_truth_values (void **state)
{
  static const char *const values[] = { "", "1", "yes", "True" };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *content = g_strdup_printf ("[a]\nk=%s\n", values[i]);
    g_autoptr (JkIni) ini = parse (content, report);
    assert_true (jk_ini_get_boolean (ini, "a", "k", TRUE));
    check_fault (report, "line 2", "k =");
  }
}

static void
days_that_never_were_are_faults (void **state)
{
  static const char *const values[] = {
    "",           "2021-02-29", "2021-4-24",  "20210424",
    "2021/04/24", "0000-01-01", "2021-13-01", "202a-01-01",
  };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *content = g_strdup_printf ("[a]\nk=%s\n", values[i]);
    g_autoptr (JkIni) ini = parse (content, report);
    assert_int_equal (jk_ini_get_date (ini, "a", "k"), 0);
    check_fault (report, "line 2", "k =");
  }
}

static void
groups_and_keys_come_in_file_order (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[b]\nz=1\ny=2\n[a]\n", report);
  g_auto (GStrv) groups = jk_ini_dup_groups (ini);
  g_auto (GStrv) keys = jk_ini_dup_keys (ini, "b");
  g_auto (GStrv) none = jk_ini_dup_keys (ini, "a");
  g_auto (GStrv) missing = jk_ini_dup_keys (ini, "c");

  assert_int_equal (g_strv_length (groups), 2);
  assert_string_equal (groups[0], "b");
  assert_int_equal (g_strv_length (keys), 2);
  assert_string_equal (keys[0], "z");
  assert_int_equal (g_strv_length (none), 0);
  assert_int_equal (g_strv_length (missing), 0);
  assert_true (jk_ini_has (ini, "b", "y"));
  assert_false (jk_ini_has (ini, "a", "y"));
}

static void
what_nobody_asked_for_is_a_fault (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[a]\nk=1\nj=2\n[b]\nx=1\ny=2\n", report);

  jk_ini_get_integer (ini, "a", "k", 0, 9);
  jk_ini_finish (ini);
  g_autofree char *text = jk_report_dup_text (report);
  assert_string_equal (text,
                       "p.ini: line 3: found the unknown key “j” in [a]; expected a key of this "
                       "group; correct its name or delete it.\n"
                       "p.ini: line 4: found the unknown group [b]; expected a group of this kind "
                       "of file; correct its name or delete it.\n");
}

static void
naming_a_group_is_not_asking_for_its_keys (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[a]\nk=1\n", report);
  g_strfreev (jk_ini_dup_groups (ini));
  g_strfreev (jk_ini_dup_keys (ini, "a"));
  jk_ini_finish (ini);
  check_fault (report, "line 2", "unknown key “k”");
}

static void
faults_of_the_caller_stand_at_the_best_place (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("[a]\nk=1\n", report);
  jk_ini_fault (ini, "a", "k", "e", "%d", 1);
  jk_ini_fault (ini, "a", NULL, "e", "x");
  jk_ini_fault (ini, "a", "other", "e", "x");
  jk_ini_fault (ini, "b", NULL, "e", "x");
  jk_ini_fault (ini, "b", "k", "e", "x");

  static const char *const places[] = { "line 2", "line 1", "line 1", "[b]", "[b] k" };
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    assert_string_equal (jk_report_get (report, i)->place, places[i]);
  assert_string_equal (jk_report_get (report, 0)->found, "1");
  assert_string_equal (jk_report_get (report, 0)->expected, "e");
}

static void
all_faults_of_a_file_come_in_one_run (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIni) ini = parse ("x=1\n[a]\nwhat\nk=z\n[a]\nk=2\n", report);
  jk_ini_get_integer (ini, "a", "k", 0, 9);
  jk_ini_finish (ini);
  assert_int_equal (jk_report_get_n_faults (report), 5);
}

static void
a_text_without_groups_is_no_key_file (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (parse ("# only this\n", report));
  check_fault (report, "", "no group");
}

static void
bytes_that_are_no_text_are_no_key_file (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (parse ("[a]\nk=\xff\n", report));
  check_fault (report, "", "no text");
}

static void
what_the_parser_refuses_is_reported (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  assert_null (parse ("[a]\nEncoding=GB18030\n", report));
  check_fault (report, "", "GB18030");
}

static void
hostile_bytes_never_harm (void **state)
{
  static const char sample[] = "[a]\nk=1\n中文 = x;y;\\s\n# c\n[b c]\nd=2021-04-24\nb=true\n";
  static const char edges[] = "[]=#;\\\n\r ";
  g_autoptr (GRand) chance = g_rand_new_with_seed (5);

  for (guint i = 0; i < 20000; i++) {
    char text[sizeof sample];
    memcpy (text, sample, sizeof sample);
    for (gint n = g_rand_int_range (chance, 0, 5); n > 0; n--)
      text[g_rand_int_range (chance, 0, sizeof sample - 1)] =
          edges[g_rand_int_range (chance, 0, sizeof edges - 1)];
    text[g_rand_int_range (chance, 0, sizeof sample)] = '\0';

    g_autoptr (JkReport) report = jk_report_new ();
    g_autoptr (JkIni) ini = parse (text, report);
    if (ini == NULL) {
      assert_true (jk_report_get_n_faults (report) > 0);
      continue;
    }
    g_auto (GStrv) groups = jk_ini_dup_groups (ini);
    for (guint g = 0; groups[g] != NULL; g++) {
      g_auto (GStrv) keys = jk_ini_dup_keys (ini, groups[g]);
      for (guint k = 0; keys[k] != NULL; k++) {
        assert_true (jk_ini_has (ini, groups[g], keys[k]));
        g_free (jk_ini_dup_text (ini, groups[g], keys[k]));
        g_strfreev (jk_ini_dup_list (ini, groups[g], keys[k]));
        jk_ini_get_integer (ini, groups[g], keys[k], 0, 10);
        jk_ini_get_date (ini, groups[g], keys[k]);
      }
    }
    jk_ini_finish (ini);
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (values_of_every_kind_are_read),
    cmocka_unit_test (what_may_be_missing_gives_the_fallback),
    cmocka_unit_test (what_must_be_there_is_reported_at_its_group),
    cmocka_unit_test (a_missing_group_is_reported_once),
    cmocka_unit_test (an_empty_text_is_a_fault),
    cmocka_unit_test (a_bad_escape_is_a_fault),
    cmocka_unit_test (empty_lists_and_empty_elements_are_faults),
    cmocka_unit_test (numbers_out_of_range_or_form_are_faults),
    cmocka_unit_test (only_true_and_false_are_truth_values),
    cmocka_unit_test (days_that_never_were_are_faults),
    cmocka_unit_test (groups_and_keys_come_in_file_order),
    cmocka_unit_test (what_nobody_asked_for_is_a_fault),
    cmocka_unit_test (naming_a_group_is_not_asking_for_its_keys),
    cmocka_unit_test (faults_of_the_caller_stand_at_the_best_place),
    cmocka_unit_test (all_faults_of_a_file_come_in_one_run),
    cmocka_unit_test (a_text_without_groups_is_no_key_file),
    cmocka_unit_test (bytes_that_are_no_text_are_no_key_file),
    cmocka_unit_test (what_the_parser_refuses_is_reported),
    cmocka_unit_test (hostile_bytes_never_harm),
  };
  return cmocka_run_group_tests_name ("ini", tests, NULL, NULL);
}
