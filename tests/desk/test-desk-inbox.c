/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-inbox.c: files arrive while the program runs, broken and foreign ones among them.
 */
#include "check-folder.h"

#include <fcntl.h>
#include <sys/stat.h>

/* In the place of the C library's: sees on which thread the inbox is looked at. */
static GThread *watched;
static gint n_on_watched, n_elsewhere;

int
stat (const char *path, struct stat *out)
{
  if (watched != NULL && strstr (path, "/inbox/") != NULL)
    g_atomic_int_inc (g_thread_self () == watched ? &n_on_watched : &n_elsewhere);
  return fstatat (AT_FDCWD, path, out, 0);
}

static void
files_may_come_while_it_waits (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_NO_SESSION);
  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  await_page (self, JK_PAGE_CLOSED);
  /* Taken over: the folder may go. */
  restart (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_CLOSED);
}

static void
what_is_broken_is_named_and_left (void **state)
{
  Fixture *self = *state;
  g_autofree char *session =
      jk_test_folder_put_text (self->folder, "inbox/a.jksession", "no session");
  g_autofree char *order = jk_test_folder_put_text (self->folder, "inbox/b.jkorder", "no order");

  open_desk (self);
  await_fault (self, "a.jksession");
  await_fault (self, "b.jkorder");
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_NO_SESSION);
  /* Mended in place, it is taken. */
  g_autofree char *data = NULL;
  gsize size;
  assert_true (
      g_file_get_contents (jk_test_exam_get_session_path (self->exam, 0), &data, &size, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *mended = jk_test_folder_put (self->folder, "inbox/a.jksession", bytes);
  await_page (self, JK_PAGE_CLOSED);
}

static void
the_bank_of_another_session_is_refused (void **state)
{
  Fixture *self = *state;
  const JkTestExamOptions options = { .seed = 7, .rehearsal = TRUE };
  g_autoptr (JkTestExam) other = jk_test_exam_new_with (&options);

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  arrive (self, jk_test_exam_get_bank_path (other));
  open_desk (self);
  await_fault (self, "jkbank");
}

static void
an_order_that_has_no_place_is_shown_to_the_proctor (void **state)
{
  Fixture *self = *state;

  begin (self);
  send (self, JK_ACT_RESUME);
  await_fault (self, "jkorder");
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_ANSWERING);
}

static void
a_share_that_does_not_answer_would_keep_nobody_waiting (void **state)
{
  Fixture *self = *state;

  begin (self);
  watched = g_thread_self ();
  send (self, JK_ACT_MESSAGE);
  await_heard (self, "message W601 phone at the seat\n");
  watched = NULL;
  assert_int_equal (g_atomic_int_get (&n_on_watched), 0);
  assert_int_not_equal (g_atomic_int_get (&n_elsewhere), 0);
}

static void
a_bank_that_came_before_its_session_is_taken_after_it (void **state)
{
  Fixture *self = *state;
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  arrive (self, jk_test_exam_get_bank_path (self->exam));
  open_desk (self);
  assert_null (jk_desk_get_fault (self->desk, 0));
  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  await_page (self, JK_PAGE_CLOSED);
  while (!jk_seat_has_bank (self->desk->seat) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_true (jk_seat_has_bank (self->desk->seat));
}

static void
a_stick_that_is_put_in_again_is_read_again (void **state)
{
  Fixture *self = *state;
  g_autofree char *away = jk_test_folder_dup_path (self->folder, "away");

  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  open_desk (self);
  await_seen (self, TRUE);
  assert_int_equal (g_rename (self->place.inbox, away), 0);
  await_seen (self, FALSE);
  assert_int_equal (g_rename (away, self->place.inbox), 0);
  await_seen (self, TRUE);
}

static void
a_share_that_hangs_while_a_file_is_read_keeps_no_answer_waiting (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  Hanging hanging;

  begin (self);
  begin_to_hang (&hanging, disk, self->place.inbox);
  send (self, JK_ACT_MESSAGE);
  await_hanging (&hanging);
  choose (self, 0, 1);
  await_save (self, JK_SAVE_SAVED);
  jk_test_clock_pass_s (self->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (self));
  assert_null (strstr (self->heard->str, "message"));
  let_go (&hanging, disk);
}

/* Opening it reads no file of the inbox: one that hangs would keep it from coming back. */
static void
a_pc_that_has_its_session_opens_beside_a_share_that_hangs (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  Hanging hanging;

  open_room (self);
  close_desk (self);
  begin_to_hang (&hanging, disk, self->place.inbox);
  open_desk (self);
  assert_int_equal (jk_desk_get_page (self->desk), JK_PAGE_LOG_IN);
  await_hanging (&hanging);
  let_go (&hanging, disk);
}

/* The inbox is on a disk of its own. */
static int
look_at_stick (const JkDiskProbe *self, const char *path, JkDiskFacts *out_facts)
{
  gboolean is_stick = strstr (path, "/inbox") != NULL;

  *out_facts = (JkDiskFacts){ .magic = is_stick ? 0x4d44 : 0xef53, .device = is_stick ? 2 : 1 };
  return 0;
}

static int
look_at_share (const JkDiskProbe *self, const char *path, JkDiskFacts *out_facts)
{
  look_at_stick (self, path, out_facts);
  if (out_facts->device == 2)
    out_facts->magic = 0x6969;
  return 0;
}

static void
count_told (JkDesk *desk, guint *n)
{
  (*n)++;
}

/* What a file in the inbox, and the next one, make of it. */
static guint
count_for (Fixture *self, const JkDiskProbe *disk, gboolean is_sound)
{
  guint n = 0;

  self->place.disk = disk;
  open_desk (self);
  g_signal_connect (self->desk, "stick-done", G_CALLBACK (count_told), &n);
  if (!is_sound)
    g_free (jk_test_folder_put_text (self->folder, "inbox/b.jkorder", "no order"));
  arrive (self, jk_test_exam_get_session_path (self->exam, 0));
  await_page (self, JK_PAGE_CLOSED);
  follow_ms (500);
  close_desk (self);
  return n;
}

static void
a_stick_may_go_when_all_on_it_was_taken (void **state)
{
  static const JkDiskProbe stick = { .look = look_at_stick };

  assert_int_equal (count_for (*state, &stick, TRUE), 1);
}

static void
a_share_or_a_folder_of_this_pc_is_not_told_to_be_pulled (void **state)
{
  static const JkDiskProbe share = { .look = look_at_share };

  assert_int_equal (count_for (*state, &share, TRUE), 0);
}

static void
a_stick_with_trouble_on_it_stays_until_that_is_seen (void **state)
{
  static const JkDiskProbe stick = { .look = look_at_stick };

  assert_int_equal (count_for (*state, &stick, FALSE), 0);
}

static void
a_stick_that_results_go_to_stays_until_they_were_read_back (void **state)
{
  static const JkDiskProbe stick = { .look = look_at_stick };
  Fixture *self = *state;
  guint n = 0;

  self->place.disk = &stick;
  begin (self);
  jk_test_clock_pass_s (self->clock, 31 * S_PER_MIN);
  assert_ok (hand_in (self));
  follow_ms (500);
  g_signal_connect (self->desk, "stick-done", G_CALLBACK (count_told), &n);
  JkOrderTerms terms = terms_of (self, JK_ACT_COPY);
  terms.record = JK_ORDER_EVERY;
  send_terms (self, &terms);
  gint64 end_us = g_get_monotonic_time () + WAIT_US;
  while (n == 0 && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (n, 1);
  assert_true (jk_desk_is_copied (self->desk));
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WHOLE (files_may_come_while_it_waits),
    WHOLE (what_is_broken_is_named_and_left),
    WHOLE (the_bank_of_another_session_is_refused),
    WHOLE (a_share_that_does_not_answer_would_keep_nobody_waiting),
    WHOLE (an_order_that_has_no_place_is_shown_to_the_proctor),
    WHOLE (a_bank_that_came_before_its_session_is_taken_after_it),
    WHOLE (a_stick_that_is_put_in_again_is_read_again),
    WHOLE (a_stick_may_go_when_all_on_it_was_taken),
    WHOLE (a_share_or_a_folder_of_this_pc_is_not_told_to_be_pulled),
    WHOLE (a_stick_with_trouble_on_it_stays_until_that_is_seen),
    WHOLE (a_stick_that_results_go_to_stays_until_they_were_read_back),
    WHOLE (a_share_that_hangs_while_a_file_is_read_keeps_no_answer_waiting),
    WHOLE (a_pc_that_has_its_session_opens_beside_a_share_that_hangs),
  };
  return cmocka_run_group_tests_name ("desk-inbox", tests, check_build_exam, check_free_exam);
}
