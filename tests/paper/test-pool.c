/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/pool.c */
#include "paper/pool-private.h"

#include "bank/fixture.h"
#include "check.h"
#include "pools.h"

#define HEAD "[blueprint]\nname=N\nlevel=4\ntotal=%u\n[points]\nsingle=1\nmultiple=1\njudge=1\n"
#define MARKING "[marking]\nmultiple=all-or-nothing\n"

static Bank *
new_bank (guint n_items, const char *difficulty, const char *cells)
{
  g_autofree char *text =
      g_strdup_printf (HEAD MARKING "[difficulty]\n%s[cells]\n%s", n_items, difficulty, cells);
  return bank_new (text);
}

static void
add (Bank *bank, guint16 section, JkItemType type, guint16 element, guint8 difficulty)
{
  JkIndexRow row = {
    .section = section,
    .element = element,
    .type = (guint8) type,
    .difficulty = difficulty,
    .n_options = 2,
  };
  bank_add (bank, &row);
}

/* Cell and item by cell and item, as the header says it. */
static void
check_pool (const Bank *bank, const JkPool *pool)
{
  JkIndex index = bank_get_index (bank);

  for (guint c = 0; c < jk_blueprint_get_n_cells (bank->blueprint); c++) {
    const JkCell *cell = jk_blueprint_get_cell (bank->blueprint, c);
    guint32 n = 0;
    const guint32 *items = jk_pool_get_cell (pool, c, &n);
    guint32 at = 0;
    for (guint32 i = 0; i < index.n; i++) {
      const char *code = g_ptr_array_index (bank->codes, jk_index_get_section (&index, i));
      if (jk_index_get_type (&index, i) == cell->type &&
          g_str_equal (code, jk_blueprint_get_section (bank->blueprint, cell->section))) {
        assert_true (at < n);
        assert_int_equal (items[at++], i);
      }
    }
    assert_int_equal (at, n);
  }
}

static void
every_cell_has_its_items_ascending (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 300; i++) {
    g_autoptr (Bank) bank = bank_new_random (rand);
    g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
    assert_non_null (pool);
    check_pool (bank, pool);
    assert_ptr_equal (jk_pool_get_blueprint (pool), bank->blueprint);
    assert_ptr_equal (jk_pool_get_index (pool)->rows, bank->rows->data);
  }
  jk_pool_free (NULL);
}

static void
all_cells_that_cannot_be_filled_are_named (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Bank) bank = new_bank (5, "1=0\n2=0\n3=100\n4=0\n5=0\n", "A=1/0/1\nB=2/1/0\n");
  add (bank, 0, JK_ITEM_SINGLE, 0, 3);
  add (bank, 1, JK_ITEM_SINGLE, 0, 3);

  assert_null (bank_new_pool (bank, &error));
  assert_non_null (error);
  assert_string_equal (error->message,
                       "The bank has too few items for the blueprint “N”: "
                       "A judge (1 asked for, 0 in the bank), B single (2 asked for, 1 in the "
                       "bank), B multiple (1 asked for, 0 in the bank); expected as many in each "
                       "cell as are asked for; "
                       "add items or ask for fewer.");
  assert_paper_error (error, JK_PAPER_ERROR_UNFILLABLE, "too few");
}

static void
a_section_the_bank_lacks_is_an_empty_cell (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Bank) bank = new_bank (1, "1=0\n2=0\n3=100\n4=0\n5=0\n", "A=1/0/0\n");

  assert_null (bank_new_pool (bank, &error));
  assert_paper_error (error, JK_PAPER_ERROR_UNFILLABLE, "A single (1 asked for, 0 in the bank)");
  g_ptr_array_set_size (bank->codes, 0);
  assert_null (bank_new_pool (bank, &error));
  assert_paper_error (error, JK_PAPER_ERROR_UNFILLABLE, "A single (1 asked for, 0 in the bank)");
}

static void
rows_of_no_known_kind_are_left_out (void **state)
{
  g_autoptr (Bank) bank = new_bank (1, "1=0\n2=0\n3=100\n4=0\n5=0\n", "A=1/0/0\n");
  add (bank, 0, JK_ITEM_SINGLE, 65535, 0);
  add (bank, 0, (JkItemType) 200, 0, 255);
  add (bank, 65535, JK_ITEM_SINGLE, 0, 1);
  add (bank, 0, (JkItemType) 0, 0, 1);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);
  guint32 n = 0;

  jk_pool_get_cell (pool, 0, &n);
  assert_int_equal (n, 1);
}

static void
assert_targets (const char *shares, guint count, const guint wanted[JK_DIFFICULTY_MAX])
{
  g_autofree char *cells = g_strdup_printf ("A=0/%u/0\n", count);
  g_autoptr (Bank) bank = new_bank (count, shares, cells);
  for (guint i = 0; i < count; i++)
    add (bank, 0, JK_ITEM_MULTIPLE, (guint16) i, 1);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);

  for (guint grade = 0; grade < JK_DIFFICULTY_MAX; grade++) {
    assert_int_equal (pool->targets[JK_ITEM_MULTIPLE - 1][grade], wanted[grade]);
    assert_int_equal (pool->targets[JK_ITEM_SINGLE - 1][grade], 0);
  }
}

static void
targets_go_by_the_largest_remainder (void **state)
{
  static const guint equal[] = { 3, 3, 2, 2, 0 };
  static const guint exact[] = { 2, 6, 8, 3, 1 };
  static const guint few[] = { 0, 1, 1, 1, 0 };
  static const guint last[] = { 1, 1, 1, 1, 3 };

  assert_targets ("1=25\n2=25\n3=25\n4=25\n5=0\n", 10, equal);
  assert_targets ("1=10\n2=30\n3=40\n4=15\n5=5\n", 20, exact);
  assert_targets ("1=10\n2=30\n3=40\n4=15\n5=5\n", 3, few);
  assert_targets ("1=16\n2=16\n3=16\n4=16\n5=36\n", 7, last);
}

static void
what_the_cells_force_is_known (void **state)
{
  g_autoptr (Bank) bank = new_bank (6, "1=50\n2=50\n3=0\n4=0\n5=0\n", "A=3/1/0\nB=2/0/0\n");
  for (guint i = 0; i < 4; i++)
    add (bank, 0, JK_ITEM_SINGLE, i % 2, 1);
  add (bank, 0, JK_ITEM_MULTIPLE, 1, 5);
  add (bank, 1, JK_ITEM_SINGLE, 7, 1);
  add (bank, 1, JK_ITEM_SINGLE, 8, 2);
  g_autoptr (JkPool) pool = bank_new_pool (bank, NULL);

  /* Section A: 4 items, elements 0 and 1. Single: 3 of grade 1 and 2 of grade 2 wanted, of which
   * one exists; multiple: its one item of grade 1 does not exist. */
  assert_int_equal (pool->forced_excess, 2);
  assert_int_equal (pool->forced_misses, 2);
}

/* fixture_gift: A has two items of one enemy set and a judgement, B a single one and a judgement.
 */
static void
a_bank_that_was_built_can_be_drawn_from (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (JkSecret) library_key = fixture_build_default (fixture);
  g_autoptr (JkBank) bank = fixture_open (fixture, fixture->bank_path);
  assert_true (jk_bank_unlock (bank, library_key, &error));
  g_autoptr (Bank) wanted = new_bank (3, "1=0\n2=0\n3=100\n4=0\n5=0\n", "B=1/0/1\nA=0/0/1\n");
  g_autoptr (JkPool) pool = jk_pool_new (wanted->blueprint, bank, &error);
  assert_null (error);

  static const guint32 items[] = { 3, 4, 2 };
  for (guint i = 0; i < 3; i++) {
    guint32 n = 0;
    assert_int_equal (jk_pool_get_cell (pool, i, &n)[0], items[i]);
    assert_int_equal (n, 1);
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_cell_has_its_items_ascending),
    cmocka_unit_test (all_cells_that_cannot_be_filled_are_named),
    cmocka_unit_test (a_section_the_bank_lacks_is_an_empty_cell),
    cmocka_unit_test (rows_of_no_known_kind_are_left_out),
    cmocka_unit_test (targets_go_by_the_largest_remainder),
    cmocka_unit_test (what_the_cells_force_is_known),
    cmocka_unit_test (a_bank_that_was_built_can_be_drawn_from),
  };
  return cmocka_run_group_tests_name ("pool", tests, check_setup, NULL);
}
