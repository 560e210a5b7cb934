/* SPDX-License-Identifier: Apache-2.0 */
#include "result/refused.h"

#include "result/orders.h"
#include "session/error.h"
#include "support/orders.h"

#define MIN_MS 60000

/* Candidate 0 with one order of this act, handed in. */
static JkTestHandedIn *
obey_one (JkAct act, guint64 amount)
{
  JkTestHandedIn *sitting = jk_test_handed_in_new (exam, 0);

  jk_test_handed_in_obey (sitting, act, amount);
  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_end (sitting);
  return sitting;
}

static JkResult *
must_open (const JkTestHandedIn *sitting)
{
  g_autoptr (GBytes) bytes = jk_test_handed_in_seal (sitting);
  GError *error = NULL;
  JkResult *result = open_as (bytes, sitting->session, sitting->record_key, &error);

  if (result == NULL)
    fail_msg ("%s", error->message);
  return result;
}

/* Puts another order, of these terms, in the place of the only one; the row keeps naming the old.
 */
static void
replace_order (JkTestHandedIn *sitting, const JkOrderTerms *terms, JkRoleName second)
{
  g_ptr_array_set_size (sitting->orders, 0);
  g_ptr_array_add (sitting->orders, jk_test_order_sign (exam, 0, terms, JK_ROLE_CHIEF, second));
}

static void
check_order_forgery (JkTestHandedIn *sitting, GQuark domain, int code)
{
  JkTestForgery parts;

  jk_test_handed_in_get_parts (sitting, &parts);
  check_forgery (&parts, domain, code);
}

/* Appends a row of this event that names an order of these terms, and hands in. */
static JkTestHandedIn *
obey_terms (JkOrderTerms *terms, JkEvent event, guint64 row_amount, JkRoleName second)
{
  JkTestHandedIn *sitting = jk_test_handed_in_new (exam, 0);
  guint8 out[JK_PAYLOAD_BYTES_MAX];
  GError *error = NULL;

  replace_order (sitting, terms, second);
  g_autoptr (JkOrder) order =
      jk_order_parse ("test", g_ptr_array_index (sitting->orders, 0), &error);
  assert_non_null (order);
  JkOrdered ordered = { .digest = *jk_order_get_digest (order), .amount = row_amount };
  memcpy (ordered.id, terms->id, JK_ORDER_ID_BYTES);
  jk_test_handed_in_add (sitting, event, out, jk_payload_put_ordered (out, &ordered));
  jk_test_handed_in_end (sitting);
  return sitting;
}

static void
init_terms (JkOrderTerms *terms, JkAct act)
{
  static guint64 counter = 800;

  jk_test_order_init (terms, exam, 0, act, ++counter, NULL);
  terms->record = 0;
}

static void
rows_with_their_orders_are_believed (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);

  jk_test_handed_in_obey (sitting, JK_ACT_EXTEND, 10 * MIN_MS);
  jk_test_handed_in_obey (sitting, JK_ACT_CREDIT, 3 * MIN_MS);
  jk_test_handed_in_obey (sitting, JK_ACT_MESSAGE, 0);
  jk_test_handed_in_obey (sitting, JK_ACT_VIOLATION, 0);
  jk_test_handed_in_obey (sitting, JK_ACT_PAUSE, 0);
  jk_test_handed_in_obey (sitting, JK_ACT_RESUME, 0);
  jk_test_handed_in_obey (sitting, JK_ACT_FORCE, 0);
  jk_test_handed_in_reopen (sitting);
  jk_test_handed_in_end (sitting);
  g_autoptr (JkResult) result = must_open (sitting);
  const JkReplay *replay = jk_result_get_replay (result);
  assert_int_equal (jk_replay_get_epoch (replay), 8);
  assert_int_equal (jk_replay_get_extended_ms (replay), 10 * MIN_MS);
  assert_int_equal (jk_result_get_seal_number (result), 2);
}

static void
a_moved_sitting_is_signed_by_each_station_for_its_time (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  guint8 first[JK_PUBLIC_BYTES];

  memcpy (first, jk_station_get_sign_public (sitting->station), JK_PUBLIC_BYTES);
  jk_test_handed_in_answer (sitting, 0, 1);
  jk_test_handed_in_head (sitting);
  jk_test_handed_in_obey (sitting, JK_ACT_MOVE, 0);
  jk_test_handed_in_arrive (sitting);
  jk_test_handed_in_answer (sitting, 1, 1);
  jk_test_handed_in_end (sitting);
  g_autoptr (JkResult) result = must_open (sitting);
  assert_memory_not_equal (jk_result_get_station (result), first, JK_PUBLIC_BYTES);
  assert_memory_equal (jk_result_get_station (result),
                       jk_station_get_sign_public (sitting->station),
                       JK_PUBLIC_BYTES);
  assert_int_equal (jk_replay_get_n_moves (jk_result_get_replay (result)), 1);
}

static void
a_dead_seats_sitting_goes_on_by_the_order_that_retires_it (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  JkOrderTerms terms;

  init_terms (&terms, JK_ACT_RETIRE);
  memcpy (terms.station, jk_station_get_sign_public (sitting->station), JK_PUBLIC_BYTES);
  replace_order (sitting, &terms, 0);
  jk_test_handed_in_arrive (sitting);
  jk_test_handed_in_end (sitting);
  g_autoptr (JkResult) result = must_open (sitting);

  g_autoptr (JkTestHandedIn) stolen = jk_test_handed_in_new (exam, 0);
  init_terms (&terms, JK_ACT_MOVE);
  replace_order (stolen, &terms, 0);
  jk_test_handed_in_arrive (stolen);
  jk_test_handed_in_end (stolen);
  check_order_forgery (stolen, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
}

/* Goes on by a RETIRE that says so much was used, after age_ms by the clock on the wall. */
static JkTestHandedIn *
retire_one (guint64 used_ms, gint64 age_ms, JkRoleName second)
{
  JkTestHandedIn *sitting = jk_test_handed_in_new (exam, 0);
  JkOrderTerms terms;

  init_terms (&terms, JK_ACT_RETIRE);
  terms.amount = used_ms;
  memcpy (terms.station, jk_station_get_sign_public (sitting->station), JK_PUBLIC_BYTES);
  replace_order (sitting, &terms, second);
  sitting->exam_ms = 40 * MIN_MS;
  jk_test_handed_in_head (sitting);
  sitting->pause_ms = age_ms;
  jk_test_handed_in_arrive (sitting);
  jk_test_handed_in_end (sitting);
  return sitting;
}

static void
an_arrival_holds_to_what_its_order_says (void **state)
{
  g_autoptr (JkTestHandedIn) fresh = retire_one (40 * MIN_MS, 600000, 0);
  g_autoptr (JkTestHandedIn) old = retire_one (0, 600001, 0);
  g_autoptr (JkTestHandedIn) older = retire_one (0, -9000000, JK_ROLE_PROCTOR);
  g_autoptr (JkTestHandedIn) less = retire_one (40 * MIN_MS + 1, 0, 0);

  jk_result_free (must_open (fresh));
  jk_result_free (must_open (older));
  check_order_forgery (old, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  check_order_forgery (less, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
}

static void
the_order_of_the_new_station_retires_nobody (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = jk_test_handed_in_new (exam, 0);
  JkOrderTerms terms;

  init_terms (&terms, JK_ACT_RETIRE);
  memset (terms.station, 3, sizeof terms.station);
  replace_order (sitting, &terms, 0);
  jk_test_handed_in_arrive (sitting);
  jk_test_handed_in_end (sitting);
  check_order_forgery (sitting, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
}

static void
an_order_that_is_missing_or_another_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) without = obey_one (JK_ACT_EXTEND, 10 * MIN_MS);
  g_autoptr (JkTestHandedIn) more = obey_one (JK_ACT_EXTEND, 10 * MIN_MS);
  g_autoptr (JkTestHandedIn) other = obey_one (JK_ACT_EXTEND, 10 * MIN_MS);
  g_autoptr (JkTestHandedIn) broken = obey_one (JK_ACT_EXTEND, 10 * MIN_MS);
  JkOrderTerms terms;

  g_ptr_array_add (more->orders, g_bytes_ref (g_ptr_array_index (without->orders, 0)));
  check_order_forgery (more, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  g_ptr_array_set_size (without->orders, 0);
  check_order_forgery (without, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  init_terms (&terms, JK_ACT_EXTEND);
  terms.amount = 10 * MIN_MS;
  replace_order (other, &terms, JK_ROLE_PROCTOR);
  check_order_forgery (other, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  g_ptr_array_set_size (broken->orders, 0);
  g_ptr_array_add (broken->orders, g_bytes_new ("x", 1));
  check_order_forgery (broken, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_FORM);
}

static void
an_order_that_nobody_signed_is_refused (void **state)
{
  g_autoptr (JkTestHandedIn) sitting = obey_one (JK_ACT_EXTEND, 10 * MIN_MS);
  gsize size;
  guint8 *data =
      g_bytes_unref_to_data (g_bytes_ref (g_ptr_array_index (sitting->orders, 0)), &size);

  data[size - 1] ^= 1;
  g_ptr_array_set_size (sitting->orders, 0);
  g_ptr_array_add (sitting->orders, g_bytes_new_take (data, size));
  check_order_forgery (sitting, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_SIGNATURE);
}

static void
an_order_of_an_amendment_that_is_not_loaded_is_refused (void **state)
{
  JkOrderTerms terms;

  init_terms (&terms, JK_ACT_EXTEND);
  terms.amendment = 1;
  g_autoptr (JkTestHandedIn) sitting = obey_terms (&terms, JK_EVENT_EXTENDED, MIN_MS, 0);
  check_order_forgery (sitting, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_AMENDMENT);
}

static void
a_row_that_does_not_do_what_its_order_says_is_refused (void **state)
{
  JkOrderTerms terms;

  init_terms (&terms, JK_ACT_EXTEND);
  g_autoptr (JkTestHandedIn) longer = obey_terms (&terms, JK_EVENT_EXTENDED, 2 * MIN_MS, 0);
  check_order_forgery (longer, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  g_autoptr (JkTestHandedIn) else_what = obey_terms (&terms, JK_EVENT_CREDITED, MIN_MS, 0);
  check_order_forgery (else_what, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  init_terms (&terms, JK_ACT_CREDIT);
  g_autoptr (JkTestHandedIn) lost = obey_terms (&terms, JK_EVENT_CREDITED, 179 * MIN_MS, 0);
  g_autoptr (JkResult) result = must_open (lost);
  g_autoptr (JkTestHandedIn) too_much = obey_terms (&terms, JK_EVENT_CREDITED, 181 * MIN_MS, 0);
  check_order_forgery (too_much, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  init_terms (&terms, JK_ACT_INCIDENT);
  g_autoptr (JkTestHandedIn) note = obey_terms (&terms, JK_EVENT_NOTED, JK_ACT_MESSAGE, 0);
  check_order_forgery (note, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
}

static void
an_order_for_another_candidate_or_pc_is_refused (void **state)
{
  JkOrderTerms terms;

  init_terms (&terms, JK_ACT_EXTEND);
  terms.record = 1;
  g_autoptr (JkTestHandedIn) another = obey_terms (&terms, JK_EVENT_EXTENDED, MIN_MS, 0);
  check_order_forgery (another, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  terms.record = 0;
  memset (terms.station, 1, sizeof terms.station);
  g_autoptr (JkTestHandedIn) elsewhere = obey_terms (&terms, JK_EVENT_EXTENDED, MIN_MS, 0);
  check_order_forgery (elsewhere, JK_RESULT_ERROR, JK_RESULT_ERROR_ORDER);
  memset (terms.station, 0, sizeof terms.station);
  terms.record = JK_ORDER_EVERY;
  g_autoptr (JkTestHandedIn) all = obey_terms (&terms, JK_EVENT_EXTENDED, MIN_MS, JK_ROLE_PROCTOR);
  g_autoptr (JkResult) result = must_open (all);
  g_autoptr (JkTestHandedIn) alone = obey_terms (&terms, JK_EVENT_EXTENDED, MIN_MS, 0);
  check_order_forgery (alone, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_RULE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (rows_with_their_orders_are_believed),
    cmocka_unit_test (a_moved_sitting_is_signed_by_each_station_for_its_time),
    cmocka_unit_test (a_dead_seats_sitting_goes_on_by_the_order_that_retires_it),
    cmocka_unit_test (an_arrival_holds_to_what_its_order_says),
    cmocka_unit_test (the_order_of_the_new_station_retires_nobody),
    cmocka_unit_test (an_order_that_is_missing_or_another_is_refused),
    cmocka_unit_test (an_order_that_nobody_signed_is_refused),
    cmocka_unit_test (an_order_of_an_amendment_that_is_not_loaded_is_refused),
    cmocka_unit_test (a_row_that_does_not_do_what_its_order_says_is_refused),
    cmocka_unit_test (an_order_for_another_candidate_or_pc_is_refused),
  };
  return cmocka_run_group_tests_name ("orders", tests, set_up, tear_down);
}
