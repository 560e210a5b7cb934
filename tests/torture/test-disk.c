/* SPDX-License-Identifier: Apache-2.0 */
/* What the disk of the torture keeps and what it loses: the test of the test. */
#include "disk-walk.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define SIZE 2048

static int
set_up (void **state)
{
  *state = jk_test_disk_new ();
  return 0;
}

static int
tear_down (void **state)
{
  jk_test_disk_free (*state);
  return 0;
}

/* The first byte of each sector of a file, 0 beyond its end; FALSE when it is not there. */
static gboolean
look (JkTestDisk *disk, const char *path, guint8 out[SIZE / 512])
{
  const JkStorage *storage = jk_test_disk_get_storage (disk);
  int fd = storage->open (storage, path, O_RDONLY, 0);

  memset (out, 0, SIZE / 512);
  if (fd < 0)
    return FALSE;
  for (guint i = 0; i < SIZE / 512; i++)
    storage->pread (storage, fd, out + i, 1, i * 512);
  storage->close (storage, fd);
  return TRUE;
}

static int
write_file (JkTestDisk *disk, const char *path, guint8 byte, gboolean sync)
{
  const JkStorage *storage = jk_test_disk_get_storage (disk);
  guint8 data[SIZE];
  int fd = storage->open (storage, path, O_RDWR | O_CREAT, 0600);

  memset (data, byte, sizeof data);
  assert_int_equal (storage->pwrite (storage, fd, data, sizeof data, 0), sizeof data);
  if (sync)
    assert_int_equal (storage->fsync (storage, fd), 0);
  return fd;
}

static gboolean
is_kept (JkTestDisk *disk, const char *path, guint8 byte)
{
  g_autoptr (JkTestDisk) left = jk_test_disk_copy_synced (disk);
  guint8 found[SIZE / 512];

  return look (left, path, found) && found[0] == byte && found[3] == byte;
}

static void
a_file_is_kept_with_its_name_only_after_both_syncs (void **state)
{
  JkTestDisk *disk = *state;
  const JkStorage *storage = jk_test_disk_get_storage (disk);

  write_file (disk, "/a", 1, TRUE);
  assert_false (is_kept (disk, "/a", 1));
  assert_true (jk_storage_sync_folder (storage, "/", NULL));
  assert_true (is_kept (disk, "/a", 1));

  write_file (disk, "/b", 2, FALSE);
  assert_true (jk_storage_sync_folder (storage, "/", NULL));
  assert_true (is_kept (disk, "/b", 0));
}

static void
renames_and_deletions_wait_for_their_folder (void **state)
{
  JkTestDisk *disk = *state;
  const JkStorage *storage = jk_test_disk_get_storage (disk);
  guint8 found[SIZE / 512];

  write_file (disk, "/a", 1, TRUE);
  assert_true (jk_storage_sync_folder (storage, "/", NULL));
  assert_int_equal (storage->rename (storage, "/a", "/b"), 0);
  assert_false (look (disk, "/a", found));
  assert_true (is_kept (disk, "/a", 1));
  assert_true (jk_storage_sync_folder (storage, "/", NULL));
  assert_false (is_kept (disk, "/a", 1));
  assert_true (is_kept (disk, "/b", 1));
  assert_int_equal (storage->unlink (storage, "/b"), 0);
  assert_true (is_kept (disk, "/b", 1));
  assert_true (jk_storage_sync_folder (storage, "/", NULL));
  assert_false (is_kept (disk, "/b", 1));
}

static void
what_lies_in_a_lost_folder_is_lost (void **state)
{
  JkTestDisk *disk = *state;
  const JkStorage *storage = jk_test_disk_get_storage (disk);

  assert_int_equal (storage->mkdir (storage, "/d", 0700), 0);
  write_file (disk, "/d/a", 1, TRUE);
  assert_true (jk_storage_sync_folder (storage, "/d", NULL));
  assert_false (is_kept (disk, "/d/a", 1));
  assert_true (jk_storage_sync_folder (storage, "/", NULL));
  assert_true (is_kept (disk, "/d/a", 1));
}

/* Every state of a point: each is of sectors that are old or new, and none, all, a torn head and a
 * torn tail are among them. */
static void
a_point_has_every_prefix_and_tears_the_last_page (void **state)
{
  JkTestDisk *disk = *state;
  gboolean has_none = FALSE, has_all = FALSE, has_head = FALSE, has_tail = FALSE;

  write_file (disk, "/a", 1, TRUE);
  assert_true (jk_storage_sync_folder (jk_test_disk_get_storage (disk), "/", NULL));
  jk_test_disk_mark (disk, 5);
  write_file (disk, "/a", 2, FALSE);
  g_autoptr (JkDiskWalk) walk = jk_disk_walk_new (disk);
  for (guint i = 0; i < 3; i++)
    assert_true (jk_disk_walk_next (walk));
  assert_false (jk_disk_walk_next (walk));
  assert_int_equal (jk_disk_walk_get_mark (walk), 5);
  assert_int_equal (jk_disk_walk_get_n_waiting (walk), 1);
  assert_int_equal (jk_disk_walk_get_n_states (walk), 2 + JK_DISK_SUBSETS + 2 * 3);
  for (guint n = 0; n < jk_disk_walk_get_n_states (walk); n++) {
    g_autoptr (JkTestDisk) left = jk_disk_walk_make_state (walk, n, n);
    guint8 found[SIZE / 512];
    assert_true (look (left, "/a", found));
    for (guint i = 0; i < SIZE / 512; i++)
      assert_true (found[i] == 1 || found[i] == 2);
    has_none = has_none || (found[0] == 1 && found[3] == 1);
    has_all = has_all || (found[0] == 2 && found[3] == 2);
    has_head = has_head || memcmp (found, (guint8[]){ 2, 1, 1, 1 }, 4) == 0;
    has_tail = has_tail || memcmp (found, (guint8[]){ 1, 1, 1, 2 }, 4) == 0;
  }
  assert_true (has_none && has_all && has_head && has_tail);
}

static void
a_sync_that_is_left_out_keeps_nothing (void **state)
{
  JkTestDisk *disk = *state;
  const JkStorage *storage = jk_test_disk_get_storage (disk);

  jk_test_disk_leave_out (disk, JK_DISK_SYNC_FOLDER);
  write_file (disk, "/a", 1, TRUE);
  assert_true (jk_storage_sync_folder (storage, "/", NULL));
  assert_false (is_kept (disk, "/a", 1));
}

static void
a_fault_comes_at_its_call_once_or_for_good (void **state)
{
  JkTestDisk *disk = *state;
  const JkStorage *storage = jk_test_disk_get_storage (disk);
  int fd = write_file (disk, "/a", 1, TRUE);
  guint64 size;

  jk_test_disk_fail (disk, &(JkDiskFault){ .n = 2 });
  assert_int_equal (storage->fsync (storage, fd), 0);
  assert_int_equal (storage->size (storage, fd, &size), -1);
  assert_int_equal (errno, EIO);
  assert_int_equal (storage->fsync (storage, fd), 0);
  jk_test_disk_fail (disk,
                     &(JkDiskFault){ .n = 1, .full = TRUE, .writes_only = TRUE, .for_good = TRUE });
  assert_int_equal (storage->fsync (storage, fd), 0);
  assert_false (jk_test_disk_has_failed (disk));
  for (guint i = 0; i < 2; i++) {
    assert_int_equal (storage->pwrite (storage, fd, "x", 1, 0), -1);
    assert_int_equal (errno, ENOSPC);
  }
  assert_int_equal (storage->mkdir (storage, "/d", 0700), -1);
  assert_int_equal (errno, ENOSPC);
  assert_true (jk_test_disk_has_failed (disk));
}

static void
a_killed_program_can_do_nothing_more (void **state)
{
  JkTestDisk *disk = *state;
  const JkStorage *storage = jk_test_disk_get_storage (disk);
  int fd = write_file (disk, "/a", 1, FALSE);
  guint8 found[SIZE / 512];

  jk_test_disk_kill (disk);
  assert_int_equal (storage->pwrite (storage, fd, "x", 1, 0), -1);
  assert_true (look (disk, "/a", found));
  assert_int_equal (found[3], 1);
}

static void
one_of_two_disks_forgets_and_the_other_does_not (void **state)
{
  JkTestDisk *disk = *state;
  const JkStorage *storage = jk_test_disk_get_storage (disk);
  guint8 found[SIZE / 512];

  assert_int_equal (storage->mkdir (storage, "/stick", 0700), 0);
  write_file (disk, "/a", 1, TRUE);
  write_file (disk, "/stick/b", 1, TRUE);
  g_autoptr (JkTestDisk) then = jk_test_disk_copy (disk);
  write_file (disk, "/c", 2, TRUE);
  write_file (disk, "/stick/d", 2, TRUE);
  g_autoptr (JkTestDisk) some = jk_test_disk_join (then, disk, "/stick");
  assert_true (look (some, "/a", found));
  assert_false (look (some, "/c", found));
  assert_true (look (some, "/stick/b", found));
  assert_true (look (some, "/stick/d", found));
  assert_int_equal (found[0], 2);
  g_autoptr (JkTestDisk) all = jk_test_disk_join (NULL, disk, "/stick");
  assert_false (look (all, "/a", found));
  assert_true (look (all, "/stick/d", found));
  g_autoptr (JkTestDisk) back = jk_test_disk_join (disk, then, "/stick");
  assert_true (look (back, "/c", found));
  assert_false (look (back, "/stick/d", found));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_file_is_kept_with_its_name_only_after_both_syncs),
    TEST (renames_and_deletions_wait_for_their_folder),
    TEST (what_lies_in_a_lost_folder_is_lost),
    TEST (a_point_has_every_prefix_and_tears_the_last_page),
    TEST (a_sync_that_is_left_out_keeps_nothing),
    TEST (a_fault_comes_at_its_call_once_or_for_good),
    TEST (a_killed_program_can_do_nothing_more),
    TEST (one_of_two_disks_forgets_and_the_other_does_not),
  };
  return cmocka_run_group_tests_name ("disk", tests, NULL, NULL);
}
