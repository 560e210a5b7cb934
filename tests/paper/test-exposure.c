/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/exposure.c */
#include "paper/exposure.h"

#include "check.h"
#include "paper/draw.h"
#include "pools.h"

static const char blueprint[] = "[blueprint]\nname=b\nlevel=4\ntotal=4\n"
                                "[points]\nsingle=1\nmultiple=2\njudge=1\n"
                                "[marking]\nmultiple=all-or-nothing\n"
                                "[difficulty]\n1=20\n2=20\n3=20\n4=20\n5=20\n"
                                "[cells]\nA=2/1/0\n";

typedef struct {
  Bank *bank;
  JkPool *pool;
} Place;

/* Items 0 to 5 single of grades 1 to 5 and 1, 6 and 7 multiple of grades 2 and 4, 8 of no cell. */
static int
setup (void **state)
{
  Place *place = g_new0 (Place, 1);

  place->bank = bank_new (blueprint);
  for (guint i = 0; i < 9; i++) {
    JkIndexRow row = {
      .element = (guint16) i,
      .type = i < 6   ? JK_ITEM_SINGLE
              : i < 8 ? JK_ITEM_MULTIPLE
                      : JK_ITEM_JUDGE,
      .difficulty = (guint8) (i < 6 ? 1 + i % 5 : 2 * (i - 5)),
      .n_options = 4,
    };
    if (i == 8)
      row.difficulty = 5;
    bank_add (place->bank, &row);
  }
  place->pool = bank_new_pool (place->bank, NULL);
  assert_non_null (place->pool);
  *state = place;
  return check_setup (state);
}

static int
teardown (void **state)
{
  Place *place = *state;

  jk_pool_free (place->pool);
  bank_free (place->bank);
  g_free (place);
  return 0;
}

static void
add (JkExposure *self, guint32 a, guint32 b, guint32 c, gboolean is_next)
{
  const JkPaperItem items[] = {
    { .item = a, .type = JK_ITEM_SINGLE, .n_options = 4, .half_points = 2 },
    { .item = b, .type = JK_ITEM_SINGLE, .n_options = 4, .half_points = 2 },
    { .item = c, .type = JK_ITEM_MULTIPLE, .n_options = 4, .half_points = 4 },
  };
  g_autoptr (JkPaper) paper = jk_paper_new (items, G_N_ELEMENTS (items));

  jk_exposure_add (self, paper, is_next);
}

static void
without_papers_everything_is_zero (void **state)
{
  const Place *place = *state;
  g_autoptr (JkExposure) self = jk_exposure_new (place->pool);
  JkOverlap overlap = { .n_pairs = 9 };
  JkSpread spread = { .max = 9 };
  JkUsage usage;
  guint32 most[2];

  jk_exposure_measure_overlap (self, &overlap);
  assert_int_equal (overlap.n_pairs, 0);
  jk_exposure_measure_neighbours (self, &overlap);
  assert_int_equal (overlap.max, 0);
  jk_exposure_measure_difficulty (self, &spread);
  assert_int_equal (spread.max, 0);
  jk_exposure_measure_usage (self, &usage);
  assert_int_equal (usage.n_items, 8);
  assert_int_equal (usage.n_never, 8);
  assert_int_equal (usage.n_always, 0);
  assert_int_equal (jk_exposure_list_most (self, most, 2), 0);
  jk_exposure_free (NULL);
}

static void
use_is_counted_within_the_cells (void **state)
{
  const Place *place = *state;
  g_autoptr (JkExposure) self = jk_exposure_new (place->pool);
  JkUsage usage;
  guint32 most[3];

  add (self, 0, 1, 6, FALSE);
  add (self, 0, 2, 6, TRUE);
  add (self, 0, 1, 7, TRUE);
  assert_int_equal (jk_exposure_get_n (self), 3);
  assert_int_equal (jk_exposure_count (self, 0), 3);
  assert_int_equal (jk_exposure_count (self, 7), 1);
  assert_int_equal (jk_exposure_count (self, 8), 0);
  jk_exposure_measure_usage (self, &usage);
  assert_int_equal (usage.n_items, 8);
  assert_int_equal (usage.n_never, 3);
  assert_int_equal (usage.n_always, 1);
  assert_int_equal (usage.most, 3);
  assert_int_equal (jk_exposure_list_most (self, most, 3), 3);
  assert_int_equal (most[0], 0);
  assert_int_equal (most[1], 1);
  assert_int_equal (most[2], 6);
  assert_int_equal (jk_exposure_list_most (self, most, 1), 1);
  assert_int_equal (most[0], 0);
}

static void
overlap_is_of_all_pairs_and_of_neighbours (void **state)
{
  const Place *place = *state;
  g_autoptr (JkExposure) self = jk_exposure_new (place->pool);
  JkOverlap overlap;

  add (self, 0, 1, 6, TRUE); /* the first has nobody before it */
  add (self, 2, 3, 7, TRUE);
  add (self, 1, 0, 7, TRUE);
  add (self, 1, 0, 6, FALSE);
  jk_exposure_measure_overlap (self, &overlap);
  assert_int_equal (overlap.n_pairs, 6);
  assert_int_equal (overlap.shared, 0 + 2 + 3 + 1 + 0 + 2);
  assert_int_equal (overlap.max, 3);
  assert_int_equal (overlap.first, 0);
  assert_int_equal (overlap.second, 3);
  jk_exposure_measure_neighbours (self, &overlap);
  assert_int_equal (overlap.n_pairs, 2);
  assert_int_equal (overlap.shared, 1);
  assert_int_equal (overlap.max, 1);
  assert_int_equal (overlap.first, 1);
  assert_int_equal (overlap.second, 2);
}

static void
difficulty_is_weighed_by_points (void **state)
{
  const Place *place = *state;
  g_autoptr (JkExposure) self = jk_exposure_new (place->pool);
  JkSpread spread;

  add (self, 0, 5, 6, FALSE); /* 1 1 2 2: 1.5 */
  add (self, 3, 4, 7, TRUE);  /* 4 5 4 4: 4.25 */
  jk_exposure_measure_difficulty (self, &spread);
  assert_int_equal (spread.min, 150);
  assert_int_equal (spread.max, 425);
  assert_int_equal (spread.sum, 575);
  jk_exposure_measure_grade (self, 4, &spread);
  assert_int_equal (spread.min, 0);
  assert_int_equal (spread.max, 6);
  assert_int_equal (spread.sum, 6);
  jk_exposure_measure_grade (self, 1, &spread);
  assert_int_equal (spread.max, 4);
}

/* Many drawn papers against the plainest way to count. */
static void
drawn_papers_agree_with_plain_counting (void **state)
{
  enum { N = 40 };
  g_autoptr (Bank) bank = bank_new_golden (3, 5, 0, 0);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  g_autoptr (JkExposure) self = jk_exposure_new (pool);
  JkPaper *papers[N];
  JkOverlap all, next;
  guint64 shared = 0, beside = 0;
  guint max = 0;

  for (guint n = 0; n < N; n++) {
    g_autoptr (JkSecret) seed = pools_new_counted_seed (n);
    papers[n] = jk_draw (pool, seed, NULL, NULL);
    jk_exposure_add (self, papers[n], TRUE);
  }
  for (guint a = 0; a < N; a++)
    for (guint b = a + 1; b < N; b++) {
      guint same = 0;
      for (guint i = 0; i < jk_paper_get_n (papers[a]); i++)
        for (guint k = 0; k < jk_paper_get_n (papers[b]); k++)
          same += jk_paper_get_item (papers[a], i)->item == jk_paper_get_item (papers[b], k)->item;
      shared += same;
      beside += b == a + 1 ? same : 0;
      max = MAX (max, same);
    }
  jk_exposure_measure_overlap (self, &all);
  jk_exposure_measure_neighbours (self, &next);
  assert_int_equal (all.shared, shared);
  assert_int_equal (all.max, max);
  assert_int_equal (all.n_pairs, N * (N - 1) / 2);
  assert_int_equal (next.shared, beside);
  assert_int_equal (next.n_pairs, N - 1);
  for (guint n = 0; n < N; n++)
    jk_paper_free (papers[n]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (without_papers_everything_is_zero),
    cmocka_unit_test (use_is_counted_within_the_cells),
    cmocka_unit_test (overlap_is_of_all_pairs_and_of_neighbours),
    cmocka_unit_test (difficulty_is_weighed_by_points),
    cmocka_unit_test (drawn_papers_agree_with_plain_counting),
  };

  return cmocka_run_group_tests_name ("exposure", tests, setup, teardown);
}
