/* SPDX-License-Identifier: Apache-2.0 */
/* Tests station/exam-page.c with question-view.c and choice.c, on a real desk. */
#include "desk/check-desk.h"
#include "ui/stage.h"

#include "common/theme.h"
#include "station/choice.h"
#include "station/exam-page.h"

#define MULTIPLE 3 /* the position of the multiple choice item; single ones before, judge after */
#define JUDGE 4

typedef struct {
  Fixture *desk;
  JkTheme *theme;
  GtkWidget *page;
  GtkWindow *window;
} Scene;

static void
show (Scene *self, void **state)
{
  self->desk = *state;
  begin (self->desk);
  self->theme = jk_theme_new (gdk_display_get_default ());
  self->page = jk_exam_page_new (self->desk->desk, self->theme);
  self->window = jk_stage_show (self->page);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->theme);
}

static void
act (Scene *self, const char *action)
{
  gtk_widget_activate_action (self->page, action, NULL);
  jk_stage_wait_ms (50);
}

static void
choose_place (Scene *self, guint place)
{
  gtk_widget_activate_action (self->page, "exam.choose", "u", place);
  jk_stage_wait_ms (50);
}

static void
visit (Scene *self, guint position)
{
  gtk_widget_activate_action (self->page, "exam.go-to", "u", position);
  jk_stage_wait_ms (50);
}

/* The option that is on the screen at a place. */
static JkChoice *
find_choice (GtkWidget *root, guint *place)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (JK_IS_CHOICE (root) && (*place)-- == 0)
    return JK_CHOICE (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    JkChoice *found = find_choice (child, place);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
is_checked (Scene *self, guint place)
{
  JkChoice *choice = find_choice (self->page, &place);

  assert_non_null (choice);
  return jk_choice_is_checked (choice);
}

static void
an_option_is_chosen_and_by_itself_cleared_again (void **state)
{
  Scene scene;

  show (&scene, state);
  choose_place (&scene, 1);
  assert_true (is_checked (&scene, 1));
  choose_place (&scene, 2);
  assert_false (is_checked (&scene, 1));
  assert_true (is_checked (&scene, 2));
  choose_place (&scene, 2);
  assert_false (is_checked (&scene, 2));
  assert_int_equal (jk_desk_get_n_answered (scene.desk->desk), 0);
  choose_place (&scene, 7);
  assert_int_equal (jk_desk_get_n_answered (scene.desk->desk), 0);
  choose_place (&scene, 0);
  act (&scene, "exam.clear");
  assert_false (is_checked (&scene, 0));
  end (&scene);
}

static void
an_option_is_what_screen_readers_expect (void **state)
{
  Scene scene;
  guint place = 1;

  show (&scene, state);
  GtkAccessible *radio = GTK_ACCESSIBLE (find_choice (scene.page, &place));
  assert_int_equal (gtk_accessible_get_accessible_role (radio), GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_widget_activate_action (GTK_WIDGET (radio), "option.choose", NULL);
  jk_stage_wait_ms (50);
  assert_null (gtk_test_accessible_check_state (radio,
                                                GTK_ACCESSIBLE_STATE_CHECKED,
                                                GTK_ACCESSIBLE_TRISTATE_TRUE));
  visit (&scene, MULTIPLE);
  place = 1;
  GtkAccessible *check = GTK_ACCESSIBLE (find_choice (scene.page, &place));
  assert_int_equal (gtk_accessible_get_accessible_role (check), GTK_ACCESSIBLE_ROLE_CHECKBOX);
  end (&scene);
}

static void
one_option_of_several_is_not_enough_and_that_is_said (void **state)
{
  Scene scene;

  show (&scene, state);
  visit (&scene, MULTIPLE);
  assert_false (jk_stage_reads (scene.page, "Note:"));
  choose_place (&scene, 0);
  assert_true (jk_stage_reads (scene.page, "Note:"));
  choose_place (&scene, 2);
  assert_true (is_checked (&scene, 0) && is_checked (&scene, 2));
  assert_false (jk_stage_reads (scene.page, "Note:"));
  visit (&scene, JUDGE);
  assert_true (jk_stage_reads (scene.page, "True"));
  assert_false (is_checked (&scene, 0));
  end (&scene);
}

static void
the_ends_of_the_paper_are_ends (void **state)
{
  Scene scene;

  show (&scene, state);
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Previous")));
  act (&scene, "exam.next");
  assert_int_equal (jk_desk_get_position (scene.desk->desk), 1);
  assert_true (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Previous")));
  visit (&scene, JK_TEST_EXAM_PAPER_ITEMS - 1);
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Next")));
  act (&scene, "exam.previous");
  assert_int_equal (jk_desk_get_position (scene.desk->desk), JK_TEST_EXAM_PAPER_ITEMS - 2);
  end (&scene);
}

static void
a_flag_is_put_and_taken_by_the_same_button (void **state)
{
  Scene scene;

  show (&scene, state);
  act (&scene, "exam.flag");
  assert_non_null (jk_stage_find (scene.page, "Unflag"));
  assert_int_equal (jk_desk_get_n_flagged (scene.desk->desk), 1);
  act (&scene, "exam.flag");
  assert_non_null (jk_stage_find (scene.page, "Flag"));
  assert_int_equal (jk_desk_get_n_flagged (scene.desk->desk), 0);
  end (&scene);
}

static void
under_a_sheet_nothing_is_answered (void **state)
{
  Scene scene;

  show (&scene, state);
  act (&scene, "exam.shortcuts");
  assert_true (jk_stage_reads (scene.page, "PageUp"));
  choose_place (&scene, 0);
  act (&scene, "exam.flag");
  act (&scene, "exam.next");
  assert_int_equal (jk_desk_get_n_answered (scene.desk->desk), 0);
  assert_int_equal (jk_desk_get_n_flagged (scene.desk->desk), 0);
  assert_int_equal (jk_desk_get_position (scene.desk->desk), 0);
  jk_stage_click (scene.page, "Close");
  assert_false (jk_stage_reads (scene.page, "PageUp"));
  choose_place (&scene, 0);
  assert_int_equal (jk_desk_get_n_answered (scene.desk->desk), 1);
  end (&scene);
}

static void
behind_the_lock_there_is_no_question (void **state)
{
  Scene scene;
  guint place = 0;

  show (&scene, state);
  act (&scene, "exam.lock");
  assert_null (find_choice (scene.page, &place));
  assert_null (jk_stage_find (scene.page, "Next"));
  choose_place (&scene, 0);
  act (&scene, "exam.next");
  assert_int_equal (jk_desk_get_n_answered (scene.desk->desk), 0);
  assert_int_equal (jk_desk_get_position (scene.desk->desk), 0);
  end (&scene);
}

static void
a_page_made_anew_is_still_locked (void **state)
{
  Scene scene;
  guint place = 0;

  show (&scene, state);
  act (&scene, "exam.lock");
  gtk_window_set_child (scene.window, NULL);
  scene.page = jk_exam_page_new (scene.desk->desk, scene.theme);
  gtk_window_set_child (scene.window, scene.page);
  jk_stage_wait_ms (50);
  assert_null (find_choice (scene.page, &place));
  /* A proctor's word takes it off where the number does not. */
  jk_desk_lock (scene.desk->desk, FALSE);
  jk_stage_wait_ms (50);
  assert_non_null (find_choice (scene.page, &place));
  assert_null (jk_stage_find (scene.page, "Unlock"));
  end (&scene);
}

static void
the_hand_in_waits_until_it_is_open_and_gives_the_question_back (void **state)
{
  Scene scene;

  show (&scene, state);
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Hand in")));
  jk_test_clock_pass_s (scene.desk->clock, 40 * S_PER_MIN);
  jk_stage_wait_ms (1500);
  assert_true (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Hand in")));
  act (&scene, "exam.hand-in");
  assert_null (jk_stage_find (scene.page, "Next"));
  jk_stage_click (scene.page, "Go back and check");
  jk_stage_wait_ms (50);
  assert_non_null (jk_stage_find (scene.page, "Next"));
  assert_int_equal (jk_desk_get_page (scene.desk->desk), JK_PAGE_ANSWERING);
  end (&scene);
}

static void
the_keyboard_comes_to_the_question_first (void **state)
{
  Scene scene;

  show (&scene, state);
  choose_place (&scene, 2);
  jk_stage_close (scene.window);
  scene.page = jk_exam_page_new (scene.desk->desk, scene.theme);
  scene.window = jk_stage_show (scene.page);
  GtkWidget *focus = gtk_window_get_focus (scene.window);
  assert_true (JK_IS_CHOICE (focus));
  assert_true (jk_choice_is_checked (JK_CHOICE (focus)));
  end (&scene);
}

static void
tab_comes_round_to_the_first_button (void **state)
{
  Scene scene;

  show (&scene, state);
  gtk_window_set_focus (scene.window, NULL);
  gtk_widget_child_focus (scene.page, GTK_DIR_TAB_FORWARD);
  assert_true (jk_stage_has_focus (scene.window, "Fold"));
  end (&scene);
}

static void
the_largest_text_fits_the_smallest_screen (void **state)
{
  Scene scene;
  int width, height;

  show (&scene, state);
  jk_theme_set_percent (scene.theme, JK_PERCENT_MAX);
  jk_stage_wait_ms (300);
  gtk_widget_measure (scene.page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (scene.page, GTK_ORIENTATION_VERTICAL, 1280, &height, NULL, NULL, NULL);
  assert_in_range (width, 1, 1280);
  assert_in_range (height, 1, 800);
  end (&scene);
}

int
main (void)
{
#define exam_test(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    exam_test (an_option_is_chosen_and_by_itself_cleared_again),
    exam_test (an_option_is_what_screen_readers_expect),
    exam_test (one_option_of_several_is_not_enough_and_that_is_said),
    exam_test (the_ends_of_the_paper_are_ends),
    exam_test (a_flag_is_put_and_taken_by_the_same_button),
    exam_test (under_a_sheet_nothing_is_answered),
    exam_test (behind_the_lock_there_is_no_question),
    exam_test (a_page_made_anew_is_still_locked),
    exam_test (the_hand_in_waits_until_it_is_open_and_gives_the_question_back),
    exam_test (the_keyboard_comes_to_the_question_first),
    exam_test (tab_comes_round_to_the_first_button),
    exam_test (the_largest_text_fits_the_smallest_screen),
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, check_build_exam, check_free_exam);
}
