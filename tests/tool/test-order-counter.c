/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/order-counter.c */
#include "tool/order-counter.h"

#include "base/error.h"
#include "support/folder.h"
#include "support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <sys/stat.h>
#include <cmocka.h>

typedef struct {
  /* Owned */
  JkTestFolder *folder;
  JkTestWorld *world;
  char *secrets;
  /* Plain */
  JkTool tool;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = jk_test_folder_new ();
  self->world = jk_test_world_new (1);
  self->secrets = jk_test_folder_put_text (self->folder, "chief", "passcode=x\n");
  self->tool.world = jk_test_world_get (self->world);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_test_world_free (self->world);
  jk_test_folder_free (self->folder);
  g_free (self->secrets);
  g_free (self);
  return 0;
}

static void
orders_are_counted_from_one (void **state)
{
  Fixture *self = *state;
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "chief.counter");
  struct stat found;
  guint64 number;

  for (guint n = 1; n <= 3; n++) {
    assert_true (jk_order_counter_next (&self->tool, self->secrets, &number, NULL));
    assert_int_equal (number, n);
    assert_true (jk_order_counter_next (&self->tool, self->secrets, &number, NULL));
    assert_int_equal (number, n);
    assert_true (jk_order_counter_keep (&self->tool, self->secrets, number, NULL));
  }
  assert_int_equal (stat (path, &found), 0);
  assert_int_equal (found.st_mode & 0777, 0600);
}

static void
what_is_no_number_is_refused (void **state)
{
  static const char *const texts[] = {
    "", "0\n", "one\n", "-1\n", "7 8\n", "4294967295\n", "99999999999999999999999\n",
  };
  Fixture *self = *state;
  guint64 number = 77;

  for (gsize n = 0; n < G_N_ELEMENTS (texts); n++) {
    g_autoptr (GError) error = NULL;
    g_free (jk_test_folder_put_text (self->folder, "chief.counter", texts[n]));
    assert_false (jk_order_counter_next (&self->tool, self->secrets, &number, &error));
    assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TEXT));
    assert_non_null (strstr (error->message, "chief.counter"));
    assert_int_equal (number, 77);
  }
  g_autoptr (GError) error = NULL;
  g_autofree char *long_text = g_strnfill (33, '1');
  g_free (jk_test_folder_put_text (self->folder, "chief.counter", long_text));
  assert_false (jk_order_counter_next (&self->tool, self->secrets, &number, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_TOO_LARGE));
}

static void
a_disk_that_fails_is_told_and_leaves_a_number (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->world);
  guint64 number;

  assert_true (jk_order_counter_keep (&self->tool, self->secrets, 4, NULL));
  for (guint n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    gboolean is_kept = jk_order_counter_next (&self->tool, self->secrets, &number, &error) &&
                       jk_order_counter_keep (&self->tool, self->secrets, 5, &error);
    if (!jk_test_storage_has_failed (disk))
      break;
    if (!is_kept)
      assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE));
    jk_test_storage_heal (disk);
    assert_true (jk_order_counter_next (&self->tool, self->secrets, &number, NULL));
    assert_true (number == 5 || number == 6);
  }
  assert_int_equal (number, 6);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (orders_are_counted_from_one, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_no_number_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_disk_that_fails_is_told_and_leaves_a_number,
                                     set_up,
                                     tear_down),
  };
  return cmocka_run_group_tests_name ("order-counter", tests, NULL, NULL);
}
