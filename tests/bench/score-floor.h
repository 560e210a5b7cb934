/* SPDX-License-Identifier: Apache-2.0 */
/* score-floor.h: the cryptography that no program can leave out of scoring a result, with bare
 * libsodium, on the bytes of the result itself.
 *
 * Outer digest and section digest; the signatures of envelope, heads and hand-in; unsealing; every
 * link and commitment of the chain; proof and receipt; both boxes of the record; the digest of a
 * paper; as many blocks as its draw takes. What comes out is compared with what the result says, so
 * that a floor that does something else ends the program. Not in it: parsing, checks of form, the
 * decisions of the draw, marking. */
#pragma once

#include "score-work.h"

typedef struct _ScoreFloor ScoreFloor;

ScoreFloor *score_floor_new (const ScoreFixture *fixture);
void score_floor_free (ScoreFloor *self);
void score_floor_work (ScoreFloor *self, const ScoreWork *work);
