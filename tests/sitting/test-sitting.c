/* SPDX-License-Identifier: Apache-2.0 */
#include "check-sitting.h"

#include "crypto/derive.h"
#include "support/vfs.h"

static void
a_sitting_goes_from_log_in_to_the_first_question (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = begin (self);
  const JkPerson *wanted = jk_record_get_person (self->record);

  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_IDENTIFIED);
  assert_string_equal (jk_sitting_get_person (sitting)->name, wanted->name);
  assert_string_equal (jk_sitting_get_person (sitting)->admission, wanted->admission);
  assert_null (jk_sitting_get_paper (sitting));
  assert_null (jk_sitting_get_item (sitting, 0));
  assert_null (jk_sitting_get_result (sitting));
  assert_null (jk_sitting_get_handed_in_link (sitting));
  assert_int_equal (jk_sitting_get_seal_number (sitting), 0);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN);

  assert_true (jk_sitting_confirm (sitting, &error) > 0);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_READY);
  jk_test_clock_pass_s (self->clock, 100);
  assert_true (jk_sitting_start (sitting, self->own, &error) > 0);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 0);
  assert_int_equal (jk_paper_get_n (jk_sitting_get_paper (sitting)), JK_TEST_EXAM_PAPER_ITEMS);
  for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++)
    assert_string_equal (jk_blob_get_stem (jk_sitting_get_item (sitting, i)),
                         jk_blob_get_stem (jk_own_paper_get_blob (self->own, i)));
  assert_int_equal (jk_sitting_get_acknowledged (sitting), 3);
  jk_sitting_free (NULL);
}

static void
the_log_in_is_proved (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = begin (self);
  const JkIdentified *identified = jk_replay_get_identified (replay_of (self));
  guint8 message[JK_DIGEST_BYTES + JK_SITTING_ID_BYTES + JK_PUBLIC_BYTES];
  JkDigest proof;

  memcpy (message, jk_session_get_digest (self->place.session)->bytes, JK_DIGEST_BYTES);
  memcpy (message + JK_DIGEST_BYTES,
          jk_journal_get_sitting_id (jk_sitting_get_journal (sitting)),
          JK_SITTING_ID_BYTES);
  memcpy (message + JK_DIGEST_BYTES + JK_SITTING_ID_BYTES,
          jk_station_get_sign_public (self->station),
          JK_PUBLIC_BYTES);
  jk_mac (self->record_key, "jikao 1 log-in proof", message, sizeof message, &proof);
  assert_memory_equal (identified->proof, proof.bytes, JK_DIGEST_BYTES);
  assert_int_equal (identified->record, record_of (self));
}

static void
answers_flags_and_place_are_as_given (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  answer (self, 1, 1);
  answer (self, 2, 2);
  assert_true (jk_sitting_flag (sitting, 3, TRUE, &error) > 0);
  assert_true (jk_sitting_clear (sitting, 1, &error) > 0);
  guint64 ticket = jk_sitting_visit (sitting, 4, &error);
  assert_true (jk_sitting_wait (sitting, ticket, &error));
  assert_int_equal (jk_sitting_get_answer (sitting, 1), 0);
  assert_int_equal (jk_sitting_get_answer (sitting, 2), 2);
  assert_true (jk_sitting_is_flagged (sitting, 3));
  assert_int_equal (jk_sitting_get_position (sitting), 4);
  assert_int_equal (jk_sitting_get_acknowledged (sitting), ticket);
  assert_true (jk_sitting_flag (sitting, 3, FALSE, &error) > 0);
  assert_false (jk_sitting_is_flagged (sitting, 3));
}

static void
an_impossible_answer_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);
  const JkPaper *paper = jk_sitting_get_paper (sitting);

  assert_int_equal (jk_sitting_answer (sitting, JK_TEST_EXAM_PAPER_ITEMS, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  assert_int_equal (jk_sitting_answer (sitting, G_MAXUINT, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  assert_int_equal (jk_sitting_visit (sitting, JK_TEST_EXAM_PAPER_ITEMS, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  assert_int_equal (jk_sitting_answer (sitting, 0, 0, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
  for (guint i = 0; i < jk_paper_get_n (paper); i++) {
    const JkPaperItem *item = jk_paper_get_item (paper, i);
    assert_int_equal (jk_sitting_answer (sitting, i, (guint16) (1 << item->n_options), &error), 0);
    assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
    if (item->type != JK_ITEM_MULTIPLE) {
      assert_int_equal (jk_sitting_answer (sitting, i, 3, &error), 0);
      assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ARGUMENT);
    }
  }
  assert_int_equal (jk_replay_get_n_rows (replay_of (self)), 3);
}

static void
what_has_no_place_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = begin (self);

  assert_int_equal (jk_sitting_answer (sitting, 0, 1, &error), 0);
  assert_non_null (strstr (error->message, "identified"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (jk_sitting_start (sitting, self->own, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (jk_sitting_visit (sitting, 0, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_true (jk_sitting_confirm (sitting, &error) > 0);
  assert_int_equal (jk_sitting_confirm (sitting, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

/* What the last row of the journal on the disk says; its event in *out_event. */
static JkMark
read_last_mark (Fixture *self, JkEvent *out_event)
{
  g_autoptr (GError) error = NULL;
  JkDigest link;
  g_autoptr (GBytes) rows =
      jk_journal_read_rows (jk_sitting_get_journal (self->sitting), &link, &error);
  JkMark mark = { 0 };
  gsize size, at = 0, row_size = 0;
  JkRow row;

  assert_ok (error);
  const guint8 *data = g_bytes_get_data (rows, &size);
  for (; at < size; at += 4 + row_size)
    row_size = jk_bytes_get_u32 (data + at);
  assert_true (jk_row_from_bytes (data + at - row_size, row_size, &row));
  *out_event = row.event;
  assert_true (jk_payload_get_mark (&row, &mark));
  return mark;
}

static void
focus_is_recorded_where_the_candidate_was (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);
  JkEvent event;

  assert_true (jk_sitting_visit (sitting, 3, &error) > 0);
  guint64 ticket = jk_sitting_note_focus (sitting, JK_FOCUS_LOST, &error);
  assert_int_equal (ticket, jk_replay_get_n_rows (replay_of (self)));
  JkMark mark = read_last_mark (self, &event);
  assert_int_equal (event, JK_EVENT_FOCUS);
  assert_int_equal (mark.position, 3);
  assert_int_equal (mark.mask, JK_FOCUS_LOST);
  assert_int_equal (jk_sitting_get_position (sitting), 3);
  assert_int_equal (jk_sitting_get_answer (sitting, 3), 0);
  assert_true (jk_sitting_wait (sitting, ticket, &error));
}

static void
focus_has_no_place_before_the_start (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = begin (self);

  assert_int_equal (jk_sitting_note_focus (sitting, JK_FOCUS_LOST, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (jk_replay_get_n_rows (replay_of (self)), 1);
}

static void
focus_is_recorded_when_time_is_up (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  jk_test_clock_pass_s (self->clock, 90 * 60 + 1);
  assert_true (jk_sitting_note_focus (sitting, JK_FOCUS_DISPLAYS, &error) > 0);
  assert_true (jk_sitting_tick (sitting, &error));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_int_equal (jk_sitting_note_focus (sitting, JK_FOCUS_FOUND, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

static void
exam_time_runs_by_the_monotonic_clock_only (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);

  jk_test_clock_step_wall_ms (self->clock, 7200000);
  live (self, 10);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 10000);
  jk_test_clock_step_wall_ms (self->clock, -86400000);
  live (self, 10);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 20000);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 90 * MS_PER_MIN - 20000);
  assert_int_equal (jk_sitting_get_hand_in_opens_ms (sitting), 30 * MS_PER_MIN - 20000);
}

static void
a_head_is_signed_each_minute (void **state)
{
  Fixture *self = *state;
  guint8 message[JK_HEAD_SIGNED_BYTES];
  guint64 sequence;

  start (self);
  live (self, 59);
  assert_int_equal (jk_replay_get_n_heads (replay_of (self)), 0);
  live (self, 121);
  assert_int_equal (jk_replay_get_n_heads (replay_of (self)), 3);
  const JkHead *head = jk_replay_get_head (replay_of (self), 1, &sequence);
  jk_head_put_signed (message,
                      jk_session_get_digest (self->place.session),
                      record_of (self),
                      sequence,
                      head->commitment);
  assert_true (jk_sign_verify (jk_station_get_sign_public (self->station),
                               JK_HEAD_PURPOSE,
                               message,
                               sizeof message,
                               head->signature));
}

static void
an_answer_after_time_is_up_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  jk_test_clock_pass_s (self->clock, 90 * 60 - 1);
  answer (self, 0, 1);
  assert_int_equal (jk_sitting_get_left_ms (sitting), 1000);
  jk_test_clock_pass_s (self->clock, 1);
  assert_int_equal (jk_sitting_answer (sitting, 0, 2, &error), 0);
  assert_non_null (strstr (error->message, "time"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);

  assert_true (jk_sitting_tick (sitting, &error));
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_SEALED);
  assert_int_equal (jk_replay_get_handed_in (replay_of (self))->reason, JK_HAND_IN_TIME_UP);
  assert_int_equal (jk_sitting_get_answer (sitting, 0), 1);
  assert_true (jk_sitting_tick (sitting, &error));
  assert_int_equal (self->n_seals, 1);
}

static void
sleep_is_a_gap_and_no_exam_time (void **state)
{
  Fixture *self = *state;
  JkSitting *sitting = start (self);

  live (self, 10);
  jk_test_clock_suspend_us (self->clock, 60 * G_USEC_PER_SEC);
  answer (self, 0, 1);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 10000);
  assert_int_equal (jk_replay_get_gaps_ms (replay_of (self)), 60000);
  assert_int_equal (jk_sitting_get_restarts (sitting), 0);
  assert_false (jk_sitting_is_held (sitting));
  live (self, 10);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), 20000);
  assert_int_equal (jk_replay_get_gaps_ms (replay_of (self)), 60000);

  /* The two clocks are not read at one moment. */
  jk_test_clock_suspend_us (self->clock, 2 * G_USEC_PER_SEC);
  live (self, 1);
  assert_int_equal (jk_replay_get_gaps_ms (replay_of (self)), 60000);
}

static void
a_long_sleep_holds_the_sitting (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = start (self);

  answer (self, 0, 1);
  live (self, 10);
  jk_test_clock_suspend_us (self->clock, 181 * G_USEC_PER_SEC);
  live (self, 1);
  assert_true (jk_sitting_is_held (sitting));
  guint64 exam_ms = jk_sitting_get_exam_ms (sitting);
  live (self, 1000);
  assert_int_equal (jk_sitting_get_exam_ms (sitting), exam_ms);
  assert_int_equal (jk_sitting_answer (sitting, 0, 2, &error), 0);
  assert_non_null (strstr (error->message, "proctor"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_PROCTOR);
  assert_int_equal (jk_sitting_get_answer (sitting, 0), 1);
}

static void
sleep_before_the_start_is_recorded_and_costs_nothing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = begin (self);

  jk_test_clock_suspend_us (self->clock, G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  assert_true (jk_sitting_confirm (sitting, &error) > 0);
  assert_int_equal (jk_replay_get_n_rows (replay_of (self)), 3);
  assert_true (jk_sitting_start (sitting, self->own, &error) > 0);
  answer (self, 0, 1);
  assert_int_equal (jk_replay_get_gaps_ms (replay_of (self)), 0);
}

static void
a_disk_that_fails_is_told_to_who_ticks (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestVfs) vfs = jk_test_vfs_new ();
  JkTestStorage *storage = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autoptr (GError) error = NULL;

  jk_test_storage_set_vfs_name (storage, jk_test_vfs_get_name (vfs));
  JkSitting *sitting = start (self);
  live (self, 2);
  jk_test_vfs_fail (vfs, 1, FALSE, TRUE);
  guint64 ticket = jk_sitting_answer (sitting, 0, 1, &error);
  assert_false (jk_sitting_wait (sitting, ticket, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  jk_test_clock_pass_s (self->clock, 1);
  assert_false (jk_sitting_tick (sitting, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  assert_int_equal (jk_sitting_answer (sitting, 1, 1, &error), 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STORE);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  jk_test_storage_set_vfs_name (storage, NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_sitting_goes_from_log_in_to_the_first_question),
    TEST (the_log_in_is_proved),
    TEST (answers_flags_and_place_are_as_given),
    TEST (an_impossible_answer_is_refused),
    TEST (what_has_no_place_is_refused),
    TEST (focus_is_recorded_where_the_candidate_was),
    TEST (focus_has_no_place_before_the_start),
    TEST (focus_is_recorded_when_time_is_up),
    TEST (exam_time_runs_by_the_monotonic_clock_only),
    TEST (a_head_is_signed_each_minute),
    TEST (an_answer_after_time_is_up_is_refused),
    TEST (sleep_is_a_gap_and_no_exam_time),
    TEST (a_long_sleep_holds_the_sitting),
    TEST (sleep_before_the_start_is_recorded_and_costs_nothing),
    TEST (a_disk_that_fails_is_told_to_who_ticks),
  };
  return cmocka_run_group_tests_name ("sitting", tests, check_build_exam, check_free_exam);
}
