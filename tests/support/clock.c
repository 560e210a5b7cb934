/* SPDX-License-Identifier: Apache-2.0 */
/* support/clock.c: see the header. */
#include "support/clock.h"
#include "base/bytes.h"

#define START_WALL_MS G_GINT64_CONSTANT (1619225400000)
#define START_UPTIME_US (100 * G_USEC_PER_SEC)
#define REBOOT_UPTIME_US (10 * G_USEC_PER_SEC)

struct _JkTestClock {
  JkClock clock; /* first, so that the table leads back here */
  gint64 monotonic_us;
  gint64 boottime_us;
  gint64 wall_us;
  guint64 boot;
  guint *n_reads; /* owned; apart, because the clock is read through a const pointer */
};

static const JkTestClock *
read_of (const JkClock *clock)
{
  const JkTestClock *self = (const JkTestClock *) clock;
  (*self->n_reads)++;
  return self;
}

static gint64
monotonic_us (const JkClock *clock)
{
  return read_of (clock)->monotonic_us;
}

static gint64
boottime_us (const JkClock *clock)
{
  return read_of (clock)->boottime_us;
}

static gint64
wall_ms (const JkClock *clock)
{
  return read_of (clock)->wall_us / 1000;
}

static void
boot_id (const JkClock *clock, guint8 out_id[static JK_BOOT_ID_BYTES])
{
  memset (out_id, 0xb0, JK_BOOT_ID_BYTES);
  jk_bytes_put_u64 (out_id, read_of (clock)->boot);
}

JkTestClock *
jk_test_clock_new (void)
{
  JkTestClock *self = g_new0 (JkTestClock, 1);
  self->clock = (JkClock){
    .monotonic_us = monotonic_us,
    .boottime_us = boottime_us,
    .wall_ms = wall_ms,
    .boot_id = boot_id,
  };
  self->monotonic_us = START_UPTIME_US;
  self->boottime_us = START_UPTIME_US;
  self->wall_us = START_WALL_MS * 1000;
  self->boot = 1;
  self->n_reads = g_new0 (guint, 1);
  return self;
}

void
jk_test_clock_free (JkTestClock *self)
{
  if (self == NULL)
    return;
  g_free (self->n_reads);
  g_free (self);
}

const JkClock *
jk_test_clock_get (const JkTestClock *self)
{
  return &self->clock;
}

void
jk_test_clock_pass_us (JkTestClock *self, gint64 us)
{
  jk_test_clock_step_monotonic_us (self, us);
  self->wall_us += us;
}

void
jk_test_clock_pass_s (JkTestClock *self, gint64 seconds)
{
  jk_test_clock_pass_us (self, seconds * G_USEC_PER_SEC);
}

void
jk_test_clock_step_monotonic_us (JkTestClock *self, gint64 us)
{
  g_assert_cmpint (us, >=, 0);
  self->monotonic_us += us;
  self->boottime_us += us;
}

void
jk_test_clock_step_wall_ms (JkTestClock *self, gint64 delta_ms)
{
  self->wall_us += delta_ms * 1000;
}

void
jk_test_clock_set_wall_ms (JkTestClock *self, gint64 new_wall_ms)
{
  self->wall_us = new_wall_ms * 1000;
}

void
jk_test_clock_suspend_us (JkTestClock *self, gint64 us)
{
  g_assert_cmpint (us, >=, 0);
  self->boottime_us += us;
  self->wall_us += us;
}

void
jk_test_clock_reboot (JkTestClock *self, gint64 off_us)
{
  g_assert_cmpint (off_us, >=, 0);
  self->wall_us += off_us + REBOOT_UPTIME_US;
  self->monotonic_us = REBOOT_UPTIME_US;
  self->boottime_us = REBOOT_UPTIME_US;
  self->boot++;
}

guint
jk_test_clock_get_n_reads (const JkTestClock *self)
{
  return *self->n_reads;
}
