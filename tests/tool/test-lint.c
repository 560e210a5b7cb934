/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/lint.c */
#include "tool/lint.h"

#include "linted.h"
#include "session/error.h"

#include <errno.h>

/* A lint of the exam that a test may change before it begins. */
typedef struct {
  /* Owned */
  JkReport *report;
  JkRoster *roster;
  JkOffice *office;
  JkLint *lint;
  /* Plain */
  JkLintInputs inputs;
} Run;

/* The roster with one text in the place of another; both NULL: as it is. */
static void
run_init (Run *self, const JkTestExam *exam, const char *old, const char *new)
{
  g_autoptr (GBytes) bytes =
      jk_test_folder_get_bytes (jk_test_exam_get_folder (exam), "roster.csv");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, old != NULL ? old : "\n", 2);
  g_autofree char *edited = g_strjoinv (old != NULL ? new : "\n", parts);
  g_autoptr (GBytes) edited_bytes = g_bytes_new (edited, strlen (edited));

  assert_int_equal (g_strv_length (parts), 2);
  *self = (Run){ .report = jk_report_new (), .office = open_office (exam) };
  self->roster = jk_roster_parse ("roster.csv", edited_bytes, NULL, 0, 20210424, 0, self->report);
  assert_says (self->report, NULL);
  self->inputs = (JkLintInputs){
    .world = jk_test_exam_get_world (exam),
    .office = self->office,
    .roster = self->roster,
    .roster_file = "roster.csv",
    .bank_file = jk_test_exam_get_bank_path (exam),
    .report = self->report,
    .n_threads = 2,
  };
}

static void
run_clear (Run *self)
{
  jk_lint_free (self->lint);
  jk_office_free (self->office);
  jk_roster_free (self->roster);
  jk_report_free (self->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static JkLintHall
take (Run *self, const JkTestExam *exam, guint hall)
{
  g_autoptr (GError) error = NULL;
  JkLintHall counts;

  if (self->lint == NULL)
    self->lint = jk_lint_new (&self->inputs);
  if (!jk_lint_take (self->lint, jk_test_exam_get_session (exam, hall), &counts, &error))
    fail_msg ("%s", error->message);
  return counts;
}

static void
a_good_session_has_notices_only (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;

  run_init (&run, exam, NULL, NULL);
  run.inputs.source = jk_test_exam_get_source (exam);
  JkLintHall first = take (&run, exam, 0);
  JkLintHall second = take (&run, exam, 1);
  jk_lint_finish (run.lint);
  assert_int_equal (first.n_candidates, 4);
  assert_int_equal (first.n_logged_in, 4);
  assert_int_equal (first.n_records, 6);
  assert_int_equal (first.n_spares, 2);
  assert_int_equal (first.n_unowned, 0);
  assert_int_equal (first.n_papers, 6);
  assert_int_equal (first.n_photos, 1);
  assert_int_equal (second.n_photos, 0);
  assert_int_equal (second.n_candidates, 2);
  assert_int_equal (second.n_papers, 4);
  assert_int_equal (jk_report_get_n_faults (run.report), 0);
  assert_says (run.report, "A-A judge: found 1 items of 1 in each paper: no choice");
  assert_int_equal (jk_exposure_get_n (jk_lint_get_exposure (run.lint)), 10);
  assert_string_equal (jk_lint_get_label (run.lint, 0), "01/0");
  assert_string_equal (jk_lint_get_label (run.lint, 5), "01/5");
  assert_string_equal (jk_lint_get_label (run.lint, 9), "02/3");
  assert_true (jk_lint_get_seat_bytes (run.lint) > 1 << 20);
  jk_lint_free (NULL);
}

static void
neighbours_are_candidates_of_one_hall (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;
  JkOverlap overlap;

  run_init (&run, exam, NULL, NULL);
  take (&run, exam, 0);
  take (&run, exam, 1);
  jk_exposure_measure_neighbours (jk_lint_get_exposure (run.lint), &overlap);
  assert_int_equal (overlap.n_pairs, 3 + 1);
}

static void
who_cannot_log_in_is_told_by_row (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 1);
  g_auto (Run) run;

  run_init (&run, exam, candidate->admission, "999999999");
  JkLintHall hall = take (&run, exam, 0);
  assert_int_equal (hall.n_logged_in, 3);
  assert_int_equal (hall.n_unowned, 1);
  assert_int_equal (hall.n_papers, 6);
  assert_int_equal (jk_report_get_n_faults (run.report), 2);
  assert_says (run.report, "roster.csv: row 3: found two numbers that open no record");
  assert_says (run.report, ": record 1: found a record that nobody on the roster logs in to");
}

static void
another_name_on_the_roster_is_told_by_row (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;

  run_init (&run, exam, jk_test_exam_get_candidate (exam, 2)->name, "某某");
  take (&run, exam, 0);
  assert_int_equal (jk_report_get_n_faults (run.report), 1);
  assert_says (run.report, "roster.csv: row 4: found another name or seat");
}

static void
no_finding_names_a_candidate (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;

  run_init (&run, exam, "01,04,4-(1)", "01,99,4-(1)");
  take (&run, exam, 0);
  jk_lint_finish (run.lint);
  g_autofree char *text = jk_report_dup_text (run.report);
  assert_non_null (strstr (text, "row 5"));
  for (guint n = 0; n < jk_test_exam_get_n_candidates (exam); n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, n);
    assert_null (strstr (text, candidate->name));
    assert_null (strstr (text, candidate->admission));
    assert_null (strstr (text, candidate->id_number));
  }
}

static void
a_hall_whose_file_was_not_given_is_noticed (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;

  run_init (&run, exam, NULL, NULL);
  take (&run, exam, 0);
  jk_lint_finish (run.lint);
  assert_says (run.report, "roster.csv: found candidates of hall 02, whose file was not given");
}

static void
without_its_codes_a_session_stays_closed (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;

  run_init (&run, exam, NULL, NULL);
  run.office->id[3] ^= 1;
  JkLintHall hall = take (&run, exam, 0);
  jk_lint_finish (run.lint);
  assert_int_equal (hall.n_logged_in, 0);
  assert_int_equal (jk_report_get_n_faults (run.report), 1);
  assert_says (run.report, "a session that the office file has no codes of");
  assert_null (jk_lint_get_exposure (run.lint));
}

static void
a_wrong_room_code_is_one_fault (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;
  JkOfficeHall *halls[2];

  run_init (&run, exam, NULL, NULL);
  for (guint n = 0; n < 2; n++)
    halls[n] = g_ptr_array_index (run.office->halls, n);
  JkSecret *kept = halls[0]->room_code;
  halls[0]->room_code = halls[1]->room_code;
  halls[1]->room_code = kept;
  JkLintHall hall = take (&run, exam, 0);
  assert_int_equal (hall.n_candidates, 4);
  assert_int_equal (hall.n_unowned, 0);
  assert_int_equal (jk_report_get_n_faults (run.report), 1);
}

static void
another_bank_is_an_error (void **state)
{
  const JkTestExam *exam = *state;
  g_auto (Run) run;
  g_autoptr (GError) error = NULL;
  JkLintHall hall;

  run_init (&run, exam, NULL, NULL);
  run.inputs.bank_file = jk_bank_get_file (jk_test_exam_get_library (exam));
  run.lint = jk_lint_new (&run.inputs);
  assert_false (jk_lint_take (run.lint, jk_test_exam_get_session (exam, 0), &hall, &error));
  assert_true (g_error_matches (error, JK_SESSION_ERROR, JK_SESSION_ERROR_BANK));
}

/* A disk that goes away after the bank was opened: each message stands once. */
static void
an_error_that_many_meet_is_told_once (void **state)
{
  const JkTestExam *exam = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (exam));
  g_auto (Run) run;

  run_init (&run, exam, NULL, NULL);
  run.inputs.n_threads = 1;
  take (&run, exam, 0);
  assert_int_equal (jk_report_get_n_faults (run.report), 0);
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_PREAD, 1, EIO, JK_TEST_FOR_GOOD);
  JkLintHall hall = take (&run, exam, 1);
  jk_test_storage_heal (disk);
  assert_int_equal (hall.n_logged_in, 2);
  assert_int_equal (hall.n_papers, 0);
  assert_int_equal (jk_report_get_n_faults (run.report), 1);
  assert_says (run.report, "Record 0: ");
}

static void
any_fault_of_the_disk_is_told (void **state)
{
  const JkTestExam *exam = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (exam));
  guint n_failed = 0;

  for (guint n = 1;; n++) {
    g_auto (Run) run;
    g_autoptr (GError) error = NULL;
    JkLintHall hall;
    run_init (&run, exam, NULL, NULL);
    run.inputs.n_threads = 1;
    run.lint = jk_lint_new (&run.inputs);
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    gboolean is_done = jk_lint_take (run.lint, jk_test_exam_get_session (exam, 0), &hall, &error);
    if (!jk_test_storage_has_failed (disk))
      break;
    n_failed++;
    assert_true (is_done == (error == NULL));
    if (is_done && jk_report_get_n_faults (run.report) == 0 && hall.n_papers != 6)
      fail_msg ("call %u", n);
  }
  jk_test_storage_heal (disk);
  assert_in_range (n_failed, 40, 1000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_good_session_has_notices_only),
    cmocka_unit_test (neighbours_are_candidates_of_one_hall),
    cmocka_unit_test (who_cannot_log_in_is_told_by_row),
    cmocka_unit_test (another_name_on_the_roster_is_told_by_row),
    cmocka_unit_test (no_finding_names_a_candidate),
    cmocka_unit_test (a_hall_whose_file_was_not_given_is_noticed),
    cmocka_unit_test (without_its_codes_a_session_stays_closed),
    cmocka_unit_test (a_wrong_room_code_is_one_fault),
    cmocka_unit_test (another_bank_is_an_error),
    cmocka_unit_test (an_error_that_many_meet_is_told_once),
    cmocka_unit_test (any_fault_of_the_disk_is_told),
  };

  return cmocka_run_group_tests_name ("lint", tests, set_up, tear_down);
}
