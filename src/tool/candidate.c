/* SPDX-License-Identifier: Apache-2.0 */
/* tool/candidate.c: a scripted candidate. */
#include "tool/candidate.h"

#include "tool/output.h"

#define TICK_EXAM_MS 1000

static void
print_time (const JkCandidate *self)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add_integer (facts, "exam-ms", (gint64) jk_sitting_get_exam_ms (self->sitting));
  jk_facts_print_row (facts, self->tool, "time");
}

/* Lets exam time pass up to until_ms, ticking as a window does; returns early when time is up. */
static gboolean
let_pass (const JkCandidate *self, guint64 until_ms, GError **error)
{
  for (;;) {
    guint64 now_ms = jk_sitting_get_exam_ms (self->sitting);
    guint64 step_ms = MIN (until_ms > now_ms ? until_ms - now_ms : 0, TICK_EXAM_MS);

    if (!jk_sitting_tick (self->sitting, error))
      return FALSE;
    if (step_ms == 0 || jk_sitting_get_state (self->sitting) != JK_STATE_RUNNING)
      return TRUE;
    if (self->ticks)
      print_time (self);
    g_usleep (MAX (step_ms * 1000 / self->speed, 1));
  }
}

static void
print_saved (const JkCandidate *self, guint position, guint16 mask, guint64 before_ms)
{
  g_autoptr (JkFacts) facts = jk_facts_new ();

  jk_facts_add_integer (facts, "position", position);
  jk_facts_add_integer (facts, "mask", mask);
  jk_facts_add_integer (facts, "given-ms", (gint64) before_ms);
  jk_facts_add_integer (facts, "exam-ms", (gint64) jk_sitting_get_exam_ms (self->sitting));
  jk_facts_print_row (facts, self->tool, "saved");
}

/* Items that the script leaves out stay unanswered. */
static gboolean
answer_one (const JkCandidate *self, guint position, GError **error)
{
  const JkPaperItem *item = jk_paper_get_item (jk_sitting_get_paper (self->sitting), position);
  const JkBlob *blob = jk_sitting_get_item (self->sitting, position);
  guint16 mask = jk_script_answer (self->script, item, blob);
  guint64 before_ms;
  guint64 ticket;

  if (mask == 0)
    return TRUE;
  if (jk_sitting_visit (self->sitting, position, error) == 0)
    return FALSE;
  before_ms = jk_sitting_get_exam_ms (self->sitting);
  ticket = jk_sitting_answer (self->sitting, position, mask, error);
  if (ticket == 0 || !jk_sitting_wait (self->sitting, ticket, error))
    return FALSE;
  print_saved (self, position, mask, before_ms);
  return TRUE;
}

/* Waits until a voluntary hand-in is allowed. */
static gboolean
wait_for_the_door (const JkCandidate *self, GError **error)
{
  guint64 opens_ms = jk_sitting_get_hand_in_opens_ms (self->sitting);

  return opens_ms == 0 || let_pass (self, jk_sitting_get_exam_ms (self->sitting) + opens_ms, error);
}

static gboolean
is_running (const JkCandidate *self)
{
  return jk_sitting_get_state (self->sitting) == JK_STATE_RUNNING;
}

static gboolean
hand_in (const JkCandidate *self, GError **error)
{
  if (is_running (self) && !wait_for_the_door (self, error))
    return FALSE;
  return !is_running (self) || jk_sitting_hand_in (self->sitting, JK_HAND_IN_VOLUNTARY, error);
}

gboolean
jk_candidate_sit (const JkCandidate *self, GError **error)
{
  guint n = jk_paper_get_n (jk_sitting_get_paper (self->sitting));
  guint64 start_ms = jk_sitting_get_exam_ms (self->sitting);
  guint64 end_ms = (guint64) self->minutes * 60 * 1000;
  guint64 span_ms = end_ms > start_ms ? end_ms - start_ms : 0;
  guint steps = n * self->rounds;

  for (guint step = 0; step < steps && is_running (self); step++) {
    if (!jk_sit_orders_obey (self->orders, self->tool, self->sitting, step, error))
      return FALSE;
    if (is_running (self) && (!answer_one (self, step % n, error) ||
                              !let_pass (self, start_ms + span_ms * (step + 1) / steps, error)))
      return FALSE;
  }
  if (!hand_in (self, error))
    return FALSE;
  if (jk_sitting_get_state (self->sitting) == JK_STATE_MOVED)
    return TRUE;
  return jk_sit_orders_obey (self->orders, self->tool, self->sitting, JK_SIT_ORDERS_END, error) &&
         hand_in (self, error);
}
