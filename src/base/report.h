/* SPDX-License-Identifier: Apache-2.0 */
/* base/report.h: all faults of a set of files that people edit, in one run.
 *
 * A finding says where, what was found, what was expected and what to do; as text it is one
 * sentence. Faults stop the work at hand, notices do not. */
#pragma once

#include <glib.h>

typedef struct _JkReport JkReport;

typedef enum {
  JK_FINDING_FAULT,
  JK_FINDING_NOTICE,
} JkFindingKind;

typedef struct {
  JkFindingKind kind;
  const char *file;     /* never NULL */
  const char *place;    /* "line 12", "row 3", "[cells] A-A"; "" for the file as a whole */
  const char *found;    /* what stands there */
  const char *expected; /* what should */
  const char *advice;   /* what to do */
} JkFinding;

JkReport *jk_report_new (void);
void jk_report_free (JkReport *self);

/* Adds a finding; all texts are copied, NULL counts as "". Beyond JK_REPORT_FINDINGS_MAX findings
 * are counted but not kept; notices fill no more than half of it, so that they hide no fault. */
void jk_report_add (JkReport *self,
                    JkFindingKind kind,
                    const char *file,
                    const char *place,
                    const char *found,
                    const char *expected,
                    const char *advice);

/* A fault at a line of a file, found formatted. */
void jk_report_fault_at_line (JkReport *self,
                              const char *file,
                              guint line,
                              const char *expected,
                              const char *advice,
                              const char *found_format,
                              ...) G_GNUC_PRINTF (6, 7);

/* A fault at a row of a table, found formatted. */
void jk_report_fault_at_row (JkReport *self,
                             const char *file,
                             guint row,
                             const char *expected,
                             const char *advice,
                             const char *found_format,
                             ...) G_GNUC_PRINTF (6, 7);

/* A notice at a row of a table, found formatted. */
void jk_report_notice_at_row (JkReport *self,
                              const char *file,
                              guint row,
                              const char *expected,
                              const char *advice,
                              const char *found_format,
                              ...) G_GNUC_PRINTF (6, 7);

/* The message of an error as a fault of the file as a whole. */
void jk_report_add_error (JkReport *self, const char *file, const GError *error);

/* Faults so far; notices do not count. */
guint jk_report_get_n_faults (const JkReport *self);
guint jk_report_get_n (const JkReport *self);

/* The n-th finding kept; lent. */
const JkFinding *jk_report_get (const JkReport *self, guint n);

/* "FILE: line 12: found X; expected Y; Z.", one line each, with a last line that counts what was
 * not kept. The caller frees. */
char *jk_report_dup_text (const JkReport *self);

/* A JSON array of {kind, file, place, found, expected, do}. The caller frees. */
char *jk_report_dup_json (const JkReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkReport, jk_report_free)
