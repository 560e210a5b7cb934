/* SPDX-License-Identifier: Apache-2.0 */
/* plan/excerpt.h: what a session takes of its plan: one batch, one level, one subject.
 *
 *     [plan] title, occupation, occupation-code, issuer, place
 *     [exam] batch, date, level, level-name, level-title, subject, duration-min
 *     [contacts] label=text ...   [precautions] 1=..., 2=...
 */
#pragma once

#include "plan/plan.h"

typedef struct _JkExcerpt JkExcerpt;

/* The excerpt of a batch for the theory exam, as key-file text. batch must be of the plan. */
char *jk_excerpt_dup_text (const JkPlan *plan, const JkPlanBatch *batch);

/* Reads an excerpt again; NULL when report got a fault. */
JkExcerpt *jk_excerpt_parse (const char *file, const char *text, JkReport *report);
void jk_excerpt_free (JkExcerpt *self);
const char *jk_excerpt_get_title (const JkExcerpt *self);
const char *jk_excerpt_get_occupation (const JkExcerpt *self);
const char *jk_excerpt_get_occupation_code (const JkExcerpt *self);
const char *jk_excerpt_get_place (const JkExcerpt *self);
const char *jk_excerpt_get_level_name (const JkExcerpt *self);
const char *jk_excerpt_get_level_title (const JkExcerpt *self);
guint jk_excerpt_get_level (const JkExcerpt *self);
guint jk_excerpt_get_batch (const JkExcerpt *self);
guint jk_excerpt_get_date (const JkExcerpt *self); /* 20210424 */
const char *jk_excerpt_get_subject (const JkExcerpt *self);
guint jk_excerpt_get_duration_min (const JkExcerpt *self);
guint jk_excerpt_get_n_precautions (const JkExcerpt *self);
const char *jk_excerpt_get_precaution (const JkExcerpt *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkExcerpt, jk_excerpt_free)
