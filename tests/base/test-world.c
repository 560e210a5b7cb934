/* SPDX-License-Identifier: Apache-2.0 */
/* tests of base/world.c, and of the world of fakes */
#include "base/world.h"
#include "support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
the_machine_is_whole_and_always_the_same (void **state)
{
  const JkWorld *world = jk_world_system ();
  assert_ptr_equal (world, jk_world_system ());
  assert_ptr_equal (world->clock, jk_clock_system ());
  assert_ptr_equal (world->storage, jk_storage_system ());
  assert_ptr_equal (world->random, jk_random_system ());
}

static void
guesses_cost_what_the_design_says (void **state)
{
  const JkCosts *costs = jk_world_system ()->costs;
  assert_int_equal (costs->code.passes, 3);
  assert_int_equal (costs->code.memory_kib, 65536);
  assert_int_equal (costs->login.passes, 1);
  assert_int_equal (costs->login.memory_kib, 16384);
  assert_int_equal (costs->passphrase.passes, 3);
  assert_int_equal (costs->passphrase.memory_kib, 262144);
}

static void
the_fakes_stand_behind_the_world (void **state)
{
  g_autoptr (JkTestWorld) fake = jk_test_world_new (3);
  const JkWorld *world = jk_test_world_get (fake);

  assert_ptr_equal (world->clock, jk_test_clock_get (jk_test_world_get_clock (fake)));
  assert_ptr_equal (world->storage, jk_test_storage_get (jk_test_world_get_storage (fake)));
  assert_ptr_equal (world->random, jk_test_random_get (jk_test_world_get_random (fake)));
  assert_int_equal (world->costs->passphrase.memory_kib, 8);
  jk_test_world_free (NULL);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_machine_is_whole_and_always_the_same),
    cmocka_unit_test (guesses_cost_what_the_design_says),
    cmocka_unit_test (the_fakes_stand_behind_the_world),
  };
  return cmocka_run_group_tests_name ("world", tests, NULL, NULL);
}
