/* SPDX-License-Identifier: Apache-2.0 */
/* The files under a station log: their second place, and the way back. */
#include "check-second.h"

typedef struct {
  JkSittingPlace place;
  char *stick; /* where the copy of the log goes */
  JkLog *log;
} Logged;

static void
logged_clear (Logged *self)
{
  jk_log_free (self->log);
  g_free (self->stick);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Logged, logged_clear)

static JkLog *
open_log (Logged *self)
{
  g_autoptr (GError) error = NULL;

  self->log = jk_log_open (&self->place, &error);
  assert_ok (error);
  return self->log;
}

static Logged
new_log (Fixture *self)
{
  Logged logged = {
    .place = {
      .world = self->place.world,
      .session = self->session,
      .station = self->station,
    },
    .stick = dup_there (self),
  };

  assert_int_equal (g_mkdir_with_parents (logged.stick, 0700), 0);
  open_log (&logged);
  return logged;
}

static void
add (JkLog *log)
{
  g_autoptr (GError) error = NULL;

  jk_log_add_clock (log, 1, 2, &error);
  assert_ok (error);
}

static void
must_set (Logged *self)
{
  g_autoptr (GError) error = NULL;

  jk_log_set_second (self->log, self->stick, &error);
  assert_ok (error);
  assert_int_equal (jk_log_get_second_state (self->log, NULL), JK_SECOND_ALIVE);
}

/* The log on the PC goes; 0: it is gone. */
static void
forget (Fixture *self, GBytes *as)
{
  g_autofree char *here = dup_here (self);
  g_autofree char *path = g_build_filename (here, JK_LOG_NAME, NULL);
  gsize size;

  assert_int_equal (g_unlink (path), 0);
  if (as == NULL)
    return;
  gconstpointer data = g_bytes_get_data (as, &size);
  assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

static GBytes *
get_file (Fixture *self)
{
  g_autofree char *here = dup_here (self);
  g_autofree char *path = g_build_filename (here, JK_LOG_NAME, NULL);
  char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

static guint64
count_rows (const Logged *self)
{
  return jk_log_replay_get_n_rows (jk_log_get_replay (self->log));
}

static gboolean
recover (Fixture *self, Logged *logged, GError **error)
{
  g_autofree char *stick = dup_stick (self);
  gboolean done = FALSE;

  g_clear_pointer (&logged->log, jk_log_free);
  return jk_log_recover (&logged->place, stick, &done, error) && done;
}

static void
a_log_that_is_gone_comes_back (void **state)
{
  Fixture *self = *state;
  g_auto (Logged) logged = new_log (self);
  g_autoptr (GError) error = NULL;

  assert_int_equal (jk_log_get_second_state (logged.log, NULL), JK_SECOND_NONE);
  must_set (&logged);
  add (logged.log);
  add (logged.log);
  assert_false (recover (self, &logged, &error));
  assert_ok (error);
  forget (self, NULL);
  /* Another one was begun meanwhile. */
  add (open_log (&logged));
  assert_int_equal (count_rows (&logged), 2);
  assert_true (recover (self, &logged, &error));
  assert_ok (error);
  open_log (&logged);
  assert_int_equal (count_rows (&logged), 3);
  assert_int_equal (jk_log_get_n_aside (logged.log), 0);
  assert_int_equal (jk_log_get_n_replaced (logged.log), 0);
}

static void
a_log_without_a_copy_stays_as_it_is (void **state)
{
  Fixture *self = *state;
  g_auto (Logged) logged = new_log (self);
  g_autoptr (GError) error = NULL;

  assert_false (recover (self, &logged, &error));
  assert_ok (error);
  /* One of another PC. */
  g_autofree char *path = g_build_filename (logged.stick, JK_LOG_NAME, NULL);
  assert_true (g_file_set_contents (path, "something else", -1, NULL));
  assert_false (recover (self, &logged, &error));
  assert_ok (error);
  open_log (&logged);
  assert_int_equal (count_rows (&logged), 1);
}

static void
an_order_in_each_of_two_logs_is_for_people_to_decide (void **state)
{
  Fixture *self = *state;
  g_auto (Logged) logged = new_log (self);
  g_autoptr (GError) error = NULL;

  must_set (&logged);
  add (logged.log);
  g_clear_pointer (&logged.log, jk_log_free);
  g_autoptr (GBytes) then = get_file (self);
  open_log (&logged);
  must_set (&logged);
  add (logged.log);
  g_clear_pointer (&logged.log, jk_log_free);
  forget (self, then);
  open_log (&logged);
  g_autoptr (GBytes) bytes = order (self, JK_ACT_OPEN, JK_ORDER_EVERY);
  g_autoptr (JkOrder) open = jk_order_parse ("panel", bytes, &error);
  assert_ok (error);
  assert_true (jk_log_add_obeyed (logged.log, open, JK_LOG_APPLIED, &error));
  assert_false (recover (self, &logged, &error));
  assert_non_null (strstr (error->message, "two proctors"));
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_EXISTS);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_log_that_is_gone_comes_back),
    TEST (a_log_without_a_copy_stays_as_it_is),
    TEST (an_order_in_each_of_two_logs_is_for_people_to_decide),
  };
  return cmocka_run_group_tests_name ("log-store", tests, check_build_exam, check_free_exam);
}
