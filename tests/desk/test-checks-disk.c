/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/checks-disk.c: the disk of the stores, and the second place. */
#include "check-lights.h"

static JkSeat *
seat_of (Scene *self)
{
  return self->desk->desk->seat;
}

/* A stick as the second place. */
static char *
choose_stick (Scene *self)
{
  char *stick = jk_test_folder_dup_path (self->desk->folder, "stick");
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir_with_parents (stick, 0700), 0);
  jk_seat_set_second_place (seat_of (self), stick, &error);
  assert_ok (error);
  return stick;
}

static void
a_disk_that_forgets_is_red_and_with_a_second_copy_amber (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_DISK_KIND, "ext4");
  self.probe.facts.magic = 0x01021994;
  check_light (&self, JK_CHECK_DISK_KIND, JK_LIGHT_RED, "tmpfs", "lies in memory");
  self.probe.facts.magic = 0x12345678;
  check_light (&self, JK_CHECK_DISK_KIND, JK_LIGHT_RED, "0x12345678", "does not know");
  self.probe.facts.magic = 0xef53;
  g_autofree char *stick = choose_stick (&self);
  self.probe.facts.magic = 0x794c7630;
  check_light (&self, JK_CHECK_DISK_KIND, JK_LIGHT_AMBER, "overlay", "/stick too");
  go (&self);
}

static void
a_disk_that_cannot_be_written_or_asked_is_red_whatever_else (void **state)
{
  Scene self;

  come (&self, state);
  g_autofree char *stick = choose_stick (&self);
  self.probe.facts.is_read_only = TRUE;
  check_light (&self, JK_CHECK_DISK_KIND, JK_LIGHT_RED, "ext4", "write-protected");
  assert_null (find_light (&self, JK_CHECK_DISK_ROOM));
  assert_null (find_light (&self, JK_CHECK_RESTART));
  self.probe.number = EIO;
  check_light (&self, JK_CHECK_DISK_KIND, JK_LIGHT_AMBER, "?", "cannot be found out");
  assert_null (find_light (&self, JK_CHECK_DISK_ROOM));
  assert_null (find_light (&self, JK_CHECK_RESTART));
  jk_seat_set_second_place (seat_of (&self), NULL, NULL);
  check_light (&self, JK_CHECK_DISK_KIND, JK_LIGHT_RED, "?", "cannot be found out");
  go (&self);
}

static void
room_for_one_sitting_is_amber_and_for_none_red (void **state)
{
  Scene self;

  come (&self, state);
  guint64 need = jk_desk_get_disk_need (seat_of (&self));
  assert_int_equal (need, 80 * MIB);
  check_green (&self, JK_CHECK_DISK_ROOM, "1000 / 80 MiB");
  self.probe.facts.free_bytes = 2 * need;
  check_green (&self, JK_CHECK_DISK_ROOM, "160 / 80 MiB");
  self.probe.facts.free_bytes = 2 * need - 2;
  check_light (&self, JK_CHECK_DISK_ROOM, JK_LIGHT_AMBER, "159 / 80 MiB", "159 MiB free");
  self.probe.facts.free_bytes = need;
  check_light (&self, JK_CHECK_DISK_ROOM, JK_LIGHT_AMBER, "80 / 80 MiB", "80 MiB");
  self.probe.facts.free_bytes = need - 1;
  check_light (&self, JK_CHECK_DISK_ROOM, JK_LIGHT_RED, "79 / 80 MiB", "free space");
  go (&self);
}

static void
a_disk_without_a_restart_is_red_until_there_is_one (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_RESTART, "");
  const char *folder = jk_station_get_folder (self.desk->desk->station);
  g_autofree char *proof = g_build_filename (folder, "restart.proof", NULL);
  assert_int_equal (g_remove (proof), 0);
  check_light (&self, JK_CHECK_RESTART, JK_LIGHT_RED, "", "restart this PC once");
  check_light (&self, JK_CHECK_RESTART, JK_LIGHT_RED, "", "restart this PC once");
  g_autofree char *stick = choose_stick (&self);
  check_light (&self, JK_CHECK_RESTART, JK_LIGHT_AMBER, "", "/stick too");
  boot (&self);
  check_green (&self, JK_CHECK_RESTART, "");
  go (&self);
}

static void
a_second_place_is_wanted_where_the_disk_is_red (void **state)
{
  Scene self;

  come (&self, state);
  check_green (&self, JK_CHECK_SECOND, "–");
  self.probe.facts.magic = 0x01021994;
  check_light (&self, JK_CHECK_SECOND, JK_LIGHT_AMBER, "–", "choose it as the second place");
  self.probe.facts.magic = 0xef53;
  g_autofree char *stick = choose_stick (&self);
  self.probe.facts.magic = 0x01021994;
  check_green (&self, JK_CHECK_SECOND, stick);
  go (&self);
}

/* Its stick is pulled, and the program started again. */
static void
a_lost_second_copy_is_amber_and_on_a_red_disk_red (void **state)
{
  Scene self;

  come (&self, state);
  g_autofree char *stick = choose_stick (&self);
  g_autofree char *gone = g_strconcat (stick, "-gone", NULL);
  close_desk (self.desk);
  assert_int_equal (g_rename (stick, gone), 0);
  open_desk (self.desk);
  check_light (&self, JK_CHECK_SECOND, JK_LIGHT_AMBER, stick, "stick");
  self.probe.facts.magic = 0x01021994;
  check_light (&self, JK_CHECK_SECOND, JK_LIGHT_RED, stick, "stick");
  check_light (&self, JK_CHECK_DISK_KIND, JK_LIGHT_RED, "tmpfs", "lies in memory");
  go (&self);
}

static void
a_pc_without_a_session_has_a_disk_too (void **state)
{
  Scene self;

  come (&self, state);
  move_to_another_pc (&self);
  check_green (&self, JK_CHECK_DISK_KIND, "ext4");
  check_green (&self, JK_CHECK_DISK_ROOM, "1000 / 80 MiB");
  check_light (&self, JK_CHECK_RESTART, JK_LIGHT_RED, "", "restart this PC once");
  check_light (&self, JK_CHECK_SECOND, JK_LIGHT_AMBER, "–", "second place");
  go (&self);
}

/* What the check finds is what the seat goes by. */
static void
the_log_of_a_session_that_counts_knows_what_was_found (void **state)
{
  Scene self;

  come (&self, state);
  g_autoptr (JkTestExam) counts = jk_test_exam_new ();
  JkDeskPlace place = self.desk->place;
  g_autofree char *store = jk_test_folder_dup_path (self.desk->folder, "other-store");
  close_desk (self.desk);
  self.desk->place.world = jk_test_exam_get_world (counts);
  self.desk->place.authorities = jk_test_exam_get_authorities_path (counts);
  self.desk->place.store = store;
  arrive (self.desk, jk_test_exam_get_session_path (counts, 0));
  open_desk (self.desk);
  jk_test_clock_reboot (jk_test_world_get_clock (jk_test_exam_get_fakes (counts)), 0);
  const JkLogReplay *log = jk_seat_get_log (seat_of (&self));
  assert_true (jk_log_replay_is_red (log));
  check_green (&self, JK_CHECK_RESTART, "");
  assert_false (jk_log_replay_is_red (log));
  self.probe.facts.free_bytes = 0;
  check_light (&self, JK_CHECK_DISK_ROOM, JK_LIGHT_RED, NULL, "0 MiB free");
  assert_true (jk_log_replay_is_red (log));
  close_desk (self.desk);
  self.desk->place = place;
  go (&self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_disk_that_forgets_is_red_and_with_a_second_copy_amber),
    TEST (a_disk_that_cannot_be_written_or_asked_is_red_whatever_else),
    TEST (room_for_one_sitting_is_amber_and_for_none_red),
    TEST (a_disk_without_a_restart_is_red_until_there_is_one),
    TEST (a_second_place_is_wanted_where_the_disk_is_red),
    TEST (a_lost_second_copy_is_amber_and_on_a_red_disk_red),
    TEST (a_pc_without_a_session_has_a_disk_too),
    TEST (the_log_of_a_session_that_counts_knows_what_was_found),
  };
  return cmocka_run_group_tests_name ("checks-disk", tests, check_build_exam, check_free_exam);
}
