/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/seal-result.c */
#include "envelope/envelope.h"
#include "result/body.h"
#include "support/handed-in.h"

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

static void
the_file_name_has_no_personal_number (void **state)
{
  const JkSession *session = jk_test_exam_get_session (exam, 1);
  g_autofree char *name = jk_result_dup_file_name (session, 1, 2);
  g_autofree char *wanted =
      g_strdup_printf ("%s-02-1-s2.jkresult", jk_session_get_short_name (session));
  assert_string_equal (name, wanted);
}

static void
the_open_part_says_session_record_seal_and_hall_only (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 3);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkEnvelope) envelope =
      jk_envelope_open_bytes ("f", bytes, JK_KIND_RESULT, JK_RESULT_BODY, NULL, &error);
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  JkResultBody body;

  assert_non_null (envelope);
  assert_true (jk_envelope_check_whole (envelope, NULL));
  assert_memory_equal (jk_envelope_get_signer (envelope),
                       jk_station_get_sign_public (sitting->station),
                       JK_PUBLIC_BYTES);
  assert_true (jk_result_body_read (jk_envelope_get_body (envelope), session, "f", &body, &error));
  assert_int_equal (body.record, 3);
  assert_int_equal (body.seal_number, 1);
  assert_memory_equal (body.sitting_id, sitting->sitting_id, JK_SITTING_ID_BYTES);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  return memmem (data, size, text, strlen (text)) != NULL;
}

static void
no_name_number_or_link_stands_open (void **state)
{
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (exam, 0);
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  assert_false (holds (bytes, candidate->name));
  assert_false (holds (bytes, candidate->admission));
  assert_false (holds (bytes, candidate->id_number));
  assert_null (memmem (data, size, sitting->handed_in_link.bytes, JK_DIGEST_BYTES));
  assert_null (memmem (data, size, sitting->first_link.bytes, JK_DIGEST_BYTES));
}

static void
what_the_station_seals_is_what_the_format_says (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 1);
  JkTestForgery parts;
  g_autoptr (GError) error = NULL;

  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_end (sitting);
  jk_test_handed_in_get_parts (sitting, &parts);
  g_autoptr (GBytes) sealed = jk_test_handed_in_seal (sitting);
  g_autoptr (GBytes) by_hand = jk_test_forge (exam, &parts);
  /* Other nonces, but to the byte the same length, and both open. */
  assert_int_equal (g_bytes_get_size (sealed), g_bytes_get_size (by_hand));
  for (guint i = 0; i < 2; i++) {
    g_autoptr (JkResult) result = jk_result_open ("f",
                                                  i == 0 ? sealed : by_hand,
                                                  jk_test_exam_get_session (exam, 0),
                                                  jk_test_exam_get_centre (exam),
                                                  sitting->record_key,
                                                  &error);
    assert_non_null (result);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_file_name_has_no_personal_number),
    cmocka_unit_test (the_open_part_says_session_record_seal_and_hall_only),
    cmocka_unit_test (no_name_number_or_link_stands_open),
    cmocka_unit_test (what_the_station_seals_is_what_the_format_says),
  };
  return cmocka_run_group_tests_name ("seal-result", tests, set_up, tear_down);
}
