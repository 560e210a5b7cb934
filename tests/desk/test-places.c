/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/places.c */
#include "desk/places.h"

#include "support/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char table[] =
    "/dev/sda1 / ext4 rw,relatime 0 0\n"
    "proc /proc proc rw 0 0\n"
    "/dev/sdc1 /run/media/kiosk/KINGSTON vfat rw,nosuid,uid=998,errors=remount-ro 0 0\n"
    "/dev/sdb1 /media/监考\\040U盘 vfat rw,nosuid 0 0\n"
    "/dev/sr0 /media/cdrom iso9660 ro,nosuid 0 0\n"
    "systemd-1 /mnt/share autofs rw,direct 0 0\n"
    "//server/exam /mnt/share cifs rw,vers=3.0 0 0\n"
    "/dev/sdd1 /mnt ext4 rw 0 0\n"
    "/dev/sde1 /mnt2 ext4 rw 0 0\n"
    "/dev/sdf1 /home/media ext4 rw 0 0\n"
    "/dev/sdd1 /mnt ext4 rw 0 0\n"
    "garbage\n";

static void
what_may_be_a_stick_is_found_and_nothing_else (void **state)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  g_autofree char *path = jk_test_folder_put_text (folder, "mounts", table);
  g_autoptr (GPtrArray) places = jk_places_find_in (path);
  const char *wanted[] = { "/media/监考 U盘", "/mnt", "/mnt/share", "/run/media/kiosk/KINGSTON" };

  assert_int_equal (places->len, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < places->len; i++)
    assert_string_equal (places->pdata[i], wanted[i]);
}

static void
without_a_table_there_are_no_places (void **state)
{
  g_autoptr (GPtrArray) places = jk_places_find_in ("/nowhere/mounts");

  assert_int_equal (places->len, 0);
}

static void
this_system_has_a_table (void **state)
{
  g_autoptr (GPtrArray) places = jk_places_find ();

  assert_non_null (places);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_may_be_a_stick_is_found_and_nothing_else),
    cmocka_unit_test (without_a_table_there_are_no_places),
    cmocka_unit_test (this_system_has_a_table),
  };
  return cmocka_run_group_tests_name ("places", tests, NULL, NULL);
}
