/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/folder.c: loading from sticks and copying to them, by hand, in an exam. */
#include "check-folder.h"

#include "base/error.h"

static void
all_is_loaded_and_all_faults_are_told_at_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autofree char *junk = jk_test_folder_put_text (stick, "junk.jkamend", "no amendment");
  g_autofree char *torn = jk_test_folder_put_text (stick, "torn.jkorder", "no order");
  g_autofree char *film = jk_test_folder_put_text (stick, "film.mkv", "x");
  g_autoptr (GError) error = NULL;

  open_desk (self);
  put_on (stick, jk_test_exam_get_session_path (self->exam, 0));
  put_on (stick, jk_test_exam_get_bank_path (self->exam));
  g_autoptr (GPtrArray) lines = load (self, jk_test_folder_get_path (stick), &error);
  assert_ok (error);
  assert_int_equal (lines->len, 4);
  assert_line (lines, 0, ".jksession", JK_FOLDER_TAKEN);
  assert_line (lines, 1, ".jkbank", JK_FOLDER_TAKEN);
  assert_line (lines, 2, "junk.jkamend", JK_FOLDER_FAULTY);
  assert_line (lines, 3, "torn.jkorder", JK_FOLDER_FAULTY);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CLOSED);
  assert_true (jk_seat_has_bank (self->desk->seat));
  /* Told in the lines, and not again as what the inbox brings. */
  assert_null (jk_desk_get_fault (self->desk, 0));
  g_autoptr (GPtrArray) again = load (self, jk_test_folder_get_path (stick), &error);
  assert_ok (error);
  assert_line (again, 0, ".jksession", JK_FOLDER_KNOWN);
  assert_line (again, 1, ".jkbank", JK_FOLDER_KNOWN);
}

static void
a_stick_without_anything_of_ours_says_so (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autofree char *gone = jk_test_folder_dup_path (stick, "gone");
  g_autoptr (GError) empty = NULL, missing = NULL, nothing = NULL;

  open_desk (self);
  assert_null (load (self, jk_test_folder_get_path (stick), &empty));
  assert_error (empty, JK_DESK_ERROR, JK_DESK_ERROR_EMPTY);
  assert_null (load (self, gone, &missing));
  assert_error (missing, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
  assert_null (copy (self, jk_test_folder_get_path (stick), &nothing));
  assert_error (nothing, JK_DESK_ERROR, JK_DESK_ERROR_EMPTY);
}

static void
somebody_who_moves_is_named_and_not_loaded (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autofree char *capsule = jk_test_folder_put (stick, "a.jkcapsule", bytes);
  g_autoptr (GError) error = NULL;

  open_desk (self);
  g_autoptr (GPtrArray) alone = load (self, jk_test_folder_get_path (stick), &error);
  assert_int_equal (alone->len, 1);
  assert_line (alone, 0, ".jkcapsule", JK_FOLDER_CAPSULE);
  put_on (stick, jk_test_exam_get_session_path (self->exam, 0));
  g_autoptr (GPtrArray) beside = load (self, jk_test_folder_get_path (stick), &error);
  assert_int_equal (beside->len, 2);
  assert_line (beside, 0, ".jksession", JK_FOLDER_TAKEN);
  assert_line (beside, 1, ".jkcapsule", JK_FOLDER_CAPSULE);
}

static void
two_sticks_with_halves_of_what_is_needed_do (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) one = jk_test_folder_new ();
  g_autoptr (JkTestFolder) other = jk_test_folder_new ();
  g_autoptr (GError) error = NULL;

  open_desk (self);
  put_on (one, jk_test_exam_get_bank_path (self->exam));
  put_on (other, jk_test_exam_get_session_path (self->exam, 0));
  g_autoptr (GPtrArray) early = load (self, jk_test_folder_get_path (one), &error);
  assert_line (early, 0, ".jkbank", JK_FOLDER_FAULTY);
  const JkFolderLine *line = g_ptr_array_index (early, 0);
  assert_non_null (strstr (line->sentence, jk_test_folder_get_path (one)));
  g_autoptr (GPtrArray) session = load (self, jk_test_folder_get_path (other), &error);
  assert_line (session, 0, ".jksession", JK_FOLDER_TAKEN);
  g_autoptr (GPtrArray) bank = load (self, jk_test_folder_get_path (one), &error);
  assert_line (bank, 0, ".jkbank", JK_FOLDER_TAKEN);
}

typedef struct {
  guint n;
  guint64 done, total;
} Seen;

static void
see (const char *name, guint64 done, guint64 total, gpointer user_data)
{
  Seen *self = user_data;

  assert_true (done >= self->done && done <= total);
  self->n++;
  self->done = done;
  self->total = total;
}

static void
progress_is_told_in_bytes (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  FolderEnd loaded = { 0 };
  Seen seen = { 0 };
  GStatBuf facts;

  open_desk (self);
  put_on (stick, jk_test_exam_get_session_path (self->exam, 0));
  assert_int_equal (g_stat (jk_test_exam_get_session_path (self->exam, 0), &facts), 0);
  jk_desk_load_async (self->desk,
                      jk_test_folder_get_path (stick),
                      see,
                      &seen,
                      NULL,
                      folder_ended,
                      &loaded);
  g_autoptr (GPtrArray) lines = await_folder (&loaded);
  assert_true (seen.n > 0);
  assert_int_equal (seen.done, facts.st_size);
  assert_int_equal (seen.total, facts.st_size);
}

static void
results_are_copied_verified_and_noted (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autofree char *name = dup_result_name (self, 1);
  g_autoptr (GError) error = NULL;

  seal (self);
  guint64 before = count_rows (self);
  g_autoptr (GPtrArray) lines = copy (self, jk_test_folder_get_path (stick), &error);
  assert_ok (error);
  /* And what the PC knows beside it. */
  assert_int_equal (lines->len, 2);
  assert_line (lines, 0, name, JK_FOLDER_TAKEN);
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (stick, name);
  assert_true (g_bytes_equal (bytes, jk_sitting_get_result (self->desk->sitting)));
  assert_int_equal (count_rows (self), before + 1);
  g_autoptr (GPtrArray) again = copy (self, jk_test_folder_get_path (stick), &error);
  assert_line (again, 0, name, JK_FOLDER_KNOWN);
  assert_int_equal (jk_test_folder_count (stick), 2);
}

/* What other PCs have put there stays, and each stick holds what was copied to it. */
static void
two_sticks_hold_different_halves_of_the_room (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) first = jk_test_folder_new ();
  g_autoptr (JkTestFolder) second = jk_test_folder_new ();
  g_autofree char *name = dup_result_name (self, 1);
  g_autofree char *others = jk_test_folder_put_text (first, "210424-01-5-s1.jkresult", "other PC");
  g_autofree char *more = jk_test_folder_put_text (second, "210424-01-4-s1.jkresult", "other PC");
  g_autoptr (GError) error = NULL;

  seal (self);
  g_autoptr (GPtrArray) one = copy (self, jk_test_folder_get_path (first), &error);
  g_autoptr (GPtrArray) two = copy (self, jk_test_folder_get_path (second), &error);
  assert_line (one, 0, name, JK_FOLDER_TAKEN);
  assert_line (two, 0, name, JK_FOLDER_TAKEN);
  g_autoptr (GBytes) here = jk_test_folder_get_bytes (first, name);
  g_autoptr (GBytes) there = jk_test_folder_get_bytes (second, name);
  assert_true (g_bytes_equal (here, there));
  assert_int_equal (jk_test_folder_count (first), 3);
  assert_int_equal (jk_test_folder_count (second), 3);
}

/* After an undone hand-in both lie there, and the higher number is the later one. */
static void
an_older_seal_on_the_stick_stays_beside_the_newer (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autofree char *older = dup_result_name (self, 1);
  g_autofree char *newer = dup_result_name (self, 2);
  g_autoptr (GError) error = NULL;

  seal (self);
  g_autoptr (GPtrArray) one = copy (self, jk_test_folder_get_path (stick), &error);
  assert_line (one, 0, older, JK_FOLDER_TAKEN);
  send (self, JK_ACT_REOPEN);
  await_page (self, JK_PAGE_ANSWERING);
  assert_ok (hand_in (self));
  g_autoptr (GPtrArray) two = copy (self, jk_test_folder_get_path (stick), &error);
  assert_int_equal (two->len, 2);
  assert_line (two, 0, newer, JK_FOLDER_TAKEN);
  assert_int_equal (jk_test_folder_count (stick), 3);
}

/* Whatever call to the stick fails, by whichever fault: one sentence or a whole copy, the result
 * stays here, and the next copy does it. */
static void
a_stick_pulled_at_any_call_loses_nothing (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autofree char *name = dup_result_name (self, 1);
  const int numbers[] = { EIO, ENOSPC, EROFS, EACCES };
  gboolean has_failed = TRUE;

  seal (self);
  gint n_open = jk_test_storage_get_n_open (disk);
  for (guint n = 1; has_failed; n++) {
    g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
    g_autoptr (GError) error = NULL;
    jk_test_storage_heal (disk);
    jk_test_storage_only (disk, jk_test_folder_get_path (stick));
    jk_test_storage_fail (disk,
                          JK_TEST_ANY,
                          n,
                          numbers[n % G_N_ELEMENTS (numbers)],
                          JK_TEST_FOR_GOOD);
    g_autoptr (GPtrArray) lines = copy (self, jk_test_folder_get_path (stick), &error);
    has_failed = jk_test_storage_has_failed (disk);
    jk_test_storage_heal (disk);
    jk_test_storage_only (disk, NULL);
    assert_ok (error);
    assert_int_equal (lines->len, 2);
    g_autoptr (GPtrArray) again = copy (self, jk_test_folder_get_path (stick), &error);
    const JkFolderLine *line = g_ptr_array_index (again, 0);
    assert_null (line->sentence);
    g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (stick, name);
    assert_true (g_bytes_equal (bytes, jk_sitting_get_result (self->desk->sitting)));
  }
  assert_int_equal (jk_test_storage_get_n_open (disk), n_open);
}

static void
what_is_not_noted_is_not_told_as_copied (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  GPtrArray *parcels = jk_desk_parcels_new ();
  FolderEnd end = { 0 };

  /* As when the session is wiped while its result is on its way. */
  seal (self);
  assert_true (jk_desk_collect (self->desk->seat, JK_ORDER_EVERY, parcels, NULL));
  ((JkParcel *) g_ptr_array_index (parcels, 0))->session = (JkDigest){ { 1 } };
  g_autoptr (JkProgress) progress = jk_progress_new (self->desk->context, NULL, NULL);
  jk_desk_deliver (self->desk,
                   parcels,
                   jk_test_folder_get_path (stick),
                   progress,
                   g_task_new (self->desk, NULL, folder_ended, &end));
  g_autoptr (GPtrArray) lines = await_folder (&end);
  assert_line (lines, 0, "jkresult", JK_FOLDER_FAULTY);
}

static void
a_stick_that_hangs_stops_no_exam_and_can_be_given_up (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FolderEnd end = { 0 };
  Seen seen = { 0 };
  Hanging hanging;

  begin (self);
  put_on (stick, jk_test_exam_get_bank_path (self->exam));
  begin_to_hang (&hanging, disk, jk_test_folder_get_path (stick));
  jk_desk_load_async (self->desk,
                      jk_test_folder_get_path (stick),
                      see,
                      &seen,
                      cancellable,
                      folder_ended,
                      &end);
  await_hanging (&hanging);
  choose (self, 0, 1);
  assert_int_equal (chosen (self, 0), 1u << 1);
  await_save (self, JK_SAVE_SAVED);
  assert_false (jk_desk_is_busy (self->desk));
  assert_false (end.is_done);
  g_cancellable_cancel (cancellable);
  assert_null (await_folder (&end));
  assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* Another stick does meanwhile. */
  g_autoptr (JkTestFolder) other = jk_test_folder_new ();
  g_autoptr (GError) error = NULL;
  put_on (other, jk_test_exam_get_session_path (self->exam, 0));
  g_autoptr (GPtrArray) lines = load (self, jk_test_folder_get_path (other), &error);
  assert_line (lines, 0, ".jksession", JK_FOLDER_KNOWN);
  /* And the first one, when it answers, tells nothing to nobody. */
  let_go (&hanging, disk);
  assert_int_equal (seen.n, 0);
}

static void
a_desk_is_closed_beside_a_stick_that_hangs (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  FolderEnd loaded = { 0 }, copied = { 0 };
  Hanging hanging;

  seal (self);
  put_on (stick, jk_test_exam_get_bank_path (self->exam));
  begin_to_hang (&hanging, disk, jk_test_folder_get_path (stick));
  const char *folder = jk_test_folder_get_path (stick);
  jk_desk_load_async (self->desk, folder, NULL, NULL, NULL, folder_ended, &loaded);
  jk_desk_copy_async (self->desk, folder, NULL, NULL, NULL, folder_ended, &copied);
  await_hanging (&hanging);
  close_desk (self);
  let_go (&hanging, disk);
  assert_null (await_folder (&loaded));
  assert_null (await_folder (&copied));
  assert_error (loaded.error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  assert_error (copied.error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WHOLE (all_is_loaded_and_all_faults_are_told_at_once),
    WHOLE (a_stick_without_anything_of_ours_says_so),
    WHOLE (somebody_who_moves_is_named_and_not_loaded),
    WHOLE (two_sticks_with_halves_of_what_is_needed_do),
    WHOLE (progress_is_told_in_bytes),
    WHOLE (results_are_copied_verified_and_noted),
    WHOLE (two_sticks_hold_different_halves_of_the_room),
    WHOLE (an_older_seal_on_the_stick_stays_beside_the_newer),
    WHOLE (a_stick_pulled_at_any_call_loses_nothing),
    WHOLE (what_is_not_noted_is_not_told_as_copied),
    WHOLE (a_stick_that_hangs_stops_no_exam_and_can_be_given_up),
    WHOLE (a_desk_is_closed_beside_a_stick_that_hangs),
  };
  return cmocka_run_group_tests_name ("folder", tests, check_build_exam, check_free_exam);
}
