/* SPDX-License-Identifier: Apache-2.0 */
#include "amended.h"
#include "check.h"

#include "session/session-private.h"

#define CORRECTED "[amendment]\nnumber=1\nreason=x\n[roster]\ncorrected=c.csv\n"
#define ADDED "[amendment]\nnumber=1\nreason=x\n[roster]\nadded=a.csv\n"

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 2 };
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static void
a_text_must_fit_into_the_records_of_the_hall (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autofree char *name = g_strnfill (180, 'x');
  char *said = NULL;

  amended_put_table (exam, "c.csv", "2101050340101001", name, AMENDED_ID_1, "01");
  assert_null (amended_try (exam, session, CORRECTED, &said));
  assert_non_null (strstr (said, "bytes longer"));
  assert_null (strstr (said, AMENDED_ID_1));
  g_free (said);
}

static void
added_people_need_the_bank (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  amended_put_table (exam, "a.csv", "2101050340101801", "补报者", AMENDED_ID_1, "09");
  g_autoptr (JkAmendSource) source = amended_load (exam, ADDED);
  JkAmendInputs inputs = amended_inputs (exam, session, source);
  inputs.bank_path = NULL;
  assert_false (jk_amend_build (&inputs, jk_test_exam_get_world (exam), report, NULL, &error));
  assert_non_null (strstr (error->message, "--bank"));
  assert_session_refused (error, BUILD);
  inputs.bank_path = jk_test_exam_get_session_path (exam, 0);
  assert_false (jk_amend_build (&inputs, jk_test_exam_get_world (exam), report, NULL, &error));
  assert_non_null (error);
}

static void
corrections_alone_need_no_bank (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkReport) report = jk_report_new ();
  g_auto (GStrv) files = NULL;

  amended_put_table (exam, "c.csv", "2101050340101001", "一号", AMENDED_ID_1, "01");
  g_autoptr (JkAmendSource) source = amended_load (exam, CORRECTED);
  JkAmendInputs inputs = amended_inputs (exam, session, source);
  inputs.bank_path = NULL;
  assert_true (jk_amend_build (&inputs, jk_test_exam_get_world (exam), report, &files, NULL));
  assert_int_equal (g_strv_length (files), 1);
}

/* The session's records lie under other keys than the office's. */
static void
records_of_another_build_are_refused (void **state)
{
  const JkTestExamOptions options = { .n_first = 2 };
  g_autoptr (JkTestExam) exam = jk_test_exam_new_with (&options);
  g_autoptr (JkSession) session = amended_open (exam, 0);
  gsize size;
  const guint8 *rows = g_bytes_get_data (session->records, &size);
  guint8 *changed = g_memdup2 (rows, size);
  char *said = NULL;

  for (guint n = 0; n < session->n_records; n++)
    changed[n * (JK_LOOKUP_BYTES + session->record_size)] ^= 1;
  g_bytes_unref (session->records);
  session->records = g_bytes_new_take (changed, size);
  amended_put_table (exam, "c.csv", "2101050340101001", "一号", AMENDED_ID_1, "01");
  assert_null (amended_try (exam, session, CORRECTED, &said));
  assert_non_null (strstr (said, "those of one build"));
  g_free (said);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_text_must_fit_into_the_records_of_the_hall),
    cmocka_unit_test (added_people_need_the_bank),
    cmocka_unit_test (corrections_alone_need_no_bank),
    cmocka_unit_test (records_of_another_build_are_refused),
  };
  return cmocka_run_group_tests_name ("build-amend-rows", tests, set_up, tear_down);
}
