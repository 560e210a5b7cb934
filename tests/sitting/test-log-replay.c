/* SPDX-License-Identifier: Apache-2.0 */
#include "check-log.h"

static void
assert_no_place (JkLogReplay *replay, JkLogRow row)
{
  g_autoptr (GError) error = NULL;
  guint64 n_rows = jk_log_replay_get_n_rows (replay);
  JkDigest link = *jk_log_replay_get_link (replay);

  assert_false (check_take (replay, row, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (jk_log_replay_get_n_rows (replay), n_rows);
  assert_true (jk_digest_equal (&link, jk_log_replay_get_link (replay)));
}

static void
the_first_row_says_what_was_loaded_where (void **state)
{
  g_autoptr (JkLogReplay) replay = jk_log_replay_new (&check_first_link);
  JkLogRow loaded = { .event = JK_LOG_LOADED, .digest = { { 5 } }, .key = { 6 } };

  assert_null (jk_log_replay_get_last (replay));
  assert_no_place (replay, (JkLogRow){ .event = JK_LOG_OPENED, .code = 1 });
  check_must_take (replay, loaded);
  assert_int_equal (jk_log_replay_get_stage (replay), JK_STAGE_LOADED);
  assert_int_equal (jk_log_replay_get_session (replay)->bytes[0], 5);
  assert_int_equal (jk_log_replay_get_station (replay)[0], 6);
  assert_int_equal (jk_log_replay_get_last (replay)->event, JK_LOG_LOADED);
  assert_no_place (replay, loaded);
}

static void
a_session_goes_from_loaded_over_open_to_ended (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_log ();
  JkLogRow failed = { .event = JK_LOG_LOGIN_FAILED };
  JkLogRow logged_in = { .event = JK_LOG_LOGGED_IN, .code = 1 };
  JkLogRow opened = { .event = JK_LOG_OPENED, .code = 1 };
  JkLogRow wiped = { .event = JK_LOG_WIPED };

  assert_no_place (replay, failed);
  assert_no_place (replay, logged_in);
  assert_no_place (replay, check_obeyed (1, JK_ACT_END, JK_ORDER_EVERY));
  check_must_take (replay, opened);
  assert_int_equal (jk_log_replay_get_stage (replay), JK_STAGE_OPEN);
  assert_true (jk_log_replay_has_roster_key (replay));
  assert_no_place (replay, opened);
  assert_no_place (replay, wiped);
  check_must_take (replay, failed);
  check_must_take (replay, logged_in);

  check_must_take (replay, check_obeyed (2, JK_ACT_END, JK_ORDER_EVERY));
  assert_int_equal (jk_log_replay_get_stage (replay), JK_STAGE_ENDED);
  assert_false (jk_log_replay_has_roster_key (replay));
  assert_no_place (replay, opened);
  assert_no_place (replay, logged_in);
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_AMENDED, .number = 1 });
  check_must_take (replay, wiped);
  assert_no_place (replay, (JkLogRow){ .event = JK_LOG_AMENDED, .number = 2 });
  assert_true (jk_log_replay_is_wiped (replay));
  assert_no_place (replay, wiped);
}

static void
an_order_opens_and_the_key_may_come_later (void **state)
{
  static const JkAct acts[] = { JK_ACT_OPEN, JK_ACT_OPEN_RED, JK_ACT_OPEN_OUTSIDE };

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autoptr (JkLogReplay) replay = check_new_log ();
    check_must_take (replay, check_obeyed (1, acts[i], JK_ORDER_EVERY));
    assert_int_equal (jk_log_replay_get_stage (replay), JK_STAGE_OPEN);
    assert_false (jk_log_replay_has_roster_key (replay));
    assert_int_equal (jk_log_replay_is_red_allowed (replay), acts[i] == JK_ACT_OPEN_RED);
    assert_int_equal (jk_log_replay_is_outside_allowed (replay), acts[i] == JK_ACT_OPEN_OUTSIDE);
    check_must_take (replay, (JkLogRow){ .event = JK_LOG_OPENED, .code = JK_LOG_BY_ROOM_CODE });
    assert_true (jk_log_replay_has_roster_key (replay));
  }
}

static void
an_id_is_obeyed_once (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkLogRow order = check_obeyed (1, JK_ACT_COPY, JK_ORDER_EVERY);
  JkLogRow refused = check_obeyed (2, JK_ACT_COPY, JK_ORDER_EVERY);

  check_must_take (replay, order);
  assert_true (jk_log_replay_is_known (replay, order.id));
  assert_true (jk_log_replay_is_obeyed (replay, order.id));
  assert_no_place (replay, order);

  refused.event = JK_LOG_REFUSED;
  refused.code = JK_LOG_REASON_STATE;
  refused.number = 1;
  check_must_take (replay, refused);
  assert_true (jk_log_replay_is_known (replay, refused.id));
  assert_false (jk_log_replay_is_obeyed (replay, refused.id));
  assert_no_place (replay, check_obeyed (2, JK_ACT_COPY, JK_ORDER_EVERY));
  assert_int_equal (jk_log_replay_get_n_obeyed (replay), 1);
  assert_int_equal (jk_log_replay_get_n_refused (replay), 1);
}

static void
a_forgery_uses_up_no_id (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkLogRow forged = check_obeyed (1, JK_ACT_COPY, JK_ORDER_EVERY);

  forged.event = JK_LOG_REFUSED;
  forged.code = JK_LOG_REASON_SIGNATURE;
  forged.counter = 1000;
  check_must_take (replay, forged);
  assert_false (jk_log_replay_is_known (replay, forged.id));
  assert_true (jk_log_replay_is_refused (replay, &forged.digest, JK_LOG_REASON_SIGNATURE));
  assert_false (jk_log_replay_is_refused (replay, &forged.digest, JK_LOG_REASON_STATE));
  check_must_take (replay, check_obeyed (1, JK_ACT_COPY, JK_ORDER_EVERY));
  assert_true (jk_log_replay_is_obeyed (replay, forged.id));
  assert_int_equal (jk_log_replay_count_missing (replay, forged.key), 0);
}

static void
refusals_that_use_up_no_id_are_bounded_and_then_counted (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkLogRow forged = { .event = JK_LOG_REFUSED, .code = JK_LOG_REASON_FORM };
  JkLogRow unlisted = { .event = JK_LOG_UNLISTED, .number = 1 };
  JkLogRow stale = { .event = JK_LOG_REFUSED, .code = JK_LOG_REASON_STALE, .number = 1 };

  for (guint n = 0; n < JK_LOG_REFUSALS_MAX; n++) {
    assert_true (jk_log_replay_may_list (replay));
    check_must_take (replay, forged);
  }
  assert_false (jk_log_replay_may_list (replay));
  assert_no_place (replay, forged);
  check_must_take (replay, stale);
  check_must_take (replay, unlisted);
  assert_no_place (replay, unlisted);
  unlisted.number = 2;
  check_must_take (replay, unlisted);
  assert_int_equal (jk_log_replay_get_n_unlisted (replay), 2);
  assert_int_equal (jk_log_replay_get_n_refused (replay), JK_LOG_REFUSALS_MAX + 1);
}

static void
a_refusal_after_obeying_leaves_the_order_obeyed (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkLogRow order = check_obeyed (1, JK_ACT_COPY, JK_ORDER_EVERY);

  check_must_take (replay, order);
  order.event = JK_LOG_REFUSED;
  order.code = JK_LOG_REASON_REPLAYED;
  order.number = 1;
  check_must_take (replay, order);
  assert_true (jk_log_replay_is_obeyed (replay, order.id));
}

static void
amendments_count_without_a_hole (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkLogRow amended = { .event = JK_LOG_AMENDED, .number = 2 };

  assert_no_place (replay, amended);
  amended.number = 1;
  check_must_take (replay, amended);
  assert_no_place (replay, amended);
  amended.number = 2;
  check_must_take (replay, amended);
  assert_int_equal (jk_log_replay_get_amendment (replay), 2);
  for (guint n = 3; n <= JK_AMENDMENTS_MAX; n++) {
    amended.number = n;
    amended.digest.bytes[0] = (guint8) n;
    check_must_take (replay, amended);
  }
  for (guint n = 3; n <= JK_AMENDMENTS_MAX; n++)
    assert_int_equal (jk_log_replay_get_amendment_digest (replay, n)->bytes[0], n);
  amended.number = JK_AMENDMENTS_MAX + 1;
  assert_no_place (replay, amended);
}

static void
a_row_in_a_wrong_place_is_refused (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  g_autoptr (GError) error = NULL;
  JkLogRow row = { .event = JK_LOG_CLOCK, .sequence = 4 };
  gsize size;
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
  const guint8 *data = g_bytes_get_data (bytes, &size);

  assert_false (jk_log_replay_take (replay, data, size, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_false (jk_log_replay_take (replay, data, size - 1, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
a_head_commits_to_this_chain_and_no_other (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  g_autoptr (GError) error = NULL;
  JkLogRow head = { .event = JK_LOG_HEAD };

  assert_false (check_take (replay, head, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_int_equal (jk_log_replay_get_n_after_head (replay), 2);
  jk_chain_commit (jk_log_replay_get_link (replay), JK_LOG_HEAD_PURPOSE, &head.digest);
  check_must_take (replay, head);
  assert_int_equal (jk_log_replay_get_n_after_head (replay), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_first_row_says_what_was_loaded_where),
    cmocka_unit_test (a_session_goes_from_loaded_over_open_to_ended),
    cmocka_unit_test (an_order_opens_and_the_key_may_come_later),
    cmocka_unit_test (an_id_is_obeyed_once),
    cmocka_unit_test (a_forgery_uses_up_no_id),
    cmocka_unit_test (refusals_that_use_up_no_id_are_bounded_and_then_counted),
    cmocka_unit_test (a_refusal_after_obeying_leaves_the_order_obeyed),
    cmocka_unit_test (amendments_count_without_a_hole),
    cmocka_unit_test (a_row_in_a_wrong_place_is_refused),
    cmocka_unit_test (a_head_commits_to_this_chain_and_no_other),
  };
  return cmocka_run_group_tests_name ("log-replay", tests, check_setup, NULL);
}
