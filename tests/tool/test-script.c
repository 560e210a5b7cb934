/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/script.c */
#include "tool/script.h"

#include "base/error.h"
#include "crypto/guard.h"
#include "support/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* An item as a station has it: only its id is looked at. */
static JkBlob *
new_blob (const char *id)
{
  g_autoptr (JkItem) item = jk_item_new ("test.gift", 1);
  g_autoptr (JkSecret) order_key = jk_secret_new (JK_KEY_BYTES);
  g_autoptr (GBytes) bytes = NULL;
  guint16 right;

  item->id = g_strdup (id);
  item->stem = g_strdup ("题干");
  item->type = JK_ITEM_SINGLE;
  jk_item_add_option (item, "甲", TRUE);
  jk_item_add_option (item, "乙", FALSE);
  jk_item_add_option (item, "丙", FALSE);
  jk_item_add_option (item, "丁", FALSE);
  bytes = jk_blob_encode (item, NULL, order_key, &right);
  return jk_blob_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static JkScript *
load (const char *text, gboolean wrong, GError **error)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_put_text (folder, "answers.txt", text);

  return jk_script_load (jk_storage_system (), path, wrong, error);
}

static void
a_file_says_what_is_answered (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkScript) script = load ("A-1\tC\n\nA-2\tABD\nA-3\t\n", FALSE, &error);
  g_autoptr (JkBlob) first = new_blob ("A-1");
  g_autoptr (JkBlob) second = new_blob ("A-2");
  g_autoptr (JkBlob) third = new_blob ("A-3");
  g_autoptr (JkBlob) other = new_blob ("A-4");
  const JkPaperItem item = { .type = JK_ITEM_MULTIPLE, .n_options = 4 };

  assert_non_null (script);
  assert_int_equal (jk_script_answer (script, &item, first), 4);
  assert_int_equal (jk_script_answer (script, &item, second), 11);
  assert_int_equal (jk_script_answer (script, &item, third), 0);
  assert_int_equal (jk_script_answer (script, &item, other), 0);
}

static void
wrong_answers_are_possible_and_not_right (void **state)
{
  g_autoptr (JkScript) script = load ("A-1\tA\nA-2\tABCD\nA-3\tB\n", TRUE, NULL);
  g_autoptr (JkBlob) first = new_blob ("A-1");
  g_autoptr (JkBlob) second = new_blob ("A-2");
  g_autoptr (JkBlob) third = new_blob ("A-3");
  g_autoptr (JkBlob) other = new_blob ("A-4");
  const JkPaperItem single = { .type = JK_ITEM_SINGLE, .n_options = 4 };
  const JkPaperItem multiple = { .type = JK_ITEM_MULTIPLE, .n_options = 4 };
  const JkPaperItem judge = { .type = JK_ITEM_JUDGE, .n_options = 2 };

  assert_int_equal (jk_script_answer (script, &single, first), 2);
  assert_int_equal (jk_script_answer (script, &multiple, second), 14);
  assert_int_equal (jk_script_answer (script, &judge, third), 1);
  assert_int_equal (jk_script_answer (script, &single, other), 0);
}

static void
the_same_seed_gives_the_same_answers (void **state)
{
  g_autoptr (JkScript) one = jk_script_new_random (7);
  g_autoptr (JkScript) two = jk_script_new_random (7);
  g_autoptr (JkScript) three = jk_script_new_random (8);
  const JkPaperItem items[] = {
    { .type = JK_ITEM_SINGLE, .n_options = 4 },
    { .type = JK_ITEM_MULTIPLE, .n_options = 5 },
    { .type = JK_ITEM_JUDGE, .n_options = 2 },
  };
  guint n_different = 0;

  for (guint n = 0; n < 300; n++) {
    const JkPaperItem *item = &items[n % G_N_ELEMENTS (items)];
    guint16 mask = jk_script_answer (one, item, NULL);
    assert_int_equal (mask, jk_script_answer (two, item, NULL));
    n_different += mask != jk_script_answer (three, item, NULL);
    assert_in_range (mask, 1, (1u << item->n_options) - 1);
    if (item->type != JK_ITEM_MULTIPLE)
      assert_int_equal (mask & (mask - 1), 0);
  }
  assert_in_range (n_different, 1, 300);
}

static void
refuses (const char *text, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkScript) script = load (text, FALSE, &error);

  assert_null (script);
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TEXT));
  assert_non_null (strstr (error->message, line));
}

static void
a_line_that_is_no_answer_is_refused_with_its_number (void **state)
{
  refuses ("A-1\tA\nA-2 B\n", "line 2 ");
  refuses ("A-1\tI\n", "line 1 ");
  refuses ("A-1\ta\n", "line 1 ");
  refuses ("\tA\n", "line 1 ");
  refuses ("A-1\tA\tB\n", "line 1 ");
  refuses ("A-1\tA\nA-1\tB\n", "line 2 ");
  refuses ("A-1\tA\n\xff\n", "line 2");
}

static void
a_missing_file_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (jk_script_load (jk_storage_system (), "/nonexistent/answers", FALSE, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
  jk_script_free (NULL);
}

static void
letters_are_options_in_canonical_order (void **state)
{
  g_autofree char *none = jk_script_dup_letters (0);
  g_autofree char *some = jk_script_dup_letters (0x85);

  assert_string_equal (none, "");
  assert_string_equal (some, "ACH");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_file_says_what_is_answered),
    cmocka_unit_test (wrong_answers_are_possible_and_not_right),
    cmocka_unit_test (the_same_seed_gives_the_same_answers),
    cmocka_unit_test (a_line_that_is_no_answer_is_refused_with_its_number),
    cmocka_unit_test (a_missing_file_is_refused),
    cmocka_unit_test (letters_are_options_in_canonical_order),
  };

  if (!jk_guard_init (NULL))
    return 1;
  return cmocka_run_group_tests_name ("script", tests, NULL, NULL);
}
