/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "session/state.h"
#include "support/vector.h"

/* A line per state, a column per event from IDENTIFIED on: the letter of the state after it. The
 * first 18 are identified ready started answered cleared flagged visited focus head gap paused
 * resumed extended handed-in sealed collected reopened moved; then come credited late released
 * consented noted admitted common-end clock arrived. */
static const char *const table[JK_N_STATES] = {
  [JK_STATE_NONE] = "i................."
                    ".........",
  [JK_STATE_IDENTIFIED] = ".r.......i.......m"
                          ".i..ii.i.",
  [JK_STATE_READY] = "..R.....rr.......m"
                     ".r..r.rr.",
  [JK_STATE_RUNNING] = "...RRRRRRRp.Rh...m"
                       "R.RRR.RRR",
  [JK_STATE_PAUSED] = "......pppp.Rph...m"
                      "p.p.p.ppp",
  [JK_STATE_HANDED_IN] = "..............s..."
                         ".........",
  [JK_STATE_SEALED] = "...............cR."
                      ".........",
  [JK_STATE_COLLECTED] = ".................."
                         ".........",
  [JK_STATE_MOVED] = ".................."
                     "........R",
};

/* In the order of JkState. */
static const char letters[] = "nirRphscm";

static void
every_state_and_event_is_as_the_table_says (void **state)
{
  for (guint from = 0; from < JK_N_STATES; from++) {
    for (guint event = JK_EVENT_IDENTIFIED; event < JK_N_EVENTS; event++) {
      char wanted = table[from][event - 1];
      int next = jk_state_next ((JkState) from, (JkEvent) event);
      char got = next < 0 ? '.' : letters[next];
      if (got != wanted)
        fail_msg ("%s + %s: %c, expected %c",
                  jk_state_get_name ((JkState) from),
                  jk_event_get_name ((JkEvent) event),
                  got,
                  wanted);
    }
  }
}

static void
an_event_of_no_name_has_no_place (void **state)
{
  for (guint from = 0; from < JK_N_STATES; from++) {
    assert_int_equal (jk_state_next ((JkState) from, (JkEvent) 0), -1);
    assert_int_equal (jk_state_next ((JkState) from, JK_N_EVENTS), -1);
  }
}

static void
every_state_and_event_has_a_name_of_its_own (void **state)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < JK_N_STATES; i++)
    assert_true (g_hash_table_add (names, (gpointer) jk_state_get_name ((JkState) i)));
  g_hash_table_remove_all (names);
  for (guint i = JK_EVENT_IDENTIFIED; i < JK_N_EVENTS; i++)
    assert_true (g_hash_table_add (names, (gpointer) jk_event_get_name ((JkEvent) i)));
}

static void
formats_md_has_the_same_moves (void **state)
{
  g_autoptr (GBytes) moves = jk_test_vector ("state-moves");
  const guint8 *after = g_bytes_get_data (moves, NULL);

  assert_int_equal (g_bytes_get_size (moves), JK_N_STATES * (JK_N_EVENTS - 1));
  for (guint from = 0; from < JK_N_STATES; from++) {
    for (guint event = JK_EVENT_IDENTIFIED; event < JK_N_EVENTS; event++)
      assert_int_equal (*after++, (guint8) jk_state_next ((JkState) from, (JkEvent) event));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_state_and_event_is_as_the_table_says),
    cmocka_unit_test (an_event_of_no_name_has_no_place),
    cmocka_unit_test (every_state_and_event_has_a_name_of_its_own),
    cmocka_unit_test (formats_md_has_the_same_moves),
  };
  return cmocka_run_group_tests_name ("state", tests, NULL, NULL);
}
