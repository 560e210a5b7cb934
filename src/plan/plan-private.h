/* SPDX-License-Identifier: Apache-2.0 */
/* plan/plan-private.h: what a plan holds. For plan.c, plan-tables.c and excerpt.c only. */
#pragma once

#include "base/ini.h"
#include "plan/plan.h"

#define JK_PLAN_LEVEL_MAX 5u
#define JK_PLAN_NUMBER_MAX 99u /* of batches, and of paths in a level */
#define JK_PLAN_FEE_MAX 100000u
#define JK_PLAN_MINUTES_MAX 1440u

struct _JkPlan {
  /* Owned */
  GPtrArray *memory; /* every text and list that the fields below point to */
  GPtrArray *labels;
  GPtrArray *contacts; /* one to each label */
  GPtrArray *precautions;
  GArray *levels;        /* of JkPlanLevel */
  GArray *batches;       /* of JkPlanBatch */
  GArray *paths;         /* of JkPlanPath */
  GHashTable *documents; /* id to name; both in memory */

  /* In memory */
  const char *title;
  const char *occupation;
  const char *occupation_code;
  const char *issuer;
  const char *place;
  const char *theory_name;

  /* Plain */
  guint theory_minutes;
  guint practical_minutes;
};

/* Gives a text to the plan and lends it. */
const char *jk_plan_keep (JkPlan *self, char *text);

/* Reads [document-*], [level-N], [batch-N] and [path-L-N] with their checks against each other. */
void jk_plan_read_tables (JkPlan *self, JkIni *ini);
