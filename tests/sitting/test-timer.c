/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "sitting/timer.h"

#define S 1000000
#define CASES 20000
#define STEPS 40

static void
exam_time_is_monotonic_time_while_running (void **state)
{
  JkTimer timer;

  jk_timer_start (&timer, 10000, 5 * S);
  assert_int_equal (jk_timer_read (&timer, 5 * S), 0);
  assert_int_equal (jk_timer_read (&timer, 8 * S), 3000);
  assert_int_equal (jk_timer_get_left_ms (&timer), 7000);
  jk_timer_stop (&timer, 9 * S);
  assert_int_equal (jk_timer_read (&timer, 100 * S), 4000);
  jk_timer_continue (&timer, 4000, 200 * S);
  assert_int_equal (jk_timer_read (&timer, 201 * S), 5000);
  jk_timer_extend (&timer, 1000);
  assert_int_equal (jk_timer_get_left_ms (&timer), 6000);
  assert_int_equal (jk_timer_read (&timer, 900 * S), 704000);
  assert_int_equal (jk_timer_get_left_ms (&timer), 0);
}

static void
parts_of_a_millisecond_are_not_lost (void **state)
{
  JkTimer timer;

  jk_timer_start (&timer, 10000, 0);
  for (gint64 us = 1; us <= 3000; us++)
    jk_timer_read (&timer, us);
  assert_int_equal (timer.used_ms, 3);
}

static void
a_clock_that_goes_back_takes_nothing_away (void **state)
{
  JkTimer timer;

  jk_timer_start (&timer, 10000, 10 * S);
  jk_timer_read (&timer, 12 * S);
  assert_int_equal (jk_timer_read (&timer, 11 * S), 2000);
  assert_int_equal (jk_timer_read (&timer, 13 * S), 3000);
}

static JkGap
measure (gint64 before, gint64 after, gboolean same_boot)
{
  JkGap gap;
  jk_gap_measure (before, after, same_boot, &gap);
  return gap;
}

static void
a_gap_is_as_long_as_the_wall_clock_claims (void **state)
{
  JkGap gap = measure (1000, 61000, FALSE);

  assert_int_equal (gap.kind, JK_GAP_RESTART);
  assert_int_equal (gap.claimed_ms, 60000);
  gap = measure (1000, 1000, TRUE);
  assert_int_equal (gap.kind, JK_GAP_RESTART);
  assert_int_equal (gap.claimed_ms, 0);
  gap = measure (G_MININT64, G_MAXINT64, FALSE);
  assert_int_equal (gap.claimed_ms, JK_GAP_MS_MAX);
}

static void
a_clock_that_went_back_makes_a_gap_of_unknown_length (void **state)
{
  JkGap gap = measure (61000, 60999, FALSE);

  assert_int_equal (gap.kind, JK_GAP_CLOCK_BACK);
  assert_int_equal (gap.claimed_ms, 0);
  assert_int_equal (measure (61000, 59000, TRUE).kind, JK_GAP_RESTART);
  assert_int_equal (measure (61000, 58999, TRUE).kind, JK_GAP_CLOCK_BACK);
  assert_int_equal (measure (G_MAXINT64, G_MININT64, TRUE).kind, JK_GAP_CLOCK_BACK);
}

static void
a_gap_within_the_policy_resumes (void **state)
{
  JkPolicy policy = { .gap_each_max_s = 180, .gaps_total_max_s = 600, .restarts_max = 3 };
  JkGap gap = { .claimed_ms = 180000, .restarts = 3, .kind = JK_GAP_RESTART };

  assert_int_equal (jk_gap_judge (&policy, &gap, 420000), JK_GAP_RESUMES);
  assert_int_equal (jk_gap_judge (&policy, &gap, 420001), JK_GAP_NEEDS_PROCTOR);
  gap.claimed_ms = 180001;
  assert_int_equal (jk_gap_judge (&policy, &gap, 0), JK_GAP_NEEDS_PROCTOR);
  gap.claimed_ms = 0;
  gap.restarts = 4;
  assert_int_equal (jk_gap_judge (&policy, &gap, 0), JK_GAP_NEEDS_PROCTOR);
}

/* The model: exam time is the sum of what passed while running, and nothing else. */
typedef struct {
  gint64 used_us;
  gint64 monotonic_us;
  gint64 wall_ms;
  guint64 end_ms;
  gboolean running;
} Model;

static void
model_pass (Model *model, gint64 us)
{
  model->used_us += model->running ? us : 0;
  model->monotonic_us += us;
  model->wall_ms += us / 1000;
}

/* One random step of both; durable is what a kill leaves. */
static void
take_step (GRand *chance, Model *model, JkTimer *timer, guint64 *durable)
{
  switch (g_rand_int_range (chance, 0, 6)) {
  case 0:
    model_pass (model, g_rand_int_range (chance, 0, 7 * S));
    break;
  case 1:
    jk_timer_stop (timer, model->monotonic_us);
    model->running = FALSE;
    break;
  case 2:
    if (!model->running)
      jk_timer_continue (timer, jk_timer_read (timer, model->monotonic_us), model->monotonic_us);
    model->running = TRUE;
    break;
  case 3:
    jk_timer_extend (timer, 5000);
    model->end_ms += 5000;
    break;
  case 4:
    model->wall_ms += g_rand_int_range (chance, -100000, 100000);
    break;
  default:
    *durable = jk_timer_read (timer, model->monotonic_us);
    model->monotonic_us = g_rand_int_range (chance, 0, 100 * S);
    jk_timer_continue (timer, *durable, model->monotonic_us);
    model->running = TRUE;
    break;
  }
}

static void
random_events_give_what_the_model_gives (void **state)
{
  for (guint seed = 0; seed < CASES; seed++) {
    GRand *chance = g_rand_new_with_seed (seed);
    Model model = { .end_ms = 60000, .running = TRUE };
    JkTimer timer;
    guint64 durable = 0, last = 0;
    guint n_steps = 0;

    jk_timer_start (&timer, 60000, 0);
    for (; n_steps < STEPS; n_steps++) {
      take_step (chance, &model, &timer, &durable);
      guint64 used = jk_timer_read (&timer, model.monotonic_us);
      /* Each stop and each kill may drop a part of a millisecond. */
      gint64 error_us = model.used_us - (gint64) used * 1000;
      assert_true (error_us >= 0 && error_us <= (gint64) (n_steps + 1) * 1000);
      assert_true (used >= last && used >= durable);
      guint64 left = used < model.end_ms ? model.end_ms - used : 0;
      assert_int_equal (jk_timer_get_left_ms (&timer), left);
      last = used;
    }
    g_rand_free (chance);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (exam_time_is_monotonic_time_while_running),
    cmocka_unit_test (parts_of_a_millisecond_are_not_lost),
    cmocka_unit_test (a_clock_that_goes_back_takes_nothing_away),
    cmocka_unit_test (a_gap_is_as_long_as_the_wall_clock_claims),
    cmocka_unit_test (a_clock_that_went_back_makes_a_gap_of_unknown_length),
    cmocka_unit_test (a_gap_within_the_policy_resumes),
    cmocka_unit_test (random_events_give_what_the_model_gives),
  };
  return cmocka_run_group_tests_name ("timer", tests, NULL, NULL);
}
