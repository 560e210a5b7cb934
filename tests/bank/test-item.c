/* SPDX-License-Identifier: Apache-2.0 */
/* tests of bank/item.c */
#include "bank/item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
a_new_item_has_a_place_and_nothing_else (void **state)
{
  g_autoptr (JkItem) item = jk_item_new ("x.gift", 7);

  assert_string_equal (item->file, "x.gift");
  assert_int_equal (item->line, 7);
  assert_null (item->id);
  assert_null (item->stem);
  assert_int_equal (item->options->len, 0);
  jk_item_free (NULL);
}

static void
an_option_keeps_its_own_copy_of_the_text (void **state)
{
  g_autoptr (JkItem) item = jk_item_new ("x.gift", 1);
  char text[] = "yes";
  JkOption *option = jk_item_add_option (item, text, TRUE);

  text[0] = 'n';
  option->feedback = g_strdup ("good");
  assert_int_equal (item->options->len, 1);
  assert_string_equal (option->text, "yes");
  assert_true (option->right);
  assert_int_equal (option->pinned, 0);
}

static void
each_type_has_a_name (void **state)
{
  assert_string_equal (jk_item_type_get_name (JK_ITEM_SINGLE), "single");
  assert_string_equal (jk_item_type_get_name (JK_ITEM_MULTIPLE), "multiple");
  assert_string_equal (jk_item_type_get_name (JK_ITEM_JUDGE), "judge");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_new_item_has_a_place_and_nothing_else),
    cmocka_unit_test (an_option_keeps_its_own_copy_of_the_text),
    cmocka_unit_test (each_type_has_a_name),
  };
  return cmocka_run_group_tests_name ("bank/item", tests, NULL, NULL);
}
