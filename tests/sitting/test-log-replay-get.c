/* SPDX-License-Identifier: Apache-2.0 */
#include "check-log.h"

#define BOOT_ID                                                                                    \
  {                                                                                                \
    9                                                                                              \
  }

static const JkPolicy policy = { .login_tries = 5, .login_wait_s = 60, .login_wait_max_s = 480 };
static const guint8 boot[JK_BOOT_ID_BYTES] = BOOT_ID;
static const guint8 next_boot[JK_BOOT_ID_BYTES] = { 10 };

static void
fail_log_in (JkLogReplay *replay, guint8 who, guint64 boot_ms)
{
  check_must_take (replay,
                   (JkLogRow){ .event = JK_LOG_LOGIN_FAILED,
                               .digest = { { who } },
                               .boot_ms = boot_ms,
                               .boot_id = BOOT_ID });
}

static guint64
wait_of (JkLogReplay *replay, guint8 who, guint64 boot_ms)
{
  JkDigest tally = { { who } };
  return jk_log_replay_get_wait_ms (replay, &policy, &tally, boot, boot_ms);
}

static void
five_wrong_log_ins_wait_a_minute_doubling_to_eight (void **state)
{
  static const guint64 waits_s[] = { 0, 0, 0, 0, 60, 120, 240, 480, 480, 480 };
  g_autoptr (JkLogReplay) replay = check_new_open_log ();

  for (guint i = 0; i < G_N_ELEMENTS (waits_s); i++) {
    fail_log_in (replay, 1, 1000 * i);
    assert_int_equal (wait_of (replay, 1, 1000 * i), waits_s[i] * 1000);
  }
  assert_int_equal (wait_of (replay, 2, 0), 0);
  assert_int_equal (wait_of (replay, 1, 9000 + 480000 - 1), 1);
  assert_int_equal (wait_of (replay, 1, 9000 + 480000), 0);
}

static void
a_restart_shortens_no_wait (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkDigest tally = { { 1 } };

  for (guint i = 0; i < 5; i++)
    fail_log_in (replay, 1, 100000);
  assert_int_equal (wait_of (replay, 1, 130000), 30000);
  assert_int_equal (jk_log_replay_get_wait_ms (replay, &policy, &tally, next_boot, 10000), 50000);
  assert_int_equal (jk_log_replay_get_wait_ms (replay, &policy, &tally, next_boot, 60000), 0);
}

static void
a_good_log_in_ends_the_wait_of_that_number_alone (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkDigest tally = { { 1 } };

  for (guint i = 0; i < 5; i++) {
    fail_log_in (replay, 1, 0);
    fail_log_in (replay, 2, 0);
  }
  assert_int_equal (jk_log_replay_get_n_failed (replay, &tally), 5);
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_LOGGED_IN, .digest = tally, .code = 1 });
  assert_int_equal (jk_log_replay_get_n_failed (replay, &tally), 0);
  assert_int_equal (wait_of (replay, 1, 0), 0);
  assert_int_equal (wait_of (replay, 2, 0), 60000);
}

static void
a_proctor_ends_one_wait_or_all (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkLogRow unlock = check_obeyed (1, JK_ACT_UNLOCK, 3);

  for (guint8 who = 1; who <= 3; who++)
    for (guint i = 0; i < 5; i++)
      fail_log_in (replay, who, 0);
  unlock.subject[0] = 2;
  check_must_take (replay, unlock);
  assert_int_equal (wait_of (replay, 1, 0), 60000);
  assert_int_equal (wait_of (replay, 2, 0), 0);
  check_must_take (replay, check_obeyed (2, JK_ACT_UNLOCK, JK_ORDER_EVERY));
  assert_int_equal (wait_of (replay, 1, 0), 0);
  assert_int_equal (wait_of (replay, 3, 0), 0);
}

static void
who_is_absent_can_be_present_again (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();

  assert_false (jk_log_replay_is_absent (replay, 4));
  check_must_take (replay, check_obeyed (1, JK_ACT_ABSENT, 4));
  assert_true (jk_log_replay_is_absent (replay, 4));
  assert_false (jk_log_replay_is_absent (replay, 5));
  check_must_take (replay, check_obeyed (2, JK_ACT_NOT_ABSENT, 4));
  assert_false (jk_log_replay_is_absent (replay, 4));
}

static void
orders_for_a_record_wait_for_it_in_their_order (void **state)
{
  static const JkAct acts[] = { JK_ACT_LATE,     JK_ACT_INCIDENT, JK_ACT_WALK_IN,
                                JK_ACT_WRONG_ID, JK_ACT_LATE,     JK_ACT_VIOLATION };
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkAct act = 0;

  for (guint8 i = 0; i < G_N_ELEMENTS (acts); i++)
    check_must_take (
        replay,
        check_obeyed (i + 1, acts[i], acts[i] == JK_ACT_INCIDENT ? JK_ORDER_EVERY : 4));
  check_must_take (replay, check_obeyed (9, JK_ACT_ABSENT, 4));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    assert_int_equal (jk_log_replay_get_order_for (replay, i, 4, &act)[0], i + 1);
    assert_int_equal (act, acts[i]);
  }
  assert_null (jk_log_replay_get_order_for (replay, G_N_ELEMENTS (acts), 4, NULL));
  assert_int_equal (jk_log_replay_get_order_for (replay, 0, 5, NULL)[0], 2);
  assert_null (jk_log_replay_get_order_for (replay, 1, 5, NULL));

  assert_int_equal (jk_log_replay_find_order (replay, JK_ACT_LATE, 4)[0], 5);
  assert_null (jk_log_replay_find_order (replay, JK_ACT_LATE, 5));
  assert_null (jk_log_replay_find_order (replay, JK_ACT_ABSENT, 4));
  assert_true (jk_log_replay_is_taken (replay, 4));
  assert_false (jk_log_replay_is_taken (replay, 5));
}

static void
an_order_to_wipe_waits_until_it_is_done (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();

  check_must_take (replay, check_obeyed (1, JK_ACT_END, JK_ORDER_EVERY));
  assert_null (jk_log_replay_get_wipe_order (replay));
  check_must_take (replay, check_obeyed (2, JK_ACT_WIPE, JK_ORDER_EVERY));
  assert_int_equal (jk_log_replay_get_wipe_order (replay)[0], 2);
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_WIPED, .id = { 2 } });
  assert_null (jk_log_replay_get_wipe_order (replay));
}

static void
roles_are_revoked_and_their_holders_named (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_log ();
  JkLogRow order = check_obeyed (1, JK_ACT_REVOKE_ROLE, JK_ORDER_EVERY);

  order.amount = JK_ROLE_PROCTOR;
  check_must_take (replay, order);
  assert_int_equal (jk_log_replay_get_revoked_roles (replay), JK_BIT (JK_ROLE_PROCTOR));
  assert_null (jk_log_replay_get_name_order (replay, JK_ROLE_SPARE_1));
  order = check_obeyed (2, JK_ACT_NAME_PERSON, JK_ORDER_EVERY);
  order.amount = JK_ROLE_SPARE_1;
  check_must_take (replay, order);
  assert_int_equal (jk_log_replay_get_named_roles (replay), JK_BIT (JK_ROLE_SPARE_1));
  assert_int_equal (jk_log_replay_get_name_order (replay, JK_ROLE_SPARE_1)[0], 2);
}

static void
a_console_is_known_by_its_key (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_log ();
  JkLogRow order = check_obeyed (1, JK_ACT_NAME_CONSOLE, JK_ORDER_EVERY);

  order.subject[0] = 42;
  assert_false (jk_log_replay_is_console (replay, order.subject));
  check_must_take (replay, order);
  assert_true (jk_log_replay_is_console (replay, order.subject));
  order.subject[0] = 43;
  assert_false (jk_log_replay_is_console (replay, order.subject));
}

static void
missing_orders_of_a_device_are_counted_in_any_order (void **state)
{
  static const guint8 counters[] = { 5, 1, 3 };
  static const guint64 missing[] = { 4, 3, 2 };
  g_autoptr (JkLogReplay) replay = check_new_open_log ();
  JkLogRow order = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++) {
    order = check_obeyed (counters[i], JK_ACT_COPY, JK_ORDER_EVERY);
    check_must_take (replay, order);
    assert_int_equal (jk_log_replay_count_missing (replay, order.key), missing[i]);
  }
  order.key[0]++;
  assert_int_equal (jk_log_replay_count_missing (replay, order.key), 0);
}

static void
a_red_disk_stays_in_the_log_until_it_is_proven (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_log ();

  check_must_take (replay, (JkLogRow){ .event = JK_LOG_STORE, .code = JK_LOG_STORE_REPLACED });
  assert_false (jk_log_replay_is_red (replay));
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_STORE, .code = JK_LOG_STORE_RED });
  assert_true (jk_log_replay_is_red (replay));
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_STORE, .code = JK_LOG_STORE_COPY_LOST });
  assert_true (jk_log_replay_is_red (replay));
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_STORE, .code = JK_LOG_STORE_SOUND });
  assert_false (jk_log_replay_is_red (replay));
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_STORE, .code = JK_LOG_STORE_RED });
  assert_true (jk_log_replay_is_red (replay));
}

static void
a_result_counts_as_copied_until_another_is_sealed (void **state)
{
  g_autoptr (JkLogReplay) replay = check_new_open_log ();

  assert_false (jk_log_replay_is_copied (replay, 3, 1));
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_COPIED, .record = 3, .number = 1 });
  assert_true (jk_log_replay_is_copied (replay, 3, 1));
  assert_false (jk_log_replay_is_copied (replay, 3, 2));
  assert_false (jk_log_replay_is_copied (replay, 4, 1));
  check_must_take (replay, (JkLogRow){ .event = JK_LOG_COPIED, .record = 3, .number = 2 });
  assert_true (jk_log_replay_is_copied (replay, 3, 2));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_result_counts_as_copied_until_another_is_sealed),
    cmocka_unit_test (five_wrong_log_ins_wait_a_minute_doubling_to_eight),
    cmocka_unit_test (a_restart_shortens_no_wait),
    cmocka_unit_test (a_good_log_in_ends_the_wait_of_that_number_alone),
    cmocka_unit_test (a_proctor_ends_one_wait_or_all),
    cmocka_unit_test (who_is_absent_can_be_present_again),
    cmocka_unit_test (orders_for_a_record_wait_for_it_in_their_order),
    cmocka_unit_test (an_order_to_wipe_waits_until_it_is_done),
    cmocka_unit_test (roles_are_revoked_and_their_holders_named),
    cmocka_unit_test (a_console_is_known_by_its_key),
    cmocka_unit_test (missing_orders_of_a_device_are_counted_in_any_order),
    cmocka_unit_test (a_red_disk_stays_in_the_log_until_it_is_proven),
  };
  return cmocka_run_group_tests_name ("log-replay-get", tests, check_setup, NULL);
}
