/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-item.c: places shown against canonical options, and what is notified. */
#include "desk/desk-item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const JkPaperItem single = {
  .type = JK_ITEM_SINGLE,
  .n_options = 4,
  .half_points = 2,
  .order = { 2, 0, 3, 1 },
};
static const JkPaperItem multiple = {
  .type = JK_ITEM_MULTIPLE,
  .n_options = 5,
  .half_points = 2,
  .order = { 4, 3, 2, 1, 0 },
};
static const JkPaperItem judge = { .type = JK_ITEM_JUDGE, .half_points = 1 };

static void
a_place_stands_for_the_option_shown_there (void **state)
{
  g_autoptr (JkDeskItem) item = jk_desk_item_new (&single, NULL, 4);

  assert_int_equal (jk_desk_item_get_position (item), 4);
  assert_int_equal (jk_desk_item_get_half_points (item), 2);
  for (guint place = 0; place < 4; place++) {
    guint16 mask = jk_desk_item_toggle (item, place);
    assert_int_equal (mask, 1 << single.order[place]);
    jk_desk_item_update (item, mask, FALSE, FALSE);
    assert_int_equal (jk_desk_item_get_chosen (item), 1 << place);
    g_autofree char *letters = jk_desk_item_dup_letters (item);
    assert_int_equal (letters[0], 'A' + place);
    /* The same again clears. */
    assert_int_equal (jk_desk_item_toggle (item, place), 0);
  }
}

static void
multiple_adds_and_takes_away (void **state)
{
  g_autoptr (JkDeskItem) item = jk_desk_item_new (&multiple, NULL, 0);

  jk_desk_item_update (item, jk_desk_item_toggle (item, 0), FALSE, FALSE);
  jk_desk_item_update (item, jk_desk_item_toggle (item, 2), FALSE, FALSE);
  assert_int_equal (jk_desk_item_get_chosen (item), 0x5);
  g_autofree char *letters = jk_desk_item_dup_letters (item);
  assert_string_equal (letters, "AC");
  assert_int_equal (jk_desk_item_toggle (item, 0), 1 << 2);
}

static void
judge_has_two_places_without_text (void **state)
{
  g_autoptr (JkDeskItem) item = jk_desk_item_new (&judge, NULL, 0);

  assert_int_equal (jk_desk_item_get_n_options (item), 2);
  assert_string_equal (jk_desk_item_get_option (item, 1), "");
  assert_int_equal (jk_desk_item_toggle (item, 0), 1);
  assert_int_equal (jk_desk_item_toggle (item, 1), 2);
}

static void
count (JkDeskItem *item, GParamSpec *pspec, GString *heard)
{
  g_string_append_printf (heard, "%s ", pspec->name);
}

static void
only_what_changes_is_notified (void **state)
{
  g_autoptr (JkDeskItem) item = jk_desk_item_new (&multiple, NULL, 0);
  g_autoptr (GString) heard = g_string_new (NULL);
  guint number, was_chosen;
  gboolean answered, flagged, current;

  g_signal_connect (item, "notify", G_CALLBACK (count), heard);
  jk_desk_item_update (item, 0, FALSE, FALSE);
  assert_string_equal (heard->str, "");
  jk_desk_item_update (item, 1, FALSE, FALSE);
  assert_non_null (strstr (heard->str, "chosen"));
  assert_non_null (strstr (heard->str, "answered"));
  g_string_truncate (heard, 0);
  jk_desk_item_update (item, 3, TRUE, TRUE);
  assert_non_null (strstr (heard->str, "chosen"));
  assert_non_null (strstr (heard->str, "flagged"));
  assert_non_null (strstr (heard->str, "current"));
  assert_null (strstr (heard->str, "answered"));
  g_object_get (item,
                "number",
                &number,
                "chosen",
                &was_chosen,
                "answered",
                &answered,
                "flagged",
                &flagged,
                "current",
                &current,
                NULL);
  assert_int_equal (number, 1);
  assert_int_equal (was_chosen, 0x18);
  assert_true (answered && flagged && current);
}

static void
being_current_alone_changes_nothing_else (void **state)
{
  g_autoptr (JkDeskItem) item = jk_desk_item_new (&multiple, NULL, 0);
  g_autoptr (GString) heard = g_string_new (NULL);

  jk_desk_item_update (item, 3, TRUE, FALSE);
  g_signal_connect (item, "notify", G_CALLBACK (count), heard);
  jk_desk_item_set_current (item, TRUE);
  assert_string_equal (heard->str, "current ");
  assert_true (jk_desk_item_is_current (item) && jk_desk_item_is_flagged (item));
  assert_int_equal (jk_desk_item_get_chosen (item), 0x18);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_place_stands_for_the_option_shown_there),
    cmocka_unit_test (multiple_adds_and_takes_away),
    cmocka_unit_test (judge_has_two_places_without_text),
    cmocka_unit_test (only_what_changes_is_notified),
    cmocka_unit_test (being_current_alone_changes_nothing_else),
  };
  return cmocka_run_group_tests_name ("desk-item", tests, NULL, NULL);
}
