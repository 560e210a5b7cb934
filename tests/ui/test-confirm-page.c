/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "sitting/error.h"
#include "station/confirm-page.h"
#include "ui/fake-desk.h"

typedef struct {
  JkDesk *desk;
  GtkWidget *page;
  GtkWindow *window;
} Scene;

static void
begin (Scene *self)
{
  self->desk = jk_fake_desk_new (1);
  self->desk->start_in_ms = 60000;
  self->page = jk_confirm_page_new (self->desk);
  self->window = jk_stage_show (self->page);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}

static GtkWidget *
find (Scene *self, const char *label)
{
  GtkWidget *widget = jk_stage_find (self->page, label);

  if (widget == NULL)
    fail_msg ("nothing is called %s", label);
  return widget;
}

static void
data_are_shown_with_the_number_masked (void **state)
{
  Scene scene;
  const JkPerson *person;

  begin (&scene);
  person = jk_desk_get_person (scene.desk);
  find (&scene, person->name);
  find (&scene, person->admission);
  find (&scene, person->masked_id);
  find (&scene, "No photo");
  find (&scene, "90 minutes");
  assert_true (jk_stage_has_focus (scene.window, "Information correct, log in"));
  end (&scene);
}

static void
wrong_data_raise_the_hand_and_going_on_lowers_it (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_click (scene.page, "Information wrong, raise hand");
  assert_true (scene.desk->is_calling);
  assert_true (jk_stage_reads (scene.page, "This PC shows that your hand is raised."));
  jk_stage_click (scene.page, "Lower hand");
  assert_false (scene.desk->is_calling);
  assert_false (jk_stage_reads (scene.page, "your hand is raised"));
  jk_stage_click (scene.page, "Information wrong, raise hand");
  jk_stage_click (scene.page, "Information correct, log in");
  assert_false (scene.desk->is_calling);
  end (&scene);
}

static void
rules_are_read_for_as_long_as_the_policy_wants (void **state)
{
  Scene scene;

  begin (&scene);
  guint reading_s = jk_session_get_policy (jk_desk_get_session (scene.desk))->reading_s;
  g_autofree char *left = g_strdup_printf ("Please read (%u s left)", reading_s);
  jk_stage_click (scene.page, "Information correct, log in");
  find (&scene, left);
  find (&scene, "1. The exam takes 90 minutes.");
  assert_false (gtk_widget_is_sensitive (find (&scene, "I have read this")));
  jk_stage_wait_ms (1300);
  assert_null (jk_stage_find (scene.page, left));
  assert_false (gtk_widget_is_sensitive (find (&scene, "I have read this")));
  jk_stage_wait_ms (reading_s * 1000);
  assert_true (gtk_widget_is_sensitive (find (&scene, "I have read this")));
  assert_true (jk_stage_has_focus (scene.window, "I have read this"));
  jk_stage_click (scene.page, "I have read this");
  assert_false (gtk_widget_is_sensitive (find (&scene, "Promise and go on")));
  jk_stage_click (scene.page, "Back");
  assert_true (gtk_widget_is_sensitive (find (&scene, "I have read this")));
  jk_stage_click (scene.page, "I have read this");
  GtkWidget *agree = gtk_widget_get_ancestor (find (&scene, "I have read this and will comply"),
                                              GTK_TYPE_CHECK_BUTTON);
  assert_true (gtk_window_get_focus (scene.window) == agree);
  gtk_widget_activate (agree);
  jk_stage_settle ();
  scene.desk->refusal = g_error_new_literal (JK_SITTING_ERROR, JK_SITTING_ERROR_FULL, "full");
  jk_stage_click (scene.page, "Promise and go on");
  assert_true (jk_stage_reads (scene.page, "This PC has no room to save."));
  jk_stage_click (scene.page, "Promise and go on");
  assert_int_equal (scene.desk->n_confirmed, 2);
  end (&scene);
}

static void
a_start_that_has_passed_is_told (void **state)
{
  Scene scene;

  begin (&scene);
  assert_false (jk_stage_reads (scene.page, "The exam has started"));
  scene.desk->start_in_ms = -1;
  jk_stage_wait_ms (500);
  assert_true (jk_stage_reads (scene.page, "The exam has started: press “I have read this” soon"));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (data_are_shown_with_the_number_masked),
    cmocka_unit_test (wrong_data_raise_the_hand_and_going_on_lowers_it),
    cmocka_unit_test (rules_are_read_for_as_long_as_the_policy_wants),
    cmocka_unit_test (a_start_that_has_passed_is_told),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
