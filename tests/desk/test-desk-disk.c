/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-disk.c: a disk that gives no proof, and the restart that is one. */
#include "check-desk.h"

#include "desk/desk-private.h"
#include "sitting/disk-need.h"
#include "support/probe.h"

typedef struct {
  Fixture *desk;
  JkTestExam *exam; /* one that counts */
  JkTestProbe probe;
} Scene;

/* A session that counts lies in the inbox of a PC with a good disk. */
static void
come (Scene *self, void **state)
{
  self->desk = *state;
  self->exam = jk_test_exam_new ();
  self->probe = jk_test_probe (G_MAXUINT64);
  self->desk->place.disk = &self->probe.base;
  self->desk->place.world = jk_test_exam_get_world (self->exam);
  self->desk->clock = jk_test_world_get_clock (jk_test_exam_get_fakes (self->exam));
  self->desk->place.authorities = jk_test_exam_get_authorities_path (self->exam);
  arrive (self->desk, jk_test_exam_get_session_path (self->exam, 0));
  open_desk (self->desk);
}

static void
go (Scene *self)
{
  close_desk (self->desk);
  jk_test_exam_free (self->exam);
}

static GError *
open_with_code (Scene *self)
{
  Ended how = { 0 };

  jk_desk_open_room_async (self->desk->desk,
                           jk_test_exam_get_room_code (self->exam, 0),
                           ended,
                           &how);
  return await (&how);
}

static void
boot (Scene *self)
{
  jk_test_clock_reboot (self->desk->clock, G_USEC_PER_SEC);
  restart (self->desk);
}

static void
a_disk_without_proof_is_red_until_a_restart (void **state)
{
  Scene self;

  come (&self, state);
  assert_non_null (strstr (jk_desk_get_fault (self.desk->desk, 0), "restart"));
  g_autoptr (GError) error = open_with_code (&self);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  /* The program alone proves nothing. */
  restart (self.desk);
  error = open_with_code (&self);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  boot (&self);
  assert_null (jk_desk_get_fault (self.desk->desk, 0));
  assert_ok (open_with_code (&self));
  go (&self);
}

static void
a_disk_that_forgets_stays_red (void **state)
{
  Scene self;

  come (&self, state);
  self.probe.facts.magic = 0x01021994;
  boot (&self);
  assert_non_null (strstr (jk_desk_get_fault (self.desk->desk, 0), "tmpfs"));
  g_autoptr (GError) error = open_with_code (&self);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  go (&self);
}

static void
a_session_that_is_open_is_not_judged_again (void **state)
{
  Scene self;

  come (&self, state);
  boot (&self);
  assert_ok (open_with_code (&self));
  self.probe.facts.free_bytes = 0;
  boot (&self);
  assert_null (jk_desk_get_fault (self.desk->desk, 0));
  assert_false (jk_log_replay_is_red (jk_seat_get_log (self.desk->desk->seat)));
  go (&self);
}

static void
a_rehearsal_is_held_on_any_disk (void **state)
{
  Fixture *self = *state;

  open_room (self);
  assert_null (jk_desk_get_fault (self->desk, 0));
}

static void
what_is_needed_is_that_of_the_session (void **state)
{
  Scene self;

  come (&self, state);
  const JkSession *session = jk_desk_get_session (self.desk->desk);
  assert_int_equal (jk_desk_get_disk_need (NULL), JK_DISK_NEEDED_BYTES);
  assert_int_equal (jk_desk_get_disk_need (self.desk->desk->seat),
                    jk_disk_need_of_session (session, 0, FALSE));
  boot (&self);
  self.probe.facts.free_bytes = jk_desk_get_disk_need (self.desk->desk->seat);
  g_autoptr (JkDiskCheck) fits = jk_desk_check_disk (self.desk->desk, self.desk->desk->seat);
  assert_false (jk_disk_check_is_red (fits));
  self.probe.facts.free_bytes--;
  g_autoptr (JkDiskCheck) full = jk_desk_check_disk (self.desk->desk, self.desk->desk->seat);
  assert_true (jk_disk_check_is_red (full));
  go (&self);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_disk_without_proof_is_red_until_a_restart,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (a_disk_that_forgets_stays_red, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_session_that_is_open_is_not_judged_again, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_rehearsal_is_held_on_any_disk, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_needed_is_that_of_the_session, set_up, tear_down),
  };
  return cmocka_run_group_tests_name ("desk-disk", tests, check_build_exam, check_free_exam);
}
