/* SPDX-License-Identifier: Apache-2.0 */
/* tests/session/check-order.h: an exam whose orders are signed, and where each act has its place.
 * No test here knows the act table by heart: test-act.c does. */
#pragma once

#include "check.h"

#include "support/orders.h"

typedef struct {
  JkTestExam *exam;
  const JkSession *session;
  guint8 station[JK_PUBLIC_BYTES];
} Fixture;

static inline int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);

  f->exam = jk_test_exam_new ();
  f->session = jk_test_exam_get_session (f->exam, 0);
  memset (f->station, 5, sizeof f->station);
  *state = f;
  return 0;
}

static inline int
tear_down (void **state)
{
  Fixture *f = *state;

  jk_test_exam_free (f->exam);
  g_free (f);
  return 0;
}

static inline void
init (const Fixture *f, JkAct act, JkOrderTerms *terms)
{
  jk_test_order_init (terms, f->exam, 0, act, act, f->station);
  if (jk_act_get_rule (act)->target != JK_TARGET_STATION)
    terms->record = 2;
}

static inline JkOrder *
sign (const Fixture *f, const JkOrderTerms *terms, JkRoleName first, JkRoleName second)
{
  g_autoptr (GBytes) bytes = jk_test_order_sign (f->exam, 0, terms, first, second);
  return jk_order_parse ("stick", bytes, NULL);
}

/* Signed by just as many as the act wants. */
static inline JkOrder *
sign_enough (const Fixture *f, const JkOrderTerms *terms)
{
  const JkActRule *rule = jk_act_get_rule (terms->act);
  gboolean is_all = rule->target != JK_TARGET_STATION && terms->record == JK_ORDER_EVERY;
  guint n = is_all ? rule->n_signers_all : rule->n_signers;
  return sign (f, terms, JK_ROLE_CHIEF, n > 1 ? JK_ROLE_PROCTOR : 0);
}

/* Where an act has its place: the first stage and state it takes, and its need. */
static inline JkSituation
fit (const Fixture *f, JkAct act)
{
  const JkActRule *rule = jk_act_get_rule (act);
  JkSituation situation = { .station = f->station };

  while ((rule->stages & JK_BIT (situation.stage)) == 0)
    situation.stage++;
  while (rule->states != 0 && (rule->states & JK_BIT (situation.state)) == 0)
    situation.state++;
  situation.is_held = rule->need == JK_NEED_HELD;
  situation.is_absent = rule->need == JK_NEED_ABSENT;
  situation.is_spare = rule->need == JK_NEED_FREE_SPARE;
  situation.all_handed_in = rule->need == JK_NEED_ALL_HANDED_IN;
  situation.all_collected = rule->need == JK_NEED_ALL_COLLECTED;
  situation.has_result = rule->need == JK_NEED_DIGEST;
  memset (situation.result.bytes, 7, JK_DIGEST_BYTES);
  return situation;
}

#define EACH_ACT(act) for (JkAct act = JK_ACT_OPEN; act < JK_N_ACTS; act++)

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
