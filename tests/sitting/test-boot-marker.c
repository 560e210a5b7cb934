/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/boot-marker.h"
#include "support/vector.h"

#include <errno.h>

typedef struct {
  JkTestFolder *folder;
  JkTestWorld *fakes;
  const JkWorld *world;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = jk_test_folder_new ();
  self->fakes = jk_test_world_new (1);
  self->world = jk_test_world_get (self->fakes);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jk_test_world_free (self->fakes);
  jk_test_folder_free (self->folder);
  g_free (self);
  return 0;
}

static void
restart (Fixture *self)
{
  jk_test_clock_reboot (jk_test_world_get_clock (self->fakes), G_USEC_PER_SEC);
}

static gboolean
check (Fixture *self, JkBootMarker *out_found, guint8 *out_token, GError **error)
{
  return jk_boot_marker_check (self->world,
                               jk_test_folder_get_path (self->folder),
                               out_found,
                               out_token,
                               error);
}

static JkBootMarker
must_check (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  guint8 token[JK_BOOT_TOKEN_BYTES];
  JkBootMarker found = JK_BOOT_MARKER_DAMAGED;

  check (self, &found, token, &error);
  assert_ok (error);
  return found;
}

static void
a_marker_of_this_boot_proves_nothing (void **state)
{
  Fixture *self = *state;

  assert_int_equal (must_check (self), JK_BOOT_MARKER_MADE);
  assert_int_equal (must_check (self), JK_BOOT_MARKER_SAME);
  assert_int_equal (must_check (self), JK_BOOT_MARKER_SAME);
}

static void
a_marker_of_another_boot_stays_proof (void **state)
{
  Fixture *self = *state;

  must_check (self);
  restart (self);
  assert_int_equal (must_check (self), JK_BOOT_MARKER_OTHER);
  assert_int_equal (must_check (self), JK_BOOT_MARKER_OTHER);
  restart (self);
  assert_int_equal (must_check (self), JK_BOOT_MARKER_OTHER);
}

static void
the_token_stays_with_the_marker (void **state)
{
  Fixture *self = *state;
  guint8 first[JK_BOOT_TOKEN_BYTES], later[JK_BOOT_TOKEN_BYTES];
  static const guint8 none[JK_BOOT_TOKEN_BYTES] = { 0 };
  JkBootMarker found;

  assert_true (check (self, &found, first, NULL));
  restart (self);
  assert_true (check (self, &found, later, NULL));
  assert_memory_equal (first, later, sizeof first);
  assert_memory_not_equal (first, none, sizeof first);
}

static void
a_damaged_marker_is_seen_and_begun_anew (void **state)
{
  static const gsize lengths[] = { 0, 7, 32, 79, 80, 81 };
  Fixture *self = *state;

  must_check (self);
  g_autoptr (GBytes) good = jk_test_folder_get_bytes (self->folder, "restart.proof");
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);
  restart (self);
  for (gsize bit = 0; bit < size * 8; bit += 13) {
    g_autofree guint8 *bad = g_memdup2 (data, size);
    bad[bit / 8] ^= (guint8) (1 << bit % 8);
    g_autoptr (GBytes) bytes = g_bytes_new (bad, size);
    g_free (jk_test_folder_put (self->folder, "restart.proof", bytes));
    assert_int_equal (must_check (self), JK_BOOT_MARKER_DAMAGED);
    assert_int_equal (must_check (self), JK_BOOT_MARKER_SAME);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    gsize length = lengths[i];
    g_autofree guint8 *bad = g_malloc0 (size + 1);
    memcpy (bad, data, size);
    g_autoptr (GBytes) bytes = g_bytes_new (bad, length);
    g_free (jk_test_folder_put (self->folder, "restart.proof", bytes));
    assert_int_equal (must_check (self),
                      length == size ? JK_BOOT_MARKER_OTHER : JK_BOOT_MARKER_DAMAGED);
  }
}

static void
a_disk_that_fails_is_an_error_and_never_a_proof (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);
  guint n;

  for (n = 1;; n++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = jk_test_folder_dup_path (self->folder, "restart.proof");
    guint8 token[JK_BOOT_TOKEN_BYTES];
    JkBootMarker found = JK_BOOT_MARKER_OTHER;

    jk_test_storage_heal (disk);
    self->world->storage->unlink (self->world->storage, path);
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    gboolean ok = check (self, &found, token, &error);
    if (!jk_test_storage_has_failed (disk))
      break;
    if (ok)
      assert_int_equal (found, JK_BOOT_MARKER_MADE);
    else
      assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  }
  assert_true (n > 5);
}

static void
the_marker_is_as_the_document_shows_it (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) wanted = jk_test_vector ("boot-marker");

  must_check (self);
  g_autoptr (GBytes) found = jk_test_folder_get_bytes (self->folder, "restart.proof");
  assert_int_equal (g_bytes_get_size (found), g_bytes_get_size (wanted));
  assert_memory_equal (g_bytes_get_data (found, NULL),
                       g_bytes_get_data (wanted, NULL),
                       g_bytes_get_size (wanted));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_marker_of_this_boot_proves_nothing),
    TEST (a_marker_of_another_boot_stays_proof),
    TEST (the_token_stays_with_the_marker),
    TEST (a_damaged_marker_is_seen_and_begun_anew),
    TEST (a_disk_that_fails_is_an_error_and_never_a_proof),
    TEST (the_marker_is_as_the_document_shows_it),
  };
  return cmocka_run_group_tests_name ("boot-marker", tests, check_setup, NULL);
}
