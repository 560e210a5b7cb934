/* SPDX-License-Identifier: Apache-2.0 */
/* score/table.h: scores.csv, quarantine.csv and files.csv.
 *
 * scores.csv has one row per roll entry, absent ones too: admission number, name, masked ID as
 * text, seat, one per section, total, result by policy, state, receipt, reason; quarantine.csv what
 * was set aside; files.csv each file with its standing (standing.h) and why. Scores and files say
 * of a result that it obeys an order of a role that an amendment revoked, scores also that such a
 * role signed its closing sheet. UTF-8 with BOM, formula
 * cells defused; every row of a rehearsal says so. What comes out does not depend on the order in
 * which files are taken, except the order of the two lists. */
#pragma once

#include "result/sheet-merge.h"
#include "score/centre.h"
#include "score/release.h"
#include "score/standing.h"

typedef struct _JkTable JkTable;

/* sheets (NULL: none) must outlive it. */
JkTable *jk_table_new (const JkCentre *centre, const JkSheetMerge *sheets);
void jk_table_free (JkTable *self);

/* Lets a release count for the result it names; before any file is taken. It is copied. */
void jk_table_add_release (JkTable *self, const JkRelease *release);

/* Scores one file into the table; a result that does not verify goes to the quarantine list with
 * its reason. Returns whether it verifies. */
gboolean jk_table_take (JkTable *self, const char *file, GBytes *bytes);

/* Whether a result with this outer digest was taken. */
gboolean jk_table_has (const JkTable *self, const JkDigest *digest);

/* People with a score, of those with a final one, people of whom there is nothing, those whose
 * result a sheet names and no file is; and what stands in quarantine.csv: results, and closing
 * sheets that were set aside. */
guint jk_table_get_n_scored (const JkTable *self);
guint jk_table_get_n_final (const JkTable *self);
guint jk_table_get_n_absent (const JkTable *self);
guint jk_table_get_n_missing (const JkTable *self);
guint jk_table_get_n_quarantined (const JkTable *self);

/* Files taken, and the standing of the n-th with its reason (lent). */
guint jk_table_get_n_files (const JkTable *self);
JkStanding jk_table_get_standing (const JkTable *self, guint n);
const char *jk_table_get_reason (const JkTable *self, guint n);

/* The score of a record; NULL when it has none. Lent. */
const JkScore *jk_table_get_score (const JkTable *self, guint32 record);
JkOutcome jk_table_get_outcome (const JkTable *self, guint32 record);

/* The three files as text; the caller frees. */
char *jk_table_dup_scores_csv (const JkTable *self);
char *jk_table_dup_quarantine_csv (const JkTable *self);
char *jk_table_dup_files_csv (const JkTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTable, jk_table_free)
