/* SPDX-License-Identifier: Apache-2.0 */
/* paper/pool.c: sorts an index into cells, in one pass over the rows and one over a cell number
 * each, and finds what no draw can do better. A station does this once, between start code and
 * first question, so a bank of 100,000 must not cost a millisecond. */
#include "paper/pool.h"

#include "paper/error.h"
#include "paper/pool-private.h"

#define NO_CELL G_MAXUINT16
#define ELEMENT_WORDS (65536 / 32)

G_STATIC_ASSERT (JK_CELLS_MAX < NO_CELL);
G_STATIC_ASSERT (JK_ELEMENTS_MAX <= 65536);

/* While the index is read. */
typedef struct {
  /* Owned */
  guint16 *cell_of_kind; /* bank section * 4 + type */
  guint16 *cell_of_item;
  guint32 *elements; /* a bit set of elements for each section of the blueprint */
  guint *n_elements; /* set bits of each, as far as they matter */
  guint *asked;      /* items that each section of the blueprint asks for */

  /* Plain */
  guint n_sections; /* of the bank */
} Sorter;

static void
sorter_clear (Sorter *self)
{
  g_free (self->cell_of_kind);
  g_free (self->cell_of_item);
  g_free (self->elements);
  g_free (self->n_elements);
  g_free (self->asked);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sorter, sorter_clear)

/* The blueprint's cells in terms of the bank's sections. */
static void
sorter_init (Sorter *self, const JkPool *pool, const char *const *section_codes, guint n_sections)
{
  const JkBlueprint *blueprint = pool->blueprint;
  guint n_own = jk_blueprint_get_n_sections (blueprint);

  self->n_sections = n_sections;
  self->cell_of_kind = g_new (guint16, (gsize) n_sections * 4);
  self->cell_of_item = g_new (guint16, pool->index.n);
  self->elements = g_new0 (guint32, (gsize) n_own * ELEMENT_WORDS);
  self->n_elements = g_new0 (guint, n_own);
  self->asked = g_new0 (guint, n_own);
  for (gsize i = 0; i < (gsize) n_sections * 4; i++)
    self->cell_of_kind[i] = NO_CELL;

  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_sections; i++)
    g_hash_table_insert (by_code, (gpointer) section_codes[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < jk_blueprint_get_n_cells (blueprint); i++) {
    const JkCell *cell = jk_blueprint_get_cell (blueprint, i);
    const char *code = jk_blueprint_get_section (blueprint, cell->section);
    self->asked[cell->section] += cell->count;
    guint found = GPOINTER_TO_UINT (g_hash_table_lookup (by_code, code));
    if (found != 0)
      self->cell_of_kind[(found - 1) * 4 + cell->type] = (guint16) i;
  }
}

static inline guint16
find_cell (const Sorter *self, const JkIndex *index, guint32 item)
{
  guint section = jk_index_get_section (index, item);
  guint type = jk_index_get_type (index, item);
  return section < self->n_sections && type < 4 ? self->cell_of_kind[section * 4 + type] : NO_CELL;
}

/* How many elements each section of the blueprint has in the bank. More of them than items asked
 * for change nothing, so in a large bank this is soon over. */
static void
count_elements (const JkPool *pool, Sorter *sorter)
{
  guint wanting = jk_blueprint_get_n_sections (pool->blueprint);

  for (guint32 i = 0; i < pool->index.n && wanting > 0; i++) {
    guint16 cell = sorter->cell_of_item[i];
    if (cell == NO_CELL)
      continue;
    guint section = pool->cells[cell].section;
    guint element = jk_index_get_element (&pool->index, i);
    guint32 *word = &sorter->elements[section * ELEMENT_WORDS + element / 32];
    guint32 bit = 1u << element % 32;
    if ((*word & bit) != 0)
      continue;
    *word |= bit;
    sorter->n_elements[section]++;
    wanting -= sorter->n_elements[section] == sorter->asked[section];
  }
}

static void
count_items (JkPool *pool, Sorter *sorter)
{
  const JkIndex index = pool->index;
  JkPoolCell *cells = pool->cells;
  guint16 *cell_of_item = sorter->cell_of_item;

  for (guint32 i = 0; i < index.n; i++) {
    guint16 cell = find_cell (sorter, &index, i);
    cell_of_item[i] = cell;
    if (cell != NO_CELL)
      cells[cell].grades[jk_pool_get_grade (pool, i)]++;
  }
  for (guint i = 0; i < jk_blueprint_get_n_cells (pool->blueprint); i++) {
    for (guint grade = 0; grade < JK_DIFFICULTY_MAX; grade++)
      cells[i].n += cells[i].grades[grade];
  }
}

static void
place_items (JkPool *pool, const Sorter *sorter)
{
  guint n_cells = jk_blueprint_get_n_cells (pool->blueprint);
  const guint16 *cell_of_item = sorter->cell_of_item;
  guint32 next[JK_CELLS_MAX];
  guint32 total = 0;

  for (guint i = 0; i < n_cells; i++) {
    pool->cells[i].first = next[i] = total;
    total += pool->cells[i].n;
  }
  guint32 *items = g_new (guint32, total);
  for (guint32 i = 0, n = pool->index.n; i < n; i++) {
    if (cell_of_item[i] != NO_CELL)
      items[next[cell_of_item[i]]++] = i;
  }
  pool->items = items;
}

static gboolean
check_cells (const JkPool *pool, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < jk_blueprint_get_n_cells (pool->blueprint); i++) {
    const JkCell *cell = jk_blueprint_get_cell (pool->blueprint, i);
    if (pool->cells[i].n >= cell->count)
      continue;
    g_string_append_printf (missing,
                            "%s%s %s (%u asked for, %" G_GUINT32_FORMAT " in the bank)",
                            missing->len > 0 ? ", " : "",
                            jk_blueprint_get_section (pool->blueprint, cell->section),
                            jk_item_type_get_name (cell->type),
                            cell->count,
                            pool->cells[i].n);
  }
  if (missing->len == 0)
    return TRUE;
  g_set_error (error,
               JK_PAPER_ERROR,
               JK_PAPER_ERROR_UNFILLABLE,
               "The bank has too few items for the blueprint “%s”: %s; expected as many in each "
               "cell as are asked for; add items or ask for fewer.",
               jk_blueprint_get_name (pool->blueprint),
               missing->str);
  return FALSE;
}

/* Largest remainder: count * percent / 100 each, and what is left to the largest remainders, of
 * equal ones to the lower grade. */
static void
set_targets (JkPool *pool, JkItemType type)
{
  guint count = jk_blueprint_count_type (pool->blueprint, type);
  guint *targets = pool->targets[type - 1];
  guint remainders[JK_DIFFICULTY_MAX];
  guint left = count;

  for (guint i = 0; i < JK_DIFFICULTY_MAX; i++) {
    guint share = count * jk_blueprint_get_difficulty_percent (pool->blueprint, i + 1);
    targets[i] = share / 100;
    remainders[i] = share % 100;
    left -= targets[i];
  }
  for (; left > 0; left--) {
    guint best = 0;
    for (guint i = 1; i < JK_DIFFICULTY_MAX; i++) {
      if (remainders[i] > remainders[best])
        best = i;
    }
    targets[best]++;
    remainders[best] = 0;
  }
}

/* A draw that reaches these bounds need not be tried again. */
static void
set_bounds (JkPool *pool, const Sorter *sorter)
{
  guint reach[JK_ITEM_TYPES][JK_DIFFICULTY_MAX] = { 0 };

  for (guint i = 0; i < jk_blueprint_get_n_cells (pool->blueprint); i++) {
    const JkCell *cell = jk_blueprint_get_cell (pool->blueprint, i);
    for (guint grade = 0; grade < JK_DIFFICULTY_MAX; grade++)
      reach[cell->type - 1][grade] += MIN (cell->count, pool->cells[i].grades[grade]);
  }
  for (guint i = 0; i < jk_blueprint_get_n_sections (pool->blueprint); i++)
    pool->forced_excess += sorter->asked[i] - MIN (sorter->asked[i], sorter->n_elements[i]);
  for (guint i = 0; i < JK_ITEM_TYPES; i++) {
    set_targets (pool, (JkItemType) (i + 1));
    for (guint grade = 0; grade < JK_DIFFICULTY_MAX; grade++)
      pool->forced_misses +=
          pool->targets[i][grade] - MIN (pool->targets[i][grade], reach[i][grade]);
  }
}

JkPool *
jk_pool_new_from_index (const JkBlueprint *blueprint,
                        const JkIndex *index,
                        const char *const *section_codes,
                        guint n_sections,
                        GError **error)
{
  g_return_val_if_fail (blueprint != NULL && index != NULL, NULL);
  g_return_val_if_fail (index->n <= JK_ITEMS_MAX && n_sections <= JK_SECTIONS_MAX, NULL);

  g_autoptr (JkPool) self = g_new0 (JkPool, 1);
  self->blueprint = blueprint;
  self->index = *index;
  self->cells = g_new0 (JkPoolCell, jk_blueprint_get_n_cells (blueprint));
  for (guint i = 0; i < jk_blueprint_get_n_cells (blueprint); i++)
    self->cells[i].section = jk_blueprint_get_cell (blueprint, i)->section;

  g_auto (Sorter) sorter = { 0 };
  sorter_init (&sorter, self, section_codes, n_sections);
  count_items (self, &sorter);
  if (!check_cells (self, error))
    return NULL;
  place_items (self, &sorter);
  count_elements (self, &sorter);
  set_bounds (self, &sorter);
  return g_steal_pointer (&self);
}

JkPool *
jk_pool_new (const JkBlueprint *blueprint, const JkBank *bank, GError **error)
{
  g_return_val_if_fail (blueprint != NULL && bank != NULL, NULL);

  const char *codes[JK_SECTIONS_MAX];
  guint n = jk_bank_get_n_sections (bank);
  g_return_val_if_fail (n <= JK_SECTIONS_MAX, NULL);
  for (guint i = 0; i < n; i++)
    codes[i] = jk_bank_get_section_code (bank, i);
  return jk_pool_new_from_index (blueprint, jk_bank_get_index (bank), codes, n, error);
}

void
jk_pool_free (JkPool *self)
{
  if (self == NULL)
    return;
  g_free (self->items);
  g_free (self->cells);
  g_free (self);
}

const JkBlueprint *
jk_pool_get_blueprint (const JkPool *self)
{
  return self->blueprint;
}

const JkIndex *
jk_pool_get_index (const JkPool *self)
{
  return &self->index;
}

const guint32 *
jk_pool_get_cell (const JkPool *self, guint cell, guint32 *out_n)
{
  g_return_val_if_fail (cell < jk_blueprint_get_n_cells (self->blueprint), NULL);
  *out_n = self->cells[cell].n;
  return self->items + self->cells[cell].first;
}
