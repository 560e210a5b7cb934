/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "base/error.h"
#include "station/screen-reader.h"
#include "support/folder.h"
#include "support/world.h"

static void
the_wish_is_kept_beside_the_stores (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *store = g_build_filename (jk_test_folder_get_path (folder), "new", NULL);
  g_autoptr (GError) error = NULL;

  assert_false (jk_screen_reader_is_wanted (store));
  assert_true (jk_screen_reader_want (jk_storage_system (), store, TRUE, &error));
  assert_true (jk_screen_reader_is_wanted (store));
  assert_true (jk_screen_reader_want (jk_storage_system (), store, FALSE, &error));
  assert_false (jk_screen_reader_is_wanted (store));
}

static void
a_disk_that_refuses_the_wish_is_an_error (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_false (jk_screen_reader_want (jk_storage_system (), "/proc/no-such-place", TRUE, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
  assert_false (jk_screen_reader_is_wanted ("/proc/no-such-place"));
}

static void
it_is_on_unless_the_environment_says_none (void **state)
{
  g_setenv ("GTK_A11Y", "none", TRUE);
  assert_false (jk_screen_reader_is_on ());
  g_setenv ("GTK_A11Y", "atspi", TRUE);
  assert_true (jk_screen_reader_is_on ());
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_wish_is_kept_beside_the_stores),
    cmocka_unit_test (a_disk_that_refuses_the_wish_is_an_error),
    cmocka_unit_test (it_is_on_unless_the_environment_says_none),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
