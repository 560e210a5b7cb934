/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-lint.c */
#include "tool/commands.h"

#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define PATH(name) jk_test_way_path (way, name)

#define SAYS(stream, words)                                                                        \
  do {                                                                                             \
    if (strstr (way->said->stream, words) == NULL)                                                 \
      fail_msg ("“%s” lacks “%s”", way->said->stream, words);                                      \
  } while (0)

/* With the session's own files, but these. */
static void
lint_with (JkTestWay *way,
           int exit_code,
           const char *bank,
           const char *secrets,
           const char *roster,
           const char *more)
{
  g_autofree char *office = jk_test_way_find (way, "hall", ".office");

  jk_test_way_expect (way,
                      exit_code,
                      "session",
                      "lint",
                      "--bank",
                      bank,
                      "--office",
                      office,
                      "--authorities",
                      PATH ("pinned"),
                      "--secrets",
                      PATH (secrets),
                      "--roster",
                      PATH (roster),
                      way->session,
                      more,
                      NULL);
}

static void
lint (JkTestWay *way, int exit_code, const char *roster, const char *more)
{
  lint_with (way, exit_code, way->bank, "secrets/office", roster, more);
}

static void
a_good_session_is_shown_with_its_figures (void **state)
{
  JkTestWay *way = *state;

  lint (way, JK_EXIT_OK, "session.ini", NULL);
  SAYS (
      out,
      "hall: 01\nstarts: 2021-04-24T09:00\nbuild: 1\namendment: 0\ncandidates: 6\nlogged-in: 6\n");
  SAYS (out,
        "records: 8\nspare-records: 2\nrecords-of-nobody: 0\npapers-opened: 8\nphotos: 2\nnotice: "
        "仅供测试\n");
  SAYS (out, "\npapers: 8\nshared-mean: ");
  SAYS (out, "\nshared-by-neighbours-most-records: 01/");
  SAYS (out, "\nitems: 9\nitems-never-drawn: ");
  SAYS (out, " in 8 papers\n");
  SAYS (out, "\ndifficulty-mean: ");
  SAYS (out, "\npoints-of-grade-5-max: 0.00\n");
  SAYS (out, "\ndisk-per-seat-bytes: ");
  SAYS (out, "\nfaults: 0\n");
  SAYS (err, "which is past");
}

static void
a_roster_alone_serves_too (void **state)
{
  JkTestWay *way = *state;

  lint (way, JK_EXIT_OK, "roster.csv", NULL);
  SAYS (out, "logged-in: 6\n");
}

static void
objects_come_one_to_a_line (void **state)
{
  JkTestWay *way = *state;

  lint (way, JK_EXIT_OK, "session.ini", "--json");
  jk_test_said_check_json (way->said, TRUE);
  assert_string_equal (way->said->err, "");
  SAYS (out, "\"logged-in\":6");
  SAYS (out, "\"findings\":[{\"kind\":\"notice\"");
}

static void
whoever_is_not_in_the_session_is_a_finding (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *text = NULL;

  assert_true (g_file_get_contents (PATH ("roster.csv"), &text, NULL, NULL));
  memcpy (strstr (text, "2101050340101004"), "9999999999999999", 16);
  jk_test_way_put (way, "other.csv", text);
  lint (way, JK_EXIT_FINDINGS, "other.csv", NULL);
  SAYS (err, "other.csv: row 5: found two numbers that open no record of their hall");
  SAYS (err, "record 3: found a record that nobody on the roster logs in to");
  SAYS (out, "records-of-nobody: 1\n");
  SAYS (out, "faults: 2\n");
}

static void
nobody_is_named (void **state)
{
  JkTestWay *way = *state;

  for (guint n = 0; n < jk_test_exam_get_n_candidates (way->exam); n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (way->exam, n);
    assert_null (strstr (way->said->everything->str, candidate->name));
    assert_null (strstr (way->said->everything->str, candidate->admission));
    assert_null (strstr (way->said->everything->str, candidate->id_number));
  }
  assert_null (strstr (way->said->everything->str, way->room_code));
  assert_null (strstr (way->said->everything->str, way->start_code));
}

static void
a_roster_with_faults_is_not_listed_here (void **state)
{
  JkTestWay *way = *state;

  jk_test_way_put (way, "bad.csv", "准考证号,姓名\n1,甲某某\n");
  lint (way, JK_EXIT_FINDINGS, "bad.csv", NULL);
  SAYS (err, "see them with roster check");
  assert_null (strstr (way->said->err, "甲某某"));
  jk_test_way_put (way, "bad.ini", "[session]\nname=x\n");
  lint (way, JK_EXIT_FINDINGS, "bad.ini", NULL);
  SAYS (err, "see them with session build");
  lint (way, JK_EXIT_STORAGE, "none.csv", NULL);
}

static void
broken_foreign_and_missing_files_are_refused (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (way->bank, &bytes, &size, NULL));
  bytes[size - 5] ^= 1;
  assert_true (g_file_set_contents (PATH ("changed.jkbank"), bytes, (gssize) size, NULL));
  lint_with (way, JK_EXIT_REFUSED, PATH ("changed.jkbank"), "secrets/office", "session.ini", NULL);
  SAYS (err, "changed.jkbank");
  lint_with (way, JK_EXIT_STORAGE, PATH ("none"), "secrets/office", "session.ini", NULL);
  lint_with (way, JK_EXIT_SECRET, way->bank, "secrets/wrong", "session.ini", NULL);
  lint_with (way, JK_EXIT_STORAGE, way->bank, "secrets/none", "session.ini", NULL);
  lint (way, JK_EXIT_REFUSED, "session.ini", way->bank);
  lint (way, JK_EXIT_STORAGE, "session.ini", PATH ("none.jksession"));
}

static void
what_is_missing_is_asked_for (void **state)
{
  JkTestWay *way = *state;
  const char *const all[] = { "--bank", "--office", "--authorities", "--roster" };

  for (guint left_out = 0; left_out < G_N_ELEMENTS (all); left_out++) {
    const char *arguments[16] = { "session", "lint" };
    guint n = 2;
    for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
      if (i == left_out)
        continue;
      arguments[n++] = all[i];
      arguments[n++] = "x";
    }
    arguments[n] = "x.jksession";
    assert_int_equal (jk_test_said_run_list (way->said, arguments), JK_EXIT_USAGE);
    SAYS (err, all[left_out]);
  }
  lint (way, JK_EXIT_USAGE, "session.ini", "--threads=65");
  lint (way, JK_EXIT_USAGE, "session.ini", "--threads=-1");
  lint (way, JK_EXIT_OK, "session.ini", "--threads=1");
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "session",
                      "lint",
                      "--bank=x",
                      "--office=x",
                      "--authorities=x",
                      "--roster=x",
                      NULL);
  SAYS (err, "1 to 500 .jksession files");
}

static void
build (JkTestWay *way, const char *group, const char *option, const char *value, const char *out)
{
  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      group,
                      "build",
                      "--authority",
                      PATH ("office/authority.jkkey"),
                      "--centre",
                      PATH ("office/centre.jkpub"),
                      "--secrets",
                      PATH ("secrets/office"),
                      "--out",
                      PATH (out),
                      option,
                      value,
                      NULL);
}

/* Every judgement gets a picture that begins like one and is cut short. */
static void
a_broken_picture_is_named_before_the_day (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *text = NULL;
  g_autofree char *bank = g_strconcat ("--bank=", PATH ("office/drawn.jkbank"), NULL);
  g_autofree char *session = NULL;
  g_autofree char *office = NULL;

  assert_true (g_file_get_contents (PATH ("bank/items.gift"), &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, " [tag:difficulty:4]", -1);
  g_autofree char *drawn = g_strjoinv (" [tag:picture:dot.png] [tag:difficulty:4]", parts);
  jk_test_way_put (way, "bank/items.gift", drawn);
  assert_true (g_file_set_contents (PATH ("bank/dot.png"), "\x89PNG\r\n\x1a\n\0\0\0\0", 12, NULL));
  build (way, "bank", PATH ("bank/bank.ini"), NULL, "office/drawn");
  build (way, "session", bank, PATH ("session.ini"), "drawn");
  session = jk_test_way_find (way, "drawn", ".jksession");
  office = jk_test_way_find (way, "drawn", ".office");
  g_free (way->bank);
  way->bank = jk_test_way_find (way, "drawn", ".jkbank");
  jk_test_way_expect (way,
                      JK_EXIT_FINDINGS,
                      "session",
                      "lint",
                      "--bank",
                      way->bank,
                      "--office",
                      office,
                      "--authorities",
                      PATH ("pinned"),
                      "--secrets",
                      PATH ("secrets/office"),
                      "--roster",
                      PATH ("roster.csv"),
                      session,
                      NULL);
  SAYS (err, "item A-A-4: found picture dot.png is cut short");
  SAYS (err, "item B-A-4: found picture dot.png is cut short");
  SAYS (out, "\npictures: 2\n");
}

static void
the_office_file_of_another_build_is_a_finding (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *bank = g_strconcat ("--bank=", PATH ("office/bank.jkbank"), NULL);
  g_autofree char *session = NULL;

  build (way, "session", bank, PATH ("session.ini"), "again");
  session = jk_test_way_find (way, "again", ".jksession");
  lint (way, JK_EXIT_FINDINGS, "session.ini", session);
  SAYS (err, "a session that the office file has no codes of");
  SAYS (out, "logged-in: 6\n");
  SAYS (out, "logged-in: 0\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_good_session_is_shown_with_its_figures),
    cmocka_unit_test (a_roster_alone_serves_too),
    cmocka_unit_test (objects_come_one_to_a_line),
    cmocka_unit_test (whoever_is_not_in_the_session_is_a_finding),
    cmocka_unit_test (a_roster_with_faults_is_not_listed_here),
    cmocka_unit_test (broken_foreign_and_missing_files_are_refused),
    cmocka_unit_test (what_is_missing_is_asked_for),
    cmocka_unit_test (the_office_file_of_another_build_is_a_finding),
    cmocka_unit_test (a_broken_picture_is_named_before_the_day),
    cmocka_unit_test (nobody_is_named),
  };

  return cmocka_run_group_tests_name ("command-lint",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
