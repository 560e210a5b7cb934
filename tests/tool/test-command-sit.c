/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/command-sit.c */
#include "tool/commands.h"

#include "way.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#define N_SAT 5 /* candidates that sit in the tests below */
#define PATH(name) jk_test_way_path (way, name)

static void
check_exit (const JkTestWay *way, int found, int expected)
{
  if (found != expected)
    print_error ("exit %d\n%s%s", found, way->said->out, way->said->err);
  assert_int_equal (found, expected);
}

static guint
count_lines (const char *text, const char *begin)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], begin) ? 1 : 0;
  return n;
}

/* What follows a tab on the line that begins so. */
static char *
dup_value (const char *text, const char *begin)
{
  const char *line = strstr (text, begin);

  assert_non_null (line);
  line += strlen (begin);
  return g_strndup (line, strcspn (line, "\n"));
}

static void
a_candidate_sits_from_log_in_to_receipt (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  check_exit (way, jk_test_way_sit (way, 0, NULL), JK_EXIT_OK);
  assert_true (g_str_has_prefix (way->said->out, "record\t0\t6\nresumed\t0\t0\nstate\trunning\n"));
  assert_int_equal (count_lines (way->said->out, "saved\t"), JK_TEST_EXAM_PAPER_ITEMS);
  assert_int_equal (count_lines (way->said->out, "receipt\t"), 1);
  assert_string_equal (way->said->err, "");
  name = dup_value (way->said->out, "result\t");
  path = g_build_filename ("results", name, NULL);
  assert_true (jk_test_way_has (way, path));
}

static void
events_with_json_are_an_object_each (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, jk_test_way_sit (way, 1, "--json", NULL), JK_EXIT_OK);
  assert_int_equal (count_lines (way->said->out, "{\"event\":\"saved\",\"position\":"),
                    JK_TEST_EXAM_PAPER_ITEMS);
  assert_non_null (strstr (way->said->out, "{\"event\":\"state\",\"state\":\"running\"}\n"));
  jk_test_said_check_json (way->said, TRUE);
}

static void
whoever_handed_in_gets_the_same_receipt_again (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *receipt = NULL;
  g_autofree char *again = NULL;
  g_autofree char *resumed = NULL;

  check_exit (way, jk_test_way_sit (way, 2, NULL), JK_EXIT_OK);
  receipt = dup_value (way->said->out, "receipt\t");
  check_exit (way, jk_test_way_sit (way, 2, NULL), JK_EXIT_OK);
  assert_int_equal (count_lines (way->said->out, "saved\t"), 0);
  assert_int_equal (count_lines (way->said->out, "found\t"), JK_TEST_EXAM_PAPER_ITEMS);
  assert_non_null (strstr (way->said->out, "state\tsealed\n"));
  again = dup_value (way->said->out, "receipt\t");
  assert_string_equal (again, receipt);
  check_exit (way, jk_test_way_sit (way, 2, "--resume", "2", NULL), JK_EXIT_OK);
  resumed = dup_value (way->said->out, "receipt\t");
  assert_string_equal (resumed, receipt);
}

/* Sits in a process of its own that is killed once n answers are saved; gives their lines. */
static char *
sit_and_be_killed (JkTestWay *way, guint candidate, guint n)
{
  GString *heard = g_string_new (NULL);
  char buffer[4096];
  int ends[2];
  int status;
  ssize_t got;
  pid_t child;

  assert_int_equal (pipe (ends), 0);
  child = fork ();
  assert_true (child >= 0);
  if (child == 0) {
    /* The words go to the pipe as they come, not to the memory of the test. */
    g_autofree char *store = g_strdup_printf ("store-%u", candidate);
    g_autofree char *seat = g_strdup_printf ("seat %u", candidate);
    g_autofree char *secrets = g_strdup_printf ("secrets/%u", candidate);
    JkTool tool = { .world = &way->world, .out = fdopen (ends[1], "w"), .err = stderr };
    const char *argv[] = { "jikaoctl",      "sit",
                           "--session",     way->session,
                           "--bank",        way->bank,
                           "--store",       PATH (store),
                           "--hardware",    seat,
                           "--authorities", PATH ("pinned"),
                           "--out",         PATH ("results"),
                           "--secrets",     PATH (secrets),
                           "--answers",     PATH ("office/right.txt"),
                           "--minutes",     "60",
                           "--speed",       "20000" };
    close (ends[0]);
    _exit (jk_tool_run (&tool, G_N_ELEMENTS (argv), (char **) argv));
  }
  close (ends[1]);
  while (count_lines (heard->str, "saved\t") < n &&
         (got = read (ends[0], buffer, sizeof buffer)) > 0)
    g_string_append_len (heard, buffer, got);
  kill (child, SIGKILL);
  while ((got = read (ends[0], buffer, sizeof buffer)) > 0)
    g_string_append_len (heard, buffer, got);
  close (ends[0]);
  assert_int_equal (waitpid (child, &status, 0), child);
  assert_true (WIFSIGNALED (status));
  return g_string_free (heard, FALSE);
}

static void
a_killed_sitting_goes_on_without_a_code (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *heard = sit_and_be_killed (way, 3, 2);
  g_auto (GStrv) lines = g_strsplit (heard, "\n", -1);
  const char *no_codes = jk_test_way_put (way, "secrets/none", "nothing=here\n");

  check_exit (way,
              jk_test_way_sit (way,
                               3,
                               "--resume",
                               "3",
                               "--answers",
                               PATH ("office/right.txt"),
                               "--secrets",
                               no_codes,
                               NULL),
              JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "state\trunning\n"));
  for (guint n = 0; lines[n] != NULL; n++) {
    g_auto (GStrv) words = g_strsplit (lines[n], "\t", -1);
    g_autofree char *found = NULL;
    if (g_strcmp0 (words[0], "saved") != 0)
      continue;
    found = g_strdup_printf ("\nfound\t%s\t%s\n", words[1], words[2]);
    assert_non_null (strstr (way->said->out, found));
  }
  assert_int_equal (count_lines (way->said->out, "receipt\t"), 1);
}

static void
wrong_codes_and_numbers_are_wrong_secrets (void **state)
{
  JkTestWay *way = *state;
  const char *const lines[] = { "room-code", "start-code", "admission", "id-number" };
  g_autofree char *text = NULL;

  assert_true (g_file_get_contents (PATH ("secrets/4"), &text, NULL, NULL));
  for (guint n = 0; n < G_N_ELEMENTS (lines); n++) {
    g_autofree char *missing = g_strdup (text);
    g_autofree char *wrong = g_strdup (text);
    char *at = strstr (missing, lines[n]);
    char *digit = strchr (strstr (wrong, lines[n]), '=') + 1;

    *at = '#';
    *digit = *digit == 'X' ? 'Y' : 'X';
    check_exit (way,
                jk_test_way_sit (way,
                                 4,
                                 "--secrets",
                                 jk_test_way_put (way, "secrets/missing", missing),
                                 NULL),
                JK_EXIT_SECRET);
    assert_non_null (strstr (way->said->err, lines[n]));
    check_exit (way,
                jk_test_way_sit (way,
                                 4,
                                 "--secrets",
                                 jk_test_way_put (way, "secrets/changed", wrong),
                                 NULL),
                JK_EXIT_SECRET);
    assert_string_equal (way->said->out, "");
  }
}

/* Both fail after the log-in: the store is there, and the start still needs code and candidate. */
/* On a station of its own, with these two halves. */
static int
sit_with_halves (JkTestWay *way,
                 const JkTestExam *exam,
                 const char *store,
                 const char *first,
                 const char *second)
{
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 0);
  g_autofree char *secrets =
      g_strdup_printf ("room-code=%s\nstart-code=%s\n%s%s\nadmission=%s\nid-number=%s\n",
                       jk_test_exam_get_room_code (exam, 0),
                       first,
                       second != NULL ? "start-code-2=" : "",
                       second != NULL ? second : "",
                       candidate->admission,
                       candidate->id_number);

  return jk_test_said_run (way->said,
                           "sit",
                           "--session",
                           jk_test_exam_get_session_path (exam, 0),
                           "--bank",
                           jk_test_exam_get_bank_path (exam),
                           "--store",
                           PATH (store),
                           "--hardware",
                           "seat of halves",
                           "--authorities",
                           jk_test_exam_get_authorities_path (exam),
                           "--out",
                           PATH ("results-of-halves"),
                           "--secrets",
                           jk_test_way_put (way, "secrets/halves", secrets),
                           "--speed",
                           "1000",
                           "--minutes",
                           "1",
                           NULL);
}

static void
a_start_code_in_two_halves_takes_both_in_either_order (void **state)
{
  JkTestWay *way = *state;
  const JkTestExamOptions options = { .n_first = 1, .rehearsal = TRUE, .halves = TRUE };
  g_autoptr (JkTestExam) exam = jk_test_exam_new_with (&options);
  const char *first = jk_test_exam_get_start_code (exam);
  const char *second = jk_test_exam_get_second_start_code (exam);

  check_exit (way, sit_with_halves (way, exam, "store-half", first, NULL), JK_EXIT_SECRET);
  assert_non_null (strstr (way->said->err, "start-code-2"));
  check_exit (way, sit_with_halves (way, exam, "store-half", first, first), JK_EXIT_SECRET);
  check_exit (way, sit_with_halves (way, exam, "store-half", second, first), JK_EXIT_OK);
  assert_int_equal (count_lines (way->said->out, "receipt\t"), 1);
}

static void
a_sitting_that_was_not_started_needs_its_own_candidate (void **state)
{
  JkTestWay *way = *state;

  check_exit (way,
              jk_test_way_sit (way, 4, "--resume", "4", "--secrets", PATH ("secrets/0"), NULL),
              JK_EXIT_SECRET);
  assert_non_null (strstr (way->said->err, "another record"));
  check_exit (way, jk_test_way_sit (way, 4, "--resume", "4", NULL), JK_EXIT_OK);
  assert_int_equal (count_lines (way->said->out, "receipt\t"), 1);
}

static void
a_file_of_secrets_for_all_is_refused (void **state)
{
  JkTestWay *way = *state;
  const char *open_to_all = jk_test_way_put (way, "secrets/open", "room-code=x\n");

  assert_int_equal (chmod (open_to_all, 0644), 0);
  check_exit (way, jk_test_way_sit (way, 0, "--secrets", open_to_all, NULL), JK_EXIT_REFUSED);
  check_exit (way,
              jk_test_way_sit (way, 0, "--secrets", open_to_all, "--json", NULL),
              JK_EXIT_REFUSED);
  jk_test_said_check_json (way->said, FALSE);
}

static void
wrong_use_is_told (void **state)
{
  JkTestWay *way = *state;
  const char *const rows[][2] = {
    { "--speed", "0" },     { "--speed", "100001" }, { "--minutes", "-1" },
    { "--minutes", "601" }, { "--rounds", "0" },     { "--rounds", "1001" },
    { "--resume", "-2" },   { "--minutes", "x" },    { "--nonsense", "yes" },
  };

  for (guint n = 0; n < G_N_ELEMENTS (rows); n++)
    check_exit (way, jk_test_way_sit (way, 0, rows[n][0], rows[n][1], NULL), JK_EXIT_USAGE);
  check_exit (way, jk_test_way_sit (way, 0, "--wrong", NULL), JK_EXIT_USAGE);
  check_exit (way, jk_test_way_sit (way, 0, "a-file", NULL), JK_EXIT_USAGE);
  jk_test_way_expect (way, JK_EXIT_USAGE, "sit", "--session", way->session, NULL);
  assert_non_null (strstr (way->said->err, "sit needs --bank"));
}

static void
files_are_judged_by_class (void **state)
{
  JkTestWay *way = *state;

  check_exit (way, jk_test_way_sit (way, 0, "--session", way->bank, NULL), JK_EXIT_REFUSED);
  check_exit (way, jk_test_way_sit (way, 0, "--session", PATH ("none"), NULL), JK_EXIT_STORAGE);
  check_exit (way,
              jk_test_way_sit (way, 0, "--authorities", PATH ("nowhere"), NULL),
              JK_EXIT_STORAGE);
  check_exit (way, jk_test_way_sit (way, 0, "--answers", PATH ("none"), NULL), JK_EXIT_STORAGE);
  check_exit (way,
              jk_test_way_sit (way, 0, "--answers", PATH ("session.ini"), NULL),
              JK_EXIT_REFUSED);
  check_exit (way,
              jk_test_way_sit (way, 0, "--store", PATH ("session.ini"), NULL),
              JK_EXIT_STORAGE);
  check_exit (way, jk_test_way_sit (way, 0, "--resume", "7", NULL), JK_EXIT_STORAGE);
  check_exit (way, jk_test_way_sit (way, 0, "--secrets", PATH ("none"), NULL), JK_EXIT_STORAGE);
  check_exit (way,
              jk_test_way_sit (way,
                               0,
                               "--store",
                               PATH ("store-fresh"),
                               "--bank",
                               PATH ("office/bank.jkbank"),
                               NULL),
              JK_EXIT_REFUSED);
}

static void
another_result_of_that_name_is_not_replaced (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  check_exit (way, jk_test_way_sit (way, 0, NULL), JK_EXIT_OK);
  name = dup_value (way->said->out, "result\t");
  path = g_build_filename ("elsewhere", name, NULL);
  jk_test_way_put (way, path, "precious");
  check_exit (way, jk_test_way_sit (way, 0, "--out", PATH ("elsewhere"), NULL), JK_EXIT_STORAGE);
  assert_true (g_file_get_contents (PATH (path), &text, NULL, NULL));
  assert_string_equal (text, "precious");
}

static void
only_a_rehearsal_may_be_hurried (void **state)
{
  JkTestWay *way = *state;
  const JkTestExamOptions options = { .seed = 9, .n_first = 1 };
  g_autoptr (JkTestExam) exam = jk_test_exam_new_with (&options);

  check_exit (way,
              jk_test_way_sit (way,
                               0,
                               "--session",
                               jk_test_exam_get_session_path (exam, 0),
                               "--authorities",
                               jk_test_exam_get_authorities_path (exam),
                               NULL),
              JK_EXIT_USAGE);
  assert_non_null (strstr (way->said->err, "--speed"));
}

static gboolean
file_holds (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return memmem (bytes, size, text, strlen (text)) != NULL;
}

/* Fails when a file below folder holds one of the texts, or has it in its name. */
static guint
check_without (const char *folder, const char *const *texts)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;
  const char *name;

  assert_non_null (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    for (guint n = 0; texts[n] != NULL; n++)
      assert_null (strstr (name, texts[n]));
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      n_files += check_without (path, texts);
      continue;
    }
    n_files++;
    for (guint n = 0; texts[n] != NULL; n++) {
      if (file_holds (path, texts[n]))
        print_error ("%s holds %s\n", path, texts[n]);
      assert_false (file_holds (path, texts[n]));
    }
  }
  return n_files;
}

/* Runs last: everything said and every file that a station wrote. */
static void
no_secret_is_ever_printed_or_stored (void **state)
{
  JkTestWay *way = *state;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *envelopes = jk_test_way_find (way, "hall", "-envelopes.txt");
  guint n_candidates = jk_test_exam_get_n_candidates (way->exam);

  g_ptr_array_add (texts, way->room_code);
  g_ptr_array_add (texts, way->start_code);
  g_ptr_array_add (texts, (char *) "authority of the test");
  g_ptr_array_add (texts, (char *) "centre of the test");
  for (guint n = 0; n < n_candidates; n++)
    g_ptr_array_add (texts, (char *) jk_test_exam_get_candidate (way->exam, n)->id_number);
  g_ptr_array_add (texts, NULL);

  for (guint n = 0; texts->pdata[n] != NULL; n++)
    assert_null (strstr (way->said->everything->str, texts->pdata[n]));
  for (guint n = 0; n < N_SAT; n++) {
    g_autofree char *store = g_strdup_printf ("store-%u", n);
    assert_in_range (check_without (PATH (store), (const char *const *) texts->pdata), 1, 100);
  }
  assert_in_range (check_without (PATH ("results"), (const char *const *) texts->pdata), 4, 100);
  check_without (PATH ("office"), (const char *const *) texts->pdata);

  /* The envelopes are the one place where codes stand. */
  assert_true (file_holds (envelopes, way->start_code));
  assert_int_equal (g_unlink (envelopes), 0);
  check_without (PATH ("hall"), (const char *const *) texts->pdata);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_candidate_sits_from_log_in_to_receipt),
    cmocka_unit_test (events_with_json_are_an_object_each),
    cmocka_unit_test (whoever_handed_in_gets_the_same_receipt_again),
    cmocka_unit_test (a_killed_sitting_goes_on_without_a_code),
    cmocka_unit_test (wrong_codes_and_numbers_are_wrong_secrets),
    cmocka_unit_test (a_start_code_in_two_halves_takes_both_in_either_order),
    cmocka_unit_test (a_sitting_that_was_not_started_needs_its_own_candidate),
    cmocka_unit_test (a_file_of_secrets_for_all_is_refused),
    cmocka_unit_test (wrong_use_is_told),
    cmocka_unit_test (files_are_judged_by_class),
    cmocka_unit_test (another_result_of_that_name_is_not_replaced),
    cmocka_unit_test (only_a_rehearsal_may_be_hurried),
    cmocka_unit_test (no_secret_is_ever_printed_or_stored),
  };

  return cmocka_run_group_tests_name ("command-sit",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
