/* SPDX-License-Identifier: Apache-2.0 */
/* tests/sitting/check-orders.h: a sitting that obeys, for the tests of orders. */
#pragma once

#include "check-sitting.h"

#include "session/error.h"
#include "support/orders.h"

static const JkSituation check_open = { .stage = JK_STAGE_OPEN };

/* The rules of the session, for the length of one test; see reset_policy. */
static inline JkPolicy *
policy_of (const Fixture *self)
{
  return (JkPolicy *) jk_session_get_policy (self->place.session);
}

static inline JkOrder *
parse_order (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  JkOrder *order = jk_order_parse ("stick", bytes, &error);

  assert_ok (error);
  return order;
}

/* An order for this sitting, signed by chief and proctor; each call gives another one. */
static inline JkOrder *
new_order (const Fixture *self, JkAct act, guint64 amount)
{
  static guint64 counter;
  JkOrderTerms terms;

  jk_test_order_init (&terms,
                      self->exam,
                      0,
                      act,
                      ++counter,
                      jk_station_get_sign_public (self->station));
  terms.record = record_of (self);
  if (amount > 0)
    terms.amount = amount;
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  return parse_order (bytes);
}

static inline gboolean
obey (Fixture *self, JkAct act, guint64 amount, GError **error)
{
  g_autoptr (JkOrder) order = new_order (self, act, amount);
  return jk_sitting_obey (self->sitting, order, &check_open, error);
}

static inline void
must_obey (Fixture *self, JkAct act, guint64 amount)
{
  g_autoptr (GError) error = NULL;

  assert_true (obey (self, act, amount, &error) || error != NULL);
  assert_ok (error);
}

/* The policy is the session's, which all tests of a program share. */
static JkPolicy kept_policy;

static inline int
set_up_rules (void **state)
{
  int failed = set_up (state);

  kept_policy = *policy_of (*state);
  return failed;
}

static inline int
tear_down_rules (void **state)
{
  *policy_of (*state) = kept_policy;
  return tear_down (state);
}

#define RULES_TEST(name) cmocka_unit_test_setup_teardown (name, set_up_rules, tear_down_rules)
