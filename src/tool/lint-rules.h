/* SPDX-License-Identifier: Apache-2.0 */
/* tool/lint-rules.h: times of a session that cannot be meant, found before the day.
 *
 * Pure: what is now is given, because no PC knows it (P5); a start in the past is only a notice. */
#pragma once

#include "base/report.h"
#include "plan/policy.h"

typedef struct {
  /* Borrowed */
  const char *file;   /* the session's, for findings */
  const char *starts; /* 2021-04-24T09:00, local time */
  const JkPolicy *policy;
  /* Plain */
  gint64 now_ms; /* wall time */
  guint duration_min;
  guint plan_date; /* 20210424; 0: not to be compared */
} JkLintRules;

/* Faults: times beyond the end of the exam, absence before entry is over, a start that is no time.
 * Notices: times that contradict each other or common sense. */
void jk_lint_rules_check (const JkLintRules *self, JkReport *report);
