/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/desk-inbox.c: files arrive while the program runs, broken and foreign ones among them.
 */
#include "check-desk.h"

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
  };
  return cmocka_run_group_tests_name ("desk-inbox", tests, check_build_exam, check_free_exam);
}
