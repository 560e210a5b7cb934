/* SPDX-License-Identifier: Apache-2.0 */
#include "amended.h"
#include "check.h"

#include "base/text.h"

#include <sys/stat.h>
#include <unistd.h>

#define SPARE "[amendment]\nnumber=%u\nreason=x\n[roles]\nnew-spares=1\n"

static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = 2, .n_second = 1 };
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

#define with_exam(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)

static JkOffice *
open_office (const JkTestExam *exam)
{
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage,
                                              jk_test_exam_get_office_path (exam),
                                              JK_TEXT_FILE_BYTES_MAX,
                                              NULL);
  JkOffice *office = jk_office_open ("x.office",
                                     bytes,
                                     jk_test_exam_get_passphrase (exam),
                                     world->costs->passphrase,
                                     NULL);
  assert_non_null (office);
  return office;
}

static void
the_office_remembers_what_it_issued (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 1);

  for (guint n = 1; n <= 2; n++) {
    g_autofree char *ini = g_strdup_printf (SPARE, n);
    amended_make_and_apply (exam, session, ini);
    g_autoptr (JkOffice) office = open_office (exam);
    const JkOfficeHall *other = jk_office_find_hall (office, "01");
    const JkOfficeHall *hall = jk_office_find_hall (office, "02");
    assert_int_equal (other->n_amendments, 0);
    assert_int_equal (hall->n_amendments, n);
    assert_int_equal (hall->n_passcodes, JK_ROLES + n);
    assert_null (jk_office_find_hall (office, "03"));
  }
}

static void
passcodes_of_added_roles_have_a_page_for_the_owner_only (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autofree char *first = amended_make (exam,
                                         session,
                                         "[amendment]\nnumber=1\nreason=x\n[roles]\nnew-spares=2\n"
                                         "[window]\nstarts=2021-05-01T09:00\n");
  g_autofree char *path = g_build_filename (jk_test_exam_get_out_path (exam),
                                            JK_TEST_EXAM_NAME "-01-amend-1-envelopes.txt",
                                            NULL);
  g_autofree char *pages = NULL;
  g_auto (GStrv) each = NULL;
  struct stat status;

  assert_true (g_file_get_contents (path, &pages, NULL, NULL));
  each = g_strsplit (pages, "\f", -1);
  assert_int_equal (g_strv_length (each), 2);
  assert_non_null (strstr (each[0], "role spare-3"));
  assert_non_null (strstr (each[1], "role spare-4"));
  assert_non_null (strstr (each[1], "2021-05-01T09:00"));
  assert_int_equal (stat (path, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0600);
}

static void
the_next_number_on_top_of_all_before_is_expected (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkSession) other = amended_open (exam, 0);
  char *said = NULL;

  assert_null (amended_try (exam,
                            session,
                            "[amendment]\nnumber=2\nreason=x\n[roles]\nnew-spares=1\n",
                            &said));
  assert_non_null (strstr (said, "the number 2; expected 1"));
  g_clear_pointer (&said, g_free);

  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=x\n[roles]\nnew-spares=1\n");
  assert_null (amended_try (exam,
                            other,
                            "[amendment]\nnumber=2\nreason=x\n[window]\nlatest-entry-min=3\n",
                            &said));
  assert_non_null (strstr (said, "has 1 amendments"));
  g_free (said);
}

static void
roles_that_cannot_go_or_come_are_told_together (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  char *said = NULL;

  assert_null (amended_try (exam,
                            session,
                            "[amendment]\nnumber=1\nreason=x\n[roles]\nrevoke=spare-3;spare-4\n"
                            "new-spares=13\n",
                            &said));
  assert_non_null (strstr (said, "“spare-3” is not in force"));
  assert_non_null (strstr (said, "“spare-4” is not in force"));
  assert_non_null (strstr (said, "more than 16 roles"));
  g_clear_pointer (&said, g_free);
  assert_null (amended_try (exam,
                            session,
                            "[amendment]\nnumber=1\nreason=x\n[roles]\n"
                            "revoke=chief;proctor;spare-1;spare-2\n",
                            &said));
  assert_non_null (strstr (said, "no role would be left"));
  g_free (said);
}

static void
another_key_office_or_passphrase_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  const JkWorld *world = jk_test_exam_get_world (exam);
  const JkTestExamOptions options = { .seed = 9, .n_first = 1 };
  g_autoptr (JkTestExam) stranger = jk_test_exam_new_with (&options);
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (JkAmendSource) source =
      amended_load (exam, "[amendment]\nnumber=1\nreason=x\n[roles]\nnew-spares=1\n");
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (JkSecret) wrong = check_secret ("another passphrase");
  g_autoptr (GError) error = NULL;
  JkAmendInputs inputs = amended_inputs (exam, session, source);

  inputs.authority = jk_test_exam_get_authority (stranger);
  assert_false (jk_amend_build (&inputs, world, report, NULL, &error));
  assert_session_refused (error, BUILD);
  inputs = amended_inputs (exam, session, source);
  inputs.office_path = jk_test_exam_get_office_path (stranger);
  assert_false (jk_amend_build (&inputs, world, report, NULL, &error));
  assert_session_refused (error, BUILD);
  inputs = amended_inputs (exam, session, source);
  inputs.passphrase = wrong;
  assert_false (jk_amend_build (&inputs, world, report, NULL, &error));
  assert_refused (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
no_file_is_replaced (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autofree char *path = jk_test_folder_put_text (jk_test_exam_get_folder (exam),
                                                   "out/" JK_TEST_EXAM_NAME "-01-amend-1.jkamend",
                                                   "mine");
  char *said = NULL;
  g_autofree char *text = NULL;

  assert_null (amended_try (exam,
                            session,
                            "[amendment]\nnumber=1\nreason=x\n[roles]\nnew-spares=1\n",
                            &said));
  assert_non_null (strstr (said, "not replaced"));
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, "mine");
  g_free (said);
}

/* One failing call: then nothing stays behind, and the office knows of nothing. TRUE when the call
 * was never made. */
static gboolean
build_with_fault (const JkTestExam *exam, const JkAmendInputs *inputs, JkTestCall call, guint n)
{
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (exam));
  gint n_open = jk_test_storage_get_n_open (disk);
  guint n_before = count_files (inputs->folder);
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GError) error = NULL;

  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, call, n, EIO, JK_TEST_ONCE);
  gboolean is_made = jk_amend_build (inputs, jk_test_exam_get_world (exam), report, NULL, &error);
  gboolean has_failed = jk_test_storage_has_failed (disk);
  jk_test_storage_heal (disk);
  assert_true (is_made == !has_failed);
  assert_int_equal (jk_test_storage_get_n_open (disk), n_open);
  if (is_made)
    return TRUE;
  assert_non_null (error);
  assert_int_equal (count_files (inputs->folder), n_before);
  g_autoptr (JkOffice) office = open_office (exam);
  assert_int_equal (jk_office_find_hall (office, "01")->n_amendments, 0);
  return FALSE;
}

static void
a_disk_that_fails_leaves_nothing_behind (void **state)
{
  static const JkTestCall calls[] = {
    JK_TEST_OPEN, JK_TEST_PREAD, JK_TEST_SIZE, JK_TEST_PWRITE, JK_TEST_FSYNC, JK_TEST_RENAME,
  };
  const JkTestExam *exam = *state;
  const JkStorage *storage = jk_test_exam_get_world (exam)->storage;
  const char *office_path = jk_test_exam_get_office_path (exam);
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (GBytes) office = jk_storage_read (storage, office_path, JK_TEXT_FILE_BYTES_MAX, NULL);
  guint n_faults = 0;

  amended_put_table (exam, "c.csv", "2101050340101001", "一号", AMENDED_ID_1, "01");
  g_autoptr (JkAmendSource) source = amended_load (
      exam,
      "[amendment]\nnumber=1\nreason=x\n[roles]\nnew-spares=1\n[roster]\ncorrected=c.csv\n");
  JkAmendInputs inputs = amended_inputs (exam, session, source);
  for (guint kind = 0; kind < G_N_ELEMENTS (calls); kind++) {
    for (guint n = 1; !build_with_fault (exam, &inputs, calls[kind], n); n++)
      n_faults++;
    /* Made: taken back for the next kind of call. */
    for (guint n = 0; n < 2; n++) {
      g_autofree char *path = g_strconcat (inputs.folder,
                                           "/" JK_TEST_EXAM_NAME "-01-amend-1",
                                           n == 0 ? ".jkamend" : "-envelopes.txt",
                                           NULL);
      assert_int_equal (unlink (path), 0);
    }
    assert_true (jk_storage_write (storage, office_path, 0600, office, NULL));
  }
  assert_true (n_faults > 20);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_exam (the_office_remembers_what_it_issued),
    with_exam (passcodes_of_added_roles_have_a_page_for_the_owner_only),
    with_exam (the_next_number_on_top_of_all_before_is_expected),
    with_exam (roles_that_cannot_go_or_come_are_told_together),
    with_exam (another_key_office_or_passphrase_is_refused),
    with_exam (no_file_is_replaced),
    with_exam (a_disk_that_fails_leaves_nothing_behind),
  };
  return cmocka_run_group_tests_name ("build-amend", tests, NULL, NULL);
}
