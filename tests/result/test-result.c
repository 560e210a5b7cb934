/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/result.c: what an honest station gives opens, and nothing else does. */
#include "result/refused.h"

static void
an_honest_result_opens (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (2);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkResult) result = open_as (bytes, session, sitting->record_key, &error);
  JkDigest receipt;

  assert_null (error);
  assert_non_null (result);
  assert_int_equal (jk_result_get_record (result), 2);
  assert_int_equal (jk_result_get_seal_number (result), 1);
  assert_string_equal (jk_result_get_admission (result), "2101050340101003");
  assert_string_equal (jk_result_get_name (result), "考生03");
  assert_memory_equal (jk_result_get_station (result),
                       jk_station_get_sign_public (sitting->station),
                       JK_PUBLIC_BYTES);
  const JkReplay *replay = jk_result_get_replay (result);
  assert_int_equal (jk_replay_get_answer (replay, 0), 1);
  assert_int_equal (jk_replay_get_answer (replay, 1), 2);
  assert_int_equal (jk_replay_get_answer (replay, 2), 0);
  assert_int_equal (jk_replay_get_state (replay), JK_STATE_HANDED_IN);
  jk_receipt_compute (jk_session_get_digest (session), 2, 1, &sitting->handed_in_link, &receipt);
  assert_true (jk_digest_equal (jk_result_get_receipt (result), &receipt));
  jk_result_free (NULL);
}

static void
the_digest_is_that_of_the_file (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (JkResult) result = open_as (bytes, jk_test_exam_get_session (exam, 0), NULL, NULL);
  JkKind kind;
  JkDigest digest;

  assert_non_null (result);
  assert_true (jk_envelope_peek ("f", bytes, &kind, &digest, NULL));
  assert_true (jk_digest_equal (jk_result_get_digest (result), &digest));
}

static void
a_reopened_sitting_has_the_next_seal_number (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  jk_test_handed_in_reopen (sitting);
  jk_test_handed_in_answer (sitting, 0, 2);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (JkResult) result =
      open_as (bytes, jk_test_exam_get_session (exam, 0), sitting->record_key, NULL);

  assert_non_null (result);
  assert_int_equal (jk_result_get_seal_number (result), 2);
  assert_int_equal (jk_replay_get_answer (jk_result_get_replay (result), 0), 2);
}

static void
the_receipt_of_an_undone_hand_in_is_known (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  JkDigest first;
  JkDigest second;

  jk_receipt_compute (jk_session_get_digest (sitting->session),
                      0,
                      1,
                      &sitting->handed_in_link,
                      &first);
  jk_test_handed_in_reopen (sitting);
  jk_test_handed_in_end (sitting);
  jk_receipt_compute (jk_session_get_digest (sitting->session),
                      0,
                      2,
                      &sitting->handed_in_link,
                      &second);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (JkResult) result = open_as (bytes, jk_test_exam_get_session (exam, 0), NULL, NULL);

  assert_non_null (result);
  assert_true (jk_digest_equal (jk_result_get_receipt_of (result, 1), &first));
  assert_true (jk_digest_equal (jk_result_get_receipt_of (result, 2), &second));
  assert_ptr_equal (jk_result_get_receipt (result), jk_result_get_receipt_of (result, 2));
  assert_null (jk_result_get_receipt_of (result, 0));
  assert_null (jk_result_get_receipt_of (result, 3));
}

static void
every_flipped_bit_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size * 8; i++) {
    guint8 *copy = g_memdup2 (data, size);
    copy[i / 8] ^= (guint8) (1u << (i % 8));
    g_autoptr (GBytes) bad = g_bytes_new_take (copy, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (JkResult) result = open_as (bad, session, NULL, &error);

    if (result != NULL || error->domain != JK_ENVELOPE_ERROR)
      fail_msg ("byte %" G_GSIZE_FORMAT " bit %" G_GSIZE_FORMAT ": %s",
                i / 8,
                i % 8,
                error != NULL ? error->message : "accepted");
    if (i < 64)
      assert_int_equal (error->code, JK_ENVELOPE_ERROR_FOREIGN);
  }
}

static void
every_truncation_and_every_addition_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  jk_test_handed_in_end (sitting);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++) {
    g_autoptr (GBytes) bad = g_bytes_new (data, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (JkResult) result = open_as (bad, jk_test_exam_get_session (exam, 0), NULL, &error);
    assert_null (result);
    assert_true (error->domain == JK_ENVELOPE_ERROR);
    if (i >= JK_ENVELOPE_HEAD_BYTES)
      assert_int_equal (error->code, JK_ENVELOPE_ERROR_LENGTH);
  }
  g_autofree guint8 *longer = g_malloc0 (size + 8);
  memcpy (longer, data, size);
  g_autoptr (GBytes) added = g_bytes_new (longer, size + 8);
  check_refused (added, NULL, JK_ENVELOPE_ERROR, JK_ENVELOPE_ERROR_LENGTH);
}

static void
a_file_that_is_too_large_is_refused (void **state)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new_take (g_malloc0 (JK_RESULT_BYTES_MAX + 1), JK_RESULT_BYTES_MAX + 1);
  check_refused (bytes, NULL, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE);
}

static void
a_result_of_another_session_or_hall_is_refused (void **state)
{
  const JkTestExamOptions options = { .seed = 99 };
  g_autoptr (JkTestExam) other = jk_test_exam_new_with (&options);
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  const JkSession *wrong[] = {
    jk_test_exam_get_session (other, 0),
    jk_test_exam_get_session (exam, 1),
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JkResult) result = open_as (bytes, wrong[i], NULL, &error);
    assert_null (result);
    assert_true (g_error_matches (error, JK_RESULT_ERROR, JK_RESULT_ERROR_FOREIGN));
  }
}

static void
a_result_sealed_to_another_centre_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  const JkRandom *random = jk_test_exam_get_world (exam)->random;
  JkTestForgery parts;
  JkSealPublic other;
  g_autoptr (JkSecret) key = jk_seal_key_new (random, "test: other centre", 0, &other);

  jk_test_handed_in_get_parts (sitting, &parts);
  parts.centre = &other;
  check_forgery (&parts, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

static void
an_open_part_that_was_changed_does_not_open (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  JkTestForgery parts;

  /* The same seal under another open part: the station's key signs it, but the box does not open.
   */
  jk_test_handed_in_get_parts (sitting, &parts);
  parts.purpose = "jikao 1 something";
  g_autoptr (GBytes) other = jk_test_forge (exam, &parts);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkResult) result = open_as (other, jk_test_exam_get_session (exam, 0), NULL, &error);
  assert_null (result);
  assert_true (error->domain == JK_CRYPTO_ERROR);
}

static void
what_is_inside_must_be_a_result (void **state)
{
  static const guint8 garbage[] = { 1, 2, 3, 4, 5, 0xff, 0xff };
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  g_autofree char *long_number = g_strnfill (JK_ID_BYTES_MAX + 1, '1');
  g_autofree char *long_name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'n');
  JkTestForgery good;

  jk_test_handed_in_get_parts (sitting, &good);
  JkTestForgery parts = good;
  parts.inside = garbage;
  parts.inside_size = sizeof garbage;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  parts = good;
  parts.link_size = 31;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  parts = good;
  parts.signature_size = 63;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  parts = good;
  parts.admission = long_number;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  parts = good;
  parts.name = long_name;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
}

/* The inside of a result, of which GLib is asked whether it is in normal form. */
static void
check_inside (const JkTestForgery *good, const guint8 *inside, gsize size)
{
  JkTestForgery parts = *good;
  g_autoptr (GBytes) copy = g_bytes_new (inside, size);
  g_autoptr (GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (JK_RESULT_INSIDE), copy, FALSE));
  g_autoptr (GError) error = NULL;

  parts.inside = inside;
  parts.inside_size = size;
  g_autoptr (GBytes) forged = jk_test_forge (exam, &parts);
  g_autoptr (JkResult) result = open_as (forged, jk_test_exam_get_session (exam, 0), NULL, &error);
  gboolean is_refused =
      error != NULL && strstr (error->message, "opens, but holds no result") != NULL;
  assert_int_equal (is_refused, !g_variant_is_normal_form (variant));
}

static void
only_the_normal_form_is_taken (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  JkTestForgery good;

  jk_test_handed_in_get_parts (sitting, &good);
  g_autoptr (GVariant) inside = g_variant_ref_sink (g_variant_new (
      "(@ayss@ay@ay)",
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, &good.first_link, JK_DIGEST_BYTES, 1),
      good.admission,
      good.name,
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, good.signature, JK_SIGNATURE_BYTES, 1),
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, good.rows->data, 16, 1)));
  gsize size = g_variant_get_size (inside);
  g_autofree guint8 *bytes = g_malloc (size + 1);
  memcpy (bytes, g_variant_get_data (inside), size);
  bytes[size] = 0;

  for (gsize i = 0; i <= size + 1; i++)
    check_inside (&good, bytes, i);
  for (gsize bit = 0; bit < size * 8; bit++) {
    bytes[bit / 8] ^= (guint8) (1u << bit % 8);
    check_inside (&good, bytes, size);
    bytes[bit / 8] ^= (guint8) (1u << bit % 8);
  }
}

static void
open_part_and_rows_must_agree (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  const JkRandom *random = jk_test_exam_get_world (exam)->random;
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) other = jk_sign_key_new (random, "test: other station", 0, public_key);
  JkTestForgery good;

  jk_test_handed_in_get_parts (sitting, &good);
  JkTestForgery parts = good;
  parts.record = 1;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  parts = good;
  parts.seal_number = 2;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  parts = good;
  parts.hall = "02";
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_FOREIGN);
  parts = good;
  parts.sitting_id_size = JK_SITTING_ID_BYTES + 1;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  parts = good;
  parts.station = other;
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
}

static void
another_sitting_number_breaks_the_proof (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  JkTestForgery parts;

  jk_test_handed_in_get_parts (sitting, &parts);
  parts.sitting_id[0] ^= 1;
  g_autoptr (GBytes) bytes = jk_test_forge (exam, &parts);
  check_refused (bytes, sitting->record_key, JK_RESULT_ERROR, JK_RESULT_ERROR_PROOF);
}

static void
another_candidates_record_key_breaks_the_proof (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  g_autoptr (JkTestHandedIn) second = hand_in (1);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkResult) result = open_as (bytes, jk_test_exam_get_session (exam, 0), NULL, NULL);

  check_refused (bytes, second->record_key, JK_RESULT_ERROR, JK_RESULT_ERROR_PROOF);
  assert_non_null (result);
  assert_true (jk_result_check_proof (result, sitting->record_key, NULL));
  assert_false (jk_result_check_proof (result, second->record_key, &error));
  assert_true (g_error_matches (error, JK_RESULT_ERROR, JK_RESULT_ERROR_PROOF));
}

static void
peeking_needs_no_key (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (4);
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) - 1);
  g_autoptr (GError) error = NULL;
  guint32 record = 99;
  guint32 seal = 99;

  assert_false (jk_result_peek ("r.jkresult",
                                cut,
                                jk_test_exam_get_session (exam, 0),
                                &record,
                                &seal,
                                &error));
  assert_int_equal (record, 99);
  assert_true (jk_result_peek ("r.jkresult",
                               bytes,
                               jk_test_exam_get_session (exam, 0),
                               &record,
                               &seal,
                               NULL));
  assert_int_equal (record, 4);
  assert_int_equal (seal, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_honest_result_opens),
    cmocka_unit_test (the_digest_is_that_of_the_file),
    cmocka_unit_test (a_reopened_sitting_has_the_next_seal_number),
    cmocka_unit_test (the_receipt_of_an_undone_hand_in_is_known),
    cmocka_unit_test (every_flipped_bit_is_refused),
    cmocka_unit_test (every_truncation_and_every_addition_is_refused),
    cmocka_unit_test (a_file_that_is_too_large_is_refused),
    cmocka_unit_test (a_result_of_another_session_or_hall_is_refused),
    cmocka_unit_test (a_result_sealed_to_another_centre_is_refused),
    cmocka_unit_test (an_open_part_that_was_changed_does_not_open),
    cmocka_unit_test (what_is_inside_must_be_a_result),
    cmocka_unit_test (only_the_normal_form_is_taken),
    cmocka_unit_test (open_part_and_rows_must_agree),
    cmocka_unit_test (another_sitting_number_breaks_the_proof),
    cmocka_unit_test (another_candidates_record_key_breaks_the_proof),
    cmocka_unit_test (peeking_needs_no_key),
  };
  return cmocka_run_group_tests_name ("result", tests, set_up, tear_down);
}
