/* SPDX-License-Identifier: Apache-2.0 */
/* tests of paper/paper.c */
#include "paper/paper.h"

#include "base/bytes.h"
#include "check.h"
#include "support/vector.h"

/* Rows of the example in FORMATS.md, to be spoilt. */
static GByteArray *
new_rows (void)
{
  g_autoptr (GBytes) vector = jk_test_vector ("draw-paper");
  return g_byte_array_append (g_byte_array_new (),
                              g_bytes_get_data (vector, NULL),
                              (guint) g_bytes_get_size (vector));
}

static guint
find_row (const GByteArray *rows, JkItemType type)
{
  guint at = 0;
  while (rows->data[at + 4] != type)
    at += JK_PAPER_ROW_BYTES;
  return at;
}

/* A row of this type with one byte changed is refused, and the message holds the words. */
static void
refuse_byte (JkItemType type, guint offset, guint8 value, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) rows = new_rows ();
  guint row = find_row (rows, type);

  assert_int_not_equal (rows->data[row + offset], value);
  rows->data[row + offset] = value;
  assert_null (jk_paper_from_bytes (rows->data, rows->len, &error));
  assert_paper_error (error, JK_PAPER_ERROR_FORMAT, words);
}

static void
refuse_size (gsize size)
{
  static const guint8 zeros[(JK_PAPER_ITEMS_MAX + 1) * JK_PAPER_ROW_BYTES];
  g_autoptr (GError) error = NULL;

  assert_null (jk_paper_from_bytes (zeros, size, &error));
  assert_paper_error (error, JK_PAPER_ERROR_FORMAT, "rows of 16 bytes");
}

static void
the_example_reads_and_prints_back (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) rows = new_rows ();
  g_autoptr (JkPaper) paper = jk_paper_from_bytes (rows->data, rows->len, &error);
  assert_null (error);

  g_autoptr (GBytes) bytes = jk_paper_to_bytes (paper);
  assert_int_equal (jk_paper_get_n (paper), 90);
  assert_int_equal (g_bytes_get_size (bytes), rows->len);
  assert_memory_equal (g_bytes_get_data (bytes, NULL), rows->data, rows->len);
  jk_paper_free (NULL);
}

static void
the_digest_is_that_of_the_document (void **state)
{
  g_autoptr (GBytes) digests = jk_test_vector ("draw-demo");
  g_autoptr (GByteArray) rows = new_rows ();
  g_autoptr (JkPaper) paper = jk_paper_from_bytes (rows->data, rows->len, NULL);
  JkDigest digest;

  jk_paper_get_digest (paper, &digest);
  assert_memory_equal (digest.bytes, g_bytes_get_data (digests, NULL), JK_DIGEST_BYTES);
}

static void
items_are_copied_and_lent (void **state)
{
  JkPaperItem item = {
    .item = 999999,
    .type = JK_ITEM_MULTIPLE,
    .section = 255,
    .n_options = 3,
    .half_points = 255,
    .order = { 2, 0, 1 },
  };
  g_autoptr (JkPaper) paper = jk_paper_new (&item, 1);
  item.item = 0;

  const JkPaperItem *lent = jk_paper_get_item (paper, 0);
  assert_int_equal (jk_paper_get_n (paper), 1);
  assert_int_equal (lent->item, 999999);
  assert_int_equal (lent->section, 255);

  /* What stands beyond the options of a row in memory does not reach the bytes. */
  static const guint8 wanted[] = { 0x3f, 0x42, 0x0f, 0,   2,   255, 3,   255,
                                   2,    0,    1,    255, 255, 255, 255, 255 };
  g_autoptr (GBytes) bytes = jk_paper_to_bytes (paper);
  assert_int_equal (g_bytes_get_size (bytes), sizeof wanted);
  assert_memory_equal (g_bytes_get_data (bytes, NULL), wanted, sizeof wanted);
  g_autoptr (JkPaper) again = jk_paper_from_bytes (wanted, sizeof wanted, NULL);
  assert_int_equal (jk_paper_get_item (again, 0)->order[0], 2);
}

static void
an_impossible_size_is_refused (void **state)
{
  refuse_size (0);
  refuse_size (15);
  refuse_size (17);
  refuse_size ((JK_PAPER_ITEMS_MAX + 1) * JK_PAPER_ROW_BYTES);
}

static void
an_item_beyond_the_limit_is_refused (void **state)
{
  refuse_byte (JK_ITEM_SINGLE, 3, 1, "Question 1 of the paper has an item number");
  refuse_byte (JK_ITEM_SINGLE, 2, 0x10, "an item number");
}

static void
an_unknown_type_is_refused (void **state)
{
  refuse_byte (JK_ITEM_SINGLE, 4, 0, "an unknown type");
  refuse_byte (JK_ITEM_SINGLE, 4, 4, "an unknown type");
  refuse_byte (JK_ITEM_SINGLE, 4, 255, "an unknown type");
}

static void
an_impossible_number_of_options_is_refused (void **state)
{
  refuse_byte (JK_ITEM_SINGLE, 6, 0, "number of options");
  refuse_byte (JK_ITEM_SINGLE, 6, 1, "number of options");
  refuse_byte (JK_ITEM_SINGLE, 6, 9, "number of options");
  refuse_byte (JK_ITEM_JUDGE, 6, 3, "without exactly two options");
}

static void
an_item_without_points_is_refused (void **state)
{
  refuse_byte (JK_ITEM_SINGLE, 7, 0, "no points");
}

static void
an_impossible_order_is_refused (void **state)
{
  g_autoptr (GByteArray) rows = new_rows ();
  guint row = find_row (rows, JK_ITEM_SINGLE);

  refuse_byte (JK_ITEM_SINGLE, 8, rows->data[row + 9], "order of options");
  refuse_byte (JK_ITEM_SINGLE, 8, 7, "order of options");
  refuse_byte (JK_ITEM_SINGLE, 8, 255, "order of options");
  refuse_byte (JK_ITEM_SINGLE, 15, 0, "order of options");
  refuse_byte (JK_ITEM_SINGLE, 6, 2, "order of options");
}

static void
a_turned_judgement_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) rows = new_rows ();
  guint row = find_row (rows, JK_ITEM_JUDGE);

  rows->data[row + 8] = 1;
  rows->data[row + 9] = 0;
  assert_null (jk_paper_from_bytes (rows->data, rows->len, &error));
  assert_paper_error (error, JK_PAPER_ERROR_FORMAT, "order of options");
}

static void
an_item_that_stands_twice_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) rows = new_rows ();

  jk_bytes_put_u32 (rows->data, 4711);
  jk_bytes_put_u32 (rows->data + 89 * JK_PAPER_ROW_BYTES, 4711);
  assert_null (jk_paper_from_bytes (rows->data, rows->len, &error));
  assert_paper_error (error, JK_PAPER_ERROR_FORMAT, "Item 4711 stands twice");
}

static void
only_whole_rows_survive_truncation (void **state)
{
  g_autoptr (GByteArray) rows = new_rows ();

  for (guint size = 0; size < rows->len; size++) {
    g_autofree guint8 *copy = g_memdup2 (rows->data, size);
    g_autoptr (JkPaper) paper = jk_paper_from_bytes (copy, size, NULL);
    assert_int_equal (paper != NULL, size > 0 && size % JK_PAPER_ROW_BYTES == 0);
  }
}

/* What is read after a flip prints back as the flipped bytes: nothing is silently repaired. */
static void
a_flipped_bit_is_refused_or_kept (void **state)
{
  g_autoptr (GByteArray) rows = new_rows ();
  guint n_refused = 0;

  for (guint bit = 0; bit < rows->len * 8; bit++) {
    rows->data[bit / 8] ^= (guint8) (1u << bit % 8);
    g_autoptr (JkPaper) paper = jk_paper_from_bytes (rows->data, rows->len, NULL);
    if (paper != NULL) {
      g_autoptr (GBytes) bytes = jk_paper_to_bytes (paper);
      assert_memory_equal (g_bytes_get_data (bytes, NULL), rows->data, rows->len);
    } else {
      n_refused++;
    }
    rows->data[bit / 8] ^= (guint8) (1u << bit % 8);
  }
  assert_true (n_refused > rows->len * 4);
}

static void
random_bytes_never_crash (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++) {
    guint8 row[JK_PAPER_ROW_BYTES * 2];
    for (guint k = 0; k < sizeof row; k++)
      row[k] = (guint8) g_rand_int_range (rand, 0, k % 16 < 4 ? 2 : 9);
    g_autoptr (JkPaper) paper = jk_paper_from_bytes (row, sizeof row, NULL);
    assert_true (paper == NULL || jk_paper_get_n (paper) == 2);
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_example_reads_and_prints_back),
    cmocka_unit_test (the_digest_is_that_of_the_document),
    cmocka_unit_test (items_are_copied_and_lent),
    cmocka_unit_test (an_impossible_size_is_refused),
    cmocka_unit_test (an_item_beyond_the_limit_is_refused),
    cmocka_unit_test (an_unknown_type_is_refused),
    cmocka_unit_test (an_impossible_number_of_options_is_refused),
    cmocka_unit_test (an_item_without_points_is_refused),
    cmocka_unit_test (an_impossible_order_is_refused),
    cmocka_unit_test (a_turned_judgement_is_refused),
    cmocka_unit_test (an_item_that_stands_twice_is_refused),
    cmocka_unit_test (only_whole_rows_survive_truncation),
    cmocka_unit_test (a_flipped_bit_is_refused_or_kept),
    cmocka_unit_test (random_bytes_never_crash),
  };
  return cmocka_run_group_tests_name ("paper", tests, check_setup, NULL);
}
