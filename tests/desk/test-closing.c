/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/closing.c: what is counted and compared before a PC is closed. */
#include "check-desk.h"

#include "base/error.h"
#include "desk/closing.h"
#include "envelope/envelope.h"

#include "desk/desk-private.h"

static JkDeskCounts
count (Fixture *self)
{
  JkDeskCounts counts;

  while (!jk_desk_count (self->desk, &counts))
    g_main_context_iteration (NULL, TRUE);
  return counts;
}

static void
before_a_session_nothing_is_counted (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  assert_int_equal (count (self).n_begun, 0);
}

static void
one_who_answers_is_going_on (void **state)
{
  Fixture *self = *state;

  begin (self);
  const JkDeskCounts counts = count (self);
  assert_int_equal (counts.n_begun, 1);
  assert_int_equal (counts.n_going_on, 1);
  assert_int_equal (counts.n_handed_in, 0);
  assert_int_equal (counts.n_empty, 0);
}

static void
a_hand_in_without_an_answer_is_counted_apart (void **state)
{
  Fixture *self = *state;

  begin (self);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  assert_ok (hand_in (self));
  const JkDeskCounts counts = count (self);
  assert_int_equal (counts.n_handed_in, 1);
  assert_int_equal (counts.n_empty, 1);
  assert_int_equal (counts.n_going_on, 0);
}

static void
one_answer_is_not_nothing (void **state)
{
  Fixture *self = *state;

  begin (self);
  choose (self, 2, 0);
  await_save (self, JK_SAVE_SAVED);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  assert_ok (hand_in (self));
  assert_int_equal (count (self).n_empty, 0);
}

static void
a_collected_one_stays_handed_in (void **state)
{
  Fixture *self = *state;
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  g_autoptr (GError) error = NULL;

  begin (self);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  assert_ok (hand_in (self));
  g_autofree char *receipt = jk_desk_dup_receipt (self->desk);
  assert_true (jk_desk_check_slip (self->desk, receipt, subject, &error));
  JkOrderTerms terms = terms_of (self, JK_ACT_COLLECT);
  memcpy (terms.subject, subject, sizeof subject);
  send_terms (self, &terms);
  await_page (self, JK_PAGE_COLLECTED);
  assert_int_equal (count (self).n_collected, 1);
  assert_int_equal (count (self).n_handed_in, 1);
}

static void
a_moved_one_is_neither_going_on_nor_handed_in (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_MOVE);
  await_page (self, JK_PAGE_MOVED);
  const JkDeskCounts counts = count (self);
  assert_int_equal (counts.n_moved, 1);
  assert_int_equal (counts.n_going_on, 0);
  assert_int_equal (counts.n_handed_in, 0);
}

static void
the_slip_of_who_sits_here_names_the_sealed_result (void **state)
{
  Fixture *self = *state;
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  g_autoptr (GError) error = NULL;
  JkDigest digest;
  JkKind kind;

  begin (self);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  assert_ok (hand_in (self));
  g_autofree char *receipt = jk_desk_dup_receipt (self->desk);
  g_autofree char *small = g_ascii_strdown (receipt, -1);
  assert_true (jk_desk_check_slip (self->desk, small, subject, &error));
  assert_true (
      jk_envelope_peek ("r", jk_sitting_get_result (self->desk->sitting), &kind, &digest, &error));
  assert_memory_equal (subject, digest.bytes, sizeof subject);
}

static void
another_slip_a_mistyped_one_and_one_too_early_are_refused (void **state)
{
  Fixture *self = *state;
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  g_autoptr (GError) error = NULL;
  const JkDigest anothers = { { 7 } };
  g_autofree char *slip = jk_receipt_dup_code (&anothers);

  begin (self);
  assert_false (jk_desk_check_slip (self->desk, slip, subject, &error));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_SLIP);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  assert_ok (hand_in (self));
  assert_false (jk_desk_check_slip (self->desk, slip, subject, &error));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_SLIP);
  slip[0] = slip[0] == '2' ? '3' : '2';
  assert_false (jk_desk_check_slip (self->desk, slip, subject, &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
}

static void
while_the_worker_has_the_seat_nothing_is_told (void **state)
{
  Fixture *self = *state;
  guint8 subject[JK_ORDER_SUBJECT_BYTES];
  g_autoptr (GError) error = NULL;
  JkDeskCounts counts;
  Ended how = { 0 };

  begin (self);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  jk_desk_hand_in_async (self->desk, ended, &how);
  assert_false (jk_desk_count (self->desk, &counts));
  assert_false (jk_desk_check_slip (self->desk, "any", subject, &error));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_ok (await (&how));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (before_a_session_nothing_is_counted),
    TEST (one_who_answers_is_going_on),
    TEST (a_hand_in_without_an_answer_is_counted_apart),
    TEST (one_answer_is_not_nothing),
    TEST (a_collected_one_stays_handed_in),
    TEST (a_moved_one_is_neither_going_on_nor_handed_in),
    TEST (the_slip_of_who_sits_here_names_the_sealed_result),
    TEST (another_slip_a_mistyped_one_and_one_too_early_are_refused),
    TEST (while_the_worker_has_the_seat_nothing_is_told),
  };

  return cmocka_run_group_tests_name ("closing", tests, check_build_exam, check_free_exam);
}
