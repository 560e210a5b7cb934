/* SPDX-License-Identifier: Apache-2.0 */
/* base/ini.h: a GLib key file that people edit, with the line of every fault.
 *
 * Each getter marks its key as known; finish reports every key and group that nobody asked for, so
 * a misspelt name is a fault and not a default taken silently. Getters report a missing or
 * malformed value and return the fallback, so that all faults of a file come in one run. */
#pragma once

#include "base/report.h"

typedef struct _JkIni JkIni;

/* Parses text (kept as a copy); faults go to report, which must outlive the JkIni. NULL when the
 * text is no key file at all (reported). */
JkIni *jk_ini_parse (const char *file, const char *text, JkReport *report);
void jk_ini_free (JkIni *self);
const char *jk_ini_get_file (const JkIni *self);
JkReport *jk_ini_get_report (const JkIni *self);

/* All group names in file order; zero-terminated; the caller frees. Does not mark them as known. */
char **jk_ini_dup_groups (const JkIni *self);

/* All keys of a group in file order (empty when there is none); the caller frees. */
char **jk_ini_dup_keys (const JkIni *self, const char *group);
gboolean jk_ini_has (const JkIni *self, const char *group, const char *key);

/* A text that must be there and not be empty; "" after reporting. The caller frees. */
char *jk_ini_dup_text (JkIni *self, const char *group, const char *key);

/* A text that may be missing; NULL then. The caller frees. */
char *jk_ini_dup_optional_text (JkIni *self, const char *group, const char *key);

/* A list with ; between; must be there; empty after reporting. The caller frees. */
char **jk_ini_dup_list (JkIni *self, const char *group, const char *key);

/* A whole number from min to max. */
gint64 jk_ini_get_integer (JkIni *self, const char *group, const char *key, gint64 min, gint64 max);

/* The same, and fallback when the key is missing. */
gint64 jk_ini_get_optional_integer (JkIni *self,
                                    const char *group,
                                    const char *key,
                                    gint64 min,
                                    gint64 max,
                                    gint64 fallback);

/* true or false, fallback when the key is missing. */
gboolean jk_ini_get_boolean (JkIni *self, const char *group, const char *key, gboolean fallback);

/* A day as 2021-04-24, returned as 20210424; 0 after reporting. */
guint jk_ini_get_date (JkIni *self, const char *group, const char *key);

/* Reports a fault at the line of a key (of the group when key is NULL), found formatted. */
void jk_ini_fault (JkIni *self,
                   const char *group,
                   const char *key,
                   const char *expected,
                   const char *found_format,
                   ...) G_GNUC_PRINTF (5, 6);

/* Reports every group and key that was never asked for. Call once, last. */
void jk_ini_finish (JkIni *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkIni, jk_ini_free)
