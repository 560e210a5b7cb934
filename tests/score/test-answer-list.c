/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/answer-list.c */
#include "score/answer-list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum {
  SINGLE,
  MULTIPLE,
  JUDGE,
  LAST,
};

/* Shown as A: canonical option 2, and so on. */
static const JkPaperItem items[] = {
  { 4, JK_ITEM_SINGLE, 0, 4, 2, { 2, 0, 3, 1, 255, 255, 255, 255 } },
  { 5, JK_ITEM_MULTIPLE, 0, 5, 4, { 4, 3, 2, 1, 0, 255, 255, 255 } },
  { 6, JK_ITEM_JUDGE, 1, 2, 2, { 0, 1, 255, 255, 255, 255, 255, 255 } },
  { 7, JK_ITEM_JUDGE, 1, 2, 2, { 0, 1, 255, 255, 255, 255, 255, 255 } },
};

static int
setup (void **state)
{
  *state = jk_paper_new (items, G_N_ELEMENTS (items));
  return 0;
}

static int
teardown (void **state)
{
  jk_paper_free (*state);
  return 0;
}

/* Fails the test when the list has a fault. */
static JkAnswerList *
parse (const JkPaper *paper, const char *text)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkAnswerList *list = jk_answer_list_parse ("list.txt", text, paper, report);
  g_autofree char *faults = jk_report_dup_text (report);

  if (list == NULL)
    fail_msg ("%s", faults);
  return list;
}

static void
check_mask (const JkPaper *paper, const char *text, guint position, guint16 expected)
{
  g_autoptr (JkAnswerList) list = parse (paper, text);

  if (jk_answer_list_get (list, position) != expected)
    fail_msg ("“%s” gives %x", text, jk_answer_list_get (list, position));
}

/* One fault, whose sentence has these words. */
static void
check_fault (const JkPaper *paper, const char *text, const char *words)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkAnswerList) list = jk_answer_list_parse ("list.txt", text, paper, report);
  g_autofree char *faults = jk_report_dup_text (report);

  assert_null (list);
  assert_int_equal (jk_report_get_n_faults (report), 1);
  if (strstr (faults, words) == NULL)
    fail_msg ("“%s” lacks “%s”", faults, words);
  assert_true (g_str_has_prefix (faults, "list.txt: line "));
}

static void
an_empty_list_answers_nothing (void **state)
{
  g_autoptr (JkAnswerList) list = parse (*state, "");

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    assert_int_equal (jk_answer_list_get (list, i), 0);
  jk_answer_list_free (NULL);
}

static void
letters_are_those_that_were_shown (void **state)
{
  check_mask (*state, "1\tA", SINGLE, 1 << 2);
  check_mask (*state, "1\tD\n", SINGLE, 1 << 1);
  check_mask (*state, "2\tAE", MULTIPLE, 1 << 4 | 1 << 0);
  check_mask (*state, "2\tEDCBA", MULTIPLE, 0x1f);
}

static void
what_people_type_is_forgiven (void **state)
{
  static const char *const same[] = {
    "2\tAB",       "2 a b",  "２\tａＢ", "2. A, B", "2．Ａ、Ｂ",
    "  2:\tb/a  ", "2) B-A", "2AB",      "02\tAB",  "# a remark\n\n2\tAB\n\n",
    "2：ABBA。",
  };

  for (guint n = 0; n < G_N_ELEMENTS (same); n++)
    check_mask (*state, same[n], MULTIPLE, 1 << 4 | 1 << 3);
}

static void
judgements_are_read_in_words_and_signs (void **state)
{
  static const char *const right[] = { "A", "a", "正确", "对", "T", "true", "√", "✓", "Ａ" };
  static const char *const wrong[] = { "B", "b", "错误", "错", "F", "False", "×", "✗" };

  for (guint n = 0; n < G_N_ELEMENTS (right); n++) {
    g_autofree char *text = g_strdup_printf ("3\t%s", right[n]);
    check_mask (*state, text, JUDGE, 1);
  }
  for (guint n = 0; n < G_N_ELEMENTS (wrong); n++) {
    g_autofree char *text = g_strdup_printf ("4\t%s", wrong[n]);
    check_mask (*state, text, LAST, 2);
  }
}

static void
nothing_behind_a_number_is_unanswered (void **state)
{
  check_mask (*state, "1\t\n2\tA\n", SINGLE, 0);
  check_mask (*state, "1", SINGLE, 0);
  check_mask (*state, "3\t-", JUDGE, 0);
}

static void
a_line_that_cannot_be_meant_is_a_fault (void **state)
{
  check_fault (*state, "A", "line 1: found “A”; expected a question's number from 1 to 4");
  check_fault (*state, "1\tA\n0\tA", "line 2");
  check_fault (*state, "5\tA", "“5 A”");
  check_fault (*state, "4294967297\tA", "from 1 to 4");
  check_fault (*state, "18446744073709551617\tA", "from 1 to 4");
  check_fault (*state, "1\tE", "“E” as the answer to question 1; expected one letter from A to D");
  check_fault (*state, "1\tAB", "one letter");
  check_fault (*state, "2\tAF", "letters from A to E");
  check_fault (*state, "2\tA正", "letters from A to E");
  check_fault (*state, "3\tC", "正确 or 错误");
  check_fault (*state, "3\tAB", "正确 or 错误");
  check_fault (*state, "1\tA\n2\tA\n1\tA", "line 3: found question 1 again");
}

static void
all_faults_are_told_at_once (void **state)
{
  g_autoptr (JkReport) report = jk_report_new ();

  assert_null (jk_answer_list_parse ("list.txt", "9\tA\n1\tX\n3\tC\n\xff\n", *state, report));
  assert_int_equal (jk_report_get_n_faults (report), 4);
}

static void
every_difference_is_found_and_nothing_else (void **state)
{
  g_autoptr (JkAnswers) answers = jk_answers_new (*state);
  g_autoptr (JkAnswerList) list = parse (*state, "1\tB\n2\tAB\n4\tB\n");
  guint positions[G_N_ELEMENTS (items)];

  jk_answers_set (answers, SINGLE, 1 << 0);
  jk_answers_set (answers, MULTIPLE, 1 << 4 | 1 << 3);
  jk_answers_set (answers, LAST, 2);
  assert_int_equal (jk_answer_list_compare (list, answers, positions), 0);
  jk_answers_set (answers, MULTIPLE, 1 << 4);
  jk_answers_set (answers, JUDGE, 1);
  assert_int_equal (jk_answer_list_compare (list, answers, positions), 2);
  assert_int_equal (positions[0], MULTIPLE);
  assert_int_equal (positions[1], JUDGE);
  jk_answers_set (answers, SINGLE, 0);
  jk_answers_set (answers, LAST, 1);
  assert_int_equal (jk_answer_list_compare (list, answers, positions), 4);
}

static void
what_is_shown_reads_back_as_the_same (void **state)
{
  for (guint position = 0; position < G_N_ELEMENTS (items); position++) {
    for (guint mask = 0; mask < 1u << items[position].n_options; mask++) {
      if (!jk_answers_is_valid (*state, position, (guint16) mask))
        continue;
      g_autofree char *shown = jk_answer_list_dup_shown (*state, position, (guint16) mask);
      g_autofree char *line = g_strdup_printf ("%u\t%s\n", position + 1, shown);
      check_mask (*state, line, position, (guint16) mask);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_empty_list_answers_nothing),
    cmocka_unit_test (letters_are_those_that_were_shown),
    cmocka_unit_test (what_people_type_is_forgiven),
    cmocka_unit_test (judgements_are_read_in_words_and_signs),
    cmocka_unit_test (nothing_behind_a_number_is_unanswered),
    cmocka_unit_test (a_line_that_cannot_be_meant_is_a_fault),
    cmocka_unit_test (all_faults_are_told_at_once),
    cmocka_unit_test (every_difference_is_found_and_nothing_else),
    cmocka_unit_test (what_is_shown_reads_back_as_the_same),
  };

  return cmocka_run_group_tests_name ("answer-list", tests, setup, teardown);
}
