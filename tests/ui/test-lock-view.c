/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "session/error.h"
#include "sitting/error.h"
#include "station/lock-view.h"
#include "ui/fake-desk.h"

typedef struct {
  JkDesk *desk;
  GtkWidget *view;
  GtkWindow *window;
  guint n_unlocked;
} Scene;

static void
note_unlocked (Scene *self)
{
  self->n_unlocked++;
}

static void
begin (Scene *self)
{
  *self = (Scene){ .desk = jk_fake_desk_new (3) };
  self->view = jk_lock_view_new (self->desk);
  g_signal_connect_swapped (self->view, "unlocked", G_CALLBACK (note_unlocked), self);
  self->window = jk_stage_show (self->view);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}

/* Into what has the keyboard. */
static void
type (Scene *self, const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);
  int at = gtk_editable_get_position (GTK_EDITABLE (focus));

  assert_true (GTK_IS_TEXT (focus));
  gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &at);
}

static void
it_shows_the_seat_and_that_time_goes_on (void **state)
{
  Scene scene;

  begin (&scene);
  assert_non_null (jk_stage_find (scene.view, "07"));
  assert_true (jk_stage_reads (scene.view, "The exam time goes on"));
  assert_non_null (jk_stage_find (scene.view, "Time left 1:30:00"));
  jk_fake_desk_set_left (scene.desk, 61);
  jk_stage_settle ();
  assert_non_null (jk_stage_find (scene.view, "Time left 01:01"));
  end (&scene);
}

static void
the_right_number_unlocks (void **state)
{
  Scene scene;

  begin (&scene);
  type (&scene, "11010519491231002X");
  jk_stage_click (scene.view, "Unlock");
  assert_int_equal (scene.desk->n_verified, 1);
  assert_string_equal (scene.desk->typed, "11010519491231002X");
  assert_int_equal (scene.n_unlocked, 0);
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.view, "Unlock")));
  jk_fake_desk_end_call (scene.desk, 0, 0);
  jk_stage_settle ();
  assert_int_equal (scene.n_unlocked, 1);
  end (&scene);
}

static void
a_wrong_number_stays_locked_and_empties_the_field (void **state)
{
  Scene scene;

  begin (&scene);
  type (&scene, "1");
  jk_stage_click (scene.view, "Unlock");
  jk_fake_desk_end_call (scene.desk, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  jk_stage_settle ();
  assert_int_equal (scene.n_unlocked, 0);
  assert_true (jk_stage_reads (scene.view, "not the right ID number"));
  assert_true (jk_stage_reads (scene.view, "raise your hand"));
  jk_stage_click (scene.view, "Unlock");
  assert_int_equal (scene.desk->n_verified, 1);
  type (&scene, "2");
  jk_stage_click (scene.view, "Unlock");
  assert_int_equal (scene.desk->n_verified, 2);
  assert_string_equal (scene.desk->typed, "2");
  assert_false (jk_stage_reads (scene.view, "not the right ID number"));
  jk_fake_desk_end_call (scene.desk, 0, 0);
  jk_stage_settle ();
  end (&scene);
}

static void
another_error_does_not_blame_the_number (void **state)
{
  Scene scene;

  begin (&scene);
  type (&scene, "1");
  jk_stage_click (scene.view, "Unlock");
  jk_fake_desk_end_call (scene.desk, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  jk_stage_settle ();
  assert_int_equal (scene.n_unlocked, 0);
  assert_false (jk_stage_reads (scene.view, "not the right ID number"));
  end (&scene);
}

static void
the_end_of_the_time_takes_it_away_while_it_asks (void **state)
{
  Scene scene;

  begin (&scene);
  type (&scene, "1");
  jk_stage_click (scene.view, "Unlock");
  gtk_window_set_child (scene.window, NULL);
  jk_stage_settle ();
  jk_fake_desk_end_call (scene.desk, 0, 0);
  jk_stage_settle ();
  assert_int_equal (scene.n_unlocked, 0);
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (it_shows_the_seat_and_that_time_goes_on),
    cmocka_unit_test (the_right_number_unlocks),
    cmocka_unit_test (a_wrong_number_stays_locked_and_empties_the_field),
    cmocka_unit_test (another_error_does_not_blame_the_number),
    cmocka_unit_test (the_end_of_the_time_takes_it_away_while_it_asks),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
