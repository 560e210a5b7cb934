/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "base/error.h"
#include "common/locale.h"
#include "station/last-view.h"
#include "support/folder.h"
#include "support/world.h"

typedef struct {
  JkTestFolder *folder;
  const char *store;
  JkTheme *theme;
} Scene;

static void
set_up (Scene *scene)
{
  jk_locale_init (JK_LANGUAGE_CHINESE);
  scene->folder = jk_test_folder_new ();
  scene->store = jk_test_folder_get_path (scene->folder);
  scene->theme = jk_theme_new (gdk_display_get_default ());
}

static void
tear_down (Scene *scene)
{
  g_object_unref (scene->theme);
  jk_test_folder_free (scene->folder);
}

static void
put (const Scene *scene, const char *text)
{
  g_autofree char *path = g_build_filename (scene->store, "view", NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
what_was_kept_is_shown_again (void **state)
{
  const JkStorage *storage = jk_storage_system ();
  Scene scene;

  set_up (&scene);
  assert_false (jk_last_view_show (storage, scene.store, scene.theme));
  jk_locale_set_language (JK_LANGUAGE_ENGLISH);
  jk_theme_set_percent (scene.theme, 175);
  jk_theme_set_scheme (scene.theme, JK_SCHEME_CONTRAST);
  assert_true (jk_last_view_keep (storage, scene.store, scene.theme, NULL));
  jk_locale_set_language (JK_LANGUAGE_CHINESE);
  jk_theme_set_percent (scene.theme, 100);
  jk_theme_set_scheme (scene.theme, JK_SCHEME_LIGHT);
  assert_true (jk_last_view_show (storage, scene.store, scene.theme));
  assert_int_equal (jk_locale_get_language (), JK_LANGUAGE_ENGLISH);
  assert_int_equal (jk_theme_get_percent (scene.theme), 175);
  assert_int_equal (jk_theme_get_scheme (scene.theme), JK_SCHEME_CONTRAST);
  tear_down (&scene);
}

static void
what_cannot_be_read_changes_nothing (void **state)
{
  static const char *const wrong[] = { "",           "zh",
                                       "zh 100",     "xx 150 1",
                                       "en 9999 1",  "en 150 9",
                                       "en 150 1 1", "en 150 1 and so much more" };
  Scene scene;

  set_up (&scene);
  for (guint n = 0; n < G_N_ELEMENTS (wrong); n++) {
    put (&scene, wrong[n]);
    assert_false (jk_last_view_show (jk_storage_system (), scene.store, scene.theme));
    assert_int_equal (jk_locale_get_language (), JK_LANGUAGE_CHINESE);
    assert_int_equal (jk_theme_get_percent (scene.theme), 100);
    assert_int_equal (jk_theme_get_scheme (scene.theme), JK_SCHEME_LIGHT);
  }
  tear_down (&scene);
}

static void
a_disk_that_refuses_is_an_error (void **state)
{
  g_autoptr (GError) error = NULL;
  Scene scene;

  set_up (&scene);
  assert_false (
      jk_last_view_keep (jk_storage_system (), "/proc/no-such-place", scene.theme, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
  tear_down (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_was_kept_is_shown_again),
    cmocka_unit_test (what_cannot_be_read_changes_nothing),
    cmocka_unit_test (a_disk_that_refuses_is_an_error),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
