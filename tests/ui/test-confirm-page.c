/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/scene.h"

#include "sitting/error.h"
#include "station/confirm-page.h"

#define READING_S 4

static void
begin (Scene *self)
{
  self->desk = jk_fake_desk_new (1);
  self->desk->start_in_ms = 60000;
  self->page = jk_confirm_page_new (self->desk);
  self->window = jk_stage_show (self->page);
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

static cairo_status_t
add_bytes (void *data, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_photo (int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  GByteArray *bytes = g_byte_array_new ();

  cairo_surface_write_to_png_stream (surface, add_bytes, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static GtkWidget *
find_picture (GtkWidget *root)
{
  if (GTK_IS_PICTURE (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_picture (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
a_photo_of_any_size_is_shown_in_one_that_fits (void **state)
{
  g_autoptr (JkDesk) desk = jk_fake_desk_new (1);
  g_autoptr (GBytes) photo = make_photo (1200, 800);

  desk->photo = photo;
  GtkWidget *page = jk_confirm_page_new (desk);
  GtkWindow *window = jk_stage_show (page);
  GdkPaintable *shown = gtk_picture_get_paintable (GTK_PICTURE (find_picture (page)));
  assert_null (jk_stage_find (page, "No photo"));
  assert_int_equal (gdk_paintable_get_intrinsic_width (shown), 240);
  assert_int_equal (gdk_paintable_get_intrinsic_height (shown), 160);
  jk_stage_close (window);
}

static void
a_photo_that_cannot_be_drawn_is_none (void **state)
{
  g_autoptr (JkDesk) desk = jk_fake_desk_new (1);
  g_autoptr (GBytes) photo = g_bytes_new_static ("no picture", 10);

  desk->photo = photo;
  GtkWidget *page = jk_confirm_page_new (desk);
  GtkWindow *window = jk_stage_show (page);
  assert_non_null (jk_stage_find (page, "No photo"));
  jk_stage_close (window);
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
  /* Nobody reads for half a minute in a test. */
  JkPolicy *policy = (JkPolicy *) jk_session_get_policy (jk_desk_get_session (scene.desk));
  policy->reading_s = READING_S;
  g_autofree char *left = g_strdup_printf ("Please read (%u s left)", READING_S);
  jk_stage_click (scene.page, "Information correct, log in");
  find (&scene, left);
  find (&scene, "1. The exam takes 90 minutes.");
  assert_false (gtk_widget_is_sensitive (find (&scene, "I have read this")));
  jk_stage_wait_ms (1300);
  assert_null (jk_stage_find (scene.page, left));
  assert_false (gtk_widget_is_sensitive (find (&scene, "I have read this")));
  jk_stage_wait_ms (READING_S * 1000);
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
    cmocka_unit_test (a_photo_of_any_size_is_shown_in_one_that_fits),
    cmocka_unit_test (a_photo_that_cannot_be_drawn_is_none),
    cmocka_unit_test (wrong_data_raise_the_hand_and_going_on_lowers_it),
    cmocka_unit_test (rules_are_read_for_as_long_as_the_policy_wants),
    cmocka_unit_test (a_start_that_has_passed_is_told),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
