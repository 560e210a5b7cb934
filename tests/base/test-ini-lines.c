/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/ini-lines.c */
#include "base/ini-lines.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
groups_and_keys_know_their_lines (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIniLines) lines =
      jk_ini_lines_new ("f", "# x\n\n[a]\n  k = v \r\n中 文=1\n[b c]  \nk=\n", report);

  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_ini_lines_get_n (lines), 5);
  assert_string_equal (jk_ini_lines_get (lines, 3)->group, "b c");
  assert_null (jk_ini_lines_get (lines, 3)->key);
  assert_int_equal (jk_ini_lines_find (lines, "a", NULL)->line, 3);
  assert_int_equal (jk_ini_lines_find (lines, "a", "k")->line, 4);
  assert_int_equal (jk_ini_lines_find (lines, "a", "中 文")->line, 5);
  assert_int_equal (jk_ini_lines_find (lines, "b c", "k")->line, 7);
  assert_null (jk_ini_lines_find (lines, "b c", "中 文"));
  assert_null (jk_ini_lines_find (lines, "c", NULL));
  assert_string_equal (jk_ini_lines_get_good (lines), "[a]\nk = v\n中 文=1\n[b c]\nk=\n");
  jk_ini_lines_free (NULL);
}

static void
check_fault (const char *text, const char *place, const char *part, const char *good)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkIniLines) lines = jk_ini_lines_new ("f", text, report);
  assert_int_equal (jk_report_get_n_faults (report), 1);
  assert_string_equal (jk_report_get (report, 0)->place, place);
  assert_non_null (strstr (jk_report_get (report, 0)->found, part));
  assert_string_equal (jk_ini_lines_get_good (lines), good);
}

static void
a_key_given_twice_is_a_fault (void **state)
{
  check_fault ("[a]\nk=1\nk =2\n", "line 3", "“k” again (first in line 2)", "[a]\nk=1\n");
}

static void
a_group_given_twice_is_a_fault (void **state)
{
  check_fault ("[a]\n[b]\n[a]\nk=1",
               "line 3",
               "[a] again (first in line 1)",
               "[a]\n[b]\n[a]\nk=1\n");
}

static void
a_key_before_any_group_is_a_fault (void **state)
{
  check_fault ("\nk=1\n[a]\n", "line 2", "“k” before any group", "[a]\n");
}

static void
a_line_that_is_nothing_is_a_fault (void **state)
{
  check_fault ("[a]\nwhat\n", "line 2", "“what”", "[a]\n");
  check_fault ("[a]\n=1\n", "line 2", "“=1”", "[a]\n");
  check_fault ("[a]\nk[zh]=1\n", "line 2", "“k[zh]=1”", "[a]\n");
}

static void
keys_under_a_bad_group_belong_to_none (void **state)
{
  check_fault ("[a]\nk=1\n[b\nk=2\n[c]\nk=3\n", "line 3", "“[b”", "[a]\nk=1\n[c]\nk=3\n");
  check_fault ("[]\nk=2\n", "line 1", "“[]”", "");
  check_fault ("[a] b\n", "line 1", "“[a] b”", "");
  check_fault ("[a[b]\n", "line 1", "“[a[b]”", "");
}

static void
a_line_too_long_is_a_fault (void **state)
{
  g_autofree char *long_value = g_strnfill (JK_LINE_BYTES_MAX, 'x');
  g_autofree char *text = g_strconcat ("[a]\nk=", long_value, "\nl=1\n", NULL);
  check_fault (text, "line 2", "65538 bytes", "[a]\nl=1\n");
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (groups_and_keys_know_their_lines),
    cmocka_unit_test (a_key_given_twice_is_a_fault),
    cmocka_unit_test (a_group_given_twice_is_a_fault),
    cmocka_unit_test (a_key_before_any_group_is_a_fault),
    cmocka_unit_test (a_line_that_is_nothing_is_a_fault),
    cmocka_unit_test (keys_under_a_bad_group_belong_to_none),
    cmocka_unit_test (a_line_too_long_is_a_fault),
  };
  return cmocka_run_group_tests_name ("ini-lines", tests, NULL, NULL);
}
