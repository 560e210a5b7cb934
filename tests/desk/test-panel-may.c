/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/panel-may.c: what a proctor may order in every state, and the way on where not. */
#include "check-people.h"

#define STATES "nirRphscm"

/* In which states of the one candidate of a PC each act may be ordered, written down from domain.md
 * section 4.8 and not from the act table: n(ot logged in), i(dentified), r(eady), R(unning),
 * p(aused), h(anded in), s(ealed), c(ollected), m(oved), * all; while log-in is not open yet, then
 * while it is, then after the end. Nobody is absent, no sitting is held, the roll was not read. */
static const struct {
  const char *act, *loaded, *open, *ended;
} expected[] = {
  { "open", "*", "", "" },          { "open-red", "*", "*", "" },
  { "open-outside", "*", "*", "" }, { "end", "", "nscm", "" },
  { "late", "", "nir", "" },        { "walk-in", "", "n", "" },
  { "wrong-id", "", "n", "" },      { "unlock", "", "*", "" },
  { "absent", "", "n", "n" },       { "not-absent", "", "", "" },
  { "extend", "", "Rp", "" },       { "credit", "", "Rp", "" },
  { "pause", "", "R", "" },         { "resume", "", "p", "" },
  { "release", "", "", "" },        { "consent", "", "R", "" },
  { "message", "", "irRp", "" },    { "incident", "", "*", "*" },
  { "violation", "", "*", "*" },    { "force", "", "Rp", "" },
  { "reopen", "", "s", "" },        { "move", "", "irRp", "" },
  { "retire", "", "irRp", "irRp" }, { "copy", "", "*", "*" },
  { "collect", "", "s", "s" },      { "revoke-role", "*", "*", "*" },
  { "name-person", "*", "*", "*" }, { "name-console", "*", "*", "*" },
  { "wipe", "", "", "ncm" },
};

static gboolean
is_among (const char *letters, JkState state)
{
  return *letters == '*' || strchr (letters, STATES[state]) != NULL;
}

static const char *
letters_at (guint act, JkStage stage)
{
  const char *const at[] = {
    expected[act - 1].loaded,
    expected[act - 1].open,
    expected[act - 1].ended,
  };
  return at[stage];
}

static guint32
target_of (Scene *self, JkAct act)
{
  return jk_act_get_rule (act)->target == JK_TARGET_STATION ? JK_ORDER_EVERY : record_of (self);
}

/* A sentence of its own, ended, that names no state by its code. */
static void
assert_says_why (Scene *self, JkAct act, guint32 record)
{
  g_autofree char *why = NULL;

  assert_false (jk_panel_may_why (self->panel, act, record, &why));
  assert_true (g_str_has_suffix (why, "."));
  assert_true (strlen (why) > 30);
  assert_null (strstr (why, "(null)"));
}

static void
assert_may (Scene *self, JkAct act, guint32 record, gboolean may)
{
  g_autofree char *why = NULL;

  if (jk_panel_may_why (self->panel, act, record, &why) != may)
    fail_msg ("%s: %s", jk_act_get_rule (act)->name, why != NULL ? why : "may");
  assert_int_equal (why == NULL, may);
  assert_int_equal (jk_panel_may (self->panel, act, record), may);
  if (!may)
    assert_says_why (self, act, record);
}

static void
assert_says (Scene *self, JkAct act, guint32 record, const char *text)
{
  g_autofree char *why = NULL;

  assert_false (jk_panel_may_why (self->panel, act, record, &why));
  if (strstr (why, text) == NULL)
    fail_msg ("“%s” does not say “%s”", why, text);
}

/* What the seat would say; until the next look. */
static void
pretend (Scene *self, JkStage stage, JkState state)
{
  JkDeskSituations *situations = self->desk->desk->situations;
  const guint32 done =
      JK_BIT (JK_STATE_NONE) | JK_BIT (JK_STATE_COLLECTED) | JK_BIT (JK_STATE_MOVED);

  for (guint n = 0; n < jk_desk_situations_get_n (situations); n++) {
    JkSituation *situation = jk_desk_situations_get (situations, n);
    situation->stage = stage;
    situation->state = n == 0 ? JK_STATE_NONE : state;
    situation->is_taken = situation->state != JK_STATE_NONE;
    situation->all_collected = (done & JK_BIT (state)) != 0;
    situation->all_handed_in = situation->all_collected || state == JK_STATE_SEALED;
  }
}

static void
every_act_in_every_state_is_as_the_rules_of_the_hall_say (void **state)
{
  Scene self;

  come (&self, state);
  assert_int_equal (G_N_ELEMENTS (expected), JK_N_ACTS - 1);
  assert_int_equal (strlen (STATES), JK_N_STATES);
  for (guint stage = 0; stage < JK_N_STAGES; stage++) {
    for (guint at = 0; at < JK_N_STATES; at++) {
      pretend (&self, (JkStage) stage, (JkState) at);
      for (guint act = JK_ACT_OPEN; act < JK_N_ACTS; act++) {
        assert_string_equal (jk_act_get_rule ((JkAct) act)->name, expected[act - 1].act);
        assert_may (&self,
                    (JkAct) act,
                    target_of (&self, (JkAct) act),
                    is_among (letters_at (act, (JkStage) stage), (JkState) at));
      }
    }
  }
  go (&self);
}

/* The table as it is met: and what may not be ordered is refused when it is. */
static void
assert_as_expected (Scene *self, JkState at)
{
  JkStage stage = jk_seat_get_stage (self->desk->desk->seat);

  for (guint act = JK_ACT_OPEN; act < JK_N_ACTS; act++) {
    gboolean may = is_among (letters_at (act, stage), at);
    JkPanelOrder order = order_of (self, (JkAct) act);
    order.record = target_of (self, (JkAct) act);
    order.amount = MAX (jk_act_get_rule ((JkAct) act)->amount_min, 1);
    memset (order.subject, 1, sizeof order.subject);
    assert_may (self, (JkAct) act, order.record, may);
    g_autoptr (GError) error = may ? NULL : give (self, &order);
    assert_int_equal (error == NULL, may);
  }
}

static void
must_give (Scene *self, JkAct act)
{
  JkPanelOrder order = order_of (self, act);

  order.record = target_of (self, act);
  assert_ok (give (self, &order));
}

/* Copied, or it could not be wiped. */
static void
collect (Scene *self)
{
  JkPanelOrder order = order_of (self, JK_ACT_COLLECT);
  JkSitting *sitting = jk_seat_find_sitting (self->desk->desk->seat, order.record);
  JkDigest digest;
  JkKind kind;

  assert_true (jk_envelope_peek ("result", jk_sitting_get_result (sitting), &kind, &digest, NULL));
  memcpy (order.subject, digest.bytes, sizeof order.subject);
  assert_true (jk_seat_note_copied (self->desk->desk->seat, order.record, &digest, NULL));
  assert_ok (give (self, &order));
}

static void
what_may_not_be_ordered_is_refused_in_every_state_that_is_reached (void **state)
{
  Scene self;
  g_autoptr (GError) error = NULL;

  come_early (&self, state);
  assert_as_expected (&self, JK_STATE_NONE);
  assert_ok (log_in (self.desk, 0));
  assert_as_expected (&self, JK_STATE_IDENTIFIED);
  assert_true (jk_desk_confirm (self.desk->desk, &error));
  assert_as_expected (&self, JK_STATE_READY);
  assert_ok (start (self.desk, jk_test_exam_get_start_code (self.desk->exam)));
  assert_as_expected (&self, JK_STATE_RUNNING);
  must_give (&self, JK_ACT_PAUSE);
  assert_as_expected (&self, JK_STATE_PAUSED);
  must_give (&self, JK_ACT_FORCE);
  assert_as_expected (&self, JK_STATE_SEALED);
  must_give (&self, JK_ACT_END);
  assert_as_expected (&self, JK_STATE_SEALED);
  collect (&self);
  assert_as_expected (&self, JK_STATE_COLLECTED);
  go (&self);
}

static void
a_moved_candidate_is_ordered_about_elsewhere (void **state)
{
  Scene self;

  come (&self, state);
  must_give (&self, JK_ACT_MOVE);
  assert_as_expected (&self, JK_STATE_MOVED);
  assert_says (&self, JK_ACT_EXTEND, record_of (&self), "go to that PC");
  go (&self);
}

static void
before_log_in_opens_it_is_opened (void **state)
{
  Scene self = { .desk = *state };

  arrive (self.desk, jk_test_exam_get_session_path (self.desk->exam, 0));
  open_desk (self.desk);
  self.panel = jk_panel_new (self.desk->desk);
  assert_ok (type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
  assert_as_expected (&self, JK_STATE_NONE);
  assert_says (&self, JK_ACT_ABSENT, record_of (&self), "type the room code or order “open”");
  go (&self);
}

static void
absence_is_undone_where_it_is_marked (void **state)
{
  Scene self;

  come_early (&self, state);
  assert_says (&self, JK_ACT_NOT_ABSENT, record_of (&self), "not marked absent");
  must_give (&self, JK_ACT_ABSENT);
  assert_may (&self, JK_ACT_NOT_ABSENT, record_of (&self), TRUE);
  assert_says (&self, JK_ACT_ABSENT, record_of (&self), "“not-absent” undoes it");
  assert_may (&self, JK_ACT_ABSENT, record_of_candidate (&self, 1), TRUE);
  must_give (&self, JK_ACT_NOT_ABSENT);
  assert_may (&self, JK_ACT_ABSENT, record_of (&self), TRUE);
  go (&self);
}

static void
with_the_roll_a_spare_row_is_told_from_a_candidates (void **state)
{
  Scene self;
  const guint32 n_due = 6, n = 8;

  come_early (&self, state);
  assert_may (&self, JK_ACT_WALK_IN, record_of (&self), TRUE);
  g_autoptr (GPtrArray) people = read_people (&self);
  assert_int_equal (people->len, n);
  assert_says (&self, JK_ACT_WALK_IN, record_of (&self), "“wrong-id” for the candidate");
  assert_may (&self, JK_ACT_WRONG_ID, record_of (&self), TRUE);
  assert_says (&self, JK_ACT_WRONG_ID, n_due, "“walk-in” for somebody who is not on the roll");
  assert_may (&self, JK_ACT_WALK_IN, n_due, TRUE);
  assert_says (&self, JK_ACT_WALK_IN, n, "not on the roll");
  JkPanelOrder order = order_of (&self, JK_ACT_WALK_IN);
  order.record = n_due;
  assert_ok (give (&self, &order));
  assert_says (&self, JK_ACT_WALK_IN, n_due, "given to a walk-in already; choose another one");
  assert_may (&self, JK_ACT_WALK_IN, n_due + 1, TRUE);

  /* It is known as long as the panel is open. */
  jk_panel_close (self.panel);
  assert_ok (type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
  assert_may (&self, JK_ACT_WALK_IN, record_of (&self), TRUE);
  go (&self);
}

static void
what_is_held_can_be_released (void **state)
{
  Scene self;

  come (&self, state);
  assert_says (&self, JK_ACT_RELEASE, record_of (&self), "the candidate can go on");
  go (&self);
  close_desk (self.desk);
  jk_test_clock_reboot (self.desk->clock, 60 * G_USEC_PER_SEC);
  jk_test_clock_step_wall_ms (self.desk->clock, 40 * MS_PER_MIN);
  open_desk (self.desk);
  await_page (self.desk, JK_PAGE_HELD);
  self.panel = jk_panel_new (self.desk->desk);
  assert_ok (type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
  assert_may (&self, JK_ACT_RELEASE, record_of (&self), TRUE);
  go (&self);
}

static void
for_all_an_order_has_its_place_where_one_candidate_takes_it (void **state)
{
  Scene self;

  come_early (&self, state);
  assert_says (&self, JK_ACT_MESSAGE, JK_ORDER_EVERY, "Nobody has logged in at this PC");
  assert_says (&self, JK_ACT_FORCE, JK_ORDER_EVERY, "for one candidate; choose whom");
  assert_says (&self, JK_ACT_COPY, record_of (&self), "give it without a candidate");
  assert_may (&self, JK_ACT_UNLOCK, JK_ORDER_EVERY, TRUE);
  assert_ok (log_in (self.desk, 0));
  assert_may (&self, JK_ACT_MESSAGE, JK_ORDER_EVERY, TRUE);
  assert_says (&self, JK_ACT_PAUSE, JK_ORDER_EVERY, "wait until the exam has started");
  assert_says (&self, JK_ACT_END, JK_ORDER_EVERY, "has not handed in");
  go (&self);
}

static gboolean
rest (JkDesk *desk, gpointer data, GError **error)
{
  g_usleep (100 * 1000);
  return TRUE;
}

static void
whatever_the_worker_does_is_not_felt_before_it_is_done (void **state)
{
  Scene self;
  Ended how = { 0 };

  come (&self, state);
  jk_desk_work_quietly (self.desk->desk, rest);
  assert_true (self.desk->desk->n_busy > 0);
  assert_may (&self, JK_ACT_PAUSE, record_of (&self), TRUE);
  while (self.desk->desk->n_busy > 0)
    g_main_context_iteration (NULL, TRUE);

  JkPanelOrder order = order_of (&self, JK_ACT_PAUSE);
  jk_panel_give_async (self.panel, &order, panel_ended, &how);
  assert_true (jk_desk_is_busy (self.desk->desk));
  assert_may (&self, JK_ACT_PAUSE, record_of (&self), TRUE);
  assert_ok (await (&how));
  assert_may (&self, JK_ACT_PAUSE, record_of (&self), FALSE);
  assert_may (&self, JK_ACT_RESUME, record_of (&self), TRUE);
  go (&self);
}

typedef struct {
  Scene *scene;
  gboolean was_asked, may;
} Glance;

static void
glance (JkDesk *desk, GParamSpec *pspec, Glance *self)
{
  if (jk_desk_is_busy (desk))
    return;
  self->was_asked = TRUE;
  self->may = jk_panel_may (self->scene->panel, JK_ACT_NOT_ABSENT, record_of (self->scene));
}

static void
who_is_told_that_an_order_is_done_knows_what_may_be_ordered (void **state)
{
  Scene self;

  come_early (&self, state);
  Glance seen = { .scene = &self };
  gulong id = g_signal_connect (self.desk->desk, "notify::busy", G_CALLBACK (glance), &seen);
  must_give (&self, JK_ACT_ABSENT);
  g_signal_handler_disconnect (self.desk->desk, id);
  assert_true (seen.was_asked);
  assert_true (seen.may);
  go (&self);
}

static void
a_closed_panel_a_revoked_role_and_no_session_say_so (void **state)
{
  Scene self;

  come (&self, state);
  jk_panel_close (self.panel);
  assert_says (&self, JK_ACT_PAUSE, record_of (&self), "type the passcode of an envelope first");
  assert_ok (type (&self, JK_ROLE_PROCTOR, JK_ROLE_PROCTOR));
  JkPanelOrder order = order_of (&self, JK_ACT_REVOKE_ROLE);
  order.record = JK_ORDER_EVERY;
  order.amount = JK_ROLE_PROCTOR;
  order.second = JK_ROLE_CHIEF;
  order.second_passcode = passcode_of (self.desk, JK_ROLE_CHIEF);
  assert_ok (give (&self, &order));
  assert_says (&self, JK_ACT_PAUSE, record_of (&self), "was revoked");

  assert_ok (type (&self, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
  jk_desk_situations_take (self.desk->desk->situations, NULL);
  assert_says (&self, JK_ACT_PAUSE, record_of (&self), "load the session file");
  go (&self);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (every_act_in_every_state_is_as_the_rules_of_the_hall_say),
    TEST (what_may_not_be_ordered_is_refused_in_every_state_that_is_reached),
    TEST (a_moved_candidate_is_ordered_about_elsewhere),
    TEST (before_log_in_opens_it_is_opened),
    TEST (absence_is_undone_where_it_is_marked),
    TEST (with_the_roll_a_spare_row_is_told_from_a_candidates),
    TEST (what_is_held_can_be_released),
    TEST (for_all_an_order_has_its_place_where_one_candidate_takes_it),
    TEST (whatever_the_worker_does_is_not_felt_before_it_is_done),
    TEST (who_is_told_that_an_order_is_done_knows_what_may_be_ordered),
    TEST (a_closed_panel_a_revoked_role_and_no_session_say_so),
  };
  return cmocka_run_group_tests_name ("panel-may", tests, check_build_exam, check_free_exam);
}
