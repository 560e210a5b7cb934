/* SPDX-License-Identifier: Apache-2.0 */
/* score-work.h: one result as score-floor takes it: where things lie in it is found beforehand. */
#pragma once

#include "score-fixture.h"
#include "sitting/row.h"

typedef struct {
  /* Owned */
  GBytes *bytes;
  GBytes *context; /* what the seal is bound to */

  /* Borrowed, from the session */
  const guint8 *closed; /* the record */
  const JkPerson *person;

  /* Plain */
  JkDigest receipt; /* what jk_centre_score gives, for comparison */
  guint8 record_key[JK_KEY_BYTES];
  guint8 sitting_id[JK_SITTING_ID_BYTES];
  guint32 record;
  guint32 seal_number;
  guint n_blocks; /* of the draw stream */
  gsize section_at;
  gsize section_size;
  gsize inner_at; /* of the record's inner box, in the opened outer one */
  gsize inner_size;
} ScoreWork;

/* Takes bytes. */
void score_work_init (ScoreWork *self, const ScoreFixture *fixture, GBytes *bytes);
void score_work_clear (ScoreWork *self);
