/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life-orders.c: see the header. */
#include "life-orders.h"

#define MIN_MS G_GUINT64_CONSTANT (60000)

struct _JkLifeOrders {
  /* Owned */
  JkOrder *orders[JK_LIFE_ORDERS_MAX];
  JkSecret *seal_key;
  /* Borrowed */
  const JkLifeStep *steps;
  /* Plain */
  guint n;
};

static const JkLifeStep hand_in_steps[] = {
  { .state = JK_STATE_RUNNING },
  { JK_ACT_EXTEND, 5 * MIN_MS, JK_STATE_RUNNING, 5 * MIN_MS, 0 },
  { JK_ACT_PAUSE, 0, JK_STATE_PAUSED, 5 * MIN_MS, 0 },
  { JK_ACT_RESUME, 0, JK_STATE_RUNNING, 5 * MIN_MS, 0 },
  { JK_ACT_FORCE, 0, JK_STATE_SEALED, 5 * MIN_MS, 1 },
  { JK_ACT_REOPEN, 2 * MIN_MS, JK_STATE_RUNNING, 7 * MIN_MS, 1 },
  { JK_ACT_FORCE, 0, JK_STATE_SEALED, 7 * MIN_MS, 2 },
};

static const JkLifeStep move_steps[] = {
  { .state = JK_STATE_RUNNING },
  { JK_ACT_EXTEND, 5 * MIN_MS, JK_STATE_RUNNING, 5 * MIN_MS, 0 },
  { JK_ACT_MOVE, 0, JK_STATE_MOVED, 5 * MIN_MS, 0 },
  { JK_ACT_FORCE, 0, JK_STATE_SEALED, 5 * MIN_MS, 1 },
};

static JkSecret *
open_seal_key (const JkTestExam *exam)
{
  const JkSession *session = jk_test_exam_get_session (exam, 0);
  JkRoleKeys keys = { NULL };
  GError *error = NULL;

  jk_role_open (jk_session_get_role (session, JK_ROLE_CHIEF - 1),
                jk_test_exam_get_passcode (exam, 0, JK_ROLE_CHIEF),
                jk_test_exam_get_world (exam),
                jk_session_get_file (session),
                &keys,
                &error);
  g_assert_no_error (error);
  JkSecret *seal = g_steal_pointer (&keys.seal);
  jk_role_keys_clear (&keys);
  return seal;
}

static JkOrder *
make_order (const JkTestExam *exam, const JkLifeStep *step, guint counter)
{
  JkOrderTerms terms;
  GError *error = NULL;

  jk_test_order_init (&terms, exam, 0, step->act, counter, NULL);
  terms.record = jk_test_exam_get_candidate (exam, 0)->record;
  terms.amount = step->amount_ms;
  g_autoptr (GBytes) bytes = jk_test_order_sign (exam, 0, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  JkOrder *order = jk_order_parse ("stick", bytes, &error);
  g_assert_no_error (error);
  return order;
}

JkLifeOrders *
jk_life_orders_new (const JkTestExam *exam, gboolean moves)
{
  JkLifeOrders *self = g_new0 (JkLifeOrders, 1);

  self->steps = moves ? move_steps : hand_in_steps;
  self->n = (moves ? G_N_ELEMENTS (move_steps) : G_N_ELEMENTS (hand_in_steps)) - 1;
  for (guint n = 0; n < self->n; n++)
    self->orders[n] = make_order (exam, &self->steps[n + 1], n + 1);
  self->seal_key = open_seal_key (exam);
  return self;
}

void
jk_life_orders_free (JkLifeOrders *self)
{
  if (self == NULL)
    return;
  for (guint n = 0; n < self->n; n++)
    jk_order_free (self->orders[n]);
  jk_secret_free (self->seal_key);
  g_free (self);
}

gboolean
jk_life_orders_moves (const JkLifeOrders *self)
{
  return self->steps == move_steps;
}

guint
jk_life_orders_get_n (const JkLifeOrders *self)
{
  return self->n;
}

const JkOrder *
jk_life_orders_get (const JkLifeOrders *self, guint n)
{
  return self->orders[n];
}

const JkLifeStep *
jk_life_orders_get_step (const JkLifeOrders *self, guint n)
{
  return &self->steps[n];
}

const JkSecret *
jk_life_orders_get_seal_key (const JkLifeOrders *self)
{
  return self->seal_key;
}
