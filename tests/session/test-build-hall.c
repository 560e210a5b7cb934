/* SPDX-License-Identifier: Apache-2.0 */
#include "forge.h"

#include "support/photo.h"

static int
set_up (void **state)
{
  *state = jk_test_exam_new ();
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static JkRoll *
open_roll (const JkTestExam *exam, guint hall)
{
  JkRoll *roll = jk_session_open_roll (jk_test_exam_get_session (exam, hall),
                                       jk_test_exam_get_centre (exam),
                                       NULL);
  assert_non_null (roll);
  return roll;
}

static void
each_hall_has_its_own_people (void **state)
{
  const JkTestExam *exam = *state;

  for (guint n = 0; n < jk_test_exam_get_n_candidates (exam); n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, n);
    g_autoptr (JkRoll) roll = open_roll (exam, candidate->hall);
    const JkPerson *person = jk_roll_get_person (roll, candidate->record);
    assert_string_equal (person->admission, candidate->admission);
    assert_string_equal (person->path, "4-(1)");
    assert_int_equal (person->sex, n % 2 == 0 ? 'M' : 'F');
    assert_null (strstr (person->masked_id, "19900101"));
  }
}

static void
spare_records_follow_and_name_nobody (void **state)
{
  const JkTestExam *exam = *state;

  for (guint hall = 0; hall < 2; hall++) {
    g_autoptr (JkRoll) roll = open_roll (exam, hall);
    guint n_people = hall == 0 ? 6 : 2;
    assert_int_equal (jk_roll_get_n (roll), n_people + 2);
    for (guint n = 0; n < jk_roll_get_n (roll); n++)
      assert_int_equal (jk_roll_get_person (roll, n)->spare, n >= n_people);
    assert_string_equal (jk_roll_get_person (roll, n_people)->admission, "");
  }
}

static void
extra_time_goes_into_the_record_and_the_roll (void **state)
{
  const JkTestExamOptions options = { .n_first = 2, .extra_min = 45 };
  g_autoptr (JkTestExam) exam = jk_test_exam_new_with (&options);
  g_autoptr (JkRoll) roll = open_roll (exam, 0);

  for (guint n = 0; n < jk_roll_get_n (roll); n++) {
    g_autoptr (JkSecret) key = jk_roll_dup_record_key (roll, n);
    g_autoptr (JkRecord) record =
        jk_session_open_record (jk_test_exam_get_session (exam, 0), n, key, NULL);
    guint wanted = n == 0 ? 45 : 0;
    assert_int_equal (jk_roll_get_person (roll, n)->extra_min, wanted);
    assert_int_equal (jk_record_get_person (record)->extra_min, wanted);
  }
}

/* A walk-in takes a spare record: it opens, and its paper is drawn like any other. */
static void
a_spare_record_has_a_paper (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (JkRoll) roll = open_roll (exam, 0);
  g_autoptr (JkSecret) key = jk_roll_dup_record_key (roll, 7);
  g_autoptr (JkRecord) record = jk_session_open_record (session, 7, key, NULL);
  g_autoptr (JkSecret) paper_key = jk_test_exam_open_start (exam);
  g_autoptr (JkBank) bank = jk_test_exam_open_bank (exam);
  g_autoptr (JkOwnPaper) own = jk_own_paper_open (session, bank, record, key, paper_key, NULL);

  assert_int_equal (jk_paper_get_n (jk_own_paper_get_paper (own)), JK_TEST_EXAM_PAPER_ITEMS);
}

static void
neighbours_have_other_papers (void **state)
{
  const JkTestExam *exam = *state;
  JkDigest digests[3];

  for (guint n = 0; n < G_N_ELEMENTS (digests); n++) {
    g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (exam, n);
    jk_paper_get_digest (jk_own_paper_get_paper (own), &digests[n]);
    for (guint other = 0; other < n; other++)
      assert_false (jk_digest_equal (&digests[n], &digests[other]));
  }
}

static void
records_of_two_halls_have_other_papers (void **state)
{
  const JkTestExam *exam = *state;
  const JkOffice *office = jk_test_exam_get_office (exam);
  const JkOfficeHall *first = g_ptr_array_index (office->halls, 0);
  const JkOfficeHall *second = g_ptr_array_index (office->halls, 1);

  assert_false (jk_secret_equal (first->seed, second->seed));
  assert_false (jk_secret_equal (first->roster_key, second->roster_key));
  assert_false (jk_secret_equal (first->roll_key, second->roll_key));
  assert_false (jk_secret_equal (first->room_code, second->room_code));
}

static gboolean
holds (const guint8 *data, gsize size, const void *wanted, gsize wanted_size)
{
  return memmem (data, size, wanted, wanted_size) != NULL;
}

static void
a_session_file_shows_nobody_and_no_key (void **state)
{
  const JkTestExam *exam = *state;
  const JkOffice *office = jk_test_exam_get_office (exam);
  const JkOfficeHall *hall = g_ptr_array_index (office->halls, 0);
  const JkSecret *const secrets[] = {
    office->seed,     office->paper_key, office->bank_key, office->start_code, hall->seed,
    hall->roster_key, hall->roll_key,    hall->room_code,  hall->passcodes[0], hall->passcodes[3],
  };
  g_autoptr (GBytes) bytes = jk_storage_read (jk_test_exam_get_world (exam)->storage,
                                              jk_test_exam_get_session_path (exam, 0),
                                              JK_TEXT_FILE_BYTES_MAX,
                                              NULL);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gsize size = g_bytes_get_size (bytes);

  for (guint n = 0; n < G_N_ELEMENTS (secrets); n++)
    assert_false (holds (data, size, jk_secret_get (secrets[n]), jk_secret_get_size (secrets[n])));
  for (guint n = 0; n < 6; n++) {
    const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, n);
    assert_false (holds (data, size, candidate->admission, strlen (candidate->admission)));
    assert_false (holds (data, size, candidate->id_number, strlen (candidate->id_number)));
    assert_false (holds (data, size, candidate->name, strlen (candidate->name)));
  }
  assert_true (holds (data, size, office->id, sizeof office->id));
}

static void
a_start_code_and_a_bank_serve_all_halls (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *first = jk_test_exam_get_session (exam, 0);
  const JkSession *second = jk_test_exam_get_session (exam, 1);

  assert_memory_equal (jk_session_get_id (first), jk_session_get_id (second), JK_BANK_ID_BYTES);
  assert_true (
      jk_digest_equal (jk_session_get_bank_digest (first), jk_session_get_bank_digest (second)));
  assert_false (jk_digest_equal (jk_session_get_digest (first), jk_session_get_digest (second)));
}

/* A roster whose one name fills this many bytes; what building says. */
static gboolean
build_with_name (gsize size, JkTestExam **out_exam, guint *out_faults, GError **error)
{
  const JkTestExamOptions options = { .n_first = 1, .inputs_only = TRUE };
  JkTestExam *exam = jk_test_exam_new_with (&options);
  const JkTestFolder *folder = jk_test_exam_get_folder (exam);
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 0);
  g_autofree char *name = g_strnfill (size, 'n');
  g_autofree char *csv = g_strdup_printf ("admission,name,id_type,id_number,hall,seat,path\n"
                                          "%s,%s,resident,%s,01,01,4-(1)\n",
                                          candidate->admission,
                                          name,
                                          candidate->id_number);
  g_autofree char *path = jk_test_folder_put_text (folder, "roster.csv", csv);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSessionSource) source = jk_session_source_load (jk_test_exam_get_world (exam),
                                                               jk_test_exam_get_ini_path (exam),
                                                               report);
  JkSessionInputs inputs;

  *out_exam = exam;
  *out_faults = jk_report_get_n_faults (report);
  if (source == NULL)
    return FALSE;
  jk_test_exam_get_inputs (exam, &inputs);
  inputs.source = source;
  return jk_session_build (&inputs, jk_test_exam_get_world (exam), NULL, error);
}

static void
a_long_name_is_carried_whole_or_refused_by_the_roster (void **state)
{
  g_autoptr (GError) error = NULL;
  guint n_faults;
  JkTestExam *exam;

  assert_true (build_with_name (JK_NAME_BYTES_MAX, &exam, &n_faults, &error));
  assert_int_equal (n_faults, 0);
  jk_test_exam_free (exam);

  assert_false (build_with_name (300, &exam, &n_faults, &error));
  assert_null (error);
  assert_int_equal (n_faults, 1);
  jk_test_exam_free (exam);
}

/* One large photo makes the rows of all large: more than a file should have. */
static void
a_hall_whose_photos_are_too_large_together_is_refused (void **state)
{
  const JkTestExamOptions options = { .n_first = 960, .inputs_only = TRUE };
  g_autoptr (JkTestExam) exam = jk_test_exam_new_with (&options);
  const JkTestFolder *folder = jk_test_exam_get_folder (exam);
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autofree char *ini = NULL;
  g_autofree char *photo_name =
      g_strdup_printf ("photos/%s.png", jk_test_exam_get_candidate (exam, 7)->admission);
  g_autoptr (GBytes) photo = jk_test_photo_new (1, JK_PHOTO_BYTES_MAX);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;
  JkSessionInputs inputs;

  assert_true (g_file_get_contents (jk_test_exam_get_ini_path (exam), &ini, NULL, NULL));
  g_autofree char *with_photos = g_strconcat (ini, "photos=photos\n", NULL);
  g_autofree char *path = jk_test_folder_put_text (folder, "session.ini", with_photos);
  g_autofree char *photo_path = jk_test_folder_put (folder, photo_name, photo);
  g_autoptr (JkSessionSource) source = jk_session_source_load (world, path, report);
  assert_non_null (source);
  jk_test_exam_get_inputs (exam, &inputs);
  inputs.source = source;
  assert_false (jk_session_build (&inputs, world, NULL, &error));
  assert_non_null (strstr (error->message, "photos"));
  assert_session_refused (error, BUILD);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_hall_has_its_own_people),
    cmocka_unit_test (spare_records_follow_and_name_nobody),
    cmocka_unit_test (extra_time_goes_into_the_record_and_the_roll),
    cmocka_unit_test (a_spare_record_has_a_paper),
    cmocka_unit_test (neighbours_have_other_papers),
    cmocka_unit_test (records_of_two_halls_have_other_papers),
    cmocka_unit_test (a_session_file_shows_nobody_and_no_key),
    cmocka_unit_test (a_start_code_and_a_bank_serve_all_halls),
    cmocka_unit_test (a_hall_whose_photos_are_too_large_together_is_refused),
    cmocka_unit_test (a_long_name_is_carried_whole_or_refused_by_the_roster),
  };
  return cmocka_run_group_tests_name ("build-hall", tests, set_up, tear_down);
}
