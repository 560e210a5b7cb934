/* SPDX-License-Identifier: Apache-2.0 */
/* base/world.c: this machine, with the prices of design.md section 3. */
#include "base/world.h"

static const JkCosts system_costs = {
  .code = { .passes = 3, .memory_kib = 64 * 1024 },
  .login = { .passes = 1, .memory_kib = 16 * 1024 },
  .passphrase = { .passes = 3, .memory_kib = 256 * 1024 },
};

const JkWorld *
jk_world_system (void)
{
  /* Filled from functions, so it cannot be a constant; every thread writes the same four pointers
   * once, under g_once. */
  static JkWorld world;
  static gsize is_filled = 0;

  if (g_once_init_enter (&is_filled)) {
    world.clock = jk_clock_system ();
    world.storage = jk_storage_system ();
    world.random = jk_random_system ();
    world.costs = &system_costs;
    g_once_init_leave (&is_filled, 1);
  }
  return &world;
}
