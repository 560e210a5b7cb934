/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-orders.c: nobody fills the log with forgeries (S4). */
#include "check-seat.h"

static void
ten_thousand_forgeries_leave_room_for_genuine_orders (void **state)
{
  enum { N_FORGERIES = 10000 };
  Fixture *self = *state;
  JkSeatOutcome outcome;

  open_room (self);
  guint64 n_rows = jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);
  g_autoptr (GBytes) bytes = sign (self, &terms, FALSE);
  g_autofree guint8 *forged = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  for (guint32 n = 1; n <= N_FORGERIES; n++) {
    memcpy (forged + 16, &n, sizeof n);
    g_autoptr (GBytes) offered = g_bytes_new (forged, g_bytes_get_size (bytes));
    g_autoptr (GError) error = NULL;
    assert_int_equal (take (self, offered, &error), JK_SEAT_REFUSED);
    assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_SIGNATURE);
  }
  const JkLogReplay *log = jk_seat_get_log (self->seat);
  assert_int_equal (jk_log_replay_get_n_refused (log), JK_LOG_REFUSALS_MAX);
  assert_int_equal (jk_seat_get_n_unlisted (self->seat), N_FORGERIES - JK_LOG_REFUSALS_MAX);
  /* The refusals, and the count of the others at 1, 2, 4 ... 8192. */
  assert_int_equal (jk_log_replay_get_n_rows (log), n_rows + JK_LOG_REFUSALS_MAX + 14);

  log = jk_seat_get_log (restart (self));
  assert_int_equal (jk_seat_get_n_unlisted (self->seat), 8192);
  g_autoptr (GError) error = NULL;
  assert_true (jk_seat_take_order (self->seat, "stick", bytes, &outcome, &error));
  assert_int_equal (outcome, JK_SEAT_OBEYED);
  assert_true (jk_log_replay_is_obeyed (log, terms.id));
  g_autoptr (GBytes) end = order (self, JK_ACT_ABSENT, record_of (self, 0));
  assert_int_equal (take (self, end, &error), JK_SEAT_OBEYED);
  must_log_in (self, 1);
  JkOrderTerms stale = terms_of (self, JK_ACT_LATE, record_of (self, 1));
  stale.epoch = 3;
  g_autoptr (GBytes) listed = sign (self, &stale, FALSE);
  assert_int_equal (take (self, listed, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STALE);
  assert_int_equal (jk_log_replay_get_n_refused (log), JK_LOG_REFUSALS_MAX + 1);
  assert_true (jk_log_replay_is_known (log, stale.id));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (ten_thousand_forgeries_leave_room_for_genuine_orders),
  };
  return cmocka_run_group_tests_name ("seat-forgeries", tests, check_build_exam, check_free_exam);
}
