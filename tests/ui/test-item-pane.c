/* SPDX-License-Identifier: Apache-2.0 */
/* Tests station/item-pane.c, item-cell.c and item-group.c. */
#include "ui/stage.h"

#include "common/theme.h"
#include "station/item-group.h"
#include "station/item-pane.h"
#include "ui/fake-desk.h"

#define N_ITEMS 12
#define N_GROUP 5

typedef struct {
  JkDesk *desk;
  GtkWidget *pane;
  GtkWindow *window;
} Scene;

static void
show (Scene *self)
{
  self->desk = jk_fake_desk_new (N_ITEMS);
  self->pane = jk_item_pane_new (self->desk);
  self->window = jk_stage_show (self->pane);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}

static void
answer (Scene *self, guint position, guint16 mask, gboolean is_flagged)
{
  jk_fake_desk_answer (self->desk, position, mask, is_flagged);
  jk_stage_settle ();
}

static void
assert_name (Scene *self, const char *number, const char *name)
{
  GtkWidget *cell = jk_stage_find (self->pane, number);

  assert_non_null (cell);
  assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (cell),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                   name));
}

static void
a_number_says_in_words_what_it_shows (void **state)
{
  Scene scene;

  show (&scene);
  assert_name (&scene, "3", "Item 3, unanswered");
  answer (&scene, 2, 1, TRUE);
  assert_name (&scene, "3", "Item 3, answered, flagged");
  GtkWidget *cell = jk_stage_find (scene.pane, "3");
  assert_true (gtk_widget_has_css_class (cell, "answered"));
  assert_true (gtk_widget_has_css_class (cell, "flagged"));
  jk_desk_item_update (jk_desk_get_item (scene.desk, 2), 0, FALSE, TRUE);
  assert_name (&scene, "3", "Item 3, unanswered, current");
  assert_true (gtk_widget_has_css_class (cell, "current"));
  assert_false (gtk_widget_has_css_class (cell, "answered"));
  end (&scene);
}

static void
counts_follow_the_answers (void **state)
{
  Scene scene;

  show (&scene);
  answer (&scene, 0, 1, FALSE);
  answer (&scene, 1, 1, TRUE);
  assert_true (jk_stage_reads (scene.pane, "answered 2 / 12"));
  assert_true (jk_stage_reads (scene.pane, "unanswered 10"));
  assert_true (jk_stage_reads (scene.pane, "flagged 1"));
  end (&scene);
}

static void
toggle (Scene *self, const char *label)
{
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (jk_stage_find (self->pane, label));

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
  jk_stage_wait_ms (50);
}

static void
filters_hide_the_others_and_say_when_none_is_left (void **state)
{
  Scene scene;

  show (&scene);
  answer (&scene, 4, 1, TRUE);
  GtkWidget *fifth = jk_stage_find (scene.pane, "5");
  toggle (&scene, "Show only unanswered");
  assert_false (gtk_widget_get_visible (fifth));
  assert_null (jk_stage_find (scene.pane, "5"));
  assert_non_null (jk_stage_find (scene.pane, "6"));
  answer (&scene, 5, 1, FALSE);
  jk_stage_wait_ms (50);
  assert_null (jk_stage_find (scene.pane, "6"));
  toggle (&scene, "Show only unanswered");
  toggle (&scene, "Show only flagged");
  assert_non_null (jk_stage_find (scene.pane, "5"));
  assert_null (jk_stage_find (scene.pane, "6"));
  assert_false (jk_stage_reads (scene.pane, "No flagged item."));
  answer (&scene, 4, 1, FALSE);
  jk_stage_wait_ms (50);
  assert_true (jk_stage_reads (scene.pane, "No flagged item."));
  end (&scene);
}

static void
the_card_can_be_folded_and_unfolded (void **state)
{
  Scene scene;

  show (&scene);
  jk_stage_click (scene.pane, "Fold");
  jk_stage_wait_ms (50);
  assert_null (jk_stage_find (scene.pane, "3"));
  jk_stage_click (scene.pane, "Unfold");
  jk_stage_wait_ms (50);
  assert_non_null (jk_stage_find (scene.pane, "3"));
  end (&scene);
}

static void
in_little_room_the_legend_is_scrolled_with_the_numbers (void **state)
{
  Scene scene;

  show (&scene);
  GtkWidget *filter = jk_stage_find (scene.pane, "Show only flagged");
  assert_null (gtk_widget_get_ancestor (filter, GTK_TYPE_SCROLLED_WINDOW));
  jk_item_pane_set_small (JK_ITEM_PANE (scene.pane), TRUE);
  assert_non_null (gtk_widget_get_ancestor (filter, GTK_TYPE_SCROLLED_WINDOW));
  jk_item_pane_set_small (JK_ITEM_PANE (scene.pane), FALSE);
  assert_null (gtk_widget_get_ancestor (filter, GTK_TYPE_SCROLLED_WINDOW));
  end (&scene);
}

/* GTK complains of a box around it otherwise. */
static void
its_height_is_that_at_the_width_it_gets (void **state)
{
  Scene scene;

  show (&scene);
  JkTheme *theme = g_object_get_data (G_OBJECT (scene.window), "theme");
  for (guint percent = JK_PERCENT_MIN; percent <= JK_PERCENT_MAX; percent += JK_PERCENT_STEP) {
    int width, height, height_at_width;
    jk_theme_set_percent (theme, percent);
    jk_stage_wait_ms (50);
    gtk_widget_measure (scene.pane, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
    gtk_widget_measure (scene.pane, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
    gtk_widget_measure (scene.pane,
                        GTK_ORIENTATION_VERTICAL,
                        width,
                        &height_at_width,
                        NULL,
                        NULL,
                        NULL);
    assert_int_equal (height, height_at_width);
  }
  end (&scene);
}

static void
items_of_a_kind_are_one_group_with_its_own_rule (void **state)
{
  g_autoptr (GListStore) items = g_list_store_new (JK_TYPE_DESK_ITEM);
  JkPaperItem papers[3 * N_GROUP];

  for (guint n = 0; n < G_N_ELEMENTS (papers); n++) {
    papers[n] = (JkPaperItem){ .type = JK_ITEM_SINGLE + n / N_GROUP, .half_points = 3 };
    g_autoptr (JkDeskItem) item = jk_desk_item_new (&papers[n], NULL, n);
    g_list_store_append (items, item);
  }
  g_autoptr (GArray) groups = jk_item_groups_new (G_LIST_MODEL (items));
  assert_int_equal (groups->len, 3);
  assert_null (jk_item_groups_find (groups, 3 * N_GROUP));
  const JkItemGroup *second = jk_item_groups_find (groups, N_GROUP);
  assert_ptr_equal (second, &g_array_index (groups, JkItemGroup, 1));
  g_autofree char *all = jk_item_group_dup_head (second, 1, 0);
  assert_string_equal (
      all,
      "II. Multiple-choice (items 6–10, marks: 1.5 each, 7.5 in all. Each has two "
      "or more right answers; a wrong, a missing or one too many gives no marks.)");
  g_autofree char *partial = jk_item_group_dup_head (second, 1, 1);
  assert_non_null (strstr (partial, "each right one gives 0.5."));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_number_says_in_words_what_it_shows),
    cmocka_unit_test (counts_follow_the_answers),
    cmocka_unit_test (filters_hide_the_others_and_say_when_none_is_left),
    cmocka_unit_test (the_card_can_be_folded_and_unfolded),
    cmocka_unit_test (in_little_room_the_legend_is_scrolled_with_the_numbers),
    cmocka_unit_test (its_height_is_that_at_the_width_it_gets),
    cmocka_unit_test (items_of_a_kind_are_one_group_with_its_own_rule),
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
