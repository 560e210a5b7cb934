/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/disk.h"
#include "support/probe.h"

#include <errno.h>

typedef struct {
  JkTestFolder *folder;
  JkTestWorld *fakes;
  const JkWorld *world;
  JkTestProbe probe;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = jk_test_folder_new ();
  self->fakes = jk_test_world_new (1);
  self->world = jk_test_world_get (self->fakes);
  self->probe = jk_test_probe (JK_DISK_NEEDED_BYTES);
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

static JkDiskCheck *
check (Fixture *self)
{
  return jk_disk_check_new (self->world,
                            &self->probe.base,
                            jk_test_folder_get_path (self->folder),
                            JK_DISK_NEEDED_BYTES);
}

/* A restart after the marker was made. */
static void
prove (Fixture *self)
{
  jk_disk_check_free (check (self));
  jk_test_clock_reboot (jk_test_world_get_clock (self->fakes), G_USEC_PER_SEC);
}

static const JkDiskFinding *
find (const JkDiskCheck *found, JkDiskTopic topic)
{
  for (guint i = 0; i < jk_disk_check_get_n (found); i++) {
    if (jk_disk_check_get (found, i)->topic == topic)
      return jk_disk_check_get (found, i);
  }
  return NULL;
}

/* The only red finding is about topic, and says word. */
static void
assert_red (Fixture *self, JkDiskTopic topic, const char *word)
{
  g_autoptr (JkDiskCheck) found = check (self);
  const JkDiskFinding *finding = find (found, topic);

  assert_true (jk_disk_check_is_red (found));
  assert_non_null (finding);
  assert_true (finding->is_red);
  if (strstr (finding->sentence, word) == NULL)
    fail_msg ("%s", finding->sentence);
  assert_non_null (strstr (finding->sentence, jk_test_folder_get_path (self->folder)));
  for (guint i = 0; i < jk_disk_check_get_n (found); i++)
    assert_true (jk_disk_check_get (found, i)->topic == topic ||
                 !jk_disk_check_get (found, i)->is_red);
}

static void
a_disk_that_kept_the_marker_over_a_restart_is_green (void **state)
{
  static const guint32 good[] = { 0xef53, 0x58465342, 0x9123683e, 0xf2f52010 };
  Fixture *self = *state;

  prove (self);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    self->probe.facts.magic = good[i];
    g_autoptr (JkDiskCheck) found = check (self);
    assert_false (jk_disk_check_is_red (found));
    assert_int_equal (jk_disk_check_get_n (found), 3);
    assert_null (find (found, JK_DISK_READ_ONLY));
  }
}

static void
every_other_file_system_is_red_by_name (void **state)
{
  static const struct {
    guint32 magic;
    const char *name;
  } bad[] = {
    { 0x01021994, "tmpfs" },      { 0x858458f6, "ramfs" },    { 0x794c7630, "overlay" },
    { 0x61756673, "aufs" },       { 0x6969, "NFS" },          { 0x517b, "SMB" },
    { 0xff534d42, "CIFS" },       { 0xfe534d42, "SMB" },      { 0x01021997, "9p" },
    { 0x65735546, "FUSE" },       { 0x5346544e, "NTFS" },     { 0x7366746e, "NTFS" },
    { 0x482b, "HFS+" },           { 0x4d44, "FAT" },          { 0x2011bab0, "exFAT" },
    { 0x15013346, "UDF" },        { 0x73717368, "squashfs" }, { 0xe0f5e1e2, "EROFS" },
    { 0x28cd3d45, "cramfs" },     { 0x9660, "ISO 9660" },     { 0, "0x00000000" },
    { 0xcafe4a11, "0xcafe4a11" },
  };
  Fixture *self = *state;

  prove (self);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    self->probe.facts.magic = bad[i].magic;
    assert_red (self, JK_DISK_FILE_SYSTEM, bad[i].name);
  }
}

static void
a_disk_without_room_is_red (void **state)
{
  Fixture *self = *state;

  prove (self);
  self->probe.facts.free_bytes = JK_DISK_NEEDED_BYTES - 1;
  assert_red (self, JK_DISK_SPACE, "79 MiB free");
}

static void
a_disk_that_is_write_protected_is_red_and_left_alone (void **state)
{
  Fixture *self = *state;

  self->probe.facts.is_read_only = TRUE;
  assert_red (self, JK_DISK_READ_ONLY, "write-protected");
  assert_int_equal (jk_test_folder_count (self->folder), 0);
}

static void
without_a_restart_it_is_not_proven (void **state)
{
  Fixture *self = *state;

  assert_red (self, JK_DISK_RESTART, "not proven yet");
  assert_red (self, JK_DISK_RESTART, "not proven yet");
}

static void
a_damaged_marker_is_red_once_more (void **state)
{
  Fixture *self = *state;

  prove (self);
  g_free (jk_test_folder_put_text (self->folder, "restart.proof", "something else"));
  assert_red (self, JK_DISK_RESTART, "damaged");
  assert_red (self, JK_DISK_RESTART, "not proven yet");
  prove (self);
  g_autoptr (JkDiskCheck) found = check (self);
  assert_false (jk_disk_check_is_red (found));
}

static void
a_marker_that_cannot_be_written_is_red (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (self->fakes);

  jk_test_storage_fail (disk, JK_TEST_PWRITE, 1, ENOSPC, JK_TEST_ONCE);
  assert_red (self, JK_DISK_RESTART, "free space");
}

static void
a_disk_that_cannot_be_asked_is_red (void **state)
{
  Fixture *self = *state;

  self->probe.number = ENOENT;
  assert_red (self, JK_DISK_FILE_SYSTEM, "cannot be found out");
}

/* The file need not be there. */
static void
assert_full (Fixture *self, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jk_test_folder_dup_path (self->folder, "00007.jkjournal");

  assert_false (jk_disk_refuse_full (&self->probe.base, path, &error));
  assert_non_null (strstr (error->message, "the disk is full"));
  assert_non_null (strstr (error->message, path));
  if (strstr (error->message, word) == NULL)
    fail_msg ("%s", error->message);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_FULL);
}

static void
a_full_disk_says_what_is_free_and_what_is_needed (void **state)
{
  Fixture *self = *state;

  self->probe.facts.free_bytes = 3 * 1024 * 1024 + 5;
  assert_full (self, "(3 MiB free, a sitting needs 80 MiB): call the proctor");
  self->probe.facts.free_bytes = JK_DISK_NEEDED_BYTES;
  assert_full (self, "for this account (80 MiB are free: look for a quota)");
  self->probe.number = EIO;
  assert_full (self, "the disk is full: call the proctor");
}

static void
the_token_tells_cloned_disks (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkDiskCheck) first = check (self);
  g_autoptr (JkDiskCheck) again = check (self);

  assert_memory_equal (jk_disk_check_get_token (first),
                       jk_disk_check_get_token (again),
                       JK_BOOT_TOKEN_BYTES);
  jk_disk_check_free (NULL);
}

static void
the_system_answers_for_a_folder_that_is_there (void **state)
{
  Fixture *self = *state;
  const JkDiskProbe *probe = jk_disk_probe_system ();
  JkDiskFacts facts;

  assert_int_equal (probe->look (probe, jk_test_folder_get_path (self->folder), &facts), 0);
  assert_true (facts.magic != 0);
  assert_true (facts.free_bytes > 0);
  assert_false (facts.is_read_only);
  assert_int_equal (probe->look (probe, "/proc", &facts), 0);
  assert_int_equal (facts.magic, 0x9fa0);
  assert_int_equal (probe->look (probe, "/not/there", &facts), -1);
  assert_int_equal (errno, ENOENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_disk_that_kept_the_marker_over_a_restart_is_green),
    TEST (every_other_file_system_is_red_by_name),
    TEST (a_disk_without_room_is_red),
    TEST (a_disk_that_is_write_protected_is_red_and_left_alone),
    TEST (without_a_restart_it_is_not_proven),
    TEST (a_damaged_marker_is_red_once_more),
    TEST (a_marker_that_cannot_be_written_is_red),
    TEST (a_disk_that_cannot_be_asked_is_red),
    TEST (a_full_disk_says_what_is_free_and_what_is_needed),
    TEST (the_token_tells_cloned_disks),
    TEST (the_system_answers_for_a_folder_that_is_there),
  };
  return cmocka_run_group_tests_name ("disk", tests, check_setup, NULL);
}
