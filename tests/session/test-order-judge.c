/* SPDX-License-Identifier: Apache-2.0 */
#include "check-order.h"

static void
every_act_applies_in_its_place (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    g_autoptr (GError) error = NULL;
    JkOrderTerms terms;
    JkSituation situation = fit (f, act);
    init (f, act, &terms);
    g_autoptr (JkOrder) order = sign_enough (f, &terms);
    if (!jk_order_check (order, f->session, &error) || !jk_order_judge (order, &situation, &error))
      fail_msg ("%s", error->message);
  }
}

static void
every_state_and_act_has_its_answer (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    const JkActRule *rule = jk_act_get_rule (act);
    JkOrderTerms terms;
    init (f, act, &terms);
    g_autoptr (JkOrder) order = sign_enough (f, &terms);
    for (JkStage stage = JK_STAGE_LOADED; stage < JK_N_STAGES; stage++) {
      for (JkState at = JK_STATE_NONE; at < JK_N_STATES; at++) {
        g_autoptr (GError) error = NULL;
        JkSituation situation = fit (f, act);
        situation.stage = stage;
        situation.state = at;
        gboolean wanted = (rule->stages & JK_BIT (stage)) != 0 &&
                          (rule->target == JK_TARGET_STATION || (rule->states & JK_BIT (at)) != 0);
        assert_int_equal (jk_order_judge (order, &situation, &error), wanted);
        if (!wanted)
          assert_session_refused (error, ORDER_STATE);
      }
    }
  }
}

static void
what_an_act_needs_must_hold (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    g_autoptr (GError) error = NULL;
    JkNeed need = jk_act_get_rule (act)->need;
    JkOrderTerms terms;
    JkSituation situation = fit (f, act);
    if (need == JK_NEED_NOTHING)
      continue;
    init (f, act, &terms);
    g_autoptr (JkOrder) order = sign_enough (f, &terms);
    situation.is_held = FALSE;
    situation.is_absent = need == JK_NEED_PRESENT;
    situation.is_spare = need == JK_NEED_NO_SPARE;
    situation.all_handed_in = situation.all_collected = FALSE;
    situation.result.bytes[31] ^= 1;
    assert_false (jk_order_judge (order, &situation, &error));
    assert_non_null (strstr (error->message, jk_need_get_text (need)));
    assert_session_refused (error, ORDER_STATE);
  }
}

static void
a_spare_record_is_taken_once (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  JkSituation situation = fit (f, JK_ACT_WALK_IN);

  init (f, JK_ACT_WALK_IN, &terms);
  g_autoptr (JkOrder) order = sign_enough (f, &terms);
  situation.is_taken = TRUE;
  assert_false (jk_order_judge (order, &situation, &error));
  assert_session_refused (error, ORDER_STATE);
}

static void
a_result_that_is_not_sealed_is_not_collected (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  JkSituation situation = fit (f, JK_ACT_COLLECT);

  init (f, JK_ACT_COLLECT, &terms);
  g_autoptr (JkOrder) order = sign_enough (f, &terms);
  situation.has_result = FALSE;
  assert_false (jk_order_judge (order, &situation, &error));
  assert_session_refused (error, ORDER_STATE);
}

static void
an_order_counts_once (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    g_autoptr (GError) error = NULL;
    JkOrderTerms terms;
    JkSituation situation = fit (f, act);
    init (f, act, &terms);
    g_autoptr (JkOrder) order = sign_enough (f, &terms);
    situation.is_known = TRUE;
    assert_false (jk_order_judge (order, &situation, &error));
    assert_session_refused (error, ORDER_REPLAYED);
  }
}

static void
a_revoked_role_orders_nothing_more (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    for (JkRoleName revoked = JK_ROLE_CHIEF; revoked <= JK_ROLE_SPARE_1; revoked++) {
      g_autoptr (GError) error = NULL;
      JkOrderTerms terms;
      JkSituation situation = fit (f, act);
      init (f, act, &terms);
      g_autoptr (JkOrder) order = sign (f, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
      situation.revoked_roles = JK_BIT (revoked);
      gboolean is_signer = revoked != JK_ROLE_SPARE_1;
      assert_int_equal (jk_order_judge (order, &situation, &error), !is_signer);
      if (is_signer)
        assert_session_refused (error, ORDER_REVOKED);
    }
  }
}

static void
an_order_for_a_state_or_epoch_that_is_gone_is_stale (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  JkSituation situation = fit (f, JK_ACT_EXTEND);

  init (f, JK_ACT_EXTEND, &terms);
  terms.states = JK_BIT (JK_STATE_PAUSED);
  g_autoptr (JkOrder) for_paused = sign_enough (f, &terms);
  assert_false (jk_order_judge (for_paused, &situation, &error));
  assert_session_refused (error, ORDER_STALE);
  situation.state = JK_STATE_PAUSED;
  assert_true (jk_order_judge (for_paused, &situation, &error));

  terms.epoch = 2;
  g_autoptr (JkOrder) third = sign_enough (f, &terms);
  for (guint32 epoch = 1; epoch <= 3; epoch++) {
    situation.epoch = epoch;
    assert_int_equal (jk_order_judge (third, &situation, &error), epoch == 2);
    if (epoch != 2)
      assert_session_refused (error, ORDER_STALE);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (every_act_applies_in_its_place),
    TEST (every_state_and_act_has_its_answer),
    TEST (what_an_act_needs_must_hold),
    TEST (a_spare_record_is_taken_once),
    TEST (a_result_that_is_not_sealed_is_not_collected),
    TEST (an_order_counts_once),
    TEST (a_revoked_role_orders_nothing_more),
    TEST (an_order_for_a_state_or_epoch_that_is_gone_is_stale),
  };
  return cmocka_run_group_tests_name ("order-judge", tests, check_setup, NULL);
}
