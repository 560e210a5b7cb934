/* SPDX-License-Identifier: Apache-2.0 */
/* common/duration.h: times as a candidate reads them. */
#pragma once

#include <glib.h>

/* "1:12:46", or "12:46" for less than an hour. The caller frees. */
char *jk_duration_dup (guint64 seconds);

/* "Time left: 73 minutes", rounded up: for screen readers, which would else speak each second. The
 * caller frees. */
char *jk_duration_dup_minutes_left (guint64 seconds);

/* "09:41": the hour of the day so many minutes east of UTC. The caller frees. */
char *jk_duration_dup_hour (gint64 wall_ms, int zone_min);

/* The same with seconds: "09:41:07". The caller frees. */
char *jk_duration_dup_second (gint64 wall_ms, int zone_min);
