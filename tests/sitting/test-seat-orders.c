/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-orders.c: obeyed once and logged, or refused and logged (S1 to S3). */
#include "check-seat.h"

#include "session/session-private.h"

static JkDigest
digest_of (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOrder) parsed = jk_order_parse ("test", bytes, &error);
  JkDigest digest;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (parsed != NULL)
    return *jk_order_get_digest (parsed);
  jk_hash (NULL, data, size, &digest);
  return digest;
}

/* Refused for this reason, logged once however often it comes, and in the log after a restart. */
static void
assert_refused (Fixture *self, GBytes *bytes, JkSessionError code, JkLogReason reason)
{
  g_autoptr (GError) error = NULL;
  JkDigest digest = digest_of (bytes);
  guint n_refused = jk_log_replay_get_n_refused (jk_seat_get_log (self->seat));
  guint n_obeyed = jk_log_replay_get_n_obeyed (jk_seat_get_log (self->seat));
  gboolean is_replay = reason == JK_LOG_REASON_REPLAYED;
  /* One that found no place is a replay the next time; not so "end": test-seat-orders-end.c. */
  guint n_times = reason == JK_LOG_REASON_STATE || reason == JK_LOG_REASON_STALE ? 1 : 3;

  for (guint i = 0; i < n_times; i++) {
    assert_int_equal (take (self, bytes, &error), is_replay ? JK_SEAT_REPLAYED : JK_SEAT_REFUSED);
    assert_non_null (strstr (error->message, "stick"));
    assert_error (error, JK_SESSION_ERROR, code);
  }
  restart (self);
  const JkLogReplay *log = jk_seat_get_log (self->seat);
  assert_true (jk_log_replay_is_refused (log, &digest, reason));
  assert_int_equal (jk_log_replay_get_n_refused (log), n_refused + 1);
  assert_int_equal (jk_log_replay_get_n_obeyed (log), n_obeyed);
}

static void
a_replayed_order_is_refused_and_logged (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  g_autoptr (GBytes) bytes = order (self, JK_ACT_COPY, JK_ORDER_EVERY);
  assert_int_equal (take (self, bytes, &error), JK_SEAT_OBEYED);
  assert_refused (self, bytes, JK_SESSION_ERROR_ORDER_REPLAYED, JK_LOG_REASON_REPLAYED);
}

static void
a_stale_order_is_refused_and_logged (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_log_in (self, 0);
  JkOrderTerms terms = terms_of (self, JK_ACT_LATE, record_of (self, 0));
  terms.states = JK_BIT (JK_STATE_RUNNING);
  g_autoptr (GBytes) state_gone = sign (self, &terms, FALSE);
  assert_refused (self, state_gone, JK_SESSION_ERROR_ORDER_STALE, JK_LOG_REASON_STALE);

  terms = terms_of (self, JK_ACT_LATE, record_of (self, 0));
  terms.epoch = 3;
  g_autoptr (GBytes) epoch_gone = sign (self, &terms, FALSE);
  assert_refused (self, epoch_gone, JK_SESSION_ERROR_ORDER_STALE, JK_LOG_REASON_STALE);
}

static void
an_order_out_of_place_is_refused_and_logged (void **state)
{
  Fixture *self = *state;

  open_room (self);
  must_log_in (self, 0);
  g_autoptr (GBytes) absent = order (self, JK_ACT_ABSENT, record_of (self, 0));
  assert_refused (self, absent, JK_SESSION_ERROR_ORDER_STATE, JK_LOG_REASON_STATE);
  g_autoptr (GBytes) extend = order (self, JK_ACT_EXTEND, record_of (self, 0));
  assert_refused (self, extend, JK_SESSION_ERROR_ORDER_STATE, JK_LOG_REASON_STATE);
  g_autoptr (GBytes) end = order (self, JK_ACT_END, JK_ORDER_EVERY);
  assert_refused (self, end, JK_SESSION_ERROR_ORDER_STATE, JK_LOG_REASON_STATE);
  g_autoptr (GBytes) wipe = order (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  assert_refused (self, wipe, JK_SESSION_ERROR_ORDER_STATE, JK_LOG_REASON_STATE);
}

static void
a_used_up_id_is_never_obeyed (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  load (self);
  g_autoptr (GBytes) late = order (self, JK_ACT_LATE, 0);
  assert_refused (self, late, JK_SESSION_ERROR_ORDER_STATE, JK_LOG_REASON_STATE);
  must_obey (self, JK_ACT_OPEN, JK_ORDER_EVERY);
  assert_int_equal (take (self, late, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED);
}

static void
an_order_of_another_hall_or_session_is_refused_and_logged (void **state)
{
  Fixture *self = *state;

  open_room (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);
  terms.session.bytes[0] ^= 1;
  g_autoptr (GBytes) foreign = sign (self, &terms, FALSE);
  assert_refused (self, foreign, JK_SESSION_ERROR_ORDER_FOREIGN, JK_LOG_REASON_FOREIGN);

  terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);
  terms.hall = "02";
  g_autoptr (GBytes) hall = sign (self, &terms, FALSE);
  assert_refused (self, hall, JK_SESSION_ERROR_ORDER_FOREIGN, JK_LOG_REASON_FOREIGN);
}

static void
an_order_that_breaks_its_rule_is_refused_and_logged (void **state)
{
  Fixture *self = *state;

  open_room (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_OPEN_OUTSIDE, JK_ORDER_EVERY);
  g_autoptr (GBytes) alone = sign (self, &terms, FALSE);
  assert_refused (self, alone, JK_SESSION_ERROR_ORDER_RULE, JK_LOG_REASON_RULE);
}

static void
bytes_that_are_no_order_are_refused_and_logged (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) noise = g_bytes_new_static ("JKORDR\r\n and then something else", 33);

  open_room (self);
  g_autoptr (GBytes) whole = order (self, JK_ACT_COPY, JK_ORDER_EVERY);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 1);
  assert_refused (self, nothing, JK_SESSION_ERROR_ORDER_FORM, JK_LOG_REASON_FORM);
  assert_refused (self, noise, JK_SESSION_ERROR_ORDER_FORM, JK_LOG_REASON_FORM);
  assert_refused (self, half, JK_SESSION_ERROR_ORDER_FORM, JK_LOG_REASON_FORM);
}

static void
a_forged_order_is_refused_and_keeps_no_genuine_one_out (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_ABSENT, record_of (self, 0));
  g_autoptr (GBytes) genuine = sign (self, &terms, FALSE);
  terms.record = record_of (self, 1);
  g_autoptr (GBytes) forged =
      jk_order_write (&terms, JK_ROLE_CHIEF, jk_station_get_sign_key (self->station));
  assert_refused (self, forged, JK_SESSION_ERROR_ORDER_SIGNATURE, JK_LOG_REASON_SIGNATURE);

  assert_int_equal (take (self, genuine, &error), JK_SEAT_OBEYED);
  assert_true (jk_log_replay_is_absent (jk_seat_get_log (self->seat), record_of (self, 0)));
  assert_false (jk_log_replay_is_absent (jk_seat_get_log (self->seat), record_of (self, 1)));
}

static void
every_changed_byte_of_an_order_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) bytes = order (self, JK_ACT_COPY, JK_ORDER_EVERY);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  open_room (self);
  for (gsize at = 0; at < size; at++) {
    g_autoptr (GError) error = NULL;
    guint8 *copy = g_memdup2 (data, size);
    copy[at] ^= (guint8) (1 << (at % 8));
    g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
    JkSeatOutcome outcome = take (self, changed, &error);
    /* A changed station names another PC: nothing is obeyed, nothing logged. */
    if (outcome != JK_SEAT_ELSEWHERE || at < 64 || at >= 96)
      assert_int_equal (outcome, JK_SEAT_REFUSED);
  }
  assert_int_equal (jk_log_replay_get_n_obeyed (jk_seat_get_log (self->seat)), 0);
  g_autoptr (GError) error = NULL;
  assert_int_equal (take (self, bytes, &error), JK_SEAT_OBEYED);
}

static void
a_revoked_role_orders_no_more (void **state)
{
  Fixture *self = *state;

  open_room (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_REVOKE_ROLE, JK_ORDER_EVERY);
  terms.amount = JK_ROLE_PROCTOR;
  g_autoptr (GBytes) revoke = sign (self, &terms, FALSE);
  g_autoptr (GError) error = NULL;
  assert_int_equal (take (self, revoke, &error), JK_SEAT_OBEYED);
  restart (self);

  terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);
  g_autoptr (GBytes) theirs =
      jk_order_write (&terms, JK_ROLE_PROCTOR, self->roles[JK_ROLE_PROCTOR].sign);
  assert_refused (self, theirs, JK_SESSION_ERROR_ORDER_REVOKED, JK_LOG_REASON_REVOKED);
  /* They cannot use up the id of what another orders. */
  g_autoptr (GBytes) ours = sign (self, &terms, FALSE);
  assert_int_equal (take (self, ours, &error), JK_SEAT_OBEYED);
}

static void
a_role_that_an_amendment_revoked_orders_nothing (void **state)
{
  Fixture *self = *state;

  open_room (self);
  ((JkSession *) jk_seat_get_session (self->seat))->revoked = JK_ROLE_BIT (JK_ROLE_PROCTOR);
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);
  g_autoptr (GBytes) theirs =
      jk_order_write (&terms, JK_ROLE_PROCTOR, self->roles[JK_ROLE_PROCTOR].sign);
  assert_refused (self, theirs, JK_SESSION_ERROR_ORDER_REVOKED, JK_LOG_REASON_REVOKED);
}

static void
an_order_for_another_pc_is_neither_obeyed_nor_logged (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;

  open_room (self);
  n_rows = jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);
  terms.station[0] = 1;
  g_autoptr (GBytes) there = sign (self, &terms, FALSE);
  assert_int_equal (take (self, there, &error), JK_SEAT_ELSEWHERE);
  g_autoptr (GBytes) no_sitting = order (self, JK_ACT_EXTEND, 3);
  assert_int_equal (take (self, no_sitting, &error), JK_SEAT_ELSEWHERE);
  assert_ok (error);
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), n_rows);

  /* Comes the candidate here, the order counts. */
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  must_obey (self, JK_ACT_EXTEND, record_of (self, 0));
}

static void
an_order_for_a_sitting_stands_in_journal_and_log (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  guint64 left_ms = jk_sitting_get_left_ms (sitting);
  g_autoptr (GBytes) extend = order (self, JK_ACT_EXTEND, record_of (self, 0));
  assert_int_equal (take (self, extend, &error), JK_SEAT_OBEYED);
  assert_int_equal (jk_sitting_get_left_ms (sitting), left_ms + MS_PER_MIN);
  assert_int_equal (take (self, extend, &error), JK_SEAT_REPLAYED);
  g_clear_error (&error);

  restart (self);
  sitting = jk_seat_get_current (self->seat);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  assert_int_equal (jk_sitting_get_left_ms (sitting), left_ms + MS_PER_MIN);
  assert_int_equal (take (self, extend, &error), JK_SEAT_REPLAYED);
}

static void
what_the_policy_does_not_allow_is_refused_here (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkDigest digest;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  JkOrderTerms terms = terms_of (self, JK_ACT_EXTEND, record_of (self, 0));
  terms.amount = 180 * MS_PER_MIN;
  g_autoptr (GBytes) extend = sign (self, &terms, FALSE);
  digest = digest_of (extend);
  assert_int_equal (take (self, extend, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  restart (self);
  assert_true (
      jk_log_replay_is_refused (jk_seat_get_log (self->seat), &digest, JK_LOG_REASON_HERE));
}

static void
a_crash_between_journal_and_log_is_found (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  guint64 left_ms = jk_sitting_get_left_ms (sitting);
  g_autoptr (GBytes) extend = order (self, JK_ACT_EXTEND, record_of (self, 0));
  g_autoptr (JkOrder) parsed = jk_order_parse ("test", extend, &error);
  JkSituation known = { .stage = JK_STAGE_OPEN };
  assert_true (jk_sitting_obey (sitting, parsed, &known, &error));

  /* The log knows nothing of it; the program was killed there. */
  restart (self);
  assert_false (
      jk_log_replay_is_known (jk_seat_get_log (self->seat), jk_order_get_terms (parsed)->id));
  JkSeatOutcome outcome;
  assert_true (jk_seat_take_order (self->seat, "stick", extend, &outcome, &error));
  assert_int_equal (outcome, JK_SEAT_REPLAYED);
  assert_true (
      jk_log_replay_is_obeyed (jk_seat_get_log (self->seat), jk_order_get_terms (parsed)->id));
  assert_int_equal (jk_sitting_get_left_ms (jk_seat_get_current (self->seat)),
                    left_ms + MS_PER_MIN);
}

static void
orders_given_before_the_log_in_reach_the_sitting (void **state)
{
  Fixture *self = *state;

  open_room (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_LATE, record_of (self, 0));
  terms.amount = 7 * MS_PER_MIN;
  g_autoptr (GBytes) late = sign (self, &terms, FALSE);
  g_autoptr (GError) error = NULL;
  assert_int_equal (take (self, late, &error), JK_SEAT_OBEYED);
  must_obey (self, JK_ACT_INCIDENT, JK_ORDER_EVERY);
  must_obey (self, JK_ACT_VIOLATION, record_of (self, 1)); /* of somebody else */
  restart (self);

  JkSitting *sitting = must_log_in (self, 0);
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (sitting));
  assert_int_equal (jk_replay_get_n_rows (replay), 3);
  assert_null (jk_seat_get_fault (self->seat, 0));
  guint64 before_ms = jk_sitting_get_left_ms (sitting);
  restart (self);
  sitting = jk_seat_get_current (self->seat);
  replay = jk_journal_get_replay (jk_sitting_get_journal (sitting));
  assert_true (jk_replay_has_obeyed (replay, terms.id));
  assert_int_equal (jk_sitting_get_left_ms (sitting), before_ms);
}

static void
an_order_for_all_reaches_each_sitting_it_fits (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  g_autoptr (GBytes) too_soon = order (self, JK_ACT_PAUSE, JK_ORDER_EVERY);
  assert_refused (self, too_soon, JK_SESSION_ERROR_ORDER_STATE, JK_LOG_REASON_STATE);

  JkSitting *first = must_log_in (self, 0);
  confirm_and_start (self, 0, first);
  jk_test_clock_pass_s (self->clock, 40 * 60);
  assert_true (jk_sitting_hand_in (first, JK_HAND_IN_VOLUNTARY, &error));
  must_obey (self, JK_ACT_LATE, record_of (self, 1));
  JkSitting *second = must_log_in (self, 1);
  confirm_and_start (self, 1, second);

  must_obey (self, JK_ACT_PAUSE, JK_ORDER_EVERY);
  assert_int_equal (jk_sitting_get_state (first), JK_STATE_SEALED);
  assert_int_equal (jk_sitting_get_state (second), JK_STATE_PAUSED);
  must_obey (self, JK_ACT_RESUME, JK_ORDER_EVERY);
  assert_int_equal (jk_sitting_get_state (second), JK_STATE_RUNNING);
}

static void
a_session_ends_when_all_have_handed_in (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  must_obey (self, JK_ACT_END, JK_ORDER_EVERY);
  assert_int_equal (jk_seat_get_stage (restart (self)), JK_STAGE_ENDED);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
  assert_false (jk_seat_open_room (self->seat, jk_test_exam_get_room_code (self->exam, 0), &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ENDED);
}

static void
a_red_disk_opens_by_order_of_two_only (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const char *room_code = jk_test_exam_get_room_code (self->exam, 0);

  load (self);
  for (guint i = 0; i < 2; i++)
    assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), 2);
  restart (self);
  assert_false (jk_seat_open_room (self->seat, room_code, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  g_autoptr (GBytes) open = order (self, JK_ACT_OPEN, JK_ORDER_EVERY);
  assert_int_equal (take (self, open, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  must_obey (self, JK_ACT_OPEN_RED, JK_ORDER_EVERY);
  assert_true (jk_seat_open_room (self->seat, room_code, &error));
  must_log_in (self, 0);
}

static void
a_disk_that_turns_red_before_the_room_code_has_a_way_on (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const char *room_code = jk_test_exam_get_room_code (self->exam, 0);

  load (self);
  must_obey (self, JK_ACT_OPEN, JK_ORDER_EVERY);
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  assert_false (jk_seat_open_room (self->seat, room_code, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  must_obey (self, JK_ACT_OPEN_RED, JK_ORDER_EVERY);
  assert_true (jk_seat_open_room (self->seat, room_code, &error));
  must_log_in (self, 0);
}

static void
a_red_disk_with_a_second_copy_opens_while_it_lives (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const char *room_code = jk_test_exam_get_room_code (self->exam, 0);

  load (self);
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_COPY_LOST, JK_ORDER_EVERY, &error));
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), 2);
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_COPY_BACK, JK_ORDER_EVERY, &error));
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_COPY_LOST, JK_ORDER_EVERY, &error));
  assert_false (jk_seat_open_room (self->seat, room_code, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  /* Whoever wrote it does not do so in the next program before that says so. */
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_COPY_BACK, JK_ORDER_EVERY, &error));
  restart (self);
  assert_false (jk_seat_open_room (self->seat, room_code, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_COPY_BACK, JK_ORDER_EVERY, &error));
  assert_true (jk_seat_open_room (self->seat, room_code, &error));
}

static void
missing_orders_of_a_panel_are_shown (void **state)
{
  Fixture *self = *state;
  guint8 device[JK_PUBLIC_BYTES] = { 7 };

  open_room (self);
  self->counter = 3;
  must_obey (self, JK_ACT_COPY, JK_ORDER_EVERY);
  restart (self);
  assert_int_equal (jk_log_replay_count_missing (jk_seat_get_log (self->seat), device), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_replayed_order_is_refused_and_logged),
    TEST (a_stale_order_is_refused_and_logged),
    TEST (an_order_out_of_place_is_refused_and_logged),
    TEST (a_used_up_id_is_never_obeyed),
    TEST (an_order_of_another_hall_or_session_is_refused_and_logged),
    TEST (an_order_that_breaks_its_rule_is_refused_and_logged),
    TEST (bytes_that_are_no_order_are_refused_and_logged),
    TEST (a_forged_order_is_refused_and_keeps_no_genuine_one_out),
    TEST (every_changed_byte_of_an_order_is_refused),
    TEST (a_revoked_role_orders_no_more),
    TEST (a_role_that_an_amendment_revoked_orders_nothing),
    TEST (an_order_for_another_pc_is_neither_obeyed_nor_logged),
    TEST (an_order_for_a_sitting_stands_in_journal_and_log),
    TEST (what_the_policy_does_not_allow_is_refused_here),
    TEST (a_crash_between_journal_and_log_is_found),
    TEST (orders_given_before_the_log_in_reach_the_sitting),
    TEST (an_order_for_all_reaches_each_sitting_it_fits),
    TEST (a_session_ends_when_all_have_handed_in),
    TEST (a_red_disk_opens_by_order_of_two_only),
    TEST (a_disk_that_turns_red_before_the_room_code_has_a_way_on),
    TEST (a_red_disk_with_a_second_copy_opens_while_it_lives),
    TEST (missing_orders_of_a_panel_are_shown),
  };
  return cmocka_run_group_tests_name ("seat-orders", tests, check_build_exam, check_free_exam);
}
