/* SPDX-License-Identifier: Apache-2.0 */
/* score/score-row.h: the lines of scores.csv. For table.c only. */
#pragma once

#include "score/centre.h"
#include "score/standing.h"

/* Appends the heading, with the byte-order mark before it. */
void jk_score_row_append_heading (GString *out, const JkCentre *centre);

/* What a line says of a person. */
typedef struct {
  /* Borrowed */
  const JkPerson *person;
  const JkScore *score; /* NULL unless the outcome is SCORED */
  /* Plain */
  JkOutcome outcome;
  gboolean is_final;    /* a closing sheet, or two people, stand for it */
  gboolean is_released; /* two people do */
  gboolean is_alone;    /* one person signed the sheet with both envelopes */
  gboolean is_revoked;  /* an amendment revoked a role that signed the sheet */
} JkScoreLine;

/* Appends a line. */
void jk_score_row_append (GString *out, const JkCentre *centre, const JkScoreLine *line);

/* Half-points as people write them: 0, 0.5, 1. The caller frees. */
char *jk_score_row_dup_points (guint half_points);
