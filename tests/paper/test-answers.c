/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/answers.c */
#include "paper/answers.h"

#include "check.h"

enum {
  SINGLE,
  MULTIPLE,
  JUDGE,
};

static const JkPaperItem items[] = {
  { 4, JK_ITEM_SINGLE, 0, 4, 2, { 2, 0, 3, 1, 255, 255, 255, 255 } },
  { 5, JK_ITEM_MULTIPLE, 0, 8, 4, { 7, 6, 5, 4, 3, 2, 1, 0 } },
  { 6, JK_ITEM_JUDGE, 1, 2, 2, { 0, 1, 255, 255, 255, 255, 255, 255 } },
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

static void
new_answers_are_empty (void **state)
{
  g_autoptr (JkAnswers) answers = jk_answers_new (*state);

  assert_int_equal (jk_answers_count_answered (answers), 0);
  for (guint i = 0; i < 3; i++)
    assert_int_equal (jk_answers_get (answers, i), 0);
  jk_answers_free (NULL);
}

static void
an_answer_is_kept_and_cleared (void **state)
{
  g_autoptr (JkAnswers) answers = jk_answers_new (*state);

  assert_true (jk_answers_set (answers, MULTIPLE, 0x81));
  assert_true (jk_answers_set (answers, JUDGE, 2));
  assert_int_equal (jk_answers_get (answers, MULTIPLE), 0x81);
  assert_int_equal (jk_answers_count_answered (answers), 2);
  assert_true (jk_answers_set (answers, MULTIPLE, 0));
  assert_int_equal (jk_answers_count_answered (answers), 1);
}

static void
every_mask_is_judged_rightly (void **state)
{
  for (guint mask = 0; mask <= G_MAXUINT16; mask++) {
    gboolean is_one = mask != 0 && (mask & (mask - 1)) == 0;
    guint16 short_mask = (guint16) mask;
    assert_int_equal (jk_answers_is_valid (*state, SINGLE, short_mask),
                      mask == 0 || (mask < 16 && is_one));
    assert_int_equal (jk_answers_is_valid (*state, MULTIPLE, short_mask), mask < 256);
    assert_int_equal (jk_answers_is_valid (*state, JUDGE, short_mask), mask <= 2);
  }
}

static void
an_impossible_answer_changes_nothing (void **state)
{
  g_autoptr (JkAnswers) answers = jk_answers_new (*state);

  assert_true (jk_answers_set (answers, SINGLE, 8));
  assert_false (jk_answers_set (answers, SINGLE, 16));
  assert_false (jk_answers_set (answers, SINGLE, 3));
  assert_false (jk_answers_set (answers, MULTIPLE, 0x100));
  assert_int_equal (jk_answers_get (answers, SINGLE), 8);
  assert_int_equal (jk_answers_count_answered (answers), 1);
}

static void
a_position_beyond_the_paper_is_refused (void **state)
{
  g_autoptr (JkAnswers) answers = jk_answers_new (*state);

  assert_false (jk_answers_is_valid (*state, 3, 1));
  assert_false (jk_answers_set (answers, G_MAXUINT, 1));
}

static void
letters_are_those_on_the_screen (void **state)
{
  static const struct {
    guint position;
    guint16 mask;
    const char *letters;
  } cases[] = {
    { SINGLE, 0, "" },  { SINGLE, 1, "B" },       { SINGLE, 4, "A" },
    { SINGLE, 8, "C" }, { MULTIPLE, 0x81, "AH" }, { MULTIPLE, 0xff, "ABCDEFGH" },
    { JUDGE, 1, "A" },  { JUDGE, 2, "B" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *letters = jk_answers_dup_letters (*state, cases[i].position, cases[i].mask);
    assert_string_equal (letters, cases[i].letters);
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (new_answers_are_empty, setup, teardown),
    cmocka_unit_test_setup_teardown (an_answer_is_kept_and_cleared, setup, teardown),
    cmocka_unit_test_setup_teardown (every_mask_is_judged_rightly, setup, teardown),
    cmocka_unit_test_setup_teardown (an_impossible_answer_changes_nothing, setup, teardown),
    cmocka_unit_test_setup_teardown (a_position_beyond_the_paper_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown (letters_are_those_on_the_screen, setup, teardown),
  };
  return cmocka_run_group_tests_name ("answers", tests, check_setup, NULL);
}
