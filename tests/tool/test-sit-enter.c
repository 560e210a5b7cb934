/* SPDX-License-Identifier: Apache-2.0 */
/* tests of tool/sit-enter.c: the station's own way in, below the command */
#include "tool/sit-enter.h"

#include "base/error.h"
#include "result/result.h"
#include "session/error.h"
#include "way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

typedef struct {
  JkTestWay *way;
  JkAuthorities *authorities;
  JkSession *session;
  JkStation *station;
  JkSecrets *secrets;
  char *bank;
  JkSittingPlace place;
} Seat;

static void
seat_clear (Seat *self)
{
  jk_secrets_free (self->secrets);
  jk_station_free (self->station);
  jk_session_free (self->session);
  jk_authorities_free (self->authorities);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seat, seat_clear)

/* The station of that name, with the secrets of candidate 0. */
static void
take_seat (Seat *self, JkTestWay *way, const char *store)
{
  const JkWorld *world = &way->world;
  GError *error = NULL;

  *self = (Seat){ .way = way };
  self->authorities =
      jk_authorities_load (world->storage, jk_test_way_path (way, "pinned"), &error);
  self->session = jk_session_open (world, way->session, self->authorities, &error);
  self->station = jk_station_open (world, jk_test_way_path (way, store), NULL, &error);
  self->secrets = jk_secrets_load (jk_test_way_path (way, "secrets/0"), &error);
  assert_null (error);
  self->place = (JkSittingPlace){
    .world = world,
    .session = self->session,
    .station = self->station,
    .sealer = jk_result_sealer (),
  };
}

/* A store with its name and nothing in it, as a kill in the middle of a log-in leaves one. */
static void
leave_empty_store (const Seat *self)
{
  const JkWorld *world = self->place.world;
  g_autofree char *folder = g_strdup_printf ("%s/%s-%s",
                                             jk_station_get_folder (self->station),
                                             jk_session_get_short_name (self->session),
                                             jk_session_get_hall (self->session));
  g_autofree char *path = g_build_filename (folder, "00000.jkjournal", NULL);
  GError *error = NULL;

  assert_true (jk_storage_make_folder (world->storage, folder, 0700, &error));
  JkJournal *journal = jk_journal_create (world,
                                          path,
                                          jk_session_get_digest (self->session),
                                          jk_station_get_seal_public (self->station),
                                          1,
                                          &error);
  assert_null (error);
  jk_journal_free (journal);
}

static void
a_store_without_a_row_is_begun_by_its_candidate (void **state)
{
  g_auto (Seat) seat;
  g_autoptr (GError) error = NULL;

  take_seat (&seat, *state, "seat-empty");
  leave_empty_store (&seat);
  g_autoptr (JkSitting) sitting =
      jk_sit_enter (&seat.place, seat.secrets, seat.way->bank, -1, &error);
  assert_null (error);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  assert_int_equal (jk_sitting_get_person (sitting)->index, 0);
}

static void
a_record_without_a_sitting_is_not_resumed (void **state)
{
  g_auto (Seat) seat;
  g_autoptr (GError) error = NULL;

  take_seat (&seat, *state, "seat-none");
  assert_null (jk_sit_enter (&seat.place, seat.secrets, seat.way->bank, 0, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
  g_clear_error (&error);
  leave_empty_store (&seat);
  assert_null (jk_sit_enter (&seat.place, seat.secrets, seat.way->bank, 0, &error));
  assert_true (g_error_matches (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING));
}

static void
the_candidate_who_began_goes_on (void **state)
{
  g_auto (Seat) seat;
  g_autoptr (GError) error = NULL;

  take_seat (&seat, *state, "seat-again");
  JkSitting *sitting = jk_sit_enter (&seat.place, seat.secrets, seat.way->bank, -1, &error);
  assert_null (error);
  guint64 ticket = jk_sitting_answer (sitting, 0, 1, &error);
  assert_true (jk_sitting_wait (sitting, ticket, &error));
  jk_sitting_free (sitting);

  g_autoptr (JkSitting) again =
      jk_sit_enter (&seat.place, seat.secrets, seat.way->bank, -1, &error);
  assert_null (error);
  assert_int_equal (jk_sitting_get_answer (again, 0), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_store_without_a_row_is_begun_by_its_candidate),
    cmocka_unit_test (a_record_without_a_sitting_is_not_resumed),
    cmocka_unit_test (the_candidate_who_began_goes_on),
  };

  return cmocka_run_group_tests_name ("sit-enter",
                                      tests,
                                      jk_test_way_setup_session,
                                      jk_test_way_teardown);
}
