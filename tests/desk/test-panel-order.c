/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/panel-order.c: what proctors order at a PC. */
#include "check-panel.h"

#include "base/limits.h"

/* How a call ended, and by whose passcode. */
typedef struct {
  Ended how;
  JkRoleName role;
} Refused;

static void
nothing_is_given_while_it_is_closed (void **state)
{
  Scene self;

  come (&self, state);
  jk_panel_close (self.panel);
  JkPanelOrder order = order_of (&self, JK_ACT_MESSAGE);
  assert_false (jk_panel_may (self.panel, JK_ACT_MESSAGE, order.record));
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  go (&self);
}

static void
an_order_of_one_is_in_the_log_with_who_and_what (void **state)
{
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_MESSAGE);
  for (guint n = 1; n <= 2; n++) {
    assert_ok (give (&self, &order));
    const JkLogRow *row = read_last_row (&self);
    assert_int_equal (row->event, JK_LOG_OBEYED);
    assert_int_equal (row->act, JK_ACT_MESSAGE);
    assert_int_equal (row->counter, n);
    assert_memory_equal (row->key,
                         jk_station_get_sign_public (self.desk->desk->station),
                         JK_PUBLIC_BYTES);
  }
  await_heard (self.desk, "message some words\n");
  go (&self);
}

static void
what_two_must_sign_needs_a_second_envelope (void **state)
{
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_PAUSE);
  order.second = 0;
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  order.second = JK_ROLE_CHIEF;
  error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  order.second = JK_ROLE_SPARE_1; /* with the proctor's passcode */
  error = give (&self, &order);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_ANSWERING);
  order.second = JK_ROLE_PROCTOR;
  assert_ok (give (&self, &order));
  await_page (self.desk, JK_PAGE_PAUSED);
  assert_int_equal (jk_panel_get_role (self.panel), JK_ROLE_CHIEF);
  go (&self);
}

static void
what_cannot_be_undone_asks_for_the_passcode_again (void **state)
{
  Scene self;
  JkPanelAsk ask;

  come (&self, state);
  jk_panel_ask (self.panel, JK_ACT_FORCE, record_of (&self), &ask);
  assert_true (ask.again && ask.second && ask.reason);
  JkPanelOrder order = order_of (&self, JK_ACT_FORCE);
  order.again = "";
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  order.again = passcode_of (self.desk, JK_ROLE_PROCTOR);
  error = give (&self, &order);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_PASSCODE);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_ANSWERING);
  order.again = passcode_of (self.desk, JK_ROLE_CHIEF);
  assert_ok (give (&self, &order));
  await_page (self.desk, JK_PAGE_HANDED_IN);
  go (&self);
}

static void
note_refused (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Refused *self = user_data;

  self->role = jk_panel_get_refused_role (JK_PANEL (source), result);
  panel_ended (source, result, &self->how);
}

/* Whose passcode is not taken, of two that are typed. */
static JkRoleName
find_refused (Scene *self, const char *again, const char *second_passcode)
{
  Refused refused = { 0 };
  JkPanelOrder order = order_of (self, JK_ACT_FORCE);

  order.again = again;
  order.second_passcode = second_passcode;
  jk_panel_give_async (self->panel, &order, note_refused, &refused);
  g_autoptr (GError) error = await (&refused.how);
  return refused.role;
}

static void
of_two_passcodes_it_is_told_whose_was_not_taken (void **state)
{
  Scene self;

  come (&self, state);
  const char *chief = passcode_of (self.desk, JK_ROLE_CHIEF);
  const char *proctor = passcode_of (self.desk, JK_ROLE_PROCTOR);
  assert_int_equal (find_refused (&self, proctor, proctor), JK_ROLE_CHIEF);
  assert_int_equal (find_refused (&self, chief, chief), JK_ROLE_PROCTOR);
  assert_int_equal (find_refused (&self, chief, "mistyped"), JK_ROLE_PROCTOR);
  assert_int_equal (find_refused (&self, chief, proctor), 0);
  await_page (self.desk, JK_PAGE_HANDED_IN);
  /* Both are right, and it is refused for something else. */
  assert_int_equal (find_refused (&self, chief, proctor), 0);
  go (&self);
}

static void
a_reason_and_a_text_are_asked_where_the_act_wants_them (void **state)
{
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_EXTEND);
  order.amount = 10 * MS_PER_MIN;
  order.reason = "";
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  order.reason = REASON;
  assert_ok (give (&self, &order));
  await_heard (self.desk, "extended 10\n");
  order = order_of (&self, JK_ACT_INCIDENT);
  order.text = NULL;
  error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  go (&self);
}

static void
a_text_or_a_reason_that_is_too_long_is_refused (void **state)
{
  g_autofree char *longest = g_strnfill (JK_ORDER_TEXT_BYTES_MAX, 'x');
  g_autofree char *longer = g_strnfill (JK_ORDER_TEXT_BYTES_MAX + 1, 'x');
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_VIOLATION);
  order.text = longer;
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  order.text = longest;
  order.reason = longer;
  error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  order.reason = longest;
  assert_ok (give (&self, &order));
  go (&self);
}

static void
what_only_the_chief_may_needs_the_chief_as_second (void **state)
{
  Scene self;
  JkPanelAsk ask;

  come (&self, state);
  assert_ok (type (&self, JK_ROLE_PROCTOR, JK_ROLE_PROCTOR));
  jk_panel_ask (self.panel, JK_ACT_REVOKE_ROLE, JK_ORDER_EVERY, &ask);
  assert_true (ask.second && ask.chief);
  JkPanelOrder order = order_of (&self, JK_ACT_REVOKE_ROLE);
  order.record = JK_ORDER_EVERY;
  order.amount = JK_ROLE_SPARE_2;
  order.second = JK_ROLE_SPARE_1;
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_ASK);
  order.second = JK_ROLE_CHIEF;
  order.second_passcode = passcode_of (self.desk, JK_ROLE_CHIEF);
  assert_ok (give (&self, &order));
  go (&self);
}

static void
an_order_without_a_place_says_so_and_the_panel_stays (void **state)
{
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_RESUME);
  assert_false (jk_panel_may (self.panel, JK_ACT_RESUME, order.record));
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  assert_int_equal (jk_panel_get_role (self.panel), JK_ROLE_CHIEF);
  order = order_of (&self, JK_ACT_MESSAGE);
  assert_ok (give (&self, &order));
  go (&self);
}

static void
one_thing_at_a_time_and_the_keys_come_back (void **state)
{
  Scene self;
  Ended first = { 0 }, second = { 0 };

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_PAUSE);
  jk_panel_give_async (self.panel, &order, panel_ended, &first);
  jk_panel_give_async (self.panel, &order, panel_ended, &second);
  g_autoptr (GError) error = await (&second);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_ok (await (&first));
  order = order_of (&self, JK_ACT_RESUME);
  assert_ok (give (&self, &order));
  await_page (self.desk, JK_PAGE_ANSWERING);
  /* Closed while an order is on its way, it stays closed. */
  order = order_of (&self, JK_ACT_PAUSE);
  first = (Ended){ 0 };
  jk_panel_give_async (self.panel, &order, panel_ended, &first);
  jk_panel_close (self.panel);
  assert_ok (await (&first));
  assert_int_equal (jk_panel_get_role (self.panel), 0);
  go (&self);
}

typedef struct {
  Scene *scene;
  const JkPanelOrder *order;
  Ended how;
} Gap;

/* The desk has just become free, and the order before has not been answered yet. */

static void
give_in_the_gap (JkDesk *desk, GParamSpec *pspec, Gap *self)
{
  if (jk_desk_is_busy (desk))
    return;
  g_signal_handlers_disconnect_by_func (desk, give_in_the_gap, self);
  jk_panel_give_async (self->scene->panel, self->order, panel_ended, &self->how);
}

static void
no_order_is_given_before_the_keys_are_back (void **state)
{
  Scene self;
  Ended first = { 0 };

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_MESSAGE);
  Gap gap = { .scene = &self, .order = &order };
  jk_panel_give_async (self.panel, &order, panel_ended, &first);
  g_signal_connect (self.desk->desk, "notify::busy", G_CALLBACK (give_in_the_gap), &gap);
  assert_ok (await (&first));
  g_autoptr (GError) error = await (&gap.how);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_ok (give (&self, &order));
  go (&self);
}

static void
results_are_not_copied_where_there_is_nowhere (void **state)
{
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_COPY);
  order.record = JK_ORDER_EVERY;
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_EMPTY);
  go (&self);
  /* As on a PC that was loaded by hand, and started again without a folder. */
  const char *inbox = self.desk->place.inbox;
  self.desk->place.inbox = NULL;
  restart (self.desk);
  self.desk->place.inbox = inbox;
  self.panel = jk_panel_new (self.desk->desk);
  assert_ok (type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
  error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_NO_FOLDER);
  go (&self);
}

static guint
count_results (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_results = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n_results += g_str_has_suffix (name, ".jkresult");
  return n_results;
}

static void
a_copy_is_done_when_it_lies_there_and_is_refused_where_it_cannot (void **state)
{
  Scene self;

  come (&self, state);
  const char *inbox = self.desk->place.inbox;
  g_autofree char *away = g_strconcat (inbox, "-away", NULL);
  JkPanelOrder order = order_of (&self, JK_ACT_FORCE);
  assert_ok (give (&self, &order));
  await_page (self.desk, JK_PAGE_HANDED_IN);
  order = order_of (&self, JK_ACT_COPY);
  order.record = JK_ORDER_EVERY;
  g_assert_no_errno (g_rename (inbox, away));
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_NOT_COPIED);
  assert_non_null (jk_desk_get_fault (self.desk->desk, 0));
  assert_int_equal (jk_panel_get_role (self.panel), JK_ROLE_CHIEF);
  g_assert_no_errno (g_rename (away, inbox));
  assert_ok (give (&self, &order));
  assert_int_equal (count_results (inbox), 1);
  gint64 end_us = g_get_monotonic_time () + WAIT_US;
  while (jk_desk_get_fault (self.desk->desk, 0) != NULL && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_null (jk_desk_get_fault (self.desk->desk, 0));
  assert_string_equal (jk_desk_get_inbox (self.desk->desk), inbox);
  go (&self);
}

static void
who_waits_for_a_copy_is_told_when_the_desk_is_closed (void **state)
{
  Scene self;
  Ended how = { 0 };

  come (&self, state);
  g_autoptr (GTask) asked = g_task_new (self.panel, NULL, panel_ended, &how);
  g_ptr_array_add (self.desk->desk->askers, g_object_ref (asked));
  jk_desk_close (self.desk->desk);
  g_autoptr (GError) error = await (&how);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  go (&self);
  g_clear_object (&self.desk->desk);
}

static void
an_order_for_a_sitting_that_is_not_here_says_so (void **state)
{
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_EXTEND);
  order.amount = 10 * MS_PER_MIN;
  order.record = record_of_candidate (&self, 1);
  g_autoptr (GError) error = give (&self, &order);
  assert_non_null (strstr (error->message, "where they sit"));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_PERSON);
  go (&self);
}

static void
the_keys_are_for_the_session_they_came_from_alone (void **state)
{
  Scene self;

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_MESSAGE);
  gconstpointer seat = self.panel->seat;
  self.panel->seat = &order;
  g_autoptr (GError) error = give (&self, &order);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_SESSION);
  self.panel->seat = seat;
  assert_ok (give (&self, &order));
  go (&self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (nothing_is_given_while_it_is_closed),
    TEST (an_order_of_one_is_in_the_log_with_who_and_what),
    TEST (what_two_must_sign_needs_a_second_envelope),
    TEST (what_cannot_be_undone_asks_for_the_passcode_again),
    TEST (of_two_passcodes_it_is_told_whose_was_not_taken),
    TEST (a_reason_and_a_text_are_asked_where_the_act_wants_them),
    TEST (a_text_or_a_reason_that_is_too_long_is_refused),
    TEST (what_only_the_chief_may_needs_the_chief_as_second),
    TEST (an_order_without_a_place_says_so_and_the_panel_stays),
    TEST (one_thing_at_a_time_and_the_keys_come_back),
    TEST (no_order_is_given_before_the_keys_are_back),
    TEST (an_order_for_a_sitting_that_is_not_here_says_so),
    TEST (the_keys_are_for_the_session_they_came_from_alone),
    TEST (results_are_not_copied_where_there_is_nowhere),
    TEST (a_copy_is_done_when_it_lies_there_and_is_refused_where_it_cannot),
    TEST (who_waits_for_a_copy_is_told_when_the_desk_is_closed),
  };
  return cmocka_run_group_tests_name ("panel-order", tests, check_build_exam, check_free_exam);
}
