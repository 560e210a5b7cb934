/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/machine.c: the same files as those of a PC, in a folder. */
#include "desk/machine.h"

#include "support/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define NINE_OF_CLOCK_MS G_GINT64_CONSTANT (1619226000000)
#define MIB G_GUINT64_CONSTANT (1048576)

typedef struct {
  const char *path, *text;
} File;

static void
put (const JkTestFolder *folder, const char *path, GBytes *bytes)
{
  g_autofree char *inside = g_path_get_dirname (path);
  g_autofree char *full = jk_test_folder_dup_path (folder, inside);

  assert_int_equal (g_mkdir_with_parents (full, 0700), 0);
  g_free (jk_test_folder_put (folder, path, bytes));
}

/* Reads a PC of these files. */
static JkMachine
read_pc (const File *files, gsize n)
{
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();
  JkMachine machine;

  for (gsize i = 0; i < n; i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (files[i].text, strlen (files[i].text));
    put (folder, files[i].path, bytes);
  }
  jk_machine_read (&machine, jk_test_folder_get_path (folder), NINE_OF_CLOCK_MS);
  return machine;
}

#define READ(files) read_pc (files, G_N_ELEMENTS (files))

static void
a_pc_that_says_nothing_has_nothing (void **state)
{
  JkMachine machine = read_pc (NULL, 0);

  assert_int_equal (machine.memory_bytes, 0);
  assert_int_equal (machine.swap_bytes, 0);
  assert_int_equal (machine.battery_percent, -1);
  assert_false (machine.is_on_battery);
  assert_int_equal (machine.zone_min, 0);
}

static void
memory_is_what_programs_may_have (void **state)
{
  static const File files[] = {
    { "proc/meminfo",
      "MemTotal: 4000000 kB\nMemFree: 100 kB\nMemAvailable:    2048 kB\nX: 1 kB\n" },
  };
  static const File odd[] = { { "proc/meminfo", "MemTotal: 4000000 kB\n" } };

  assert_int_equal (READ (files).memory_bytes, 2 * MIB);
  assert_int_equal (READ (odd).memory_bytes, 0);
}

static void
swap_on_disks_is_added_and_packed_memory_is_not_swap (void **state)
{
  static const char heading[] = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
  g_autofree char *some = g_strconcat (heading,
                                       "/dev/sda3  partition\t1024\t0\t-2\n"
                                       "/swap\\040file  file\t2048\t0\t-3\n"
                                       "/dev/zram0 partition\t8192\t0\t100\n",
                                       NULL);
  const File files[] = { { "proc/swaps", some } };
  const File none[] = { { "proc/swaps", heading } };
  const File odd[] = { { "proc/swaps", "\n\n?\n/dev/sda3 partition many\n" } };

  assert_int_equal (READ (files).swap_bytes, 3 * MIB);
  assert_int_equal (READ (none).swap_bytes, 0);
  assert_int_equal (READ (odd).swap_bytes, 0);
}

#define SUPPLY "sys/class/power_supply/"
#define MAINS(online)                                                                              \
  { SUPPLY "AC/type", "Mains\n" },                                                                 \
  {                                                                                                \
    SUPPLY "AC/online", online "\n"                                                                \
  }
#define BATTERY(name, status, capacity)                                                            \
  { SUPPLY name "/type", "Battery\n" }, { SUPPLY name "/status", status "\n" },                    \
  {                                                                                                \
    SUPPLY name "/capacity", capacity "\n"                                                         \
  }

static void
a_battery_that_is_charged_is_not_lived_on (void **state)
{
  static const File files[] = { MAINS ("1"), BATTERY ("BAT0", "Charging", "80") };

  assert_false (READ (files).is_on_battery);
  assert_int_equal (READ (files).battery_percent, 80);
}

static void
a_battery_that_is_emptied_is_lived_on_also_when_plugged_in (void **state)
{
  static const File files[] = { MAINS ("1"), BATTERY ("BAT0", "Discharging", "29") };

  assert_true (READ (files).is_on_battery);
  assert_int_equal (READ (files).battery_percent, 29);
}

static void
who_is_not_plugged_in_lives_on_a_battery_that_does_not_know (void **state)
{
  static const File unplugged[] = { MAINS ("0"), BATTERY ("BAT0", "Unknown", "50") };
  static const File tablet[] = { BATTERY ("BAT0", "Unknown", "50") };
  static const File desktop[] = { MAINS ("0") };

  assert_true (READ (unplugged).is_on_battery);
  assert_false (READ (tablet).is_on_battery);
  assert_false (READ (desktop).is_on_battery);
  assert_int_equal (READ (desktop).battery_percent, -1);
}

static void
two_batteries_count_as_one_and_those_of_a_mouse_or_an_empty_bay_as_none (void **state)
{
  static const File files[] = {
    BATTERY ("BAT0", "Discharging", "10"), BATTERY ("BAT1", "Full", "100"),
    BATTERY ("BAT2", "Unknown", "x"),      BATTERY ("BAT3", "Unknown", "101"),
    BATTERY ("mouse", "Discharging", "1"), { SUPPLY "mouse/scope", "Device\n" },
    BATTERY ("bay", "Discharging", "0"),   { SUPPLY "bay/present", "0\n" },
  };
  static const File mouse[] = { BATTERY ("mouse", "Discharging", "1"),
                                { SUPPLY "mouse/scope", "Device\n" } };

  assert_int_equal (READ (files).battery_percent, 55);
  assert_true (READ (files).is_on_battery);
  assert_int_equal (READ (mouse).battery_percent, -1);
  assert_false (READ (mouse).is_on_battery);
}

static void
append_big_endian (GByteArray *out, guint32 number)
{
  const guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

/* TZif version 1 of a zone with summer time: two kinds of time and when they begin. */
static GBytes *
make_zone (gint32 winter_min, gint32 summer_min, gint64 spring_s, gint64 autumn_s)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const guint32 counts[] = { 0, 0, 0, 2, 2, 4 }; /* 2 changes, 2 kinds, 4 bytes of names */
  const gint64 changes_s[] = { spring_s, autumn_s };
  const gint32 kinds_min[] = { winter_min, summer_min };

  g_byte_array_append (out, (const guint8 *) "TZif", 4);
  g_byte_array_append (out, (const guint8[16]){ 0 }, 16);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    append_big_endian (out, counts[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (changes_s); i++)
    append_big_endian (out, (guint32) changes_s[i]);
  g_byte_array_append (out, (const guint8[]){ 1, 0 }, 2); /* summer, then winter */
  for (guint8 i = 0; i < G_N_ELEMENTS (kinds_min); i++) {
    append_big_endian (out, (guint32) (kinds_min[i] * 60));
    g_byte_array_append (out, (const guint8[]){ i, 0 }, 2);
  }
  g_byte_array_append (out, (const guint8 *) "ZZZ", 4);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* In April summer time holds where there is one. */
static void
the_zone_is_that_of_the_day (void **state)
{
  const gint64 now_s = NINE_OF_CLOCK_MS / 1000, month_s = 30 * 24 * 3600;
  static const gint zones_min[][2] = { { 480, 480 }, { 60, 120 }, { -210, -150 } };
  g_autoptr (JkTestFolder) folder = jk_test_folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (zones_min); i++) {
    g_autoptr (GBytes) bytes =
        make_zone (zones_min[i][0], zones_min[i][1], now_s - month_s, now_s + 6 * month_s);
    put (folder, "etc/localtime", bytes);
    JkMachine machine;
    jk_machine_read (&machine, jk_test_folder_get_path (folder), NINE_OF_CLOCK_MS);
    assert_int_equal (machine.zone_min, zones_min[i][1]);
    jk_machine_read (&machine, jk_test_folder_get_path (folder), (now_s - 2 * month_s) * 1000);
    assert_int_equal (machine.zone_min, zones_min[i][0]);
  }
}

static void
this_pc_can_be_read (void **state)
{
  JkMachine machine;

  jk_machine_read (&machine, "", NINE_OF_CLOCK_MS);
  assert_true (machine.memory_bytes > 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_pc_that_says_nothing_has_nothing),
    cmocka_unit_test (memory_is_what_programs_may_have),
    cmocka_unit_test (swap_on_disks_is_added_and_packed_memory_is_not_swap),
    cmocka_unit_test (a_battery_that_is_charged_is_not_lived_on),
    cmocka_unit_test (a_battery_that_is_emptied_is_lived_on_also_when_plugged_in),
    cmocka_unit_test (who_is_not_plugged_in_lives_on_a_battery_that_does_not_know),
    cmocka_unit_test (two_batteries_count_as_one_and_those_of_a_mouse_or_an_empty_bay_as_none),
    cmocka_unit_test (the_zone_is_that_of_the_day),
    cmocka_unit_test (this_pc_can_be_read),
  };
  return cmocka_run_group_tests_name ("machine", tests, NULL, NULL);
}
