/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/draw.c: the papers of FORMATS.md, and what a draw reports */
#include "paper/draw.h"

#include "check.h"
#include "pools.h"
#include "support/vector.h"

#define TEXT(total, cells)                                                                         \
  "[blueprint]\nname=N\nlevel=4\ntotal=" total "\n[points]\nsingle=1\nmultiple=2\njudge=0.5\n"     \
  "[marking]\nmultiple=all-or-nothing\n[difficulty]\n1=0\n2=0\n3=100\n4=0\n5=0\n[cells]\n" cells

static void
check_digests (const char *vector_name, guint f, guint e, guint p, guint m)
{
  g_autoptr (GBytes) vector = jk_test_vector (vector_name);
  const guint8 *wanted = g_bytes_get_data (vector, NULL);
  g_autoptr (Bank) bank = bank_new_golden (f, e, p, m);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);

  assert_int_equal (g_bytes_get_size (vector), 4 * JK_DIGEST_BYTES);
  for (guint g = 0; g < 4; g++) {
    g_autoptr (JkSecret) seed = pools_new_seed (g);
    g_autoptr (JkPaper) paper = jk_draw (pool, seed, NULL, NULL);
    JkDigest digest;
    jk_paper_get_digest (paper, &digest);
    assert_memory_equal (digest.bytes, wanted + g * JK_DIGEST_BYTES, JK_DIGEST_BYTES);
  }
}

static void
golden_papers_of_a_small_bank_come_out_again (void **state)
{
  check_digests ("draw-demo", 3, 12, 0, 0);
}

static void
golden_papers_of_a_tight_bank_come_out_again (void **state)
{
  check_digests ("draw-tight", 1, 6, 0, 0);
}

static void
golden_papers_of_a_large_bank_come_out_again (void **state)
{
  check_digests ("draw-large", 56, 25, 5, 200);
}

static void
the_golden_paper_is_that_of_the_document (void **state)
{
  g_autoptr (GBytes) wanted = jk_test_vector ("draw-paper");
  g_autoptr (Bank) bank = bank_new_golden (3, 12, 0, 0);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  g_autoptr (JkSecret) seed = pools_new_seed (0);
  g_autoptr (JkPaper) paper = jk_draw (pool, seed, NULL, NULL);
  g_autoptr (GBytes) rows = jk_paper_to_bytes (paper);

  assert_true (g_bytes_equal (rows, wanted));
}

static void
a_perfect_try_is_the_last_one (void **state)
{
  g_autoptr (Bank) bank = bank_new (TEXT ("2", "A=2/0/0\n"));
  for (guint16 i = 0; i < 4; i++) {
    JkIndexRow row = { .element = i / 3, .type = JK_ITEM_SINGLE, .difficulty = 3, .n_options = 4 };
    bank_add (bank, &row);
  }
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  g_autoptr (JkSecret) seed = pools_new_seed (0);
  JkDrawQuality quality;
  g_autoptr (JkPaper) paper = jk_draw (pool, seed, &quality, NULL);

  assert_int_equal (jk_paper_get_n (paper), 2);
  assert_int_equal (quality.tries, 1);
  assert_int_equal (quality.element_excess, 0);
  assert_int_equal (quality.difficulty_misses, 0);
}

/* Cell B has one item, of the element of half the items of cell A: a draw that begins badly is
 * tried again. */
static void
a_bad_try_is_followed_by_a_better_one (void **state)
{
  g_autoptr (Bank) bank = bank_new (TEXT ("2", "A=1/0/0\nB=1/0/0\n"));
  for (guint16 i = 0; i < 11; i++) {
    JkIndexRow row = { .section = i == 10,
                       .element = i % 2,
                       .type = JK_ITEM_SINGLE,
                       .difficulty = 3,
                       .n_options = 4 };
    bank_add (bank, &row);
  }
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  guint n_more = 0;

  for (guint32 i = 0; i < 200; i++) {
    g_autoptr (JkSecret) seed = pools_new_counted_seed (i);
    JkDrawQuality quality;
    g_autoptr (JkPaper) paper = jk_draw (pool, seed, &quality, NULL);
    assert_non_null (paper);
    assert_int_equal (quality.element_excess, 0);
    n_more += quality.tries > 1;
  }
  assert_true (n_more > 50 && n_more < 150);
}

static void
what_the_cells_force_is_no_excess_but_misses_are_counted (void **state)
{
  g_autoptr (Bank) bank = bank_new (TEXT ("2", "A=0/0/4\n"));
  for (guint16 i = 0; i < 4; i++) {
    JkIndexRow row = { .type = JK_ITEM_JUDGE, .difficulty = 1, .n_options = 2 };
    bank_add (bank, &row);
  }
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  g_autoptr (JkSecret) seed = pools_new_seed (0);
  JkDrawQuality quality;
  g_autoptr (JkPaper) paper = jk_draw (pool, seed, &quality, NULL);

  assert_int_equal (quality.tries, 1);
  assert_int_equal (quality.element_excess, 0);
  assert_int_equal (quality.difficulty_misses, 4);
  assert_int_equal (jk_paper_get_item (paper, 0)->half_points, 1);
}

static void
enemies_that_cannot_be_kept_apart_are_named_by_cell (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Bank) bank = bank_new (TEXT ("3", "A=1/0/0\nB=0/1/0\n"));
  JkIndexRow row = { .type = JK_ITEM_SINGLE, .difficulty = 3, .n_options = 4, .enemy = 9 };
  JkDrawQuality quality = { .tries = 77 };
  bank_add (bank, &row);
  row.section = 1;
  row.type = JK_ITEM_MULTIPLE;
  bank_add (bank, &row);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  g_autoptr (JkSecret) seed = pools_new_seed (0);

  assert_null (jk_draw (pool, seed, &quality, &error));
  assert_paper_error (error, JK_PAPER_ERROR_ENEMIES, "B multiple (1 asked for, 1 in the bank)");
  assert_int_equal (quality.tries, 77);
}

/* Two pools of one bank, drawn in turns: no draw leaves a trace in the next. */
static void
a_draw_depends_on_nothing_before_it (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (Bank) bank = bank_new_golden (3, 12, 4, 90);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);

  for (guint i = 0; i < 30; i++) {
    guint32 n = g_rand_int (rand);
    g_autoptr (JkPool) fresh = bank_new_pool (bank, NULL);
    g_autoptr (JkSecret) seed = pools_new_counted_seed (n);
    g_autoptr (JkPaper) first = jk_draw (pool, seed, NULL, NULL);
    g_autoptr (JkPaper) second = jk_draw (fresh, seed, NULL, NULL);
    g_autoptr (GBytes) a = jk_paper_to_bytes (first);
    g_autoptr (GBytes) b = jk_paper_to_bytes (second);
    assert_true (g_bytes_equal (a, b));
  }
}

static void
what_the_draw_does_not_read_changes_nothing (void **state)
{
  g_autoptr (Bank) bank = bank_new_golden (3, 12, 4, 90);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  g_autoptr (JkSecret) seed = pools_new_seed (1);
  g_autoptr (JkPaper) before = jk_draw (pool, seed, NULL, NULL);
  for (guint i = 0; i < bank->rows->len; i++) {
    if (i % JK_INDEX_ROW_BYTES >= 12)
      bank->rows->data[i] = (guint8) (i * 7);
  }
  g_autoptr (JkPaper) after = jk_draw (pool, seed, NULL, NULL);
  g_autoptr (GBytes) a = jk_paper_to_bytes (before);
  g_autoptr (GBytes) b = jk_paper_to_bytes (after);

  assert_true (g_bytes_equal (a, b));
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (golden_papers_of_a_small_bank_come_out_again),
    cmocka_unit_test (golden_papers_of_a_tight_bank_come_out_again),
    cmocka_unit_test (golden_papers_of_a_large_bank_come_out_again),
    cmocka_unit_test (the_golden_paper_is_that_of_the_document),
    cmocka_unit_test (a_perfect_try_is_the_last_one),
    cmocka_unit_test (a_bad_try_is_followed_by_a_better_one),
    cmocka_unit_test (what_the_cells_force_is_no_excess_but_misses_are_counted),
    cmocka_unit_test (enemies_that_cannot_be_kept_apart_are_named_by_cell),
    cmocka_unit_test (a_draw_depends_on_nothing_before_it),
    cmocka_unit_test (what_the_draw_does_not_read_changes_nothing),
  };
  return cmocka_run_group_tests_name ("draw", tests, check_setup, NULL);
}
