/* SPDX-License-Identifier: Apache-2.0 */
/* support/world.c: see the header. */
#include "support/world.h"

static const JkCosts cheap_costs = {
  .code = { .passes = 1, .memory_kib = 8 },
  .login = { .passes = 1, .memory_kib = 8 },
  .passphrase = { .passes = 1, .memory_kib = 8 },
};

struct _JkTestWorld {
  JkWorld world;

  /* Owned */
  JkTestClock *clock;
  JkTestStorage *storage;
  JkTestRandom *random;
};

JkTestWorld *
jk_test_world_new (guint64 seed)
{
  JkTestWorld *self = g_new0 (JkTestWorld, 1);
  self->clock = jk_test_clock_new ();
  self->storage = jk_test_storage_new (NULL);
  self->random = jk_test_random_new (seed);
  self->world = (JkWorld){
    .clock = jk_test_clock_get (self->clock),
    .storage = jk_test_storage_get (self->storage),
    .random = jk_test_random_get (self->random),
    .costs = &cheap_costs,
  };
  return self;
}

void
jk_test_world_free (JkTestWorld *self)
{
  if (self == NULL)
    return;
  jk_test_random_free (self->random);
  jk_test_storage_free (self->storage);
  jk_test_clock_free (self->clock);
  g_free (self);
}

const JkWorld *
jk_test_world_get (const JkTestWorld *self)
{
  return &self->world;
}

JkTestClock *
jk_test_world_get_clock (const JkTestWorld *self)
{
  return self->clock;
}

JkTestStorage *
jk_test_world_get_storage (const JkTestWorld *self)
{
  return self->storage;
}

JkTestRandom *
jk_test_world_get_random (const JkTestWorld *self)
{
  return self->random;
}
