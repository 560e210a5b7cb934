/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

static const JkDigest first_link = { { 1, 2, 3 } };

static gboolean
take (JkReplay *replay, JkEvent event, const guint8 *payload, gsize size, GError **error)
{
  JkRow row = {
    .sequence = jk_replay_get_n_rows (replay) + 1,
    .event = event,
    .payload = payload,
    .payload_size = (guint32) size,
  };
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  return jk_replay_take (replay, data, length, error);
}

/* An event of order number n. */
static gboolean
take_order (JkReplay *replay, JkEvent event, guint n, GError **error)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  gsize size = check_put_payload (payload, event, n, 0);

  return take (replay, event, payload, size, error);
}

static void
must_take (JkReplay *replay, JkEvent event, guint n)
{
  g_autoptr (GError) error = NULL;

  take_order (replay, event, n, &error);
  assert_ok (error);
}

static JkReplay *
running (void)
{
  JkReplay *replay = jk_replay_new (&first_link);

  must_take (replay, JK_EVENT_IDENTIFIED, 0);
  must_take (replay, JK_EVENT_READY, 0);
  must_take (replay, JK_EVENT_STARTED, 0);
  return replay;
}

static void
orders_are_remembered_in_their_order (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  const guint8 nobody[JK_ORDER_ID_BYTES] = { 0 };

  assert_int_equal (jk_replay_get_epoch (replay), 0);
  must_take (replay, JK_EVENT_EXTENDED, 1);
  must_take (replay, JK_EVENT_PAUSED, 1);
  must_take (replay, JK_EVENT_VISITED, 1);
  must_take (replay, JK_EVENT_RESUMED, 1);
  assert_int_equal (jk_replay_get_epoch (replay), 3);
  const JkObeyed *obeyed = jk_replay_get_obeyed (replay, 0);
  assert_int_equal (obeyed->event, JK_EVENT_EXTENDED);
  assert_int_equal (obeyed->sequence, 4);
  assert_int_equal (obeyed->ordered.amount, 60000);
  assert_int_equal (jk_replay_get_obeyed (replay, 2)->sequence, 7);
  assert_true (jk_replay_has_obeyed (replay, obeyed->ordered.id));
  assert_false (jk_replay_has_obeyed (replay, nobody));
}

static void
an_order_is_obeyed_once (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_EXTENDED, 1);
  assert_false (take_order (replay, JK_EVENT_EXTENDED, 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  must_take (replay, JK_EVENT_EXTENDED, 2);
  assert_int_equal (jk_replay_get_extended_ms (replay), 120000);
}

static void
more_time_than_may_be_is_refused (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (; n < JK_GIVEN_MS_MAX / 60000; n++)
    must_take (replay, JK_EVENT_CREDITED, n);
  assert_false (take_order (replay, JK_EVENT_CREDITED, n, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  assert_int_equal (jk_replay_get_ledger (replay)->credited_ms, JK_GIVEN_MS_MAX);
}

static void
more_orders_than_may_be_are_refused (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < JK_ORDERS_MAX; n++)
    must_take (replay, JK_EVENT_NOTED, n);
  assert_false (take_order (replay, JK_EVENT_NOTED, JK_ORDERS_MAX, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
consent_lasts_until_the_hand_in (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  JkHandedIn handed_in = { .seal_number = 1, .reason = JK_HAND_IN_VOLUNTARY };
  guint8 payload[JK_PAYLOAD_BYTES_MAX];

  assert_false (jk_replay_has_consent (replay));
  must_take (replay, JK_EVENT_CONSENTED, 1);
  assert_true (jk_replay_has_consent (replay));
  gsize size = jk_payload_put_handed_in (payload, &handed_in);
  assert_true (take (replay, JK_EVENT_HANDED_IN, payload, size, NULL));
  assert_false (jk_replay_has_consent (replay));
}

static void
a_moved_sitting_arrives_by_the_same_order (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_MOVED, 1);
  assert_false (take_order (replay, JK_EVENT_ARRIVED, 2, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_false (jk_replay_is_waiting (replay));
  must_take (replay, JK_EVENT_ARRIVED, 1);
  assert_true (jk_replay_is_waiting (replay));
  assert_int_equal (jk_replay_get_state (replay), JK_STATE_RUNNING);
  assert_int_equal (jk_replay_get_epoch (replay), 1);
  assert_int_equal (jk_replay_get_n_moves (replay), 1);
  assert_null (jk_replay_get_station (replay, 0));
  assert_int_equal (jk_replay_get_station (replay, 4)[0], 0);
  assert_int_equal (jk_replay_get_station (replay, 5)[0], 8);
  assert_int_equal (jk_replay_get_station (replay, 500)[0], 8);
}

static void
what_a_dead_seat_had_arrives_by_a_new_order (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_ARRIVED, 1);
  assert_int_equal (jk_replay_get_epoch (replay), 1);
  assert_int_equal (jk_replay_get_obeyed (replay, 0)->event, JK_EVENT_ARRIVED);
  assert_false (take_order (replay, JK_EVENT_ARRIVED, 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  for (guint n = 2; n < JK_STATIONS_MAX; n++)
    must_take (replay, JK_EVENT_ARRIVED, n);
  assert_false (take_order (replay, JK_EVENT_ARRIVED, JK_STATIONS_MAX, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
what_has_not_started_does_not_arrive (void **state)
{
  g_autoptr (JkReplay) replay = jk_replay_new (&first_link);
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_IDENTIFIED, 0);
  must_take (replay, JK_EVENT_MOVED, 1);
  assert_false (take_order (replay, JK_EVENT_ARRIVED, 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
the_end_of_the_hall_is_never_an_older_one (void **state)
{
  g_autoptr (JkReplay) replay = running ();
  g_autoptr (GError) error = NULL;

  must_take (replay, JK_EVENT_COMMON_END, 4);
  assert_int_equal (jk_replay_get_beacon (replay), 5);
  assert_int_equal (jk_ledger_get_limit_ms (jk_replay_get_ledger (replay)), 60000);
  assert_false (take_order (replay, JK_EVENT_COMMON_END, 4, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  must_take (replay, JK_EVENT_ARRIVED, 1);
  assert_int_equal (jk_ledger_get_limit_ms (jk_replay_get_ledger (replay)), CHECK_ALLOTTED_MS);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (orders_are_remembered_in_their_order),
    cmocka_unit_test (an_order_is_obeyed_once),
    cmocka_unit_test (more_time_than_may_be_is_refused),
    cmocka_unit_test (more_orders_than_may_be_are_refused),
    cmocka_unit_test (consent_lasts_until_the_hand_in),
    cmocka_unit_test (a_moved_sitting_arrives_by_the_same_order),
    cmocka_unit_test (what_a_dead_seat_had_arrives_by_a_new_order),
    cmocka_unit_test (what_has_not_started_does_not_arrive),
    cmocka_unit_test (the_end_of_the_hall_is_never_an_older_one),
  };
  return cmocka_run_group_tests_name ("replay get", tests, check_setup, NULL);
}
