/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-role.c: who types the passcode of an envelope at a PC. */
#include "check-seat.h"

#include "base/error.h"
#include "support/vfs.h"

#define TRIES 5 /* of the policy, then a minute's wait */
#define WAIT_S 60

static const char *
passcode_of (const Fixture *self, JkRoleName name)
{
  return jk_test_exam_get_passcode (self->exam, 0, name);
}

/* Types what stands in the envelope of one role for another, or the same. */
static gboolean
type (Fixture *self, JkRoleName name, JkRoleName envelope, GError **error)
{
  JkRoleKeys keys = { NULL };
  gboolean ok = jk_seat_open_role (self->seat, name, passcode_of (self, envelope), &keys, error);

  assert_true (ok == (keys.sign != NULL));
  jk_role_keys_clear (&keys);
  return ok;
}

static void
type_wrong (Fixture *self, guint times)
{
  for (guint n = 0; n < times; n++) {
    g_autoptr (GError) error = NULL;
    assert_false (type (self, JK_ROLE_CHIEF, JK_ROLE_PROCTOR, &error));
    assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE);
  }
}

static void
assert_waits (Fixture *self, guint64 wait_ms)
{
  g_autoptr (GError) error = NULL;

  assert_int_equal (jk_seat_get_role_wait_ms (self->seat, JK_ROLE_CHIEF), wait_ms);
  assert_false (type (self, JK_ROLE_CHIEF, JK_ROLE_CHIEF, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_WAIT);
}

static void
a_passcode_opens_its_role_and_is_recorded (void **state)
{
  Fixture *self = *state;
  JkRoleKeys keys = { NULL };
  g_autoptr (GError) error = NULL;

  load (self);
  assert_true (jk_seat_open_role (self->seat,
                                  JK_ROLE_CHIEF,
                                  passcode_of (self, JK_ROLE_CHIEF),
                                  &keys,
                                  &error));
  assert_true (jk_secret_equal (keys.sign, self->roles[JK_ROLE_CHIEF].sign));
  jk_role_keys_clear (&keys);
  const JkLogRow *row = jk_log_replay_get_last (jk_seat_get_log (self->seat));
  assert_int_equal (row->event, JK_LOG_PASSCODE);
  assert_int_equal (row->code, JK_LOG_PASSCODE_RIGHT);
  assert_int_equal (row->number, JK_ROLE_CHIEF);
}

static void
wrong_ones_wait_over_a_restart_each_role_for_itself (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  load (self);
  type_wrong (self, TRIES);
  assert_int_equal (jk_log_replay_get_n_wrong (jk_seat_get_log (self->seat), JK_ROLE_CHIEF), TRIES);
  assert_waits (self, WAIT_S * 1000);
  restart (self);
  assert_waits (self, WAIT_S * 1000);
  assert_true (type (self, JK_ROLE_PROCTOR, JK_ROLE_PROCTOR, &error));
  jk_test_clock_pass_s (self->clock, WAIT_S);
  type_wrong (self, 1);
  assert_waits (self, 2 * WAIT_S * 1000);
  jk_test_clock_pass_s (self->clock, 2 * WAIT_S);
  assert_true (type (self, JK_ROLE_CHIEF, JK_ROLE_CHIEF, &error));
  type_wrong (self, TRIES - 1);
  assert_int_equal (jk_seat_get_role_wait_ms (self->seat, JK_ROLE_CHIEF), 0);
}

static void
a_slip_of_a_key_is_no_guess (void **state)
{
  Fixture *self = *state;
  JkRoleKeys keys = { NULL };
  g_autofree char *typed = g_strdup (passcode_of (self, JK_ROLE_CHIEF));
  g_autoptr (GError) error = NULL;

  load (self);
  guint64 rows = jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
  typed[0] = typed[0] == '2' ? '3' : '2';
  assert_false (jk_seat_open_role (self->seat, JK_ROLE_CHIEF, typed, &keys, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
  assert_int_equal (jk_log_replay_get_n_rows (jk_seat_get_log (self->seat)), rows);
}

static void
a_role_that_is_revoked_or_unknown_opens_nothing (void **state)
{
  Fixture *self = *state;
  JkRoleKeys keys = { NULL };
  g_autoptr (GError) error = NULL;

  load (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_REVOKE_ROLE, JK_ORDER_EVERY);
  terms.amount = JK_ROLE_PROCTOR;
  g_autoptr (GBytes) bytes = sign (self, &terms, FALSE);
  assert_int_equal (take (self, bytes, &error), JK_SEAT_OBEYED);
  assert_false (type (self, JK_ROLE_PROCTOR, JK_ROLE_PROCTOR, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REVOKED);
  assert_false (jk_seat_open_role (self->seat, JK_ROLES + 1, "0", &keys, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (jk_seat_get_role_wait_ms (self->seat, JK_ROLES + 1), 0);
}

static void
unlocking_every_candidate_ends_the_wait (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  type_wrong (self, TRIES);
  assert_waits (self, WAIT_S * 1000);
  must_obey (self, JK_ACT_UNLOCK, JK_ORDER_EVERY);
  assert_true (type (self, JK_ROLE_CHIEF, JK_ROLE_CHIEF, &error));
}

static void
the_exam_goes_on_whatever_is_typed (void **state)
{
  Fixture *self = *state;

  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  guint64 left_ms = jk_sitting_get_left_ms (sitting);
  type_wrong (self, TRIES);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  assert_int_equal (jk_sitting_get_left_ms (sitting), left_ms);
}

static void
a_disk_that_takes_no_rows_keeps_no_proctor_out (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  JkTestVfs *vfs = jk_test_vfs_new ();
  g_autoptr (GError) error = NULL;

  jk_test_storage_set_vfs_name (disk, jk_test_vfs_get_name (vfs));
  load (self);
  jk_test_vfs_fill (vfs);
  assert_true (type (self, JK_ROLE_CHIEF, JK_ROLE_CHIEF, &error));
  assert_true (jk_test_vfs_has_failed (vfs));
  jk_test_vfs_heal (vfs);
  g_clear_pointer (&self->seat, jk_seat_free);
  jk_test_storage_set_vfs_name (disk, NULL);
  jk_test_vfs_free (vfs);
}

static void
orders_that_are_given_here_are_numbered_by_this_pc (void **state)
{
  Fixture *self = *state;
  const guint8 *station = jk_station_get_sign_public (self->station);
  JkOrderTerms terms;

  load (self);
  for (guint n = 1; n <= 3; n++) {
    g_autoptr (GError) error = NULL;
    jk_seat_init_terms (self->seat, JK_ACT_REVOKE_ROLE, &terms);
    assert_int_equal (terms.counter, n);
    assert_memory_equal (terms.device, station, JK_PUBLIC_BYTES);
    assert_memory_equal (terms.station, station, JK_PUBLIC_BYTES);
    terms.amount = JK_ROLE_SPARE_2;
    terms.reason = "as it must be";
    g_autoptr (GBytes) bytes = sign (self, &terms, FALSE);
    assert_int_equal (take (self, bytes, &error), JK_SEAT_OBEYED);
    restart (self);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_passcode_opens_its_role_and_is_recorded),
    TEST (wrong_ones_wait_over_a_restart_each_role_for_itself),
    TEST (a_slip_of_a_key_is_no_guess),
    TEST (a_role_that_is_revoked_or_unknown_opens_nothing),
    TEST (unlocking_every_candidate_ends_the_wait),
    TEST (the_exam_goes_on_whatever_is_typed),
    TEST (a_disk_that_takes_no_rows_keeps_no_proctor_out),
    TEST (orders_that_are_given_here_are_numbered_by_this_pc),
  };
  return cmocka_run_group_tests_name ("seat-role", tests, check_build_exam, check_free_exam);
}
