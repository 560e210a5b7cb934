/* SPDX-License-Identifier: Apache-2.0 */
/* Tests station/picture-view.c. */
#include "ui/stage.h"

#include "station/picture-view.h"

#define WIDTH 1600
#define HEIGHT 400
#define PIXEL_BYTES 4

static GBytes *
make_png (void)
{
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 ((gsize) WIDTH * HEIGHT * PIXEL_BYTES),
                                                (gsize) WIDTH * HEIGHT * PIXEL_BYTES);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (WIDTH,
                                                           HEIGHT,
                                                           GDK_MEMORY_DEFAULT,
                                                           pixels,
                                                           (gsize) WIDTH * PIXEL_BYTES);

  return gdk_texture_save_to_png_bytes (texture);
}

static void
a_picture_is_no_wider_than_there_is_room_and_larger_on_demand (void **state)
{
  g_autoptr (GBytes) png = make_png ();
  GtkWidget *view = jk_picture_view_new (0, png);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window;
  int width, height;

  gtk_box_append (GTK_BOX (box), view);
  window = jk_stage_show (box);
  assert_in_range (gtk_widget_get_width (view), WIDTH / 4, 1280);
  /* As high as its width asks for, and a line below it. */
  assert_in_range (gtk_widget_get_height (view),
                   gtk_widget_get_width (view) * HEIGHT / WIDTH - 20,
                   gtk_widget_get_width (view) * HEIGHT / WIDTH + 70);
  GtkWidget *large = g_object_ref_sink (jk_picture_view_make_large (JK_PICTURE_VIEW (view)));
  gtk_widget_measure (large, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (large, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  assert_int_equal (width, 2 * WIDTH);
  assert_int_equal (height, 2 * HEIGHT);
  g_object_unref (large);
  jk_stage_close (window);
}

static void
in_a_low_window_it_stays_legible_and_says_how_to_enlarge_it (void **state)
{
  g_autoptr (GBytes) png = make_png ();
  GtkWidget *view = jk_picture_view_new (0, png);
  GtkWindow *window = jk_stage_show (view);
  int height;

  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  assert_in_range (height, 280, 380);
  assert_true (jk_stage_reads (view, "Press the picture to enlarge it"));
  jk_stage_close (window);
}

static void
what_is_no_picture_is_a_sentence_with_a_way_on (void **state)
{
  g_autoptr (GBytes) garbage = g_bytes_new_static ("no picture", 10);
  GtkWidget *view = jk_picture_view_new (0, garbage);
  GtkWindow *window = jk_stage_show (view);

  assert_true (jk_stage_reads (view, "Please raise your hand."));
  assert_null (jk_picture_view_make_large (JK_PICTURE_VIEW (view)));
  jk_stage_close (window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_picture_is_no_wider_than_there_is_room_and_larger_on_demand),
    cmocka_unit_test (in_a_low_window_it_stays_legible_and_says_how_to_enlarge_it),
    cmocka_unit_test (what_is_no_picture_is_a_sentence_with_a_way_on),
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
