/* SPDX-License-Identifier: Apache-2.0 */
/* plan/plan.h: a certification plan (认定计划): levels, fees, batches, eligibility, durations,
 * precautions.
 *
 * A key file under data/plans; the file that ships is the plan of 2021-03-29, domain.md section 1.
 * What an exam needs of it travels in the session file as an excerpt, which is a key file too. */
#pragma once

#include "base/report.h"

typedef struct _JkPlan JkPlan;

typedef enum {
  JK_BATCH_PLANNED,
  JK_BATCH_MOVED, /* 调整: the date differs from the original one */
  JK_BATCH_CANCELLED,
} JkBatchStatus;

typedef struct {
  /* Owned by the plan */
  const char *name;  /* 四级 */
  const char *title; /* 呼叫服务员 */
  /* Plain */
  guint number; /* 1 to 5 */
  gboolean in_scope;
  guint fee_total, fee_theory, fee_practical, fee_review; /* yuan; 0 when there is no such part */
} JkPlanLevel;

typedef struct {
  /* Plain: dates as 20210424 */
  guint number;
  guint date;
  guint deadline;
  guint level;
  JkBatchStatus status;
} JkPlanBatch;

typedef struct {
  /* Owned by the plan */
  const char *id; /* "4-(1)", as rosters write it */
  const char *text;
  const char *kind;             /* work, education, training, and combinations with + */
  const char *const *documents; /* names of the documents suggested, zero-terminated */
  /* Plain */
  guint level;
  guint years;
} JkPlanPath;

/* Reads and checks all of it: dates (each exam after its deadline), fees that add up, paths and
 * documents that exist. NULL when report got a fault. */
JkPlan *jk_plan_parse (const char *file, const char *text, JkReport *report);
void jk_plan_free (JkPlan *self);

const char *jk_plan_get_title (const JkPlan *self);
const char *jk_plan_get_occupation (const JkPlan *self);
const char *jk_plan_get_occupation_code (const JkPlan *self);
const char *jk_plan_get_issuer (const JkPlan *self);
const char *jk_plan_get_place (const JkPlan *self);
guint jk_plan_get_n_contacts (const JkPlan *self);
const char *jk_plan_get_contact (const JkPlan *self, guint n, const char **out_label);
guint jk_plan_get_n_levels (const JkPlan *self);
const JkPlanLevel *jk_plan_get_level (const JkPlan *self, guint n);
guint jk_plan_get_n_batches (const JkPlan *self);
const JkPlanBatch *jk_plan_get_batch (const JkPlan *self, guint n);
guint jk_plan_get_n_paths (const JkPlan *self);
const JkPlanPath *jk_plan_get_path (const JkPlan *self, guint n);
guint jk_plan_get_theory_minutes (const JkPlan *self);
guint jk_plan_get_practical_minutes (const JkPlan *self);
guint jk_plan_get_n_precautions (const JkPlan *self);
const char *jk_plan_get_precaution (const JkPlan *self, guint n);

/* The level or batch of that number, the path of that id (full-width brackets forgiven); NULL when
 * there is none. */
const JkPlanLevel *jk_plan_find_level (const JkPlan *self, guint number);
const JkPlanBatch *jk_plan_find_batch (const JkPlan *self, guint number);
const JkPlanPath *jk_plan_find_path (const JkPlan *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkPlan, jk_plan_free)
