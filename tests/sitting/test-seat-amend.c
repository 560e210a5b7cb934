/* SPDX-License-Identifier: Apache-2.0 */
/* Tests sitting/seat-amend.c: what the office changes reaches a session that is here, for good (A1)
 * or, while it is gone, with a way on (A2). */
#include "check-amend.h"

#include "envelope/error.h"

#include <unistd.h>

static const JkSession *
session_of (const Fixture *self)
{
  return jk_seat_get_session (self->seat);
}

static guint
count_rows (const Fixture *self)
{
  return (guint) jk_log_replay_get_n_rows (jk_seat_get_log (self->seat));
}

static void
corrected_numbers_log_in_and_the_old_ones_no_more (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  assert_null (jk_seat_log_in (self->seat, CHECK_NEW_ADMISSION, AMENDED_ID_1, &error));
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  must_amend (self, 1);
  assert_first_in_force (self);
  assert_corrected (self);
  restart (self);
  assert_first_in_force (self);
  assert_corrected (self);
}

static void
an_added_person_logs_in (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  guint n_records = jk_session_get_n_records (session_of (self));
  must_amend (self, 1);
  JkSitting *sitting = jk_seat_log_in (self->seat, CHECK_ADDED_ADMISSION, AMENDED_ID_2, &error);
  assert_ok (error);
  assert_int_equal (jk_sitting_get_person (sitting)->index, n_records);
  restart (self);
  assert_int_equal (jk_sitting_get_person (jk_seat_get_current (self->seat))->index, n_records);
}

/* Minutes after nine o'clock. */
static void
assert_entry (Fixture *self, gint minutes, JkEntry wanted)
{
  JkEntryVerdict verdict;

  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS + (gint64) minutes * MS_PER_MIN);
  jk_seat_get_entry (self->seat, &verdict);
  assert_int_equal (verdict.entry, wanted);
}

static void
a_new_start_and_window_hold_at_once_and_after_a_restart (void **state)
{
  Fixture *self = *state;

  open_room (self);
  assert_entry (self, -10, JK_ENTRY_OPEN);
  assert_entry (self, 26, JK_ENTRY_TOO_LATE_NEEDS_ORDER);
  must_amend (self, 2);
  for (guint round = 0; round < 2; round++) {
    assert_entry (self, 270 - 10, JK_ENTRY_OPEN);
    assert_entry (self, 270 + 45, JK_ENTRY_LATE_NEEDS_ORDER);
    assert_entry (self, 270 + 46, JK_ENTRY_TOO_LATE_NEEDS_ORDER);
    assert_entry (self, -10, JK_ENTRY_TOO_EARLY);
    restart (self);
  }
}

static void
a_revoked_role_orders_no_more_and_an_added_one_does (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const JkSecret *proctor = self->roles[JK_ROLE_PROCTOR].sign;
  JkRoleKeys added = { NULL };

  open_room (self);
  open_added_role (self, &added);
  g_autoptr (GBytes) before = order_of (self, JK_ROLE_PROCTOR, proctor, 0);
  g_autoptr (GBytes) early = order_of (self, CHECK_ADDED_ROLE, added.sign, 3);
  g_autoptr (GBytes) after = order_of (self, JK_ROLE_PROCTOR, proctor, 3);
  assert_int_equal (take (self, before, &error), JK_SEAT_OBEYED);
  must_amend (self, 2);
  for (guint i = 0; i < 2; i++) {
    assert_int_equal (take (self, early, &error), JK_SEAT_REFUSED);
    assert_non_null (strstr (error->message, "load amendment 3 first"));
    assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_AMENDMENT);
  }
  assert_int_equal (jk_log_replay_get_n_refused (jk_seat_get_log (self->seat)), 1);

  must_amend (self, 3);
  restart (self);
  assert_int_equal (take (self, after, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REVOKED);
  assert_int_equal (take (self, early, &error), JK_SEAT_OBEYED);
  assert_ok (error);
  jk_role_keys_clear (&added);
}

static guint32
get_amendment (JkSitting *sitting)
{
  const JkReplay *replay = jk_journal_get_replay (jk_sitting_get_journal (sitting));
  return jk_replay_get_started (replay)->amendment;
}

static void
a_sitting_keeps_the_number_it_was_started_under (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  open_room (self);
  JkSitting *first = must_log_in (self, 0);
  confirm_and_start (self, 0, first);
  guint64 left_ms = jk_sitting_get_left_ms (first);
  must_amend (self, 3);
  assert_int_equal (jk_sitting_get_state (first), JK_STATE_RUNNING);
  assert_int_equal (jk_sitting_get_left_ms (first), left_ms);
  assert_int_not_equal (jk_sitting_answer (first, 0, 1, &error), 0);
  JkOrderTerms terms = terms_of (self, JK_ACT_EXTEND, record_of (self, 0));
  g_autoptr (GBytes) theirs =
      jk_order_write (&terms, JK_ROLE_PROCTOR, self->roles[JK_ROLE_PROCTOR].sign);
  assert_int_equal (take (self, theirs, &error), JK_SEAT_REFUSED);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_ORDER_REVOKED);
  must_obey (self, JK_ACT_EXTEND, record_of (self, 0));
  restart (self);
  first = jk_seat_get_current (self->seat);
  assert_int_equal (get_amendment (first), 0);

  jk_test_clock_pass_s (self->clock, 40 * 60);
  assert_true (jk_sitting_hand_in (first, JK_HAND_IN_VOLUNTARY, &error));
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS + 265 * MS_PER_MIN);
  JkSitting *second = must_log_in (self, 2);
  confirm_and_start (self, 2, second);
  assert_int_equal (get_amendment (second), 3);
}

/* The store of a later sitting is sealed to the roles in force then. */
static void
an_added_role_opens_what_comes_after_it_and_a_revoked_one_does_not (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkRoleKeys added = { NULL };

  open_room (self);
  open_added_role (self, &added);
  must_amend (self, 3);
  jk_test_clock_set_wall_ms (self->clock, NINE_OF_CLOCK_MS + 265 * MS_PER_MIN);
  must_log_in (self, 0);
  g_clear_pointer (&self->seat, jk_seat_free);
  g_autofree char *copy = dup_copy (self, 1);
  g_autofree char *folder = g_path_get_dirname (copy);
  g_autofree char *path = g_strdup_printf ("%s/%05u.jkjournal", folder, record_of (self, 0));
  const JkDigest *digest = jk_session_get_digest (self->session);
  assert_null (
      jk_journal_open (self->place.world, path, digest, self->roles[JK_ROLE_PROCTOR].seal, &error));
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  g_autoptr (JkJournal) journal =
      jk_journal_open (self->place.world, path, digest, added.seal, &error);
  assert_ok (error);
  jk_role_keys_clear (&added);
}

static void
the_same_again_is_fine_and_writes_nothing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));

  load (self);
  must_amend (self, 2);
  guint n_rows = count_rows (self);
  jk_test_storage_heal (disk);
  for (guint n = 1; n <= 2; n++)
    assert_true (jk_seat_take_amendment (self->seat, made.paths[n], &error));
  assert_int_equal (jk_test_storage_get_n_calls (disk, JK_TEST_PWRITE), 0);
  assert_int_equal (jk_test_storage_get_n_calls (disk, JK_TEST_RENAME), 0);
  assert_int_equal (count_rows (self), n_rows);
  assert_int_equal (jk_session_get_amendment_number (session_of (self)), 2);
}

static void
what_is_not_the_next_one_of_this_hall_is_refused_by_name (void **state)
{
  Fixture *self = *state;
  const GQuark domain = JK_SESSION_ERROR;
  const gint code = JK_SESSION_ERROR_AMENDMENT;

  load (self);
  assert_not_amended (self, made.paths[2], domain, code, "amendment 2 came, but 1 is missing");
  assert_not_amended (self, made.foreign, domain, code, "for another session or hall");
  assert_not_amended (self, "missing.jkamend", JK_BASE_ERROR, JK_BASE_ERROR_MISSING, "missing");
  must_amend (self, 1);
  assert_not_amended (self, made.other, domain, code, "amendment 1 is another one than");
  assert_not_amended (self, made.paths[3], domain, code, "amendment 3 came, but 2 is missing");
  restart (self);
  assert_not_amended (self, made.other, domain, code, "amendment 1 is another one than");
}

static void
another_chain_of_amendments_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;

  load (self);
  assert_true (jk_seat_take_amendment (self->seat, made.other, &error));
  assert_not_amended (self,
                      made.paths[2],
                      JK_SESSION_ERROR,
                      JK_SESSION_ERROR_AMENDMENT,
                      "on top of another amendment 1");
}

static void
a_forged_one_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) whole = jk_storage_read (jk_storage_system (), made.paths[1], 1 << 24, &error);
  gsize size;
  const guint8 *data = g_bytes_get_data (whole, &size);

  load (self);
  for (gsize at = 3; at < size; at += size / 7) {
    guint8 *copy = g_memdup2 (data, size);
    copy[at] ^= 1;
    g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
    g_autofree char *path = jk_test_folder_put (self->folder, "forged.jkamend", changed);
    assert_false (jk_seat_take_amendment (self->seat, path, &error));
    assert_non_null (strstr (error->message, "forged.jkamend"));
    g_clear_error (&error);
  }
  assert_int_equal (count_rows (self), 1);
  must_amend (self, 1);
}

/* A stick that gives other bytes the second time the file is opened. */
static struct {
  guint n_opened;
} stick;

static int
open_twice (const JkStorage *storage, const char *path, int flags, mode_t mode)
{
  const JkStorage *disk = jk_storage_system ();
  gboolean is_second = g_str_equal (path, made.paths[1]) && ++stick.n_opened == 2;
  return disk->open (disk, is_second ? made.other : path, flags, mode);
}

static void
a_file_that_changes_while_it_is_copied_is_refused (void **state)
{
  Fixture *self = *state;
  JkStorage storage = *jk_storage_system ();
  JkWorld world = *self->place.world;

  storage.open = open_twice;
  world.storage = &storage;
  self->place.world = &world;
  load (self);
  stick.n_opened = 0;
  assert_not_amended (self,
                      made.paths[1],
                      JK_BASE_ERROR,
                      JK_BASE_ERROR_STORAGE,
                      "changed while it was copied");
  must_amend (self, 1);
  assert_first_in_force (self);
  g_clear_pointer (&self->seat, jk_seat_free);
}

/* Everything but what runs waits, with one sentence that names the file. */
static void
assert_waits_for (Fixture *self, guint number, const char *found)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("amendment-%03u.jkamend %s", number, found);
  g_autofree char *advice = g_strdup_printf ("load amendment %u again", number);
  const char *fault = jk_seat_get_amendment_fault (self->seat);

  assert_non_null (fault);
  assert_non_null (strstr (fault, name));
  assert_non_null (strstr (fault, advice));
  assert_null (log_in (self, 0, &error));
  assert_string_equal (error->message, fault);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_AMENDMENT);
  g_autoptr (GBytes) bytes = order (self, JK_ACT_COPY, JK_ORDER_EVERY);
  guint n_rows = count_rows (self);
  assert_int_equal (take (self, bytes, &error), JK_SEAT_UNDECIDED);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_AMENDMENT);
  assert_int_equal (count_rows (self), n_rows);
  assert_null (jk_seat_arrive (self->seat, "capsule", bytes, NULL, "stick", bytes, &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_AMENDMENT);
  assert_false (jk_seat_open_room (self->seat, jk_test_exam_get_room_code (self->exam, 0), &error));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_AMENDMENT);
  assert_int_equal (jk_session_get_amendment_number (session_of (self)), number - 1);
}

static void
a_missing_copy_is_named_and_mended_by_the_same_file (void **state)
{
  Fixture *self = *state;
  g_autofree char *copy = dup_copy (self, 1);

  open_room (self);
  must_amend (self, 2);
  assert_int_equal (unlink (copy), 0);
  restart (self);
  assert_waits_for (self, 1, "is missing");
  assert_not_amended (self,
                      made.paths[2],
                      JK_SESSION_ERROR,
                      JK_SESSION_ERROR_AMENDMENT,
                      "amendment 2 came, but 1 is missing");
  assert_not_amended (self,
                      made.other,
                      JK_SESSION_ERROR,
                      JK_SESSION_ERROR_AMENDMENT,
                      "amendment 1 is another one than");

  /* The first brings the second with it, whose copy is there. */
  must_amend (self, 1);
  assert_null (jk_seat_get_amendment_fault (self->seat));
  assert_int_equal (jk_session_get_amendment_number (session_of (self)), 2);
  assert_entry (self, 260, JK_ENTRY_OPEN);
  must_log_in (self, 0);
  restart (self);
  assert_null (jk_seat_get_amendment_fault (self->seat));
  must_amend (self, 3);
}

static void
a_changed_copy_is_named_and_mended_by_the_same_file (void **state)
{
  Fixture *self = *state;
  const JkStorage *storage = jk_storage_system ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first = dup_copy (self, 1);
  g_autofree char *second = dup_copy (self, 2);
  g_autoptr (GBytes) other = jk_storage_read (storage, made.other, 1 << 24, &error);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  open_room (self);
  must_amend (self, 2);
  assert_true (jk_storage_write (storage, first, 0600, other, &error));
  assert_true (jk_storage_write (storage, second, 0600, nothing, &error));
  restart (self);
  assert_waits_for (self, 1, "was changed");
  must_amend (self, 1);
  assert_waits_for (self, 2, "was changed");
  assert_true (jk_seat_take_amendment (self->seat, made.paths[1], &error));
  assert_waits_for (self, 2, "was changed");
  must_amend (self, 2);
  assert_null (jk_seat_get_amendment_fault (self->seat));
  assert_entry (self, 260, JK_ENTRY_OPEN);
  must_log_in (self, 0);
}

static void
who_was_started_goes_on_while_a_copy_is_missing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = dup_copy (self, 1);

  open_room (self);
  must_amend (self, 1);
  JkSitting *sitting = must_log_in (self, 0);
  confirm_and_start (self, 0, sitting);
  g_clear_pointer (&self->seat, jk_seat_free);
  assert_int_equal (unlink (copy), 0);
  restart (self);
  assert_non_null (jk_seat_get_amendment_fault (self->seat));
  sitting = jk_seat_get_current (self->seat);
  assert_int_equal (jk_sitting_get_state (sitting), JK_STATE_RUNNING);
  assert_int_not_equal (jk_sitting_answer (sitting, 0, 1, &error), 0);
  must_amend (self, 1);
  assert_ptr_equal (jk_seat_get_current (self->seat), sitting);
  assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
  must_obey (self, JK_ACT_EXTEND, record_of (self, 0));
}

/* The start would go under the number that is here, and the numbers be proven by the other roll. */
static void
who_was_not_started_waits_while_a_copy_is_missing (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = dup_copy (self, 1);

  for (guint is_ready = 0; is_ready < 2; is_ready++) {
    if (self->seat == NULL) {
      open_room (self);
      must_amend (self, 1);
      must_log_in (self, 0);
    } else {
      jk_sitting_confirm (jk_seat_get_current (self->seat), &error);
      assert_ok (error);
    }
    g_clear_pointer (&self->seat, jk_seat_free);
    assert_int_equal (unlink (copy), 0);
    restart (self);
    assert_int_equal (jk_seat_get_n_sittings (self->seat), 0);
    assert_waits_for (self, 1, "is missing");
    must_amend (self, 1);
    assert_int_equal (jk_seat_get_n_sittings (self->seat), 1);
    assert_int_equal (jk_sitting_get_state (jk_seat_get_current (self->seat)),
                      is_ready ? JK_STATE_READY : JK_STATE_IDENTIFIED);
  }
  g_autoptr (JkOwnPaper) own = jk_test_exam_open_paper (self->exam, 0);
  assert_int_not_equal (jk_sitting_start (jk_seat_get_current (self->seat), own, &error), 0);
  assert_int_equal (get_amendment (jk_seat_get_current (self->seat)), 1);
}

static void
a_wipe_takes_the_copies_along_and_nothing_comes_after_it (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autoptr (GError) error = NULL;
  g_autofree char *first = dup_copy (self, 1);
  g_autofree char *second = dup_copy (self, 2);

  open_room (self);
  must_amend (self, 2);
  must_obey (self, JK_ACT_END, JK_ORDER_EVERY);
  g_autoptr (GBytes) wipe = order (self, JK_ACT_WIPE, JK_ORDER_EVERY);
  jk_test_storage_heal (disk);
  jk_test_storage_fail (disk, JK_TEST_UNLINK, 2, EIO, JK_TEST_FOR_GOOD);
  assert_int_equal (take (self, wipe, &error), JK_SEAT_UNDECIDED);
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  jk_test_storage_heal (disk);
  assert_true (g_file_test (first, G_FILE_TEST_EXISTS) != g_file_test (second, G_FILE_TEST_EXISTS));

  restart (self);
  assert_true (jk_log_replay_is_wiped (jk_seat_get_log (self->seat)));
  assert_null (jk_seat_get_amendment_fault (self->seat));
  assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
  g_clear_pointer (&self->seat, jk_seat_free);
  load (self);
  assert_null (jk_seat_get_amendment_fault (self->seat));
  assert_not_amended (self,
                      made.paths[1],
                      JK_SESSION_ERROR,
                      JK_SESSION_ERROR_AMENDMENT,
                      "comes too late");
  assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (corrected_numbers_log_in_and_the_old_ones_no_more),
    TEST (an_added_person_logs_in),
    TEST (a_new_start_and_window_hold_at_once_and_after_a_restart),
    TEST (a_revoked_role_orders_no_more_and_an_added_one_does),
    TEST (a_sitting_keeps_the_number_it_was_started_under),
    TEST (an_added_role_opens_what_comes_after_it_and_a_revoked_one_does_not),
    TEST (the_same_again_is_fine_and_writes_nothing),
    TEST (what_is_not_the_next_one_of_this_hall_is_refused_by_name),
    TEST (another_chain_of_amendments_is_refused),
    TEST (a_forged_one_is_refused),
    TEST (a_file_that_changes_while_it_is_copied_is_refused),
    TEST (a_missing_copy_is_named_and_mended_by_the_same_file),
    TEST (a_changed_copy_is_named_and_mended_by_the_same_file),
    TEST (who_was_started_goes_on_while_a_copy_is_missing),
    TEST (who_was_not_started_waits_while_a_copy_is_missing),
    TEST (a_wipe_takes_the_copies_along_and_nothing_comes_after_it),
  };
  return cmocka_run_group_tests_name ("seat-amend", tests, check_build_amended, check_free_amended);
}
