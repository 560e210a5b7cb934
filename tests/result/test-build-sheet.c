/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/build-sheet.c */
#include "result/build-sheet.h"
#include "result/refused.h"
#include "support/closing.h"

static void
what_a_reader_would_refuse_is_not_made (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);
  const JkSheetSigner chief = { closing->keys[0].sign, JK_ROLE_CHIEF };
  const JkSheetSigner proctor = { closing->keys[1].sign, JK_ROLE_PROCTOR };
  const JkSheetSigner fake = { closing->keys[2].sign, JK_ROLE_PROCTOR };
  const JkSheetRow row = jk_test_row (1, JK_SEAT_SEALED);
  const char *const seats[] = { "01" };
  const JkSheetContent good = { .number = 1 };
  const JkSheetContent bad = { .rows = &row, .seats = seats, .n_rows = 1, .number = 1 };
  const struct {
    const JkSheetContent *content;
    const JkSheetSigner *first, *second;
    gboolean alone;
    gint code;
  } cases[] = {
    { &bad, &chief, &proctor, FALSE, JK_RESULT_ERROR_CONTENT },
    { &good, &chief, &chief, FALSE, JK_RESULT_ERROR_CONTENT },
    { &good, &chief, &proctor, TRUE, JK_RESULT_ERROR_CONTENT },
    { &good, &chief, &fake, FALSE, JK_RESULT_ERROR_SIGNATURE },
    { &good, &fake, &chief, FALSE, JK_RESULT_ERROR_SIGNATURE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    assert_null (jk_sheet_build (closing->session,
                                 cases[i].content,
                                 cases[i].first,
                                 cases[i].second,
                                 cases[i].alone,
                                 &error));
    assert_true (g_error_matches (error, JK_RESULT_ERROR, cases[i].code));
  }
}

static void
every_pair_of_roles_may_sign (void **state)
{
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (exam, 0);

  for (guint i = 0; i < JK_ROLES * JK_ROLES; i++) {
    closing->first = (JkRoleName) (i / JK_ROLES + 1);
    closing->second = (JkRoleName) (i % JK_ROLES + 1);
    closing->alone = MAX (closing->first, closing->second) >= JK_ROLE_SPARE_1;
    if (closing->first == closing->second)
      continue;
    g_autoptr (JkSheet) sheet = jk_test_closing_make (closing, "a");
    assert_int_equal (jk_sheet_get_second_role (sheet), closing->second);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_a_reader_would_refuse_is_not_made),
    cmocka_unit_test (every_pair_of_roles_may_sign),
  };
  return cmocka_run_group_tests_name ("build-sheet", tests, set_up, tear_down);
}
