/* SPDX-License-Identifier: Apache-2.0 */
/* Thirty PCs without a network take the orders of one panel from a stick, each in an order of its
 * own, some twice, some of another hall: the same in the end, nothing lost, all refusals logged. */
#include "check-seat.h"

#define N_STATIONS 30
#define N_FOREIGN 4
#define N_ORDERS 40

typedef struct {
  JkTestFolder *folder;
  JkTestWorld *fakes;
  JkWorld world;
  JkStation *station;
  JkSeatPlace place;
  JkSeat *seat;
} Pc;

/* Keys of its own, the clock of the room. */
static void
set_up_pc (Fixture *self, Pc *pc, guint n)
{
  g_autoptr (GError) error = NULL;

  pc->folder = jk_test_folder_new ();
  pc->fakes = jk_test_world_new (1000 + n);
  pc->world = *jk_test_world_get (pc->fakes);
  pc->world.clock = jk_test_clock_get (self->clock);
  pc->station =
      jk_station_open (&pc->world, jk_test_folder_get_path (pc->folder), "test PC", &error);
  assert_ok (error);
  pc->place = self->place;
  pc->place.world = &pc->world;
  pc->place.station = pc->station;
  pc->seat = jk_seat_load (&pc->place, jk_test_exam_get_session_path (self->exam, 0), &error);
  assert_ok (error);
  jk_seat_open_room (pc->seat, jk_test_exam_get_room_code (self->exam, 0), &error);
  assert_ok (error);
}

static void
tear_down_pc (Pc *pc)
{
  jk_seat_free (pc->seat);
  jk_station_free (pc->station);
  jk_test_world_free (pc->fakes);
  jk_test_folder_free (pc->folder);
}

static void
restart_pc (Pc *pc)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&pc->seat, jk_seat_free);
  g_auto (GStrv) names = jk_seat_find (&pc->place, &error);
  pc->seat = jk_seat_open (&pc->place, names[0], &error);
  assert_ok (error);
}

/* What a chief orders in a room, none of which undoes another. */
static GBytes *
write_order (Fixture *self, guint n)
{
  static const JkAct acts[] = { JK_ACT_ABSENT,   JK_ACT_LATE,         JK_ACT_INCIDENT,
                                JK_ACT_UNLOCK,   JK_ACT_NAME_CONSOLE, JK_ACT_NAME_PERSON,
                                JK_ACT_COPY,     JK_ACT_WALK_IN,      JK_ACT_VIOLATION,
                                JK_ACT_WRONG_ID, JK_ACT_OPEN_OUTSIDE, JK_ACT_REVOKE_ROLE };
  JkAct act = acts[n % G_N_ELEMENTS (acts)];
  const JkActRule *rule = jk_act_get_rule (act);
  JkOrderTerms terms = terms_of (self, act, rule->target == JK_TARGET_STATION ? JK_ORDER_EVERY : n);

  if (act == JK_ACT_NAME_CONSOLE)
    terms.subject[1] = (guint8) n;
  if (act == JK_ACT_REVOKE_ROLE || act == JK_ACT_NAME_PERSON)
    terms.amount = JK_ROLE_SPARE_1 + n % 2;
  return sign (self, &terms, rule->n_signers == 2);
}

/* Of another session: refused wherever it comes. */
static GBytes *
write_foreign (Fixture *self, guint n)
{
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY, JK_ORDER_EVERY);

  self->counter--;
  terms.session.bytes[n] ^= 1;
  return sign (self, &terms, FALSE);
}

/* Offers all of them in a shuffled order, each third twice, with a restart on the way. */
static void
offer_all (Pc *pc, GPtrArray *orders, guint32 seed)
{
  GRand *chance = g_rand_new_with_seed (seed);
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < orders->len; i++) {
    g_array_append_val (turns, i);
    if (i % 3 == 0)
      g_array_append_val (turns, i);
  }
  for (guint i = turns->len - 1; i > 0; i--) {
    guint j = (guint) g_rand_int_range (chance, 0, (gint32) i + 1);
    guint held = g_array_index (turns, guint, i);
    g_array_index (turns, guint, i) = g_array_index (turns, guint, j);
    g_array_index (turns, guint, j) = held;
  }
  for (guint i = 0; i < turns->len; i++) {
    JkSeatOutcome outcome;
    guint which = g_array_index (turns, guint, i);
    jk_seat_take_order (pc->seat, "stick", g_ptr_array_index (orders, which), &outcome, NULL);
    if (which >= N_ORDERS)
      assert_int_equal (outcome, JK_SEAT_REFUSED);
    else
      assert_true (outcome == JK_SEAT_OBEYED || outcome == JK_SEAT_REPLAYED);
    if (i == turns->len / 2)
      restart_pc (pc);
  }
  g_rand_free (chance);
}

/* All that a log says which does not depend on when something came. */
static char *
describe (Fixture *self, const Pc *pc, GPtrArray *orders)
{
  const JkLogReplay *log = jk_seat_get_log (pc->seat);
  GString *out = g_string_new (NULL);
  guint8 device[JK_PUBLIC_BYTES] = { 7 }, console[JK_PUBLIC_BYTES] = { 9 };

  g_string_append_printf (out,
                          "stage %d, obeyed %u, revoked %x, named %x, outside %d, missing %u\n",
                          jk_log_replay_get_stage (log),
                          jk_log_replay_get_n_obeyed (log),
                          jk_log_replay_get_revoked_roles (log),
                          jk_log_replay_get_named_roles (log),
                          jk_log_replay_is_outside_allowed (log),
                          (guint) jk_log_replay_count_missing (log, device));
  for (guint i = 0; i < N_ORDERS; i++) {
    g_autoptr (JkOrder) parsed = jk_order_parse ("test", g_ptr_array_index (orders, i), NULL);
    console[1] = (guint8) i;
    g_string_append_printf (out,
                            "%u: %d %d %d %d %d %d\n",
                            i,
                            jk_log_replay_is_obeyed (log, jk_order_get_terms (parsed)->id),
                            jk_log_replay_is_absent (log, i),
                            jk_log_replay_is_taken (log, i),
                            jk_log_replay_find_order (log, JK_ACT_LATE, i) != NULL,
                            jk_log_replay_find_order (log, JK_ACT_WRONG_ID, i) != NULL,
                            jk_log_replay_is_console (log, console));
  }
  for (guint i = N_ORDERS; i < orders->len; i++) {
    g_autoptr (JkOrder) parsed = jk_order_parse ("test", g_ptr_array_index (orders, i), NULL);
    g_string_append_printf (
        out,
        "foreign %u: %d\n",
        i,
        jk_log_replay_is_refused (log, jk_order_get_digest (parsed), JK_LOG_REASON_FOREIGN));
  }
  return g_string_free (out, FALSE);
}

static void
thirty_stations_take_the_orders_of_one_panel_in_any_order (void **state)
{
  Fixture *self = *state;
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *first = NULL;

  for (guint i = 0; i < N_ORDERS; i++)
    g_ptr_array_add (orders, write_order (self, i));
  for (guint i = 0; i < N_FOREIGN; i++)
    g_ptr_array_add (orders, write_foreign (self, i));

  for (guint n = 0; n < N_STATIONS; n++) {
    Pc pc = { 0 };
    set_up_pc (self, &pc, n);
    offer_all (&pc, orders, n);
    restart_pc (&pc);
    g_autofree char *found = describe (self, &pc, orders);
    if (first == NULL)
      first = g_strdup (found);
    assert_string_equal (found, first);
    assert_int_equal (jk_log_replay_get_n_obeyed (jk_seat_get_log (pc.seat)), N_ORDERS);
    tear_down_pc (&pc);
  }
  assert_non_null (strstr (first, "obeyed 40"));
  assert_non_null (strstr (first, "missing 0"));
  assert_null (strstr (first, "foreign 41: 0"));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (thirty_stations_take_the_orders_of_one_panel_in_any_order),
  };
  return cmocka_run_group_tests_name ("seat-stations", tests, check_build_exam, check_free_exam);
}
