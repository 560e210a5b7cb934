/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/moving.c: a sitting leaves one PC by a stick and goes on at another. */
#include "check-moving.h"

#include "base/error.h"
#include "support/storage.h"

#include <errno.h>

static void
assert_same_paper (const JkSitting *one, const JkSitting *other)
{
  const JkPaper *paper = jk_sitting_get_paper (one);
  const JkPaper *there = jk_sitting_get_paper (other);

  assert_int_equal (jk_paper_get_n (paper), jk_paper_get_n (there));
  for (guint n = 0; n < jk_paper_get_n (paper); n++) {
    assert_string_equal (jk_blob_get_id (jk_sitting_get_item (one, n)),
                         jk_blob_get_id (jk_sitting_get_item (other, n)));
    assert_int_equal (jk_sitting_get_answer (one, n), jk_sitting_get_answer (other, n));
    assert_int_equal (jk_sitting_is_flagged (one, n), jk_sitting_is_flagged (other, n));
  }
}

static void
it_goes_on_at_another_pc_where_it_was (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  Pc *second = open_pc (self, 1);
  guint32 record = record_of (self, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *came = NULL;

  jk_test_clock_pass_s (first->desk->clock, 10 * S_PER_MIN);
  guint64 left_ms = jk_sitting_get_left_ms (sitting_of (first, record));
  g_autofree char *name = move_away (self, first, record);
  g_autofree char *order = dup_order_name (name);
  assert_int_equal (jk_test_folder_count (self->stick), 2);
  g_bytes_unref (jk_test_folder_get_bytes (self->stick, order));
  assert_ok (move_in_from (second, stick_of (self), JK_ORDER_EVERY, &came));
  assert_string_equal (came, name);
  await_page (second->desk, JK_PAGE_ARRIVED);
  assert_same_paper (sitting_of (first, record), sitting_of (second, record));
  assert_int_equal (chosen (second->desk, 0), 1 << 1);
  assert_true (jk_desk_item_is_flagged (jk_desk_get_item (second->desk->desk, 4)));
  jk_test_clock_pass_s (second->desk->clock, 5 * S_PER_MIN); /* they walk over: their own time */
  assert_true (jk_desk_continue (second->desk->desk, &error));
  await_page (second->desk, JK_PAGE_ANSWERING);
  assert_int_equal (jk_sitting_get_left_ms (sitting_of (second, record)), left_ms);
  choose (second->desk, 2, 0);

  error = log_in (first->desk, 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_MOVED);
  jk_test_clock_pass_s (second->desk->clock, 30 * S_PER_MIN);
  assert_ok (hand_in (second->desk));
  await_page (second->desk, JK_PAGE_HANDED_IN);
}

static void
it_is_written_out_as_often_as_it_is_wanted (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autofree char *name = move_away (self, first, record_of (self, 0));
  g_autofree char *again = NULL;
  g_autoptr (JkTestFolder) other = jk_test_folder_new ();

  restart_pc (self, first);
  assert_ok (move_out_to (first, stick_of (self), JK_ORDER_EVERY, &again));
  assert_string_equal (again, name);
  assert_int_equal (jk_test_folder_count (self->stick), 2);
  assert_ok (move_out_to (first, jk_test_folder_get_path (other), JK_ORDER_EVERY, NULL));
  Pc *second = open_pc (self, 1);
  assert_ok (move_in_from (second, jk_test_folder_get_path (other), record_of (self, 0), NULL));
}

static void
who_has_not_been_moved_away_is_not_written_out (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autoptr (GError) error = move_out_to (first, stick_of (self), JK_ORDER_EVERY, NULL);

  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_NOT_MOVED);
  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  error = move_out_to (first, stick_of (self), record_of (self, 1), NULL);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_NOT_MOVED);
  assert_int_equal (jk_test_folder_count (self->stick), 0);
}

static void
of_two_who_left_the_last_or_the_named_one_is_written (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 1);
  g_autofree char *late = NULL;
  g_autofree char *early = NULL;

  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 1)));
  await_page (first->desk, JK_PAGE_MOVED);
  jk_desk_dismiss (first->desk->desk);
  jk_test_clock_pass_s (first->desk->clock, 60);
  assert_ok (log_in (first->desk, 0));
  assert_true (jk_desk_confirm (first->desk->desk, NULL));
  assert_ok (start (first->desk, jk_test_exam_get_start_code (self->exam)));
  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  assert_ok (move_out_to (first, stick_of (self), JK_ORDER_EVERY, &late));
  assert_ok (move_out_to (first, stick_of (self), record_of (self, 1), &early));
  assert_non_null (strstr (late, "-01-0-m1-"));
  assert_non_null (strstr (early, "-01-1-m1-"));
}

static void
who_has_not_started_logs_in_at_the_other_pc (void **state)
{
  Hall *self = *state;
  Pc *first = open_pc (self, 0);
  Pc *second = open_pc (self, 1);

  assert_ok (log_in (first->desk, 0));
  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  g_autoptr (GError) error = move_out_to (first, stick_of (self), JK_ORDER_EVERY, NULL);
  assert_non_null (strstr (error->message, "logs in at the other PC"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_ok (log_in (second->desk, 0));
}

static void
moved_in_again_it_is_found (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  Pc *second = open_pc (self, 1);
  g_autofree char *name = move_away (self, first, record_of (self, 0));

  for (guint n = 0; n < 2; n++) {
    assert_ok (move_in_from (second, stick_of (self), JK_ORDER_EVERY, NULL));
    assert_int_equal (jk_seat_get_n_sittings (second->desk->desk->seat), 1);
    await_page (second->desk, JK_PAGE_ARRIVED);
    restart_pc (self, second);
  }
  assert_true (jk_desk_continue (second->desk->desk, NULL));
  assert_ok (move_in_from (second, stick_of (self), record_of (self, 0), NULL));
  await_page (second->desk, JK_PAGE_ANSWERING);
  assert_int_equal (chosen (second->desk, 0), 1 << 1);
}

/* Nobody can prevent it without a network: both are kept, and told apart by their station. */
static void
moved_in_at_two_pcs_it_has_two_branches (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  guint32 record = record_of (self, 0);
  g_autofree char *name = move_away (self, first, record);
  GBytes *results[2];

  for (guint n = 0; n < 2; n++) {
    Pc *pc = open_pc (self, 1 + n);
    assert_ok (move_in_from (pc, stick_of (self), JK_ORDER_EVERY, NULL));
    assert_true (jk_desk_continue (pc->desk->desk, NULL));
    choose (pc->desk, 1, n);
    jk_test_clock_pass_s (pc->desk->clock, 30 * S_PER_MIN);
    assert_ok (hand_in (pc->desk));
    results[n] = jk_sitting_get_result (sitting_of (pc, record));
    assert_non_null (results[n]);
  }
  assert_false (g_bytes_equal (results[0], results[1]));
}

static void
it_does_not_come_back_to_the_pc_it_left (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autofree char *name = move_away (self, first, record_of (self, 0));
  g_autoptr (GError) error = move_in_from (first, stick_of (self), JK_ORDER_EVERY, NULL);

  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_MOVED);
  await_page (first->desk, JK_PAGE_MOVED);
}

static void
who_sits_at_the_new_pc_is_told_to_stay_there (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autofree char *name = move_away (self, first, record_of (self, 0));

  sit_at (self, 1, 0); /* the same candidate, who did not wait for the stick */
  g_autoptr (GError) error = move_in_from (&self->pcs[1], stick_of (self), JK_ORDER_EVERY, NULL);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_MOVED);
  sit_at (self, 2, 1);
  error = move_in_from (&self->pcs[2], stick_of (self), JK_ORDER_EVERY, NULL);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_OCCUPIED);
  await_page (self->pcs[2].desk, JK_PAGE_ANSWERING);
}

static void
it_arrives_only_where_the_session_is_open (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autofree char *name = move_away (self, first, record_of (self, 0));
  Pc *second = &self->pcs[1];

  arrive (second->desk, jk_test_exam_get_session_path (self->exam, 0));
  open_desk (second->desk);
  open_panel (self, second);
  g_autoptr (GError) error = move_in_from (second, stick_of (self), JK_ORDER_EVERY, NULL);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_NOT_OPEN);
  assert_ok (give_act (self, second, JK_ACT_OPEN, JK_ORDER_EVERY));
  assert_ok (give_act (self, second, JK_ACT_END, JK_ORDER_EVERY));
  error = move_in_from (second, stick_of (self), JK_ORDER_EVERY, NULL);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_ENDED);
  assert_int_equal (jk_seat_get_n_sittings (second->desk->desk->seat), 0);
}

/* What was moved away is written out after the end too: it may be all there is of it. */
static void
it_is_written_out_after_the_end_too (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autofree char *name = NULL;

  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  assert_ok (give_act (self, first, JK_ACT_END, JK_ORDER_EVERY));
  assert_ok (move_out_to (first, stick_of (self), JK_ORDER_EVERY, &name));
}

static void
without_an_open_panel_nobody_moves (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autoptr (GError) error = NULL;

  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  jk_panel_close (first->panel);
  error = move_out_to (first, stick_of (self), JK_ORDER_EVERY, NULL);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  error = move_in_from (first, stick_of (self), JK_ORDER_EVERY, NULL);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  assert_int_equal (jk_test_folder_count (self->stick), 0);
}

static void
one_move_at_a_time_and_the_keys_come_back (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  Moved one = { { 0 }, NULL };
  Moved two = { { 0 }, NULL };

  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  jk_panel_move_out_async (first->panel, stick_of (self), JK_ORDER_EVERY, move_ended, &one);
  jk_panel_move_in_async (first->panel, stick_of (self), JK_ORDER_EVERY, move_ended, &two);
  g_autoptr (GError) error = finish_move (&two, NULL);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_ok (finish_move (&one, NULL));
  assert_int_equal (jk_panel_get_role (first->panel), JK_ROLE_CHIEF);
  assert_ok (give_act (self, first, JK_ACT_COPY, JK_ORDER_EVERY));
}

/* Each call of the disk fails once: it is said, and done again it is whole. */
static void
whatever_call_fails_it_is_written_in_the_end (void **state)
{
  Hall *self = *state;
  JkTestStorage *storage = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  Pc *first = sit_at (self, 0, 0);
  gboolean was_hit = TRUE;
  guint n_refused = 0;

  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  for (guint n = 1; was_hit; n++) {
    jk_test_storage_heal (storage);
    jk_test_storage_fail (storage, JK_TEST_ANY, n, n % 2 == 0 ? EIO : ENOSPC, JK_TEST_ONCE);
    g_autoptr (GError) error = move_out_to (first, stick_of (self), JK_ORDER_EVERY, NULL);
    was_hit = jk_test_storage_has_failed (storage);
    jk_test_storage_heal (storage);
    n_refused += error != NULL;
    if (error != NULL)
      assert_true (g_str_has_suffix (error->message, "."));
    g_autofree char *name = NULL;
    assert_ok (move_out_to (first, stick_of (self), JK_ORDER_EVERY, &name));
    assert_int_equal (jk_test_folder_count (self->stick), 2);
  }
  assert_true (n_refused >= 8);
}

/* The medium keeps other bytes of the files with this end. */
static void
spoil_one (int fd, gpointer suffix)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);

  if (path != NULL && g_str_has_suffix (path, suffix))
    jk_test_storage_spoil (fd, NULL);
}

static void
what_reads_back_otherwise_is_said (void **state)
{
  static char suffixes[][11] = { ".jkcapsule", ".jkorder" };
  Hall *self = *state;
  Pc *first = &self->pcs[0];
  g_autoptr (JkTestStorage) disk = jk_test_storage_new (first->world.storage);

  sit_at (self, 0, 0);
  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  const JkStorage *honest = first->world.storage;
  first->world.storage = jk_test_storage_get (disk);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    jk_test_storage_on_forget (disk, spoil_one, suffixes[i]);
    g_autoptr (GError) error = move_out_to (first, stick_of (self), JK_ORDER_EVERY, NULL);
    assert_non_null (strstr (error->message, suffixes[i]));
    assert_non_null (strstr (error->message, "use another stick"));
    assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  }
  jk_test_storage_on_forget (disk, NULL, NULL);
  assert_ok (move_out_to (first, stick_of (self), JK_ORDER_EVERY, NULL));
  first->world.storage = honest;
}

static void
a_folder_that_is_gone_is_said (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autofree char *gone = jk_test_folder_dup_path (self->stick, "gone");
  g_autoptr (GError) error = NULL;

  assert_ok (give_act (self, first, JK_ACT_MOVE, record_of (self, 0)));
  error = move_out_to (first, gone, JK_ORDER_EVERY, NULL);
  assert_non_null (strstr (error->message, gone));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  error = move_in_from (first, gone, JK_ORDER_EVERY, NULL);
  assert_non_null (strstr (error->message, gone));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  assert_ok (move_out_to (first, stick_of (self), JK_ORDER_EVERY, NULL));
}

/* The dead PC's candidate goes on elsewhere; when that PC comes back and the stick is put in, it
 * ends there. */
static void
a_dead_pc_ends_when_it_comes_back_and_sees_the_order (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  guint32 record = record_of (self, 0);
  guint8 station[JK_PUBLIC_BYTES];

  memcpy (station, jk_station_get_sign_public (first->desk->desk->station), sizeof station);
  copy_dead (self, first, 0, "dead.jkcapsule");
  g_autoptr (GBytes) retire = make_retire (self, station, 0, 500, 0);
  g_free (jk_test_folder_put (self->stick, "retire.jkorder", retire));
  Pc *second = open_pc (self, 1);
  assert_ok (move_in_from (second, stick_of (self), JK_ORDER_EVERY, NULL));
  assert_true (jk_desk_continue (second->desk->desk, NULL));
  assert_int_equal (chosen (second->desk, 0), 1 << 1);

  open_desk (first->desk);
  await_page (first->desk, JK_PAGE_ANSWERING);
  g_free (jk_test_folder_put (first->desk->folder, "inbox/retire.jkorder", retire));
  await_page (first->desk, JK_PAGE_MOVED);
  const JkLogRow *row = jk_log_replay_get_last (jk_seat_get_log (first->desk->desk->seat));
  assert_int_equal (row->event, JK_LOG_OBEYED);
  assert_int_equal (row->act, JK_ACT_RETIRE);
  g_autoptr (GError) error = log_in (first->desk, 0);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_MOVED);
  open_panel (self, first);
  error = move_out_to (first, stick_of (self), record, NULL);
  assert_non_null (strstr (error->message, "retired"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
}

/* A disk that is restored at each start, and the stick that moved its candidate. */
static void
a_pc_that_forgot_the_move_ends_when_it_sees_the_stick (void **state)
{
  Hall *self = *state;
  Pc *first = sit_at (self, 0, 0);
  g_autoptr (GHashTable) before = read_disk (first);
  g_autofree char *name = move_away (self, first, record_of (self, 0));
  g_autofree char *order = dup_order_name (name);

  g_clear_object (&first->panel);
  close_desk (first->desk);
  write_disk (before);
  open_desk (first->desk);
  await_page (first->desk, JK_PAGE_ANSWERING);
  g_autoptr (GBytes) bytes = jk_test_folder_get_bytes (self->stick, order);
  g_free (jk_test_folder_put (first->desk->folder, "inbox/move.jkorder", bytes));
  await_page (first->desk, JK_PAGE_MOVED);
  /* The new PC, whose stick is its inbox, is not meant by it. */
  Pc *second = open_pc (self, 1);
  assert_ok (move_in_from (second, stick_of (self), JK_ORDER_EVERY, NULL));
  g_free (jk_test_folder_put (second->desk->folder, "inbox/move.jkorder", bytes));
  follow_ms (2500);
  assert_int_equal (jk_desk_get_page (second->desk->desk), JK_PAGE_ARRIVED);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_hall, tear_down_hall)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (it_goes_on_at_another_pc_where_it_was),
    TEST (it_is_written_out_as_often_as_it_is_wanted),
    TEST (who_has_not_been_moved_away_is_not_written_out),
    TEST (of_two_who_left_the_last_or_the_named_one_is_written),
    TEST (who_has_not_started_logs_in_at_the_other_pc),
    TEST (moved_in_again_it_is_found),
    TEST (moved_in_at_two_pcs_it_has_two_branches),
    TEST (it_does_not_come_back_to_the_pc_it_left),
    TEST (who_sits_at_the_new_pc_is_told_to_stay_there),
    TEST (it_arrives_only_where_the_session_is_open),
    TEST (it_is_written_out_after_the_end_too),
    TEST (without_an_open_panel_nobody_moves),
    TEST (one_move_at_a_time_and_the_keys_come_back),
    TEST (whatever_call_fails_it_is_written_in_the_end),
    TEST (what_reads_back_otherwise_is_said),
    TEST (a_folder_that_is_gone_is_said),
    TEST (a_dead_pc_ends_when_it_comes_back_and_sees_the_order),
    TEST (a_pc_that_forgot_the_move_ends_when_it_sees_the_stick),
  };
  return cmocka_run_group_tests_name ("moving", tests, check_build_exam, check_free_exam);
}
