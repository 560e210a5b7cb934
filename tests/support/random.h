/* SPDX-License-Identifier: Apache-2.0 */
/* support/random.h: chance from a seed, the same on every machine.
 *
 * What is drawn depends on the seed, the use and the index only, never on what was drawn before. */
#pragma once

#include "base/random.h"

typedef struct _JkTestRandom JkTestRandom;

JkTestRandom *jk_test_random_new (guint64 seed);
void jk_test_random_free (JkTestRandom *self);

/* Chance as the code under test takes it; lent. */
const JkRandom *jk_test_random_get (const JkTestRandom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestRandom, jk_test_random_free)
