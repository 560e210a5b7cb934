/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/replay.h"

static const JkDigest first_link = { { 1, 2, 3 } };

/* The next row with these values, taken or refused. */
static gboolean
take (JkReplay *replay,
      guint64 sequence,
      JkEvent event,
      guint64 exam_ms,
      const guint8 *payload,
      gsize size,
      GError **error)
{
  JkRow row = {
    .sequence = sequence,
    .event = event,
    .exam_ms = exam_ms,
    .wall_ms = 1000 + (gint64) sequence,
    .boot_id = { 8 },
    .payload = payload,
    .payload_size = (guint32) size,
  };
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  return jk_replay_take (replay, data, length, error);
}

static gboolean
take_event (JkReplay *replay,
            JkEvent event,
            guint64 exam_ms,
            guint position,
            guint16 mask,
            GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  gsize size = check_put_payload (payload, event, position, mask);
  return take (replay, jk_replay_get_n_rows (replay) + 1, event, exam_ms, payload, size, error);
}

static void
must_take (JkReplay *replay, JkEvent event, guint64 exam_ms, guint position, guint16 mask)
{
  g_autoptr (GError) error = NULL;
  take_event (replay, event, exam_ms, position, mask, &error);
  assert_ok (error);
}

static JkReplay *
running (void)
{
  JkReplay *replay = jk_replay_new (&first_link);

  must_take (replay, JK_EVENT_IDENTIFIED, 0, 0, 0);
  must_take (replay, JK_EVENT_READY, 0, 0, 0);
  must_take (replay, JK_EVENT_STARTED, 0, 0, 0);
  return replay;
}

static gboolean
take_gap (JkReplay *replay, guint64 ms, guint32 restarts, JkGapKind kind, GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkGap gap = { ms, restarts, kind };
  gsize size = jk_payload_put_gap (payload, &gap);
  return take (replay,
               jk_replay_get_n_rows (replay) + 1,
               JK_EVENT_GAP,
               jk_replay_get_exam_ms (replay),
               payload,
               size,
               error);
}

static gboolean
take_hand_in (JkReplay *replay, guint64 exam_ms, guint32 number, GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkHandedIn handed_in = { number, JK_HAND_IN_VOLUNTARY };
  gsize size = jk_payload_put_handed_in (payload, &handed_in);
  return take (replay,
               jk_replay_get_n_rows (replay) + 1,
               JK_EVENT_HANDED_IN,
               exam_ms,
               payload,
               size,
               error);
}

static gboolean
take_head (JkReplay *replay, const JkDigest *of, GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkDigest commitment;
  JkHead head = { .signature = { 5 } };

  jk_chain_commit (of, JK_HEAD_PURPOSE, &commitment);
  memcpy (head.commitment, commitment.bytes, JK_DIGEST_BYTES);
  gsize size = jk_payload_put_head (payload, &head);
  return take (replay,
               jk_replay_get_n_rows (replay) + 1,
               JK_EVENT_HEAD,
               jk_replay_get_exam_ms (replay),
               payload,
               size,
               error);
}

static void
exam_time_beyond_all_that_can_be_given_is_refused (void **state)
{
  const guint64 most_ms = (guint64) JK_EXAM_MS_MAX + 2 * (guint64) JK_GIVEN_MS_MAX;
  const guint64 wrong[] = { most_ms + 1, G_MAXINT64, G_MAXUINT64 };
  g_autoptr (JkReplay) replay = running ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    assert_false (take_event (replay, JK_EVENT_VISITED, wrong[i], 0, 0, &error));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  }
  must_take (replay, JK_EVENT_VISITED, most_ms, 0, 0);
}

static void
before_the_first_row_there_is_nothing (void **state)
{
  g_autoptr (JkReplay) replay = jk_replay_new (&first_link);

  assert_int_equal (jk_replay_get_state (replay), JK_STATE_NONE);
  assert_int_equal (jk_replay_get_n_rows (replay), 0);
  assert_null (jk_replay_get_identified (replay));
  assert_null (jk_replay_get_started (replay));
  assert_null (jk_replay_get_handed_in (replay));
  assert_null (jk_replay_get_handed_in_link (replay));
  assert_true (jk_digest_equal (jk_replay_get_link (replay), &first_link));
  jk_replay_free (NULL);
}

static void
rows_give_answers_flags_and_place (void **state)
{
  g_autoptr (JkReplay) replay = running ();

  must_take (replay, JK_EVENT_ANSWERED, 1000, 3, 4);
  must_take (replay, JK_EVENT_ANSWERED, 2000, 5, 1);
  must_take (replay, JK_EVENT_ANSWERED, 3000, 3, 2);
  must_take (replay, JK_EVENT_FLAGGED, 3000, 9, 1);
  must_take (replay, JK_EVENT_VISITED, 4000, 7, 0);
  must_take (replay, JK_EVENT_FOCUS, 4000, 2, JK_FOCUS_LOST);
  must_take (replay, JK_EVENT_CLEARED, 5000, 5, 0);

  assert_int_equal (jk_replay_get_answer (replay, 3), 2);
  assert_int_equal (jk_replay_get_answer (replay, 5), 0);
  assert_int_equal (jk_replay_get_answer (replay, JK_PAPER_ITEMS_MAX), 0);
  assert_true (jk_replay_is_flagged (replay, 9));
  assert_false (jk_replay_is_flagged (replay, 3));
  assert_int_equal (jk_replay_get_position (replay), 5);
  must_take (replay, JK_EVENT_FLAGGED, 6000, 9, 0);
  assert_false (jk_replay_is_flagged (replay, 9));
  assert_int_equal (jk_replay_get_exam_ms (replay), 6000);
  assert_int_equal (jk_replay_get_n_rows (replay), 11);
  assert_int_equal (jk_replay_get_wall_ms (replay), 1011);
  assert_int_equal (jk_replay_get_boot_id (replay)[0], 8);
  assert_int_equal (jk_replay_get_identified (replay)->record, 7);
  assert_int_equal (jk_replay_get_started (replay)->n_items, CHECK_ITEMS);
}

static void
the_link_is_the_chain_of_the_rows (void **state)
{
  g_autoptr (JkReplay) replay = jk_replay_new (&first_link);
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkRow row = { .sequence = 1, .event = JK_EVENT_IDENTIFIED, .payload = payload };
  JkDigest link;

  row.payload_size = (guint32) check_put_payload (payload, JK_EVENT_IDENTIFIED, 0, 0);
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  assert_true (jk_replay_take (replay, data, size, NULL));
  jk_chain_next (&first_link, data, size, &link);
  assert_true (jk_digest_equal (jk_replay_get_link (replay), &link));
}

static void
a_hole_or_a_repeated_row_is_refused_by_number (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  gsize size = check_put_payload (payload, JK_EVENT_VISITED, 0, 0);

  assert_false (take (replay, 5, JK_EVENT_VISITED, 0, payload, size, &error));
  assert_non_null (strstr (error->message, "Row 5"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_false (take (replay, 3, JK_EVENT_VISITED, 0, payload, size, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_false (jk_replay_take (replay, payload, 4, &error));
  assert_non_null (strstr (error->message, "Row 4"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_true (take (replay, 4, JK_EVENT_VISITED, 0, payload, size, &error));
}

static void
a_refused_row_leaves_no_trace (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  JkDigest link = *jk_replay_get_link (replay);

  assert_false (take_event (replay, JK_EVENT_ANSWERED, 1000, CHECK_ITEMS, 1, NULL));
  assert_false (take_event (replay, JK_EVENT_ANSWERED, 1000, 1, 0, NULL));
  assert_int_equal (jk_replay_get_n_rows (replay), 3);
  assert_int_equal (jk_replay_get_exam_ms (replay), 0);
  assert_int_equal (jk_replay_get_position (replay), 0);
  assert_true (jk_digest_equal (jk_replay_get_link (replay), &link));
}

static void
an_event_without_a_place_is_refused (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  assert_false (take_event (replay, JK_EVENT_SEALED, 0, 0, 0, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_false (take_event (replay, JK_EVENT_READY, 0, 0, 0, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
a_position_beyond_the_paper_is_refused (void **state)
{
  static const JkEvent events[] = { JK_EVENT_ANSWERED, JK_EVENT_CLEARED, JK_EVENT_FLAGGED };
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++) {
    assert_false (
        take_event (replay, events[i], 0, CHECK_ITEMS, events[i] == JK_EVENT_ANSWERED, &error));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  }
  assert_false (take_event (replay, JK_EVENT_ANSWERED, 0, JK_PAPER_ITEMS_MAX, 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
}

static void
exam_time_never_goes_back (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_VISITED, 1000, 0, 0);
  assert_false (take_event (replay, JK_EVENT_VISITED, 999, 0, 0, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
exam_time_stands_still_while_paused (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_PAUSED, 1000, 0, 0);
  assert_false (take_event (replay, JK_EVENT_VISITED, 1001, 0, 0, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  must_take (replay, JK_EVENT_RESUMED, 1000, 0, 0);
  must_take (replay, JK_EVENT_VISITED, 1001, 0, 0);
}

static void
an_answer_after_time_is_up_is_refused (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_ANSWERED, CHECK_ALLOTTED_MS - 1, 0, 1);
  assert_false (take_event (replay, JK_EVENT_ANSWERED, CHECK_ALLOTTED_MS, 0, 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  must_take (replay, JK_EVENT_EXTENDED, CHECK_ALLOTTED_MS, 0, 0);
  assert_int_equal (jk_replay_get_extended_ms (replay), 60000);
  must_take (replay, JK_EVENT_ANSWERED, CHECK_ALLOTTED_MS + 59999, 0, 1);
  assert_false (take_event (replay, JK_EVENT_CLEARED, CHECK_ALLOTTED_MS + 60000, 0, 0, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
gaps_are_added_up_while_running_only (void **state)
{
  g_autoptr (JkReplay) replay = jk_replay_new (&first_link);
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_IDENTIFIED, 0, 0, 0);
  assert_true (take_gap (replay, 70000, 0, JK_GAP_RESTART, &error));
  must_take (replay, JK_EVENT_READY, 0, 0, 0);
  must_take (replay, JK_EVENT_STARTED, 0, 0, 0);
  assert_true (take_gap (replay, 5000, 1, JK_GAP_RESTART, &error));
  assert_true (take_gap (replay, 9000, 1, JK_GAP_SUSPEND, &error));
  assert_true (take_gap (replay, 0, 2, JK_GAP_CLOCK_BACK, &error));
  must_take (replay, JK_EVENT_PAUSED, 0, 0, 0);
  assert_true (take_gap (replay, 80000, 2, JK_GAP_RESTART, &error));
  assert_int_equal (jk_replay_get_gaps_ms (replay), 14000);
  assert_int_equal (jk_replay_get_longest_gap_ms (replay), 9000);
  assert_int_equal (jk_replay_get_restarts (replay), 2);
  assert_false (take_gap (replay, 0, 3, JK_GAP_RESTART, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
a_head_must_commit_to_this_chain (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;
  guint64 sequence;

  assert_false (take_head (replay, &first_link, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_true (take_head (replay, jk_replay_get_link (replay), &error));
  assert_true (take_head (replay, jk_replay_get_link (replay), &error));
  assert_int_equal (jk_replay_get_n_heads (replay), 2);
  assert_int_equal (jk_replay_get_head (replay, 1, &sequence)->signature[0], 5);
  assert_int_equal (sequence, 5);
  assert_non_null (jk_replay_get_head (replay, 0, NULL));
}

static void
a_reopened_sitting_is_sealed_with_the_next_number (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  assert_false (take_hand_in (replay, 1000, 2, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_true (take_hand_in (replay, 1000, 1, &error));
  assert_true (
      jk_digest_equal (jk_replay_get_handed_in_link (replay), jk_replay_get_link (replay)));
  must_take (replay, JK_EVENT_SEALED, 1000, 0, 0);
  assert_false (
      jk_digest_equal (jk_replay_get_handed_in_link (replay), jk_replay_get_link (replay)));
  must_take (replay, JK_EVENT_REOPENED, 1000, 0, 0);
  assert_false (take_hand_in (replay, 2000, 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_true (take_hand_in (replay, 2000, 2, &error));
  assert_int_equal (jk_replay_get_handed_in (replay)->seal_number, 2);
}

static void
more_rows_than_a_sitting_may_have_are_refused (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  while (jk_replay_get_n_rows (replay) < JK_SITTING_ROWS_MAX)
    must_take (replay, JK_EVENT_VISITED, 0, 0, 0);
  assert_false (take_event (replay, JK_EVENT_VISITED, 0, 0, 0, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (before_the_first_row_there_is_nothing),
    cmocka_unit_test (exam_time_beyond_all_that_can_be_given_is_refused),
    cmocka_unit_test (rows_give_answers_flags_and_place),
    cmocka_unit_test (the_link_is_the_chain_of_the_rows),
    cmocka_unit_test (a_hole_or_a_repeated_row_is_refused_by_number),
    cmocka_unit_test (a_refused_row_leaves_no_trace),
    cmocka_unit_test (an_event_without_a_place_is_refused),
    cmocka_unit_test (a_position_beyond_the_paper_is_refused),
    cmocka_unit_test (exam_time_never_goes_back),
    cmocka_unit_test (exam_time_stands_still_while_paused),
    cmocka_unit_test (an_answer_after_time_is_up_is_refused),
    cmocka_unit_test (gaps_are_added_up_while_running_only),
    cmocka_unit_test (a_head_must_commit_to_this_chain),
    cmocka_unit_test (a_reopened_sitting_is_sealed_with_the_next_number),
    cmocka_unit_test (more_rows_than_a_sitting_may_have_are_refused),
  };
  return cmocka_run_group_tests_name ("replay", tests, check_setup, NULL);
}
