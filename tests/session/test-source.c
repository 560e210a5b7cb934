/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "support/photo.h"

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 2, .n_second = 1, .inputs_only = TRUE };
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

/* Loads a session.ini of this text; the report as text, which the caller frees. */
static char *
load (const JkTestExam *exam, const char *ini, JkSessionSource **out_source, guint *out_faults)
{
  g_autoptr (JkReport) report = jk_report_new ();
  g_autofree char *path =
      jk_test_folder_put_text (jk_test_exam_get_folder (exam), "other.ini", ini);

  *out_source = jk_session_source_load (jk_test_exam_get_world (exam), path, report);
  *out_faults = jk_report_get_n_faults (report);
  return jk_report_dup_text (report);
}

/* The good session.ini with one line replaced; NULL leaves it out. */
static char *
dup_ini (const char *key, const char *line)
{
  static const char *const lines[] = {
    "name=2021-04-24-T",       "plan=plan.ini",     "batch=1",        "policy=policy.ini",
    "blueprint=blueprint.ini", "roster=roster.csv", "subject=theory", "starts=2021-04-24T09:00",
  };
  GString *ini = g_string_new ("[session]\n");

  for (guint n = 0; n < G_N_ELEMENTS (lines); n++) {
    gboolean is_it = key != NULL && g_str_has_prefix (lines[n], key);
    if (!is_it || line != NULL)
      g_string_append_printf (ini, "%s\n", is_it ? line : lines[n]);
  }
  return g_string_free (ini, FALSE);
}

/* The file with one line replaced is refused with a report that says wanted. */
static void
assert_fault (const JkTestExam *exam, const char *key, const char *line, const char *wanted)
{
  g_autofree char *ini = dup_ini (key, line);
  JkSessionSource *source;
  guint n_faults;
  g_autofree char *text = load (exam, ini, &source, &n_faults);

  assert_null (source);
  assert_true (n_faults >= 1);
  if (strstr (text, wanted) == NULL)
    print_error ("%s\n", text);
  assert_non_null (strstr (text, wanted));
}

static void
a_good_source_gives_all_of_it (void **state)
{
  const JkSessionSource *source = jk_test_exam_get_source (*state);

  assert_string_equal (jk_session_source_get_name (source), JK_TEST_EXAM_NAME);
  assert_string_equal (jk_session_source_get_starts (source), "2021-04-24T09:00");
  assert_int_equal (jk_session_source_get_build_number (source), 1);
  assert_false (jk_session_source_is_rehearsal (source));
  assert_int_equal (jk_session_source_get_batch (source)->number, 1);
  assert_non_null (jk_plan_find_batch (jk_session_source_get_plan (source), 1));
  assert_int_equal (jk_roster_get_n (jk_session_source_get_roster (source)), 3);
  assert_int_equal (jk_blueprint_get_n_items (jk_session_source_get_blueprint (source)),
                    JK_TEST_EXAM_PAPER_ITEMS);
  assert_non_null (strstr (jk_session_source_get_policy_text (source), "[policy]"));
  assert_non_null (strstr (jk_session_source_get_blueprint_text (source), "[blueprint]"));
  assert_non_null (strstr (jk_session_source_get_excerpt_text (source), "[exam]"));
}

static void
build_and_rehearsal_have_defaults (void **state)
{
  g_autofree char *ini = dup_ini ("subject", "subject=theory\nbuild=7\nrehearsal=true");
  g_autoptr (JkSessionSource) source = NULL;
  guint n_faults;
  g_autofree char *text = load (*state, ini, &source, &n_faults);

  assert_non_null (source);
  assert_int_equal (jk_session_source_get_build_number (source), 7);
  assert_true (jk_session_source_is_rehearsal (source));
}

static void
photos_are_read_where_a_folder_is_named (void **state)
{
  const JkTestExam *exam = *state;
  g_autofree char *ini = dup_ini ("subject", "subject=theory\nphotos=photos");
  g_autofree char *name =
      g_strdup_printf ("photos/%s.png", jk_test_exam_get_candidate (exam, 1)->admission);
  g_autoptr (GBytes) photo = jk_test_photo_new (1, 100);
  g_autofree char *path = jk_test_folder_put (jk_test_exam_get_folder (exam), name, photo);
  g_autoptr (JkSessionSource) source = NULL;
  guint n_faults;
  g_autofree char *text = load (exam, ini, &source, &n_faults);

  assert_null (jk_session_source_get_photos (jk_test_exam_get_source (exam)));
  assert_non_null (source);
  assert_int_equal (jk_photo_folder_get_n (jk_session_source_get_photos (source)), 1);
  assert_non_null (strstr (text, "roster.csv: row 2: found no photo"));
  assert_non_null (strstr (text, "roster.csv: row 4: found no photo"));
}

/* One run names them all, also those of other files, and when the roster cannot be read. */
static void
faults_of_photos_are_reported_with_all_others (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestFolder *folder = jk_test_exam_get_folder (exam);
  g_autofree char *path = jk_test_folder_put_text (folder, "photos/x.txt", "x");
  static const char *const rosters[] = { "roster.csv", "nowhere.csv" };

  for (guint n = 0; n < G_N_ELEMENTS (rosters); n++) {
    g_autofree char *line = g_strdup_printf ("roster=%s\nphotos=photos\nbuild=0", rosters[n]);
    g_autofree char *ini = dup_ini ("roster", line);
    JkSessionSource *source;
    guint n_faults;
    g_autofree char *text = load (exam, ini, &source, &n_faults);
    assert_null (source);
    assert_int_equal (n_faults, 2 + n);
    assert_non_null (strstr (text, "x.txt: found a file of nobody"));
    assert_non_null (strstr (text, "build"));
    assert_null (strstr (text, "“photos”"));
  }
  assert_fault (exam, "subject", "subject=theory\nphotos=nowhere", "nowhere");
}

static void
a_start_code_is_whole_unless_halves_are_asked_for (void **state)
{
  static const char *const lines[] = {
    "subject=theory",
    "subject=theory\nstart-code=whole",
    "subject=theory\nstart-code=halves",
  };

  for (guint n = 0; n < G_N_ELEMENTS (lines); n++) {
    g_autofree char *ini = dup_ini ("subject", lines[n]);
    g_autoptr (JkSessionSource) source = NULL;
    guint n_faults;
    g_autofree char *text = load (*state, ini, &source, &n_faults);
    assert_int_equal (jk_session_source_get_n_start_codes (source), n < 2 ? 1 : 2);
  }
  assert_fault (*state, "subject", "subject=theory\nstart-code=thirds", "thirds");
}

static void
a_path_may_be_absolute (void **state)
{
  const JkTestExam *exam = *state;
  g_autofree char *line =
      g_strdup_printf ("plan=%s/plan.ini",
                       jk_test_folder_get_path (jk_test_exam_get_folder (exam)));
  g_autofree char *ini = dup_ini ("plan", line);
  g_autoptr (JkSessionSource) source = NULL;
  guint n_faults;
  g_autofree char *text = load (exam, ini, &source, &n_faults);

  assert_non_null (source);
}

static void
every_key_must_be_there (void **state)
{
  static const char *const keys[] = {
    "name", "plan", "batch", "policy", "blueprint", "roster", "subject", "starts",
  };

  for (guint n = 0; n < G_N_ELEMENTS (keys); n++)
    assert_fault (*state, keys[n], NULL, keys[n]);
}

static void
names_must_fit_a_file_name (void **state)
{
  static const char *const names[] = {
    "name=a/b", "name=.a", "name=a.", "name=-a", "name=a:b", "name=a|b", "name=a*", "name=a<b",
  };
  g_autofree char *long_name = g_strnfill (JK_ID_BYTES_MAX + 1, 'x');
  g_autofree char *line = g_strconcat ("name=", long_name, NULL);

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    assert_fault (*state, "name", names[n], "file name");
  assert_fault (*state, "name", line, "file name");
}

static void
the_start_must_be_a_day_and_an_hour (void **state)
{
  static const char *const starts[] = {
    "starts=2021-04-24",        "starts=2021-04-24 09:00", "starts=2021-02-30T09:00",
    "starts=2021-04-24T24:00",  "starts=2021-04-24T09:60", "starts=2021-O4-24T09:00",
    "starts=2021-04-24T09:00Z", "starts=0000-00-00T00:00",
  };

  for (guint n = 0; n < G_N_ELEMENTS (starts); n++)
    assert_fault (*state, "starts", starts[n], "2021-04-24T09:00");
}

static void
values_out_of_range_are_faults (void **state)
{
  assert_fault (*state, "subject", "subject=practical", "practical");
  assert_fault (*state, "subject", "subject=theory\nbuild=0", "build");
  assert_fault (*state, "subject", "subject=theory\nbiuld=2", "biuld");
  assert_fault (*state, "batch", "batch=99", "no batch 99");
}

static void
a_file_that_is_missing_or_broken_is_named (void **state)
{
  const JkTestExam *exam = *state;
  g_autofree char *binary =
      jk_test_folder_put_text (jk_test_exam_get_folder (exam), "binary.ini", "\xff\xfe\xfd");

  assert_fault (exam, "plan", "plan=none.ini", "none.ini");
  assert_fault (exam, "policy", "policy=none.ini", "none.ini");
  assert_fault (exam, "blueprint", "blueprint=none.ini", "none.ini");
  assert_fault (exam, "roster", "roster=none.csv", "none.csv");
  assert_fault (exam, "plan", "plan=binary.ini", "binary.ini");
  assert_fault (exam, "plan", "plan=policy.ini", "policy.ini");
  assert_fault (exam, "policy", "policy=plan.ini", "plan.ini");
  assert_fault (exam, "blueprint", "blueprint=plan.ini", "plan.ini");
}

static void
all_faults_come_in_one_run (void **state)
{
  const char *ini = "[session]\nname=a/b\nplan=none.ini\nbatch=1\npolicy=nope.ini\n"
                    "blueprint=blueprint.ini\nroster=roster.csv\nsubject=what\nstarts=soon\n";
  JkSessionSource *source;
  guint n_faults;
  g_autofree char *text = load (*state, ini, &source, &n_faults);

  assert_null (source);
  assert_true (n_faults >= 5);
}

static void
the_blueprint_must_be_for_the_level_of_the_batch (void **state)
{
  const JkTestExam *exam = *state;
  const char *text = jk_session_source_get_blueprint_text (jk_test_exam_get_source (exam));
  g_autofree char *other = g_strdup (text);

  *(strstr (other, "level=4") + strlen ("level=")) = '3';
  g_autofree char *path =
      jk_test_folder_put_text (jk_test_exam_get_folder (exam), "level-3.ini", other);
  assert_fault (exam, "blueprint", "blueprint=level-3.ini", "level 3");
}

static void
another_day_than_the_plan_s_is_a_notice (void **state)
{
  g_autofree char *ini = dup_ini ("starts", "starts=2021-04-25T09:00");
  g_autoptr (JkSessionSource) source = NULL;
  guint n_faults;
  g_autofree char *text = load (*state, ini, &source, &n_faults);

  assert_non_null (source);
  assert_int_equal (n_faults, 0);
  assert_non_null (strstr (text, "20210425"));
}

static void
a_cancelled_batch_is_for_rehearsals_only (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestFolder *folder = jk_test_exam_get_folder (exam);
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (folder, "plan.ini");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "status=planned", 2);
  g_autofree char *cancelled = g_strjoinv ("status=cancelled", parts);
  g_autofree char *path = jk_test_folder_put_text (folder, "cancelled.ini", cancelled);
  g_autofree char *ini = dup_ini ("plan", "plan=cancelled.ini\nrehearsal=true");
  g_autoptr (JkSessionSource) source = NULL;
  guint n_faults;

  assert_fault (exam, "plan", "plan=cancelled.ini", "batch 1 of the plan is cancelled");
  g_autofree char *report = load (exam, ini, &source, &n_faults);
  assert_non_null (source);
}

/* The plan with a batch of other dates or another status. */
static void
put_plan (const JkTestExam *exam, const char *name, const char *from, const char *to)
{
  const JkTestFolder *folder = jk_test_exam_get_folder (exam);
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (folder, "plan.ini");
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));

  assert_int_equal (g_string_replace (text, from, to, 1), 1);
  g_autofree char *path = jk_test_folder_put_text (folder, name, text->str);
}

/* The batch of the plan has its deadline on 2021-04-11. */
static void
who_registered_late_is_a_fault (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 0);
  g_autofree char *csv = g_strdup_printf ("admission,name,id_number,hall,seat,path,registered\n"
                                          "%s,A B,%s,01,01,4-(1),2021-04-12\n",
                                          candidate->admission,
                                          candidate->id_number);
  g_autofree char *path = jk_test_folder_put_text (jk_test_exam_get_folder (exam), "late.csv", csv);
  g_autofree char *rehearsal = dup_ini ("roster", "roster=late.csv\nrehearsal=true");
  g_autoptr (JkSessionSource) source = NULL;
  g_autoptr (JkSessionSource) moved = NULL;
  guint n_faults;

  assert_fault (exam, "roster", "roster=late.csv", "row 2: found a registration on 2021-04-12");
  g_autofree char *rehearsed = load (exam, rehearsal, &source, &n_faults);
  assert_non_null (source);

  /* A batch that was moved has the deadline it has now. */
  put_plan (exam,
            "moved.ini",
            "date=2021-04-24\ndeadline=2021-04-11\nlevel=4\nstatus=planned",
            "date=2021-05-15\ndeadline=2021-05-02\nlevel=4\nstatus=changed\n"
            "original-date=2021-04-24");
  g_autofree char *ini = g_strdup ("[session]\nname=M\nplan=moved.ini\nbatch=1\n"
                                   "policy=policy.ini\nblueprint=blueprint.ini\n"
                                   "roster=late.csv\nsubject=theory\nstarts=2021-05-15T09:00\n");
  g_autofree char *report = load (exam, ini, &moved, &n_faults);
  assert_non_null (moved);
}

/* For a batch that is cancelled that alone is the fault. */
static void
nobody_is_late_for_a_cancelled_batch (void **state)
{
  const JkTestExam *exam = *state;
  g_autofree char *ini = dup_ini ("roster", "roster=late.csv");
  g_autofree char *cancelled_ini = NULL;
  JkSessionSource *source;
  guint n_faults;

  put_plan (exam, "off.ini", "status=planned", "status=cancelled");
  g_auto (GStrv) parts = g_strsplit (ini, "plan=plan.ini", 2);
  cancelled_ini = g_strjoinv ("plan=off.ini", parts);
  g_autofree char *report = load (exam, cancelled_ini, &source, &n_faults);
  assert_null (source);
  assert_int_equal (n_faults, 1);
  assert_non_null (strstr (report, "is cancelled"));
}

static void
put_roster (const JkTestExam *exam, const char *name, const char *halls[])
{
  g_autoptr (GString) csv = g_string_new ("admission,name,id_type,id_number,hall,seat,path\n");
  g_autofree char *path = NULL;

  for (guint n = 0; halls[n] != NULL; n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, n);
    g_string_append_printf (csv,
                            "%s,A B,resident,%s,%s,01,4-(1)\n",
                            candidate->admission,
                            candidate->id_number,
                            halls[n]);
  }
  path = jk_test_folder_put_text (jk_test_exam_get_folder (exam), name, csv->str);
}

static void
halls_must_fit_a_file_name (void **state)
{
  put_roster (*state, "halls.csv", (const char *[]){ "a/b", NULL });
  assert_fault (*state, "roster", "roster=halls.csv", "a/b");
}

static void
an_empty_roster_is_a_fault (void **state)
{
  put_roster (*state, "empty.csv", (const char *[]){ NULL });
  assert_fault (*state, "roster", "roster=empty.csv", "empty.csv");
}

static void
an_ini_that_cannot_be_read_is_a_fault (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkReport) report = jk_report_new ();
  JkSessionSource *source;
  guint n_faults;

  assert_null (jk_session_source_load (jk_test_exam_get_world (exam), "/none.ini", report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
  g_autofree char *binary = load (exam, "\xff", &source, &n_faults);
  assert_null (source);
  assert_int_equal (n_faults, 1);
  g_autofree char *no_ini = load (exam, "name", &source, &n_faults);
  assert_null (source);
  assert_true (n_faults >= 1);
  jk_session_source_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_good_source_gives_all_of_it),
    cmocka_unit_test (build_and_rehearsal_have_defaults),
    cmocka_unit_test (photos_are_read_where_a_folder_is_named),
    cmocka_unit_test (faults_of_photos_are_reported_with_all_others),
    cmocka_unit_test (a_start_code_is_whole_unless_halves_are_asked_for),
    cmocka_unit_test (a_path_may_be_absolute),
    cmocka_unit_test (every_key_must_be_there),
    cmocka_unit_test (names_must_fit_a_file_name),
    cmocka_unit_test (the_start_must_be_a_day_and_an_hour),
    cmocka_unit_test (values_out_of_range_are_faults),
    cmocka_unit_test (a_file_that_is_missing_or_broken_is_named),
    cmocka_unit_test (all_faults_come_in_one_run),
    cmocka_unit_test (the_blueprint_must_be_for_the_level_of_the_batch),
    cmocka_unit_test (another_day_than_the_plan_s_is_a_notice),
    cmocka_unit_test (a_cancelled_batch_is_for_rehearsals_only),
    cmocka_unit_test (who_registered_late_is_a_fault),
    cmocka_unit_test (nobody_is_late_for_a_cancelled_batch),
    cmocka_unit_test (halls_must_fit_a_file_name),
    cmocka_unit_test (an_empty_roster_is_a_fault),
    cmocka_unit_test (an_ini_that_cannot_be_read_is_a_fault),
  };
  return cmocka_run_group_tests_name ("source", tests, set_up, tear_down);
}
