/* SPDX-License-Identifier: Apache-2.0 */
/* paper/exposure.c: counts over many papers, kept so that a hall of JK_RECORDS_MAX takes seconds.
 */
#include "paper/exposure.h"

#include <string.h>

#define HUNDREDTHS 100u

typedef struct {
  guint first; /* where its items begin */
  guint n;
  guint half_points[JK_DIFFICULTY_MAX];
  gboolean is_next;
} Entry;

struct _JkExposure {
  /* Owned */
  GArray *entries; /* of Entry */
  GArray *items;   /* of guint32, paper after paper */
  guint *counts;   /* by item */
  /* Borrowed */
  const JkPool *pool;
  /* Plain */
  guint32 n_items; /* of the bank */
};

JkExposure *
jk_exposure_new (const JkPool *pool)
{
  g_return_val_if_fail (pool != NULL, NULL);

  JkExposure *self = g_new0 (JkExposure, 1);
  self->pool = pool;
  self->n_items = jk_pool_get_index (pool)->n;
  self->counts = g_new0 (guint, self->n_items);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->items = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
jk_exposure_free (JkExposure *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_array_unref (self->items);
  g_free (self->counts);
  g_free (self);
}

static const Entry *
get_entry (const JkExposure *self, guint n)
{
  return &g_array_index (self->entries, Entry, n);
}

static guint32
get_item (const JkExposure *self, const Entry *entry, guint n)
{
  return g_array_index (self->items, guint32, entry->first + n);
}

void
jk_exposure_add (JkExposure *self, const JkPaper *paper, gboolean is_next)
{
  g_return_if_fail (self != NULL && paper != NULL);

  const JkIndex *index = jk_pool_get_index (self->pool);
  Entry entry = {
    .first = self->items->len,
    .n = jk_paper_get_n (paper),
    .is_next = is_next && self->entries->len > 0,
  };

  for (guint i = 0; i < entry.n; i++) {
    const JkPaperItem *item = jk_paper_get_item (paper, i);
    g_return_if_fail (item->item < self->n_items);
    guint grade = jk_index_get_difficulty (index, item->item);
    g_return_if_fail (grade >= 1 && grade <= JK_DIFFICULTY_MAX);
    entry.half_points[grade - 1] += item->half_points;
    self->counts[item->item]++;
    g_array_append_val (self->items, item->item);
  }
  g_array_append_val (self->entries, entry);
}

guint
jk_exposure_get_n (const JkExposure *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entries->len;
}

guint
jk_exposure_count (const JkExposure *self, guint32 item)
{
  g_return_val_if_fail (self != NULL && item < self->n_items, 0);
  return self->counts[item];
}

void
jk_exposure_measure_usage (const JkExposure *self, JkUsage *out_usage)
{
  g_return_if_fail (self != NULL && out_usage != NULL);

  JkUsage usage = { 0 };
  guint n_cells = jk_blueprint_get_n_cells (jk_pool_get_blueprint (self->pool));
  for (guint cell = 0; cell < n_cells; cell++) {
    guint32 n = 0;
    const guint32 *items = jk_pool_get_cell (self->pool, cell, &n);
    for (guint32 i = 0; i < n; i++) {
      guint count = self->counts[items[i]];
      usage.n_never += count == 0;
      usage.n_always += count > 0 && count == self->entries->len;
      usage.most = MAX (usage.most, count);
    }
    usage.n_items += n;
  }
  *out_usage = usage;
}

guint
jk_exposure_list_most (const JkExposure *self, guint32 *out_items, guint n_max)
{
  g_return_val_if_fail (self != NULL && out_items != NULL, 0);

  guint n = 0;
  for (guint32 item = 0; n_max > 0 && item < self->n_items; item++) {
    guint count = self->counts[item];
    guint at = n;
    if (count == 0 || (n == n_max && self->counts[out_items[n - 1]] >= count))
      continue;
    n = MIN (n + 1, n_max);
    for (at = MIN (at, n - 1); at > 0 && self->counts[out_items[at - 1]] < count; at--)
      out_items[at] = out_items[at - 1];
    out_items[at] = item;
  }
  return n;
}

static void
take_pair (JkOverlap *overlap, guint first, guint second, guint shared)
{
  if (overlap->n_pairs == 0 || shared > overlap->max) {
    overlap->max = shared;
    overlap->first = first;
    overlap->second = second;
  }
  overlap->n_pairs++;
  overlap->shared += shared;
}

/* The papers each item stands in, ascending, one item after the other. */
static guint *
list_papers (const JkExposure *self, gsize **out_starts)
{
  gsize *starts = g_new (gsize, (gsize) self->n_items + 1);
  guint *papers = g_new (guint, self->items->len);
  gsize total = 0;

  for (guint32 item = 0; item < self->n_items; item++) {
    starts[item] = total;
    total += self->counts[item];
  }
  for (guint paper = 0; paper < self->entries->len; paper++) {
    const Entry *entry = get_entry (self, paper);
    for (guint i = 0; i < entry->n; i++)
      papers[starts[get_item (self, entry, i)]++] = paper;
  }
  /* Each start has moved to the next item's. */
  memmove (starts + 1, starts, (gsize) self->n_items * sizeof starts[0]);
  starts[0] = 0;
  *out_starts = starts;
  return papers;
}

void
jk_exposure_measure_overlap (const JkExposure *self, JkOverlap *out_overlap)
{
  g_return_if_fail (self != NULL && out_overlap != NULL);

  guint n = self->entries->len;
  g_autofree gsize *starts = NULL;
  g_autofree guint *papers = list_papers (self, &starts);
  g_autofree guint *shared = g_new0 (guint, n);
  JkOverlap overlap = { 0 };

  for (guint first = 0; first + 1 < n; first++) {
    const Entry *entry = get_entry (self, first);
    for (guint i = 0; i < entry->n; i++) {
      guint32 item = get_item (self, entry, i);
      for (gsize at = starts[item + 1]; papers[at - 1] > first; at--)
        shared[papers[at - 1]]++;
    }
    for (guint second = first + 1; second < n; second++) {
      take_pair (&overlap, first, second, shared[second]);
      shared[second] = 0;
    }
  }
  *out_overlap = overlap;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;
  return one < other ? -1 : one > other;
}

/* The items of a paper, ascending. */
static guint32 *
dup_sorted (const JkExposure *self, const Entry *entry)
{
  guint32 *items = g_new (guint32, entry->n);

  for (guint i = 0; i < entry->n; i++)
    items[i] = get_item (self, entry, i);
  qsort (items, entry->n, sizeof items[0], compare_items);
  return items;
}

static guint
count_shared (const guint32 *a, guint n_a, const guint32 *b, guint n_b)
{
  guint shared = 0;

  for (guint i = 0, k = 0; i < n_a && k < n_b;) {
    if (a[i] == b[k]) {
      shared++;
      i++;
      k++;
    } else if (a[i] < b[k]) {
      i++;
    } else {
      k++;
    }
  }
  return shared;
}

void
jk_exposure_measure_neighbours (const JkExposure *self, JkOverlap *out_overlap)
{
  g_return_if_fail (self != NULL && out_overlap != NULL);

  JkOverlap overlap = { 0 };
  for (guint second = 1; second < self->entries->len; second++) {
    const Entry *entry = get_entry (self, second);
    if (!entry->is_next)
      continue;
    const Entry *before = get_entry (self, second - 1);
    g_autofree guint32 *a = dup_sorted (self, before);
    g_autofree guint32 *b = dup_sorted (self, entry);
    take_pair (&overlap, second - 1, second, count_shared (a, before->n, b, entry->n));
  }
  *out_overlap = overlap;
}

static void
take_value (JkSpread *spread, guint paper, guint value)
{
  spread->min = paper == 0 ? value : MIN (spread->min, value);
  spread->max = MAX (spread->max, value);
  spread->sum += value;
}

void
jk_exposure_measure_difficulty (const JkExposure *self, JkSpread *out_spread)
{
  g_return_if_fail (self != NULL && out_spread != NULL);

  JkSpread spread = { 0 };
  for (guint paper = 0; paper < self->entries->len; paper++) {
    const Entry *entry = get_entry (self, paper);
    guint total = 0;
    guint weighted = 0;
    for (guint grade = 1; grade <= JK_DIFFICULTY_MAX; grade++) {
      total += entry->half_points[grade - 1];
      weighted += grade * entry->half_points[grade - 1];
    }
    take_value (&spread, paper, total > 0 ? (weighted * HUNDREDTHS + total / 2) / total : 0);
  }
  *out_spread = spread;
}

void
jk_exposure_measure_grade (const JkExposure *self, guint grade, JkSpread *out_spread)
{
  g_return_if_fail (self != NULL && out_spread != NULL);
  g_return_if_fail (grade >= 1 && grade <= JK_DIFFICULTY_MAX);

  JkSpread spread = { 0 };
  for (guint paper = 0; paper < self->entries->len; paper++)
    take_value (&spread, paper, get_entry (self, paper)->half_points[grade - 1]);
  *out_spread = spread;
}
