/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/station.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

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
  self->fakes = jk_test_world_new (3);
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

static JkStation *
open_station (Fixture *self, const char *hardware, GError **error)
{
  return jk_station_open (self->world, jk_test_folder_get_path (self->folder), hardware, error);
}

static JkStation *
must_open (Fixture *self, const char *hardware)
{
  g_autoptr (GError) error = NULL;
  JkStation *station = open_station (self, hardware, &error);
  assert_ok (error);
  return station;
}

static void
the_keys_are_the_same_after_a_restart (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkStation) first = must_open (self, "mac 1");
  g_autoptr (JkTestWorld) other_chance = jk_test_world_new (4);

  self->world = jk_test_world_get (other_chance);
  g_autoptr (JkStation) again = must_open (self, "mac 1");
  assert_string_equal (jk_station_get_folder (first), jk_station_get_folder (again));
  assert_memory_equal (jk_station_get_sign_public (first),
                       jk_station_get_sign_public (again),
                       JK_PUBLIC_BYTES);
  assert_memory_equal (jk_station_get_seal_public (first),
                       jk_station_get_seal_public (again),
                       JK_PUBLIC_BYTES);
  assert_true (jk_secret_equal (jk_station_get_sign_key (first), jk_station_get_sign_key (again)));
  assert_true (jk_secret_equal (jk_station_get_seal_key (first), jk_station_get_seal_key (again)));
  jk_station_free (NULL);
}

static void
other_hardware_gets_another_folder (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkStation) first = must_open (self, "mac 1");
  g_autoptr (JkStation) second = must_open (self, "mac 2");

  assert_string_not_equal (jk_station_get_folder (first), jk_station_get_folder (second));
  assert_null (strstr (jk_station_get_folder (first), "mac"));
  assert_int_equal (jk_test_folder_count (self->folder), 2);
}

static void
the_hardware_of_this_machine_is_the_default (void **state)
{
  Fixture *self = *state;
  g_autofree char *hardware = jk_station_dup_hardware ();
  g_autoptr (JkStation) named = must_open (self, hardware);
  g_autoptr (JkStation) asked = must_open (self, NULL);

  assert_string_equal (jk_station_get_folder (named), jk_station_get_folder (asked));
}

static void
the_keys_are_for_their_owner_only (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkStation) station = must_open (self, "mac 1");
  g_autofree char *path = g_build_filename (jk_station_get_folder (station), "station.keys", NULL);
  GStatBuf info;

  assert_int_equal (g_stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
  assert_int_equal (info.st_size, 144);
  assert_int_equal (g_stat (jk_station_get_folder (station), &info), 0);
  assert_int_equal (info.st_mode & 0777, 0700);
}

static void
a_changed_key_file_is_refused_and_kept (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkStation) station = must_open (self, "mac 1");
  g_autofree char *path = g_build_filename (jk_station_get_folder (station), "station.keys", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size, after;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize i = 0; i < size; i++) {
    g_autofree char *now = NULL;
    data[i] ^= 0x10;
    assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
    /* Four bytes are spare; the checksum covers them. */
    assert_null (open_station (self, "mac 1", &error));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
    assert_true (g_file_get_contents (path, &now, &after, NULL));
    assert_memory_equal (now, data, size);
    data[i] ^= 0x10;
  }
  for (gsize n = 0; n <= 200; n += 20) {
    g_autofree char *other = g_malloc0 (201);
    memcpy (other, data, MIN (n, size));
    assert_true (g_file_set_contents (path, other, (gssize) n, NULL));
    assert_null (open_station (self, "mac 1", &error));
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FOREIGN);
  }
}

static void
a_disk_that_refuses_is_reported (void **state)
{
  Fixture *self = *state;
  JkTestStorage *storage = jk_test_world_get_storage (self->fakes);
  g_autoptr (GError) error = NULL;
  guint n = 1, n_refused = 0;

  for (;; n++) {
    g_autofree char *hardware = g_strdup_printf ("mac %u", n);
    jk_test_storage_heal (storage);
    jk_test_storage_fail (storage, JK_TEST_ANY, n, EIO, JK_TEST_FOR_GOOD);
    g_autoptr (JkStation) station = open_station (self, hardware, &error);
    if (!jk_test_storage_has_failed (storage))
      break;
    /* What remains to be closed after the last sync changes nothing. */
    if (station != NULL)
      continue;
    n_refused++;
    assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  }
  assert_true (n_refused > 5);
  jk_test_storage_heal (storage);
  jk_test_storage_fail (storage, JK_TEST_PREAD, 1, EIO, JK_TEST_ONCE);
  g_autofree char *hardware = g_strdup_printf ("mac %u", n);
  assert_null (open_station (self, hardware, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
}

static void
put (Fixture *self, const char *path, const char *text)
{
  g_autofree char *full = jk_test_folder_dup_path (self->folder, path);
  g_autofree char *folder = g_path_get_dirname (full);

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  assert_true (g_file_set_contents (full, text, -1, NULL));
}

static void
assert_hardware (Fixture *self, const char *wanted)
{
  g_autofree char *text = jk_station_dup_hardware_below (jk_test_folder_get_path (self->folder));
  assert_string_equal (text, wanted);
}

static void
built_in_addresses_come_before_board_and_machine (void **state)
{
  Fixture *self = *state;
  g_autofree char *bus = NULL;

  assert_hardware (self, "machine unknown");
  put (self, "etc/machine-id", "abc\n");
  assert_hardware (self, "machine abc");
  put (self, "sys/class/dmi/id/product_uuid", "def\n");
  assert_hardware (self, "board def");

  /* No device, on USB, wireless, or without an address: not built in. */
  put (self, "sys/class/net/lo/address", "00:00:00:00:00:00\n");
  put (self, "sys/class/net/veth0/address", "aa:00:00:00:00:09\n");
  put (self, "sys/class/net/usb0/address", "aa:00:00:00:00:08\n");
  put (self, "sys/class/net/usb0/device/uevent", "");
  bus = jk_test_folder_dup_path (self->folder, "sys/class/net/usb0/device/subsystem");
  assert_int_equal (symlink ("../../bus/usb", bus), 0);
  put (self, "sys/class/net/wlan0/address", "aa:00:00:00:00:07\n");
  put (self, "sys/class/net/wlan0/device/uevent", "");
  put (self, "sys/class/net/wlan0/phy80211/index", "0");
  put (self, "sys/class/net/eth9/address", "00:00:00:00:00:00\n");
  put (self, "sys/class/net/eth9/device/uevent", "");
  assert_hardware (self, "board def");

  put (self, "sys/class/net/eth1/address", "aa:00:00:00:00:02\n");
  put (self, "sys/class/net/eth1/device/uevent", "");
  put (self, "sys/class/net/eth0/address", "aa:00:00:00:00:03\n");
  put (self, "sys/class/net/eth0/device/uevent", "");
  assert_hardware (self, "mac aa:00:00:00:00:02 aa:00:00:00:00:03");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

/* The keys may be from an attempt that was stopped before their name was on disk. */
static void
keys_that_are_there_are_synced_by_name (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);
  g_autoptr (GError) error = NULL;

  jk_station_free (must_open (self, "mac 1"));
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_FSYNC, 2, EIO, JK_TEST_ONCE);
  assert_null (open_station (self, "mac 1", &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (the_keys_are_the_same_after_a_restart),
    TEST (keys_that_are_there_are_synced_by_name),
    TEST (other_hardware_gets_another_folder),
    TEST (the_hardware_of_this_machine_is_the_default),
    TEST (the_keys_are_for_their_owner_only),
    TEST (a_changed_key_file_is_refused_and_kept),
    TEST (a_disk_that_refuses_is_reported),
    TEST (built_in_addresses_come_before_board_and_machine),
  };
  return cmocka_run_group_tests_name ("station", tests, check_setup, NULL);
}
