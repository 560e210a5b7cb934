/* SPDX-License-Identifier: Apache-2.0 */
/* score/table.h: scores.csv and quarantine.csv: one row per roll entry, absent ones too.
 *
 * Columns: admission number, name, masked ID as text, seat, one per section, total, result by
 * policy, state, receipt, reason. UTF-8 with BOM, formula cells defused; every row says provisional
 * (待复核) until closing sheets exist. Of several results of a record the highest seal number among
 * the whole ones counts; two with the same seal number and different digests contradict: both to
 * quarantine. */
#pragma once

#include "score/centre.h"

typedef struct _JkTable JkTable;

JkTable *jk_table_new (const JkCentre *centre);
void jk_table_free (JkTable *self);

/* Scores one file into the table; a result that does not verify goes to the quarantine list with
 * its reason. Returns whether it counts. */
gboolean jk_table_take (JkTable *self, const char *file, GBytes *bytes);
guint jk_table_get_n_scored (const JkTable *self);
guint jk_table_get_n_quarantined (const JkTable *self);
guint jk_table_get_n_absent (const JkTable *self);

/* The score of a record; NULL when it has none. Lent. */
const JkScore *jk_table_get_score (const JkTable *self, guint32 record);

/* The two files as text; the caller frees. */
char *jk_table_dup_scores_csv (const JkTable *self);
char *jk_table_dup_quarantine_csv (const JkTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTable, jk_table_free)
