/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-wipe.c: what was collected goes, the log stays and says so. */
#include "check-seat.h"

static char *
dup_folder (Fixture *self)
{
  return g_strdup_printf ("%s/%s-%s",
                          jk_station_get_folder (self->station),
                          jk_session_get_short_name (self->session),
                          jk_session_get_hall (self->session));
}

static gboolean
is_there (Fixture *self, const char *name)
{
  g_autofree char *folder = dup_folder (self);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* One sitting, handed in; the session ended. */
static void
end_session (Fixture *self)
{
  open_room (self);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  must_obey (self, JK_ACT_FORCE, record_of (self, 0));
  must_obey (self, JK_ACT_END, JK_ORDER_EVERY);
}

static void
what_is_not_collected_is_not_wiped (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  end_session (self);
  g_autoptr (GBytes) wipe = order (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  assert_int_equal (take (self, wipe, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  assert_true (is_there (self, "00000.jkjournal") || record_of (self, 0) != 0);
}

/* Two may hold the receipt while the only bytes are here. */
static void
what_was_collected_and_never_copied_is_not_wiped (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  end_session (self);
  collect_first (self);
  g_autoptr (GBytes) wipe = order (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  assert_int_equal (take (self, wipe, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_STATE);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
}

static void
what_is_collected_and_copied_goes_and_the_log_stays (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%05u.jkjournal", record_of (self, 0));

  end_session (self);
  copy_first (self);
  collect_first (self);
  assert_true (is_there (self, name));
  must_obey (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  assert_true (jk_log_replay_is_wiped (jk_seat_get_log (self->seat)));
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 0);
  assert_false (is_there (self, name));
  assert_false (is_there (self, "session.jksession"));
  assert_true (is_there (self, "station.jklog"));
  g_auto (GStrv) names = jk_seat_find (&self->place, &error);
  assert_int_equal (g_strv_length (names), 0);

  /* Loaded again it says what it was. */
  g_clear_pointer (&self->seat, jk_seat_free);
  load (self);
  assert_true (jk_log_replay_is_wiped (jk_seat_get_log (self->seat)));
  assert_int_equal (jk_seat_get_stage (self->seat), JK_STAGE_ENDED);

  /* What came back with it can be wiped again. */
  must_obey (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  assert_false (is_there (self, "session.jksession"));
  g_clear_pointer (&self->seat, jk_seat_free);
  load (self);
}

static void
an_interrupted_wipe_goes_on_at_the_next_start (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autofree char *name = g_strdup_printf ("%05u.jkjournal", record_of (self, 0));
  g_autoptr (GError) error = NULL;

  end_session (self);
  copy_first (self);
  collect_first (self);
  g_autoptr (GBytes) wipe = order (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  jk_test_storage_fail (disk, JK_TEST_UNLINK, 1, EIO, JK_TEST_FOR_GOOD);
  assert_int_equal (take (self, wipe, &error), JK_SEAT_UNDECIDED);
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  jk_test_storage_heal (disk);
  assert_true (is_there (self, name));

  restart (self);
  assert_true (jk_log_replay_is_wiped (jk_seat_get_log (self->seat)));
  assert_false (is_there (self, name));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_is_not_collected_is_not_wiped),
    TEST (what_was_collected_and_never_copied_is_not_wiped),
    TEST (what_is_collected_and_copied_goes_and_the_log_stays),
    TEST (an_interrupted_wipe_goes_on_at_the_next_start),
  };
  return cmocka_run_group_tests_name ("seat-wipe", tests, check_build_exam, check_free_exam);
}
