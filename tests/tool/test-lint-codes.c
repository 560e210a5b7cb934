/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/lint-codes.c */
#include "tool/lint-codes.h"

#include "linted.h"

/* Opens hall 01 with an office file that a test may have changed. */
static void
open_codes (const JkTestExam *exam, const JkOffice *office, JkLintCodes *codes, JkReport *report)
{
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  const JkOfficeHall *hall = jk_lint_codes_find_hall (office, session);

  assert_non_null (hall);
  jk_lint_codes_open (jk_test_exam_get_world (exam), office, hall, session, report, codes);
}

static void
the_codes_of_a_build_open_its_session (void **state)
{
  g_auto (JkLintCodes) codes = { NULL };
  g_autoptr (JkReport) report = jk_report_new ();

  open_codes (*state, jk_test_exam_get_office (*state), &codes, report);
  assert_says (report, NULL);
  assert_non_null (codes.roster_key);
  assert_non_null (codes.paper_key);
  assert_int_equal (jk_roll_get_n (codes.roll), 6);
}

static void
each_code_that_does_not_open_is_told (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkOffice) office = open_office (exam);
  JkOfficeHall *first = g_ptr_array_index (office->halls, 0);
  JkOfficeHall *second = g_ptr_array_index (office->halls, 1);
  g_auto (JkLintCodes) codes = { NULL };
  g_autoptr (JkReport) report = jk_report_new ();
  JkSecret *kept = first->room_code;

  /* Codes with a good check letter, but of something else. */
  first->room_code = second->room_code;
  second->room_code = kept;
  kept = office->start_code;
  office->start_code = first->passcodes[0];
  first->passcodes[0] = kept;
  open_codes (exam, office, &codes, report);
  assert_int_equal (jk_report_get_n_faults (report), 3);
  assert_says (report, "The room code is not that of session");
  assert_says (report, "The start code is not that of session");
  assert_says (report, "Passcode of chief: ");
  assert_null (codes.roster_key);
  assert_null (codes.paper_key);
  assert_non_null (codes.roll); /* with the next passcode */
}

/* As where a backup of the office file lies beside an amendment that added a role. */
static void
a_role_without_a_passcode_is_told (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkOffice) office = open_office (exam);
  JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);
  g_auto (JkLintCodes) codes = { NULL };
  g_autoptr (JkReport) report = jk_report_new ();

  hall->n_passcodes--;
  open_codes (exam, office, &codes, report);
  hall->n_passcodes++;
  assert_int_equal (jk_report_get_n_faults (report), 1);
  assert_says (report, "roles of which the office file has no passcode");
  assert_non_null (codes.roll);
}

static void
without_any_passcode_there_is_no_roll (void **state)
{
  g_autoptr (JkOffice) office = open_office (*state);
  JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);
  g_auto (JkLintCodes) codes = { NULL };
  g_autoptr (JkReport) report = jk_report_new ();
  JkSecret *first = hall->passcodes[0];

  memmove (hall->passcodes, hall->passcodes + 1, (JK_ROLES - 1) * sizeof hall->passcodes[0]);
  hall->passcodes[JK_ROLES - 1] = first;
  open_codes (*state, office, &codes, report);
  assert_int_equal (jk_report_get_n_faults (report), JK_ROLES);
  assert_null (codes.roll);
  assert_non_null (codes.roster_key);
}

static void
the_office_file_of_another_session_has_no_hall (void **state)
{
  g_autoptr (JkOffice) office = open_office (*state);
  JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);

  office->id[0] ^= 1;
  assert_null (jk_lint_codes_find_hall (office, jk_test_exam_get_session (*state, 0)));
  office->id[0] ^= 1;
  hall->name[0] = 'x';
  assert_null (jk_lint_codes_find_hall (office, jk_test_exam_get_session (*state, 0)));
  assert_non_null (jk_lint_codes_find_hall (office, jk_test_exam_get_session (*state, 1)));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_codes_of_a_build_open_its_session),
    cmocka_unit_test (each_code_that_does_not_open_is_told),
    cmocka_unit_test (a_role_without_a_passcode_is_told),
    cmocka_unit_test (without_any_passcode_there_is_no_roll),
    cmocka_unit_test (the_office_file_of_another_session_has_no_hall),
  };

  return cmocka_run_group_tests_name ("lint-codes", tests, set_up, tear_down);
}
