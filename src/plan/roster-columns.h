/* SPDX-License-Identifier: Apache-2.0 */
/* plan/roster-columns.h: which column of a roster is which. For the roster only. */
#pragma once

#include "base/csv.h"

typedef enum {
  JK_COLUMN_ADMISSION,
  JK_COLUMN_NAME,
  JK_COLUMN_SEX,
  JK_COLUMN_BIRTH,
  JK_COLUMN_ID_KIND,
  JK_COLUMN_ID_NUMBER,
  JK_COLUMN_HALL,
  JK_COLUMN_SEAT,
  JK_COLUMN_PATH,
  JK_COLUMN_EXTRA,
  JK_COLUMN_YEARS,
  JK_COLUMN_CERTIFICATE,
  JK_COLUMN_REGISTERED,
  JK_N_COLUMNS,
} JkRosterColumn;

typedef struct {
  gint at[JK_N_COLUMNS]; /* -1: not in this table */
} JkRosterColumns;

/* Finds the columns by their headings. FALSE when one that must be there is missing, or one stands
 * twice (both reported). A heading that is not known is a notice; one of a column that no session
 * needs (民族, 手机号码 ...) is nothing at all. */
gboolean jk_roster_columns_find (const JkCsv *csv, JkReport *report, JkRosterColumns *out_columns);

/* Whether any heading is one of a roster's. */
gboolean jk_roster_columns_is_any_known (const JkCsv *csv);

/* A cell of a row; NULL when the table has no such column. Lent. */
const char *jk_roster_columns_get_cell (const JkRosterColumns *self,
                                        const JkCsv *csv,
                                        guint row,
                                        JkRosterColumn column);

/* The heading people know a column by; lent. */
const char *jk_roster_column_get_name (JkRosterColumn column);
