/* SPDX-License-Identifier: Apache-2.0 */
/* Tests common/wrap-layout.c. */
#include "ui/stage.h"

#include "common/wrap-layout.h"

#define N_CHILDREN 6
#define SIDE 100
#define GAP 8

typedef struct {
  GtkWidget *box;
  GtkWidget *children[N_CHILDREN];
  GtkWindow *window;
} Scene;

static void
show (Scene *self, gboolean is_even)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->box, jk_wrap_layout_new (is_even));
  for (guint n = 0; n < N_CHILDREN; n++) {
    self->children[n] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    gtk_widget_set_size_request (self->children[n], SIDE, SIDE);
    gtk_box_append (GTK_BOX (self->box), self->children[n]);
  }
  gtk_widget_set_valign (self->box, GTK_ALIGN_START);
  self->window = jk_stage_show (self->box);
}

static int
measure_height (Scene *self, int width)
{
  int natural;

  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
children_stand_in_as_many_rows_as_they_need (void **state)
{
  Scene scene;

  show (&scene, FALSE);
  assert_int_equal (measure_height (&scene, N_CHILDREN * (SIDE + GAP)), SIDE);
  assert_int_equal (measure_height (&scene, N_CHILDREN * (SIDE + GAP) - GAP), SIDE);
  assert_int_equal (measure_height (&scene, N_CHILDREN * (SIDE + GAP) - GAP - 1), 2 * SIDE + GAP);
  assert_int_equal (measure_height (&scene, SIDE), N_CHILDREN * (SIDE + GAP) - GAP);
  jk_stage_close (scene.window);
}

static void
hidden_children_take_no_room (void **state)
{
  Scene scene;

  show (&scene, FALSE);
  for (guint n = 1; n < N_CHILDREN; n++)
    gtk_widget_hide (scene.children[n]);
  assert_int_equal (measure_height (&scene, SIDE), SIDE);
  jk_stage_close (scene.window);
}

static void
a_child_that_expands_takes_what_is_left_of_the_row (void **state)
{
  Scene scene;

  show (&scene, FALSE);
  gtk_widget_set_hexpand (scene.children[2], TRUE);
  jk_stage_wait_ms (100);
  int width = gtk_widget_get_width (scene.box);
  assert_int_equal (gtk_widget_get_width (scene.children[2]),
                    width - (N_CHILDREN - 1) * (SIDE + GAP));
  assert_int_equal (gtk_widget_get_width (scene.children[1]), SIDE);
  jk_stage_close (scene.window);
}

static void
even_children_fill_their_rows (void **state)
{
  Scene scene;

  show (&scene, TRUE);
  gtk_widget_set_size_request (scene.children[0], 2 * SIDE, SIDE);
  jk_stage_wait_ms (100);
  int width = gtk_widget_get_width (scene.children[0]);
  assert_true (width >= 2 * SIDE);
  assert_int_equal (gtk_widget_get_width (scene.children[5]), width);
  jk_stage_close (scene.window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (children_stand_in_as_many_rows_as_they_need),
    cmocka_unit_test (hidden_children_take_no_room),
    cmocka_unit_test (a_child_that_expands_takes_what_is_left_of_the_row),
    cmocka_unit_test (even_children_fill_their_rows),
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
