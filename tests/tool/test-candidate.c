/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/candidate.c, through the command that gives it a sitting */
#include "tool/candidate.h"

#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define PATH(name) jk_test_way_path (way, name)
#define MS_PER_MIN 60000

/* One line about an answer. */
typedef struct {
  guint64 position;
  guint64 mask;
  guint64 given_ms;
  guint64 exam_ms;
} Saved;

static GArray *
read_saved (const JkTestWay *way)
{
  GArray *saved = g_array_new (FALSE, FALSE, sizeof (Saved));
  g_auto (GStrv) lines = g_strsplit (way->said->out, "\n", -1);

  for (guint n = 0; lines[n] != NULL; n++) {
    g_auto (GStrv) words = g_strsplit (lines[n], "\t", -1);
    Saved row;
    if (g_strcmp0 (words[0], "saved") != 0)
      continue;
    assert_int_equal (g_strv_length (words), 5);
    row.position = g_ascii_strtoull (words[1], NULL, 10);
    row.mask = g_ascii_strtoull (words[2], NULL, 10);
    row.given_ms = g_ascii_strtoull (words[3], NULL, 10);
    row.exam_ms = g_ascii_strtoull (words[4], NULL, 10);
    g_array_append_val (saved, row);
  }
  return saved;
}

static GArray *
sit (JkTestWay *way, guint n, const char *option, const char *value, const char *minutes)
{
  int found = jk_test_way_sit (way, n, "--minutes", minutes, option, value, NULL);

  if (found != JK_EXIT_OK)
    print_error ("%s%s", way->said->out, way->said->err);
  assert_int_equal (found, JK_EXIT_OK);
  return read_saved (way);
}

/* Exam time at the hand-in, as the centre reads it. */
static guint64
read_hand_in_ms (JkTestWay *way, guint n)
{
  g_autofree char *ending = g_strdup_printf ("-01-%u-s1.jkresult", n);
  g_autofree char *path = jk_test_way_find (way, "results", ending);
  const char *line;

  jk_test_way_expect (way,
                      JK_EXIT_OK,
                      "result",
                      "verify",
                      "--session",
                      way->session,
                      "--authorities",
                      PATH ("pinned"),
                      "--centre",
                      PATH ("office/centre.jkkey"),
                      "--secrets",
                      PATH ("secrets/office"),
                      path,
                      NULL);
  line = strstr (way->said->out, "exam-ms: ");
  assert_non_null (line);
  return g_ascii_strtoull (line + strlen ("exam-ms: "), NULL, 10);
}

static void
every_item_is_answered_in_order (void **state)
{
  JkTestWay *way = *state;
  g_autoptr (GArray) saved = sit (way, 0, "--seed", "3", "30");

  assert_int_equal (saved->len, JK_TEST_EXAM_PAPER_ITEMS);
  for (guint n = 0; n < saved->len; n++) {
    const Saved *row = &g_array_index (saved, Saved, n);
    assert_int_equal (row->position, n);
    assert_in_range (row->mask, 1, 15);
    assert_true (row->exam_ms >= row->given_ms);
    assert_true (row->given_ms >= (guint64) n * 30 * MS_PER_MIN / JK_TEST_EXAM_PAPER_ITEMS);
  }
}

static void
the_paper_may_be_answered_several_times (void **state)
{
  JkTestWay *way = *state;
  g_autoptr (GArray) saved = sit (way, 1, "--rounds", "3", "0");

  assert_int_equal (saved->len, 3 * JK_TEST_EXAM_PAPER_ITEMS);
  for (guint n = 0; n < saved->len; n++)
    assert_int_equal (g_array_index (saved, Saved, n).position, n % JK_TEST_EXAM_PAPER_ITEMS);
}

static void
exam_time_is_printed_while_it_passes (void **state)
{
  JkTestWay *way = *state;
  const char *nothing = jk_test_way_put (way, "nothing.txt", "Z-9\tA\n");
  g_auto (GStrv) lines = NULL;
  guint64 last_ms = 0;
  guint n_ticks = 0;

  assert_int_equal (jk_test_way_sit (way, 5, "--ticks", "--answers", nothing, NULL), JK_EXIT_OK);
  lines = g_strsplit (way->said->out, "\n", -1);
  for (guint n = 0; lines[n] != NULL; n++) {
    guint64 exam_ms;
    if (!g_str_has_prefix (lines[n], "time\t"))
      continue;
    exam_ms = g_ascii_strtoull (lines[n] + strlen ("time\t"), NULL, 10);
    assert_true (exam_ms >= last_ms);
    last_ms = exam_ms;
    n_ticks++;
  }
  assert_in_range (n_ticks, 2, 30 * 60 + 60);
  assert_in_range (last_ms, 1, 31 * MS_PER_MIN);
}

/* Whoever knows the answer to nothing hands in nothing, and not before the door opens. */
static void
a_hand_in_waits_until_it_is_allowed (void **state)
{
  JkTestWay *way = *state;
  const char *nothing = jk_test_way_put (way, "nothing.txt", "Z-9\tA\n");
  g_autoptr (GArray) saved = sit (way, 2, "--answers", nothing, "0");

  assert_int_equal (saved->len, 0);
  assert_in_range (read_hand_in_ms (way, 2), 30 * MS_PER_MIN, 90 * MS_PER_MIN - 1);
}

static void
who_is_too_slow_is_handed_in_when_time_is_up (void **state)
{
  JkTestWay *way = *state;
  g_autoptr (GArray) saved = sit (way, 3, "--seed", "3", "200");

  assert_in_range (saved->len, 1, JK_TEST_EXAM_PAPER_ITEMS - 1);
  assert_in_range (read_hand_in_ms (way, 3), 90 * MS_PER_MIN, 200 * MS_PER_MIN);
}

static void
an_impossible_answer_stops_the_script_not_the_sitting (void **state)
{
  JkTestWay *way = *state;
  g_autofree char *text = NULL;
  g_autoptr (GString) answers = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  assert_true (g_file_get_contents (PATH ("office/right.txt"), &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint n = 0; lines[n] != NULL && lines[n][0] != '\0'; n++)
    g_string_append_printf (answers, "%.*s\tH\n", (int) strcspn (lines[n], "\t"), lines[n]);
  assert_int_equal (
      jk_test_way_sit (way, 4, "--answers", jk_test_way_put (way, "h.txt", answers->str), NULL),
      JK_EXIT_FINDINGS);
  assert_null (strstr (way->said->out, "saved"));
  assert_null (strstr (way->said->out, "receipt"));
  assert_int_equal (jk_test_way_sit (way, 4, "--resume", "4", NULL), JK_EXIT_OK);
  assert_non_null (strstr (way->said->out, "receipt"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_item_is_answered_in_order),
    cmocka_unit_test (the_paper_may_be_answered_several_times),
    cmocka_unit_test (exam_time_is_printed_while_it_passes),
    cmocka_unit_test (a_hand_in_waits_until_it_is_allowed),
    cmocka_unit_test (who_is_too_slow_is_handed_in_when_time_is_up),
    cmocka_unit_test (an_impossible_answer_stops_the_script_not_the_sitting),
  };

  return cmocka_run_group_tests_name ("candidate",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
