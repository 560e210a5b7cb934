/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "support/vector.h"

/* A row around a payload; borrows it. */
static JkRow
row_of (JkEvent event, const guint8 *payload, gsize size)
{
  return (JkRow){
    .sequence = 1,
    .event = event,
    .payload = payload,
    .payload_size = (guint32) size,
  };
}

static void
the_row_of_the_document_is_an_answer (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("row-answered");
  gsize size;
  const guint8 *data = g_bytes_get_data (vector, &size);
  JkRow row;
  JkMark mark;

  assert_true (jk_row_from_bytes (data, size, &row));
  assert_int_equal (row.sequence, 4);
  assert_int_equal (row.event, JK_EVENT_ANSWERED);
  assert_int_equal (row.exam_ms, 61500);
  assert_int_equal (row.wall_ms, 1619226061500);
  assert_true (jk_payload_get_mark (&row, &mark));
  assert_int_equal (mark.position, 2);
  assert_int_equal (mark.mask, 5);

  g_autoptr (GBytes) again = jk_row_to_bytes (&row);
  assert_true (g_bytes_equal (again, vector));
}

static void
a_row_of_a_wrong_length_is_refused (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("row-answered");
  gsize size;
  const guint8 *data = g_bytes_get_data (vector, &size);
  g_autofree guint8 *longer = g_malloc0 (size + 1);
  JkRow row;

  memcpy (longer, data, size);
  for (gsize n = 0; n < size; n++)
    assert_false (jk_row_from_bytes (data, n, &row));
  assert_false (jk_row_from_bytes (longer, size + 1, &row));
}

static void
an_unknown_event_is_refused (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("row-answered");
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (vector, NULL), 52);
  JkRow row;

  jk_bytes_put_u16 (data + 8, 0);
  assert_false (jk_row_from_bytes (data, 52, &row));
  jk_bytes_put_u16 (data + 8, JK_N_EVENTS);
  assert_false (jk_row_from_bytes (data, 52, &row));
  jk_bytes_put_u16 (data + 8, JK_EVENT_GAP);
  assert_false (jk_row_from_bytes (data, 52, &row));
  jk_bytes_put_u16 (data + 8, JK_EVENT_CLEARED);
  assert_true (jk_row_from_bytes (data, 52, &row));
  data[10] = 1;
  assert_false (jk_row_from_bytes (data, 52, &row));
}

static void
every_payload_is_read_as_written (void **state)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkIdentified identified = { { 1 }, { 2 }, { 3 }, 24999 }, identified_again = { 0 };
  JkStarted started = { 5400000, 90, { 4 }, 2 }, started_again = { 0 };
  JkGap gap = { 61000, 2, JK_GAP_RESTART }, gap_again = { 0 };
  JkHead head = { { 5 }, { 6 } }, head_again = { 0 };
  JkHandedIn handed_in = { 2, JK_HAND_IN_FORCED, { 8 }, { { 9 } } }, handed_in_again = { 0 };
  JkDigest digest = { { 7 } }, digest_again = { { 0 } };

  JkRow row = row_of (JK_EVENT_IDENTIFIED, at, jk_payload_put_identified (at, &identified));
  assert_true (jk_payload_get_identified (&row, &identified_again));
  assert_memory_equal (&identified, &identified_again, sizeof identified);
  row = row_of (JK_EVENT_STARTED, at, jk_payload_put_started (at, &started));
  assert_true (jk_payload_get_started (&row, &started_again));
  assert_int_equal (started_again.allotted_ms, 5400000);
  assert_int_equal (started_again.n_items, 90);
  assert_int_equal (started_again.paper_digest[0], 4);
  assert_int_equal (started_again.amendment, 2);
  row = row_of (JK_EVENT_GAP, at, jk_payload_put_gap (at, &gap));
  assert_true (jk_payload_get_gap (&row, &gap_again));
  assert_memory_equal (&gap, &gap_again, sizeof gap);
  row = row_of (JK_EVENT_HEAD, at, jk_payload_put_head (at, &head));
  assert_true (jk_payload_get_head (&row, &head_again));
  assert_memory_equal (&head, &head_again, sizeof head);
  row = row_of (JK_EVENT_HANDED_IN, at, jk_payload_put_handed_in (at, &handed_in));
  assert_true (jk_payload_get_handed_in (&row, &handed_in_again));
  assert_memory_equal (&handed_in, &handed_in_again, sizeof handed_in);
  row = row_of (JK_EVENT_SEALED, at, jk_payload_put_digest (at, &digest));
  assert_true (jk_payload_get_digest (&row, &digest_again));
  assert_true (jk_digest_equal (&digest, &digest_again));
}

static void
what_orders_cause_is_read_as_written (void **state)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkOrdered ordered = { { 1 }, { { 2 } }, 300000 }, ordered_again = { 0 };
  JkCommonEnd common_end = { 3000, 7, { { 4 } } }, common_end_again = { 0 };
  JkArrived arrived = { { 5 }, { 6 }, { { 7 } } }, arrived_again = { 0 };
  gint64 step_ms = 0;

  JkRow row = row_of (JK_EVENT_EXTENDED, at, jk_payload_put_ordered (at, &ordered));
  assert_int_equal (row.payload_size, 56);
  assert_true (jk_payload_get_ordered (&row, &ordered_again));
  assert_memory_equal (&ordered, &ordered_again, sizeof ordered);
  row = row_of (JK_EVENT_COMMON_END, at, jk_payload_put_common_end (at, &common_end));
  assert_true (jk_payload_get_common_end (&row, &common_end_again));
  assert_memory_equal (&common_end, &common_end_again, sizeof common_end);
  row = row_of (JK_EVENT_ARRIVED, at, jk_payload_put_arrived (at, &arrived));
  assert_true (jk_payload_get_arrived (&row, &arrived_again));
  assert_memory_equal (&arrived, &arrived_again, sizeof arrived);
  row = row_of (JK_EVENT_CLOCK, at, jk_payload_put_clock (at, -86400000));
  assert_true (jk_payload_get_clock (&row, &step_ms));
  assert_int_equal (step_ms, -86400000);
}

static void
assert_mark (JkEvent event, guint position, guint mask, gboolean wanted)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkMark mark = { (guint16) position, (guint16) mask }, again;
  JkRow row = row_of (event, at, jk_payload_put_mark (at, &mark));

  assert_int_equal (jk_payload_get_mark (&row, &again), wanted);
}

static void
a_mark_out_of_range_is_refused (void **state)
{
  assert_mark (JK_EVENT_ANSWERED, 0, 1, TRUE);
  assert_mark (JK_EVENT_ANSWERED, JK_PAPER_ITEMS_MAX - 1, 255, TRUE);
  assert_mark (JK_EVENT_ANSWERED, JK_PAPER_ITEMS_MAX, 1, FALSE);
  assert_mark (JK_EVENT_ANSWERED, 0, 0, FALSE);
  assert_mark (JK_EVENT_ANSWERED, 0, 256, FALSE);
  assert_mark (JK_EVENT_CLEARED, 0, 0, TRUE);
  assert_mark (JK_EVENT_CLEARED, 0, 1, FALSE);
  assert_mark (JK_EVENT_FLAGGED, 0, 1, TRUE);
  assert_mark (JK_EVENT_FLAGGED, 0, 2, FALSE);
  assert_mark (JK_EVENT_VISITED, 0, 0, TRUE);
  assert_mark (JK_EVENT_VISITED, 0, 1, FALSE);
  assert_mark (JK_EVENT_FOCUS, 0, 0, FALSE);
  assert_mark (JK_EVENT_FOCUS, 0, JK_FOCUS_LOST, TRUE);
  assert_mark (JK_EVENT_FOCUS, 0, JK_FOCUS_DISPLAYS, TRUE);
  assert_mark (JK_EVENT_FOCUS, 0, 4, FALSE);
}

static gboolean
is_started (guint64 allotted_ms, guint32 n_items, guint32 amendment)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkStarted again,
      started = { .allotted_ms = allotted_ms, .n_items = n_items, .amendment = amendment };
  JkRow row = row_of (JK_EVENT_STARTED, at, jk_payload_put_started (at, &started));
  return jk_payload_get_started (&row, &again);
}

static gboolean
is_gap (guint64 claimed_ms, guint32 restarts, guint kind)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkGap gap = { claimed_ms, restarts, (JkGapKind) kind }, again;
  JkRow row = row_of (JK_EVENT_GAP, at, jk_payload_put_gap (at, &gap));
  return jk_payload_get_gap (&row, &again);
}

static gboolean
is_ordered (JkEvent event, guint64 amount)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkOrdered ordered = { { 1 }, { { 2 } }, amount }, again;
  JkRow row = row_of (event, at, jk_payload_put_ordered (at, &ordered));
  return jk_payload_get_ordered (&row, &again);
}

static void
the_start_of_the_document_names_its_amendment (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("row-started");
  guint8 again[JK_PAYLOAD_BYTES_MAX];
  JkStarted started;
  gsize size;
  const guint8 *data = g_bytes_get_data (vector, &size);
  JkRow row;

  assert_true (jk_row_from_bytes (data, size, &row));
  assert_int_equal (row.event, JK_EVENT_STARTED);
  assert_true (jk_payload_get_started (&row, &started));
  assert_int_equal (started.allotted_ms, 5400000);
  assert_int_equal (started.n_items, 90);
  assert_int_equal (started.paper_digest[31], 0x1f);
  assert_int_equal (started.amendment, 2);
  assert_int_equal (jk_payload_put_started (again, &started), row.payload_size);
  assert_memory_equal (again, row.payload, row.payload_size);
}

static void
the_extension_of_the_document_is_an_order (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("row-extended");
  gsize size;
  const guint8 *data = g_bytes_get_data (vector, &size);
  JkOrdered ordered;
  JkRow row;

  assert_true (jk_row_from_bytes (data, size, &row));
  assert_int_equal (row.event, JK_EVENT_EXTENDED);
  assert_true (jk_payload_get_ordered (&row, &ordered));
  assert_int_equal (ordered.id[0], 0xa0);
  assert_int_equal (ordered.digest.bytes[31], 0x1f);
  assert_int_equal (ordered.amount, 600000);
}

static void
each_event_has_its_amounts (void **state)
{
  static const JkEvent plain[] = {
    JK_EVENT_PAUSED,   JK_EVENT_RESUMED,   JK_EVENT_MOVED,
    JK_EVENT_RELEASED, JK_EVENT_CONSENTED, JK_EVENT_COLLECTED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++) {
    assert_true (jk_event_is_ordered (plain[i]));
    assert_true (is_ordered (plain[i], 0));
    assert_false (is_ordered (plain[i], 1));
  }
  assert_false (is_ordered (JK_EVENT_EXTENDED, 0));
  assert_true (is_ordered (JK_EVENT_EXTENDED, JK_EXAM_MS_MAX));
  assert_false (is_ordered (JK_EVENT_EXTENDED, JK_EXAM_MS_MAX + 1u));
  assert_false (is_ordered (JK_EVENT_CREDITED, 0));
  assert_false (is_ordered (JK_EVENT_CREDITED, JK_EXAM_MS_MAX + 1u));
  assert_true (is_ordered (JK_EVENT_LATE, 0));
  assert_false (is_ordered (JK_EVENT_LATE, JK_EXAM_MS_MAX + 1u));
  assert_true (is_ordered (JK_EVENT_REOPENED, 0));
  assert_true (is_ordered (JK_EVENT_NOTED, JK_ACT_VIOLATION));
  assert_false (is_ordered (JK_EVENT_NOTED, JK_ACT_WALK_IN));
  assert_false (is_ordered (JK_EVENT_NOTED, JK_N_ACTS));
  assert_false (is_ordered (JK_EVENT_NOTED, 0));
  assert_true (is_ordered (JK_EVENT_ADMITTED, JK_ACT_WRONG_ID));
  assert_false (is_ordered (JK_EVENT_ADMITTED, G_MAXUINT64));
  assert_false (jk_event_is_ordered (JK_EVENT_HANDED_IN));
  assert_false (jk_event_is_ordered (JK_EVENT_ARRIVED));
}

static gboolean
is_handed_in_by (guint reason, guint8 first_of_id)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkHandedIn handed_in = { 1, (JkHandInReason) reason, { first_of_id }, { { 0 } } }, again;
  JkRow row = row_of (JK_EVENT_HANDED_IN, at, jk_payload_put_handed_in (at, &handed_in));
  return jk_payload_get_handed_in (&row, &again);
}

static void
only_a_forced_hand_in_names_an_order (void **state)
{
  assert_true (is_handed_in_by (JK_HAND_IN_FORCED, 1));
  assert_false (is_handed_in_by (JK_HAND_IN_FORCED, 0));
  assert_true (is_handed_in_by (JK_HAND_IN_VOLUNTARY, 0));
  assert_false (is_handed_in_by (JK_HAND_IN_VOLUNTARY, 1));
  assert_false (is_handed_in_by (JK_HAND_IN_TIME_UP, 1));
}

static gboolean
is_handed_in (guint32 seal_number, guint reason)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkHandedIn handed_in = { .seal_number = seal_number, .reason = (JkHandInReason) reason }, again;
  JkRow row = row_of (JK_EVENT_HANDED_IN, at, jk_payload_put_handed_in (at, &handed_in));
  return jk_payload_get_handed_in (&row, &again);
}

static void
a_number_out_of_range_is_refused (void **state)
{
  guint8 at[JK_PAYLOAD_BYTES_MAX];
  JkIdentified identified = { .record = JK_RECORDS_MAX }, again;
  JkRow row = row_of (JK_EVENT_IDENTIFIED, at, jk_payload_put_identified (at, &identified));
  JkCommonEnd common_end = { .left_ms = JK_EXAM_MS_MAX + 1u }, common_end_again;

  assert_false (jk_payload_get_identified (&row, &again));
  assert_true (is_started (1, 1, 0));
  assert_false (is_started (0, 1, 0));
  assert_false (is_started (JK_EXAM_MS_MAX + 1u, 1, 0));
  assert_false (is_started (1, 0, 0));
  assert_false (is_started (1, JK_PAPER_ITEMS_MAX + 1, 0));
  assert_true (is_started (1, 1, JK_AMENDMENTS_MAX));
  assert_false (is_started (1, 1, JK_AMENDMENTS_MAX + 1));
  assert_true (is_gap (0, 1, JK_GAP_CLOCK_BACK));
  assert_false (is_gap (1, 1, JK_GAP_CLOCK_BACK));
  assert_false (is_gap (0, 1, 0));
  assert_false (is_gap (0, 1, 4));
  assert_false (is_gap (0, JK_SITTING_ROWS_MAX + 1, JK_GAP_RESTART));
  assert_true (is_gap (JK_GAP_MS_MAX, 1, JK_GAP_SUSPEND));
  assert_false (is_gap (JK_GAP_MS_MAX + 1, 1, JK_GAP_SUSPEND));
  assert_false (is_handed_in (0, JK_HAND_IN_VOLUNTARY));
  assert_false (is_handed_in (1, 0));
  assert_false (is_handed_in (1, 4));
  row = row_of (JK_EVENT_COMMON_END, at, jk_payload_put_common_end (at, &common_end));
  assert_false (jk_payload_get_common_end (&row, &common_end_again));
}

static void
what_a_head_signs_is_in_order (void **state)
{
  guint8 out[JK_HEAD_SIGNED_BYTES], commitment[JK_DIGEST_BYTES];
  JkDigest session;

  memset (session.bytes, 1, sizeof session.bytes);
  memset (commitment, 2, sizeof commitment);
  jk_head_put_signed (out, &session, 0x0304, 0x0506, commitment);
  assert_memory_equal (out, session.bytes, JK_DIGEST_BYTES);
  assert_int_equal (jk_bytes_get_u32 (out + 32), 0x0304);
  assert_int_equal (jk_bytes_get_u64 (out + 36), 0x0506);
  assert_memory_equal (out + 44, commitment, JK_DIGEST_BYTES);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_row_of_the_document_is_an_answer),
    cmocka_unit_test (a_row_of_a_wrong_length_is_refused),
    cmocka_unit_test (an_unknown_event_is_refused),
    cmocka_unit_test (every_payload_is_read_as_written),
    cmocka_unit_test (what_orders_cause_is_read_as_written),
    cmocka_unit_test (the_start_of_the_document_names_its_amendment),
    cmocka_unit_test (the_extension_of_the_document_is_an_order),
    cmocka_unit_test (each_event_has_its_amounts),
    cmocka_unit_test (only_a_forced_hand_in_names_an_order),
    cmocka_unit_test (a_mark_out_of_range_is_refused),
    cmocka_unit_test (a_number_out_of_range_is_refused),
    cmocka_unit_test (what_a_head_signs_is_in_order),
  };
  return cmocka_run_group_tests_name ("row", tests, check_setup, NULL);
}
