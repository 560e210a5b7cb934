/* SPDX-License-Identifier: Apache-2.0 */
/* paper/paper.c: rows of a paper, written and read byte by byte. What is read here may come from a
 * foreign file: every field of every row is checked before it is believed (P10). */
#include "paper/paper.h"

#include "base/bytes.h"
#include "paper/error.h"

#include <string.h>

enum {
  AT_ITEM = 0,
  AT_TYPE = 4,
  AT_SECTION = 5,
  AT_OPTIONS = 6,
  AT_HALF_POINTS = 7,
  AT_ORDER = 8,
};

G_STATIC_ASSERT (AT_ORDER + JK_OPTIONS_MAX == JK_PAPER_ROW_BYTES);

#define NO_OPTION 255

struct _JkPaper {
  /* Owned */
  JkPaperItem *items;
  /* Plain */
  guint n;
};

JkPaper *
jk_paper_new (const JkPaperItem *items, guint n)
{
  g_return_val_if_fail (items != NULL, NULL);
  g_return_val_if_fail (n >= 1 && n <= JK_PAPER_ITEMS_MAX, NULL);

  JkPaper *self = g_new0 (JkPaper, 1);
  self->items = g_new (JkPaperItem, n);
  memcpy (self->items, items, n * sizeof *items);
  self->n = n;
  return self;
}

static void
read_row (const guint8 *at, JkPaperItem *out_item)
{
  out_item->item = jk_bytes_get_u32 (at + AT_ITEM);
  out_item->type = (JkItemType) at[AT_TYPE];
  out_item->section = at[AT_SECTION];
  out_item->n_options = at[AT_OPTIONS];
  out_item->half_points = at[AT_HALF_POINTS];
  memcpy (out_item->order, at + AT_ORDER, JK_OPTIONS_MAX);
}

static void
write_row (const JkPaperItem *item, guint8 *at)
{
  jk_bytes_put_u32 (at + AT_ITEM, item->item);
  at[AT_TYPE] = (guint8) item->type;
  at[AT_SECTION] = item->section;
  at[AT_OPTIONS] = item->n_options;
  at[AT_HALF_POINTS] = item->half_points;
  for (guint k = 0; k < JK_OPTIONS_MAX; k++)
    at[AT_ORDER + k] = k < item->n_options ? item->order[k] : NO_OPTION;
}

/* Every option once in the first places, nothing in the rest; of a judge item in their own order.
 */
static gboolean
order_is_sound (const JkPaperItem *item)
{
  guint seen = 0;

  for (guint k = 0; k < item->n_options; k++) {
    if (item->order[k] >= item->n_options || (seen & 1u << item->order[k]) != 0)
      return FALSE;
    if (item->type == JK_ITEM_JUDGE && item->order[k] != k)
      return FALSE;
    seen |= 1u << item->order[k];
  }
  for (guint k = item->n_options; k < JK_OPTIONS_MAX; k++) {
    if (item->order[k] != NO_OPTION)
      return FALSE;
  }
  return TRUE;
}

/* What is wrong with a row taken alone; NULL when nothing is. */
static const char *
find_fault (const JkPaperItem *item)
{
  if (item->item >= JK_ITEMS_MAX)
    return "an item number beyond the largest bank";
  if (item->type < JK_ITEM_SINGLE || item->type > JK_ITEM_JUDGE)
    return "an unknown type of item";
  if (item->n_options < 2 || item->n_options > JK_OPTIONS_MAX)
    return "an impossible number of options";
  if (item->type == JK_ITEM_JUDGE && item->n_options != 2)
    return "a judgement without exactly two options";
  if (item->half_points == 0)
    return "an item worth no points";
  if (!order_is_sound (item))
    return "an impossible order of options";
  return NULL;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;
  return (first > second) - (first < second);
}

static gboolean
has_item_twice (const JkPaperItem *items, guint n, guint32 *out_item)
{
  guint32 sorted[JK_PAPER_ITEMS_MAX];

  for (guint i = 0; i < n; i++)
    sorted[i] = items[i].item;
  qsort (sorted, n, sizeof sorted[0], compare_items);
  for (guint i = 1; i < n; i++) {
    if (sorted[i] == sorted[i - 1]) {
      *out_item = sorted[i];
      return TRUE;
    }
  }
  return FALSE;
}

JkPaper *
jk_paper_from_bytes (gconstpointer data, gsize size, GError **error)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  if (size == 0 || size % JK_PAPER_ROW_BYTES != 0 ||
      size > JK_PAPER_ITEMS_MAX * JK_PAPER_ROW_BYTES) {
    g_set_error (error,
                 JK_PAPER_ERROR,
                 JK_PAPER_ERROR_FORMAT,
                 "The paper has %" G_GSIZE_FORMAT " bytes; 1 to %u rows of %d bytes are expected.",
                 size,
                 JK_PAPER_ITEMS_MAX,
                 JK_PAPER_ROW_BYTES);
    return NULL;
  }

  JkPaperItem items[JK_PAPER_ITEMS_MAX];
  guint n = (guint) (size / JK_PAPER_ROW_BYTES);
  guint32 twice = 0;
  for (guint i = 0; i < n; i++) {
    read_row ((const guint8 *) data + (gsize) i * JK_PAPER_ROW_BYTES, &items[i]);
    const char *fault = find_fault (&items[i]);
    if (fault != NULL) {
      g_set_error (error,
                   JK_PAPER_ERROR,
                   JK_PAPER_ERROR_FORMAT,
                   "Question %u of the paper has %s.",
                   i + 1,
                   fault);
      return NULL;
    }
  }
  if (has_item_twice (items, n, &twice)) {
    g_set_error (error,
                 JK_PAPER_ERROR,
                 JK_PAPER_ERROR_FORMAT,
                 "Item %" G_GUINT32_FORMAT " stands twice in the paper.",
                 twice);
    return NULL;
  }
  return jk_paper_new (items, n);
}

void
jk_paper_free (JkPaper *self)
{
  if (self == NULL)
    return;
  g_free (self->items);
  g_free (self);
}

GBytes *
jk_paper_to_bytes (const JkPaper *self)
{
  gsize size = (gsize) self->n * JK_PAPER_ROW_BYTES;
  guint8 *rows = g_malloc (size);

  for (guint i = 0; i < self->n; i++)
    write_row (&self->items[i], rows + (gsize) i * JK_PAPER_ROW_BYTES);
  return g_bytes_new_take (rows, size);
}

guint
jk_paper_get_n (const JkPaper *self)
{
  return self->n;
}

const JkPaperItem *
jk_paper_get_item (const JkPaper *self, guint position)
{
  g_return_val_if_fail (position < self->n, NULL);
  return &self->items[position];
}

void
jk_paper_get_digest (const JkPaper *self, JkDigest *out_digest)
{
  g_autoptr (GBytes) rows = jk_paper_to_bytes (self);
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (rows, &size);
  jk_hash ("jikao 1 paper", data, size, out_digest);
}
