/* SPDX-License-Identifier: Apache-2.0 */
/* print/ruled-table.h: a table with lines around each cell, over as many pages as it needs.
 *
 * The heads stand on every page again. A cell's text wraps and makes its row higher; one that would
 * fill a page ends with an ellipsis. */
#pragma once

#include "print/document.h"

typedef struct {
  /* Borrowed */
  const char *head;
  /* Plain */
  double width; /* millimetres; 0 for the one column that takes what is left */
  JkAlign align;
} JkRuledColumn;

typedef struct {
  /* Borrowed */
  const JkRuledColumn *columns;
  GPtrArray *cells; /* of texts, row by row; NULL: empty */
  /* Plain */
  guint n_columns;
  double row_height; /* at least, in millimetres */
  double size_pt;
} JkRuledTable;

/* Draws it where the document stands, and goes on below it. */
void jk_ruled_table_draw (const JkRuledTable *self, JkDocument *document);
