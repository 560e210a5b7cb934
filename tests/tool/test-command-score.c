/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-score.c */
#include "tool/commands.h"

#include "way.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#define PATH(name) jk_test_way_path (way, name)

static const char *const defaults[][2] = {
  { "--keys", "office/bank.jkkeys" }, { "--centre", "office/centre.jkkey" },
  { "--authorities", "pinned" },      { "--results", "results" },
  { "--secrets", "secrets/office" },
};

/* Scores into a folder, with one option changed (NULL: none). */
static int
score (JkTestWay *way, const char *out, const char *option, const char *value, const char *json)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, (char *) "score");
  if (json != NULL)
    g_ptr_array_add (arguments, (char *) json);
  g_ptr_array_add (arguments, (char *) "--session");
  g_ptr_array_add (arguments, way->session);
  g_ptr_array_add (arguments, (char *) "--bank");
  g_ptr_array_add (arguments, way->bank);
  g_ptr_array_add (arguments, (char *) "--out");
  g_ptr_array_add (arguments, (char *) PATH (out));
  for (guint n = 0; n < G_N_ELEMENTS (defaults); n++) {
    gboolean changed = g_strcmp0 (option, defaults[n][0]) == 0;
    g_ptr_array_add (arguments, (char *) defaults[n][0]);
    g_ptr_array_add (arguments, (char *) PATH (changed ? value : defaults[n][1]));
  }
  g_ptr_array_add (arguments, NULL);
  return jk_test_said_run_list (way->said, (const char *const *) arguments->pdata);
}

static void
check_exit (const JkTestWay *way, int found, int expected)
{
  if (found != expected)
    print_error ("exit %d\n%s%s", found, way->said->out, way->said->err);
  assert_int_equal (found, expected);
}

/* The row of scores.csv for candidate n, as cells. */
static GStrv
read_row (JkTestWay *way, const char *folder, guint n)
{
  g_autofree char *name = g_build_filename (folder, "scores.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  assert_true (g_file_get_contents (PATH (name), &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  assert_true (g_strv_length (lines) >= n + 2);
  return g_strsplit (lines[n + 1], ",", -1);
}

/* Cells 4 to 6 are the sections, 7 the total. */
static void
all_right_is_full_marks_and_all_wrong_none_by_section (void **state)
{
  JkTestWay *way = *state;
  g_auto (GStrv) right = NULL;
  g_auto (GStrv) wrong = NULL;

  check_exit (way, score (way, "scores", NULL, NULL, NULL), JK_EXIT_OK);
  assert_true (g_str_has_prefix (way->said->out, "scored: 3\nabsent: 3\nquarantined: 0\n"));
  right = read_row (way, "scores", 0);
  wrong = read_row (way, "scores", 1);
  assert_string_equal (right[4], "\"2\"");
  assert_string_equal (right[5], "\"3\"");
  assert_string_equal (right[6], "\"2\"");
  assert_string_equal (right[7], "\"7\"");
  for (guint n = 4; n <= 7; n++)
    assert_string_equal (wrong[n], "\"0\"");
}

static void
no_id_number_stands_in_the_tables (void **state)
{
  static const char *const names[] = { "private/scores.csv", "private/quarantine.csv" };
  JkTestWay *way = *state;

  check_exit (way, score (way, "private", NULL, NULL, NULL), JK_EXIT_OK);
  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    g_autofree char *text = NULL;
    struct stat info;

    assert_true (g_file_get_contents (PATH (names[n]), &text, NULL, NULL));
    for (guint i = 0; i < jk_test_exam_get_n_candidates (way->exam); i++)
      assert_null (strstr (text, jk_test_exam_get_candidate (way->exam, i)->id_number));
    assert_int_equal (stat (PATH (names[n]), &info), 0);
    assert_int_equal (info.st_mode & 0777, 0600);
  }
}

static void
facts_with_json_are_one_object (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, score (way, "objects", NULL, NULL, "--json"), JK_EXIT_OK);
  assert_true (g_str_has_prefix (way->said->out, "{\"scored\":3,\"absent\":3,"));
  jk_test_said_check_json (way->said, FALSE);
}

static void
tables_are_never_replaced (void **state)
{
  static const char *const names[] = { "scores.csv", "quarantine.csv", "files.csv" };
  JkTestWay *way = *state;

  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    g_autofree char *folder = g_strdup_printf ("taken-%u", n);
    g_autofree char *name = g_build_filename (folder, names[n], NULL);
    g_autofree char *other = g_build_filename (folder, names[(n + 1) % 3], NULL);
    g_autofree char *text = NULL;

    jk_test_way_put (way, name, "precious");
    check_exit (way, score (way, folder, NULL, NULL, NULL), JK_EXIT_STORAGE);
    assert_true (g_file_get_contents (PATH (name), &text, NULL, NULL));
    assert_string_equal (text, "precious");
    assert_false (jk_test_way_has (way, other));
  }
}

static char *
read_first_result (JkTestWay *way, gsize *out_size)
{
  g_autofree char *path = jk_test_way_find (way, "results", "-01-0-s1.jkresult");
  char *bytes = NULL;

  assert_true (g_file_get_contents (path, &bytes, out_size, NULL));
  return bytes;
}

static void
what_does_not_verify_is_in_quarantine (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *bytes = NULL;
  g_autofree char *list = NULL;
  gsize size;

  bytes = read_first_result (way, &size);
  bytes[size / 2] ^= 1;
  jk_test_way_put (way, "mixed/notes.txt", "not a result");
  assert_true (g_file_set_contents (PATH ("mixed/a.jkresult"), bytes, (gssize) size, NULL));
  assert_int_equal (g_mkdir_with_parents (PATH ("mixed/folder.jkresult"), 0700), 0);
  check_exit (way, score (way, "found", "--results", "mixed", NULL), JK_EXIT_FINDINGS);
  assert_non_null (strstr (way->said->out, "scored: 0\nabsent: 6\nquarantined: 2\n"));
  assert_non_null (strstr (way->said->err, "folder.jkresult"));
  assert_true (g_file_get_contents (PATH ("found/quarantine.csv"), &list, NULL, NULL));
  assert_non_null (strstr (list, "a.jkresult"));
  assert_non_null (strstr (list, "folder.jkresult"));
  assert_null (strstr (list, "notes.txt"));
  check_exit (way, score (way, "found-objects", "--results", "mixed", "--json"), JK_EXIT_FINDINGS);
  assert_string_equal (way->said->err, "");
  jk_test_said_check_json (way->said, FALSE);
}

static void
keys_and_files_are_judged_by_class (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, score (way, "no", "--secrets", "secrets/wrong", NULL), JK_EXIT_SECRET);
  check_exit (way, score (way, "no", "--centre", "other/centre.jkkey", NULL), JK_EXIT_SECRET);
  check_exit (way, score (way, "no", "--keys", "office/bank.jkbank", NULL), JK_EXIT_REFUSED);
  check_exit (way, score (way, "no", "--authorities", "nowhere", NULL), JK_EXIT_STORAGE);
  check_exit (way, score (way, "no", "--results", "nowhere", NULL), JK_EXIT_STORAGE);
  assert_false (jk_test_way_has (way, "no"));
  check_exit (way, score (way, "session.ini", NULL, NULL, NULL), JK_EXIT_STORAGE);
}

static void
a_disk_that_fails_leaves_all_tables_or_none (void **state)
{
  JkTestWay *way = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (way->exam));
  guint n_failed = 0;

  for (guint n = 1; n < 1000; n++) {
    g_autofree char *folder = g_strdup_printf ("torn-%u", n);
    g_autofree char *scores = g_build_filename (folder, "scores.csv", NULL);
    g_autofree char *quarantine = g_build_filename (folder, "quarantine.csv", NULL);
    g_autofree char *files = g_build_filename (folder, "files.csv", NULL);

    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    score (way, folder, NULL, NULL, NULL);
    if (!jk_test_storage_has_failed (disk))
      break;
    n_failed++;
    assert_int_equal (jk_test_way_has (way, scores), jk_test_way_has (way, quarantine));
    assert_int_equal (jk_test_way_has (way, scores), jk_test_way_has (way, files));
  }
  jk_test_storage_heal (disk);
  assert_in_range (n_failed, 20, 900);
}

static void
needed_options_are_asked_for (void **state)
{
  JkTestWay *way = *state;
  const char *const names[] = { "--session",     "--bank",    "--keys", "--centre",
                                "--authorities", "--results", "--out" };

  for (guint left_out = 0; left_out < G_N_ELEMENTS (names); left_out++) {
    const char *arguments[2 * G_N_ELEMENTS (names) + 2] = { "score" };
    guint n = 1;
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
      if (i == left_out)
        continue;
      arguments[n++] = names[i];
      arguments[n++] = "x";
    }
    assert_int_equal (jk_test_said_run_list (way->said, arguments), JK_EXIT_USAGE);
    assert_non_null (strstr (way->said->err, names[left_out]));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (all_right_is_full_marks_and_all_wrong_none_by_section),
    cmocka_unit_test (no_id_number_stands_in_the_tables),
    cmocka_unit_test (facts_with_json_are_one_object),
    cmocka_unit_test (tables_are_never_replaced),
    cmocka_unit_test (what_does_not_verify_is_in_quarantine),
    cmocka_unit_test (keys_and_files_are_judged_by_class),
    cmocka_unit_test (a_disk_that_fails_leaves_all_tables_or_none),
    cmocka_unit_test (needed_options_are_asked_for),
  };

  return cmocka_run_group_tests_name ("command-score",
                                      tests,
                                      jk_test_way_setup_sat,
                                      jk_test_way_teardown);
}
