/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-result.c */
#include "tool/commands.h"

#include "orders.h"

static char *
find_result (JkTestWay *way, guint record)
{
  g_autofree char *ending = g_strdup_printf ("-01-%u-s1.jkresult", record);

  return jk_test_way_find (way, "results", ending);
}

static void
verify (JkTestWay *way, int exit_code, const char *file, const char *more)
{
  jk_test_way_expect (way,
                      exit_code,
                      "result",
                      "verify",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      file,
                      more,
                      NULL);
}

static void
open_with (JkTestWay *way,
           int exit_code,
           const char *centre,
           const char *secrets,
           const char *file,
           const char *more)
{
  jk_test_way_expect (way,
                      exit_code,
                      "result",
                      "verify",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--centre",
                      PATH (centre),
                      "--secrets",
                      PATH (secrets),
                      file,
                      more,
                      NULL);
}

static void
without_a_key_a_result_is_whole_and_of_this_session (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *path = find_result (way, 1);

  verify (way, JK_EXIT_OK, path, NULL);
  assert_non_null (
      strstr (way->said->out,
              "\nrecord: 1\nseal: 1\nverified: whole and of this session, not opened\n"));
}

static void
the_centre_verifies_what_is_inside (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *path = find_result (way, 0);

  open_with (way, JK_EXIT_OK, "office/centre.jkkey", "secrets/office", path, NULL);
  assert_non_null (strstr (way->said->out, "verified: signatures, chain and log-in\n"));
  assert_non_null (strstr (way->said->out, "state: handed-in\n"));
  assert_non_null (strstr (way->said->out, "receipt: "));
}

/* In the order of the rows, whoever signed first being named first. */
static void
the_centre_reads_who_ordered_what_and_why (void **state)
{
  JkTestWay *way = *state;

  put_passcodes (way);
  make_order (way, "extend.jkorder", "extend", "3", "5");
  make_order (way, "once.jkorder", "reopen", "3", NULL);
  sign_order (way, "once.jkorder", "undo.jkorder", JK_EXIT_OK);
  g_autofree char *extend = g_strconcat ("3:", PATH ("extend.jkorder"), NULL);
  g_autofree char *undo = g_strconcat ("end:", PATH ("undo.jkorder"), NULL);
  assert_int_equal (jk_test_way_sit (way, 3, "--order", extend, "--order", undo, NULL), JK_EXIT_OK);
  g_autofree char *path = jk_test_way_find (way, "results", "-01-3-s2.jkresult");

  open_with (way, JK_EXIT_OK, "office/centre.jkkey", "secrets/office", path, NULL);
  const char *first = strstr (way->said->out,
                              " min, extended: extend by 5 min, record 3, signed by chief; "
                              "rehearsed\norder: row ");
  assert_non_null (first);
  assert_non_null (strstr (first,
                           " min, reopened: reopen, record 3, signed by chief and proctor; "
                           "rehearsed\n"));
}

static void
several_files_give_a_line_each (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *first = find_result (way, 0);
  g_autofree char *third = find_result (way, 2);
  g_auto (GStrv) lines = NULL;

  open_with (way, JK_EXIT_OK, "office/centre.jkkey", "secrets/office", first, third);
  jk_test_way_expect (way,
                      JK_EXIT_STORAGE,
                      "--json",
                      "result",
                      "verify",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      first,
                      PATH ("none.jkresult"),
                      third,
                      NULL);
  assert_string_equal (way->said->err, "");
  lines = g_strsplit (way->said->out, "\n", -1);
  assert_int_equal (g_strv_length (lines), 4);
  assert_non_null (strstr (lines[0], "\"record\":0"));
  assert_non_null (strstr (lines[1], "none.jkresult"));
  assert_non_null (strstr (lines[2], "\"record\":2"));
  jk_test_said_check_json (way->said, TRUE);
}

static void
a_changed_result_is_refused_and_the_others_go_on (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *first = find_result (way, 0);
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (first, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  assert_true (g_file_set_contents (PATH ("changed.jkresult"), bytes, (gssize) size, NULL));
  verify (way, JK_EXIT_REFUSED, PATH ("changed.jkresult"), first);
  assert_non_null (strstr (way->said->err, "changed.jkresult"));
  assert_non_null (strstr (way->said->out, "record: 0\n"));
  open_with (way,
             JK_EXIT_REFUSED,
             "office/centre.jkkey",
             "secrets/office",
             PATH ("changed.jkresult"),
             NULL);
}

static void
only_the_centre_of_the_session_opens_it (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *path = find_result (way, 0);

  open_with (way, JK_EXIT_SECRET, "office/centre.jkkey", "secrets/wrong", path, NULL);
  open_with (way, JK_EXIT_SECRET, "other/centre.jkkey", "secrets/office", path, NULL);
  open_with (way, JK_EXIT_STORAGE, "none.jkkey", "secrets/office", path, NULL);
}

static void
wrong_use_is_told (void **state)
{
  JkTestWay *way = *state;

  verify (way, JK_EXIT_USAGE, NULL, NULL);
  jk_test_way_expect (way, JK_EXIT_USAGE, "result", "verify", "x.jkresult", NULL);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "result",
                      "verify",
                      "--session",
                      way->session,
                      "x.jkresult",
                      NULL);
  jk_test_way_expect (way,
                      JK_EXIT_STORAGE,
                      "result",
                      "verify",
                      "--session",
                      PATH ("none.jksession"),
                      "--authorities",
                      PATH ("pinned"),
                      "x.jkresult",
                      NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (without_a_key_a_result_is_whole_and_of_this_session),
    cmocka_unit_test (the_centre_verifies_what_is_inside),
    cmocka_unit_test (the_centre_reads_who_ordered_what_and_why),
    cmocka_unit_test (several_files_give_a_line_each),
    cmocka_unit_test (a_changed_result_is_refused_and_the_others_go_on),
    cmocka_unit_test (only_the_centre_of_the_session_opens_it),
    cmocka_unit_test (wrong_use_is_told),
  };

  return cmocka_run_group_tests_name ("command-result",
                                      tests,
                                      jk_test_way_setup_sat,
                                      jk_test_way_teardown);
}
