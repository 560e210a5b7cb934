/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/lint-version.c */
#include "tool/lint-version.h"

#include "linted.h"
#include "session/session-private.h"

/* A file of the sources with one text in the place of another, loaded; the file is put back. */
static void
check_edited (const JkTestExam *exam,
              const char *name,
              const char *old,
              const char *new,
              const char *words)
{
  const JkTestFolder *folder = jk_test_exam_get_folder (exam);
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (folder, name);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, old, 2);
  g_autofree char *edited = g_strjoinv (new, parts);
  g_autofree char *path = jk_test_folder_put_text (folder, name, edited);
  g_autoptr (JkReport) loading = jk_report_new ();
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSessionSource) source = jk_session_source_load (jk_test_exam_get_world (exam),
                                                               jk_test_exam_get_ini_path (exam),
                                                               loading);

  assert_int_equal (g_strv_length (parts), 2);
  if (source == NULL)
    assert_says (loading, NULL);
  jk_lint_version_check (jk_test_exam_get_session (exam, 0), source, report);
  assert_int_equal (jk_report_get_n_faults (report), words != NULL ? 1 : 0);
  assert_says (report, words);
  g_autofree char *restored = jk_test_folder_put_text (folder, name, text);
}

static void
the_sources_of_a_build_are_the_same (void **state)
{
  check_edited (*state, "session.ini", "theory", "theory", NULL);
}

static void
whatever_was_edited_after_the_build_is_told (void **state)
{
  check_edited (*state, "session.ini", "name=2021", "name=2022", "another name");
  check_edited (*state, "session.ini", "T09:00", "T14:00", "another start");
  check_edited (*state, "session.ini", "starts=", "build=2\nstarts=", "another build number");
  check_edited (*state, "session.ini", "rehearsal=false", "rehearsal=true", "another kind");
  check_edited (*state, "blueprint.ini", "1=25\n2=25", "1=24\n2=26", "another blueprint");
  check_edited (*state,
                "policy.ini",
                "earliest-hand-in-min=30",
                "earliest-hand-in-min=31",
                "policy");
  check_edited (*state, "plan.ini", "duration-min=90", "duration-min=60", "another length");
}

/* What an amendment can change is no sign of other sources; all else is. */
static void
an_amended_session_may_start_at_another_time (void **state)
{
  JkSession *session = (JkSession *) jk_test_exam_get_session (*state, 0);
  const JkPolicy kept = session->policy;

  session->amendment_number = 1;
  session->policy.latest_entry_min++;
  check_edited (*state, "session.ini", "T09:00", "T14:00", NULL);
  session->policy.extension_max_min++;
  check_edited (*state, "session.ini", "theory", "theory", "policy");
  session->policy = kept;
  session->amendment_number = 0;
  session->policy.latest_entry_min++;
  check_edited (*state, "session.ini", "theory", "theory", "policy");
  session->policy = kept;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_sources_of_a_build_are_the_same),
    cmocka_unit_test (whatever_was_edited_after_the_build_is_told),
    cmocka_unit_test (an_amended_session_may_start_at_another_time),
  };

  return cmocka_run_group_tests_name ("lint-version", tests, set_up, tear_down);
}
