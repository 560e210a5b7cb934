/* SPDX-License-Identifier: Apache-2.0 */
/* bank/likeness.c: finds like texts by prefix filtering, as joins of sets do.
 *
 * A bag becomes a set by numbering what it has several times, and each set is sorted by how rare
 * its members are in all texts. Two sets that must share c members share one among the first
 * (size - c + 1) of each; so only these are looked up, and the rare ones lead to few texts. Texts
 * come by size, so that a partner is never larger than the text that looks for it: what one is
 * found by (c for a partner of its own size) is shorter than what it looks up (c for the smallest
 * partner that can be alike). */
#include "bank/likeness.h"

#include <string.h>

#define LETTER_BITS 21 /* of a code point */
#define REPEAT_BITS 22 /* of a pair's number among equal ones of its text */
#define NONE G_MAXUINT32

/* How often a member stands in all texts. */
typedef struct {
  guint64 member;
  guint32 count;
} Frequency;

/* A text under a member by which it is found; the next is not larger. */
typedef struct {
  guint32 text;
  guint32 place; /* of the member in its set */
  guint32 next;
} Posting;

typedef struct {
  /* Borrowed */
  const JkLikeText *texts;
  /* Owned */
  GArray *members;   /* of guint64: all sets one after the other */
  guint32 *ranks;    /* the same as ranks, 0 the rarest; each set ascending */
  gsize *starts;     /* where the set of each text begins; n + 1 */
  guint32 *order;    /* texts by size */
  guint32 *heads;    /* by rank: its latest posting */
  guint32 *seen_for; /* the text that a text was last compared with */
  GArray *postings;  /* of Posting */
  GArray *pairs;     /* of JkLikePair */
  /* Plain */
  guint32 n;
  guint percent;
  guint n_max;
} Finder;

static void
finder_clear (Finder *self)
{
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->postings, g_array_unref);
  g_clear_pointer (&self->pairs, g_array_unref);
  g_free (self->ranks);
  g_free (self->starts);
  g_free (self->order);
  g_free (self->heads);
  g_free (self->seen_for);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

static int
compare_members (gconstpointer a, gconstpointer b)
{
  guint64 one = *(const guint64 *) a;
  guint64 other = *(const guint64 *) b;

  return (one > other) - (one < other);
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;

  return (one > other) - (one < other);
}

static int
compare_frequencies (gconstpointer a, gconstpointer b)
{
  const Frequency *one = a;
  const Frequency *other = b;

  if (one->count != other->count)
    return one->count < other->count ? -1 : 1;
  return (one->member > other->member) - (one->member < other->member);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const JkLikePair *one = a;
  const JkLikePair *other = b;

  if (one->first != other->first)
    return one->first < other->first ? -1 : 1;
  return (one->second > other->second) - (one->second < other->second);
}

static guint
size_of (const Finder *self, guint32 text)
{
  return (guint) (self->starts[text + 1] - self->starts[text]);
}

static int
compare_sizes (gconstpointer a, gconstpointer b, gpointer data)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;
  guint one_size = size_of (data, one);
  guint other_size = size_of (data, other);

  if (one_size != other_size)
    return one_size < other_size ? -1 : 1;
  return (one > other) - (one < other);
}

/* Appends the members of a text: each pair of letters with its number among equal ones. */
static void
add_members (GArray *members, const char *text)
{
  g_autofree char *composed =
      text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
  guint begin = members->len;
  gunichar before = 0;
  guint64 repeats = 0;

  for (const char *at = composed; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if (!g_unichar_isalnum (letter) && !g_unichar_ismark (letter))
      continue;
    guint64 member = ((guint64) before << LETTER_BITS | letter) << REPEAT_BITS;
    if (before != 0)
      g_array_append_val (members, member);
    before = letter;
  }
  guint64 *own = (guint64 *) (gpointer) members->data + begin;
  guint size = members->len - begin;
  if (size > 0)
    qsort (own, size, sizeof *own, compare_members);
  for (guint i = 1; i < size; i++) {
    repeats = own[i] == own[i - 1] - repeats ? repeats + 1 : 0;
    own[i] += repeats;
  }
}

/* Every member once, the rarest first. */
static GArray *
count_members (const GArray *members)
{
  GArray *frequencies = g_array_new (FALSE, FALSE, sizeof (Frequency));
  g_autofree guint64 *sorted = g_memdup2 (members->data, members->len * sizeof (guint64));

  if (members->len > 0)
    qsort (sorted, members->len, sizeof *sorted, compare_members);
  for (guint i = 0; i < members->len; i++) {
    if (i > 0 && sorted[i] == sorted[i - 1]) {
      g_array_index (frequencies, Frequency, frequencies->len - 1).count++;
      continue;
    }
    Frequency frequency = { .member = sorted[i], .count = 1 };
    g_array_append_val (frequencies, frequency);
  }
  g_array_sort (frequencies, compare_frequencies);
  return frequencies;
}

/* Ranks in place of members, and a list of postings for each. */
static void
rank_members (Finder *self)
{
  g_autoptr (GArray) frequencies = count_members (self->members);
  g_autoptr (GHashTable) rank_of = g_hash_table_new (g_int64_hash, g_int64_equal);

  self->heads = g_new (guint32, frequencies->len + 1);
  for (guint rank = 0; rank < frequencies->len; rank++) {
    Frequency *frequency = &g_array_index (frequencies, Frequency, rank);
    g_hash_table_insert (rank_of, &frequency->member, GUINT_TO_POINTER (rank));
    self->heads[rank] = NONE;
  }
  self->ranks = g_new (guint32, self->members->len + 1);
  for (guint i = 0; i < self->members->len; i++) {
    guint64 *member = &g_array_index (self->members, guint64, i);
    self->ranks[i] = GPOINTER_TO_UINT (g_hash_table_lookup (rank_of, member));
  }
  for (guint32 text = 0; text < self->n; text++)
    if (size_of (self, text) > 0)
      qsort (self->ranks + self->starts[text],
             size_of (self, text),
             sizeof *self->ranks,
             compare_ranks);
}

static void
finder_init (Finder *self, const JkLikeText *texts, guint32 n, guint percent, guint n_max)
{
  *self = (Finder){ .texts = texts, .n = n, .percent = percent, .n_max = n_max };
  self->members = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->postings = g_array_new (FALSE, FALSE, sizeof (Posting));
  self->pairs = g_array_new (FALSE, FALSE, sizeof (JkLikePair));
  self->starts = g_new (gsize, (gsize) n + 1);
  self->order = g_new (guint32, (gsize) n + 1);
  self->seen_for = g_new (guint32, (gsize) n + 1);
  for (guint32 text = 0; text < n; text++) {
    self->starts[text] = self->members->len;
    self->order[text] = text;
    self->seen_for[text] = NONE;
    add_members (self->members, texts[text].text);
  }
  self->starts[n] = self->members->len;
  rank_members (self);
  g_qsort_with_data (self->order, (gint) n, sizeof *self->order, compare_sizes, self);
}

static guint
divide_up (guint64 value, guint by)
{
  return (guint) ((value + by - 1) / by);
}

/* What two sets of these sizes must share. */
static guint
needed (const Finder *self, guint size, guint other)
{
  return divide_up ((guint64) self->percent * ((guint64) size + other), 200);
}

/* The smallest set that can be alike to one of this size: all of it shared. */
static guint
smallest_partner (const Finder *self, guint size)
{
  return divide_up ((guint64) self->percent * size, 200 - self->percent);
}

/* What two sets share from a place on in each, or less than at_least when it is less than that. */
static guint
count_shared (const Finder *self,
              guint32 one,
              guint one_place,
              guint32 other,
              guint other_place,
              guint at_least)
{
  const guint32 *a = self->ranks + self->starts[one] + one_place;
  const guint32 *b = self->ranks + self->starts[other] + other_place;
  guint a_left = size_of (self, one) - one_place;
  guint b_left = size_of (self, other) - other_place;
  guint shared = 0;

  while (a_left > 0 && b_left > 0 && shared + MIN (a_left, b_left) >= at_least) {
    guint32 a_rank = *a;
    guint32 b_rank = *b;
    shared += a_rank == b_rank;
    if (a_rank <= b_rank) {
      a++;
      a_left--;
    }
    if (b_rank <= a_rank) {
      b++;
      b_left--;
    }
  }
  return shared;
}

static gboolean
may_meet (const Finder *self, guint32 one, guint32 other)
{
  const char *group = self->texts[one].group;

  return group == NULL || g_strcmp0 (group, self->texts[other].group) != 0;
}

/* place is that of the first member of text that other is found by: what stands before it in the
 * two sets is not shared. */
static void
compare (Finder *self, guint32 text, guint place, const Posting *found)
{
  guint32 other = found->text;
  guint sum = size_of (self, text) + size_of (self, other);
  guint at_least = needed (self, size_of (self, text), size_of (self, other));
  guint shared = count_shared (self, text, place, other, found->place, at_least);

  if (shared < at_least || !may_meet (self, text, other))
    return;
  JkLikePair pair = { MIN (text, other), MAX (text, other), 200 * shared / sum };
  g_array_append_val (self->pairs, pair);
}

/* Compares a text with those that are found by one of its first members. */
static void
look_up (Finder *self, guint32 text)
{
  guint size = size_of (self, text);
  guint smallest = smallest_partner (self, size);
  guint n_first = size - needed (self, size, smallest) + 1;
  const guint32 *ranks = self->ranks + self->starts[text];

  for (guint i = 0; i < n_first; i++) {
    guint32 at = self->heads[ranks[i]];
    while (at != NONE && self->pairs->len < self->n_max) {
      const Posting *posting = &g_array_index (self->postings, Posting, at);
      if (size_of (self, posting->text) < smallest)
        break;
      at = posting->next;
      if (self->seen_for[posting->text] == text)
        continue;
      self->seen_for[posting->text] = text;
      compare (self, text, i, posting);
    }
  }
}

/* From here on the text is found. */
static void
post (Finder *self, guint32 text)
{
  guint size = size_of (self, text);
  guint n_first = size - needed (self, size, size) + 1;
  const guint32 *ranks = self->ranks + self->starts[text];

  for (guint i = 0; i < n_first; i++) {
    Posting posting = { .text = text, .place = i, .next = self->heads[ranks[i]] };
    self->heads[ranks[i]] = self->postings->len;
    g_array_append_val (self->postings, posting);
  }
}

GArray *
jk_likeness_find (const JkLikeText *texts, guint32 n, guint percent, guint n_max)
{
  g_return_val_if_fail (texts != NULL || n == 0, NULL);
  g_return_val_if_fail (percent >= 1 && percent <= 100 && n_max > 0, NULL);

  g_auto (Finder) self = { 0 };

  finder_init (&self, texts, n, percent, n_max);
  for (guint32 i = 0; i < n && self.pairs->len < n_max; i++) {
    if (size_of (&self, self.order[i]) == 0)
      continue;
    look_up (&self, self.order[i]);
    post (&self, self.order[i]);
  }
  g_array_sort (self.pairs, compare_pairs);
  return g_steal_pointer (&self.pairs);
}
