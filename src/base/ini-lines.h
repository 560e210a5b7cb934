/* SPDX-License-Identifier: Apache-2.0 */
/* base/ini-lines.h: which line of a key file holds which group and key. For ini.c only.
 *
 * GKeyFile stops at the first bad line, lets the last of two equal keys win and drops keys with a
 * language in brackets. This scan reports all of these and keeps the lines that are good, so that
 * the rest of the file is checked too. */
#pragma once

#include "base/report.h"

typedef struct _JkIniLines JkIniLines;

typedef struct {
  char *group;
  char *key; /* NULL: the group itself */
  guint line;
  gboolean is_known; /* somebody asked for it */
} JkIniEntry;

/* Scans a text, which is UTF-8; faults go to report. */
JkIniLines *jk_ini_lines_new (const char *file, const char *text, JkReport *report);
void jk_ini_lines_free (JkIniLines *self);

/* The lines that are good, as GKeyFile reads them; lent. Of equal keys it has the first only. */
const char *jk_ini_lines_get_good (const JkIniLines *self);

/* Groups and keys in the order of the file; each once. */
guint jk_ini_lines_get_n (const JkIniLines *self);
JkIniEntry *jk_ini_lines_get (const JkIniLines *self, guint n);

/* A key, or a group when key is NULL; NULL when it is not there. Lent. */
JkIniEntry *jk_ini_lines_find (const JkIniLines *self, const char *group, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkIniLines, jk_ini_lines_free)
