/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "sitting/error.h"
#include "station/hand-in-view.h"
#include "ui/fake-desk.h"

#define N_ITEMS 40

typedef struct {
  JkDesk *desk;
  GtkWidget *view;
  GtkWindow *window;
  guint n_back;
  int gone_to;
} Scene;

static void
note_back (Scene *self)
{
  self->n_back++;
}

static void
note_go_to (GtkWidget *view, guint position, Scene *self)
{
  self->gone_to = position;
}

/* Items 1 to n_answered have an answer, the second and the last a flag. */
static void
begin (Scene *self, guint n_answered)
{
  *self = (Scene){ .desk = jk_fake_desk_new (N_ITEMS), .gone_to = -1 };
  for (guint n = 0; n < n_answered; n++)
    jk_fake_desk_answer (self->desk, n, 1, FALSE);
}

static void
show (Scene *self)
{
  self->view = jk_hand_in_view_new (self->desk);
  g_signal_connect_swapped (self->view, "back", G_CALLBACK (note_back), self);
  g_signal_connect (self->view, "go-to", G_CALLBACK (note_go_to), self);
  self->window = jk_stage_show (self->view);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}

static void
the_first_step_counts_and_has_the_keyboard_on_the_safe_button (void **state)
{
  Scene scene;

  begin (&scene, 35);
  jk_fake_desk_answer (scene.desk, 1, 1, TRUE);
  show (&scene);
  assert_true (jk_stage_reads (scene.view,
                               "This paper has 40 items: 35 answered, 5 unanswered, 1 flagged."));
  assert_true (jk_stage_has_focus (scene.window, "Go back and check"));
  jk_stage_click (scene.view, "Go back and check");
  assert_int_equal (scene.n_back, 1);
  assert_int_equal (scene.desk->n_hand_ins, 0);
  end (&scene);
}

static void
jumps_go_to_the_first_unanswered_and_the_first_flagged (void **state)
{
  Scene scene;

  begin (&scene, 35);
  jk_fake_desk_answer (scene.desk, 39, 0, TRUE);
  show (&scene);
  jk_stage_click (scene.view, "See unanswered");
  assert_int_equal (scene.gone_to, 35);
  jk_stage_click (scene.view, "See flagged");
  assert_int_equal (scene.gone_to, 39);
  jk_stage_click (scene.view, "38");
  assert_int_equal (scene.gone_to, 37);
  assert_null (jk_stage_find (scene.view, "35"));
  end (&scene);
}

static void
jumps_to_nothing_are_not_there (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS);
  show (&scene);
  assert_null (jk_stage_find (scene.view, "See unanswered"));
  assert_null (jk_stage_find (scene.view, "See flagged"));
  assert_false (jk_stage_reads (scene.view, "Unanswered items"));
  end (&scene);
}

static void
more_numbers_than_thirty_are_not_listed (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS - 30);
  show (&scene);
  assert_non_null (jk_stage_find (scene.view, "40"));
  end (&scene);
  begin (&scene, N_ITEMS - 31);
  show (&scene);
  assert_null (jk_stage_find (scene.view, "40"));
  assert_non_null (jk_stage_find (scene.view, "See unanswered"));
  end (&scene);
}

static void
nothing_is_handed_in_before_the_second_step (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS);
  show (&scene);
  jk_stage_click (scene.view, "Go on to hand in");
  assert_int_equal (scene.desk->n_hand_ins, 0);
  assert_true (jk_stage_reads (scene.view, "you can neither change your answers"));
  assert_true (jk_stage_has_focus (scene.window, "Go back and check"));
  jk_stage_click (scene.view, "Hand in now");
  assert_int_equal (scene.desk->n_hand_ins, 1);
  assert_true (jk_stage_reads (scene.view, "Handing in…"));
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.view, "Hand in now")));
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.view, "Go back and check")));
  jk_fake_desk_end_call (scene.desk, 0, 0);
  jk_stage_settle ();
  end (&scene);
}

static void
a_failure_says_that_the_answers_are_safe_and_lets_try_again (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS);
  show (&scene);
  jk_stage_click (scene.view, "Go on to hand in");
  jk_stage_click (scene.view, "Hand in now");
  jk_fake_desk_end_call (scene.desk, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.view, "your answers are safe on this computer"));
  assert_true (jk_stage_has_focus (scene.window, "Go back and check"));
  jk_stage_click (scene.view, "Hand in now");
  assert_int_equal (scene.desk->n_hand_ins, 2);
  jk_fake_desk_end_call (scene.desk, 0, 0);
  jk_stage_settle ();
  end (&scene);
}

static void
too_early_says_how_long_and_opens_by_itself (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS);
  scene.desk->hand_in_opens_ms = 61001;
  show (&scene);
  assert_true (
      jk_stage_reads (scene.view, "Hand-in opens 30 minutes after the start; please wait 01:02"));
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.view, "Go on to hand in")));
  scene.desk->hand_in_opens_ms = 59000;
  jk_fake_desk_set_left (scene.desk, 5000);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.view, "please wait 00:59"));
  scene.desk->hand_in_opens_ms = 0;
  jk_fake_desk_set_left (scene.desk, 4941);
  jk_stage_settle ();
  assert_false (jk_stage_reads (scene.view, "please wait"));
  jk_stage_click (scene.view, "Go on to hand in");
  end (&scene);
}

static void
last_minutes_ask_for_a_proctors_consent (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS);
  show (&scene);
  jk_stage_click (scene.view, "Go on to hand in");
  jk_stage_click (scene.view, "Hand in now");
  scene.desk->needs_consent = TRUE;
  jk_fake_desk_end_call (scene.desk, JK_SITTING_ERROR, JK_SITTING_ERROR_CONSENT);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.view, "a proctor must agree to a hand-in"));
  assert_false (jk_stage_reads (scene.view, "your answers are safe"));
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.view, "Hand in now")));
  scene.desk->needs_consent = FALSE;
  jk_fake_desk_set_left (scene.desk, 200);
  jk_stage_settle ();
  assert_true (gtk_widget_is_sensitive (jk_stage_find (scene.view, "Hand in now")));
  end (&scene);
}

static void
the_end_of_the_time_takes_the_view_away_while_it_hands_in (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS);
  show (&scene);
  jk_stage_click (scene.view, "Go on to hand in");
  jk_stage_click (scene.view, "Hand in now");
  gtk_window_set_child (scene.window, NULL);
  jk_stage_settle ();
  jk_fake_desk_end_call (scene.desk, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  jk_stage_settle ();
  end (&scene);
}

static void
shown_again_it_begins_with_the_first_step (void **state)
{
  Scene scene;

  begin (&scene, N_ITEMS - 1);
  show (&scene);
  jk_stage_click (scene.view, "Go on to hand in");
  gtk_widget_set_visible (scene.view, FALSE);
  jk_fake_desk_answer (scene.desk, N_ITEMS - 1, 1, FALSE);
  gtk_widget_set_visible (scene.view, TRUE);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.view, "40 answered, 0 unanswered"));
  assert_non_null (jk_stage_find (scene.view, "Go on to hand in"));
  assert_null (jk_stage_find (scene.view, "Hand in now"));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_first_step_counts_and_has_the_keyboard_on_the_safe_button),
    cmocka_unit_test (jumps_go_to_the_first_unanswered_and_the_first_flagged),
    cmocka_unit_test (jumps_to_nothing_are_not_there),
    cmocka_unit_test (more_numbers_than_thirty_are_not_listed),
    cmocka_unit_test (nothing_is_handed_in_before_the_second_step),
    cmocka_unit_test (a_failure_says_that_the_answers_are_safe_and_lets_try_again),
    cmocka_unit_test (too_early_says_how_long_and_opens_by_itself),
    cmocka_unit_test (last_minutes_ask_for_a_proctors_consent),
    cmocka_unit_test (the_end_of_the_time_takes_the_view_away_while_it_hands_in),
    cmocka_unit_test (shown_again_it_begins_with_the_first_step),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
