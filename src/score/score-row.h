/* SPDX-License-Identifier: Apache-2.0 */
/* score/score-row.h: the lines of scores.csv. For table.c only. */
#pragma once

#include "score/centre.h"

typedef enum {
  JK_OUTCOME_SCORED,
  JK_OUTCOME_ABSENT,       /* no file names the record */
  JK_OUTCOME_QUARANTINED,  /* files do, but none that verifies */
  JK_OUTCOME_CONTRADICTED, /* two that verify have one seal number and differ */
} JkOutcome;

/* Appends the heading, with the byte-order mark before it. */
void jk_score_row_append_heading (GString *out, const JkCentre *centre);

/* Appends the line of a person; score is NULL unless it is SCORED. */
void jk_score_row_append (GString *out,
                          const JkCentre *centre,
                          const JkPerson *person,
                          JkOutcome outcome,
                          const JkScore *score);

/* Half-points as people write them: 0, 0.5, 1. The caller frees. */
char *jk_score_row_dup_points (guint half_points);
