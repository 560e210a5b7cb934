/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "common/qr-view.h"
#include "support/folder.h"

/* What a person's telephone would see, in a file. */
static void
photograph (GtkWidget *widget, const char *path)
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
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, NULL);
  assert_true (gdk_texture_save_to_png (texture, path));
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
  photograph (widget, path);
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
    cmocka_unit_test (it_asks_for_whole_pixels_a_module_and_shows_no_text_as_nothing),
    cmocka_unit_test (a_text_too_long_for_a_code_shows_nothing),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
