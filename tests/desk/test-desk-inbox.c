/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-inbox.c: files arrive while the program runs, broken and foreign ones among them.
 */
#include "check-desk.h"

#include "base/limits.h"
#include "envelope/envelope.h"
#include "result/result.h"

#include <fcntl.h>
#include <sys/stat.h>

/* In the place of the C library's: sees on which thread the inbox is looked at. */
static GThread *watched;
static gint n_on_watched, n_elsewhere;

int
stat (const char *path, struct stat *out)
{
  if (watched != NULL && strstr (path, "/inbox/") != NULL)
    g_atomic_int_inc (g_thread_self () == watched ? &n_on_watched : &n_elsewhere);
  return fstatat (AT_FDCWD, path, out, 0);
}

static void
await_fault (Fixture *self, const char *text)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;
  gboolean is_there = FALSE;

  while (!is_there && g_get_monotonic_time () < end_us) {
    const char *fault;
    g_main_context_iteration (NULL, TRUE);
    for (guint n = 0; (fault = jk_desk_get_fault (self->desk, n)) != NULL; n++)
      is_there = is_there || strstr (fault, text) != NULL;
  }
  assert_true (is_there);
}

static void
files_may_come_while_it_waits (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_NO_SESSION);
  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  await_page (self, JK_PAGE_CLOSED);
  /* Taken over: the folder may go. */
  restart (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CLOSED);
}

static void
what_is_broken_is_named_and_left (void **state)
{
  Fixture *self = *state;
  g_autofree char *session =
      jk_test_folder_put_text (self->folder, "inbox/a.jksession", "no session");
  g_autofree char *order = jk_test_folder_put_text (self->folder, "inbox/b.jkorder", "no order");

  open_desk (self);
  await_fault (self, "a.jksession");
  await_fault (self, "b.jkorder");
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_NO_SESSION);
  /* Mended in place, it is taken. */
  g_autofree char *data = NULL;
  gsize size;
  assert_true (
      g_file_get_contents (jk_test_exam_get_session_path (self->exam, 0), &data, &size, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *mended = jk_test_folder_put (self->folder, "inbox/a.jksession", bytes);
  await_page (self, JK_PAGE_CLOSED);
}

static void
the_bank_of_another_session_is_refused (void **state)
{
  Fixture *self = *state;
  const JkTestExamOptions options = { .seed = 7, .rehearsal = TRUE };
  g_autoptr (JkTestExam) other = jk_test_exam_new_with (&options);

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  arrive (self, jk_test_exam_get_bank_path (other));
  open_desk (self);
  await_fault (self, "jkbank");
}

static void
a_message_reaches_the_candidate (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_MESSAGE);
  await_heard (self, "message W601 phone at the seat\n");
}

static void
an_order_that_has_no_place_is_shown_to_the_proctor (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_RESUME);
  await_fault (self, "jkorder");
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
}

static void
a_share_that_does_not_answer_would_keep_nobody_waiting (void **state)
{
  Fixture *self = *state;

  begin (self);
  watched = g_thread_self ();
  send (self, JK_ACT_MESSAGE);
  await_heard (self, "message W601 phone at the seat\n");
  watched = NULL;
  assert_int_equal (g_atomic_int_get (&n_on_watched), 0);
  assert_int_not_equal (g_atomic_int_get (&n_elsewhere), 0);
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
  send_to_all (self, JK_ACT_END);
  send_to_all (self, JK_ACT_WIPE);
  while (jk_desk_get_page (self->desk) != JK_PAGE_ENDED && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_null (jk_desk_get_person (self->desk));
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
    WHOLE (files_may_come_while_it_waits),
    WHOLE (what_is_broken_is_named_and_left),
    WHOLE (the_bank_of_another_session_is_refused),
    WHOLE (a_message_reaches_the_candidate),
    WHOLE (a_share_that_does_not_answer_would_keep_nobody_waiting),
    WHOLE (an_order_that_has_no_place_is_shown_to_the_proctor),
    WHOLE (results_are_copied_on_order_and_collected_by_digest),
    WHOLE (a_wipe_takes_the_candidate_from_the_desk),
    WHOLE (a_hand_in_by_mistake_is_reopened),
  };
  return cmocka_run_group_tests_name ("desk-inbox", tests, check_build_exam, check_free_exam);
}
