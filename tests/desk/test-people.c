/* SPDX-License-Identifier: Apache-2.0 */
/* Tests desk/people.c: a proctor finds the way on for everybody who cannot log in. */
#include "check-people.h"

#include "base/error.h"
#include "crypto/error.h"

#include <unistd.h>

#define N_DUE 3
#define N_SPARES 2
#define PHOTOS 2

static GError *
admit (Scene *self, guint32 record)
{
  Ended how = { 0 };

  jk_panel_admit_async (self->panel, record, panel_ended, &how);
  return await (&how);
}

static void
give_for (Scene *self, JkAct act, guint32 record, const char *text)
{
  JkPanelOrder order = order_of (self, act);

  order.record = record;
  order.text = text;
  assert_ok (give (self, &order));
}

static void
the_roll_is_read_by_seat_with_the_spare_rows_last (void **state)
{
  Scene self;

  come_early (&self, state);
  g_autoptr (GPtrArray) people = read_people (&self);
  assert_int_equal (people->len, N_DUE + N_SPARES);
  for (guint n = 0; n < people->len; n++) {
    const JkPanelPerson *person = get_person (people, n);
    assert_int_equal (person->is_spare, n >= N_DUE);
    assert_int_equal (person->state, JK_STATE_NONE);
    assert_false (person->is_here || person->is_absent || person->is_let_in);
    if (n > 0 && n != N_DUE)
      assert_true (strcmp (get_person (people, n - 1)->seat, person->seat) <= 0);
  }
  const JkTestCandidate *wanted = jk_test_exam_get_candidate (self.desk->exam, 1);
  const JkPanelPerson *found = find_person (&self, people, 1);
  assert_string_equal (found->name, wanted->name);
  assert_string_equal (found->seat, wanted->seat);
  assert_string_equal (found->admission, wanted->admission);
  assert_non_null (strchr (found->masked_id, '*'));
  assert_true (g_str_has_prefix (found->path, "4-"));
  go (&self);
}

static void
who_sits_here_and_who_is_absent_is_in_the_list (void **state)
{
  Scene self;

  come (&self, state);
  give_for (&self, JK_ACT_ABSENT, record_of_candidate (&self, 1), NULL);
  g_autoptr (GPtrArray) people = read_people (&self);
  assert_true (find_person (&self, people, 0)->is_here);
  assert_int_equal (find_person (&self, people, 0)->state, JK_STATE_RUNNING);
  assert_false (find_person (&self, people, 0)->is_absent);
  assert_false (find_person (&self, people, 1)->is_here);
  assert_true (find_person (&self, people, 1)->is_absent);
  go (&self);
}

static void
a_photo_is_shown_beside_its_name (void **state)
{
  Scene self;

  come_early (&self, state);
  for (guint n = 0; n < N_DUE; n++) {
    g_autoptr (GBytes) wanted = jk_test_exam_dup_photo (n);
    g_autoptr (GBytes) photo = read_photo (&self, record_of_candidate (&self, n));
    assert_int_equal (photo != NULL, n < PHOTOS);
    if (photo != NULL)
      assert_true (g_bytes_equal (photo, wanted));
  }
  Read how = { 0 };
  jk_panel_read_photo_async (self.panel, N_DUE + N_SPARES, photo_ended, &how);
  g_autoptr (GError) error = await (&how.how);
  assert_non_null (strstr (error->message, "read the list again"));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_PERSON);
  go (&self);
}

/* The file is cut off under the program that has it open. */
static void
spoil_session_file (Scene *self)
{
  const JkSession *session = jk_desk_get_session (self->desk->desk);
  g_autofree char *path = g_strdup_printf ("%s/%s-%s/session.jksession",
                                           jk_station_get_folder (self->desk->desk->station),
                                           jk_session_get_short_name (session),
                                           jk_session_get_hall (session));

  g_assert_no_errno (truncate (path, 1000));
}

static void
a_photo_that_does_not_open_is_an_error_and_the_list_is_not (void **state)
{
  Scene self;
  Read how = { 0 };

  come_early (&self, state);
  spoil_session_file (&self);
  jk_panel_read_photo_async (self.panel, record_of_candidate (&self, 0), photo_ended, &how);
  g_autoptr (GError) error = await (&how.how);
  assert_null (how.photo);
  assert_error (error, JK_BASE_ERROR, JK_BASE_ERROR_STORAGE);
  g_autoptr (GPtrArray) people = read_people (&self);
  assert_int_equal (people->len, N_DUE + N_SPARES);
  go (&self);
}

static void
a_wrong_id_number_gets_in_by_order_and_sees_the_own_page (void **state)
{
  Scene self;

  come_early (&self, state);
  guint32 record = record_of_candidate (&self, 2);
  g_autoptr (GError) error = admit (&self, record);
  assert_non_null (strstr (error->message, "two proctors order “walk-in” or “wrong-id” first"));
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_STATE);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_LOG_IN);

  give_for (&self, JK_ACT_WRONG_ID, record, NULL);
  g_autoptr (GPtrArray) people = read_people (&self);
  assert_true (find_person (&self, people, 2)->is_let_in);
  assert_false (find_person (&self, people, 2)->is_here);
  assert_ok (admit (&self, record));
  await_page (self.desk, JK_PAGE_CONFIRM);
  assert_string_equal (jk_desk_get_person (self.desk->desk)->name,
                       jk_test_exam_get_candidate (self.desk->exam, 2)->name);
  assert_null (jk_desk_get_walk_in (self.desk->desk));
  assert_int_equal (jk_panel_get_role (self.panel), JK_ROLE_CHIEF);

  /* What is done is no longer offered. */
  g_autoptr (GPtrArray) after = read_people (&self);
  assert_true (find_person (&self, after, 2)->is_here);
  assert_false (find_person (&self, after, 2)->is_let_in);
  assert_true (jk_desk_confirm (self.desk->desk, &error));
  assert_ok (start (self.desk, jk_test_exam_get_start_code (self.desk->exam)));
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_ANSWERING);
  go (&self);
}

static void
a_walk_in_gets_a_spare_row_and_a_name (void **state)
{
  Scene self;
  g_autoptr (GError) error = NULL;

  come_early (&self, state);
  g_autoptr (GPtrArray) people = read_people (&self);
  guint32 record = get_person (people, N_DUE)->record;
  give_for (&self, JK_ACT_WALK_IN, record, "王五");
  g_autoptr (GPtrArray) after = read_people (&self);
  assert_string_equal (get_person (after, N_DUE)->name, "王五");
  assert_true (get_person (after, N_DUE)->is_let_in);
  assert_string_equal (get_person (after, N_DUE + 1)->name, "");
  assert_ok (admit (&self, record));
  await_page (self.desk, JK_PAGE_CONFIRM);
  assert_true (jk_desk_get_person (self.desk->desk)->spare);
  assert_string_equal (jk_desk_get_walk_in (self.desk->desk), "王五");
  assert_true (jk_desk_confirm (self.desk->desk, &error));
  assert_ok (start (self.desk, jk_test_exam_get_start_code (self.desk->exam)));
  go (&self);
  restart (self.desk);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_ANSWERING);
  assert_string_equal (jk_desk_get_walk_in (self.desk->desk), "王五");
}

static void
who_was_let_in_before_a_restart_is_let_in_again (void **state)
{
  Scene self;

  come_early (&self, state);
  guint32 record = record_of_candidate (&self, 2);
  give_for (&self, JK_ACT_WRONG_ID, record, NULL);
  assert_ok (admit (&self, record));
  go (&self);
  restart (self.desk);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_LOG_IN);
  self.panel = jk_panel_new (self.desk->desk);
  assert_ok (type (&self, JK_ROLE_PROCTOR, JK_ROLE_PROCTOR));
  g_autoptr (GPtrArray) people = read_people (&self);
  assert_true (find_person (&self, people, 2)->is_here);
  assert_true (find_person (&self, people, 2)->is_let_in);
  assert_ok (admit (&self, record));
  await_page (self.desk, JK_PAGE_CONFIRM);
  go (&self);
}

static void
nobody_is_let_in_where_somebody_sits (void **state)
{
  Scene self;

  come (&self, state);
  guint32 record = record_of_candidate (&self, 2);
  give_for (&self, JK_ACT_WRONG_ID, record, NULL);
  g_autoptr (GError) error = admit (&self, record);
  assert_error (error, JK_SITTING_ERROR, JK_SITTING_ERROR_OCCUPIED);
  assert_int_equal (jk_desk_get_page (self.desk->desk), JK_PAGE_ANSWERING);
  go (&self);
}

static void
nothing_is_read_while_it_is_closed_or_an_order_is_on_its_way (void **state)
{
  Scene self;
  Ended first = { 0 };
  Read people = { 0 }, photo = { 0 };

  come (&self, state);
  JkPanelOrder order = order_of (&self, JK_ACT_MESSAGE);
  jk_panel_give_async (self.panel, &order, panel_ended, &first);
  jk_panel_read_people_async (self.panel, people_ended, &people);
  g_autoptr (GError) error = await (&people.how);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_BUSY);
  assert_ok (await (&first));

  jk_panel_close (self.panel);
  people = (Read){ 0 };
  jk_panel_read_people_async (self.panel, people_ended, &people);
  error = await (&people.how);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  jk_panel_read_photo_async (self.panel, record_of (&self), photo_ended, &photo);
  error = await (&photo.how);
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  error = admit (&self, record_of (&self));
  assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
  go (&self);
}

/* The keys of a role of another session, as it were. */
static void
another_key_opens_no_roll (void **state)
{
  Scene self;
  Read how = { 0 }, photo = { 0 };

  come_early (&self, state);
  jk_secret_free (self.panel->keys.seal);
  self.panel->keys.seal = jk_secret_new_copy (jk_secret_get (self.panel->keys.sign), JK_KEY_BYTES);
  jk_panel_read_people_async (self.panel, people_ended, &how);
  g_autoptr (GError) error = await (&how.how);
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  jk_panel_read_photo_async (self.panel, record_of (&self), photo_ended, &photo);
  error = await (&photo.how);
  assert_error (error, JK_CRYPTO_ERROR, JK_CRYPTO_ERROR_SECRET);
  go (&self);
}

static int
build_exam (void **state)
{
  const JkTestExamOptions options = { .n_first = N_DUE, .n_photos = PHOTOS, .rehearsal = TRUE };

  if (!jk_guard_init (NULL))
    return -1;
  *state = jk_test_exam_new_with (&options);
  return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (the_roll_is_read_by_seat_with_the_spare_rows_last),
    TEST (who_sits_here_and_who_is_absent_is_in_the_list),
    TEST (a_photo_is_shown_beside_its_name),
    TEST (a_photo_that_does_not_open_is_an_error_and_the_list_is_not),
    TEST (a_wrong_id_number_gets_in_by_order_and_sees_the_own_page),
    TEST (a_walk_in_gets_a_spare_row_and_a_name),
    TEST (who_was_let_in_before_a_restart_is_let_in_again),
    TEST (nobody_is_let_in_where_somebody_sits),
    TEST (nothing_is_read_while_it_is_closed_or_an_order_is_on_its_way),
    TEST (another_key_opens_no_roll),
  };
  return cmocka_run_group_tests_name ("people", tests, build_exam, check_free_exam);
}
