/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "session/act.h"
#include "support/vector.h"

/* What the table must say, written down a second time from domain.md section 4.8 and the issue, by
 * number from 1: name; stages l(oaded) o(pen) e(nded); states n(one) i(dentified) r(eady) R(unning)
 * p(aused) h(anded in) s(ealed) c(ollected) m(oved), and * for all; what it is about; how it is
 * confirmed; what else must hold; the event; what it carries, r for a reason, t text, s subject,
 * S station; signers for one and for all, C when the chief must be one; minutes, or # for a role.
 */
static const char *const expected[] = {
  "open         l   -    station yes    -         -          -   1/0  -",
  "open-red     lo  -    station yes    -         -          rS  2/0  -",
  "open-outside lo  -    station yes    -         -          r   2/0  -",
  "end          o   -    station counts handed-in -          -   1/0  -",
  "late         o   nir  record  yes    -         late       -   1/0  1-180",
  "walk-in      o   n    record  yes    spare     admitted   rt  2/0  -",
  "wrong-id     o   n    record  yes    no-spare  admitted   r   2/0  -",
  "unlock       o   *    record  yes    -         -          r   1/1  -",
  "absent       oe  n    record  yes    present   -          r   1/0  -",
  "not-absent   oe  n    record  yes    absent    -          r   1/0  -",
  "extend       o   Rp   sitting yes    -         extended   r   1/2  1-180",
  "credit       o   Rp   sitting yes    -         credited   r   1/2  0-180",
  "pause        o   R    sitting yes    -         paused     r   2/2  -",
  "resume       o   p    sitting yes    -         resumed    r   2/2  -",
  "release      o   Rp   sitting yes    held      released   r   1/2  -",
  "consent      o   R    sitting none   -         consented  -   1/0  -",
  "message      o   irRp sitting none   -         noted      t   1/1  -",
  "incident     oe  *    record  yes    -         noted      t   1/1  -",
  "violation    oe  *    record  yes    -         noted      rt  2/0  -",
  "force        o   Rp   sitting typed  -         handed-in  r   2/0  -",
  "reopen       o   s    sitting yes    -         reopened   r   2/0  0-180",
  "move         o   irRp sitting yes    -         moved      r   1/0  -",
  "retire       oe  irRp sitting yes    -         moved      rS  1/0  0-1440",
  "copy         oe  -    station none   -         -          -   1/0  -",
  "collect      oe  s    sitting counts digest    collected  s   2/0  -",
  "revoke-role  loe -    station yes    -         -          r   1/0C #",
  "name-person  loe -    station yes    -         -          t   1/0C #",
  "name-console loe -    station yes    -         -          s   1/0C -",
  "wipe         e   -    station typed  collected -          -   2/0  -",
};

static const char *const targets[] = { "station", "record", "sitting" };
static const char *const confirms[] = { "none", "yes", "typed", "counts" };
static const char *const needs[] = {
  "-", "held", "absent", "present", "spare", "no-spare", "handed-in", "collected", "digest",
};

/* The letters of a set, in the order of all; "*" for every one, "-" for none. */
static char *
dup_letters (guint32 set, const char *all)
{
  GString *out = g_string_new (NULL);

  for (guint n = 0; all[n] != '\0'; n++)
    if ((set & JK_BIT (n)) != 0)
      g_string_append_c (out, all[n]);
  if (out->len == 0 || out->len == strlen (all))
    g_string_assign (out, out->len == 0 ? "-" : strlen (all) > 3 ? "*" : all);
  return g_string_free (out, FALSE);
}

static char *
dup_amount (const JkActRule *rule)
{
  if (rule->amount_max == 0)
    return g_strdup (rule->amount_min == 0 ? "-" : "?");
  if (rule->amount_min == 1 && rule->amount_max == JK_ROLES_MAX)
    return g_strdup ("#");
  return g_strdup_printf ("%g-%g",
                          (double) rule->amount_min / 60000,
                          (double) rule->amount_max / 60000);
}

/* A rule as a line of the table, with single blanks. */
static char *
dup_line (const JkActRule *rule)
{
  g_autofree char *stages = dup_letters (rule->stages, "loe");
  g_autofree char *states = dup_letters (rule->states, "nirRphscm");
  g_autofree char *amount = dup_amount (rule);
  g_autofree char *carries = g_strdup_printf ("%s%s%s%s",
                                              rule->reason ? "r" : "",
                                              (rule->carries & JK_CARRY_TEXT) != 0 ? "t" : "",
                                              (rule->carries & JK_CARRY_SUBJECT) != 0 ? "s" : "",
                                              (rule->carries & JK_CARRY_STATION) != 0 ? "S" : "");

  return g_strdup_printf ("%s %s %s %s %s %s %s %s %u/%u%s %s",
                          rule->name,
                          stages,
                          states,
                          targets[rule->target],
                          confirms[rule->confirm],
                          needs[rule->need],
                          rule->event == 0 ? "-" : jk_event_get_name (rule->event),
                          *carries == '\0' ? "-" : carries,
                          rule->n_signers,
                          rule->n_signers_all,
                          rule->chief ? "C" : "",
                          amount);
}

static void
every_act_is_as_the_rules_of_the_hall_say (void **state)
{
  assert_int_equal (G_N_ELEMENTS (expected), JK_N_ACTS - 1);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (GRegex) blanks = g_regex_new (" +", 0, 0, NULL);
    g_autofree char *wanted = g_regex_replace_literal (blanks, expected[i], -1, 0, " ", 0, NULL);
    g_autofree char *line = dup_line (jk_act_get_rule ((JkAct) (i + 1)));
    assert_string_equal (line, wanted);
  }
}

static void
an_event_has_its_place_wherever_its_act_has (void **state)
{
  for (guint act = 1; act < JK_N_ACTS; act++) {
    const JkActRule *rule = jk_act_get_rule ((JkAct) act);
    if (rule->event == 0 || rule->target != JK_TARGET_SITTING)
      continue;
    for (guint from = 0; from < JK_N_STATES; from++) {
      if ((rule->states & JK_BIT (from)) == 0)
        continue;
      if (jk_state_next ((JkState) from, rule->event) < 0)
        fail_msg ("%s in %s", rule->name, jk_state_get_name ((JkState) from));
    }
  }
}

static void
only_acts_with_an_amount_take_one (void **state)
{
  static const JkAct with[] = {
    JK_ACT_RETIRE, JK_ACT_LATE,        JK_ACT_EXTEND,      JK_ACT_CREDIT,
    JK_ACT_REOPEN, JK_ACT_REVOKE_ROLE, JK_ACT_NAME_PERSON,
  };

  for (guint act = 1; act < JK_N_ACTS; act++) {
    gboolean has = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (with); i++)
      has = has || with[i] == act;
    assert_int_equal (jk_act_get_rule ((JkAct) act)->amount_max > 0, has);
  }
}

static void
an_act_is_found_by_its_name (void **state)
{
  JkAct act;

  for (guint i = 1; i < JK_N_ACTS; i++) {
    assert_true (jk_act_parse (jk_act_get_rule ((JkAct) i)->name, &act));
    assert_int_equal (act, i);
  }
  assert_false (jk_act_parse ("dismiss", &act));
  assert_false (jk_act_parse ("", &act));
}

static void
there_is_no_rule_for_an_act_that_is_none (void **state)
{
  assert_null (jk_act_get_rule ((JkAct) 0));
  assert_null (jk_act_get_rule (JK_N_ACTS));
}

static void
needs_and_stages_have_words_of_their_own (void **state)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint need = JK_NEED_NOTHING; need <= JK_NEED_DIGEST; need++)
    assert_true (g_hash_table_add (words, (gpointer) jk_need_get_text ((JkNeed) need)));
  for (guint stage = 0; stage < JK_N_STAGES; stage++)
    assert_true (g_hash_table_add (words, (gpointer) jk_stage_get_name ((JkStage) stage)));
}

/* carries, and 8 for a reason, 16 for the chief. */
static guint
get_carried (const JkActRule *rule)
{
  return rule->carries | (rule->reason ? 8u : 0) | (rule->chief ? 16u : 0);
}

static void
formats_md_has_the_same_rules (void **state)
{
  g_autoptr (GBytes) rules = jk_test_vector ("act-table");
  const guint8 *row = g_bytes_get_data (rules, NULL);

  assert_int_equal (g_bytes_get_size (rules), 18 * (JK_N_ACTS - JK_ACT_OPEN));
  for (guint act = JK_ACT_OPEN; act < JK_N_ACTS; act++, row += 18) {
    const JkActRule *rule = jk_act_get_rule ((JkAct) act);
    assert_int_equal (row[0], act);
    assert_int_equal (row[1], rule->target);
    assert_int_equal (row[2], rule->stages);
    assert_int_equal (row[3], rule->n_signers);
    assert_int_equal (row[4], rule->n_signers_all);
    assert_int_equal (row[5], get_carried (rule));
    assert_int_equal (row[6], rule->event);
    assert_int_equal (row[7], rule->need);
    assert_int_equal (jk_bytes_get_u16 (row + 8), rule->states);
    assert_int_equal (jk_bytes_get_u32 (row + 10), rule->amount_min);
    assert_int_equal (jk_bytes_get_u32 (row + 14), rule->amount_max);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_act_is_as_the_rules_of_the_hall_say),
    cmocka_unit_test (an_event_has_its_place_wherever_its_act_has),
    cmocka_unit_test (only_acts_with_an_amount_take_one),
    cmocka_unit_test (an_act_is_found_by_its_name),
    cmocka_unit_test (there_is_no_rule_for_an_act_that_is_none),
    cmocka_unit_test (needs_and_stages_have_words_of_their_own),
    cmocka_unit_test (formats_md_has_the_same_rules),
  };
  return cmocka_run_group_tests_name ("act", tests, NULL, NULL);
}
