/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/calculator-view.h"

typedef struct {
  GtkWidget *overlay, *entry, *view;
  GtkWindow *window;
  guint n_closed;
} Scene;

static void
note_closed (Scene *self)
{
  self->n_closed++;
  gtk_overlay_remove_overlay (GTK_OVERLAY (self->overlay), self->view);
}

static void
begin (Scene *self)
{
  *self = (Scene){ .overlay = gtk_overlay_new (), .entry = gtk_entry_new () };
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->entry);
  self->window = jk_stage_show (self->overlay);
  gtk_widget_grab_focus (self->entry);
  self->view = jk_calculator_view_new ();
  g_signal_connect_swapped (self->view, "closed", G_CALLBACK (note_closed), self);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->view);
  jk_stage_wait_ms (100);
}

static void
click_all (Scene *self, const char *const *labels)
{
  for (; *labels != NULL; labels++)
    jk_stage_click (self->view, *labels);
}

static void
buttons_reckon_as_the_calculator_does (void **state)
{
  static const char *const keys[] = { "9", "×", "8", "−", "0", ".", "5", "=", NULL };
  Scene scene;

  begin (&scene);
  click_all (&scene, keys);
  assert_non_null (jk_stage_find (scene.view, "71.5"));
  jk_stage_click (scene.view, "±");
  assert_non_null (jk_stage_find (scene.view, "-71.5"));
  jk_stage_close (scene.window);
}

static void
a_fault_is_told_in_words_and_taken_back (void **state)
{
  static const char *const keys[] = { "5", "÷", "0", "=", NULL };
  Scene scene;

  begin (&scene);
  click_all (&scene, keys);
  assert_true (jk_stage_reads (scene.view, "Cannot divide by zero"));
  jk_stage_click (scene.view, "C");
  assert_false (jk_stage_reads (scene.view, "Cannot divide by zero"));
  jk_stage_close (scene.window);
}

static void
shown_it_takes_the_keyboard_and_closed_gives_it_back (void **state)
{
  Scene scene;

  begin (&scene);
  GtkWidget *focus = gtk_window_get_focus (scene.window);
  assert_true (focus == scene.view || gtk_widget_is_ancestor (focus, scene.view));
  gtk_widget_activate_action (scene.view, "calculator.close", NULL);
  jk_stage_settle ();
  assert_int_equal (scene.n_closed, 1);
  focus = gtk_window_get_focus (scene.window);
  assert_true (gtk_widget_is_ancestor (focus, scene.entry));
  jk_stage_close (scene.window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (buttons_reckon_as_the_calculator_does),
    cmocka_unit_test (a_fault_is_told_in_words_and_taken_back),
    cmocka_unit_test (shown_it_takes_the_keyboard_and_closed_gives_it_back),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
