/* SPDX-License-Identifier: Apache-2.0 */
/* score-sitting.h: results of a ScoreFixture's hall, made without a log-in, a journal or a clock.
 *
 * Rows are put together here, heads really signed, and sealed by the sealer of src/result. Every
 * result has a sitting number, a first link and answers of its own. */
#pragma once

#include "score-fixture.h"

#define SCORE_ANSWERS 300
#define SCORE_HEADS 90
#define SCORE_GAPS 2
#define SCORE_ROWS (4 + SCORE_ANSWERS + SCORE_HEADS + SCORE_GAPS)

/* Result number n, of record n modulo the people. The caller unrefs. */
GBytes *score_sitting_make_result (const ScoreFixture *fixture, guint n);
