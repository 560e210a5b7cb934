/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-situation.c: what is taken over is what the seat says, and stays while the worker
 * has the seat. */
#include "check-desk.h"

#include "desk/desk-private.h"

static JkSituation
find (Fixture *self, guint32 record)
{
  JkSituation situation;

  assert_true (jk_desk_situations_find (self->desk->situations, record, &situation));
  return situation;
}

static guint32
record_of (Fixture *self, guint n)
{
  return jk_test_exam_get_candidate (self->exam, n)->record;
}

static void
assert_as_seat (Fixture *self, guint32 record)
{
  JkSituation taken = find (self, record);
  JkSituation wanted;

  jk_seat_get_situation (self->desk->seat, record, &wanted);
  assert_int_equal (taken.stage, wanted.stage);
  assert_int_equal (taken.state, wanted.state);
  assert_int_equal (taken.epoch, wanted.epoch);
  assert_int_equal (taken.revoked_roles, wanted.revoked_roles);
  assert_int_equal (taken.is_held, wanted.is_held);
  assert_int_equal (taken.is_absent, wanted.is_absent);
  assert_int_equal (taken.is_taken, wanted.is_taken);
  assert_int_equal (taken.all_handed_in, wanted.all_handed_in);
  assert_int_equal (taken.all_collected, wanted.all_collected);
}

static void
assert_all_as_seat (Fixture *self)
{
  guint n = jk_session_get_n_records (jk_seat_get_session (self->desk->seat));

  jk_desk_look (self->desk);
  for (guint record = 0; record < n; record++)
    assert_as_seat (self, record);
  assert_as_seat (self, JK_ORDER_EVERY);
  assert_as_seat (self, n + 1000);
}

/* Takes what was sent. */
static void
obey (Fixture *self)
{
  jk_desk_take_inbox (self->desk);
  assert_null (jk_desk_get_fault (self->desk, 0));
}

static void
send_for (Fixture *self, JkAct act, guint32 record)
{
  JkOrderTerms terms = terms_of (self, act);

  terms.record = record;
  send_terms (self, &terms);
  obey (self);
}

static void
it_is_what_the_seat_says_at_each_step (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_all_as_seat (self);
  assert_int_equal (jk_desk_situations_get_n (self->desk->situations), 1);
  send_for (self, JK_ACT_ABSENT, record_of (self, 1));
  send_for (self, JK_ACT_WALK_IN, record_of (self, 2));
  assert_all_as_seat (self);
  assert_true (find (self, record_of (self, 1)).is_absent);
  assert_true (find (self, record_of (self, 2)).is_taken);
  send_for (self, JK_ACT_NOT_ABSENT, record_of (self, 1));
  assert_all_as_seat (self);
  assert_false (find (self, record_of (self, 1)).is_absent);

  assert_ok (log_in (self, 0));
  assert_all_as_seat (self);
  assert_true (jk_desk_confirm (self->desk, &error));
  assert_ok (start (self, jk_test_exam_get_start_code (self->exam)));
  assert_int_equal (find (self, record_of (self, 0)).state, JK_STATE_RUNNING);
  assert_false (find (self, JK_ORDER_EVERY).all_handed_in);
  assert_int_equal (jk_desk_situations_get_n (self->desk->situations), 2);
  assert_int_equal (jk_desk_situations_get (self->desk->situations, 1)->state, JK_STATE_RUNNING);
  send_for (self, JK_ACT_FORCE, record_of (self, 0));
  assert_all_as_seat (self);
  assert_true (find (self, JK_ORDER_EVERY).all_handed_in);
  send_for (self, JK_ACT_END, JK_ORDER_EVERY);
  assert_all_as_seat (self);
  assert_int_equal (find (self, JK_ORDER_EVERY).stage, JK_STAGE_ENDED);
}

static void
without_a_session_there_is_none (void **state)
{
  Fixture *self = *state;
  JkSituation situation;

  open_desk (self);
  assert_false (jk_desk_situations_find (self->desk->situations, JK_ORDER_EVERY, &situation));
  assert_null (jk_desk_situations_get_fault (self->desk->situations));
}

/* Changes the seat, as mail does. */
static gboolean
change (JkDesk *desk, gpointer data, GError **error)
{
  jk_desk_take_inbox (desk);
  return TRUE;
}

static void
it_stays_while_the_worker_has_the_seat (void **state)
{
  Fixture *self = *state;

  begin (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_PAUSE);
  send_terms (self, &terms);
  jk_desk_work_quietly (self->desk, change);
  assert_int_equal (find (self, record_of (self, 0)).state, JK_STATE_RUNNING);
  await_page (self, JK_PAGE_PAUSED);
  assert_int_equal (find (self, record_of (self, 0)).state, JK_STATE_PAUSED);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (it_is_what_the_seat_says_at_each_step),
    TEST (without_a_session_there_is_none),
    TEST (it_stays_while_the_worker_has_the_seat),
  };
  return cmocka_run_group_tests_name ("desk-situation", tests, check_build_exam, check_free_exam);
}
