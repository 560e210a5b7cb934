/* SPDX-License-Identifier: Apache-2.0 */
/* support/closing.h: closing sheets of a test exam's hall, written by hand and signed by its roles.
 */
#pragma once

#include "result/build-sheet.h"
#include "result/sheet-merge.h"
#include "support/handed-in.h"

typedef struct {
  /* Owned */
  JkRoleKeys keys[JK_ROLES]; /* by role, the chief's first */
  GArray *rows;              /* JkSheetRow */
  GPtrArray *seats;
  GArray *notes; /* JkSheetNote; texts borrowed from the test */
  /* Borrowed */
  const JkSession *session;
  /* Plain: of the next sheet */
  guint32 number;
  JkDigest predecessor;
  JkRoleName first;
  JkRoleName second;
  gboolean alone;
} JkTestClosing;

/* Of hall 0 or 1; the first sheet, signed by chief and proctor. */
JkTestClosing *jk_test_closing_new (const JkTestExam *exam, guint hall);
void jk_test_closing_free (JkTestClosing *self);

/* A row without a result, and one of a result: label, and slip of the sitting (NULL: none given).
 */
JkSheetRow jk_test_row (guint32 record, JkSeatState state);
JkSheetRow
jk_test_row_of (const JkTestClosing *self, GBytes *result, const JkTestHandedIn *sitting);

/* Adds a row; its seat is "seat N" for record N. Rows are sorted when the sheet is made. */
void jk_test_closing_add (JkTestClosing *self, JkSheetRow row);

/* The sheet; rows, notes and numbers stay as they are. The caller unrefs or frees. */
GBytes *jk_test_closing_sign (JkTestClosing *self);
JkSheet *jk_test_closing_make (JkTestClosing *self, const char *file);

/* Goes on to the sheet after that one, with no rows and notes. */
void jk_test_closing_next (JkTestClosing *self, const JkSheet *last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestClosing, jk_test_closing_free)
