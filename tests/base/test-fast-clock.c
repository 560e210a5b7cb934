/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/fast-clock.c */
#include "base/fast-clock.h"

#include "support/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
exam_time_runs_faster_than_real_time (void **state)
{
  g_autoptr (JkTestClock) real = jk_test_clock_new ();
  JkFastClock fast;
  const JkClock *clock = &fast.clock;
  gint64 before;

  jk_fast_clock_init (&fast, jk_test_clock_get (real), 20);
  before = clock->monotonic_us (clock);
  jk_test_clock_pass_us (real, 50000);
  assert_int_equal (clock->monotonic_us (clock) - before, 1000000);
}

/* The sitting reads monotonic time, then boot time; what passes between them is no sleep. */
static void
only_a_real_suspend_looks_like_one (void **state)
{
  g_autoptr (JkTestClock) real = jk_test_clock_new ();
  JkFastClock fast;
  const JkClock *clock = &fast.clock;
  gint64 monotonic_us, asleep_us;

  jk_fast_clock_init (&fast, jk_test_clock_get (real), 20000);
  monotonic_us = clock->monotonic_us (clock);
  asleep_us = clock->boottime_us (clock) - monotonic_us;
  monotonic_us = clock->monotonic_us (clock);
  jk_test_clock_pass_us (real, 10000);
  assert_int_equal (clock->boottime_us (clock) - monotonic_us, asleep_us);
  jk_test_clock_suspend_us (real, 3000000);
  monotonic_us = clock->monotonic_us (clock);
  assert_int_equal (clock->boottime_us (clock) - monotonic_us, asleep_us + 3000000);
}

static void
boot_time_may_be_asked_first (void **state)
{
  g_autoptr (JkTestClock) real = jk_test_clock_new ();
  JkFastClock fast;
  const JkClock *clock = &fast.clock;
  gint64 boottime_us;

  jk_fast_clock_init (&fast, jk_test_clock_get (real), 2);
  boottime_us = clock->boottime_us (clock);
  assert_true (boottime_us >= clock->monotonic_us (clock));
}

static void
two_fast_clocks_of_one_pc_agree (void **state)
{
  g_autoptr (JkTestClock) real = jk_test_clock_new ();
  JkFastClock first, second;

  jk_fast_clock_init (&first, jk_test_clock_get (real), 300);
  jk_test_clock_pass_s (real, 7);
  jk_fast_clock_init (&second, jk_test_clock_get (real), 300);
  assert_int_equal (first.clock.monotonic_us (&first.clock),
                    second.clock.monotonic_us (&second.clock));
}

static void
wall_time_keeps_pace_and_the_boot_id_is_passed_on (void **state)
{
  g_autoptr (JkTestClock) real = jk_test_clock_new ();
  const JkClock *inner = jk_test_clock_get (real);
  JkFastClock fast;
  guint8 expected[JK_BOOT_ID_BYTES], found[JK_BOOT_ID_BYTES];

  jk_fast_clock_init (&fast, inner, 1000);
  jk_test_clock_pass_s (real, 3);
  assert_int_equal (fast.clock.wall_ms (&fast.clock), inner->wall_ms (inner));
  jk_fast_clock_pace_wall (&fast.clock);
  assert_int_equal (fast.clock.wall_ms (&fast.clock), inner->wall_ms (inner));
  jk_test_clock_pass_s (real, 3);
  assert_int_equal (fast.clock.wall_ms (&fast.clock), inner->wall_ms (inner) + 2997000);
  inner->boot_id (inner, expected);
  memset (found, 0, sizeof found);
  fast.clock.boot_id (&fast.clock, found);
  assert_memory_equal (found, expected, sizeof found);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (exam_time_runs_faster_than_real_time),
    cmocka_unit_test (only_a_real_suspend_looks_like_one),
    cmocka_unit_test (boot_time_may_be_asked_first),
    cmocka_unit_test (two_fast_clocks_of_one_pc_agree),
    cmocka_unit_test (wall_time_keeps_pace_and_the_boot_id_is_passed_on),
  };

  return cmocka_run_group_tests_name ("fast-clock", tests, NULL, NULL);
}
