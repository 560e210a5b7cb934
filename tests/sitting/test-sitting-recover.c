/* SPDX-License-Identifier: Apache-2.0 */
/* A PC that forgot its sittings takes them back from a stick. */
#include "check-second.h"

#include "sitting/capsule.h"

static JkSittingPlace
place_of (Fixture *self)
{
  return (JkSittingPlace){
    .world = self->place.world,
    .session = self->session,
    .station = self->station,
    .sealer = self->place.sealer,
  };
}

static char *
dup_path (Fixture *self, guint n, const char *folder)
{
  return g_strdup_printf ("%s/%05u.jkjournal", folder, record_of (self, n));
}

/* Two sittings on PC and stick, one over; the program has ended. */
static void
live (Fixture *self)
{
  open_room (self);
  must_choose (self);
  must_run (self, 0);
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  JkSitting *sitting = must_run (self, 1);
  must_answer (sitting, 1);
  must_answer (sitting, 2);
  g_clear_pointer (&self->seat, jk_seat_free);
}

static void
forget (Fixture *self, guint n)
{
  g_autofree char *here = dup_here (self);
  g_autofree char *path = dup_path (self, n, here);

  assert_int_equal (g_unlink (path), 0);
}

static gboolean
recover (Fixture *self, GArray *records, GError **error)
{
  const JkSittingPlace place = place_of (self);
  g_autofree char *stick = dup_stick (self);

  return jk_sitting_recover_all (&place, stick, records, error);
}

static void
every_sitting_that_is_gone_comes_back (void **state)
{
  Fixture *self = *state;
  const JkSittingPlace place = place_of (self);
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;

  live (self);
  assert_true (recover (self, records, &error));
  assert_int_equal (records->len, 0);
  forget (self, 0);
  forget (self, 1);
  assert_true (recover (self, records, &error));
  assert_int_equal (records->len, 2);
  assert_int_equal (g_array_index (records, guint32, 0), record_of (self, 0));
  g_autoptr (JkSitting) over = jk_sitting_resume (&place, record_of (self, 0), &error);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_state (over), JK_STATE_SEALED);
  assert_non_null (jk_sitting_get_result (over));
  g_autoptr (JkSitting) running = jk_sitting_resume (&place, record_of (self, 1), &error);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_restarts (running), 1);
  for (guint i = 0; i < 3; i++)
    assert_int_equal (jk_sitting_get_answer (running, i), 1);
}

static void
a_copy_that_is_damaged_keeps_no_other_from_coming_back (void **state)
{
  Fixture *self = *state;
  g_autofree char *there = dup_there (self);
  g_autofree char *path = NULL;
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;

  live (self);
  forget (self, 0);
  forget (self, 1);
  path = dup_path (self, 0, there);
  g_autoptr (JkJournalDb) db = jk_journal_db_open (path, NULL, JK_JOURNAL_DURABLE, &error);
  assert_ok (error);
  assert_true (jk_journal_db_add_row (db, 4000, "what was never closed", 21, &error));
  g_clear_pointer (&db, jk_journal_db_free);
  assert_false (recover (self, records, &error));
  assert_non_null (strstr (error->message, path));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CHAIN);
  assert_int_equal (records->len, 1);

  /* What is not of this PC is nobody's fault. */
  assert_true (g_file_set_contents (path, "something else", -1, NULL));
  assert_true (recover (self, records, &error));
  assert_int_equal (records->len, 1);
}

/* Logged in again before anybody thought of the stick. */
static void
a_sitting_that_was_only_begun_again_gives_way (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  live (self);
  forget (self, 1);
  restart (self);
  JkSitting *sitting = must_log_in (self, 1);
  assert_true (jk_sitting_confirm (sitting, &error) != 0);
  g_clear_pointer (&self->seat, jk_seat_free);
  assert_true (recover (self, NULL, &error));
  restart (self);
  assert_int_equal (jk_sitting_get_answer (jk_seat_get_current (self->seat), 2), 1);
}

static void
a_sitting_that_went_on_does_not_give_way (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  live (self);
  forget (self, 1);
  restart (self);
  jk_test_clock_pass_s (self->clock, 5); /* seeded chance: without it the rows would be the same */
  must_run (self, 1);
  g_clear_pointer (&self->seat, jk_seat_free);
  assert_false (recover (self, NULL, &error));
  assert_non_null (strstr (error->message, "two proctors"));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
}

/* Nothing of the PC is left, its keys included: the copy is what a dead PC leaves. */
static void
without_the_keys_of_the_pc_a_role_opens_the_copy (void **state)
{
  Fixture *self = *state;
  g_autofree char *scratch = jk_test_folder_dup_path (self->folder, "scratch");
  g_autofree char *there = dup_there (self);
  g_autoptr (JkTestRandom) chance = jk_test_random_new (8); /* draws other keys */
  g_autoptr (JkStation) other = NULL;
  JkWorld world = *self->place.world;
  g_autoptr (GError) error = NULL;
  JkSittingPlace place = place_of (self);

  live (self);
  world.random = jk_test_random_get (chance);
  other = jk_station_open (&world, scratch, "test PC", &error);
  assert_ok (error);
  place.world = &world;
  place.station = other;
  g_autofree char *stick = dup_stick (self);
  assert_true (jk_sitting_recover_all (&place, stick, NULL, &error));
  assert_null (jk_sitting_resume (&place, record_of (self, 1), &error));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);

  g_autofree char *path = dup_path (self, 1, there);
  g_autoptr (GBytes) capsule = jk_capsule_from_store (&world,
                                                      self->session,
                                                      path,
                                                      self->roles[JK_ROLE_CHIEF].seal,
                                                      NULL,
                                                      scratch,
                                                      &error);
  assert_ok (error);
  g_autoptr (GBytes) bytes = order (self, JK_ACT_RETIRE, record_of (self, 1));
  g_autoptr (JkOrder) retire = jk_order_parse ("stick", bytes, &error);
  assert_ok (error);
  g_autoptr (JkSitting) sitting =
      jk_sitting_arrive (&place, "stick", capsule, self->roles[JK_ROLE_CHIEF].seal, retire, &error);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_answer (sitting, 2), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (every_sitting_that_is_gone_comes_back),
    TEST (a_copy_that_is_damaged_keeps_no_other_from_coming_back),
    TEST (a_sitting_that_was_only_begun_again_gives_way),
    TEST (a_sitting_that_went_on_does_not_give_way),
    TEST (without_the_keys_of_the_pc_a_role_opens_the_copy),
  };
  return cmocka_run_group_tests_name ("sitting-recover", tests, check_build_exam, check_free_exam);
}
