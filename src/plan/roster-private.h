/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster-private.h: from a roster's table to its rows. For roster.c and roster-row.c only. */
#pragma once

#include "plan/roster-columns.h"
#include "plan/roster.h"

#define JK_ROSTER_ONLY_HALL "01" /* of a table without a column for halls */

typedef struct {
  /* Owned by roster.c */
  GHashTable *admissions; /* number to the row that had it first */
  GHashTable *id_numbers; /* class of document and number */
  GHashTable *seats;      /* "hall\nseat" */

  /* Borrowed */
  const JkCsv *csv;
  const JkPlan *plan;
  JkReport *report;

  /* Plain */
  JkRosterColumns columns;
  guint level;
  guint today;
  guint deadline;
  guint row;                  /* of the table, being read */
  guint n_young, first_young; /* younger than JK_ID_AGE_MIN, and the row of the first */
  guint n_old, first_old;
} JkRosterReader;

/* Reads the reader's row of the table; all its faults and notices go to the report. FALSE, and
 * nothing in out_row, when it has a fault. */
gboolean jk_roster_row_read (JkRosterReader *reader, JkRosterRow *out_row);

/* Frees what a row holds, and wipes its ID number. */
void jk_roster_row_clear (JkRosterRow *row);
