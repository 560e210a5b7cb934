/* SPDX-License-Identifier: Apache-2.0 */
/* The estimate of sitting/disk-need.c against a sitting that was really sat. */
#include "sitting/disk-need.h"

#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <cmocka.h>

#define MIB G_GUINT64_CONSTANT (1048576)

/* Bytes of all files below a folder. */
static guint64
measure (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint64 total = 0;
  const char *name;

  assert_non_null (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    struct stat info;
    assert_int_equal (stat (path, &info), 0);
    total += S_ISDIR (info.st_mode) ? measure (path) : (guint64) info.st_size;
  }
  return total;
}

static void
a_sitting_takes_less_than_estimated_and_not_much_less (void **state)
{
  JkTestWay *way = *state;
  const JkDiskNeed disk = { .paper_bytes = 4096, .n_items = 6, .duration_min = 90 };
  guint64 estimate = jk_disk_need_estimate (&disk);
  guint64 taken;

  assert_int_equal (jk_test_way_sit (way, 3, "--rounds", "6", NULL), JK_EXIT_OK);
  taken = measure (jk_test_way_path (way, "store-3")) + measure (jk_test_way_path (way, "results"));
  if (taken > estimate - 5 * MIB || taken * 20 < estimate - 5 * MIB)
    fail_msg ("%" G_GUINT64_FORMAT " bytes of %" G_GUINT64_FORMAT, taken, estimate);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_sitting_takes_less_than_estimated_and_not_much_less,
                                     jk_test_way_setup_session,
                                     jk_test_way_teardown),
  };

  return cmocka_run_group_tests_name ("disk-taken", tests, NULL, NULL);
}
