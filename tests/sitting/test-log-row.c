/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/log-row.h"
#include "support/vector.h"

/* A row of any event with every field set to something that can be. */
static JkLogRow
full_row (JkLogEvent event)
{
  JkLogRow row = {
    .sequence = 7,
    .event = event,
    .boot_ms = 61500,
    .wall_ms = G_GINT64_CONSTANT (1619226061500),
    .boot_id = { 1 },
    .digest = { { 2 } },
    .id = { 3 },
    .key = { 4 },
    .subject = { 5 },
    .signature = { 6 },
    .counter = 8,
    .amount = 9,
    .span = { 10, -11 },
    .record = 12,
    .act = JK_ACT_EXTEND,
    .code = 1,
    .number = 1,
  };
  return row;
}

static void
the_row_of_the_document_is_a_failed_log_in (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("log-row-failed");
  gsize size;
  const guint8 *data = g_bytes_get_data (vector, &size);
  JkLogRow row;

  assert_true (jk_log_row_from_bytes (data, size, &row));
  assert_int_equal (row.sequence, 3);
  assert_int_equal (row.event, JK_LOG_LOGIN_FAILED);
  assert_int_equal (row.boot_ms, 100000);
  assert_int_equal (row.wall_ms, 1619225400000);
  assert_int_equal (row.digest.bytes[0], 0x11);
  g_autoptr (GBytes) again = jk_log_row_to_bytes (&row);
  assert_true (g_bytes_equal (again, vector));
}

static void
every_event_comes_back_as_it_was_written (void **state)
{
  for (guint event = JK_LOG_LOADED; event < JK_LOG_N_EVENTS; event++) {
    JkLogRow row = full_row ((JkLogEvent) event), read;
    g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);

    assert_true (size <= JK_ROW_HEAD_BYTES + 192);
    assert_true (jk_log_row_from_bytes (data, size, &read));
    g_autoptr (GBytes) again = jk_log_row_to_bytes (&read);
    assert_true (g_bytes_equal (bytes, again));
    assert_int_equal (read.event, event);
    assert_true (strlen (jk_log_event_get_name (read.event)) > 2);
  }
}

static void
an_obeyed_order_keeps_all_that_replaying_needs (void **state)
{
  JkLogRow row = full_row (JK_LOG_OBEYED), read;
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  assert_true (jk_log_row_from_bytes (data, size, &read));
  assert_memory_equal (read.id, row.id, sizeof row.id);
  assert_memory_equal (read.key, row.key, sizeof row.key);
  assert_memory_equal (read.subject, row.subject, sizeof row.subject);
  assert_int_equal (read.counter, row.counter);
  assert_int_equal (read.amount, row.amount);
  assert_int_equal (read.record, row.record);
  assert_int_equal (read.act, row.act);
  assert_int_equal (read.code, row.code);
}

static void
a_row_of_a_wrong_length_is_refused (void **state)
{
  for (guint event = JK_LOG_LOADED; event < JK_LOG_N_EVENTS; event++) {
    JkLogRow row = full_row ((JkLogEvent) event), read;
    g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);
    g_autofree guint8 *longer = g_malloc0 (size + 1);

    memcpy (longer, data, size);
    for (gsize n = 0; n < size; n++)
      assert_false (jk_log_row_from_bytes (data, n, &read));
    assert_false (jk_log_row_from_bytes (longer, size + 1, &read));
  }
}

/* The bytes of a row with one field changed do not read. */
static void
assert_refused (const JkLogRow *row)
{
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (row);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  JkLogRow read;

  assert_false (jk_log_row_from_bytes (data, size, &read));
}

static void
codes_that_do_not_exist_are_refused (void **state)
{
  static const guint coded[] = { JK_LOG_OPENED,  JK_LOG_LOGGED_IN, JK_LOG_OBEYED,
                                 JK_LOG_REFUSED, JK_LOG_STORE,     JK_LOG_PASSCODE };

  for (gsize i = 0; i < G_N_ELEMENTS (coded); i++) {
    JkLogRow row = full_row ((JkLogEvent) coded[i]);
    row.code = 0;
    assert_refused (&row);
    row.code = 11;
    assert_refused (&row);
  }
  JkLogRow row = full_row (JK_LOG_OBEYED);
  row.act = JK_N_ACTS;
  assert_refused (&row);
  row.act = JK_ACT_REVOKE_ROLE;
  row.amount = 0;
  assert_refused (&row);
  row.amount = JK_ROLES_MAX + 1;
  assert_refused (&row);
  row = full_row (JK_LOG_REFUSED);
  row.number = 2;
  assert_refused (&row);
  row = full_row (JK_LOG_PASSCODE);
  row.number = 0;
  assert_refused (&row);
  row.number = JK_ROLES_MAX + 1;
  assert_refused (&row);
  row = full_row (JK_LOG_LOGGED_IN);
  row.record = JK_RECORDS_MAX;
  assert_refused (&row);
}

static void
what_a_forged_order_said_can_be_logged (void **state)
{
  JkLogRow row = full_row (JK_LOG_REFUSED), read;
  gsize size;

  row.record = 4000000000u;
  row.act = 65535;
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&row);
  const guint8 *data = g_bytes_get_data (bytes, &size);
  assert_true (jk_log_row_from_bytes (data, size, &read));
  assert_int_equal (read.act, 65535);
}

static void
an_event_of_a_sitting_is_none_of_a_log (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("row-answered");
  JkLogRow failed = full_row (JK_LOG_LOGIN_FAILED), read;
  g_autoptr (GBytes) bytes = jk_log_row_to_bytes (&failed);
  JkRow row;
  gsize size;
  const guint8 *data = g_bytes_get_data (vector, &size);

  assert_false (jk_log_row_from_bytes (data, size, &read));
  data = g_bytes_get_data (bytes, &size);
  assert_false (jk_row_from_bytes (data, size, &row));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_row_of_the_document_is_a_failed_log_in),
    cmocka_unit_test (every_event_comes_back_as_it_was_written),
    cmocka_unit_test (an_obeyed_order_keeps_all_that_replaying_needs),
    cmocka_unit_test (a_row_of_a_wrong_length_is_refused),
    cmocka_unit_test (codes_that_do_not_exist_are_refused),
    cmocka_unit_test (what_a_forged_order_said_can_be_logged),
    cmocka_unit_test (an_event_of_a_sitting_is_none_of_a_log),
  };
  return cmocka_run_group_tests_name ("log-row", tests, check_setup, NULL);
}
