/* SPDX-License-Identifier: Apache-2.0 */
/* common/duration.c: times as a candidate reads them. */
#include "common/duration.h"

#include <glib/gi18n.h>

char *
jk_duration_dup (guint64 seconds)
{
  guint64 hours = seconds / 3600;
  guint minutes = seconds / 60 % 60;

  if (hours > 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u",
                            hours,
                            minutes,
                            (guint) (seconds % 60));
  return g_strdup_printf ("%02u:%02u", minutes, (guint) (seconds % 60));
}

char *
jk_duration_dup_minutes_left (guint64 seconds)
{
  guint minutes = (guint) ((seconds + 59) / 60);

  return g_strdup_printf (
      /* Translators: for screen readers, once a minute. zh: 剩余时间 %u 分钟 */
      ngettext ("Time left: %u minute", "Time left: %u minutes", minutes),
      minutes);
}

static char *
dup_time (gint64 wall_ms, int zone_min, const char *format)
{
  g_autoptr (GDateTime) then =
      g_date_time_new_from_unix_utc (wall_ms / 1000 + (gint64) zone_min * 60);

  return then != NULL ? g_date_time_format (then, format) : g_strdup ("");
}

char *
jk_duration_dup_hour (gint64 wall_ms, int zone_min)
{
  return dup_time (wall_ms, zone_min, "%H:%M");
}

char *
jk_duration_dup_second (gint64 wall_ms, int zone_min)
{
  return dup_time (wall_ms, zone_min, "%H:%M:%S");
}
