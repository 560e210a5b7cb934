/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life-orders.c: see the header. */
#include "life-orders.h"

#define MIN_MS G_GUINT64_CONSTANT (60000)

struct _JkLifeOrders {
  /* Owned */
  JkOrder *orders[JK_LIFE_ORDERS];
};

static const JkLifeStep steps[JK_LIFE_ORDERS + 1] = {
  { .state = JK_STATE_RUNNING },
  { JK_ACT_EXTEND, 5 * MIN_MS, JK_STATE_RUNNING, 5 * MIN_MS, 0 },
  { JK_ACT_PAUSE, 0, JK_STATE_PAUSED, 5 * MIN_MS, 0 },
  { JK_ACT_RESUME, 0, JK_STATE_RUNNING, 5 * MIN_MS, 0 },
  { JK_ACT_FORCE, 0, JK_STATE_SEALED, 5 * MIN_MS, 1 },
  { JK_ACT_REOPEN, 2 * MIN_MS, JK_STATE_RUNNING, 7 * MIN_MS, 1 },
  { JK_ACT_FORCE, 0, JK_STATE_SEALED, 7 * MIN_MS, 2 },
};

static JkOrder *
make_order (const JkTestExam *exam, guint n)
{
  JkOrderTerms terms;
  GError *error = NULL;

  jk_test_order_init (&terms, exam, 0, steps[n + 1].act, n + 1, NULL);
  terms.record = jk_test_exam_get_candidate (exam, 0)->record;
  terms.amount = steps[n + 1].amount_ms;
  g_autoptr (GBytes) bytes = jk_test_order_sign (exam, 0, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  JkOrder *order = jk_order_parse ("stick", bytes, &error);
  g_assert_no_error (error);
  return order;
}

JkLifeOrders *
jk_life_orders_new (const JkTestExam *exam)
{
  JkLifeOrders *self = g_new0 (JkLifeOrders, 1);

  for (guint n = 0; n < JK_LIFE_ORDERS; n++)
    self->orders[n] = make_order (exam, n);
  return self;
}

void
jk_life_orders_free (JkLifeOrders *self)
{
  if (self == NULL)
    return;
  for (guint n = 0; n < JK_LIFE_ORDERS; n++)
    jk_order_free (self->orders[n]);
  g_free (self);
}

const JkOrder *
jk_life_orders_get (const JkLifeOrders *self, guint n)
{
  return self->orders[n];
}

const JkLifeStep *
jk_life_orders_get_step (guint n)
{
  return &steps[n];
}
