/* SPDX-License-Identifier: Apache-2.0 */
#include "forge.h"

#include "amended.h"
#include "base/limits.h"
#include "envelope/error.h"

#include <unistd.h>

#define N_PEOPLE 4
#define N_PHOTOS 2
#define STEP 4096

static int
set_up (void **state)
{
  const JkTestExamOptions options = {
    .n_first = N_PEOPLE,
    .n_second = 1,
    .n_photos = N_PHOTOS,
  };
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (*state);
  return 0;
}

static JkRoll *
open_roll (const JkTestExam *exam, const JkSession *session)
{
  JkRoll *roll = jk_session_open_roll (session, jk_test_exam_get_centre (exam), NULL);
  assert_non_null (roll);
  return roll;
}

static void
who_logs_in_opens_the_own_photo (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);

  for (guint n = 0; n < N_PEOPLE; n++) {
    g_autoptr (JkSecret) key = NULL;
    g_autoptr (JkRecord) record = jk_test_exam_log_in (exam, n, &key);
    g_autoptr (GBytes) wanted = jk_test_exam_dup_photo (n);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) photo = jk_session_open_photo (session, n, key, &error);
    assert_null (error);
    assert_int_equal (jk_record_get_person (record)->index, n);
    if (n < N_PHOTOS)
      assert_true (g_bytes_equal (photo, wanted));
    else
      assert_null (photo);
  }
}

static void
a_proctor_opens_the_photos_by_the_roll (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (JkRoll) roll = open_roll (exam, session);
  guint n_photos = 0;

  assert_int_equal (jk_session_get_n_photos (session), N_PHOTOS);
  for (guint n = 0; n < jk_roll_get_n (roll); n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) photo =
        jk_session_open_photo (session, n, jk_roll_get_record_key (roll, n), &error);
    assert_null (error);
    n_photos += photo != NULL;
  }
  assert_int_equal (n_photos, N_PHOTOS);
}

static void
another_s_photo_does_not_open (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkRecord) record = jk_test_exam_log_in (exam, 0, &key);
  g_autoptr (JkSecret) stranger = check_key (1);
  g_autoptr (GError) error = NULL;

  assert_null (jk_session_open_photo (session, 1, key, &error));
  assert_session_refused (error, CONTENT);
  assert_null (jk_session_open_photo (session, 0, stranger, &error));
  assert_null (error);
}

static void
a_hall_without_photos_has_no_section (void **state)
{
  const JkTestExam *exam = *state;
  const JkSession *session = jk_test_exam_get_session (exam, 1);
  g_autoptr (JkRoll) roll = open_roll (exam, session);
  g_autoptr (GError) error = NULL;

  assert_int_equal (jk_session_get_n_photos (session), 0);
  assert_null (jk_session_open_photo (session, 0, jk_roll_get_record_key (roll, 0), &error));
  assert_null (error);
  assert_false (jk_envelope_find_section (session->envelope, JK_SECTION_PHOTOS, NULL, NULL));
}

static GBytes *
load_section (const JkTestExam *exam)
{
  g_autoptr (JkEnvelope) envelope = forge_open (exam);
  return jk_envelope_load_section (envelope, JK_SECTION_PHOTOS, 0, NULL);
}

static void
every_row_has_one_size (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) section = load_section (exam);
  guint n_records = jk_session_get_n_records (jk_test_exam_get_session (exam, 0));

  assert_int_equal (g_bytes_get_size (section),
                    JK_PHOTOS_HEAD_BYTES + n_records * jk_photos_measure_row (1500));
}

/* Photos of another length than the session says, signed all the same. */
static void
a_section_that_contradicts_itself_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) section = load_section (exam);
  gsize size = g_bytes_get_size (section);
  const gsize sizes[] = { 0,
                          4,
                          JK_PHOTOS_HEAD_BYTES,
                          size - 8,
                          size - jk_photos_measure_row (1500) };

  for (guint n = 0; n < G_N_ELEMENTS (sizes); n++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (section, 0, sizes[n]);
    const JkForgery forgery = { .section = JK_SECTION_PHOTOS, .bytes = cut };
    g_autoptr (GError) error = NULL;
    assert_null (forge_and_open (exam, &forgery, &error));
    assert_session_refused (error, CONTENT);
  }
}

/* A signed photo with one bit changed in its box: the session opens, that photo does not. */
static void
a_flipped_photo_is_refused (void **state)
{
  const JkTestExam *exam = *state;
  g_autoptr (GBytes) section = load_section (exam);
  gsize size = g_bytes_get_size (section);
  gsize row_size = jk_photos_measure_row (1500);
  g_autofree guint8 *flipped = g_memdup2 (g_bytes_get_data (section, NULL), size);
  g_autoptr (GError) error = NULL;
  guint n_refused = 0;

  for (gsize at = JK_PHOTOS_HEAD_BYTES + row_size - 1; at < size; at += row_size)
    flipped[at] ^= 1;
  g_autoptr (GBytes) bytes = g_bytes_new (flipped, size);
  const JkForgery forgery = { .section = JK_SECTION_PHOTOS, .bytes = bytes };
  g_autoptr (JkSession) session = forge_and_open (exam, &forgery, &error);
  assert_null (error);
  g_autoptr (JkRoll) roll = open_roll (exam, session);
  for (guint n = 0; n < jk_roll_get_n (roll); n++) {
    assert_null (jk_session_open_photo (session, n, jk_roll_get_record_key (roll, n), &error));
    assert_session_refused (error, CONTENT);
    n_refused++;
  }
  assert_int_equal (n_refused, jk_session_get_n_records (session));
}

/* The file on the disk, which was whole when it was opened, loses its end or changes. */
static void
a_file_that_changes_after_it_was_opened_gives_no_wrong_photo (void **state)
{
  const JkTestExam *exam = *state;
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage,
                                              jk_test_exam_get_session_path (exam, 0),
                                              JK_SMALL_ENVELOPE_BYTES_MAX,
                                              NULL);
  g_autofree char *path =
      jk_test_folder_put (jk_test_exam_get_folder (exam), "copy.jksession", bytes);
  g_autoptr (JkSession) session =
      jk_session_open (world, path, jk_test_exam_get_authorities (exam), NULL);
  g_autoptr (JkRoll) roll = open_roll (exam, session);
  g_autoptr (GError) error = NULL;

  assert_int_equal (truncate (path, (off_t) g_bytes_get_size (bytes) / 2), 0);
  assert_null (jk_session_open_photo (session, 0, jk_roll_get_record_key (roll, 0), &error));
  assert_refused (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
}

static void
a_truncated_or_flipped_file_is_refused_when_it_is_opened (void **state)
{
  const JkTestExam *exam = *state;
  const JkWorld *world = jk_test_exam_get_world (exam);
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage,
                                              jk_test_exam_get_session_path (exam, 0),
                                              JK_SMALL_ENVELOPE_BYTES_MAX,
                                              NULL);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  g_autoptr (GError) error = NULL;

  data[size - STEP] ^= 1; /* the last section is that of the photos */
  g_autoptr (GBytes) flipped = g_bytes_new (data, size);
  g_autofree char *path =
      jk_test_folder_put (jk_test_exam_get_folder (exam), "bad.jksession", flipped);
  assert_null (jk_session_open (world, path, jk_test_exam_get_authorities (exam), &error));
  assert_refused (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_DIGEST);
  assert_int_equal (truncate (path, (off_t) size - STEP), 0);
  assert_null (jk_session_open (world, path, jk_test_exam_get_authorities (exam), &error));
  assert_refused (error, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_LENGTH);
}

/* What opens with the key that the roll has for a record now. */
static GBytes *
open_by_roll (const JkTestExam *exam, const JkSession *session, guint record)
{
  g_autoptr (JkRoll) roll = open_roll (exam, session);
  g_autoptr (GError) error = NULL;
  GBytes *photo =
      jk_session_open_photo (session, record, jk_roll_get_record_key (roll, record), &error);

  assert_null (error);
  return photo;
}

static void
a_photo_stays_while_the_numbers_do (void **state)
{
  const JkTestExam *exam = *state;
  const JkTestCandidate *first = jk_test_exam_get_candidate (exam, 0);
  const JkTestCandidate *second = jk_test_exam_get_candidate (exam, 1);
  g_autoptr (JkSession) session = amended_open (exam, 0);
  g_autoptr (GBytes) wanted = jk_test_exam_dup_photo (0);
  guint added = jk_session_get_n_records (session);

  amended_put_table (exam, "c.csv", first->admission, "改名", first->id_number, "31");
  amended_put_table (exam, "d.csv", second->admission, second->name, AMENDED_ID_1, "32");
  amended_put_table (exam, "a.csv", "2101050340101998", "补报", AMENDED_ID_2, "33");
  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=1\nreason=错字\n[roster]\ncorrected=c.csv\n"
                          "added=a.csv\n");
  amended_make_and_apply (exam,
                          session,
                          "[amendment]\nnumber=2\nreason=证件\n[roster]\ncorrected=d.csv\n");
  g_autoptr (GBytes) kept = open_by_roll (exam, session, 0);
  assert_true (g_bytes_equal (kept, wanted));
  assert_null (open_by_roll (exam, session, 1));
  assert_null (open_by_roll (exam, session, added));
  assert_int_equal (jk_session_get_n_photos (session), N_PHOTOS);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (who_logs_in_opens_the_own_photo),
    cmocka_unit_test (a_proctor_opens_the_photos_by_the_roll),
    cmocka_unit_test (another_s_photo_does_not_open),
    cmocka_unit_test (a_hall_without_photos_has_no_section),
    cmocka_unit_test (every_row_has_one_size),
    cmocka_unit_test (a_section_that_contradicts_itself_is_refused),
    cmocka_unit_test (a_flipped_photo_is_refused),
    cmocka_unit_test (a_file_that_changes_after_it_was_opened_gives_no_wrong_photo),
    cmocka_unit_test (a_photo_stays_while_the_numbers_do),
    cmocka_unit_test (a_truncated_or_flipped_file_is_refused_when_it_is_opened),
  };
  return cmocka_run_group_tests_name ("session-photos", tests, set_up, tear_down);
}
