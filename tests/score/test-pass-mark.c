/* SPDX-License-Identifier: Apache-2.0 */
/* tests of score/centre.c with a policy of its own */
#include "score/marked.h"

/* No total of this paper is 60 % of it, so the whole of it is asked for here. */
static void
a_total_at_the_pass_mark_passes (void **state)
{
  Marked strict;

  marked_init (&strict, FALSE);
  ((JkPolicy *) jk_session_get_policy (jk_centre_get_session (strict.centre)))->pass_percent = 100;
  for (guint n_wrong = 0; n_wrong < 2; n_wrong++) {
    g_autoptr (JkTestHandedIn) sitting =
        hand_in (&strict, n_wrong, JK_TEST_EXAM_PAPER_ITEMS - n_wrong);
    g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
    JkScore score;
    assert_true (jk_centre_score (strict.centre, "r", bytes, &score, NULL));
    assert_int_equal (score.passed, n_wrong == 0);
    jk_score_clear (&score);
  }
  marked_clear (&strict);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_total_at_the_pass_mark_passes),
  };
  return cmocka_run_group_tests_name ("score/pass-mark", tests, NULL, NULL);
}
