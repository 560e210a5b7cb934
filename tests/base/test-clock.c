/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/clock.c, and of the fake clock */
#include "base/clock.h"
#include "support/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
monotonic_time_never_goes_back (void **state)
{
  const JkClock *clock = jk_clock_system ();
  gint64 before = clock->monotonic_us (clock);
  for (guint i = 0; i < 1000; i++) {
    gint64 now = clock->monotonic_us (clock);
    assert_true (now >= before);
    before = now;
  }
}

static void
boot_time_is_not_behind_monotonic_time (void **state)
{
  const JkClock *clock = jk_clock_system ();
  gint64 monotonic_us = clock->monotonic_us (clock);
  assert_true (clock->boottime_us (clock) >= monotonic_us);
}

static void
wall_time_is_that_of_glib (void **state)
{
  const JkClock *clock = jk_clock_system ();
  gint64 difference_ms = clock->wall_ms (clock) - g_get_real_time () / 1000;
  assert_true (ABS (difference_ms) < 10000);
}

static void
the_boot_id_stays_and_is_not_zero (void **state)
{
  static const guint8 zero[JK_BOOT_ID_BYTES];
  const JkClock *clock = jk_clock_system ();
  guint8 a[JK_BOOT_ID_BYTES];
  guint8 b[JK_BOOT_ID_BYTES];

  clock->boot_id (clock, a);
  clock->boot_id (clock, b);
  assert_memory_equal (a, b, sizeof a);
  assert_memory_not_equal (a, zero, sizeof a);
}

static void
the_fake_stands_still_until_time_passes (void **state)
{
  g_autoptr (JkTestClock) fake = jk_test_clock_new ();
  const JkClock *clock = jk_test_clock_get (fake);
  gint64 monotonic_us = clock->monotonic_us (clock);
  gint64 boottime_us = clock->boottime_us (clock);
  gint64 wall_ms = clock->wall_ms (clock);

  assert_true (clock->monotonic_us (clock) == monotonic_us);
  jk_test_clock_pass_s (fake, 3);
  assert_true (clock->monotonic_us (clock) == monotonic_us + 3000000);
  assert_true (clock->boottime_us (clock) == boottime_us + 3000000);
  assert_true (clock->wall_ms (clock) == wall_ms + 3000);
  assert_int_equal (jk_test_clock_get_n_reads (fake), 7);
}

static void
the_fake_suspends_without_monotonic_time (void **state)
{
  g_autoptr (JkTestClock) fake = jk_test_clock_new ();
  const JkClock *clock = jk_test_clock_get (fake);
  gint64 monotonic_us = clock->monotonic_us (clock);
  gint64 boottime_us = clock->boottime_us (clock);
  gint64 wall_ms = clock->wall_ms (clock);

  jk_test_clock_suspend_us (fake, 5000000);
  assert_true (clock->monotonic_us (clock) == monotonic_us);
  assert_true (clock->boottime_us (clock) == boottime_us + 5000000);
  assert_true (clock->wall_ms (clock) == wall_ms + 5000);
}

static void
the_fake_sets_its_wall_clock_back_alone (void **state)
{
  g_autoptr (JkTestClock) fake = jk_test_clock_new ();
  const JkClock *clock = jk_test_clock_get (fake);
  gint64 monotonic_us = clock->monotonic_us (clock);
  gint64 wall_ms = clock->wall_ms (clock);

  jk_test_clock_step_wall_ms (fake, -7200000);
  assert_true (clock->wall_ms (clock) == wall_ms - 7200000);
  jk_test_clock_set_wall_ms (fake, 5);
  assert_true (clock->wall_ms (clock) == 5);
  assert_true (clock->monotonic_us (clock) == monotonic_us);
  jk_test_clock_step_monotonic_us (fake, 9);
  assert_true (clock->wall_ms (clock) == 5);
  assert_true (clock->monotonic_us (clock) == monotonic_us + 9);
}

static void
the_fake_boots_with_a_new_id_and_a_small_uptime (void **state)
{
  g_autoptr (JkTestClock) fake = jk_test_clock_new ();
  const JkClock *clock = jk_test_clock_get (fake);
  gint64 monotonic_us = clock->monotonic_us (clock);
  gint64 wall_ms = clock->wall_ms (clock);
  guint8 before[JK_BOOT_ID_BYTES];
  guint8 after[JK_BOOT_ID_BYTES];

  clock->boot_id (clock, before);
  jk_test_clock_reboot (fake, 60000000);
  clock->boot_id (clock, after);
  assert_memory_not_equal (before, after, sizeof before);
  assert_true (clock->monotonic_us (clock) < monotonic_us);
  assert_true (clock->boottime_us (clock) == clock->monotonic_us (clock));
  assert_true (clock->wall_ms (clock) >= wall_ms + 60000);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (monotonic_time_never_goes_back),
    cmocka_unit_test (boot_time_is_not_behind_monotonic_time),
    cmocka_unit_test (wall_time_is_that_of_glib),
    cmocka_unit_test (the_boot_id_stays_and_is_not_zero),
    cmocka_unit_test (the_fake_stands_still_until_time_passes),
    cmocka_unit_test (the_fake_suspends_without_monotonic_time),
    cmocka_unit_test (the_fake_sets_its_wall_clock_back_alone),
    cmocka_unit_test (the_fake_boots_with_a_new_id_and_a_small_uptime),
  };
  return cmocka_run_group_tests_name ("clock", tests, NULL, NULL);
}
