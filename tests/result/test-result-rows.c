/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/result.c: rows that somebody changed, removed, moved, added or signed. */
#include "result/refused.h"

#define ROW_AT_EXAM_MS 16

/* Where the n-th row begins, its size before it; 0 first. */
static guint
find_row (const GByteArray *rows, guint n)
{
  guint at = 0;
  while (n-- > 0)
    at += 4 + jk_bytes_get_u32 (rows->data + at);
  return at;
}

static void
a_forged_hand_in_time_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  JkTestForgery parts;
  /* identified, ready, started, two answers, head, handed-in */
  guint8 *row = sitting->rows->data + find_row (sitting->rows, 6) + 4;

  jk_test_handed_in_get_parts (sitting, &parts);
  jk_bytes_put_u64 (row + ROW_AT_EXAM_MS, jk_bytes_get_u64 (row + ROW_AT_EXAM_MS) + 60000);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_SIGNATURE);
}

static void
a_changed_answer_breaks_the_chain (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  JkTestForgery parts;
  guint8 *row = sitting->rows->data + find_row (sitting->rows, 3) + 4;

  jk_test_handed_in_get_parts (sitting, &parts);
  row[JK_ROW_HEAD_BYTES + 2] = 2;
  check_forgery (&parts, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
removed_rows_are_missed (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  JkTestForgery parts;
  guint from = find_row (sitting->rows, 3);

  jk_test_handed_in_get_parts (sitting, &parts);
  g_byte_array_remove_range (sitting->rows, from, find_row (sitting->rows, 4) - from);
  check_forgery (&parts, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
reordered_rows_are_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  JkTestForgery parts;
  guint first = find_row (sitting->rows, 3);
  guint second = find_row (sitting->rows, 4);
  guint size = second - first;
  g_autofree guint8 *copy = g_memdup2 (sitting->rows->data + first, size);

  jk_test_handed_in_get_parts (sitting, &parts);
  memmove (sitting->rows->data + first, sitting->rows->data + second, size);
  memcpy (sitting->rows->data + second, copy, size);
  check_forgery (&parts, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
an_added_row_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  JkTestForgery parts;

  /* The signature is over the hand-in without the answer that is put in here. */
  jk_test_handed_in_end (sitting);
  JkDigest honest = sitting->handed_in_link;
  g_autoptr (JkTestHandedIn) again = jk_test_handed_in_new (exam, 0);
  jk_test_handed_in_answer (again, 0, 1);
  jk_test_handed_in_end (again);
  again->handed_in_link = honest;
  jk_test_handed_in_get_parts (again, &parts);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_SIGNATURE);

  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_get_parts (sitting, &parts);
  check_forgery (&parts, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
rows_that_do_not_end_with_the_hand_in_are_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  g_autoptr (JkTestHandedIn) collected = hand_in (1);
  guint8 digest[JK_DIGEST_BYTES] = { 0 };
  JkTestForgery parts;

  jk_test_handed_in_get_parts (sitting, &parts);
  g_byte_array_set_size (sitting->rows, find_row (sitting->rows, 6));
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  g_byte_array_set_size (sitting->rows, 0);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);

  jk_test_handed_in_add (collected, JK_EVENT_SEALED, digest, sizeof digest);
  jk_test_handed_in_get_parts (collected, &parts);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
}

static void
rows_that_are_cut_short_are_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = hand_in (0);
  guint last = find_row (sitting->rows, 6);
  const guint sizes[] = { last + 1, last + 4, last + 20, sitting->rows->len - 1 };
  JkTestForgery parts;

  jk_test_handed_in_get_parts (sitting, &parts);
  for (guint i = G_N_ELEMENTS (sizes); i-- > 0;) {
    g_byte_array_set_size (sitting->rows, sizes[i]);
    check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
  }
  jk_bytes_put_u32 (sitting->rows->data, G_MAXUINT32);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
}

static void
a_head_signed_by_another_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  JkDigest commitment;
  JkHead head = { 0 };
  JkTestForgery parts;

  jk_chain_commit (&sitting->link, JK_HEAD_PURPOSE, &commitment);
  memcpy (head.commitment, commitment.bytes, JK_DIGEST_BYTES);
  jk_test_handed_in_add (sitting, JK_EVENT_HEAD, out, jk_payload_put_head (out, &head));
  jk_test_handed_in_end (sitting);
  jk_test_handed_in_get_parts (sitting, &parts);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_SIGNATURE);
}

/* Writes the rows again from IDENTIFIED on, as a station would that signs whatever it likes. */
static void
write_again (JkTestHandedIn *sitting, const JkIdentified *identified, guint32 amendment)
{
  const JkStarted started = { .allotted_ms = 1000000, .n_items = 6, .amendment = amendment };
  guint8 out[JK_PAYLOAD_BYTES_MAX];

  g_byte_array_set_size (sitting->rows, 0);
  sitting->sequence = 0;
  sitting->link = sitting->first_link;
  jk_test_handed_in_add (sitting,
                         JK_EVENT_IDENTIFIED,
                         out,
                         jk_payload_put_identified (out, identified));
  jk_test_handed_in_add (sitting, JK_EVENT_READY, NULL, 0);
  jk_test_handed_in_add (sitting, JK_EVENT_STARTED, out, jk_payload_put_started (out, &started));
  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_end (sitting);
}

static void
a_station_without_the_record_key_cannot_prove_a_log_in (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  JkIdentified identified = { .record = 0 };
  JkTestForgery parts;

  memcpy (identified.session_digest,
          jk_session_get_digest (sitting->session)->bytes,
          JK_DIGEST_BYTES);
  memcpy (identified.station_sign, jk_station_get_sign_public (sitting->station), JK_PUBLIC_BYTES);
  write_again (sitting, &identified, 0);
  jk_test_handed_in_get_parts (sitting, &parts);
  g_autoptr (GBytes) bytes = jk_test_forge (exam, &parts);
  g_autoptr (JkResult) result = open_as (bytes, jk_test_exam_get_session (exam, 0), NULL, NULL);
  assert_non_null (result);
  check_refused (bytes, sitting->record_key, JK_RESULT_ERROR, JK_RESULT_ERROR_PROOF);
}

static void
a_start_under_an_amendment_that_is_not_loaded_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  JkIdentified identified = { .record = 0 };
  JkTestForgery parts;

  memcpy (identified.session_digest,
          jk_session_get_digest (sitting->session)->bytes,
          JK_DIGEST_BYTES);
  memcpy (identified.station_sign, jk_station_get_sign_public (sitting->station), JK_PUBLIC_BYTES);
  write_again (sitting, &identified, 1);
  jk_test_handed_in_get_parts (sitting, &parts);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_AMENDMENT);
}

static void
rows_of_another_session_are_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  JkIdentified identified = { .record = 0 };
  JkTestForgery parts;

  memcpy (identified.station_sign, jk_station_get_sign_public (sitting->station), JK_PUBLIC_BYTES);
  write_again (sitting, &identified, 0);
  jk_test_handed_in_get_parts (sitting, &parts);
  check_forgery (&parts, JK_RESULT_ERROR, JK_RESULT_ERROR_CONTENT);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_forged_hand_in_time_is_refused),
    cmocka_unit_test (a_changed_answer_breaks_the_chain),
    cmocka_unit_test (removed_rows_are_missed),
    cmocka_unit_test (reordered_rows_are_refused),
    cmocka_unit_test (an_added_row_is_refused),
    cmocka_unit_test (rows_that_do_not_end_with_the_hand_in_are_refused),
    cmocka_unit_test (rows_that_are_cut_short_are_refused),
    cmocka_unit_test (a_head_signed_by_another_is_refused),
    cmocka_unit_test (a_station_without_the_record_key_cannot_prove_a_log_in),
    cmocka_unit_test (a_start_under_an_amendment_that_is_not_loaded_is_refused),
    cmocka_unit_test (rows_of_another_session_are_refused),
  };
  return cmocka_run_group_tests_name ("result-rows", tests, set_up, tear_down);
}
