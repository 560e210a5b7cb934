/* SPDX-License-Identifier: Apache-2.0 */
/* Time against a model: whatever happens in whatever order, a candidate has exactly what the rows
 * grant (P5). First timer and replay alone, 100,000 cases; then through a whole sitting. */
#include "check-model.h"
#include "check-move.h"

#define CASES 100000
#define STEPS 24
#define SITTING_CASES 100
#define SITTING_STEPS 24
#define ALLOTTED_MS (30 * MS_PER_MIN)

typedef enum {
  STEP_PASS,
  STEP_ANSWER,
  STEP_EXTEND,
  STEP_CREDIT,
  STEP_PAUSE,
  STEP_SLEEP,
  STEP_KILL,
  STEP_MOVE,
  STEP_COMMON_END,
  STEP_RELEASE,
  STEP_SET_CLOCK,
  N_STEPS,
} Step;

/* Timer and replay of one seat after another, as a sitting drives them. */
typedef struct {
  JkReplay *replay;
  JkTimer timer;
  gint64 monotonic_us, boottime_us, wall_ms;
  guint n_orders;
} Seat;

static const JkDigest first_link = { { 1, 2, 3 } };

static gboolean
take (Seat *self, JkEvent event, const guint8 *payload, gsize size)
{
  JkRow row = {
    .sequence = jk_replay_get_n_rows (self->replay) + 1,
    .event = event,
    .exam_ms = self->timer.used_ms,
    .wall_ms = self->wall_ms,
    .payload = payload,
    .payload_size = (guint32) size,
  };
  g_autoptr (GBytes) bytes = jk_row_to_bytes (&row);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return jk_replay_take (self->replay, data, length, NULL);
}

/* The payload of order number n, with this amount. */
static void
must_order (Seat *self, JkEvent event, guint64 amount)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkOrdered ordered = { .amount = amount };

  jk_bytes_put_u32 (ordered.id, ++self->n_orders);
  assert_true (take (self, event, payload, jk_payload_put_ordered (payload, &ordered)));
}

static void
must_take (Seat *self, JkEvent event, guint number)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];

  assert_true (take (self, event, payload, check_put_payload (payload, event, number, 0)));
}

static void
must_gap (Seat *self, JkGapKind kind, guint64 ms)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  gboolean counts = jk_replay_get_state (self->replay) == JK_STATE_RUNNING &&
                    !jk_replay_is_waiting (self->replay) && kind != JK_GAP_SUSPEND;
  JkGap gap = { ms, jk_replay_get_restarts (self->replay) + (counts ? 1 : 0), kind };

  assert_true (take (self, JK_EVENT_GAP, payload, jk_payload_put_gap (payload, &gap)));
}

static void
must_end (Seat *self, guint64 left_ms)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkCommonEnd end = { .left_ms = left_ms, .sequence = jk_replay_get_beacon (self->replay) + 1 };

  assert_true (
      take (self, JK_EVENT_COMMON_END, payload, jk_payload_put_common_end (payload, &end)));
}

static void
must_head (Seat *self)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkDigest commitment;
  JkHead head = { .signature = { 5 } };

  jk_chain_commit (jk_replay_get_link (self->replay), JK_HEAD_PURPOSE, &commitment);
  memcpy (head.commitment, commitment.bytes, JK_DIGEST_BYTES);
  assert_true (take (self, JK_EVENT_HEAD, payload, jk_payload_put_head (payload, &head)));
}

static void
must_arrive (Seat *self)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  JkArrived arrived = { .station_sign = { 7 } };

  jk_bytes_put_u32 (arrived.id, self->n_orders);
  assert_true (take (self, JK_EVENT_ARRIVED, payload, jk_payload_put_arrived (payload, &arrived)));
}

/* Until the candidate goes on, the new PC may sleep and be restarted. */
static void
seat_wait (Seat *self, Model *model, GRand *chance)
{
  model->paused = FALSE;
  model->waits = TRUE;
  for (gint n = g_rand_int_range (chance, 0, 4); n > 0; n--) {
    gboolean is_restart = g_rand_boolean (chance);
    gint64 ms = g_rand_int_range (chance, 0, 10 * MS_PER_MIN);
    must_gap (self, is_restart ? JK_GAP_RESTART : JK_GAP_SUSPEND, (guint64) ms);
    model_gap (model, ms, is_restart);
  }
  must_head (self);
  model->waits = FALSE;
}

static void
seat_pause (Seat *self, Model *model)
{
  if (model->paused) {
    must_order (self, JK_EVENT_RESUMED, 0);
    jk_timer_end_pause (&self->timer, self->boottime_us);
    jk_timer_continue (&self->timer, self->timer.used_ms, self->monotonic_us);
  } else {
    jk_timer_stop (&self->timer, self->monotonic_us);
    must_order (self, JK_EVENT_PAUSED, 0);
    jk_timer_pause (&self->timer, self->boottime_us);
  }
  model->paused = !model->paused;
}

/* Another process, maybe another PC: what was known of the hall's end is gone. */
static void
seat_begin_anew (Seat *self, Model *model, GRand *chance)
{
  guint64 used_ms = self->timer.used_ms;

  self->monotonic_us = g_rand_int_range (chance, 0, 1000) * 1000;
  self->boottime_us = self->monotonic_us + g_rand_int_range (chance, 0, 1000) * 1000;
  self->timer = (JkTimer){ .used_ms = used_ms };
  if (model->paused)
    jk_timer_pause (&self->timer, self->boottime_us);
  else
    jk_timer_continue (&self->timer, used_ms, self->monotonic_us);
  model->has_end = FALSE;
}

static void
seat_answer (Seat *self, const Model *model)
{
  guint8 payload[JK_PAYLOAD_BYTES_MAX];
  gsize size = check_put_payload (payload, JK_EVENT_ANSWERED, 1, 1);

  /* What the rows refuse is what the candidate has no time for. */
  if (!model->paused)
    assert_int_equal (take (self, JK_EVENT_ANSWERED, payload, size), model_get_left_ms (model) > 0);
}

static void
seat_step (Seat *self, Model *model, GRand *chance)
{
  gint64 ms = g_rand_int_range (chance, 0, 10 * MS_PER_MIN);

  switch ((Step) g_rand_int_range (chance, 0, N_STEPS)) {
  case STEP_PASS:
    model_pass (model, ms, FALSE);
    self->monotonic_us += ms * 1000;
    self->boottime_us += ms * 1000;
    break;
  case STEP_ANSWER:
    seat_answer (self, model);
    break;
  case STEP_EXTEND:
    must_order (self, JK_EVENT_EXTENDED, (guint64) ms + 1);
    model->given_ms += ms + 1;
    break;
  case STEP_CREDIT:
    must_order (self, JK_EVENT_CREDITED, (guint64) ms + 1);
    model->given_ms += ms + 1;
    break;
  case STEP_PAUSE:
    seat_pause (self, model);
    break;
  case STEP_SLEEP:
    must_gap (self, JK_GAP_SUSPEND, (guint64) ms);
    model_gap (model, ms, FALSE);
    model_pass (model, ms, TRUE);
    self->boottime_us += ms * 1000;
    break;
  case STEP_KILL:
    must_gap (self, JK_GAP_RESTART, (guint64) ms);
    model_gap (model, ms, TRUE);
    seat_begin_anew (self, model, chance);
    break;
  case STEP_MOVE:
    must_order (self, JK_EVENT_MOVED, 0);
    must_arrive (self);
    seat_wait (self, model, chance);
    seat_begin_anew (self, model, chance);
    break;
  case STEP_COMMON_END:
    must_end (self, (guint64) ms);
    jk_timer_set_common_end (&self->timer, self->boottime_us, (guint64) ms);
    model->end_ms = ms;
    model->has_end = TRUE;
    break;
  case STEP_RELEASE:
    must_order (self, JK_EVENT_RELEASED, 0);
    break;
  default:
    must_take (self, JK_EVENT_CLOCK, 0);
    self->wall_ms += ms - 5 * MS_PER_MIN;
    break;
  }
}

static void
check_seat (const Seat *self, const Model *model)
{
  const JkLedger *ledger = jk_replay_get_ledger (self->replay);
  guint64 limit_ms = jk_ledger_get_limit_ms (ledger);
  guint64 used_ms = self->timer.used_ms;

  assert_int_equal (used_ms, model->used_ms);
  assert_int_equal (jk_timer_get_left_ms (&self->timer, ledger, self->boottime_us),
                    model_get_left_ms (model));
  assert_int_equal (limit_ms > used_ms ? limit_ms - used_ms : 0, model_get_left_ms (model));
  assert_int_equal (ledger->gaps.total_ms, model->lost_ms);
  assert_int_equal (ledger->gaps.restarts, model->restarts);
}

static void
timer_and_rows_give_what_the_model_gives (void **state)
{
  for (guint32 seed = 0; seed < CASES; seed++) {
    GRand *chance = g_rand_new_with_seed (seed);
    Seat seat = { .replay = jk_replay_new (&first_link) };
    guint64 late_ms =
        g_rand_boolean (chance) ? (guint64) g_rand_int_range (chance, 0, ALLOTTED_MS) : 0;
    Model model = { .allotted_ms = CHECK_ALLOTTED_MS, .late_ms = (gint64) late_ms };

    must_take (&seat, JK_EVENT_IDENTIFIED, 0);
    must_order (&seat, JK_EVENT_LATE, late_ms);
    must_take (&seat, JK_EVENT_READY, 0);
    must_take (&seat, JK_EVENT_STARTED, 0);
    jk_timer_continue (&seat.timer, 0, 0);
    for (guint step = 0; step < STEPS; step++) {
      seat_step (&seat, &model, chance);
      jk_timer_read (&seat.timer, seat.monotonic_us);
      check_seat (&seat, &model);
    }
    jk_replay_free (seat.replay);
    g_rand_free (chance);
  }
}

static void
sitting_pass (Fixture *self, Model *model, GRand *chance)
{
  gint64 seconds = g_rand_int_range (chance, 0, 240);

  seconds = MIN (seconds, model_get_left_ms (model) / 1000 - 1);
  for (gint64 i = 0; i < seconds; i += 3) {
    gint64 part = MIN (3, seconds - i);
    jk_test_clock_pass_s (self->clock, part);
    assert_true (jk_sitting_tick (self->sitting, NULL));
    model_pass (model, part * 1000, FALSE);
  }
}

static void
sitting_sleep (Fixture *self, Model *model, GRand *chance)
{
  gint64 ms = g_rand_int_range (chance, 2100, 200000);

  /* Not beyond the end: what then falls due is another test's. */
  if (model->has_end && model->end_ms + model->given_ms < ms + 5000)
    return;
  jk_test_clock_suspend_us (self->clock, ms * 1000);
  assert_true (jk_sitting_tick (self->sitting, NULL));
  model_pass (model, ms, TRUE);
  model->held = jk_sitting_is_held (self->sitting);
}

static void
sitting_kill (Fixture *self, Model *model, GRand *chance)
{
  kill_sitting (self);
  if (g_rand_boolean (chance))
    jk_test_clock_reboot (self->clock, g_rand_int_range (chance, 1, 100) * G_USEC_PER_SEC);
  else
    jk_test_clock_pass_s (self->clock, g_rand_int_range (chance, 0, 100));
  resume (self);
  gint64 durable_ms = (gint64) jk_sitting_get_exam_ms (self->sitting);
  assert_true (durable_ms <= model->used_ms && model->used_ms - durable_ms <= 5000);
  model->used_ms = durable_ms;
  model->has_end = FALSE;
  model->held = jk_sitting_is_held (self->sitting);
}

/* The PC sleeps, or is switched off, while the sitting on it stands still. */
static void
sitting_wait (Fixture *self, const Model *model, GRand *chance)
{
  jk_test_clock_pass_s (self->clock, g_rand_int_range (chance, 0, 300));
  if (g_rand_boolean (chance)) {
    jk_test_clock_suspend_us (self->clock, g_rand_int_range (chance, 3, 2000) * G_USEC_PER_SEC);
    assert_true (jk_sitting_tick (self->sitting, NULL));
  }
  if (g_rand_boolean (chance)) {
    kill_sitting (self);
    jk_test_clock_reboot (self->clock, g_rand_int_range (chance, 1, 2000) * G_USEC_PER_SEC);
    resume (self);
  }
  assert_true (jk_sitting_is_waiting (self->sitting));
  assert_int_equal (jk_sitting_is_held (self->sitting), model->held);
}

/* To another PC, where the candidate goes on after a while. */
static void
sitting_move (Fixture *self, Model *model, GRand *chance, GPtrArray *others)
{
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_autoptr (JkOrder) order = new_move (self, JK_ACT_MOVE, NULL);
  g_autoptr (JkSecret) role = dup_role_key (self);
  g_autoptr (GBytes) capsule = move_away (self, order);
  g_autoptr (GError) error = NULL;
  Other *other = new_other (self, others->len);

  g_ptr_array_add (others, other);
  g_clear_pointer (&self->sitting, jk_sitting_free);
  assert_int_equal (g_unlink (path), 0);
  self->place.station = other->station;
  jk_test_clock_pass_s (self->clock, g_rand_int_range (chance, 0, 300));
  self->sitting = jk_sitting_arrive (&self->place, "stick", capsule, role, order, &error);
  assert_ok (error);
  sitting_wait (self, model, chance);
  if (jk_sitting_is_held (self->sitting))
    must_obey (self, JK_ACT_RELEASE, 0);
  jk_sitting_continue (self->sitting, &error);
  assert_ok (error);
  model->paused = model->held = model->has_end = FALSE;
}

static void
sitting_take_end (Fixture *self, Model *model, GRand *chance)
{
  static guint64 sequence;
  gint64 ms = g_rand_int_range (chance, MS_PER_MIN, 40 * MS_PER_MIN);
  JkBeacon beacon = { .sequence = ++sequence, .wall_ms = 12345, .end_wall_ms = 12345 + ms };
  g_autoptr (GError) error = NULL;

  assert_true (jk_sitting_take_beacon (self->sitting, &beacon, &error));
  if (!model->has_end || ABS (model->end_ms - ms) > 1000)
    model->end_ms = ms;
  model->has_end = TRUE;
}

static void
sitting_order (Fixture *self, Model *model, GRand *chance, JkAct act)
{
  guint64 ms = (guint64) g_rand_int_range (chance, MS_PER_MIN, 3 * MS_PER_MIN);

  if (act == JK_ACT_PAUSE || act == JK_ACT_RESUME) {
    must_obey (self, model->paused ? JK_ACT_RESUME : JK_ACT_PAUSE, 0);
    model->paused = !model->paused;
  } else if (act == JK_ACT_RELEASE) {
    if (model->held)
      must_obey (self, act, 0);
    model->held = FALSE;
  } else {
    must_obey (self, act, ms);
    model->given_ms += (gint64) ms;
  }
}

static void
sitting_answer (Fixture *self, const Model *model)
{
  guint64 ticket = jk_sitting_answer (self->sitting, 0, 1, NULL);
  gboolean may = !model->paused && !model->held && model_get_left_ms (model) > 0;

  assert_int_equal (ticket != 0, may);
}

static void
sitting_step (Fixture *self, Model *model, GRand *chance, GPtrArray *others)
{
  switch ((Step) g_rand_int_range (chance, 0, N_STEPS)) {
  case STEP_PASS:
    sitting_pass (self, model, chance);
    break;
  case STEP_EXTEND:
    sitting_order (self, model, chance, JK_ACT_EXTEND);
    break;
  case STEP_CREDIT:
    sitting_order (self, model, chance, JK_ACT_CREDIT);
    break;
  case STEP_PAUSE:
    sitting_order (self, model, chance, JK_ACT_PAUSE);
    break;
  case STEP_SLEEP:
    sitting_sleep (self, model, chance);
    break;
  case STEP_KILL:
    sitting_kill (self, model, chance);
    break;
  case STEP_MOVE:
    sitting_move (self, model, chance, others);
    break;
  case STEP_COMMON_END:
    sitting_take_end (self, model, chance);
    break;
  case STEP_RELEASE:
    sitting_order (self, model, chance, JK_ACT_RELEASE);
    break;
  case STEP_SET_CLOCK:
    jk_test_clock_step_wall_ms (self->clock, g_rand_int_range (chance, -9000000, 9000000));
    assert_true (jk_sitting_tick (self->sitting, NULL));
    break;
  default:
    sitting_answer (self, model);
    break;
  }
}

static void
free_one (gpointer data)
{
  free_other (data);
}

/* Returns how often it moved. */
static guint
sit_once (Fixture *self, guint32 seed)
{
  GRand *chance = g_rand_new_with_seed (seed);
  Model model = { .allotted_ms = 90 * MS_PER_MIN };
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (free_one);

  begin (self);
  if (g_rand_boolean (chance)) {
    model.late_ms = g_rand_int_range (chance, 1, 80) * MS_PER_MIN;
    must_obey (self, JK_ACT_LATE, (guint64) model.late_ms);
  }
  assert_true (jk_sitting_confirm (self->sitting, NULL) > 0);
  assert_true (jk_sitting_start (self->sitting, self->own, NULL) > 0);
  for (guint step = 0; step < SITTING_STEPS && model_get_left_ms (&model) > 10000; step++) {
    sitting_step (self, &model, chance, others);
    assert_int_equal (jk_sitting_get_exam_ms (self->sitting), model.used_ms);
    assert_int_equal (jk_sitting_get_left_ms (self->sitting), model_get_left_ms (&model));
    assert_int_equal (jk_sitting_is_held (self->sitting), model.held);
  }
  g_autofree char *path = dup_store_path (self, record_of (self));
  g_clear_pointer (&self->sitting, jk_sitting_free);
  assert_int_equal (g_unlink (path), 0);
  self->place.station = self->station;
  g_rand_free (chance);
  return others->len;
}

static void
a_sitting_gives_what_the_model_gives (void **state)
{
  Fixture *self = *state;
  guint n_moves = 0;

  policy_of (self)->end = JK_END_COMMON;
  policy_of (self)->extension_max_min = policy_of (self)->credit_max_min = 1440;
  for (guint32 seed = 0; seed < SITTING_CASES; seed++)
    n_moves += sit_once (self, seed);
  assert_true (n_moves > SITTING_CASES / 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (timer_and_rows_give_what_the_model_gives),
    RULES_TEST (a_sitting_gives_what_the_model_gives),
  };
  return cmocka_run_group_tests_name ("time model", tests, check_build_exam, check_free_exam);
}
