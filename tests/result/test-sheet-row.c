/* SPDX-License-Identifier: Apache-2.0 */
/* tests of result/sheet-row.c */
#include "result/sheet-row.h"
#include "base/error.h"
#include "result/receipt.h"
#include "support/vector.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static JkSheetRow
example (void)
{
  JkSheetRow row = { .record = 7, .seal_number = 1, .state = JK_SEAT_SEALED };
  g_autoptr (GBytes) receipt = jk_test_vector ("result-receipt");
  JkDigest digest;

  memcpy (digest.bytes, g_bytes_get_data (receipt, NULL), JK_DIGEST_BYTES);
  jk_slip_from_receipt (&digest, row.slip);
  for (guint i = 0; i < 32; i++) {
    row.station[i] = (guint8) (0xa0 + i);
    row.digest.bytes[i] = (guint8) (0xc0 + i);
  }
  return row;
}

static gboolean
is_read (const JkSheetRow *row)
{
  guint8 bytes[JK_SHEET_ROW_BYTES];
  JkSheetRow out;

  jk_sheet_row_put (row, bytes);
  if (!jk_sheet_row_get (bytes, &out))
    return FALSE;
  assert_true (jk_sheet_row_equal (row, &out));
  return TRUE;
}

static void
the_row_of_the_example_is_the_same (void **state)
{
  g_autoptr (GBytes) vector = jk_test_vector ("sheet-row");
  JkSheetRow row = example ();
  guint8 bytes[JK_SHEET_ROW_BYTES];

  jk_sheet_row_put (&row, bytes);
  assert_int_equal (g_bytes_get_size (vector), JK_SHEET_ROW_BYTES);
  assert_memory_equal (bytes, g_bytes_get_data (vector, NULL), JK_SHEET_ROW_BYTES);
  assert_true (is_read (&row));
}

static void
a_slip_that_was_typed_is_the_start_of_the_receipt (void **state)
{
  JkSheetRow row = example ();
  guint8 slip[JK_SLIP_BYTES];
  g_autoptr (GError) error = NULL;

  assert_true (jk_slip_parse ("bntf-5c57-exsh-mj2v-e56j8", slip, &error));
  assert_memory_equal (slip, row.slip, JK_SLIP_BYTES);
  assert_false (jk_slip_parse ("BNTF-5C57-EXSH-MJ2V-E56J9", slip, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE));
}

static void
every_state_has_a_name_that_is_read_again (void **state)
{
  JkSeatState found;

  for (guint i = JK_SEAT_SEALED; i < JK_N_SEAT_STATES; i++) {
    assert_true (jk_seat_state_parse (jk_seat_state_get_name ((JkSeatState) i), &found));
    assert_int_equal (found, i);
    assert_true (strlen (jk_seat_state_get_word ((JkSeatState) i)) > 0);
  }
  assert_false (jk_seat_state_parse ("gone", &found));
}

/* Which of result, station, seal number, slip, copied-to (bits 0 to 4) a state may have. */
static gboolean
may_have (JkSeatState state, guint parts)
{
  gboolean has_result = parts & 1, has_station = parts & 2, has_seal = parts & 4;
  gboolean has_slip = parts & 8, has_copy = parts & 16;

  if (has_slip && !has_seal)
    return FALSE;
  switch (state) {
  case JK_SEAT_SEALED:
  case JK_SEAT_TIME_UP:
  case JK_SEAT_FORCED:
    return has_result && has_station && has_seal && !has_copy;
  case JK_SEAT_LEFT_ILL:
    return (!has_result || (has_station && has_seal)) && !has_copy;
  case JK_SEAT_LOST:
    return !has_result && !has_copy;
  case JK_SEAT_LOST_COPIED:
  case JK_SEAT_MOVED:
    return !has_result && has_station && !has_seal && has_copy;
  case JK_SEAT_ABSENT:
  case JK_SEAT_NEVER_SEEN:
  case JK_N_SEAT_STATES:
  default:
    return parts == 0;
  }
}

static void
a_state_has_what_it_must_and_no_more (void **state)
{
  const JkSheetRow full = example ();

  for (guint which = JK_SEAT_SEALED; which < JK_N_SEAT_STATES; which++) {
    for (guint parts = 0; parts < 32; parts++) {
      JkSheetRow row = { .record = 7, .state = (JkSeatState) which };
      row.digest = (parts & 1) != 0 ? full.digest : row.digest;
      if ((parts & 2) != 0)
        memcpy (row.station, full.station, JK_PUBLIC_BYTES);
      row.seal_number = (parts & 4) != 0 ? 2 : 0;
      if ((parts & 8) != 0)
        memcpy (row.slip, full.slip, JK_SLIP_BYTES);
      if ((parts & 16) != 0)
        memcpy (row.copied_to, full.digest.bytes, JK_PUBLIC_BYTES);
      assert_int_equal (is_read (&row), may_have (row.state, parts));
    }
  }
}

static void
a_seat_that_went_on_where_it_was_is_refused (void **state)
{
  JkSheetRow row = { .record = 7, .state = JK_SEAT_MOVED, .station = { 1 }, .copied_to = { 2 } };

  assert_true (is_read (&row));
  row.copied_to[0] = 1;
  assert_false (is_read (&row));
}

/* Every flip changes what the row says, or is refused; none is overlooked. */
static void
every_bit_of_a_row_matters (void **state)
{
  JkSheetRow row = example ();
  guint8 bytes[JK_SHEET_ROW_BYTES];
  guint n_refused = 0;

  jk_sheet_row_put (&row, bytes);
  for (guint bit = 0; bit < JK_SHEET_ROW_BYTES * 8; bit++) {
    JkSheetRow out;
    bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    if (jk_sheet_row_get (bytes, &out))
      assert_false (jk_sheet_row_equal (&row, &out));
    else
      n_refused++;
    bytes[bit / 8] ^= (guint8) (1 << bit % 8);
  }
  /* Zeros, the end of the slip, copied-to, impossible states and flags. */
  assert_in_range (n_refused, 6 * 8 + 28 + 256, 6 * 8 + 28 + 256 + 16);
}

static void
rows_are_ordered_by_record_seal_and_station (void **state)
{
  const JkSheetRow rows[] = {
    { .record = 1, .seal_number = 9 },
    { .record = 2, .seal_number = 1, .station = { 9 } },
    { .record = 2, .seal_number = 2, .station = { 1 } },
    { .record = 2, .seal_number = 2, .station = { 2 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (rows); k++) {
      gint order = jk_sheet_row_compare (&rows[i], &rows[k]);
      assert_true (i < k ? order < 0 : i > k ? order > 0 : order == 0);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_row_of_the_example_is_the_same),
    cmocka_unit_test (a_slip_that_was_typed_is_the_start_of_the_receipt),
    cmocka_unit_test (every_state_has_a_name_that_is_read_again),
    cmocka_unit_test (a_state_has_what_it_must_and_no_more),
    cmocka_unit_test (a_seat_that_went_on_where_it_was_is_refused),
    cmocka_unit_test (every_bit_of_a_row_matters),
    cmocka_unit_test (rows_are_ordered_by_record_seal_and_station),
  };
  return cmocka_run_group_tests_name ("sheet-row", tests, NULL, NULL);
}
