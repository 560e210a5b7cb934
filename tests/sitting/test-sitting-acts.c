/* SPDX-License-Identifier: Apache-2.0 */
#include "check-orders.h"

#include <glib/gstdio.h>

/* Brings a fresh sitting to a state; FALSE where orders cannot. */
static gboolean
bring_to (Fixture *self, JkState wanted)
{
  begin (self);
  if (wanted == JK_STATE_IDENTIFIED)
    return TRUE;
  assert_true (jk_sitting_confirm (self->sitting, NULL) > 0);
  if (wanted == JK_STATE_READY)
    return TRUE;
  assert_true (jk_sitting_start (self->sitting, self->own, NULL) > 0);
  if (wanted == JK_STATE_PAUSED)
    must_obey (self, JK_ACT_PAUSE, 0);
  if (wanted == JK_STATE_SEALED)
    must_obey (self, JK_ACT_FORCE, 0);
  if (wanted == JK_STATE_MOVED)
    must_obey (self, JK_ACT_MOVE, 0);
  return TRUE;
}

static void
begin_afresh (Fixture *self)
{
  g_autofree char *path = dup_store_path (self, record_of (self));

  g_clear_pointer (&self->sitting, jk_sitting_free);
  g_remove (path);
}

/* What the act table says of every act in every state is what a sitting does; held, absent and
 * digest, which need more, have tests of their own. */
static void
every_act_in_every_state_has_its_answer (void **state)
{
  static const JkState states[] = { JK_STATE_IDENTIFIED, JK_STATE_READY,  JK_STATE_RUNNING,
                                    JK_STATE_PAUSED,     JK_STATE_SEALED, JK_STATE_MOVED };
  Fixture *self = *state;
  guint n_obeyed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    for (guint act = JK_ACT_OPEN; act < JK_N_ACTS; act++) {
      const JkActRule *rule = jk_act_get_rule ((JkAct) act);
      g_autoptr (GError) error = NULL;
      if (rule->target == JK_TARGET_STATION)
        continue;
      bring_to (self, states[i]);
      guint32 epoch = jk_replay_get_epoch (replay_of (self));
      guint64 amount = act == JK_ACT_CREDIT ? MS_PER_MIN : 0;
      gboolean ok = obey (self, (JkAct) act, amount, &error);
      gboolean may = (rule->states & JK_BIT (states[i])) != 0 && (rule->stages & JK_BIT (1)) != 0 &&
                     (rule->need == JK_NEED_NOTHING || rule->need == JK_NEED_PRESENT ||
                      rule->need == JK_NEED_NO_SPARE);
      gboolean writes = may && rule->event != 0 && jk_state_next (states[i], rule->event) >= 0;
      if (ok != may)
        fail_msg ("%s in %s: %s",
                  rule->name,
                  jk_state_get_name (states[i]),
                  error != NULL ? error->message : "obeyed");
      assert_int_equal (jk_replay_get_epoch (replay_of (self)), epoch + (writes ? 1 : 0));
      if (writes) {
        assert_int_equal (jk_replay_get_obeyed (replay_of (self), epoch)->event, rule->event);
        n_obeyed++;
      } else if (!ok)
        assert_int_equal (error->code, JK_SESSION_ERROR_ORDER_STATE);
      begin_afresh (self);
    }
  }
  assert_int_equal (n_obeyed, 32);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    RULES_TEST (every_act_in_every_state_has_its_answer),
  };
  return cmocka_run_group_tests_name ("sitting acts", tests, check_build_exam, check_free_exam);
}
