/* SPDX-License-Identifier: Apache-2.0 */
/* What a seat promises of an amendment when the disk fails under it: it is in force or it is not,
 * and giving it again brings one and the same end (A1). */
#include "check-amend.h"

#include "support/vfs.h"

/* How the disk fails in one round. */
typedef struct {
  JkTestStorage *disk;
  JkTestVfs *vfs; /* NULL: files other than stores fail */
  guint n;
  gboolean is_full, is_for_good;
} Failure;

static void
let_fail (const Failure *failure)
{
  jk_test_storage_heal (failure->disk);
  if (failure->vfs == NULL) {
    jk_test_storage_fail (failure->disk,
                          JK_TEST_ANY,
                          failure->n,
                          failure->is_full ? ENOSPC : EIO,
                          failure->is_for_good ? JK_TEST_FOR_GOOD : JK_TEST_ONCE);
    return;
  }
  jk_test_vfs_heal (failure->vfs);
  jk_test_vfs_fail (failure->vfs, failure->n, failure->is_full, failure->is_for_good);
}

static gboolean
heal (const Failure *failure)
{
  gboolean has_failed = failure->vfs != NULL ? jk_test_vfs_has_failed (failure->vfs)
                                             : jk_test_storage_has_failed (failure->disk);

  if (failure->vfs != NULL)
    jk_test_vfs_heal (failure->vfs);
  jk_test_storage_heal (failure->disk);
  return has_failed;
}

/* The rules in force are those of the log, or nothing is done under them. */
static void
assert_rules_agree (Fixture *self)
{
  guint named = jk_log_replay_get_amendment (jk_seat_get_log (self->seat));
  guint in_force = jk_session_get_amendment_number (jk_seat_get_session (self->seat));

  assert_true (in_force == named || jk_seat_get_amendment_fault (self->seat) != NULL);
  assert_true (in_force <= named);
}

/* A store that failed tries again each second. */
static void
take_until_it_holds (Fixture *self)
{
  gboolean ok = FALSE;

  for (guint tries = 0; !ok && tries < 50; tries++) {
    g_autoptr (GError) error = NULL;
    ok = jk_seat_take_amendment (self->seat, made.paths[1], &error);
    assert_rules_agree (self);
    if (!ok)
      g_usleep (G_USEC_PER_SEC / 10);
  }
  assert_true (ok);
}

/* One amendment comes while a call fails; then again, after a restart or without one. FALSE when
 * nothing failed. */
static gboolean
take_with_fault (const JkTestExam *exam, const Failure *failure, gboolean restarts)
{
  gpointer state = (gpointer) exam;
  g_autoptr (GError) error = NULL;

  set_up (&state);
  Fixture *self = state;
  load (self);
  let_fail (failure);
  gboolean ok = jk_seat_take_amendment (self->seat, made.paths[1], &error);
  assert_true (ok == (error == NULL));
  assert_rules_agree (self);
  if (restarts)
    g_clear_pointer (&self->seat, jk_seat_free);
  gboolean has_failed = heal (failure);
  if (restarts) {
    restart (self);
    assert_null (jk_seat_get_amendment_fault (self->seat));
    assert_rules_agree (self);
    if (ok)
      assert_int_equal (jk_session_get_amendment_number (jk_seat_get_session (self->seat)), 1);
  }
  take_until_it_holds (self);
  assert_first_in_force (self);
  jk_seat_free (g_steal_pointer (&self->seat));
  restart (self);
  assert_first_in_force (self);
  tear_down (&state);
  return has_failed;
}

static void
whatever_call_for_a_file_fails_there_is_one_end (void **state)
{
  const JkTestExam *exam = *state;
  Failure failure = { .disk = jk_test_world_get_storage (jk_test_exam_get_fakes (exam)) };

  for (guint kind = 0; kind < 2; kind++) {
    gboolean has_failed = TRUE;
    for (failure.n = 1; has_failed; failure.n++) {
      failure.is_full = failure.n % 2 == 0;
      failure.is_for_good = kind > 0;
      has_failed = take_with_fault (exam, &failure, (failure.n + kind) % 2 == 0);
    }
    assert_true (failure.n > 15);
  }
}

static void
whatever_call_for_the_log_fails_there_is_one_end (void **state)
{
  const JkTestExam *exam = *state;
  JkTestVfs *vfs = jk_test_vfs_new ();
  Failure failure = { .disk = jk_test_world_get_storage (jk_test_exam_get_fakes (exam)),
                      .vfs = vfs };
  gboolean has_failed = TRUE;

  jk_test_storage_set_vfs_name (failure.disk, jk_test_vfs_get_name (vfs));
  for (failure.n = 1; has_failed; failure.n++) {
    failure.is_full = failure.n % 2 == 0;
    failure.is_for_good = failure.n % 3 == 0;
    has_failed = take_with_fault (exam, &failure, failure.n % 4 < 2);
  }
  assert_true (failure.n > 4);
  jk_test_storage_set_vfs_name (failure.disk, NULL);
  jk_test_vfs_free (vfs);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (whatever_call_for_a_file_fails_there_is_one_end),
    cmocka_unit_test (whatever_call_for_the_log_fails_there_is_one_end),
  };
  return cmocka_run_group_tests_name ("seat-amend-faults",
                                      tests,
                                      check_build_amended,
                                      check_free_amended);
}
