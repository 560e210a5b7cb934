/* SPDX-License-Identifier: Apache-2.0 */
/* What a seat promises when the disk fails under it: an order counts once (S1). */
#include "check-seat.h"

#include "support/vfs.h"

/* One order comes while the n-th call of the file fails, then again on a healthy disk. FALSE when
 * no call was the n-th. */
static gboolean
take_with_fault (Fixture *self, JkTestVfs *vfs, guint n, JkAct act, guint32 record)
{
  g_autoptr (GBytes) bytes = order (self, act, record);
  g_autoptr (GError) error = NULL;
  guint n_before = jk_log_replay_get_n_obeyed (jk_seat_get_log (self->seat));

  jk_test_vfs_heal (vfs);
  jk_test_vfs_fail (vfs, n, n % 2 == 0, n % 3 == 0);
  JkSeatOutcome outcome = take (self, bytes, &error);
  gboolean has_failed = jk_test_vfs_has_failed (vfs);
  g_clear_pointer (&self->seat, jk_seat_free);
  jk_test_vfs_heal (vfs);
  assert_true (outcome == JK_SEAT_OBEYED || outcome == JK_SEAT_UNDECIDED);
  gboolean was_obeyed = outcome == JK_SEAT_OBEYED;
  g_clear_error (&error);

  restart (self);
  outcome = take (self, bytes, &error);
  assert_true (outcome == JK_SEAT_REPLAYED || (outcome == JK_SEAT_OBEYED && !was_obeyed));
  assert_int_equal (jk_log_replay_get_n_obeyed (jk_seat_get_log (self->seat)), n_before + 1);
  return has_failed;
}

static void
use_vfs (Fixture *self, JkTestVfs *vfs)
{
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  jk_test_storage_set_vfs_name (disk, vfs != NULL ? jk_test_vfs_get_name (vfs) : NULL);
}

static void
whatever_call_fails_an_order_for_the_pc_counts_once (void **state)
{
  Fixture *self = *state;
  JkTestVfs *vfs = jk_test_vfs_new ();
  guint n = 1;

  use_vfs (self, vfs);
  open_room (self);
  while (take_with_fault (self, vfs, n, JK_ACT_ABSENT, n))
    n++;
  assert_true (n > 1);
  g_clear_pointer (&self->seat, jk_seat_free);
  use_vfs (self, NULL);
  jk_test_vfs_free (vfs);
}

static void
whatever_call_fails_an_order_for_a_sitting_counts_once (void **state)
{
  Fixture *self = *state;
  JkTestVfs *vfs = jk_test_vfs_new ();
  guint n = 1;

  use_vfs (self, vfs);
  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  guint64 extended_ms = 0;
  for (gboolean has_failed = TRUE; has_failed; n++) {
    has_failed = take_with_fault (self, vfs, n, JK_ACT_EXTEND, record_of (self, 0));
    extended_ms += MS_PER_MIN;
    sitting = jk_seat_find_sitting (self->seat, record_of (self, 0));
    assert_int_equal (
        jk_replay_get_extended_ms (jk_journal_get_replay (jk_sitting_get_journal (sitting))),
        extended_ms);
  }
  assert_true (n > 2);
  g_clear_pointer (&self->seat, jk_seat_free);
  use_vfs (self, NULL);
  jk_test_vfs_free (vfs);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (whatever_call_fails_an_order_for_the_pc_counts_once),
    TEST (whatever_call_fails_an_order_for_a_sitting_counts_once),
  };
  return cmocka_run_group_tests_name ("seat-faults", tests, check_build_exam, check_free_exam);
}
