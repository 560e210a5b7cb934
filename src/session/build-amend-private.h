/* SPDX-License-Identifier: Apache-2.0 */
/* session/build-amend-private.h: an amendment while it is made. Private to this folder. */
#pragma once

#include "session/amend-people.h"
#include "session/build-amend.h"
#include "session/build-private.h"

typedef struct {
  /* Owned */
  GBytes *office_bytes; /* NAME.office as it was */
  JkOffice *office;
  JkRoll *roll; /* before */
  JkAmendPeople *people;
  JkPool *pool; /* of the bank; NULL when nobody is added */
  JkBank *bank;
  JkSecret *record_keys; /* after, by index */
  GByteArray *retired;
  GByteArray *records;
  JkRole roles[JK_ROLES_MAX];
  /* Borrowed */
  const JkAmendInputs *inputs;
  const JkWorld *world;
  JkOfficeHall *hall;
  /* Plain */
  guint n_roles;
  guint64 first_use;
} JkAmendBuild;

/* Closes every changed record: rows and retired lookups, sorted, and all record keys. Errors: BUILD
 * (no bank for added people, a text too long), CONTENT (the office's keys do not fit), those of
 * jk_session_open_bank, jk_draw. */
gboolean jk_amend_build_rows (JkAmendBuild *self, GError **error);
