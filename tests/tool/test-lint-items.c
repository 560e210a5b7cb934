/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/lint-items.c */
#include "tool/lint-items.h"

#include "linted.h"

#include "crypto/guard.h"

enum {
  N_ITEMS = 5,
};

/* A blob of a stem, and a picture of these bytes when not NULL. */
static JkBlob *
make_blob (const char *id, const char *stem, const char *picture, gsize size)
{
  g_autoptr (JkItem) item = jk_item_new ("x.gift", 1);
  g_autoptr (JkSecret) key = jk_secret_new (JK_KEY_BYTES);
  g_autoptr (GBytes) shown = picture != NULL ? g_bytes_new (picture, size) : NULL;
  guint16 right;

  item->id = g_strdup (id);
  item->stem = g_strdup (stem);
  item->type = JK_ITEM_JUDGE;
  item->picture = picture != NULL ? g_strdup ("dot.png") : NULL;
  g_autoptr (GBytes) bytes = jk_blob_encode (item, shown, key, &right);
  JkBlob *blob = jk_blob_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  assert_non_null (blob);
  return blob;
}

static void
take (JkLintItems *items,
      guint32 item,
      const char *id,
      const char *stem,
      const char *picture,
      gsize size)
{
  g_autoptr (JkBlob) blob = make_blob (id, stem, picture, size);
  jk_lint_items_take (items, item, blob);
}

static const char jpeg[] = "\xFF\xD8\xFF\xC0\x00\x0B\x08\x00\x05\x00\x09\x01\x01\x11\x00"
                           "\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x12\xFF\xD9";

static void
sound_items_have_no_finding (void **state)
{
  g_autoptr (JkLintItems) items = jk_lint_items_new (N_ITEMS);
  g_autoptr (JkReport) report = jk_report_new ();

  take (items, 0, "a", "题干", NULL, 0);
  take (items, 3, "b", "如图所示", jpeg, sizeof jpeg - 1);
  jk_lint_items_report (items, "b.jkbank", report);
  assert_says (report, NULL);
  assert_string_equal (jk_lint_items_get_id (items, 0), "a");
  assert_string_equal (jk_lint_items_get_id (items, 3), "b");
  assert_null (jk_lint_items_get_id (items, 1));
  assert_int_equal (jk_lint_items_get_n_pictures (items), 1);
  jk_lint_items_free (NULL);
}

static void
a_picture_that_cannot_be_shown_is_named_with_its_item (void **state)
{
  g_autoptr (JkLintItems) items = jk_lint_items_new (N_ITEMS);
  g_autoptr (JkReport) report = jk_report_new ();

  take (items, 4, "B-1", "题干", jpeg, sizeof jpeg - 3);
  take (items, 1, "A-1", "题干", "\x89PNG\r\n\x1a\n\0\0", 10);
  jk_lint_items_report (items, "b.jkbank", report);
  assert_int_equal (jk_report_get_n_faults (report), 2);
  assert_says (report, "b.jkbank: item A-1: found picture dot.png is cut short");
  assert_string_equal (jk_report_get (report, 1)->place, "item B-1");
}

static void
a_stem_without_the_picture_it_speaks_of_is_noticed (void **state)
{
  g_autoptr (JkLintItems) items = jk_lint_items_new (N_ITEMS);
  g_autoptr (JkReport) report = jk_report_new ();

  take (items, 0, "A-1", "如图所示，坐席应当", NULL, 0);
  jk_lint_items_report (items, "b.jkbank", report);
  assert_int_equal (jk_report_get_n_faults (report), 0);
  assert_says (report, "item A-1: found a stem that speaks of a picture");
}

static void
an_item_is_looked_at_once (void **state)
{
  g_autoptr (JkLintItems) items = jk_lint_items_new (N_ITEMS);
  g_autoptr (JkReport) report = jk_report_new ();

  for (guint n = 0; n < 3; n++)
    take (items, 2, "A-1", "见图", "GIF", 3);
  jk_lint_items_report (items, "b.jkbank", report);
  assert_int_equal (jk_report_get_n (report), 1);
  assert_int_equal (jk_lint_items_get_n_pictures (items), 1);
}

static int
set_up_guard (void **state)
{
  return jk_guard_init (NULL) ? 0 : -1;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (sound_items_have_no_finding),
    cmocka_unit_test (a_picture_that_cannot_be_shown_is_named_with_its_item),
    cmocka_unit_test (a_stem_without_the_picture_it_speaks_of_is_noticed),
    cmocka_unit_test (an_item_is_looked_at_once),
  };

  return cmocka_run_group_tests_name ("lint-items", tests, set_up_guard, NULL);
}
