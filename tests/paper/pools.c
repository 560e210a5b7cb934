/* SPDX-License-Identifier: Apache-2.0 */
/* paper/pools.c: see the header. */
#include "pools.h"

#include "base/bytes.h"
#include "base/limits.h"

#include <string.h>

JkBlueprint *
pools_parse_blueprint (const char *text)
{
  g_autoptr (JkReport) report = jk_report_new ();
  JkBlueprint *blueprint = jk_blueprint_parse ("blueprint.ini", text, report);
  g_autofree char *faults = jk_report_dup_text (report);
  if (blueprint == NULL)
    g_error ("%s\n%s", faults, text);
  return blueprint;
}

/* The block "```ini draw-blueprint" of FORMATS.md. */
static char *
dup_golden_blueprint (void)
{
  static const char fence[] = "```ini draw-blueprint\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("JIKAO_SOURCE_ROOT"), "src", "FORMATS.md", NULL);

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  const char *begin = strstr (text, fence);
  g_assert (begin != NULL);
  begin += strlen (fence);
  const char *end = strstr (begin, "```");
  g_assert (end != NULL);
  return g_strndup (begin, (gsize) (end - begin));
}

Bank *
bank_new (const char *blueprint_text)
{
  Bank *self = g_new0 (Bank, 1);
  self->text = g_strdup (blueprint_text);
  self->blueprint = pools_parse_blueprint (blueprint_text);
  self->rows = g_byte_array_new ();
  self->codes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < jk_blueprint_get_n_sections (self->blueprint); i++)
    g_ptr_array_add (self->codes, g_strdup (jk_blueprint_get_section (self->blueprint, i)));
  return self;
}

void
bank_free (Bank *self)
{
  if (self == NULL)
    return;
  jk_blueprint_free (self->blueprint);
  g_byte_array_unref (self->rows);
  g_ptr_array_unref (self->codes);
  g_free (self->text);
  g_free (self);
}

void
bank_add (Bank *self, const JkIndexRow *row)
{
  guint8 bytes[JK_INDEX_ROW_BYTES];
  jk_index_put_row (bytes, row);
  g_byte_array_append (self->rows, bytes, sizeof bytes);
}

JkIndex
bank_get_index (const Bank *self)
{
  return (JkIndex){ .rows = self->rows->data, .n = self->rows->len / JK_INDEX_ROW_BYTES };
}

JkPool *
bank_new_pool (const Bank *self, GError **error)
{
  JkIndex index = bank_get_index (self);
  return jk_pool_new_from_index (self->blueprint,
                                 &index,
                                 (const char *const *) self->codes->pdata,
                                 self->codes->len,
                                 error);
}

static guint8
golden_difficulty (guint32 i)
{
  guint x = 13 * i % 20;
  return x < 2 ? 1 : x < 8 ? 2 : x < 16 ? 3 : x < 19 ? 4 : 5;
}

Bank *
bank_new_golden (guint f, guint e, guint p, guint m)
{
  g_autofree char *text = dup_golden_blueprint ();
  Bank *self = bank_new (text);
  guint32 i = 0;
  guint before[JK_SECTIONS_MAX] = { 0 };

  for (guint c = 0; c < jk_blueprint_get_n_cells (self->blueprint); c++) {
    const JkCell *cell = jk_blueprint_get_cell (self->blueprint, c);
    for (guint k = 0; k < f * cell->count; k++, i++) {
      gboolean is_judge = cell->type == JK_ITEM_JUDGE;
      guint j = before[cell->section]++;
      JkIndexRow row = {
        .section = (guint16) cell->section,
        .element = (guint16) (cell->section * e + 7 * j % e),
        .type = (guint8) cell->type,
        .difficulty = golden_difficulty (i),
        .n_options = is_judge ? 2 : (guint8) (4 + i % 2),
        .n_pinned = !is_judge && p > 0 && i % p == 0 ? (guint8) (1 + i / p % 2) : 0,
        .enemy = m > 0 && i % 3 == 0 ? 1 + i / 3 % m : 0,
      };
      bank_add (self, &row);
    }
  }
  return self;
}

static void
append_difficulty (GString *text, GRand *rand)
{
  gint32 left = 100;

  g_string_append (text, "[difficulty]\n");
  for (gint32 i = 1; i <= 5; i++) {
    gint32 share = i == 5 ? left : g_rand_int_range (rand, 0, left + 1);
    g_string_append_printf (text, "%d=%d\n", i, share);
    left -= share;
  }
}

static char *
dup_random_blueprint (GRand *rand)
{
  g_autoptr (GString) cells = g_string_new ("[cells]\n");
  guint half_points[JK_ITEM_TYPES];
  guint total = 0;
  gint32 n_sections = g_rand_int_range (rand, 1, 6);

  for (guint i = 0; i < JK_ITEM_TYPES; i++)
    half_points[i] = (guint) g_rand_int_range (rand, 1, 8);
  for (gint32 s = 0; s < n_sections; s++) {
    guint counts[JK_ITEM_TYPES];
    for (guint i = 0; i < JK_ITEM_TYPES; i++)
      counts[i] = (guint) g_rand_int_range (rand, 0, 6);
    counts[0] += counts[0] + counts[1] + counts[2] == 0;
    for (guint i = 0; i < JK_ITEM_TYPES; i++)
      total += counts[i] * half_points[i];
    g_string_append_printf (cells, "S-%d=%u/%u/%u\n", s, counts[0], counts[1], counts[2]);
  }

  GString *text = g_string_new ("[blueprint]\nname=Random\nlevel=3\n");
  g_string_append_printf (text, "total=%u.%c\n", total / 2, total % 2 != 0 ? '5' : '0');
  g_string_append (text, "[points]\n");
  for (guint i = 0; i < JK_ITEM_TYPES; i++)
    g_string_append_printf (text,
                            "%s=%u.%c\n",
                            jk_item_type_get_name ((JkItemType) (i + 1)),
                            half_points[i] / 2,
                            half_points[i] % 2 != 0 ? '5' : '0');
  g_string_append (text, "[marking]\nmultiple=all-or-nothing\n");
  append_difficulty (text, rand);
  g_string_append_len (text, cells->str, (gssize) cells->len);
  return g_string_free (text, FALSE);
}

/* How the items of one random bank come about. */
typedef struct {
  gint32 n_elements;
  gint32 n_enemies; /* sets */
  gint32 enemies_percent;
  gint32 n_grades;
} Habits;

static void
add_random_item (Bank *self, GRand *rand, const Habits *habits, guint section, JkItemType type)
{
  JkIndexRow row = {
    .section = (guint16) section,
    .element = (guint16) g_rand_int_range (rand, 0, habits->n_elements),
    .type = (guint8) type,
    .difficulty = (guint8) g_rand_int_range (rand, 1, habits->n_grades + 1),
    .n_options = 2,
  };
  if (type != JK_ITEM_JUDGE) {
    row.n_options = (guint8) g_rand_int_range (rand, 2, 9);
    row.n_pinned =
        (guint8) (g_rand_int_range (rand, 0, 4) == 0 ? g_rand_int_range (rand, 0, row.n_options + 1)
                                                     : 0);
  }
  if (g_rand_int_range (rand, 0, 100) < habits->enemies_percent)
    row.enemy = (guint32) g_rand_int_range (rand, 1, habits->n_enemies + 1);
  bank_add (self, &row);
}

/* So that the items of a cell do not stand together. */
static void
shuffle_rows (Bank *self, GRand *rand)
{
  guint n = self->rows->len / JK_INDEX_ROW_BYTES;

  for (guint i = n; i > 1; i--) {
    guint8 row[JK_INDEX_ROW_BYTES];
    guint8 *last = self->rows->data + (i - 1) * JK_INDEX_ROW_BYTES;
    guint8 *other =
        self->rows->data + (guint) g_rand_int_range (rand, 0, (gint32) i) * JK_INDEX_ROW_BYTES;
    memcpy (row, last, sizeof row);
    memmove (last, other, sizeof row);
    memcpy (other, row, sizeof row);
  }
}

Bank *
bank_new_random (GRand *rand)
{
  g_autofree char *text = dup_random_blueprint (rand);
  Bank *self = bank_new (text);
  Habits habits = {
    .n_elements = g_rand_int_range (rand, 1, 60),
    .n_enemies = g_rand_int_range (rand, 3, 40),
    .enemies_percent = g_rand_int_range (rand, 0, 3) * 20,
    .n_grades = g_rand_int_range (rand, 1, 6),
  };

  /* The bank's sections stand in another order than the blueprint's, and there is one more. */
  g_ptr_array_insert (self->codes, 0, g_strdup ("S-other"));
  for (guint c = 0; c < jk_blueprint_get_n_cells (self->blueprint); c++) {
    const JkCell *cell = jk_blueprint_get_cell (self->blueprint, c);
    gint32 spare_max = g_rand_int_range (rand, 0, 12) == 0 ? 200 : 9;
    guint n = cell->count + (guint) g_rand_int_range (rand, 0, spare_max);
    for (guint k = 0; k < n; k++)
      add_random_item (self, rand, &habits, cell->section + 1, cell->type);
  }
  for (guint k = 0; k < 5; k++)
    add_random_item (self, rand, &habits, 0, JK_ITEM_SINGLE);
  shuffle_rows (self, rand);
  return self;
}

JkSecret *
pools_new_seed (guint g)
{
  guint8 bytes[JK_KEY_BYTES];
  for (guint k = 0; k < sizeof bytes; k++)
    bytes[k] = (guint8) (32 * g + k);
  return jk_secret_new_copy (bytes, sizeof bytes);
}

JkSecret *
pools_new_counted_seed (guint32 n)
{
  guint8 bytes[JK_KEY_BYTES] = { 0 };
  jk_bytes_put_u32 (bytes, n);
  return jk_secret_new_copy (bytes, sizeof bytes);
}
