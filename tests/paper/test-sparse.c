/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/sparse.h */
#include "paper/sparse.h"

#include "check.h"

static int
setup (void **state)
{
  *state = g_new0 (JkSparse, 1);
  return 0;
}

static int
teardown (void **state)
{
  g_free (*state);
  return 0;
}

static void
zeroed_memory_is_an_empty_table (void **state)
{
  assert_int_equal (jk_sparse_get (*state, 0, 7), 7);
  assert_int_equal (jk_sparse_get (*state, G_MAXUINT32, 8), 8);
}

static void
the_last_value_of_a_key_counts (void **state)
{
  jk_sparse_put (*state, 5, 1);
  jk_sparse_put (*state, 5, 2);
  assert_int_equal (jk_sparse_get (*state, 5, 0), 2);
}

static void
emptying_forgets_every_key (void **state)
{
  for (guint32 key = 0; key < 100; key++)
    jk_sparse_put (*state, key, 1);
  jk_sparse_empty (*state);
  for (guint32 key = 0; key < 100; key++)
    assert_int_equal (jk_sparse_get (*state, key, 9), 9);
}

static void
a_full_table_agrees_with_a_hash_table (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 50; round++) {
    g_autoptr (GHashTable) model = g_hash_table_new (NULL, NULL);
    jk_sparse_empty (*state);
    while (g_hash_table_size (model) < JK_SPARSE_KEYS_MAX) {
      guint32 key = round % 2 == 0 ? g_rand_int (rand) : g_rand_int (rand) % 2000;
      guint32 value = g_rand_int (rand);
      jk_sparse_put (*state, key, value);
      g_hash_table_insert (model, GUINT_TO_POINTER (key), GUINT_TO_POINTER (value));
    }
    for (guint32 key = 0; key < 2000; key++) {
      gpointer value = NULL;
      gboolean is_there =
          g_hash_table_lookup_extended (model, GUINT_TO_POINTER (key), NULL, &value);
      guint32 wanted = is_there ? GPOINTER_TO_UINT (value) : 12345;
      assert_int_equal (jk_sparse_get (*state, key, 12345), wanted);
    }
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (zeroed_memory_is_an_empty_table, setup, teardown),
    cmocka_unit_test_setup_teardown (the_last_value_of_a_key_counts, setup, teardown),
    cmocka_unit_test_setup_teardown (emptying_forgets_every_key, setup, teardown),
    cmocka_unit_test_setup_teardown (a_full_table_agrees_with_a_hash_table, setup, teardown),
  };
  return cmocka_run_group_tests_name ("sparse", tests, NULL, NULL);
}
