/* SPDX-License-Identifier: Apache-2.0 */
/* common/duration.c: a span of time as it is shown. */
#include "common/duration.h"

#define S_PER_MIN 60
#define S_PER_H 3600

char *
jk_duration_dup (guint64 seconds)
{
  guint second = (guint) (seconds % S_PER_MIN);
  guint minute = (guint) (seconds % S_PER_H / S_PER_MIN);

  if (seconds < S_PER_H)
    return g_strdup_printf ("%02u:%02u", minute, second);
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", seconds / S_PER_H, minute, second);
}
