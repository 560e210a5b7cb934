/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-work.c: one thing at a time. */
#include "check-desk.h"

#include "desk/desk-private.h"

#define SLOW_US 100000

static void
count_busy (JkDesk *desk, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
while_busy_nothing_else_is_taken (void **state)
{
  Fixture *self = *state;
  Ended first = { 0 }, second = { 0 };
  g_autoptr (GError) error = NULL;
  guint n = 0;

  begin (self);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  g_signal_connect (self->desk, "notify::busy", G_CALLBACK (count_busy), &n);
  jk_desk_hand_in_async (self->desk, ended, &first);
  assert_true (jk_desk_is_busy (self->desk));
  jk_desk_hand_in_async (self->desk, ended, &second);
  assert_false (jk_desk_choose (self->desk, 0, 0, &error));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_false (jk_desk_flag (self->desk, 0, TRUE, &error));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  error = await (&second);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_ok (await (&first));
  assert_false (jk_desk_is_busy (self->desk));
  assert_int_equal (n, 2);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_HANDED_IN);
}

static void
a_desk_is_closed_after_its_work_is_done (void **state)
{
  Fixture *self = *state;
  Ended how = { 0 };

  begin (self);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  jk_desk_hand_in_async (self->desk, ended, &how);
  close_desk (self);
  assert_ok (await (&how));
  open_desk (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_HANDED_IN);
}

static gboolean
dawdle (JkDesk *desk, gpointer data, GError **error)
{
  g_usleep (SLOW_US);
  return TRUE;
}

/* The minute's look may be at it. */
static void
dawdle_quietly (Fixture *self)
{
  while (self->desk->n_busy > 0)
    g_main_context_iteration (NULL, TRUE);
  jk_desk_work_quietly (self->desk, dawdle);
}

static void
what_comes_by_itself_cuts_nobody_off (void **state)
{
  Fixture *self = *state;
  Ended how = { 0 };
  guint n = 0;

  open_room (self);
  g_signal_connect (self->desk, "notify::busy", G_CALLBACK (count_busy), &n);
  dawdle_quietly (self);
  assert_false (jk_desk_is_busy (self->desk));
  follow_ms (2 * SLOW_US / 1000);
  assert_int_equal (n, 0);
  /* Asked in the middle of it, it is waited for. */
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (self->exam, 0);
  dawdle_quietly (self);
  jk_desk_log_in_async (self->desk, candidate->admission, candidate->id_number, ended, &how);
  assert_true (jk_desk_is_busy (self->desk));
  assert_ok (await (&how));
  assert_int_equal (n, 2);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CONFIRM);
}

static void
an_answer_given_meanwhile_is_kept (void **state)
{
  Fixture *self = *state;
  Ended how = { 0 };

  begin (self);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  dawdle_quietly (self);
  choose (self, 0, 1);
  choose (self, 0, 1); /* clicked once more, for nothing is seen of it yet */
  choose (self, 1, 0);
  assert_true (jk_desk_flag (self->desk, 2, TRUE, NULL));
  follow_ms (3 * SLOW_US / 1000);
  assert_int_equal (chosen (self, 0), 1u << 1);
  assert_int_equal (chosen (self, 1), 1u << 0);
  assert_true (jk_desk_item_is_flagged (jk_desk_get_item (self->desk, 2)));
  await_save (self, JK_SAVE_SAVED);
  /* Also when the hand-in follows at once. */
  dawdle_quietly (self);
  assert_true (jk_desk_clear (self->desk, 1, NULL));
  jk_desk_hand_in_async (self->desk, ended, &how);
  assert_ok (await (&how));
  assert_int_equal (jk_desk_get_n_answered (self->desk), 1);
}

static gboolean
count (JkDesk *desk, gpointer data, GError **error)
{
  guint *n = data;

  assert_int_equal (desk->n_busy, 1);
  (*n)++;
  g_usleep (SLOW_US / 10);
  return TRUE;
}

/* However many wait, they are done one by one, before a desk is closed, and nobody feels it. */
static void
what_waits_quietly_is_done_one_by_one (void **state)
{
  Fixture *self = *state;
  Ended how[3] = { { 0 } };
  guint n_told = 0, n = 0;

  open_room (self);
  g_signal_connect (self->desk, "notify::busy", G_CALLBACK (count_busy), &n_told);
  for (guint i = 0; i < G_N_ELEMENTS (how); i++)
    jk_desk_work_behind (self->desk, count, &n, ended, &how[i]);
  assert_false (jk_desk_is_busy (self->desk));
  assert_ok (await (&how[0]));
  close_desk (self);
  for (guint i = 0; i < G_N_ELEMENTS (how); i++)
    assert_true (how[i].is_done);
  assert_int_equal (n, 3);
  assert_int_equal (n_told, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (while_busy_nothing_else_is_taken, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_comes_by_itself_cuts_nobody_off, set_up, tear_down),
    cmocka_unit_test_setup_teardown (an_answer_given_meanwhile_is_kept, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_waits_quietly_is_done_one_by_one, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_desk_is_closed_after_its_work_is_done, set_up, tear_down),
  };
  return cmocka_run_group_tests_name ("desk-work", tests, check_build_exam, check_free_exam);
}
