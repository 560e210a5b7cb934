/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/random.c, and of the seeded chance */
#include "base/random.h"
#include "support/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
two_draws_differ (void **state)
{
  guint8 a[32] = { 0 };
  guint8 b[32] = { 0 };
  jk_random_fill (jk_random_system (), "test", 0, a, sizeof a);
  jk_random_fill (jk_random_system (), "test", 1, b, sizeof b);
  assert_memory_not_equal (a, b, sizeof a);
}

static void
every_byte_of_a_large_draw_is_filled (void **state)
{
  const gsize size = 100000;
  g_autofree guint8 *draw = g_malloc0 (size);
  guint counts[256] = { 0 };

  jk_random_fill (jk_random_system (), "test", 2, draw, size);
  for (gsize i = 0; i < size; i++)
    counts[draw[i]]++;
  /* 390 are expected of each; 200 is ten standard deviations away. */
  for (guint i = 0; i < 256; i++)
    assert_in_range (counts[i], 200, 600);
}

static void
nothing_is_written_for_no_bytes (void **state)
{
  guint8 byte = 7;
  jk_random_fill (jk_random_system (), "test", 3, &byte, 0);
  assert_int_equal (byte, 7);
}

static void
a_seed_gives_the_same_stream_again (void **state)
{
  g_autoptr (JkTestRandom) first = jk_test_random_new (1);
  g_autoptr (JkTestRandom) second = jk_test_random_new (1);
  guint8 a[70];
  guint8 b[70];

  jk_random_fill (jk_test_random_get (first), "x", 0, b, sizeof b);
  jk_random_fill (jk_test_random_get (first), "use", 5, a, sizeof a);
  jk_random_fill (jk_test_random_get (second), "use", 5, b, sizeof b);
  assert_memory_equal (a, b, sizeof a);
  jk_random_fill (jk_test_random_get (second), "use", 5, b, 33);
  assert_memory_equal (a, b, 33);
  assert_memory_not_equal (a, a + 32, 32);
}

static void
seed_use_and_index_each_change_the_stream (void **state)
{
  g_autoptr (JkTestRandom) first = jk_test_random_new (1);
  g_autoptr (JkTestRandom) second = jk_test_random_new (2);
  guint8 a[32];
  guint8 b[32];

  jk_random_fill (jk_test_random_get (first), "use", 0, a, sizeof a);
  jk_random_fill (jk_test_random_get (second), "use", 0, b, sizeof b);
  assert_memory_not_equal (a, b, sizeof a);
  jk_random_fill (jk_test_random_get (first), "use", 1, b, sizeof b);
  assert_memory_not_equal (a, b, sizeof a);
  jk_random_fill (jk_test_random_get (first), "other use", 0, b, sizeof b);
  assert_memory_not_equal (a, b, sizeof a);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (two_draws_differ),
    cmocka_unit_test (every_byte_of_a_large_draw_is_filled),
    cmocka_unit_test (nothing_is_written_for_no_bytes),
    cmocka_unit_test (a_seed_gives_the_same_stream_again),
    cmocka_unit_test (seed_use_and_index_each_change_the_stream),
  };
  return cmocka_run_group_tests_name ("random", tests, NULL, NULL);
}
