/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "session/beacon.h"
#include "support/exam.h"

typedef struct {
  JkTestExam *exam;
  JkSecret *key;
  JkBeacon beacon;
} Console;

static int
set_up (void **state)
{
  Console *self = g_new0 (Console, 1);

  self->exam = jk_test_exam_new ();
  self->key = jk_sign_key_new (jk_test_exam_get_world (self->exam)->random,
                               "test: console",
                               0,
                               self->beacon.console);
  self->beacon.session = *jk_session_get_digest (jk_test_exam_get_session (self->exam, 0));
  self->beacon.sequence = 7;
  self->beacon.wall_ms = 1000;
  self->beacon.end_wall_ms = 61000;
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Console *self = *state;

  jk_secret_free (self->key);
  jk_test_exam_free (self->exam);
  g_free (self);
  return 0;
}

static gboolean
read_beacon (const Console *self, GBytes *bytes, guint hall, JkBeacon *out, GError **error)
{
  return jk_beacon_read (bytes,
                         jk_test_exam_get_session (self->exam, hall),
                         self->beacon.console,
                         out,
                         error);
}

static void
assert_no_beacon (const Console *self, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  JkBeacon beacon;

  assert_false (read_beacon (self, bytes, 0, &beacon, &error));
  assert_int_equal (error->domain, JK_SESSION_ERROR);
  assert_int_equal (error->code, JK_SESSION_ERROR_BEACON);
}

static void
a_beacon_is_read_as_written (void **state)
{
  Console *self = *state;
  g_autoptr (GBytes) bytes = jk_beacon_write (&self->beacon, self->key);
  g_autoptr (GError) error = NULL;
  JkBeacon beacon;

  assert_int_equal (g_bytes_get_size (bytes), JK_BEACON_BYTES);
  assert_true (read_beacon (self, bytes, 0, &beacon, &error));
  assert_int_equal (beacon.sequence, 7);
  assert_int_equal (beacon.wall_ms, 1000);
  assert_int_equal (beacon.end_wall_ms, 61000);
  assert_int_equal (jk_beacon_get_left_ms (&beacon, 100000), 60000);
  assert_false (read_beacon (self, bytes, 1, &beacon, &error));
}

static void
every_truncation_and_bit_flip_is_refused (void **state)
{
  Console *self = *state;
  g_autoptr (GBytes) bytes = jk_beacon_write (&self->beacon, self->key);
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), JK_BEACON_BYTES);

  for (gsize n = 0; n < JK_BEACON_BYTES; n++) {
    g_autoptr (GBytes) cut = g_bytes_new (data, n);
    assert_no_beacon (self, cut);
  }
  for (gsize bit = 0; bit < JK_BEACON_BYTES * 8u; bit++) {
    data[bit / 8] ^= (guint8) (1u << (bit % 8));
    g_autoptr (GBytes) changed = g_bytes_new (data, JK_BEACON_BYTES);
    assert_no_beacon (self, changed);
    data[bit / 8] ^= (guint8) (1u << (bit % 8));
  }
}

static void
another_console_and_number_0_are_refused (void **state)
{
  Console *self = *state;
  guint8 other[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key =
      jk_sign_key_new (jk_test_exam_get_world (self->exam)->random, "test: console", 1, other);
  g_autoptr (GBytes) signed_by_other = jk_beacon_write (&self->beacon, key);
  JkBeacon named = self->beacon;
  memcpy (named.console, other, JK_PUBLIC_BYTES);
  g_autoptr (GBytes) of_other = jk_beacon_write (&named, key);
  named = self->beacon;
  named.sequence = 0;
  g_autoptr (GBytes) numberless = jk_beacon_write (&named, self->key);

  assert_no_beacon (self, signed_by_other);
  assert_no_beacon (self, of_other);
  assert_no_beacon (self, numberless);
}

static void
what_is_left_is_between_nothing_and_the_largest (void **state)
{
  JkBeacon beacon = { .wall_ms = 5000, .end_wall_ms = 5000 };

  assert_int_equal (jk_beacon_get_left_ms (&beacon, 1000), 0);
  beacon.end_wall_ms = 4000;
  assert_int_equal (jk_beacon_get_left_ms (&beacon, 1000), 0);
  beacon.end_wall_ms = 7000;
  assert_int_equal (jk_beacon_get_left_ms (&beacon, 1000), 1000);
  beacon = (JkBeacon){ .wall_ms = G_MININT64, .end_wall_ms = G_MAXINT64 };
  assert_int_equal (jk_beacon_get_left_ms (&beacon, 1000), 1000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_beacon_is_read_as_written),
    cmocka_unit_test (every_truncation_and_bit_flip_is_refused),
    cmocka_unit_test (another_console_and_number_0_are_refused),
    cmocka_unit_test (what_is_left_is_between_nothing_and_the_largest),
  };
  return cmocka_run_group_tests_name ("beacon", tests, set_up, tear_down);
}
