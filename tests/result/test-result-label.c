/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/result-label.c */
#include "result/result-label.h"
#include "result/refused.h"

static void
the_outside_names_record_seal_station_and_digest (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (2);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkResult) result = open_as (bytes, sitting->session, NULL, &error);
  JkResultLabel label;

  assert_true (jk_result_label_read ("a", bytes, sitting->session, &label, &error));
  assert_int_equal (label.record, 2);
  assert_int_equal (label.seal_number, 1);
  assert_memory_equal (label.station, jk_result_get_station (result), JK_PUBLIC_BYTES);
  assert_true (jk_digest_equal (&label.digest, jk_result_get_digest (result)));
}

static void
a_result_of_another_hall_or_cut_short_has_none (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (2);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) - 1);
  g_autoptr (GError) foreign = NULL;
  g_autoptr (GError) broken = NULL;
  JkResultLabel label;

  assert_false (
      jk_result_label_read ("a", bytes, jk_test_exam_get_session (exam, 1), &label, &foreign));
  assert_true (g_error_matches (foreign, JK_RESULT_ERROR, JK_RESULT_ERROR_FOREIGN));
  assert_false (jk_result_label_read ("a", cut, sitting->session, &label, &broken));
  assert_true (g_error_matches (broken, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_LENGTH));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_outside_names_record_seal_station_and_digest),
    cmocka_unit_test (a_result_of_another_hall_or_cut_short_has_none),
  };
  return cmocka_run_group_tests_name ("result-label", tests, set_up, tear_down);
}
