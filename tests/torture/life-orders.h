/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life-orders.h: what proctors order in a life, always the same and in the same order, so
 * that a number of orders obeyed says what the sitting must look like. */
#pragma once

#include "support/orders.h"

#define JK_LIFE_ORDERS 6
#define JK_LIFE_SEALS 2 /* results: one of each hand-in */

/* What an order leaves behind. */
typedef struct {
  JkAct act;
  guint64 amount_ms;
  JkState state;
  guint64 extended_ms; /* in all */
  guint n_seals;       /* in all */
} JkLifeStep;

typedef struct _JkLifeOrders JkLifeOrders;

/* For the first candidate of exam. Passcodes are dear: once for all lives. */
JkLifeOrders *jk_life_orders_new (const JkTestExam *exam);
void jk_life_orders_free (JkLifeOrders *self);

/* The n-th, 0 the first; lent. */
const JkOrder *jk_life_orders_get (const JkLifeOrders *self, guint n);

/* What a sitting that started is after n orders. */
const JkLifeStep *jk_life_orders_get_step (guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkLifeOrders, jk_life_orders_free)
