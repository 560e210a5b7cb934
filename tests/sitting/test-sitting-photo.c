/* SPDX-License-Identifier: Apache-2.0 */
/* The photo of a candidate, from log-in on: only the first one of this exam has one. */
#include "check-move.h"

#include "base/limits.h"

#include <unistd.h>

static int
build_exam (void **state)
{
  const JkTestExamOptions options = { .n_first = 3, .n_photos = 1 };

  if (!jk_guard_init (NULL))
    return -1;
  *state = jk_test_exam_new_with (&options);
  return 0;
}

static void
assert_has_photo (const JkSitting *sitting)
{
  g_autoptr (GBytes) wanted = jk_test_exam_dup_photo (0);

  assert_non_null (jk_sitting_get_photo (sitting));
  assert_true (g_bytes_equal (jk_sitting_get_photo (sitting), wanted));
}

static void
a_photo_is_there_from_log_in_on (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = begin (self);

  assert_has_photo (sitting);
  assert_int_equal (jk_replay_get_n_rows (replay_of (self)), 1);
}

static void
a_photo_is_there_after_a_restart_without_a_key (void **state)
{
  Fixture *self = *state;

  begin (self);
  kill_sitting (self);
  assert_has_photo (resume (self));
  assert_true (jk_sitting_confirm (self->sitting, NULL) > 0);
  assert_true (jk_sitting_start (self->sitting, self->own, NULL) > 0);
  kill_sitting (self);
  assert_has_photo (resume (self));
}

static void
who_has_no_photo_sits_without (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkSecret) key = NULL;
  g_autoptr (JkRecord) record = jk_test_exam_log_in (self->exam, 1, &key);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkSitting) sitting = jk_sitting_begin (&self->place, record, key, &error);

  assert_ok (error);
  assert_null (jk_sitting_get_photo (sitting));
  g_clear_pointer (&sitting, jk_sitting_free);
  sitting = jk_sitting_resume (&self->place, 1, &error);
  assert_ok (error);
  assert_null (jk_sitting_get_photo (sitting));
}

/* The stick with the session file fails after it was opened. */
static void
nobody_is_kept_out_by_a_photo_that_cannot_be_read (void **state)
{
  Fixture *self = *state;
  const JkWorld *world = jk_test_exam_get_world (self->exam);
  g_autoptr (GBytes) bytes = jk_storage_read (world->storage,
                                              jk_test_exam_get_session_path (self->exam, 0),
                                              JK_SMALL_ENVELOPE_BYTES_MAX,
                                              NULL);
  g_autofree char *path = jk_test_folder_put (self->folder, "copy.jksession", bytes);
  g_autoptr (JkSession) session =
      jk_session_open (world, path, jk_test_exam_get_authorities (self->exam), NULL);

  assert_int_equal (truncate (path, 100), 0);
  self->place.session = session;
  assert_null (jk_sitting_get_photo (begin (self)));
  g_clear_pointer (&self->sitting, jk_sitting_free);
}

static void
a_photo_stays_behind_when_a_sitting_moves (void **state)
{
  Fixture *self = *state;
  g_autoptr (Other) other = new_other (self, 0);
  g_autoptr (GError) error = NULL;

  assert_has_photo (start (self));
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, other->station);
  g_autoptr (GBytes) capsule = move_away (self, order);
  other->sitting = jk_sitting_arrive (&other->place, "stick", capsule, NULL, order, &error);
  assert_ok (error);
  assert_null (jk_sitting_get_photo (other->sitting));
  assert_has_photo (self->sitting);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_photo_is_there_from_log_in_on),
    TEST (a_photo_is_there_after_a_restart_without_a_key),
    TEST (who_has_no_photo_sits_without),
    TEST (nobody_is_kept_out_by_a_photo_that_cannot_be_read),
    TEST (a_photo_stays_behind_when_a_sitting_moves),
  };
  return cmocka_run_group_tests_name ("sitting-photo", tests, build_exam, check_free_exam);
}
