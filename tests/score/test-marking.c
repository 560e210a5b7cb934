/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/marking.c */
#include "score/marking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static JkPaperItem
item (JkItemType type, guint8 half_points)
{
  return (JkPaperItem){ .type = type, .n_options = 4, .half_points = half_points };
}

static void
an_equal_answer_has_the_full_points (void **state)
{
  const JkPaperItem single = item (JK_ITEM_SINGLE, 2);
  const JkPaperItem multiple = item (JK_ITEM_MULTIPLE, 4);
  const JkPaperItem judge = item (JK_ITEM_JUDGE, 1);

  assert_int_equal (jk_marking_score (&single, 4, 4, JK_MARKING_ALL_OR_NOTHING, 0), 2);
  assert_int_equal (jk_marking_score (&multiple, 5, 5, JK_MARKING_ALL_OR_NOTHING, 0), 4);
  assert_int_equal (jk_marking_score (&multiple, 5, 5, JK_MARKING_PARTIAL, 1), 4);
  assert_int_equal (jk_marking_score (&judge, 2, 2, JK_MARKING_PARTIAL, 1), 1);
}

static void
no_answer_has_no_points (void **state)
{
  const JkPaperItem multiple = item (JK_ITEM_MULTIPLE, 4);
  assert_int_equal (jk_marking_score (&multiple, 5, 0, JK_MARKING_ALL_OR_NOTHING, 0), 0);
  assert_int_equal (jk_marking_score (&multiple, 5, 0, JK_MARKING_PARTIAL, 1), 0);
}

static void
all_or_nothing_gives_nothing_for_some (void **state)
{
  const JkPaperItem multiple = item (JK_ITEM_MULTIPLE, 4);

  for (guint16 answer = 0; answer < 16; answer++)
    assert_int_equal (jk_marking_score (&multiple, 7, answer, JK_MARKING_ALL_OR_NOTHING, 1),
                      answer == 7 ? 4 : 0);
}

static void
partial_gives_points_for_each_right_option (void **state)
{
  const JkPaperItem multiple = item (JK_ITEM_MULTIPLE, 4);

  assert_int_equal (jk_marking_score (&multiple, 7, 1, JK_MARKING_PARTIAL, 1), 1);
  assert_int_equal (jk_marking_score (&multiple, 7, 5, JK_MARKING_PARTIAL, 1), 2);
  assert_int_equal (jk_marking_score (&multiple, 7, 7, JK_MARKING_PARTIAL, 1), 4);
}

static void
a_wrong_option_takes_all_points (void **state)
{
  const JkPaperItem multiple = item (JK_ITEM_MULTIPLE, 4);

  for (guint16 answer = 8; answer < 16; answer++)
    assert_int_equal (jk_marking_score (&multiple, 7, answer, JK_MARKING_PARTIAL, 1), 0);
}

static void
some_never_earns_what_all_do (void **state)
{
  const JkPaperItem multiple = item (JK_ITEM_MULTIPLE, 2);
  const JkPaperItem worthless = item (JK_ITEM_MULTIPLE, 0);

  assert_int_equal (jk_marking_score (&multiple, 7, 3, JK_MARKING_PARTIAL, 1), 1);
  assert_int_equal (jk_marking_score (&multiple, 7, 1, JK_MARKING_PARTIAL, 9), 1);
  assert_int_equal (jk_marking_score (&worthless, 7, 1, JK_MARKING_PARTIAL, 9), 0);
}

static void
an_item_without_a_key_gives_nobody_points (void **state)
{
  const JkPaperItem single = item (JK_ITEM_SINGLE, 2);

  for (guint16 answer = 0; answer < 16; answer++)
    assert_int_equal (jk_marking_score (&single, 0, answer, JK_MARKING_ALL_OR_NOTHING, 0), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_equal_answer_has_the_full_points),
    cmocka_unit_test (no_answer_has_no_points),
    cmocka_unit_test (all_or_nothing_gives_nothing_for_some),
    cmocka_unit_test (partial_gives_points_for_each_right_option),
    cmocka_unit_test (a_wrong_option_takes_all_points),
    cmocka_unit_test (some_never_earns_what_all_do),
    cmocka_unit_test (an_item_without_a_key_gives_nobody_points),
  };
  return cmocka_run_group_tests_name ("marking", tests, NULL, NULL);
}
