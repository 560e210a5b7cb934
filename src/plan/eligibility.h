/* SPDX-License-Identifier: Apache-2.0 */
/* plan/eligibility.h: what a roster says about a candidate against the conditions of the path
 * applied for, and against the deadline of registration. For the roster only.
 *
 * Read, judged and forgotten: none of it is kept, so none of it reaches a session file. */
#pragma once

#include "plan/plan.h"

typedef struct {
  /* Borrowed: cells as they stand, NULL when the roster has no such column */
  const char *years;       /* 本职业工作年限 */
  const char *certificate; /* 原证书号 */
  const char *registered;  /* 报名日期 */
} JkEligibilityCells;

/* Adds what is wrong with a row to report. Faults: fewer years than the path asks for, a
 * registration after deadline (YYYYMMDD; 0: none applies), years or a day that cannot be read where
 * they are needed. Notices: a cell left empty that the path or the deadline needs; a previous
 * certificate whose number names another level than the one below the path's, or is of no known
 * form. path is NULL when the row has none that is valid. No message quotes a cell that may hold a
 * number. */
void jk_eligibility_check (const JkPlanPath *path,
                           const JkEligibilityCells *cells,
                           guint deadline,
                           const char *file,
                           guint row,
                           JkReport *report);
