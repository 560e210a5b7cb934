/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/desk-take.c: each kind of file, taken once, known then, refused when it is torn. */
#include "check-desk.h"

#include "base/error.h"
#include "desk/desk-private.h"
#include "session/amended.h"

#include <errno.h>

/* What becomes of the only file on a stick. */
static GError *
take (Fixture *self, const char *name, gconstpointer data, gsize size, JkFolderFate *out_fate)
{
  g_autoptr (JkTestFolder) stick = jk_test_folder_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *path = jk_test_folder_put (stick, name, bytes);
  g_autofree char *place = jk_desk_dup_intake_place (self->desk);
  GError *error = NULL;
  g_autoptr (JkIntake) intake = jk_intake_new (self->place.world->storage,
                                               jk_test_folder_get_path (stick),
                                               place,
                                               NULL,
                                               NULL,
                                               NULL,
                                               &error);

  assert_ok (error);
  assert_int_equal (jk_intake_get_n (intake), 1);
  gboolean ok = jk_desk_take_file (self->desk, intake, jk_intake_get (intake, 0), out_fate, &error);
  assert_int_equal (ok, error == NULL);
  assert_int_equal (ok, *out_fate != JK_FOLDER_FAULTY);
  /* The sentence names the file on the stick, and no other place, unless this PC's disk is full. */
  if (!ok && strstr (error->message, "free space") == NULL) {
    assert_non_null (strstr (error->message, name));
    assert_null (strstr (error->message, "/incoming/"));
  }
  jk_desk_choose_sitting (self->desk);
  return error;
}

static GError *
take_copy (Fixture *self, const char *path, JkFolderFate *out_fate)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  return take (self, name, data, size, out_fate);
}

static void
assert_taken (Fixture *self, const char *path, JkFolderFate wanted)
{
  JkFolderFate fate;

  assert_ok (take_copy (self, path, &fate));
  assert_int_equal (fate, wanted);
}

static char *
put_order (Fixture *self, JkAct act)
{
  JkOrderTerms terms = terms_of (self, act);
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);

  terms.record = JK_ORDER_EVERY;
  return jk_test_folder_put (self->folder, "an.jkorder", bytes);
}

static void
each_kind_is_taken_once_and_known_then (void **state)
{
  Fixture *self = *state;
  const JkTestExam *exam = self->exam;

  open_desk (self);
  assert_taken (self, jk_test_exam_get_session_path (exam, 0), JK_FOLDER_TAKEN);
  assert_taken (self, jk_test_exam_get_session_path (exam, 0), JK_FOLDER_KNOWN);
  assert_taken (self, jk_test_exam_get_session_path (exam, 1), JK_FOLDER_TAKEN);
  /* One bank for both halls. */
  assert_taken (self, jk_test_exam_get_bank_path (exam), JK_FOLDER_TAKEN);
  assert_taken (self, jk_test_exam_get_bank_path (exam), JK_FOLDER_KNOWN);
}

static void
a_copy_that_is_ordered_too_early_waits (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  assert_taken (self, jk_test_exam_get_session_path (self->exam, 0), JK_FOLDER_TAKEN);
  g_autofree char *copy = put_order (self, JK_ACT_COPY);
  assert_taken (self, copy, JK_FOLDER_EARLY);
}

static void
an_order_for_somebody_elsewhere_is_told_as_such (void **state)
{
  Fixture *self = *state;

  begin (self);
  JkOrderTerms terms = terms_of (self, JK_ACT_MESSAGE);
  terms.record = jk_test_exam_get_candidate (self->exam, 1)->record;
  g_autoptr (GBytes) bytes =
      jk_test_order_sign (self->exam, 0, &terms, JK_ROLE_CHIEF, JK_ROLE_PROCTOR);
  g_autofree char *other = jk_test_folder_put (self->folder, "other.jkorder", bytes);
  assert_taken (self, other, JK_FOLDER_ELSEWHERE);
}

static void
an_order_is_obeyed_once (void **state)
{
  Fixture *self = *state;

  begin (self);
  g_autofree char *order = put_order (self, JK_ACT_MESSAGE);
  assert_taken (self, order, JK_FOLDER_TAKEN);
  assert_taken (self, order, JK_FOLDER_OBEYED);
  await_heard (self, "message W601 phone at the seat\n");
}

static void
what_comes_before_its_session_says_so_and_is_taken_after_it (void **state)
{
  Fixture *self = *state;
  g_autofree char *order = put_order (self, JK_ACT_MESSAGE);
  const char *paths[] = { jk_test_exam_get_bank_path (self->exam), order };
  JkFolderFate fate;

  open_desk (self);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = take_copy (self, paths[i], &fate);
    assert_error (error, JK_DESK_ERROR, JK_DESK_ERROR_SESSION);
  }
  assert_taken (self, jk_test_exam_get_session_path (self->exam, 0), JK_FOLDER_TAKEN);
  assert_taken (self, jk_test_exam_get_bank_path (self->exam), JK_FOLDER_TAKEN);
}

/* At every length that matters, and with one byte changed. */
static void
assert_torn_is_refused (Fixture *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  const gsize lengths[] = { 0, 10, 64, size / 2, size - 1 };
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    JkFolderFate fate;
    g_autoptr (GError) error = take (self, name, data, lengths[i], &fate);
    assert_non_null (error);
  }
  JkFolderFate fate;
  data[size - 1] ^= 1;
  g_autoptr (GError) error = take (self, name, data, size, &fate);
  assert_non_null (error);
}

static void
a_torn_or_spoilt_file_is_refused_also_where_its_like_is_known (void **state)
{
  Fixture *self = *state;
  const char *session = jk_test_exam_get_session_path (self->exam, 0);
  const char *bank = jk_test_exam_get_bank_path (self->exam);
  g_autofree char *order = put_order (self, JK_ACT_MESSAGE);

  open_desk (self);
  assert_torn_is_refused (self, session);
  assert_taken (self, session, JK_FOLDER_TAKEN);
  assert_torn_is_refused (self, bank);
  assert_torn_is_refused (self, order);
  assert_taken (self, bank, JK_FOLDER_TAKEN);
  assert_torn_is_refused (self, session);
  assert_torn_is_refused (self, bank);
}

static void
the_bank_of_another_session_is_refused_by_its_name (void **state)
{
  Fixture *self = *state;
  const char *other = jk_bank_get_file (jk_test_exam_get_library (self->exam));
  JkFolderFate fate;

  open_desk (self);
  assert_taken (self, jk_test_exam_get_session_path (self->exam, 0), JK_FOLDER_TAKEN);
  g_autoptr (GError) error = take_copy (self, other, &fate);
  assert_error (error, JK_SESSION_ERROR, JK_SESSION_ERROR_BANK);
}

/* The reason is that of the hall it is for, whichever was loaded last. */
static void
an_amendment_out_of_turn_is_refused_by_its_hall (void **state)
{
  Fixture *self = *state;
  g_autoptr (JkSession) office = amended_open (self->exam, 0);
  g_autofree char *first =
      amended_make (self->exam,
                    office,
                    "[amendment]\nnumber=1\nreason=x\n[window]\nlatest-entry-min=9\n");
  amended_apply (self->exam, office, first);
  g_autofree char *second =
      amended_make (self->exam,
                    office,
                    "[amendment]\nnumber=2\nreason=x\n[window]\nlatest-entry-min=8\n");
  JkFolderFate fate;

  open_desk (self);
  assert_taken (self, jk_test_exam_get_session_path (self->exam, 0), JK_FOLDER_TAKEN);
  assert_taken (self, jk_test_exam_get_session_path (self->exam, 1), JK_FOLDER_TAKEN);
  g_autoptr (GError) error = take_copy (self, second, &fate);
  assert_non_null (strstr (error->message, "expected"));
  assert_null (strstr (error->message, "another session"));
  assert_taken (self, first, JK_FOLDER_TAKEN);
  assert_taken (self, first, JK_FOLDER_KNOWN);
  assert_taken (self, second, JK_FOLDER_TAKEN);
}

static void
a_full_disk_of_this_pc_loses_nothing_and_the_next_try_does (void **state)
{
  Fixture *self = *state;
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  const char *session = jk_test_exam_get_session_path (self->exam, 0);
  const char *bank = jk_test_exam_get_bank_path (self->exam);
  guint n = 0;
  gboolean has_failed;

  open_desk (self);
  assert_taken (self, session, JK_FOLDER_TAKEN);
  do {
    JkFolderFate fate;
    jk_test_storage_heal (disk);
    jk_test_storage_fail (disk, JK_TEST_PWRITE, ++n, ENOSPC, JK_TEST_FOR_GOOD);
    g_autoptr (GError) error = take_copy (self, bank, &fate);
    has_failed = jk_test_storage_has_failed (disk);
    jk_test_storage_heal (disk);
    assert_int_equal (has_failed, error != NULL);
    if (has_failed)
      assert_non_null (strstr (error->message, "free space"));
  } while (has_failed);
  assert_true (n > 2);
  assert_taken (self, bank, JK_FOLDER_KNOWN);
}

static void
what_a_killed_program_left_is_cleared (void **state)
{
  Fixture *self = *state;

  open_desk (self);
  g_autofree char *place = jk_desk_dup_intake_place (self->desk);
  g_autofree char *left = g_build_filename (place, "session.jksession", NULL);
  assert_int_equal (g_mkdir_with_parents (place, 0700), 0);
  assert_true (g_file_set_contents (left, "left", 4, NULL));
  restart (self);
  assert_false (g_file_test (place, G_FILE_TEST_EXISTS));
  assert_null (jk_desk_get_fault (self->desk, 0));
}

#define WHOLE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WHOLE (an_amendment_out_of_turn_is_refused_by_its_hall),
    WHOLE (each_kind_is_taken_once_and_known_then),
    WHOLE (a_copy_that_is_ordered_too_early_waits),
    WHOLE (an_order_for_somebody_elsewhere_is_told_as_such),
    WHOLE (an_order_is_obeyed_once),
    WHOLE (what_comes_before_its_session_says_so_and_is_taken_after_it),
    WHOLE (a_torn_or_spoilt_file_is_refused_also_where_its_like_is_known),
    WHOLE (the_bank_of_another_session_is_refused_by_its_name),
    WHOLE (a_full_disk_of_this_pc_loses_nothing_and_the_next_try_does),
    WHOLE (what_a_killed_program_left_is_cleared),
  };
  return cmocka_run_group_tests_name ("desk-take", tests, check_build_exam, check_free_exam);
}
