/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-arrive.c: a sitting comes from a first PC to the seat of the fixture. */
#include "check-seat.h"

#include "sitting/capsule.h"
#include "support/storage.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Where the sitting comes from. */
typedef struct {
  /* Owned */
  JkTestFolder *folder;
  JkTestWorld *chance;
  JkStation *station;
  JkSeat *seat;
  GBytes *order, *capsule;
  /* Plain */
  JkSeatPlace place;
} First;

static void
free_first (First *self)
{
  jk_seat_free (self->seat);
  jk_station_free (self->station);
  jk_test_world_free (self->chance);
  jk_test_folder_free (self->folder);
  g_clear_pointer (&self->order, g_bytes_unref);
  g_clear_pointer (&self->capsule, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (First, free_first)

/* A PC with keys of its own on which candidate 0 has answered. */
static First *
sit_first (Fixture *fixture)
{
  First *self = g_new0 (First, 1);
  g_autoptr (GError) error = NULL;

  self->folder = jk_test_folder_new ();
  self->chance = jk_test_world_new (77);
  self->station = jk_station_open (jk_test_world_get (self->chance),
                                   jk_test_folder_get_path (self->folder),
                                   "first PC",
                                   &error);
  assert_ok (error);
  self->place = fixture->place;
  self->place.station = self->station;
  self->seat =
      jk_seat_load (&self->place, jk_test_exam_get_session_path (fixture->exam, 0), &error);
  assert_ok (error);
  jk_seat_open_room (self->seat, jk_test_exam_get_room_code (fixture->exam, 0), &error);
  assert_ok (error);
  const JkTestCandidate *candidate = jk_test_exam_get_candidate (fixture->exam, 0);
  JkSitting *sitting =
      jk_seat_log_in (self->seat, candidate->admission, candidate->id_number, &error);
  assert_ok (error);
  confirm_and_start (fixture, 0, sitting);
  guint64 ticket = jk_sitting_answer (sitting, 0, 1, &error);
  assert_true (jk_sitting_wait (sitting, ticket, &error));
  return self;
}

/* The same, and moved away. */
static First *
move_first (Fixture *fixture)
{
  First *self = sit_first (fixture);
  g_autoptr (GError) error = NULL;
  JkSeatOutcome outcome;

  self->order = order (fixture, JK_ACT_MOVE, record_of (fixture, 0));
  jk_seat_take_order (self->seat, "stick", self->order, &outcome, &error);
  assert_ok (error);
  self->capsule = jk_sitting_make_capsule (jk_seat_get_sitting (self->seat, 0), &error);
  assert_ok (error);
  return self;
}

/* The same, and dead: a copy of its store, and an order that retires it. */
static First *
lose_first (Fixture *fixture)
{
  First *self = sit_first (fixture);
  JkOrderTerms terms = terms_of (fixture, JK_ACT_RETIRE, record_of (fixture, 0));
  g_autofree char *scratch = jk_test_folder_dup_path (self->folder, "scratch");
  g_autofree char *path = g_strdup_printf ("%s/%s-%s/%05u.jkjournal",
                                           jk_station_get_folder (self->station),
                                           jk_session_get_short_name (fixture->session),
                                           jk_session_get_hall (fixture->session),
                                           record_of (fixture, 0));
  g_autoptr (GError) error = NULL;

  memcpy (terms.station, jk_station_get_sign_public (self->station), sizeof terms.station);
  self->order = sign (fixture, &terms, FALSE);
  g_clear_pointer (&self->seat, jk_seat_free);
  assert_int_equal (g_mkdir (scratch, 0700), 0);
  self->capsule = jk_capsule_from_store (fixture->place.world,
                                         fixture->session,
                                         path,
                                         fixture->roles[JK_ROLE_CHIEF].seal,
                                         NULL,
                                         scratch,
                                         &error);
  assert_ok (error);
  return self;
}

static JkSitting *
arrive (Fixture *self, const First *first, GError **error)
{
  return jk_seat_arrive (self->seat,
                         "capsule",
                         first->capsule,
                         self->roles[JK_ROLE_CHIEF].seal,
                         "stick",
                         first->order,
                         error);
}

static JkSitting *
must_arrive (Fixture *self, const First *first)
{
  g_autoptr (GError) error = NULL;
  JkSitting *sitting = arrive (self, first, &error);

  assert_ok (error);
  return sitting;
}

static void
assert_refused (Fixture *self, const First *first, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  guint n = jk_seat_get_n_sittings (self->seat);

  assert_null (arrive (self, first, &error));
  assert_true (g_str_has_suffix (error->message, "."));
  assert_error (error, domain, code);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), n);
  assert_int_equal (jk_seat_get_n_sittings (restart (self)), n);
}

static void
an_arrived_sitting_is_one_of_the_seat (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *sitting = must_arrive (self, first);
  assert_true (jk_sitting_is_waiting (sitting));
  assert_int_equal (jk_sitting_get_answer (sitting, 0), 1);
  assert_ptr_equal (jk_seat_get_current (self->seat), sitting);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
  const JkLogRow *row = jk_log_replay_get_last (jk_seat_get_log (self->seat));
  g_autoptr (JkOrder) order = jk_order_parse ("test", first->order, &error);
  assert_int_equal (row->event, JK_LOG_LOGGED_IN);
  assert_int_equal (row->code, JK_LOG_BY_ARRIVAL);
  assert_int_equal (row->record, record_of (self, 0));
  assert_memory_equal (row->id, jk_order_get_terms (order)->id, JK_ORDER_ID_BYTES);

  /* What moved it does not move it on from here. */
  assert_int_equal (take (self, first->order, &error), JK_SEAT_REPLAYED);
  restart (self);
  sitting = jk_seat_get_current (self->seat);
  assert_true (jk_sitting_is_waiting (sitting));
  assert_true (jk_sitting_continue (sitting, NULL));
  must_obey (self, JK_ACT_EXTEND, record_of (self, 0));
}

static void
given_again_it_is_found (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);

  open_room (self);
  JkSitting *sitting = must_arrive (self, first);
  assert_true (jk_sitting_continue (sitting, NULL));
  assert_ptr_equal (must_arrive (self, first), sitting);
  assert_false (jk_sitting_is_waiting (sitting));
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
}

static void
it_arrives_only_while_the_session_is_open_here (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);

  load (self);
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_NOT_OPEN);
  must_obey (self, JK_ACT_OPEN, JK_ORDER_EVERY);
  must_obey (self, JK_ACT_END, JK_ORDER_EVERY);
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_ENDED);
}

static void
who_is_marked_absent_here_arrives_when_that_is_undone (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);

  open_room (self);
  must_obey (self, JK_ACT_ABSENT, record_of (self, 0));
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_ABSENT);
  must_obey (self, JK_ACT_NOT_ABSENT, record_of (self, 0));
  must_arrive (self, first);
}

static void
it_arrives_where_nobody_sits (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);

  open_room (self);
  JkSitting *sitting = must_log_in (self, 1);
  confirm_and_start (self, 1, sitting);
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_OCCUPIED);
  must_obey (self, JK_ACT_FORCE, record_of (self, 1));
  must_arrive (self, first);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 2);
}

static void
it_arrives_on_a_red_disk_when_two_said_so (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_true (jk_seat_note_store (self->seat, JK_LOG_STORE_RED, JK_ORDER_EVERY, &error));
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_RED);
  must_obey (self, JK_ACT_OPEN_RED, JK_ORDER_EVERY);
  must_arrive (self, first);
}

static void
it_does_not_come_back_to_the_pc_it_left (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);
  g_autoptr (GError) error = NULL;

  assert_null (jk_seat_arrive (first->seat,
                               "capsule",
                               first->capsule,
                               self->roles[JK_ROLE_CHIEF].seal,
                               "stick",
                               first->order,
                               &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_MOVED);
  assert_int_equal (jk_sitting_get_state (jk_seat_get_sitting (first->seat, 0)), JK_STATE_MOVED);
}

static void
a_broken_store_of_the_candidate_is_left_alone (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);

  open_room (self);
  g_autofree char *path = g_strdup_printf ("%s/%s-%s/%05u.jkjournal",
                                           jk_station_get_folder (self->station),
                                           jk_session_get_short_name (self->session),
                                           jk_session_get_hall (self->session),
                                           record_of (self, 0));
  assert_true (g_file_set_contents (path, "no database", -1, NULL));
  restart (self);
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
}

static void
revoke_chief (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JkOrderTerms terms = terms_of (self, JK_ACT_REVOKE_ROLE, JK_ORDER_EVERY);

  terms.amount = JK_ROLE_CHIEF;
  g_autoptr (GBytes) revoke = sign (self, &terms, FALSE);
  assert_int_equal (take (self, revoke, &error), JK_SEAT_OBEYED);
}

static void
a_role_revoked_here_retires_nobody (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = lose_first (self);
  g_autoptr (GError) error = NULL;

  open_room (self);
  g_autoptr (JkOrder) order = jk_order_parse ("test", first->order, &error);
  revoke_chief (self);
  assert_refused (self, first, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REVOKED);
  assert_true (jk_log_replay_is_refused (jk_seat_get_log (self->seat),
                                         jk_order_get_digest (order),
                                         JK_LOG_REASON_REVOKED));
}

static void
a_dead_seats_sitting_arrives_by_a_retire (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = lose_first (self);

  open_room (self);
  JkSitting *sitting = must_arrive (self, first);
  assert_int_equal (jk_sitting_get_answer (sitting, 0), 1);
  assert_ptr_equal (must_arrive (self, first), sitting);
}

static void
a_move_that_was_obeyed_holds_though_its_role_was_revoked (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);

  open_room (self);
  revoke_chief (self);
  must_arrive (self, first);
}

static void
another_order_is_refused_and_logged (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);
  g_autoptr (GBytes) right = first->order;
  g_autoptr (GError) error = NULL;

  open_room (self);
  first->order = order (self, JK_ACT_MOVE, record_of (self, 0));
  g_autoptr (JkOrder) parsed = jk_order_parse ("test", first->order, &error);
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_ORDER);
  assert_true (jk_log_replay_is_refused (jk_seat_get_log (self->seat),
                                         jk_order_get_digest (parsed),
                                         JK_LOG_REASON_HERE));
  g_bytes_unref (first->order);
  first->order = g_bytes_new_static ("no order", 8);
  assert_refused (self, first, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_FORM);
  g_bytes_unref (first->order);
  first->order = g_bytes_ref (right);
  must_arrive (self, first);
}

static void
what_is_no_capsule_or_a_changed_one_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (First) first = move_first (self);
  g_autoptr (GBytes) right = first->capsule;
  gsize size;

  open_room (self);
  const guint8 *data = g_bytes_get_data (right, &size);
  first->capsule = g_bytes_new (data, 40);
  assert_refused (self, first, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  g_bytes_unref (first->capsule);
  guint8 *copy = g_memdup2 (data, size);
  copy[size - 1] ^= 1;
  first->capsule = g_bytes_new_take (copy, size);
  assert_refused (self, first, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
}

/* With the n-th call of the disk failing: it is here whole, or not at all and comes again. */
static void
whatever_call_fails_it_arrives_in_the_end (void **state)
{
  Fixture *self = *state;
  JkTestStorage *storage = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autoptr (First) first = move_first (self);
  g_autofree char *path = g_strdup_printf ("%s/%s-%s/%05u.jkjournal",
                                           jk_station_get_folder (self->station),
                                           jk_session_get_short_name (self->session),
                                           jk_session_get_hall (self->session),
                                           record_of (self, 0));
  gboolean was_hit = TRUE;
  guint n_refused = 0;

  open_room (self);
  for (guint n = 1; was_hit; n++) {
    jk_test_storage_heal (storage);
    jk_test_storage_fail (storage, JK_TEST_ANY, n, EIO, JK_TEST_ONCE);
    gboolean came = arrive (self, first, NULL) != NULL;
    was_hit = jk_test_storage_has_failed (storage);
    jk_test_storage_heal (storage);
    n_refused += came ? 0 : 1;
    assert_int_equal (jk_seat_get_n_sittings (restart (self)),
                      g_file_test (path, G_FILE_TEST_EXISTS));
    assert_int_equal (jk_sitting_get_answer (must_arrive (self, first), 0), 1);
    g_clear_pointer (&self->seat, jk_seat_free);
    assert_int_equal (g_unlink (path), 0);
    restart (self);
  }
  assert_true (n_refused >= 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (an_arrived_sitting_is_one_of_the_seat),
    TEST (given_again_it_is_found),
    TEST (it_arrives_only_while_the_session_is_open_here),
    TEST (who_is_marked_absent_here_arrives_when_that_is_undone),
    TEST (it_arrives_where_nobody_sits),
    TEST (it_arrives_on_a_red_disk_when_two_said_so),
    TEST (it_does_not_come_back_to_the_pc_it_left),
    TEST (a_broken_store_of_the_candidate_is_left_alone),
    TEST (a_role_revoked_here_retires_nobody),
    TEST (a_dead_seats_sitting_arrives_by_a_retire),
    TEST (a_move_that_was_obeyed_holds_though_its_role_was_revoked),
    TEST (another_order_is_refused_and_logged),
    TEST (what_is_no_capsule_or_a_changed_one_is_refused),
    TEST (whatever_call_fails_it_arrives_in_the_end),
  };
  return cmocka_run_group_tests_name ("seat-arrive", tests, check_build_exam, check_free_exam);
}
