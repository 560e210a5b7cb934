/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-score-release.c, and of closing sheets at the centre: what is final,
 * provisional, superseded or set aside. */
#include "tool/commands.h"

#include "closing-way.h"

#define NOBODY G_MAXUINT
#define PATH(name) jk_test_way_path (way, name)

/* Scores results into out; further options up to NULL. */
static int
score (JkTestWay *way, const char *results, const char *out, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *const fixed[] = { "score",
                                "--session",
                                way->session,
                                "--bank",
                                way->bank,
                                "--keys",
                                PATH ("office/bank.jkkeys"),
                                "--centre",
                                PATH ("office/centre.jkkey"),
                                "--authorities",
                                PATH ("pinned"),
                                "--secrets",
                                PATH ("secrets/office"),
                                "--results",
                                PATH (results),
                                "--out",
                                PATH (out) };
  va_list rest;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, (gpointer) fixed[i]);
  va_start (rest, out);
  for (const char *each = va_arg (rest, const char *); each != NULL;
       each = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) each);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (way->said, (const char *const *) arguments->pdata);
}

/* Whether a table has these words in one line. */
static gboolean
has_line (JkTestWay *way, const char *folder, const char *table, const char *one, const char *two)
{
  g_autofree char *name = g_build_filename (folder, table, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  assert_true (g_file_get_contents (PATH (name), &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (strstr (lines[i], one) != NULL && strstr (lines[i], two) != NULL)
      return TRUE;
  }
  print_error ("%s", text);
  return FALSE;
}

/* score release of the result of record n. */
static int
release (JkTestWay *way, guint n, const char *first, const char *second, const char *reason)
{
  g_autofree char *ending = g_strdup_printf ("-01-%u-s1.jkresult", n);
  g_autofree char *result = jk_test_way_find (way, "results", ending);

  return jk_test_said_run (way->said,
                           "score",
                           "release",
                           "--session",
                           way->session,
                           "--authorities",
                           PATH ("pinned"),
                           "--centre",
                           PATH ("office/centre.jkkey"),
                           "--secrets",
                           PATH ("secrets/office"),
                           "--by",
                           first,
                           "--by",
                           second,
                           "--reason",
                           reason,
                           "--out",
                           PATH ("released"),
                           result,
                           NULL);
}

static void
without_a_sheet_all_is_provisional (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, score (way, "results", "bare", NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "final: 0\nprovisional: 3\nmissing: 0\n"));
  assert_true (has_line (way, "bare", "scores.csv", "考生01", "试考 待复核"));
  assert_true (has_line (way, "bare", "files.csv", "-0-s1.jkresult", "no closing sheet names it"));
}

static void
what_the_sheet_names_is_final (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "full.ini", NOBODY, "");

  check_exit (way, close_hall (way, PATH ("results"), room, "full", NULL), JK_EXIT_OK);
  g_autofree char *sheet = jk_test_way_find (way, "full", ".jkhandin");
  check_exit (way, score (way, "results", "final", "--sheet", sheet, NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "final: 3\nprovisional: 0\nmissing: 0\n"));
  assert_true (has_line (way, "final", "scores.csv", "考生01", "试考 正式"));
  assert_true (has_line (way, "final", "scores.csv", "考生06", "\"缺考\",\"试考 正式\""));

  /* A result that it names and that is not here is never absent. */
  copy_results (way, "without-1", 1);
  check_exit (way, score (way, "without-1", "missing", "--sheet", sheet, NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->out, "scored: 2\nabsent: 3\n"));
  assert_non_null (strstr (way->said->out, "missing: 1\n"));
  assert_true (has_line (way, "missing", "scores.csv", "考生02", "文件缺失"));
}

static void
two_sheets_that_contradict_leave_all_provisional (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "other.ini", 2, "");
  g_autofree char *one = jk_test_way_find (way, "full", ".jkhandin");

  check_exit (way, close_hall (way, PATH ("results"), room, "other", NULL), JK_EXIT_OK);
  g_autofree char *two = jk_test_way_find (way, "other", ".jkhandin");
  check_exit (way,
              score (way, "results", "two", "--sheet", one, "--sheet", two, NULL),
              JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->out, "scored: 3\nabsent: 3\nquarantined: 2\nfinal: 0\n"));
  assert_true (has_line (way, "two", "quarantine.csv", "full/", "say different things"));
  assert_true (has_line (way, "two", "quarantine.csv", "other/", "say different things"));
  assert_true (has_line (way, "two", "scores.csv", "考生01", "试考 待复核"));
}

static void
a_seat_recovered_a_day_later_counts_with_its_sheet (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "lost.ini", 1, "[record 1]\nstate=lost\nseal=1\n");

  check_exit (way, close_hall (way, PATH ("without-1"), room, "lost", NULL), JK_EXIT_OK);
  g_autofree char *one = jk_test_way_find (way, "lost", ".jkhandin");
  check_exit (way, score (way, "without-1", "day-1", "--sheet", one, NULL), JK_EXIT_OK);
  assert_true (has_line (way, "day-1", "scores.csv", "考生02", "答卷遗失"));
  /* Found, and no sheet names it yet. */
  check_exit (way, score (way, "results", "day-2", "--sheet", one, NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "final: 2\nprovisional: 1\n"));
  assert_true (has_line (way, "day-2", "scores.csv", "考生02", "试考 待复核"));

  room = put_room (way, "late.ini", NOBODY, "");
  check_exit (way,
              close_hall (way, PATH ("results"), room, "late", "--after", one, NULL),
              JK_EXIT_OK);
  g_autofree char *two = jk_test_way_find (way, "late", ".jkhandin");
  check_exit (way,
              score (way, "results", "day-3", "--sheet", two, "--sheet", one, NULL),
              JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "final: 3\nprovisional: 0\n"));
  /* The second without the first stands for nothing. */
  check_exit (way, score (way, "results", "alone", "--sheet", two, NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->out, "quarantined: 1\nfinal: 0\nprovisional: 3\n"));
}

static void
a_lost_sheet_made_again_by_others_counts (void **state)
{
  JkTestWay *way = *state;
  const char *room = put_room (way, "full.ini", NOBODY, "");
  g_autofree char *one = jk_test_way_find (way, "full", ".jkhandin");

  check_exit (way,
              close_hall (way,
                          PATH ("results"),
                          room,
                          "again",
                          "--first",
                          "spare-1",
                          "--second",
                          "chief",
                          "--alone",
                          NULL),
              JK_EXIT_OK);
  g_autofree char *two = jk_test_way_find (way, "again", ".jkhandin");
  check_exit (way,
              score (way, "results", "both", "--sheet", one, "--sheet", two, NULL),
              JK_EXIT_OK);
  check_exit (way, score (way, "results", "made-again", "--sheet", two, NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "final: 3\n"));
  assert_true (has_line (way, "made-again", "scores.csv", "考生01", "收卷单由一人签署"));
}

static void
two_people_release_what_no_sheet_names (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, release (way, 1, "王一", "李二", "U盘次日送达"), JK_EXIT_OK);
  g_autofree char *path = jk_test_way_find (way, "released", ".jkrelease");
  check_exit (way, release (way, 1, "王一", "李二", "U盘次日送达"), JK_EXIT_STORAGE);
  check_exit (way, score (way, "results", "after", "--release", path, NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "final: 1\nprovisional: 2\n"));
  assert_true (has_line (way, "after", "scores.csv", "考生02", "经两人复核放行"));
  assert_true (
      has_line (way, "after", "files.csv", "-1-s1.jkresult", "王一 and 李二: U盘次日送达"));

  /* A release of what is not here is told. */
  check_exit (way, score (way, "without-1", "idle", "--release", path, NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->err, "that is not here"));
}

static void
a_release_cannot_be_forged_or_changed (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *path = jk_test_way_find (way, "released", ".jkrelease");
  g_autofree char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, "王一", 2);
  g_autofree char *changed = g_strconcat (parts[0], "王七", parts[1], NULL);
  const char *forged = jk_test_way_put (way, "forged.jkrelease", changed);
  check_exit (way, score (way, "results", "no", "--release", forged, NULL), JK_EXIT_REFUSED);
  assert_non_null (strstr (way->said->err, "it was changed"));
  check_exit (way, score (way, "results", "no", "--release", "nowhere", NULL), JK_EXIT_STORAGE);
  check_exit (way, score (way, "results", "no", "--sheet", "nowhere", NULL), JK_EXIT_STORAGE);
  check_exit (way, score (way, "results", "no", "--sheet", forged, NULL), JK_EXIT_REFUSED);
  assert_false (jk_test_way_has (way, "no"));
}

static void
one_person_or_no_reason_is_not_enough (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, release (way, 0, "王一", "王一", "x"), JK_EXIT_USAGE);
  assert_non_null (strstr (way->said->err, "two different people"));
  check_exit (way, release (way, 0, "王一", "", "x"), JK_EXIT_USAGE);
  check_exit (way, release (way, 0, "王一", "李二", ""), JK_EXIT_USAGE);
  jk_test_way_expect (way,
                      JK_EXIT_USAGE,
                      "score",
                      "release",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--centre",
                      "x",
                      "--by",
                      "A",
                      "--reason",
                      "x",
                      "--out",
                      "x",
                      "x",
                      NULL);
  assert_non_null (strstr (way->said->err, "--by twice"));
}

static void
needed_options_are_asked_for (void **state)
{
  JkTestWay *way = *state;
  const char *const names[] = { "--session", "--authorities", "--centre", "--reason", "--out" };

  for (guint left_out = 0; left_out < G_N_ELEMENTS (names); left_out++) {
    const char *arguments[2 * G_N_ELEMENTS (names) + 4] = { "score", "release" };
    guint n = 2;
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
      if (i == left_out)
        continue;
      arguments[n++] = names[i];
      arguments[n++] = "x";
    }
    arguments[n++] = "file";
    assert_int_equal (jk_test_said_run_list (way->said, arguments), JK_EXIT_USAGE);
    assert_non_null (strstr (way->said->err, names[left_out]));
  }
}

static void
only_a_result_that_verifies_is_released (void **state)
{
  JkTestWay *way = *state;
  const char *garbage = jk_test_way_put (way, "garbage.jkresult", "garbage");

  for (guint i = 0; i < 3; i++) {
    check_exit (way,
                jk_test_said_run (way->said,
                                  "score",
                                  "release",
                                  "--session",
                                  i == 1 ? garbage : way->session,
                                  "--authorities",
                                  PATH ("pinned"),
                                  "--centre",
                                  PATH ("office/centre.jkkey"),
                                  "--secrets",
                                  PATH (i == 0 ? "secrets/wrong" : "secrets/office"),
                                  "--by",
                                  "A",
                                  "--by",
                                  "B",
                                  "--reason",
                                  "x",
                                  "--out",
                                  PATH ("no"),
                                  garbage,
                                  NULL),
                i == 0 ? JK_EXIT_SECRET : JK_EXIT_REFUSED);
  }
  assert_false (jk_test_way_has (way, "no"));
}

int
main (void)
{
  /* Some go on from what the one before made. */
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (without_a_sheet_all_is_provisional),
    cmocka_unit_test (what_the_sheet_names_is_final),
    cmocka_unit_test (two_sheets_that_contradict_leave_all_provisional),
    cmocka_unit_test (a_seat_recovered_a_day_later_counts_with_its_sheet),
    cmocka_unit_test (a_lost_sheet_made_again_by_others_counts),
    cmocka_unit_test (two_people_release_what_no_sheet_names),
    cmocka_unit_test (a_release_cannot_be_forged_or_changed),
    cmocka_unit_test (one_person_or_no_reason_is_not_enough),
    cmocka_unit_test (needed_options_are_asked_for),
    cmocka_unit_test (only_a_result_that_verifies_is_released),
  };

  return cmocka_run_group_tests_name ("command-score-release",
                                      tests,
                                      jk_test_way_setup_sat,
                                      jk_test_way_teardown);
}
