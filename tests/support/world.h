/* SPDX-License-Identifier: Apache-2.0 */
/* support/world.h: a world of fakes: still clock, seeded chance, a disk that can fail, cheap costs.
 *
 * The disk is the system's with nothing wrong until the test asks for it (see storage.h). Every
 * guess at a secret costs 1 pass over 8 KiB. */
#pragma once

#include "base/world.h"
#include "support/clock.h"
#include "support/random.h"
#include "support/storage.h"

typedef struct _JkTestWorld JkTestWorld;

JkTestWorld *jk_test_world_new (guint64 seed);
void jk_test_world_free (JkTestWorld *self);

/* The world as the code under test takes it; lent. */
const JkWorld *jk_test_world_get (const JkTestWorld *self);

/* The fakes behind it; lent. */
JkTestClock *jk_test_world_get_clock (const JkTestWorld *self);
JkTestStorage *jk_test_world_get_storage (const JkTestWorld *self);
JkTestRandom *jk_test_world_get_random (const JkTestWorld *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestWorld, jk_test_world_free)
