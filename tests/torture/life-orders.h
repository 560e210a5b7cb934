/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life-orders.h: what proctors order in a life, always the same and in the same order, so
 * that a number of orders obeyed says what the sitting must look like. */
#pragma once

#include "support/orders.h"

#define JK_LIFE_ORDERS_MAX 6
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

/* For the first candidate of exam: one who is handed in twice, or one who goes on at another PC.
 * Passcodes are dear: once for all lives. */
JkLifeOrders *jk_life_orders_new (const JkTestExam *exam, gboolean moves);
void jk_life_orders_free (JkLifeOrders *self);

gboolean jk_life_orders_moves (const JkLifeOrders *self);
guint jk_life_orders_get_n (const JkLifeOrders *self);

/* The n-th, 0 the first; lent. */
const JkOrder *jk_life_orders_get (const JkLifeOrders *self, guint n);

/* What a sitting that started is after n orders, where it obeyed them. */
const JkLifeStep *jk_life_orders_get_step (const JkLifeOrders *self, guint n);

/* The key of a role, which opens what was moved to any PC; lent. */
const JkSecret *jk_life_orders_get_seal_key (const JkLifeOrders *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkLifeOrders, jk_life_orders_free)
