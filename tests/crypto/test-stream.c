/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/bytes.h"
#include "crypto/stream.h"
#include "support/vector.h"

#define PURPOSE "jikao 1 example"

static int
setup (void **state)
{
  g_autoptr (JkSecret) seed = check_key (0);
  JkStream *stream = g_new0 (JkStream, 1);

  jk_stream_init (stream, seed, PURPOSE);
  *state = stream;
  return 0;
}

static int
teardown (void **state)
{
  jk_stream_clear (*state);
  g_free (*state);
  return 0;
}

static void
assert_numbers (const char *vector_name, const guint32 *numbers, gsize n)
{
  g_autoptr (GBytes) vector = jk_test_vector (vector_name);
  const guint8 *wanted = g_bytes_get_data (vector, NULL);

  assert_int_equal (g_bytes_get_size (vector), 4 * n);
  for (gsize i = 0; i < n; i++)
    assert_int_equal (numbers[i], jk_bytes_get_u32 (wanted + 4 * i));
}

static void
numbers_are_those_of_the_document (void **state)
{
  guint32 numbers[20];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = jk_stream_u32 (*state);
  assert_numbers ("crypto-stream", numbers, G_N_ELEMENTS (numbers));
}

static void
numbers_below_are_those_of_the_document (void **state)
{
  guint32 numbers[8];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = jk_stream_below (*state, 0x80000001u);
  assert_numbers ("crypto-stream-below", numbers, G_N_ELEMENTS (numbers));
}

static void
a_shuffle_is_that_of_the_document (void **state)
{
  guint32 values[16];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i;
  jk_stream_shuffle (*state, values, G_N_ELEMENTS (values));
  assert_numbers ("crypto-stream-shuffle", values, G_N_ELEMENTS (values));
}

static void
below_is_the_rule_of_the_header (void **state)
{
  const guint32 ns[] = { 1, 2, 3, 7, 60, 1000, 0x7fffffff, 0x80000000, 0xc0000000, 0xffffffff };
  g_autoptr (JkSecret) seed = check_key (0);
  JkStream plain;

  jk_stream_init (&plain, seed, PURPOSE);
  for (guint i = 0; i < 3000; i++) {
    guint32 n = ns[i % G_N_ELEMENTS (ns)];
    guint32 refused_below = (guint32) (G_GUINT64_CONSTANT (0x100000000) % n);
    guint32 number = jk_stream_u32 (&plain);
    while (number < refused_below)
      number = jk_stream_u32 (&plain);
    assert_int_equal (jk_stream_below (*state, n), number % n);
  }
  assert_int_equal (jk_stream_u32 (*state), jk_stream_u32 (&plain));
  jk_stream_clear (&plain);
}

static void
numbers_below_six_come_evenly (void **state)
{
  guint counts[6] = { 0 };
  double chi_square = 0;

  for (guint i = 0; i < 60000; i++)
    counts[jk_stream_below (*state, 6)]++;
  for (guint i = 0; i < 6; i++)
    chi_square += (counts[i] - 10000.0) * (counts[i] - 10000.0) / 10000.0;
  /* Five degrees of freedom: 20.5 is passed once in a thousand seeds, and this seed is fixed. */
  assert_true (chi_square < 20.5);
}

static void
a_shuffle_keeps_every_value (void **state)
{
  guint32 values[500];
  gboolean seen[500] = { FALSE };
  guint moved = 0;

  for (guint i = 0; i < 500; i++)
    values[i] = i;
  jk_stream_shuffle (*state, values, 500);
  for (guint i = 0; i < 500; i++) {
    assert_false (seen[values[i]]);
    seen[values[i]] = TRUE;
    moved += values[i] != i;
  }
  assert_true (moved > 450);
}

static void
shuffling_one_or_none_takes_no_number (void **state)
{
  g_autoptr (JkSecret) seed = check_key (0);
  guint32 value = 7;
  JkStream plain;

  jk_stream_shuffle (*state, &value, 1);
  jk_stream_shuffle (*state, NULL, 0);
  assert_int_equal (value, 7);
  jk_stream_init (&plain, seed, PURPOSE);
  assert_int_equal (jk_stream_u32 (*state), jk_stream_u32 (&plain));
  jk_stream_clear (&plain);
}

static void
seed_and_purpose_each_change_the_numbers (void **state)
{
  g_autoptr (JkSecret) seed = check_key (0);
  g_autoptr (JkSecret) other_seed = check_key (1);
  JkStream by_seed, by_purpose;

  jk_stream_init (&by_seed, other_seed, PURPOSE);
  jk_stream_init (&by_purpose, seed, "jikao 1 examplf");
  guint32 number = jk_stream_u32 (*state);
  assert_int_not_equal (number, jk_stream_u32 (&by_seed));
  assert_int_not_equal (number, jk_stream_u32 (&by_purpose));
  jk_stream_clear (&by_seed);
  jk_stream_clear (&by_purpose);
}

static void
a_cleared_stream_holds_nothing (void **state)
{
  const guint8 zeros[64] = { 0 };
  JkStream *stream = *state;

  jk_stream_u32 (stream);
  jk_stream_clear (stream);
  assert_memory_equal (stream->seed, zeros, sizeof stream->seed);
  assert_null (stream->purpose);
  assert_memory_equal (stream->block, zeros, sizeof zeros);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (numbers_are_those_of_the_document, setup, teardown),
    cmocka_unit_test_setup_teardown (numbers_below_are_those_of_the_document, setup, teardown),
    cmocka_unit_test_setup_teardown (a_shuffle_is_that_of_the_document, setup, teardown),
    cmocka_unit_test_setup_teardown (below_is_the_rule_of_the_header, setup, teardown),
    cmocka_unit_test_setup_teardown (numbers_below_six_come_evenly, setup, teardown),
    cmocka_unit_test_setup_teardown (a_shuffle_keeps_every_value, setup, teardown),
    cmocka_unit_test_setup_teardown (shuffling_one_or_none_takes_no_number, setup, teardown),
    cmocka_unit_test_setup_teardown (seed_and_purpose_each_change_the_numbers, setup, teardown),
    cmocka_unit_test_setup_teardown (a_cleared_stream_holds_nothing, setup, teardown),
  };
  return cmocka_run_group_tests_name ("stream", tests, check_setup, NULL);
}
