/* SPDX-License-Identifier: Apache-2.0 */
/* desk/machine.h: what the system says of this PC below /proc, /sys and /etc. For checks.c. */
#pragma once

#include <glib.h>

typedef struct {
  guint64 memory_bytes;   /* free for programs; 0: not known */
  guint64 swap_bytes;     /* on disks; what is packed in memory does not count */
  gint battery_percent;   /* of all its batteries; -1: it has none, or they do not say */
  gboolean is_on_battery; /* they are being emptied */
  gint zone_min;          /* of its clock, east of UTC */
} JkMachine;

/* Reads it from the files below root, "" for this PC. What is not there is as on a PC without it;
 * no zone is UTC. wall_ms: when, for the zone. */
void jk_machine_read (JkMachine *out, const char *root, gint64 wall_ms);
