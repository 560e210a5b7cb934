/* SPDX-License-Identifier: Apache-2.0 */
/* desk/checks-private.h: a list of checks while it is made. For checks*.c only. */
#pragma once

#include "desk/checks.h"
#include "desk/desk-private.h"

/* Adds a light, found formatted (it may be ""); sentence is taken, NULL when it is green. */
void jk_checks_add (GPtrArray *list,
                    JkCheckKind kind,
                    JkLight light,
                    char *sentence,
                    const char *found_format,
                    ...) G_GNUC_PRINTF (5, 6);

/* checks-session.c: SESSION, BANK, CLOCK. zone_min: of this PC. */
void jk_checks_add_session (GPtrArray *list, JkDesk *desk, gint zone_min);

/* checks-disk.c: DISK_KIND, DISK_ROOM, RESTART, SECOND. */
void jk_checks_add_disk (GPtrArray *list, JkDesk *desk);
