/* SPDX-License-Identifier: Apache-2.0 */
#include "check-order.h"

#include "session/session-private.h"

static void
an_act_for_two_is_refused_from_one (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    const JkActRule *rule = jk_act_get_rule (act);
    JkOrderTerms terms;
    init (f, act, &terms);
    for (guint all = 0; all < 2; all++) {
      g_autoptr (GError) error = NULL;
      guint wanted = all == 0 ? rule->n_signers : rule->n_signers_all;
      if (all == 1 && rule->target == JK_TARGET_STATION)
        continue;
      terms.record = rule->target == JK_TARGET_STATION || all == 1 ? JK_ORDER_EVERY : 2;
      g_autoptr (JkOrder) order = sign (f, &terms, JK_ROLE_CHIEF, 0);
      assert_int_equal (jk_order_check (order, f->session, &error), wanted == 1);
      if (wanted != 1)
        assert_session_refused (error, ORDER_RULE);
    }
  }
}

static void
what_is_for_one_candidate_is_never_for_all (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    const JkActRule *rule = jk_act_get_rule (act);
    g_autoptr (GError) error = NULL;
    JkOrderTerms terms;
    if (rule->target == JK_TARGET_STATION || rule->n_signers_all > 0)
      continue;
    init (f, act, &terms);
    terms.record = JK_ORDER_EVERY;
    g_autoptr (JkOrder) order = sign (f, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
    assert_false (jk_order_check (order, f->session, &error));
    assert_non_null (strstr (error->message, "name the candidate"));
    assert_session_refused (error, ORDER_RULE);
  }
}

/* The fault must be refused as against the rules, and name the act. */
static void
assert_against_rules (const Fixture *f, const JkOrderTerms *terms, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JkOrder) order = sign (f, terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);

  assert_false (jk_order_check (order, f->session, &error));
  if (strstr (error->message, said) == NULL)
    fail_msg ("“%s” does not say “%s”", error->message, said);
  assert_non_null (strstr (error->message, jk_act_get_rule (terms->act)->name));
  assert_session_refused (error, ORDER_RULE);
}

static void
what_an_act_must_carry_is_missed (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    const JkActRule *rule = jk_act_get_rule (act);
    JkOrderTerms terms;
    if (rule->reason) {
      init (f, act, &terms);
      terms.reason = "";
      assert_against_rules (f, &terms, "lacks a reason");
    }
    if ((rule->carries & JK_CARRY_TEXT) != 0) {
      init (f, act, &terms);
      terms.text = "";
      assert_against_rules (f, &terms, "lacks its text");
    }
    if ((rule->carries & JK_CARRY_SUBJECT) != 0) {
      init (f, act, &terms);
      memset (terms.subject, 0, sizeof terms.subject);
      assert_against_rules (f, &terms, "lacks what it is about");
    }
    if ((rule->carries & JK_CARRY_STATION) != 0) {
      init (f, act, &terms);
      memset (terms.station, 0, sizeof terms.station);
      assert_against_rules (f, &terms, "lacks the PC it is for");
    }
  }
}

static void
an_amount_out_of_its_range_is_refused (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    const JkActRule *rule = jk_act_get_rule (act);
    JkOrderTerms terms;
    init (f, act, &terms);
    terms.amount = rule->amount_max + 1;
    assert_against_rules (f, &terms, "expected");
    if (rule->amount_min > 0) {
      terms.amount = rule->amount_min - 1;
      assert_against_rules (f, &terms, "expected");
    }
  }
}

static void
a_record_that_cannot_be_is_refused (void **state)
{
  const Fixture *f = *state;
  JkOrderTerms terms;

  init (f, JK_ACT_MESSAGE, &terms);
  terms.record = JK_RECORDS_MAX;
  assert_against_rules (f, &terms, "a record that cannot be");
  init (f, JK_ACT_COPY, &terms);
  terms.record = 1;
  assert_against_rules (f, &terms, "about a whole PC");
}

static void
what_only_the_chief_may_is_refused_from_others (void **state)
{
  const Fixture *f = *state;

  EACH_ACT (act)
  {
    g_autoptr (GError) error = NULL;
    JkOrderTerms terms;
    init (f, act, &terms);
    g_autoptr (JkOrder) order = sign (f, &terms, JK_ROLE_PROCTOR, JK_ROLE_SPARE_1);
    gboolean chief = jk_act_get_rule (act)->chief;
    assert_int_equal (jk_order_check (order, f->session, &error), !chief);
    if (chief)
      assert_session_refused (error, ORDER_RULE);
  }
}

static void
an_order_of_another_hall_or_session_is_foreign (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;

  jk_test_order_init (&terms, f->exam, 1, JK_ACT_MESSAGE, 1, NULL);
  g_autoptr (GBytes) other = jk_test_order_sign (f->exam, 1, &terms, JK_ROLE_CHIEF, 0);
  g_autoptr (JkOrder) order = jk_order_parse ("stick", other, NULL);
  assert_false (jk_order_check (order, f->session, &error));
  assert_non_null (strstr (error->message, "hall 02"));
  assert_session_refused (error, ORDER_FOREIGN);

  init (f, JK_ACT_MESSAGE, &terms);
  terms.session.bytes[0] ^= 1;
  g_autoptr (JkOrder) foreign = sign (f, &terms, JK_ROLE_CHIEF, 0);
  assert_false (jk_order_check (foreign, f->session, &error));
  assert_non_null (strstr (error->message, "another session"));
  assert_session_refused (error, ORDER_FOREIGN);
}

/* Its signer may be one that the amendment adds: that it is missing comes before who signed. */
static void
an_order_of_a_later_amendment_waits_for_it (void **state)
{
  const Fixture *f = *state;
  JkSession *session = (JkSession *) f->session;
  JkOrderTerms terms;
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key =
      jk_sign_key_new (jk_test_exam_get_world (f->exam)->random, "test: added", 0, public_key);
  g_autoptr (GError) error = NULL;

  init (f, JK_ACT_MESSAGE, &terms);
  terms.amendment = 2;
  g_autoptr (GBytes) bytes = jk_order_write (&terms, (JkRoleName) 5, key);
  g_autoptr (JkOrder) added = jk_order_parse ("stick", bytes, NULL);
  g_autoptr (JkOrder) order = sign_enough (f, &terms);
  for (guint n = 0; n < 2; n++) {
    session->amendment_number = n;
    assert_false (jk_order_check (order, session, &error));
    assert_session_refused (error, ORDER_AMENDMENT);
    assert_false (jk_order_check (added, session, &error));
    assert_non_null (strstr (error->message, "given under amendment 2; this PC has"));
    assert_non_null (strstr (error->message, n == 0 ? "load amendment 1" : "load amendment 2"));
    assert_session_refused (error, ORDER_AMENDMENT);
  }
  for (guint n = 2; n < 4; n++) {
    session->amendment_number = n;
    assert_true (jk_order_check (order, session, &error));
    assert_false (jk_order_check (added, session, &error));
    assert_session_refused (error, ORDER_SIGNATURE);
  }
}

static void
a_forged_signature_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key =
      jk_sign_key_new (jk_test_exam_get_world (f->exam)->random, "test: forger", 0, public_key);

  init (f, JK_ACT_MESSAGE, &terms);
  g_autoptr (GBytes) forged = jk_order_write (&terms, JK_ROLE_CHIEF, key);
  g_autoptr (JkOrder) order = jk_order_parse ("stick", forged, NULL);
  assert_false (jk_order_check (order, f->session, &error));
  assert_session_refused (error, ORDER_SIGNATURE);

  g_autoptr (GBytes) once = jk_test_order_sign (f->exam, 0, &terms, JK_ROLE_CHIEF, 0);
  g_autoptr (GBytes) twice = jk_order_countersign ("stick", once, JK_ROLE_PROCTOR, key, NULL);
  g_autoptr (JkOrder) second = jk_order_parse ("stick", twice, NULL);
  assert_false (jk_order_check (second, f->session, &error));
  assert_session_refused (error, ORDER_SIGNATURE);
}

static void
a_role_the_session_does_not_have_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;
  guint8 public_key[JK_PUBLIC_BYTES];
  g_autoptr (JkSecret) key =
      jk_sign_key_new (jk_test_exam_get_world (f->exam)->random, "test: forger", 0, public_key);

  init (f, JK_ACT_MESSAGE, &terms);
  g_autoptr (GBytes) bytes = jk_order_write (&terms, (JkRoleName) 9, key);
  g_autoptr (JkOrder) order = jk_order_parse ("stick", bytes, NULL);
  assert_false (jk_order_check (order, f->session, &error));
  assert_session_refused (error, ORDER_SIGNATURE);
}

static void
an_act_of_a_newer_program_is_refused (void **state)
{
  const Fixture *f = *state;
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms;

  init (f, JK_ACT_MESSAGE, &terms);
  terms.act = JK_N_ACTS;
  g_autoptr (JkOrder) order = sign (f, &terms, JK_ROLE_CHIEF, 0);
  assert_false (jk_order_check (order, f->session, &error));
  assert_non_null (strstr (error->message, "update this PC"));
  assert_session_refused (error, ORDER_RULE);
}

static void
an_order_is_for_one_station_or_for_all (void **state)
{
  const Fixture *f = *state;
  guint8 other[JK_PUBLIC_BYTES] = { 6 };
  JkOrderTerms terms;

  init (f, JK_ACT_MESSAGE, &terms);
  g_autoptr (JkOrder) all = sign_enough (f, &terms);
  assert_true (jk_order_is_for (all, f->station));
  assert_true (jk_order_is_for (all, other));
  memcpy (terms.station, f->station, sizeof terms.station);
  g_autoptr (JkOrder) one = sign_enough (f, &terms);
  assert_true (jk_order_is_for (one, f->station));
  assert_false (jk_order_is_for (one, other));
}

static void
a_summary_names_act_amount_record_and_signers (void **state)
{
  const Fixture *f = *state;
  JkOrderTerms terms;

  init (f, JK_ACT_EXTEND, &terms);
  terms.amount = 600000;
  g_autoptr (JkOrder) order = sign (f, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  g_autofree char *summary = jk_order_dup_summary (order);
  assert_string_equal (summary, "extend by 10 min, record 2, signed by chief and proctor");

  init (f, JK_ACT_REVOKE_ROLE, &terms);
  g_autoptr (JkOrder) revoke = sign (f, &terms, JK_ROLE_CHIEF, 0);
  g_autofree char *short_summary = jk_order_dup_summary (revoke);
  assert_string_equal (short_summary, "revoke-role, signed by chief");

  init (f, JK_ACT_RETIRE, &terms);
  terms.amount = 2400000;
  g_autoptr (JkOrder) retire = sign (f, &terms, JK_ROLE_CHIEF, 0);
  g_autofree char *used = jk_order_dup_summary (retire);
  assert_string_equal (used, "retire at 40 min, record 2, signed by chief");

  init (f, JK_ACT_PAUSE, &terms);
  terms.record = JK_ORDER_EVERY;
  g_autoptr (JkOrder) pause = sign (f, &terms, JK_ROLE_CHIEF, JK_ROLE_SPARE_1);
  g_autofree char *all = jk_order_dup_summary (pause);
  assert_string_equal (all, "pause, every record, signed by chief and spare-1");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (an_act_for_two_is_refused_from_one),
    TEST (what_is_for_one_candidate_is_never_for_all),
    TEST (what_an_act_must_carry_is_missed),
    TEST (an_amount_out_of_its_range_is_refused),
    TEST (a_record_that_cannot_be_is_refused),
    TEST (what_only_the_chief_may_is_refused_from_others),
    TEST (an_order_of_another_hall_or_session_is_foreign),
    TEST (an_order_of_a_later_amendment_waits_for_it),
    TEST (a_forged_signature_is_refused),
    TEST (a_role_the_session_does_not_have_is_refused),
    TEST (an_act_of_a_newer_program_is_refused),
    TEST (an_order_is_for_one_station_or_for_all),
    TEST (a_summary_names_act_amount_record_and_signers),
  };
  return cmocka_run_group_tests_name ("order-rules", tests, check_setup, NULL);
}
