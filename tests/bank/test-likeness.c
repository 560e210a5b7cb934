/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/likeness.c: by cases, and against a count of all pairs. */
#include "bank/likeness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ALL G_MAXUINT

/* The likeness of two texts; 0 when it is below 1 %. */
static guint
measure (const char *one, const char *other)
{
  const JkLikeText texts[] = { { one, NULL }, { other, NULL } };
  g_autoptr (GArray) pairs = jk_likeness_find (texts, 2, 1, ALL);

  return pairs->len == 0 ? 0 : g_array_index (pairs, JkLikePair, 0).percent;
}

static void
likeness_is_what_pairs_of_letters_share (void **state)
{
  assert_int_equal (measure ("abcd", "abcd"), 100);
  assert_int_equal (measure ("abcd", "bcda"), 66);
  assert_int_equal (measure ("abcd", "abxy"), 33);
  assert_int_equal (measure ("abcd", "dcba"), 0);
  assert_int_equal (measure ("aaaa", "aa"), 50);
  assert_int_equal (measure ("aaaa", "aaaaa"), 85);
  assert_int_equal (measure ("客户要求退订", "客户要求续订"), 60);
}

static void
signs_and_blanks_and_width_do_not_count (void **state)
{
  assert_int_equal (measure ("呼入，是（　　）。", "呼入 是( )"), 100);
  assert_int_equal (measure ("ＣＲＭ 系统", "CRM系统"), 100);
  assert_int_equal (measure ("a\nb\tc", "a-b-c"), 100);
}

static void
digits_count (void **state)
{
  assert_in_range (measure ("共200个来电", "共300个来电"), 50, 99);
  assert_int_equal (measure ("共２００个来电", "共200个来电"), 100);
}

static void
texts_of_one_letter_or_none_are_like_no_other (void **state)
{
  assert_int_equal (measure ("a", "a"), 0);
  assert_int_equal (measure ("（　）", "（　）"), 0);
  assert_int_equal (measure ("", ""), 0);
  assert_int_equal (measure (NULL, NULL), 0);
  assert_int_equal (measure ("ab", NULL), 0);
}

static void
the_threshold_itself_is_alike (void **state)
{
  const JkLikeText texts[] = { { "abcde", NULL }, { "abcdx", NULL }, { "abcyz", NULL } };
  g_autoptr (GArray) at = jk_likeness_find (texts, 3, 75, ALL);
  g_autoptr (GArray) above = jk_likeness_find (texts, 3, 76, ALL);
  const JkLikePair *pair = &g_array_index (at, JkLikePair, 0);

  assert_int_equal (at->len, 1);
  assert_int_equal (pair->first, 0);
  assert_int_equal (pair->second, 1);
  assert_int_equal (pair->percent, 75);
  assert_int_equal (above->len, 0);
}

static void
two_of_one_group_are_not_compared (void **state)
{
  const JkLikeText texts[] = {
    { "abcde", "g" }, { "abcde", "g" }, { "abcde", "h" }, { "abcde", NULL }, { "abcde", NULL },
  };
  g_autoptr (GArray) pairs = jk_likeness_find (texts, G_N_ELEMENTS (texts), 75, ALL);

  assert_int_equal (pairs->len, 9);
  assert_int_equal (g_array_index (pairs, JkLikePair, 0).second, 2);
}

static void
no_text_has_no_pair (void **state)
{
  g_autoptr (GArray) pairs = jk_likeness_find (NULL, 0, 75, 1);

  assert_int_equal (pairs->len, 0);
}

static void
a_bank_of_one_text_is_left_once_enough_is_found (void **state)
{
  const guint32 n = 50000;
  g_autofree JkLikeText *texts = g_new0 (JkLikeText, n);

  for (guint32 i = 0; i < n; i++)
    texts[i].text = "下列关于呼叫中心的说法，正确的是（　　）。";
  g_autoptr (GArray) pairs = jk_likeness_find (texts, n, 75, 100);
  assert_int_equal (pairs->len, 100);
}

/* How often each pair of letters stands in a text that has nothing but letters. */
static GHashTable *
count_bag (const char *text)
{
  GHashTable *bag = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *at = text; *at != '\0' && *g_utf8_next_char (at) != '\0';
       at = g_utf8_next_char (at)) {
    const char *end = g_utf8_next_char (g_utf8_next_char (at));
    char *pair = g_strndup (at, (gsize) (end - at));
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (bag, pair));
    g_hash_table_replace (bag, pair, GUINT_TO_POINTER (count + 1));
  }
  return bag;
}

static guint
count_shared (GHashTable *one, GHashTable *other)
{
  GHashTableIter iter;
  gpointer key, value;
  guint n = 0;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &key, &value))
    n += MIN (GPOINTER_TO_UINT (value), GPOINTER_TO_UINT (g_hash_table_lookup (other, key)));
  return n;
}

/* The same by comparing every text with every other. */
static GArray *
find_naively (const JkLikeText *texts, guint32 n, guint percent)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (JkLikePair));
  g_autoptr (GPtrArray) bags = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  for (guint32 i = 0; i < n; i++)
    g_ptr_array_add (bags, count_bag (texts[i].text));
  for (guint32 i = 0; i < n; i++) {
    for (guint32 j = i + 1; j < n; j++) {
      guint sum = count_shared (bags->pdata[i], bags->pdata[i]) +
                  count_shared (bags->pdata[j], bags->pdata[j]);
      guint shared = count_shared (bags->pdata[i], bags->pdata[j]);
      JkLikePair pair = { i, j, sum > 0 ? 200 * shared / sum : 0 };
      gboolean is_group = texts[i].group != NULL && g_strcmp0 (texts[i].group, texts[j].group) == 0;
      if (!is_group && sum > 0 && 200 * shared >= percent * sum)
        g_array_append_val (pairs, pair);
    }
  }
  return pairs;
}

/* A text of its own, or an earlier one with some letters changed, left out or doubled. */
static char *
dup_random_text (GRand *rand, const JkLikeText *texts, guint32 n)
{
  static const char *const letters[] = { "客", "户", "呼", "叫", "单", "a", "7", "b" };
  GString *text = g_string_new (NULL);
  gint n_letters = g_rand_int_range (rand, 2, G_N_ELEMENTS (letters) + 1);

  if (n == 0 || g_rand_int_range (rand, 0, 3) == 0) {
    for (gint left = g_rand_int_range (rand, 0, 30); left > 0; left--)
      g_string_append (text, letters[g_rand_int_range (rand, 0, n_letters)]);
    return g_string_free (text, FALSE);
  }
  const char *at = texts[g_rand_int_range (rand, 0, (gint32) n)].text;
  for (; *at != '\0'; at = g_utf8_next_char (at)) {
    gint what = g_rand_int_range (rand, 0, 24);
    if (what == 1)
      g_string_append (text, letters[g_rand_int_range (rand, 0, n_letters)]);
    for (gint left = what == 0 ? 0 : what == 2 ? 2 : 1; left > 0 && what != 1; left--)
      g_string_append_unichar (text, g_utf8_get_char (at));
  }
  return g_string_free (text, FALSE);
}

static void
no_pair_is_passed_over_and_none_invented (void **state)
{
  static const char *const groups[] = { NULL, NULL, NULL, "g", "h" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20210424);
  guint n_found = 0;

  for (guint round = 0; round < 300; round++) {
    JkLikeText texts[60];
    guint32 n = (guint32) g_rand_int_range (rand, 1, G_N_ELEMENTS (texts) + 1);
    guint percent = (guint) g_rand_int_range (rand, 1, 101);
    for (guint32 i = 0; i < n; i++) {
      texts[i].group = groups[g_rand_int_range (rand, 0, G_N_ELEMENTS (groups))];
      texts[i].text = dup_random_text (rand, texts, i);
    }
    g_autoptr (GArray) found = jk_likeness_find (texts, n, percent, ALL);
    g_autoptr (GArray) expected = find_naively (texts, n, percent);
    assert_int_equal (found->len, expected->len);
    for (guint i = 0; i < found->len; i++) {
      const JkLikePair *a = &g_array_index (found, JkLikePair, i);
      const JkLikePair *b = &g_array_index (expected, JkLikePair, i);
      assert_int_equal (a->first, b->first);
      assert_int_equal (a->second, b->second);
      assert_int_equal (a->percent, b->percent);
    }
    n_found += found->len;
    for (guint32 i = 0; i < n; i++)
      g_free ((char *) texts[i].text);
  }
  assert_in_range (n_found, 1000, 300 * 60 * 59 / 2 - 1000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (likeness_is_what_pairs_of_letters_share),
    cmocka_unit_test (signs_and_blanks_and_width_do_not_count),
    cmocka_unit_test (digits_count),
    cmocka_unit_test (texts_of_one_letter_or_none_are_like_no_other),
    cmocka_unit_test (the_threshold_itself_is_alike),
    cmocka_unit_test (two_of_one_group_are_not_compared),
    cmocka_unit_test (no_text_has_no_pair),
    cmocka_unit_test (a_bank_of_one_text_is_left_once_enough_is_found),
    cmocka_unit_test (no_pair_is_passed_over_and_none_invented),
  };
  return cmocka_run_group_tests_name ("bank/likeness", tests, NULL, NULL);
}
