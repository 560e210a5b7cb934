/* SPDX-License-Identifier: Apache-2.0 */
/* score-fixture.h: what bench-score works on: a hall of so many people as the centre has it.
 *
 * The session is built by jk_session_build, its guesses (Argon2id) at the lowest cost, because
 * nobody logs in. */
#pragma once

#include "score/centre.h"
#include "sitting/station.h"

#define SCORE_PAPER_ITEMS 90

typedef struct {
  /* Owned */
  char *folder;
  JkSecret *authority; /* Ed25519 */
  JkSecret *centre_key;
  JkSecret *paper_key;
  JkSession *session;
  JkCentre *centre;
  GPtrArray *stations; /* of JkStation; their results take turns */
  /* Plain */
  JkWorld world;
  JkCosts costs;
  JkSealPublic centre_public;
  guint n_people;
} ScoreFixture;

/* Builds bank and session in a new folder below here; removed again by clear. data is the folder of
 * plans and policies that ship. */
void score_fixture_init (ScoreFixture *self, const char *here, const char *data, guint n_people);
void score_fixture_clear (ScoreFixture *self);
