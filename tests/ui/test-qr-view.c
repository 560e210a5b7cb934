/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/qr-view.h"
#include "support/folder.h"

/* What a person's telephone would see. */
static GdkTexture *
photograph (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable,
                          snapshot,
                          gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  assert_non_null (node);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  return gsk_renderer_render_texture (renderer, node, NULL);
}

/* The caller frees; skips the test where there is no reader. */
static char *
read_back (GtkWidget *widget)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_dup_path (folder, "qr.png");
  g_autofree char *program = g_find_program_in_path ("zbarimg");
  char *text = NULL;
  int status;

  if (program == NULL)
    skip ();
  g_autoptr (GdkTexture) texture = photograph (widget);
  assert_true (gdk_texture_save_to_png (texture, path));
  const char *const argv[] = { program, "--quiet", "--raw", path, NULL };
  assert_true (g_spawn_sync (NULL,
                             (char **) argv,
                             NULL,
                             G_SPAWN_STDERR_TO_DEV_NULL,
                             NULL,
                             NULL,
                             &text,
                             NULL,
                             &status,
                             NULL));
  assert_non_null (text);
  return g_strchomp (text);
}

static void
a_reader_reads_back_what_is_shown (void **state)
{
  static const char *const texts[] = { "A",
                                       "JKR1:0123456789ABCDEF",
                                       "jikao:receipt?a=b&c=d%20e 0123456789",
                                       NULL };

  for (const char *const *text = texts; *text != NULL; text++) {
    GtkWidget *view = jk_qr_view_new (*text, "code");
    GtkWindow *window = jk_stage_show (view);
    g_autofree char *read = read_back (view);
    assert_string_equal (read, *text);
    jk_stage_close (window);
  }
}

/* The picture begins with what is drawn first: the quiet zone, then a corner. */
static void
four_modules_around_it_are_white (void **state)
{
  GtkWidget *view = jk_qr_view_new ("A", "code");
  GtkWindow *window = jk_stage_show (view);
  g_autoptr (GdkTexture) texture = photograph (view);
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  int unit = MIN (width, height) / (21 + 2 * 4);
  int corner = 4 * unit;

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  assert_int_equal (unit * (21 + 2 * 4), MIN (width, height));
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (x < corner || y < corner || x >= width - corner || y >= height - corner)
        assert_int_equal (pixels[y * width + x] & 0xffffff, 0xffffff);
  assert_int_equal (pixels[corner * width + corner] & 0xffffff, 0);
  jk_stage_close (window);
}

static void
it_asks_for_whole_pixels_a_module_and_shows_no_text_as_nothing (void **state)
{
  GtkWidget *view = jk_qr_view_new ("A", "code");
  GtkWindow *window = jk_stage_show (view);
  int width;

  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  /* Version 1 has 21 modules. */
  assert_true (width > 0);
  assert_int_equal (width % (21 + 2 * 4), 0);
  jk_qr_view_set_text (JK_QR_VIEW (view), NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  assert_int_equal (width, 0);
  jk_stage_close (window);
}

static void
a_text_too_long_for_a_code_shows_nothing (void **state)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  GtkWidget *view = jk_qr_view_new (text, "code");
  GtkWindow *window = jk_stage_show (view);
  int width;

  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  assert_int_equal (width, 0);
  jk_stage_close (window);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_reader_reads_back_what_is_shown),
    cmocka_unit_test (four_modules_around_it_are_white),
    cmocka_unit_test (it_asks_for_whole_pixels_a_module_and_shows_no_text_as_nothing),
    cmocka_unit_test (a_text_too_long_for_a_code_shows_nothing),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
