/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/page.c: every stage and state has its page. */
#include "desk/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
without_a_session_nothing_else_matters (void **state)
{
  const JkPageFacts facts = { .state = JK_STATE_RUNNING, .stage = JK_STAGE_OPEN };

  assert_int_equal (jk_page_choose (&facts), JK_PAGE_NO_SESSION);
}

static void
the_stage_is_shown_where_nobody_sits (void **state)
{
  static const JkPage wanted[JK_N_STAGES] = { JK_PAGE_CLOSED, JK_PAGE_LOG_IN, JK_PAGE_ENDED };

  for (JkStage stage = 0; stage < JK_N_STAGES; stage++) {
    JkPageFacts facts = { .has_seat = TRUE, .stage = stage };
    assert_int_equal (jk_page_choose (&facts), wanted[stage]);
    /* Nor where the candidate left, or logged in before a restart. */
    facts.state = JK_STATE_COLLECTED;
    facts.is_dismissed = TRUE;
    assert_int_equal (jk_page_choose (&facts), wanted[stage]);
    facts.state = JK_STATE_MOVED;
    assert_int_equal (jk_page_choose (&facts), wanted[stage]);
    facts.is_dismissed = FALSE;
    facts.state = JK_STATE_IDENTIFIED;
    assert_int_equal (jk_page_choose (&facts), wanted[stage]);
    facts.state = JK_STATE_READY;
    assert_int_equal (jk_page_choose (&facts), wanted[stage]);
  }
}

static void
a_sitting_is_shown_whatever_the_stage (void **state)
{
  static const JkPage wanted[JK_N_STATES] = {
    [JK_STATE_IDENTIFIED] = JK_PAGE_CONFIRM,  [JK_STATE_READY] = JK_PAGE_WAITING,
    [JK_STATE_RUNNING] = JK_PAGE_ANSWERING,   [JK_STATE_PAUSED] = JK_PAGE_PAUSED,
    [JK_STATE_HANDED_IN] = JK_PAGE_HANDED_IN, [JK_STATE_SEALED] = JK_PAGE_HANDED_IN,
    [JK_STATE_COLLECTED] = JK_PAGE_COLLECTED, [JK_STATE_MOVED] = JK_PAGE_MOVED,
  };

  for (JkStage stage = 0; stage < JK_N_STAGES; stage++) {
    for (JkState at = JK_STATE_IDENTIFIED; at < JK_N_STATES; at++) {
      const JkPageFacts facts = {
        .has_seat = TRUE,
        .has_entry = TRUE,
        .stage = stage,
        .state = at,
      };
      assert_int_equal (jk_page_choose (&facts), wanted[at]);
    }
  }
}

static void
one_that_stands_still_shows_no_question (void **state)
{
  JkPageFacts facts = { .has_seat = TRUE, .state = JK_STATE_RUNNING, .is_held = TRUE };

  assert_int_equal (jk_page_choose (&facts), JK_PAGE_HELD);
  facts.is_waiting = TRUE;
  assert_int_equal (jk_page_choose (&facts), JK_PAGE_ARRIVED);
}

static void
every_page_has_a_name_of_its_own (void **state)
{
  for (JkPage page = 0; page < JK_N_PAGES; page++) {
    assert_non_null (jk_page_get_name (page));
    for (JkPage other = 0; other < page; other++)
      assert_string_not_equal (jk_page_get_name (page), jk_page_get_name (other));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (without_a_session_nothing_else_matters),
    cmocka_unit_test (the_stage_is_shown_where_nobody_sits),
    cmocka_unit_test (a_sitting_is_shown_whatever_the_stage),
    cmocka_unit_test (one_that_stands_still_shows_no_question),
    cmocka_unit_test (every_page_has_a_name_of_its_own),
  };
  return cmocka_run_group_tests_name ("page", tests, NULL, NULL);
}
