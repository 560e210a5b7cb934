/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/body.c */
#include "result/body.h"
#include "result/error.h"
#include "support/exam.h"
#include "support/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static JkTestExam *exam;

static int
set_up (void **state)
{
  exam = jk_test_exam_new ();
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_exam_free (exam);
  return 0;
}

static JkResultBody
good_body (void)
{
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  JkResultBody body = {
    .session = *jk_session_get_digest (session),
    .record = 2,
    .seal_number = 1,
    .hall = jk_session_get_hall (session),
  };
  return body;
}

static void
check_refused (const JkResultBody *body, JkResultError code)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (jk_result_body_to_variant (body));
  g_autoptr (GError) error = NULL;
  JkResultBody read = { .record = 99 };

  assert_false (
      jk_result_body_read (variant, jk_test_exam_get_session (exam, 0), "f", &read, &error));
  assert_true (g_error_matches (error, JK_RESULT_ERROR, (gint) code));
  assert_true (g_str_has_prefix (error->message, "f "));
  assert_int_equal (read.record, 99);
}

static void
a_body_is_read_as_it_was_written (void **state)
{
  JkResultBody body = good_body ();
  JkResultBody read;
  GError *error = NULL;

  memset (body.sitting_id, 0x5a, sizeof body.sitting_id);
  g_autoptr (GVariant) variant = g_variant_ref_sink (jk_result_body_to_variant (&body));
  assert_true (
      jk_result_body_read (variant, jk_test_exam_get_session (exam, 0), "f", &read, &error));
  assert_true (jk_digest_equal (&read.session, &body.session));
  assert_memory_equal (read.sitting_id, body.sitting_id, sizeof body.sitting_id);
  assert_int_equal (read.record, 2);
  assert_int_equal (read.seal_number, 1);
  assert_string_equal (read.hall, "01");
}

static void
another_session_or_hall_is_foreign (void **state)
{
  JkResultBody session = good_body ();
  JkResultBody hall = good_body ();
  JkResultBody other = good_body ();

  session.session.bytes[0] ^= 1;
  hall.hall = "02";
  other.session = *jk_session_get_digest (jk_test_exam_get_session (exam, 1));
  other.hall = "02";
  check_refused (&session, JK_RESULT_ERROR_FOREIGN);
  check_refused (&hall, JK_RESULT_ERROR_FOREIGN);
  check_refused (&other, JK_RESULT_ERROR_FOREIGN);
}

static void
a_record_or_seal_number_that_cannot_be_is_refused (void **state)
{
  JkResultBody record = good_body ();
  JkResultBody seal = good_body ();

  record.record = jk_session_get_n_records (jk_test_exam_get_session (exam, 0));
  seal.seal_number = 0;
  check_refused (&record, JK_RESULT_ERROR_CONTENT);
  check_refused (&seal, JK_RESULT_ERROR_CONTENT);
}

static void
fields_of_a_wrong_length_are_refused (void **state)
{
  static const gsize sizes[][2] = { { 31, 16 }, { 33, 16 }, { 32, 15 }, { 32, 17 }, { 0, 0 } };
  static const guint8 zeros[64] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GVariant) variant = g_variant_ref_sink (
        g_variant_new ("(@ay@ayuus)",
                       g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, zeros, sizes[i][0], 1),
                       g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, zeros, sizes[i][1], 1),
                       1,
                       1,
                       "01"));
    g_autoptr (GError) error = NULL;
    JkResultBody read;
    assert_false (
        jk_result_body_read (variant, jk_test_exam_get_session (exam, 0), "f", &read, &error));
    assert_true (g_error_matches (error, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT));
  }
}

static void
example_body (JkResultBody *body)
{
  *body = (JkResultBody){ .record = 7, .seal_number = 1, .hall = "01" };
  for (guint i = 0; i < JK_DIGEST_BYTES; i++)
    body->session.bytes[i] = (guint8) i;
  for (guint i = 0; i < JK_SITTING_ID_BYTES; i++)
    body->sitting_id[i] = (guint8) (0x40 + i);
}

static void
the_body_of_the_example_is_the_same (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("result-body");
  JkResultBody body;

  example_body (&body);
  g_autoptr (GVariant) variant = g_variant_ref_sink (jk_result_body_to_variant (&body));
  g_autoptr (GBytes) context = jk_result_body_get_context (variant);
  assert_true (g_bytes_equal (context, vector));
}

static void
what_the_hand_in_signs_is_as_in_the_example (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("result-hand-in");
  guint8 message[JK_HAND_IN_SIGNED_BYTES];
  JkResultBody body;
  JkDigest link;

  example_body (&body);
  for (guint i = 0; i < JK_DIGEST_BYTES; i++)
    link.bytes[i] = (guint8) (JK_DIGEST_BYTES + i);
  jk_hand_in_put_signed (message, &body, &link);
  assert_int_equal (g_bytes_get_size (vector), sizeof message);
  assert_memory_equal (g_bytes_get_data (vector, NULL), message, sizeof message);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_body_is_read_as_it_was_written),
    cmocka_unit_test (another_session_or_hall_is_foreign),
    cmocka_unit_test (a_record_or_seal_number_that_cannot_be_is_refused),
    cmocka_unit_test (fields_of_a_wrong_length_are_refused),
    cmocka_unit_test (the_body_of_the_example_is_the_same),
    cmocka_unit_test (what_the_hand_in_signs_is_as_in_the_example),
  };
  return cmocka_run_group_tests_name ("body", tests, set_up, tear_down);
}
