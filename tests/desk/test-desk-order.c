/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-order.c: what follows of an order at the desk. */
#include "check-desk.h"

#include "base/limits.h"
#include "desk/closing.h"
#include "envelope/envelope.h"
#include "result/result.h"

static void
a_message_reaches_the_candidate (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_MESSAGE);
  await_heard (self, "message W601 phone at the seat\n");
}

static void
compute_digest (GBytes *bytes, JkDigest *out)
{
  JkKind kind;

  assert_true (jk_envelope_peek ("result", bytes, &kind, out, NULL));
}

/* An order for the whole PC. */
static void
send_to_all (Fixture *self, JkAct act)
{
  JkOrderTerms terms = terms_of (self, act);

  terms.record = JK_ORDER_EVERY;
  send_terms (self, &terms);
}

/* The result of the first candidate, once it lies in the inbox. The caller unrefs. */
static GBytes *
await_result (Fixture *self)
{
  const JkSession *session = jk_test_exam_get_session (self->exam, 0);
  guint32 record = jk_test_exam_get_candidate (self->exam, 0)->record;
  gint64 end_us = g_get_monotonic_time () + WAIT_US;
  g_autofree char *name = jk_result_dup_file_name (session, record, 1);
  g_autofree char *path = g_build_filename (self->place.inbox, name, NULL);
  g_autofree char *in = g_build_filename ("inbox", name, NULL);

  while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  return jk_test_folder_get_bytes (self->folder, in);
}

/* The first candidate's result is copied, and collected by its digest. */
static void
collect (Fixture *self)
{
  JkDigest digest;

  send_to_all (self, JK_ACT_COPY);
  g_autoptr (GBytes) bytes = await_result (self);
  compute_digest (bytes, &digest);
  JkOrderTerms terms = terms_of (self, JK_ACT_COLLECT);
  memcpy (terms.subject, digest.bytes, sizeof terms.subject);
  send_terms (self, &terms);
  await_page (self, JK_PAGE_COLLECTED);
}

static void
results_are_copied_on_order_and_collected_by_digest (void **state)
{
  Fixture *self = *state;

  begin (self);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (self));
  collect (self);
  jk_desk_dismiss (self->desk);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_LOG_IN);
  g_autoptr (GError) error = log_in (self, 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_HANDED_IN);
  error = log_in (self, 1); /* the door is open to the next, but for the hour */
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_LATE);
}

/* Nothing of the candidate is shown after it, and nothing that was freed is looked at. */
static void
a_wipe_takes_the_candidate_from_the_desk (void **state)
{
  Fixture *self = *state;
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  begin (self);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (self));
  collect (self);
  send_to_all (self, JK_ACT_WIPE); /* not before the end: refused, and all is still there */
  await_fault (self, "wipe");
  assert_non_null (jk_desk_get_person (self->desk));
  assert_false (jk_desk_is_wiped (self->desk));
  send_to_all (self, JK_ACT_END);
  send_to_all (self, JK_ACT_WIPE);
  while (jk_desk_get_page (self->desk) != JK_PAGE_ENDED && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_null (jk_desk_get_person (self->desk));
  assert_true (jk_desk_is_wiped (self->desk));
  assert_int_equal (g_list_model_get_n_items (jk_desk_get_items (self->desk)), 0);
}

static void
a_hand_in_by_mistake_is_reopened (void **state)
{
  Fixture *self = *state;

  begin (self);
  choose (self, 2, 0);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (self));
  send (self, JK_ACT_REOPEN);
  await_page (self, JK_PAGE_ANSWERING);
  assert_int_equal (jk_desk_get_n_answered (self->desk), 1);
  choose (self, 1, 0);
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WHOLE (a_message_reaches_the_candidate),
    WHOLE (results_are_copied_on_order_and_collected_by_digest),
    WHOLE (a_wipe_takes_the_candidate_from_the_desk),
    WHOLE (a_hand_in_by_mistake_is_reopened),
  };
  return cmocka_run_group_tests_name ("desk-order", tests, check_build_exam, check_free_exam);
}
