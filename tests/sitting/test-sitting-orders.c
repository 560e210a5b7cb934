/* SPDX-License-Identifier: Apache-2.0 */
#include "check-orders.h"

#include "session/session-private.h"
#include "sitting/sitting-private.h"

static void
time_given_and_taken_is_what_the_rows_say (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = begin (self);

  must_obey (self, JK_ACT_LATE, 10 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 80 * MS_PER_MIN);
  assert_true (jk_sitting_confirm (sitting, NULL) > 0);
  assert_true (jk_sitting_start (sitting, self->own, NULL) > 0);
  live (self, 60);
  must_obey (self, JK_ACT_EXTEND, 5 * MS_PER_MIN);
  must_obey (self, JK_ACT_CREDIT, 2 * MS_PER_MIN);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 86 * MS_PER_MIN);
  kill_sitting (self);
  sitting = resume (self);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 86 * MS_PER_MIN);
  assert_int_equal (jk_replay_get_epoch (replay_of (self)), 3);
}

static void
an_order_lies_beside_its_row (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  char name[JK_ORDER_ENTRY_BYTES];

  start (self);
  g_autoptr (JkOrder) order = new_order (self, JK_ACT_MESSAGE, 0);
  assert_true (jk_sitting_obey (self->sitting, order, &check_open, &error));
  const JkObeyed *obeyed = jk_replay_get_obeyed (replay_of (self), 0);
  assert_int_equal (obeyed->event, JK_EVENT_NOTED);
  assert_int_equal (obeyed->ordered.amount, JK_ACT_MESSAGE);
  assert_true (jk_digest_equal (&obeyed->ordered.digest, jk_order_get_digest (order)));
  assert_int_equal (jk_sitting_get_acknowledged (self->sitting), obeyed->sequence);
  jk_order_entry_put_name (name, jk_order_get_terms (order)->id);
  g_autoptr (GBytes) bytes =
      jk_journal_read_side (jk_sitting_get_journal (self->sitting), name, &error);
  assert_ok (error);
  assert_true (g_bytes_equal (bytes, jk_order_get_bytes (order)));
}

static void
an_order_counts_once_also_after_a_kill (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  start (self);
  g_autoptr (JkOrder) order = new_order (self, JK_ACT_EXTEND, MS_PER_MIN);
  assert_true (jk_sitting_obey (self->sitting, order, &check_open, &error));
  assert_false (jk_sitting_obey (self->sitting, order, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED);
  kill_sitting (self);
  resume (self);
  assert_false (jk_sitting_obey (self->sitting, order, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED);
  assert_int_equal (jk_replay_get_extended_ms (replay_of (self)), MS_PER_MIN);
}

static void
a_paused_sitting_takes_no_answer_and_no_time (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  live (self, 1900);
  must_obey (self, JK_ACT_PAUSE, 0);
  live (self, 300);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 1900000);
  assert_int_equal (jk_sitting_answer (sitting, 0, 1, &error), 0);
  assert_non_null (strstr (error->message, "paused"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_false (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR);
  assert_true (jk_sitting_note_focus (sitting, JK_FOCUS_LOST, NULL) > 0);
  must_obey (self, JK_ACT_RESUME, 0);
  live (self, 10);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 1910000);
  answer (self, 0, 1);
}

static void
a_held_sitting_goes_on_when_released (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  live (self, 10);
  assert_false (obey (self, JK_ACT_RELEASE, 0, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  jk_test_clock_suspend_us (self->clock, G_GINT64_CONSTANT (240000000));
  live (self, 5);
  assert_true (jk_sitting_is_held (sitting));
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 11000);
  must_obey (self, JK_ACT_RELEASE, 0);
  assert_false (jk_sitting_is_held (sitting));
  live (self, 5);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 16000);
  kill_sitting (self);
  sitting = resume (self);
  assert_false (jk_sitting_is_held (sitting));
}

static void
a_forced_hand_in_names_its_order (void **state)
{
  Fixture *self = *state;

  start (self);
  live (self, 3);
  must_obey (self, JK_ACT_FORCE, 0);
  const JkHandedIn *handed_in = jk_replay_get_handed_in (replay_of (self));
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_SEALED);
  assert_int_equal (handed_in->reason, JK_HAND_IN_FORCED);
  assert_memory_equal (handed_in->id,
                       jk_replay_get_obeyed (replay_of (self), 0)->ordered.id,
                       JK_ORDER_ID_BYTES);
}

static void
an_undone_hand_in_is_sealed_again (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  live (self, 60);
  must_obey (self, JK_ACT_FORCE, 0);
  live (self, 300);
  must_obey (self, JK_ACT_REOPEN, 0);
  assert_null (jk_sitting_get_result (sitting));
  live (self, 10);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 70000);
  answer (self, 0, 1);
  kill_sitting (self);
  sitting = resume (self);
  assert_true (jk_sitting_hand_in (sitting, JK_HAND_IN_TIME_UP, &error));
  assert_int_equal (jk_sitting_get_seal_number (sitting), 2);
  assert_int_equal (self->n_seals, 2);
  assert_int_equal (self->n_sealed_orders, 2);
}

static void
a_hand_in_in_the_last_minutes_needs_consent (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  policy_of (self)->last_minutes_need_consent = 10;
  live (self, 80 * 60);
  assert_false (jk_sitting_needs_consent (sitting));
  live (self, 1);
  assert_true (jk_sitting_needs_consent (sitting));
  assert_false (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CONSENT);
  must_obey (self, JK_ACT_CONSENT, 0);
  assert_true (jk_sitting_hand_in (sitting, JK_HAND_IN_VOLUNTARY, &error));
  must_obey (self, JK_ACT_REOPEN, 0);
  assert_true (jk_sitting_needs_consent (sitting));
}

static void
a_collected_result_is_the_one_that_was_named (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  JkDigest digest;
  gsize size;

  start (self);
  self->is_long = TRUE;
  must_obey (self, JK_ACT_FORCE, 0);
  assert_false (obey (self, JK_ACT_COLLECT, 0, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  const guint8 *data = g_bytes_get_data (jk_sitting_get_result (self->sitting), &size);
  jk_hash (NULL, data + 64, size - 64, &digest);
  jk_test_order_init (&terms, self->exam, 0, JK_ACT_COLLECT, 77777, NULL);
  terms.record = record_of (self);
  memcpy (terms.subject, digest.bytes, JK_DIGEST_BYTES);
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  g_autoptr (JkOrder) order = parse_order (bytes);
  assert_true (jk_sitting_obey (self->sitting, order, &check_open, &error));
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_COLLECTED);
  assert_false (obey (self, JK_ACT_REOPEN, 0, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
}

static void
an_order_for_others_or_forged_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  gsize size;

  start (self);
  jk_test_order_init (&terms, self->exam, 0, JK_ACT_EXTEND, 90001, NULL);
  terms.record = record_of (self) + 1;
  g_autoptr (GBytes) bytes = jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, 0);
  g_autoptr (JkOrder) other = parse_order (bytes);
  assert_false (jk_sitting_obey (self->sitting, other, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_FOREIGN);
  assert_false (jk_sitting_adopt (self->sitting, other, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_FOREIGN);

  terms.record = record_of (self);
  memset (terms.station, 1, sizeof terms.station);
  g_autoptr (GBytes) elsewhere = jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, 0);
  g_autoptr (JkOrder) far = parse_order (elsewhere);
  assert_false (jk_sitting_obey (self->sitting, far, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_FOREIGN);

  memset (terms.station, 0, sizeof terms.station);
  g_autoptr (GBytes) honest = jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, 0);
  guint8 *data = g_bytes_unref_to_data (g_bytes_ref (honest), &size);
  data[176] ^= 64;
  g_autoptr (GBytes) changed = g_bytes_new_take (data, size);
  g_autoptr (JkOrder) forged = parse_order (changed);
  assert_false (jk_sitting_obey (self->sitting, forged, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_SIGNATURE);
  assert_int_equal (jk_replay_get_epoch (replay_of (self)), 0);
}

static void
what_the_station_knows_counts (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSituation known = { .stage = JK_STAGE_ENDED };

  start (self);
  g_autoptr (JkOrder) order = new_order (self, JK_ACT_EXTEND, MS_PER_MIN);
  assert_false (jk_sitting_obey (self->sitting, order, &known, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  known = (JkSituation){ .stage = JK_STAGE_OPEN, .revoked_roles = JK_BIT (JK_ROLE_PROCTOR) };
  assert_false (jk_sitting_obey (self->sitting, order, &known, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REVOKED);
  known = (JkSituation){ .stage = JK_STAGE_OPEN, .is_known = TRUE };
  assert_false (jk_sitting_obey (self->sitting, order, &known, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED);
}

static void
a_role_that_an_amendment_revoked_orders_nothing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSession *session = (JkSession *) self->place.session;

  start (self);
  session->revoked = JK_ROLE_BIT (JK_ROLE_PROCTOR);
  gboolean ok = obey (self, JK_ACT_EXTEND, MS_PER_MIN, &error);
  session->revoked = 0;
  assert_false (ok);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REVOKED);
}

static void
an_order_for_another_epoch_is_stale (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;

  start (self);
  jk_test_order_init (&terms, self->exam, 0, JK_ACT_EXTEND, 90100, NULL);
  terms.epoch = 1;
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  g_autoptr (JkOrder) order = parse_order (bytes);
  assert_false (jk_sitting_obey (self->sitting, order, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STALE);
  must_obey (self, JK_ACT_MESSAGE, 0);
  assert_true (jk_sitting_obey (self->sitting, order, &check_open, &error));
}

static void
what_was_ordered_before_the_log_in_is_taken_over_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOrder) entry = new_order (self, JK_ACT_WRONG_ID, 0);
  g_autoptr (JkOrder) pause = new_order (self, JK_ACT_PAUSE, 0);
  JkSitting *sitting = begin (self);

  assert_false (jk_sitting_obey (sitting, entry, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  assert_true (jk_sitting_adopt (sitting, entry, &error));
  assert_true (jk_sitting_adopt (sitting, entry, &error));
  assert_int_equal (jk_replay_get_epoch (replay_of (self)), 1);
  assert_int_equal (jk_replay_get_obeyed (replay_of (self), 0)->event, JK_EVENT_ADMITTED);
  assert_false (jk_sitting_adopt (sitting, pause, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  assert_true (jk_sitting_confirm (sitting, &error) > 0);
  g_autoptr (JkOrder) again = new_order (self, JK_ACT_WALK_IN, 0);
  assert_false (jk_sitting_adopt (sitting, again, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
a_moved_sitting_refuses_everything_with_one_sentence (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  live (self, 30);
  must_obey (self, JK_ACT_MOVE, 0);
  assert_int_equal (jk_replay_get_n_heads (replay_of (self)), 1);
  assert_int_equal (jk_sitting_answer (sitting, 0, 1, &error), 0);
  assert_non_null (strstr (error->message, "another PC"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_false (jk_sitting_hand_in (sitting, JK_HAND_IN_TIME_UP, &error));
  assert_non_null (strstr (error->message, "another PC"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_false (jk_sitting_continue (sitting, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  kill_sitting (self);
  sitting = resume (self);
  live (self, 200);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_MOVED);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 30000);
}

static void
a_forced_hand_in_that_could_not_be_sealed_is_sealed_later (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  start (self);
  self->is_failing = TRUE;
  g_autoptr (JkOrder) order = new_order (self, JK_ACT_FORCE, 0);
  assert_false (jk_sitting_obey (self->sitting, order, &check_open, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_HANDED_IN);
  self->is_failing = FALSE;
  assert_false (jk_sitting_obey (self->sitting, order, &check_open, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REPLAYED);
  kill_sitting (self);
  resume (self);
  assert_int_equal (jk_sitting_get_state (self->sitting), JK_STATE_SEALED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    RULES_TEST (time_given_and_taken_is_what_the_rows_say),
    RULES_TEST (an_order_lies_beside_its_row),
    RULES_TEST (an_order_counts_once_also_after_a_kill),
    RULES_TEST (a_paused_sitting_takes_no_answer_and_no_time),
    RULES_TEST (a_held_sitting_goes_on_when_released),
    RULES_TEST (a_forced_hand_in_names_its_order),
    RULES_TEST (an_undone_hand_in_is_sealed_again),
    RULES_TEST (a_hand_in_in_the_last_minutes_needs_consent),
    RULES_TEST (a_collected_result_is_the_one_that_was_named),
    RULES_TEST (an_order_for_others_or_forged_is_refused),
    RULES_TEST (what_the_station_knows_counts),
    RULES_TEST (a_role_that_an_amendment_revoked_orders_nothing),
    RULES_TEST (an_order_for_another_epoch_is_stale),
    RULES_TEST (what_was_ordered_before_the_log_in_is_taken_over_once),
    RULES_TEST (a_moved_sitting_refuses_everything_with_one_sentence),
    RULES_TEST (a_forced_hand_in_that_could_not_be_sealed_is_sealed_later),
  };
  return cmocka_run_group_tests_name ("sitting orders", tests, check_build_exam, check_free_exam);
}
