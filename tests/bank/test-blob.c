/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/blob.c */
#include "bank/blob.h"

#include "base/limits.h"
#include "crypto/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define BLOB_TYPE "(ssasya(say))"

static JkSecret *
make_key (guint8 fill)
{
  JkSecret *key = jk_secret_new (JK_KEY_BYTES);
  memset (jk_secret_get_mutable (key), fill, JK_KEY_BYTES);
  return key;
}

/* An item with the options of texts, in the order of the permutation number; "B" is right. */
static JkItem *
make_item (const char *const *texts, guint n, guint first)
{
  JkItem *item = jk_item_new ("x.gift", 1);

  item->id = g_strdup ("i1");
  item->stem = g_strdup ("Which?");
  for (guint i = 0; i < n; i++) {
    const char *text = texts[(first + i) % n];
    jk_item_add_option (item, text, strcmp (text, "B") == 0);
  }
  return item;
}

static const char *const letters[] = { "A", "B", "C", "D", "E", "F", "G", "H" };

static void
a_blob_reads_back_what_a_candidate_sees (void **state)
{
  g_autoptr (JkSecret) key = make_key (1);
  g_autoptr (JkItem) item = make_item (letters, 4, 0);
  g_autoptr (GBytes) picture = g_bytes_new_static ("dot", 3);
  guint16 right = 0;

  item->picture = g_strdup ("dot.png");
  item->rationale = g_strdup ("hush");
  g_autoptr (GBytes) bytes = jk_blob_encode (item, picture, key, &right);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  assert_null (memmem (data, size, "hush", 4));

  g_autoptr (JkBlob) blob = jk_blob_decode (data, size);
  assert_non_null (blob);
  assert_string_equal (jk_blob_get_id (blob), "i1");
  assert_string_equal (jk_blob_get_stem (blob), "Which?");
  assert_int_equal (jk_blob_get_n_options (blob), 4);
  assert_int_equal (jk_blob_get_n_pinned (blob), 0);
  for (guint i = 0; i < 4; i++)
    assert_int_equal ((right >> i) & 1, strcmp (jk_blob_get_option (blob, i), "B") == 0);
  assert_int_equal (jk_blob_get_n_pictures (blob), 1);
  assert_string_equal (jk_blob_get_picture_name (blob, 0), "dot.png");
  g_autoptr (GBytes) read = jk_blob_dup_picture (blob, 0);
  assert_true (g_bytes_equal (read, picture));
  jk_blob_free (NULL);
}

static void
the_order_of_the_source_leaves_no_trace (void **state)
{
  g_autoptr (JkSecret) key = make_key (1);
  g_autoptr (GBytes) first = NULL;
  guint16 first_right = 0;

  for (guint i = 0; i < 8; i++) {
    g_autoptr (JkItem) item = make_item (letters, 8, i);
    guint16 right;
    g_autoptr (GBytes) bytes = jk_blob_encode (item, NULL, key, &right);
    if (first == NULL) {
      first = g_bytes_ref (bytes);
      first_right = right;
    }
    assert_true (g_bytes_equal (bytes, first));
    assert_int_equal (right, first_right);
  }
}

static void
the_order_depends_on_key_and_id (void **state)
{
  g_autoptr (GBytes) first = NULL;
  guint n_different = 0;

  for (guint8 i = 0; i < 16; i++) {
    g_autoptr (JkSecret) key = make_key (i);
    g_autoptr (JkItem) item = make_item (letters, 8, 0);
    guint16 right;
    g_autoptr (GBytes) bytes = jk_blob_encode (item, NULL, key, &right);
    if (first == NULL)
      first = g_bytes_ref (bytes);
    n_different += !g_bytes_equal (bytes, first);
  }
  assert_true (n_different >= 14);

  guint n_ids = 0;
  for (guint8 i = 0; i < 16; i++) {
    g_autoptr (JkSecret) key = make_key (1);
    g_autoptr (JkItem) item = make_item (letters, 8, 0);
    guint16 right;
    guint16 other;
    g_autoptr (GBytes) one = jk_blob_encode (item, NULL, key, &right);
    assert_non_null (one);
    item->id[1] = (char) ('a' + i);
    g_autoptr (GBytes) two = jk_blob_encode (item, NULL, key, &other);
    assert_non_null (two);
    n_ids += right != other;
  }
  assert_true (n_ids >= 8);
}

static void
pinned_options_stand_last_in_their_order (void **state)
{
  for (guint8 i = 0; i < 20; i++) {
    g_autoptr (JkSecret) key = make_key (i);
    g_autoptr (JkItem) item = make_item (letters, 5, 0);
    guint16 right;

    ((JkOption *) g_ptr_array_index (item->options, 3))->pinned = 1;
    ((JkOption *) g_ptr_array_index (item->options, 1))->pinned = 2;
    g_autoptr (GBytes) bytes = jk_blob_encode (item, NULL, key, &right);
    g_autoptr (JkBlob) blob =
        jk_blob_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    assert_int_equal (jk_blob_get_n_pinned (blob), 2);
    assert_string_equal (jk_blob_get_option (blob, 3), "D");
    assert_string_equal (jk_blob_get_option (blob, 4), "B");
    assert_int_equal (right, 1 << 4);
  }
}

static void
a_judge_item_has_no_options_and_true_first (void **state)
{
  g_autoptr (JkSecret) key = make_key (1);
  g_autoptr (JkItem) item = make_item (letters, 0, 0);
  guint16 right_true = 0;
  guint16 right_false = 0;

  item->type = JK_ITEM_JUDGE;
  item->judge_true = TRUE;
  g_autoptr (GBytes) one = jk_blob_encode (item, NULL, key, &right_true);
  item->judge_true = FALSE;
  g_autoptr (GBytes) two = jk_blob_encode (item, NULL, key, &right_false);
  assert_int_equal (right_true, 1);
  assert_int_equal (right_false, 2);
  assert_true (g_bytes_equal (one, two));
  g_autoptr (JkBlob) blob = jk_blob_decode (g_bytes_get_data (one, NULL), g_bytes_get_size (one));
  assert_int_equal (jk_blob_get_n_options (blob), 0);
  assert_int_equal (jk_blob_get_n_pictures (blob), 0);
}

/* Whether a blob of these parts is read; text format of GVariant. */
static gboolean
is_read (const char *id, const char *stem, guint n_options, guint8 n_pinned, guint n_pictures)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (BLOB_TYPE));

  g_variant_builder_add (&builder, "s", id);
  g_variant_builder_add (&builder, "s", stem);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < n_options; i++)
    g_variant_builder_add (&builder, "s", letters[i % 8]);
  g_variant_builder_close (&builder);
  g_variant_builder_add (&builder, "y", n_pinned);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(say)"));
  for (guint i = 0; i < n_pictures; i++)
    g_variant_builder_add (&builder, "(s^ay)", "x.png", "bytes");
  g_variant_builder_close (&builder);
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  g_autoptr (JkBlob) blob =
      jk_blob_decode (g_variant_get_data (variant), g_variant_get_size (variant));
  return blob != NULL;
}

static void
a_blob_beyond_its_limits_is_refused (void **state)
{
  g_autofree char *long_id = g_strnfill (JK_ID_BYTES_MAX + 1, 'i');
  g_autofree char *long_stem = g_strnfill (JK_STEM_BYTES_MAX + 1, 's');

  assert_true (is_read ("i", "s", 2, 2, 4));
  assert_false (is_read ("", "s", 2, 0, 0));
  assert_false (is_read (long_id, "s", 2, 0, 0));
  assert_false (is_read ("i", "", 2, 0, 0));
  assert_false (is_read ("i", long_stem, 2, 0, 0));
  assert_false (is_read ("i", "s", 1, 0, 0));
  assert_false (is_read ("i", "s", 9, 0, 0));
  assert_false (is_read ("i", "s", 2, 3, 0));
  assert_false (is_read ("i", "s", 0, 1, 0));
  assert_false (is_read ("i", "s", 2, 0, 5));
}

static void
long_options_and_broken_pictures_are_refused (void **state)
{
  g_autofree char *long_option = g_strnfill (JK_OPTION_BYTES_MAX + 1, 'o');
  g_autofree char *long_name = g_strnfill (JK_NAME_BYTES_MAX + 1, 'n');
  g_autofree char *large = g_strnfill (JK_PICTURE_BYTES_MAX + 1, 'p');
  const char *const options[] = { "A", long_option, NULL };
  const char *const empty[] = { "A", "", NULL };
  const char *const fine[] = { "A", "B", NULL };
  GVariant *variants[] = {
    g_variant_new ("(ss^asya(say))", "i", "s", options, 0, NULL),
    g_variant_new ("(ss^asya(say))", "i", "s", empty, 0, NULL),
    g_variant_new_parsed ("('i', 's', %^as, byte 0, [(%s, %^ay)])", fine, long_name, "x"),
    g_variant_new_parsed ("('i', 's', %^as, byte 0, [('', %^ay)])", fine, "x"),
    g_variant_new_parsed ("('i', 's', %^as, byte 0, [('n', @ay [])])", fine),
    g_variant_new_parsed ("('i', 's', %^as, byte 0, [('n', %^ay)])", fine, large),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++) {
    g_autoptr (GVariant) variant = g_variant_ref_sink (variants[i]);
    assert_string_equal (g_variant_get_type_string (variant), BLOB_TYPE);
    assert_null (jk_blob_decode (g_variant_get_data (variant), g_variant_get_size (variant)));
  }
}

static void
every_truncation_and_flipped_bit_is_survived (void **state)
{
  g_autoptr (JkSecret) key = make_key (1);
  g_autoptr (JkItem) item = make_item (letters, 4, 0);
  guint16 right;
  g_autoptr (GBytes) bytes = jk_blob_encode (item, NULL, key, &right);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  assert_null (jk_blob_decode (copy, 0));
  for (gsize n = 1; n < size; n++)
    jk_blob_free (jk_blob_decode (copy, n));
  for (gsize n = 0; n < size * 8; n++) {
    copy[n / 8] ^= (guint8) (1 << n % 8);
    jk_blob_free (jk_blob_decode (copy, size));
    copy[n / 8] ^= (guint8) (1 << n % 8);
  }
  g_autofree guint8 *large = g_malloc0 (JK_BLOB_BYTES_MAX + 1);
  assert_null (jk_blob_decode (large, JK_BLOB_BYTES_MAX + 1));
}

static int
setup (void **state)
{
  return jk_guard_init (NULL) ? 0 : -1;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_blob_reads_back_what_a_candidate_sees),
    cmocka_unit_test (the_order_of_the_source_leaves_no_trace),
    cmocka_unit_test (the_order_depends_on_key_and_id),
    cmocka_unit_test (pinned_options_stand_last_in_their_order),
    cmocka_unit_test (a_judge_item_has_no_options_and_true_first),
    cmocka_unit_test (a_blob_beyond_its_limits_is_refused),
    cmocka_unit_test (long_options_and_broken_pictures_are_refused),
    cmocka_unit_test (every_truncation_and_flipped_bit_is_survived),
  };
  return cmocka_run_group_tests_name ("bank/blob", tests, setup, NULL);
}
