/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/limits.h"
#include "session/photo-folder.h"
#include "support/photo.h"

#define N 3

/* An exam whose candidates have no photo yet, and the folder for them. */
static int
set_up (void **state)
{
  const JkTestExamOptions options = { .n_first = N, .inputs_only = TRUE };
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
put (const JkTestExam *exam, const char *name, GBytes *bytes)
{
  g_autofree char *place = g_strdup_printf ("photos/%s", name);
  g_autofree char *path = jk_test_folder_put (jk_test_exam_get_folder (exam), place, bytes);
}

/* The photo of candidate n, with this ending. */
static void
put_photo (const JkTestExam *exam, guint n, const char *ending, gsize size)
{
  g_autofree char *name =
      g_strconcat (jk_test_exam_get_candidate (exam, n)->admission, ending, NULL);
  g_autoptr (GBytes) photo = jk_test_photo_new ((guint8) n, size);

  put (exam, name, photo);
}

static JkPhotoFolder *
load (const JkTestExam *exam, gboolean with_roster, JkReport *report)
{
  const JkRoster *roster = jk_session_source_get_roster (jk_test_exam_get_source (exam));
  g_autofree char *path = jk_test_folder_dup_path (jk_test_exam_get_folder (exam), "photos");

  return jk_photo_folder_load (jk_test_exam_get_world (exam)->storage,
                               path,
                               with_roster ? roster : NULL,
                               with_roster ? "roster.csv" : NULL,
                               report);
}

static void
every_candidate_gets_the_photo_of_that_number (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkReport) report = jk_report_new ();

  put_photo (exam, 0, ".png", 100);
  put_photo (exam, 1, ".jpg", 200);
  put_photo (exam, 2, ".JPEG", JK_PHOTO_BYTES_MAX);
  g_autoptr (JkPhotoFolder) photos = load (exam, TRUE, report);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_int_equal (jk_photo_folder_get_n (photos), N);
  for (guint n = 0; n < N; n++) {
    const gsize sizes[N] = { 100, 200, JK_PHOTO_BYTES_MAX };
    g_autoptr (GBytes) wanted = jk_test_photo_new ((guint8) n, sizes[n]);
    GBytes *found = jk_photo_folder_get (photos, jk_test_exam_get_candidate (exam, n)->admission);
    assert_true (g_bytes_equal (found, wanted));
  }
  assert_null (jk_photo_folder_get (photos, "2101050340101999"));
  jk_photo_folder_free (NULL);
}

static void
who_has_no_photo_is_a_notice_at_the_row (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkReport) report = jk_report_new ();

  put_photo (exam, 1, ".png", 100);
  g_autoptr (JkPhotoFolder) photos = load (exam, TRUE, report);
  assert_int_equal (jk_photo_folder_get_n (photos), 1);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_int_equal (jk_report_get_n (report), 2);
  assert_string_equal (jk_report_get (report, 0)->file, "roster.csv");
  assert_string_equal (jk_report_get (report, 0)->place, "row 2");
  assert_string_equal (jk_report_get (report, 1)->place, "row 4");
}

static void
all_faults_are_reported_at_once (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) whole = jk_test_photo_new (1, 100);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, 90);
  g_autofree char *cut_name =
      g_strconcat (jk_test_exam_get_candidate (exam, 1)->admission, ".png", NULL);
  static const char *const wanted[] = {
    "101001.png: found a second photo of the same person",
    "101002.png: found a photo that is cut short",
    "101003.jpg: has 65537 bytes",
    "empty.png: found a file of nobody",
    "list.txt: found a file of nobody",
  };

  put_photo (exam, 0, ".jpg", 100);
  put_photo (exam, 0, ".png", 100);
  put (exam, cut_name, cut);
  put_photo (exam, 2, ".jpg", JK_PHOTO_BYTES_MAX + 1);
  put (exam, "empty.png", nothing);
  put (exam, "list.txt", nothing);
  put (exam, ".hidden", nothing);
  assert_null (load (exam, TRUE, report));
  g_autofree char *text = jk_report_dup_text (report);
  for (guint n = 0; n < G_N_ELEMENTS (wanted); n++) {
    if (strstr (text, wanted[n]) == NULL)
      print_error ("%s: not in\n%s", wanted[n], text);
    assert_non_null (strstr (text, wanted[n]));
  }
  assert_int_equal (jk_report_get_n_faults (report), 5);
  assert_int_equal (jk_report_get_n (report), 5);
  assert_null (strstr (text, ".hidden"));
}

static void
an_empty_file_or_another_format_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  static const char *const bodies[] = { "", "GIF89a", "not a picture at all" };

  for (guint n = 0; n < G_N_ELEMENTS (bodies); n++) {
    g_autoptr (JkReport) report = jk_report_new ();
    g_autofree char *name =
        g_strconcat (jk_test_exam_get_candidate (exam, 0)->admission, ".jpg", NULL);
    g_autoptr (GBytes) body = g_bytes_new_static (bodies[n], strlen (bodies[n]));
    put (exam, name, body);
    assert_null (load (exam, TRUE, report));
    assert_non_null (strstr (jk_report_get (report, 0)->found, "neither PNG nor JPEG"));
  }
}

static void
a_folder_that_is_not_there_is_a_fault (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkReport) report = jk_report_new ();

  assert_null (jk_photo_folder_load (jk_test_exam_get_world (exam)->storage,
                                     "/nowhere/photos",
                                     NULL,
                                     NULL,
                                     report));
  assert_int_equal (jk_report_get_n_faults (report), 1);
  assert_string_equal (jk_report_get (report, 0)->file, "/nowhere/photos");
}

static void
without_a_roster_the_files_alone_are_checked (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (JkReport) report = jk_report_new ();
  g_autoptr (GBytes) photo = jk_test_photo_new (7, 100);

  put (exam, "X1.png", photo);
  g_autoptr (JkPhotoFolder) photos = load (exam, FALSE, report);
  assert_int_equal (jk_report_get_n (report), 0);
  assert_true (g_bytes_equal (jk_photo_folder_get (photos, "X1"), photo));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (every_candidate_gets_the_photo_of_that_number),
    TEST (who_has_no_photo_is_a_notice_at_the_row),
    TEST (all_faults_are_reported_at_once),
    TEST (an_empty_file_or_another_format_is_refused),
    TEST (a_folder_that_is_not_there_is_a_fault),
    TEST (without_a_roster_the_files_alone_are_checked),
  };
  return cmocka_run_group_tests_name ("photo-folder", tests, check_setup, NULL);
}
