/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-follow.c: time, orders and disks, as the candidate gets to know of them. */
#include "check-desk.h"

#include "desk/desk-private.h"
#include "session/amended.h"

#include "support/vfs.h"

static void
each_warning_comes_once (void **state)
{
  Fixture *self = *state;

  begin (self);
  follow_ms (300);
  assert_string_equal (self->heard->str, "");
  jk_test_clock_pass_s (self->clock, 75 * S_PER_MIN);
  await_heard (self, "warned 15\n");
  jk_test_clock_pass_s (self->clock, 10 * S_PER_MIN);
  await_heard (self, "warned 5\n");
  follow_ms (500);
  assert_string_equal (self->heard->str, "warned 15\nwarned 5\n");
  jk_test_clock_pass_s (self->clock, 4 * S_PER_MIN);
  await_heard (self, "warned 1\n");
}

static void
when_time_is_up_it_is_handed_in (void **state)
{
  Fixture *self = *state;

  begin (self);
  choose (self, 0, 0);
  jk_test_clock_pass_s (self->clock, 90 * S_PER_MIN);
  await_page (self, JK_PAGE_HANDED_IN);
  assert_int_equal (jk_desk_get_hand_in_reason (self->desk), JK_HAND_IN_TIME_UP);
  g_autofree char *code = jk_desk_dup_receipt (self->desk);
  assert_non_null (code);
}

static void
an_extension_is_told_and_counted (void **state)
{
  Fixture *self = *state;
  JkOrderTerms terms;

  begin (self);
  terms = terms_of (self, JK_ACT_EXTEND);
  terms.amount = 10 * MS_PER_MIN;
  send_terms (self, &terms);
  await_heard (self, "extended 10\n");
  assert_int_equal (jk_desk_get_granted_ms (self->desk), 100 * MS_PER_MIN);
  assert_int_equal (jk_desk_get_left_s (self->desk), 100 * S_PER_MIN);
}

static void
a_pause_stands_still_and_goes_on (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_PAUSE);
  await_page (self, JK_PAGE_PAUSED);
  guint64 left_s = jk_desk_get_left_s (self->desk);
  jk_test_clock_pass_s (self->clock, 60);
  follow_ms (500);
  assert_int_equal (jk_desk_get_left_s (self->desk), left_s);
  send (self, JK_ACT_RESUME);
  await_page (self, JK_PAGE_ANSWERING);
  choose (self, 0, 0);
}

static void
gaps_beyond_the_policy_hold_it_until_a_proctor_comes (void **state)
{
  Fixture *self = *state;

  begin (self);
  close_desk (self);
  jk_test_clock_pass_s (self->clock, 4 * S_PER_MIN);
  open_desk (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_HELD);
  send (self, JK_ACT_RELEASE);
  await_page (self, JK_PAGE_ANSWERING);
}

static void
what_is_on_its_way_is_not_called_saved (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestVfs) vfs = jk_test_vfs_new ();
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));

  jk_test_storage_set_vfs_name (disk, jk_test_vfs_get_name (vfs));
  begin (self);
  choose (self, 0, 0);
  await_save (self, JK_SAVE_SAVED);
  jk_test_vfs_slow (vfs, 2 * G_USEC_PER_SEC);
  choose (self, 1, 0);
  assert_int_equal (jk_desk_get_save (self->desk), JK_SAVE_SAVING);
  await_save (self, JK_SAVE_SLOW);
  choose (self, 2, 0); /* it goes on meanwhile */
  jk_test_vfs_heal (vfs);
  jk_test_vfs_slow (vfs, 0);
  await_save (self, JK_SAVE_SAVED);
  close_desk (self);
  jk_test_storage_set_vfs_name (disk, NULL);
}

static void
a_full_disk_is_said_and_nothing_is_lost (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkTestVfs) vfs = jk_test_vfs_new ();
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));

  jk_test_storage_set_vfs_name (disk, jk_test_vfs_get_name (vfs));
  begin (self);
  jk_test_vfs_fill (vfs);
  choose (self, 0, 1);
  await_save (self, JK_SAVE_FULL);
  choose (self, 1, 0);
  assert_int_equal (jk_desk_get_n_answered (self->desk), 2);
  jk_test_vfs_heal (vfs);
  await_save (self, JK_SAVE_SAVED);
  restart (self);
  assert_int_equal (chosen (self, 0), 1 << 1);
  assert_int_equal (jk_desk_get_n_answered (self->desk), 2);
  close_desk (self);
  jk_test_storage_set_vfs_name (disk, NULL);
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

static void
count_foreign (JkDesk *desk, GParamSpec *pspec, guint *n)
{
  if (g_object_get_data (G_OBJECT (desk), "thread") != g_thread_self ())
    (*n)++;
}

static void
all_of_it_happens_on_the_thread_of_the_desk (void **state)
{
  Fixture *self = *state;
  guint n = 0;

  begin (self);
  g_object_set_data (G_OBJECT (self->desk), "thread", g_thread_self ());
  g_signal_connect (self->desk, "notify", G_CALLBACK (count_foreign), &n);
  choose (self, 0, 0);
  /* Acknowledged while nobody runs the context. */
  g_usleep (300000);
  assert_int_equal (n, 0);
  await_save (self, JK_SAVE_SAVED);
  assert_int_equal (n, 0);
}

static void
count_pages (JkDesk *desk, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
the_same_page_of_another_session_is_told (void **state)
{
  Fixture *self = *state;
  guint n = 0;

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  arrive (self, jk_test_exam_get_session_path (self->exam, 1));
  open_desk (self);
  assert_int_equal (self->desk->seats->len, 2);
  g_signal_connect (self->desk, "notify::page", G_CALLBACK (count_pages), &n);
  jk_desk_look (self->desk);
  assert_int_equal (n, 0);
  JkSeat *first = g_ptr_array_index (self->desk->seats, 0);
  self->desk->seat =
      self->desk->seat == first ? g_ptr_array_index (self->desk->seats, 1) : (gpointer) first;
  jk_desk_look (self->desk);
  jk_desk_look (self->desk);
  assert_int_equal (n, 1);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CLOSED);
}

static void
type_room_code (Fixture *self, guint hall)
{
  Ended how = { 0 };

  jk_desk_open_room_async (self->desk, jk_test_exam_get_room_code (self->exam, hall), ended, &how);
  assert_ok (await (&how));
}

static void
a_session_that_opens_beside_the_one_shown_is_told_to_who_logs_in (void **state)
{
  Fixture *self = *state;
  guint n = 0;

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  arrive (self, jk_test_exam_get_session_path (self->exam, 1));
  open_desk (self);
  type_room_code (self, 0);
  assert_string_equal (jk_session_get_hall (jk_desk_get_beside (self->desk, JK_STAGE_LOADED, 0)),
                       "02");
  assert_null (jk_desk_get_beside (self->desk, JK_STAGE_LOADED, 1));
  assert_null (jk_desk_get_beside (self->desk, JK_STAGE_OPEN, 0));
  g_signal_connect (self->desk, "notify::page", G_CALLBACK (count_pages), &n);
  type_room_code (self, 1);
  jk_desk_look (self->desk);
  assert_int_equal (n, 1);
  assert_null (jk_desk_get_beside (self->desk, JK_STAGE_LOADED, 0));
  assert_string_equal (jk_session_get_hall (jk_desk_get_beside (self->desk, JK_STAGE_OPEN, 0)),
                       "02");
}

/* The new start is read where the old one stood; who answers is not disturbed by it. */
static void
a_session_that_is_amended_is_told_while_nobody_sits_here (void **state)
{
  Fixture *self = *state;
  guint n = 0;

  open_room (self);
  JkSession *session = (JkSession *) jk_desk_get_session (self->desk);
  g_signal_connect (self->desk, "notify::page", G_CALLBACK (count_pages), &n);
  amended_make_and_apply (self->exam,
                          session,
                          "[amendment]\nnumber=1\nreason=x\n"
                          "[window]\nstarts=2021-04-24T09:10\n");
  jk_desk_look (self->desk);
  assert_int_equal (n, 1);
  assert_ok (log_in (self, 0));
  n = 0;
  amended_make_and_apply (self->exam,
                          session,
                          "[amendment]\nnumber=2\nreason=x\n[window]\nlatest-entry-min=9\n");
  jk_desk_look (self->desk);
  assert_int_equal (n, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_same_page_of_another_session_is_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown (
        a_session_that_opens_beside_the_one_shown_is_told_to_who_logs_in,
        set_up,
        tear_down),
    cmocka_unit_test_setup_teardown (a_session_that_is_amended_is_told_while_nobody_sits_here,
                                     set_up,
                                     tear_down),
    cmocka_unit_test_setup_teardown (all_of_it_happens_on_the_thread_of_the_desk,
                                     set_up,
                                     tear_down),
    WHOLE (each_warning_comes_once),
    WHOLE (when_time_is_up_it_is_handed_in),
    WHOLE (an_extension_is_told_and_counted),
    WHOLE (a_pause_stands_still_and_goes_on),
    WHOLE (gaps_beyond_the_policy_hold_it_until_a_proctor_comes),
    WHOLE (what_is_on_its_way_is_not_called_saved),
    WHOLE (a_full_disk_is_said_and_nothing_is_lost),
  };
  return cmocka_run_group_tests_name ("desk-follow", tests, check_build_exam, check_free_exam);
}
