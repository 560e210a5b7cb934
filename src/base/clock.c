/* SPDX-License-Identifier: Apache-2.0 */
/* base/clock.c: the clocks of Linux.
 *
 * Nothing else in src/ may ask the system for the time. Without these clocks no duration can be
 * trusted (P5), so a system that lacks one ends the program. */
#include "base/clock.h"
#include "base/text.h"

#include <string.h>
#include <time.h>

#define BOOT_ID_PATH "/proc/sys/kernel/random/boot_id"

static struct timespec
read_clock (clockid_t id)
{
  struct timespec now;
  if (clock_gettime (id, &now) != 0)
    g_error ("The system has no clock number %d.", (int) id);
  return now;
}

static gint64
read_clock_us (clockid_t id)
{
  struct timespec now = read_clock (id);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
system_monotonic_us (const JkClock *self)
{
  return read_clock_us (CLOCK_MONOTONIC);
}

static gint64
system_boottime_us (const JkClock *self)
{
  return read_clock_us (CLOCK_BOOTTIME);
}

static gint64
system_wall_ms (const JkClock *self)
{
  struct timespec now = read_clock (CLOCK_REALTIME);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
system_boot_id (const JkClock *self, guint8 out_id[static JK_BOOT_ID_BYTES])
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (BOOT_ID_PATH, &text, NULL, &error))
    g_error ("The boot cannot be told from others: %s", error->message);

  g_auto (GStrv) parts = g_strsplit (g_strstrip (text), "-", -1);
  g_autofree char *digits = g_strjoinv ("", parts);
  if (!jk_text_parse_hex (digits, out_id, JK_BOOT_ID_BYTES))
    g_error ("%s does not hold a boot id.", BOOT_ID_PATH);
}

static const JkClock system_clock = {
  .monotonic_us = system_monotonic_us,
  .boottime_us = system_boottime_us,
  .wall_ms = system_wall_ms,
  .boot_id = system_boot_id,
};

const JkClock *
jk_clock_system (void)
{
  return &system_clock;
}
