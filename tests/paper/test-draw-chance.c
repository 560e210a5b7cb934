/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/draw.c by chance: what holds for every paper of every pool, and what holds on
 * average. Seeds are fixed, so a run is like the other. */
#include "paper/draw.h"

#include "check.h"
#include "pools.h"

#define POOLS 3000
#define SEEDS 2000

static void
check_cells (const Bank *bank, const JkPaper *paper)
{
  const JkBlueprint *blueprint = bank->blueprint;
  JkIndex index = bank_get_index (bank);
  guint total = 0;

  assert_int_equal (jk_paper_get_n (paper), jk_blueprint_get_n_items (blueprint));
  for (guint c = 0; c < jk_blueprint_get_n_cells (blueprint); c++) {
    const JkCell *cell = jk_blueprint_get_cell (blueprint, c);
    guint n = 0;
    for (guint i = 0; i < jk_paper_get_n (paper); i++) {
      const JkPaperItem *item = jk_paper_get_item (paper, i);
      n += item->section == cell->section && item->type == cell->type;
    }
    assert_int_equal (n, cell->count);
  }
  for (guint i = 0; i < jk_paper_get_n (paper); i++) {
    const JkPaperItem *item = jk_paper_get_item (paper, i);
    const char *code = g_ptr_array_index (bank->codes, jk_index_get_section (&index, item->item));
    assert_string_equal (code, jk_blueprint_get_section (blueprint, item->section));
    assert_int_equal (item->type, jk_index_get_type (&index, item->item));
    assert_int_equal (item->half_points, jk_blueprint_get_half_points (blueprint, item->type));
    assert_true (i == 0 || jk_paper_get_item (paper, i - 1)->type <= item->type);
    total += item->half_points;
  }
  assert_int_equal (total, jk_blueprint_get_total_half_points (blueprint));
}

static void
check_company (const JkIndex *index, const JkPaper *paper)
{
  for (guint i = 0; i < jk_paper_get_n (paper); i++) {
    guint32 item = jk_paper_get_item (paper, i)->item;
    guint32 enemy = jk_index_get_enemy (index, item);
    for (guint k = 0; k < i; k++) {
      guint32 other = jk_paper_get_item (paper, k)->item;
      assert_int_not_equal (item, other);
      assert_true (enemy == 0 || jk_index_get_enemy (index, other) != enemy);
    }
  }
}

static void
check_options (const JkIndex *index, const JkPaper *paper)
{
  for (guint i = 0; i < jk_paper_get_n (paper); i++) {
    const JkPaperItem *item = jk_paper_get_item (paper, i);
    JkIndexRow row;
    guint seen = 0;
    jk_index_get_row (index, item->item, &row);
    assert_int_equal (item->n_options, row.n_options);
    for (guint k = 0; k < item->n_options; k++) {
      if (item->type == JK_ITEM_JUDGE || k >= (guint) (row.n_options - row.n_pinned))
        assert_int_equal (item->order[k], k);
      seen |= 1u << item->order[k];
    }
    assert_int_equal (seen, (1u << row.n_options) - 1);
  }
}

static guint
count_excess (const JkIndex *index, const guint32 *items, guint n)
{
  g_autoptr (GHashTable) elements = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n; i++)
    g_hash_table_add (elements, GUINT_TO_POINTER (jk_index_get_element (index, items[i])));
  return n - g_hash_table_size (elements);
}

/* Whether the item may join, and how many of its element are there. */
static gboolean
can_join (const JkIndex *index, const GArray *chosen, guint32 item, guint *out_same)
{
  guint32 enemy = jk_index_get_enemy (index, item);

  *out_same = 0;
  for (guint i = 0; i < chosen->len; i++) {
    guint32 other = g_array_index (chosen, guint32, i);
    if (other == item || (enemy != 0 && jk_index_get_enemy (index, other) == enemy))
      return FALSE;
    *out_same += jk_index_get_element (index, other) == jk_index_get_element (index, item);
  }
  return TRUE;
}

/* The first item of the bank that brings the fewest of its element, place by place. */
static gboolean
greedy_excess (const Bank *bank, const JkPool *pool, guint *out_excess)
{
  JkIndex index = bank_get_index (bank);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint c = 0; c < jk_blueprint_get_n_cells (bank->blueprint); c++) {
    guint count = jk_blueprint_get_cell (bank->blueprint, c)->count;
    guint32 n = 0;
    const guint32 *items = jk_pool_get_cell (pool, c, &n);
    for (guint k = 0; k < count; k++) {
      guint fewest = G_MAXUINT;
      guint32 best = 0;
      for (guint32 i = 0; i < n; i++) {
        guint same = 0;
        if (can_join (&index, chosen, items[i], &same) && same < fewest) {
          fewest = same;
          best = items[i];
        }
      }
      if (fewest == G_MAXUINT)
        return FALSE;
      g_array_append_val (chosen, best);
    }
  }
  *out_excess = count_excess (&index, (const guint32 *) (const void *) chosen->data, chosen->len);
  return TRUE;
}

static guint
paper_excess (const JkIndex *index, const JkPaper *paper)
{
  guint32 items[JK_PAPER_ITEMS_MAX];
  for (guint i = 0; i < jk_paper_get_n (paper); i++)
    items[i] = jk_paper_get_item (paper, i)->item;
  return count_excess (index, items, jk_paper_get_n (paper));
}

static void
every_paper_keeps_the_rules (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2021);
  guint n_papers = 0;
  guint n_worse = 0;

  for (guint32 i = 0; i < POOLS; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Bank) bank = bank_new_random (rand);
    JkIndex index = bank_get_index (bank);
    g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
    g_autoptr (JkSecret) seed = pools_new_counted_seed (i);
    JkDrawQuality quality;
    guint greedy = G_MAXUINT;
    g_autoptr (JkPaper) paper = jk_draw (pool, seed, &quality, &error);
    gboolean greedy_found = greedy_excess (bank, pool, &greedy);
    if (paper == NULL) {
      assert_false (greedy_found);
      assert_paper_error (error, JK_PAPER_ERROR_ENEMIES, "in 64 tries");
      continue;
    }
    n_papers++;
    check_cells (bank, paper);
    check_company (&index, paper);
    check_options (&index, paper);
    guint excess = paper_excess (&index, paper);
    assert_true (greedy == G_MAXUINT || excess <= greedy + 1);
    n_worse += excess > greedy;
    assert_true (quality.element_excess <= excess);
    assert_true (quality.tries >= 1 && quality.tries <= JK_DRAW_TRIES);

    g_autoptr (GBytes) bytes = jk_paper_to_bytes (paper);
    g_autoptr (JkPaper) again =
        jk_paper_from_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
    assert_non_null (again);
  }
  assert_true (n_papers > POOLS / 2 && n_papers < POOLS);
  assert_true (n_worse <= POOLS / 1000);
}

/* Misses of a paper, counted anew. */
static guint
count_misses (const JkIndex *index, const JkPaper *paper, const guint targets[JK_DIFFICULTY_MAX])
{
  guint have[JK_DIFFICULTY_MAX] = { 0 };
  guint misses = 0;

  for (guint i = 0; i < jk_paper_get_n (paper); i++)
    have[jk_index_get_difficulty (index, jk_paper_get_item (paper, i)->item) - 1]++;
  for (guint grade = 0; grade < JK_DIFFICULTY_MAX; grade++)
    misses += have[grade] - MIN (have[grade], targets[grade]);
  return misses;
}

static void
a_large_cell_meets_its_difficulty (void **state)
{
  static const guint targets[] = { 5, 15, 20, 8, 2 };
  g_autoptr (Bank) bank =
      bank_new ("[blueprint]\nname=N\nlevel=4\ntotal=50\n[points]\nsingle=1\n"
                "[marking]\nmultiple=all-or-nothing\n[difficulty]\n1=10\n2=30\n3=40\n4=15\n5=5\n"
                "[cells]\nA=50/0/0\n");
  for (guint i = 0; i < 1000; i++) {
    JkIndexRow row = { .element = (guint16) i,
                       .type = JK_ITEM_SINGLE,
                       .difficulty = (guint8) (1 + i % 5),
                       .n_options = 4 };
    bank_add (bank, &row);
  }
  JkIndex index = bank_get_index (bank);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);

  for (guint32 i = 0; i < 200; i++) {
    g_autoptr (JkSecret) seed = pools_new_counted_seed (i);
    JkDrawQuality quality;
    g_autoptr (JkPaper) paper = jk_draw (pool, seed, &quality, NULL);
    assert_int_equal (quality.difficulty_misses, 0);
    assert_int_equal (count_misses (&index, paper, targets), 0);
  }
}

/* Nothing tells its items apart: one cell each of 40 and 100 items, 10 drawn. */
static Bank *
new_symmetric_bank (void)
{
  Bank *bank =
      bank_new ("[blueprint]\nname=N\nlevel=4\ntotal=20\n[points]\nsingle=1\nmultiple=1\n"
                "[marking]\nmultiple=all-or-nothing\n[difficulty]\n1=0\n2=0\n3=100\n4=0\n5=0\n"
                "[cells]\nA=10/10/0\n");
  for (guint16 i = 0; i < 140; i++) {
    JkIndexRow row = {
      .element = i,
      .type = i < 40 ? JK_ITEM_SINGLE : JK_ITEM_MULTIPLE,
      .difficulty = 3,
      .n_options = 5,
      .n_pinned = 1,
    };
    bank_add (bank, &row);
  }
  return bank;
}

/* Within five standard deviations of a binomial count. */
static void
assert_near (guint count, guint n, guint of_a, guint in_b)
{
  gint64 deviation = (gint64) count * in_b - (gint64) n * of_a;
  gint64 variance = (gint64) n * of_a * (in_b - of_a);
  assert_true (deviation * deviation <= 25 * variance);
}

static void
every_item_and_every_order_is_as_likely (void **state)
{
  g_autoptr (Bank) bank = new_symmetric_bank ();
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  guint drawn[140] = { 0 };
  guint first_place[140] = { 0 };
  guint option_at[5][5] = { { 0 } };

  for (guint32 i = 0; i < SEEDS; i++) {
    g_autoptr (JkSecret) seed = pools_new_counted_seed (i);
    g_autoptr (JkPaper) paper = jk_draw (pool, seed, NULL, NULL);
    for (guint k = 0; k < 20; k++) {
      const JkPaperItem *item = jk_paper_get_item (paper, k);
      drawn[item->item]++;
      first_place[item->item] += k == 0 || k == 10;
      for (guint place = 0; place < 5; place++)
        option_at[place][item->order[place]]++;
    }
  }
  for (guint i = 0; i < 140; i++) {
    assert_near (drawn[i], SEEDS, 10, i < 40 ? 40 : 100);
    assert_near (first_place[i], SEEDS, 1, i < 40 ? 40 : 100);
  }
  for (guint place = 0; place < 4; place++) {
    for (guint option = 0; option < 4; option++)
      assert_near (option_at[place][option], SEEDS * 20, 1, 4);
  }
  assert_int_equal (option_at[4][4], SEEDS * 20);
}

/* Two items of a cell meet as often as chance says: items do not come in bundles. */
static void
pairs_of_items_are_as_likely (void **state)
{
  g_autoptr (Bank) bank = new_symmetric_bank ();
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  guint met[40][40] = { { 0 } };

  for (guint32 i = 0; i < SEEDS; i++) {
    g_autoptr (JkSecret) seed = pools_new_counted_seed (i);
    g_autoptr (JkPaper) paper = jk_draw (pool, seed, NULL, NULL);
    for (guint a = 0; a < 10; a++) {
      for (guint b = 0; b < 10; b++)
        met[jk_paper_get_item (paper, a)->item][jk_paper_get_item (paper, b)->item]++;
    }
  }
  for (guint a = 0; a < 40; a++) {
    for (guint b = 0; b < a; b++)
      assert_near (met[a][b], SEEDS, 10 * 9, 40 * 39);
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_paper_keeps_the_rules),
    cmocka_unit_test (a_large_cell_meets_its_difficulty),
    cmocka_unit_test (every_item_and_every_order_is_as_likely),
    cmocka_unit_test (pairs_of_items_are_as_likely),
  };
  return cmocka_run_group_tests_name ("draw-chance", tests, check_setup, NULL);
}
