/* SPDX-License-Identifier: Apache-2.0 */
#include "amended.h"
#include "check.h"

#define HEAD "[amendment]\nnumber=1\nreason=x\n"

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 2, .inputs_only = TRUE };
  *state = jk_test_exam_new_with (&options);
  amended_put_table (*state, "c.csv", "2101050340101777", "二号", AMENDED_ID_1, "02");
  amended_put_table (*state, "a.csv", "2101050340101801", "补报者", AMENDED_ID_2, "03");
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static void
a_good_source_gives_all_of_it (void **state)
{
  g_autoptr (JkAmendSource) source =
      amended_load (*state,
                    "[amendment]\nnumber=3\nreason=暴雨改期\n[window]\nstarts=2021-05-01T14:00\n"
                    "latest-entry-min=45\n[roles]\nrevoke=chief;spare-3\nnew-spares=2\n[roster]\n"
                    "corrected=c.csv\nadded=a.csv\n[renumbered]\n2101050340101002="
                    "2101050340101777\n");
  guint latest;

  assert_true (g_str_has_suffix (jk_amend_source_get_file (source), "amend.ini"));
  assert_int_equal (jk_amend_source_get_number (source), 3);
  assert_string_equal (jk_amend_source_get_reason (source), "暴雨改期");
  assert_string_equal (jk_amend_source_get_starts (source), "2021-05-01T14:00");
  assert_true (jk_amend_source_get_latest_entry (source, &latest));
  assert_int_equal (latest, 45);
  assert_true (jk_amend_source_revokes (source, JK_ROLE_CHIEF));
  assert_false (jk_amend_source_revokes (source, JK_ROLE_PROCTOR));
  assert_true (jk_amend_source_revokes (source, (JkRoleName) 5));
  assert_int_equal (jk_amend_source_get_n_spares (source), 2);
  assert_int_equal (jk_roster_get_n (jk_amend_source_get_corrected (source)), 1);
  assert_true (g_str_has_suffix (jk_amend_source_get_corrected_file (source), "c.csv"));
  assert_int_equal (jk_roster_get_n (jk_amend_source_get_added (source)), 1);
  assert_true (g_str_has_suffix (jk_amend_source_get_added_file (source), "a.csv"));
  assert_string_equal (jk_amend_source_get_old_number (source, "2101050340101777"),
                       "2101050340101002");
  assert_string_equal (jk_amend_source_get_old_number (source, "2101050340101001"),
                       "2101050340101001");
}

static void
what_is_not_there_stays (void **state)
{
  g_autoptr (JkAmendSource) source = amended_load (*state, HEAD "[roles]\nrevoke=spare-1\n");
  guint latest;

  assert_null (jk_amend_source_get_starts (source));
  assert_false (jk_amend_source_get_latest_entry (source, &latest));
  assert_int_equal (jk_amend_source_get_n_spares (source), 0);
  assert_null (jk_amend_source_get_corrected (source));
  assert_null (jk_amend_source_get_added (source));
  jk_amend_source_free (NULL);
}

/* The report of a source that must be refused; the caller frees. */
static char *
refuse (const JkTestExam *exam, const char *ini, guint *out_n_faults)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *path = jk_test_folder_put_text (jk_test_exam_get_folder (exam), "bad.ini", ini);

  assert_null (jk_amend_source_load (jk_test_exam_get_world (exam), path, 20210424, report));
  *out_n_faults = jk_report_get_n_faults (report);
  return jk_report_dup_text (report);
}

static void
each_fault_is_told (void **state)
{
  static const struct {
    const char *ini;
    const char *wanted;
  } faults[] = {
    { HEAD, "changes nothing" },
    { "[amendment]\nnumber=0\nreason=x\n[roles]\nnew-spares=1\n", "number" },
    { "[amendment]\nnumber=100\nreason=x\n[roles]\nnew-spares=1\n", "number" },
    { "[amendment]\nnumber=1\n[roles]\nnew-spares=1\n", "reason" },
    { HEAD "[window]\nstarts=2021-04-31T09:00\n", "2021-04-31" },
    { HEAD "[window]\nlatest-entry-min=1441\n", "latest-entry-min" },
    { HEAD "[roles]\nrevoke=boss\n", "boss" },
    { HEAD "[roles]\nnew-spares=17\n", "new-spares" },
    { HEAD "[roster]\nadded=missing.csv\n", "missing.csv" },
    { HEAD "[roster]\ncorrected=amend.ini\n", "amend.ini" },
    { HEAD "[roster]\ncorrected=c.csv\n[renumbered]\n2101050340101002=2101050340101778\n",
      "in no corrected row" },
    { HEAD "[roster]\ncorrected=c.csv\n[renumbered]\n2101050340101001=2101050340101777\n"
           "2101050340101002=2101050340101777\n",
      "here twice" },
    { HEAD "[window]\nstart=2021-04-30T09:00\n[roles]\nnew-spares=1\n", "start" },
  };

  for (guint n = 0; n < G_N_ELEMENTS (faults); n++) {
    guint n_faults;
    g_autofree char *text = refuse (*state, faults[n].ini, &n_faults);
    if (strstr (text, faults[n].wanted) == NULL)
      print_error ("%u: %s\n", n, text);
    assert_true (n_faults >= 1);
    assert_non_null (strstr (text, faults[n].wanted));
    assert_null (strstr (text, AMENDED_ID_1));
  }
}

static void
all_faults_come_in_one_run (void **state)
{
  guint n_faults;
  g_autofree char *text = refuse (*state,
                                  "[amendment]\nnumber=x\n[window]\nstarts=now\n[roles]\n"
                                  "revoke=boss;head\n[roster]\nadded=missing.csv\n[other]\n",
                                  &n_faults);

  assert_in_range (n_faults, 7, 8);
}

static void
a_long_reason_or_no_file_is_told (void **state)
{
  g_autofree char *reason = g_strnfill (JK_NAME_BYTES_MAX + 1, 'x');
  g_autofree char *ini = g_strdup_printf ("[amendment]\nnumber=1\nreason=%s\n[roles]\n"
                                          "new-spares=1\n",
                                          reason);
  g_autoptr (JkReport) report = jk_report_new ();
  guint n_faults;
  g_autofree char *text = refuse (*state, ini, &n_faults);

  assert_non_null (strstr (text, "257 bytes"));
  assert_null (jk_amend_source_load (jk_test_exam_get_world (*state), "no.ini", 1, report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_good_source_gives_all_of_it),
    cmocka_unit_test (what_is_not_there_stays),
    cmocka_unit_test (each_fault_is_told),
    cmocka_unit_test (all_faults_come_in_one_run),
    cmocka_unit_test (a_long_reason_or_no_file_is_told),
  };
  return cmocka_run_group_tests_name ("amend-source", tests, set_up, tear_down);
}
