/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/try.c */
#include "paper/try.h"

#include "check.h"
#include "pools.h"

#define TEXT(total, cells)                                                                         \
  "[blueprint]\nname=N\nlevel=4\ntotal=" total "\n[points]\nsingle=1\n"                            \
  "[marking]\nmultiple=all-or-nothing\n[difficulty]\n1=0\n2=0\n3=100\n4=0\n5=0\n[cells]\n" cells

/* A pool with a stream and room for tries. */
typedef struct {
  Bank *bank;
  JkPool *pool;
  JkStream stream;
  JkTry *try;
} World;

static World *
world_new (Bank *bank)
{
  g_autoptr (JkSecret) seed = pools_new_seed (0);
  World *self = g_new0 (World, 1);
  self->bank = bank;
  self->pool = bank_new_pool (bank, NULL);
  assert_non_null (self->pool);
  jk_stream_init (&self->stream, seed, "test");
  self->try = jk_try_new (self->pool, &self->stream);
  return self;
}

static void
world_free (World *self)
{
  jk_try_free (self->try);
  jk_stream_clear (&self->stream);
  jk_pool_free (self->pool);
  bank_free (self->bank);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
add (Bank *bank, guint16 section, guint16 element, guint8 difficulty, guint32 enemy)
{
  JkIndexRow row = {
    .section = section,
    .element = element,
    .type = JK_ITEM_SINGLE,
    .difficulty = difficulty,
    .n_options = 4,
    .enemy = enemy,
  };
  bank_add (bank, &row);
}

static void
scores_compare_excess_first (void **state)
{
  static const JkTryScore none = { 0, 0 };
  static const JkTryScore many_misses = { 0, 9 };
  static const JkTryScore one_excess = { 1, 0 };

  assert_true (jk_try_score_is_better (&none, &many_misses));
  assert_true (jk_try_score_is_better (&many_misses, &one_excess));
  assert_false (jk_try_score_is_better (&one_excess, &many_misses));
  assert_false (jk_try_score_is_better (&none, &none));
}

static void
new_elements_come_before_wanted_grades (void **state)
{
  Bank *bank = bank_new (TEXT ("2", "A=2/0/0\n"));
  add (bank, 0, 1, 3, 0);
  add (bank, 0, 1, 3, 0);
  add (bank, 0, 2, 5, 0);
  g_autoptr (World) world = world_new (bank);

  for (guint i = 0; i < 100; i++) {
    assert_int_equal (jk_try_run (world->try, NULL), JK_TRY_DONE);
    assert_int_equal (jk_try_get_score (world->try)->excess, 0);
    assert_int_equal (jk_try_get_score (world->try)->misses, 1);
    assert_true (jk_try_get_picks (world->try)[0].item != 2);
    assert_int_equal (jk_try_get_picks (world->try)[1].item, 2);
  }
  jk_try_free (NULL);
}

static void
a_wanted_grade_is_found_among_the_looks (void **state)
{
  Bank *bank = bank_new (TEXT ("1", "A=1/0/0\n"));
  for (guint16 i = 0; i < JK_TRY_LOOKS; i++)
    add (bank, 0, i, i == 40 ? 3 : 1, 0);
  g_autoptr (World) world = world_new (bank);

  for (guint i = 0; i < 100; i++) {
    assert_int_equal (jk_try_run (world->try, NULL), JK_TRY_DONE);
    assert_int_equal (jk_try_get_picks (world->try)[0].item, 40);
  }
}

static void
a_try_that_cannot_win_is_given_up (void **state)
{
  static const JkTryScore perfect = { 0, 0 };
  static const JkTryScore one_miss = { 0, 1 };
  Bank *bank = bank_new (TEXT ("1", "A=1/0/0\n"));
  add (bank, 0, 1, 3, 0);
  g_autoptr (World) world = world_new (bank);

  assert_int_equal (jk_try_run (world->try, &perfect), JK_TRY_NO_GAIN);
  assert_int_equal (jk_try_run (world->try, &one_miss), JK_TRY_DONE);
}

static void
a_cell_of_enemies_ends_the_try (void **state)
{
  Bank *bank = bank_new (TEXT ("2", "A=1/0/0\nB=1/0/0\n"));
  add (bank, 0, 1, 3, 7);
  add (bank, 1, 2, 3, 7);
  add (bank, 1, 3, 3, 7);
  g_autoptr (World) world = world_new (bank);

  assert_int_equal (jk_try_run (world->try, NULL), JK_TRY_ENEMIES);
  assert_int_equal (jk_try_get_cell (world->try), 1);
}

static void
the_only_item_that_is_no_enemy_is_found_in_a_large_cell (void **state)
{
  Bank *bank = bank_new (TEXT ("2", "A=1/0/0\nB=1/0/0\n"));
  add (bank, 0, 0, 3, 7);
  for (guint16 i = 1; i <= 3000; i++)
    add (bank, 1, i, 3, i == 1234 ? 8 : 7);
  g_autoptr (World) world = world_new (bank);

  for (guint i = 0; i < 100; i++) {
    assert_int_equal (jk_try_run (world->try, NULL), JK_TRY_DONE);
    assert_int_equal (jk_try_get_picks (world->try)[1].item, 1234);
  }
}

/* The sparse list of free items against what it stands for: all items of a cell, each once. */
static void
a_cell_that_is_used_up_gives_each_item_once (void **state)
{
  Bank *bank = bank_new (TEXT ("400", "A=400/0/0\n"));
  for (guint16 i = 0; i < 400; i++)
    add (bank, 0, i / 2, 3, 0);
  g_autoptr (World) world = world_new (bank);

  for (guint i = 0; i < 20; i++) {
    gboolean seen[400] = { FALSE };
    assert_int_equal (jk_try_run (world->try, NULL), JK_TRY_DONE);
    for (guint k = 0; k < 400; k++) {
      guint32 item = jk_try_get_picks (world->try)[k].item;
      assert_false (seen[item]);
      seen[item] = TRUE;
    }
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (scores_compare_excess_first),
    cmocka_unit_test (new_elements_come_before_wanted_grades),
    cmocka_unit_test (a_wanted_grade_is_found_among_the_looks),
    cmocka_unit_test (a_try_that_cannot_win_is_given_up),
    cmocka_unit_test (a_cell_of_enemies_ends_the_try),
    cmocka_unit_test (the_only_item_that_is_no_enemy_is_found_in_a_large_cell),
    cmocka_unit_test (a_cell_that_is_used_up_gives_each_item_once),
  };
  return cmocka_run_group_tests_name ("try", tests, check_setup, NULL);
}
