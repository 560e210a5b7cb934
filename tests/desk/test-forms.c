/* SPDX-License-Identifier: Apache-2.0 */
/* tests of desk/forms.c: what stands on the forms is tests/print. */
#include "desk/forms.h"
#include "check-moving.h"

#include "base/error.h"
#include "print/form.h"
#include "support/closing.h"

#include <errno.h>

typedef struct {
  Ended ended;
  GPtrArray *lines; /* owned */
} Printed;

static void
forms_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Printed *self = user_data;

  self->lines = jk_panel_write_forms_finish (JK_PANEL (source), result, &self->ended.error);
  self->ended.ok = self->lines != NULL;
  self->ended.is_done = TRUE;
}

static GPtrArray *
write_forms (Pc *pc, const char *folder, GError **error)
{
  Printed printed = { 0 };

  jk_panel_write_forms_async (pc->panel, folder, forms_ended, &printed);
  GError *problem = await (&printed.ended);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return printed.lines;
}

/* Each has its line, and lies there as a PDF. */
static void
check_lines (Hall *self, GPtrArray *lines, guint n_wanted)
{
  const JkSession *session = jk_test_exam_get_session (self->exam, 0);

  assert_int_equal (lines->len, n_wanted);
  for (guint n = 0; n < lines->len; n++) {
    const JkFolderLine *line = g_ptr_array_index (lines, n);
    g_autofree char *name = jk_form_dup_file_name (session, (JkForm) n);
    g_autofree char *path = jk_test_folder_dup_path (self->stick, name);
    g_autofree char *text = NULL;
    assert_string_equal (line->name, name);
    assert_null (line->sentence);
    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    assert_true (g_str_has_prefix (text, "%PDF-"));
  }
}

static void
before_the_exam_there_are_two_and_after_it_three (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (JkTestClosing) closing = jk_test_closing_new (self->exam, 0);

  g_autoptr (GPtrArray) before = write_forms (pc, stick_of (self), &error);
  assert_ok (error);
  check_lines (self, before, 2);
  jk_test_closing_add (closing, jk_test_row (1, JK_SEAT_ABSENT));
  g_autoptr (GBytes) sheet = jk_test_closing_sign (closing);
  g_free (jk_test_folder_put (self->stick, "1.jkhandin", sheet));
  g_autoptr (GPtrArray) after = write_forms (pc, stick_of (self), &error);
  assert_ok (error);
  check_lines (self, after, 3);
}

static void
a_full_stick_has_its_sentence_for_each_form (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  JkTestStorage *disk = jk_test_world_get_storage (jk_test_exam_get_fakes (self->exam));
  g_autoptr (GError) error = NULL;

  jk_test_storage_only (disk, stick_of (self));
  jk_test_storage_fail (disk, JK_TEST_PWRITE, 1, ENOSPC, JK_TEST_FOR_GOOD);
  g_autoptr (GPtrArray) lines = write_forms (pc, stick_of (self), &error);
  jk_test_storage_heal (disk);
  jk_test_storage_only (disk, NULL);
  assert_ok (error);
  for (guint n = 0; n < lines->len; n++) {
    const JkFolderLine *line = g_ptr_array_index (lines, n);
    assert_int_equal (line->fate, JK_FOLDER_FAULTY);
    assert_non_null (strstr (line->sentence, "free space"));
  }
}

static void
a_folder_that_is_not_there_and_a_closed_panel_are_refused (void **state)
{
  Hall *self = *state;
  Pc *pc = open_pc (self, 0);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) closed = NULL;

  assert_null (write_forms (pc, "/nowhere", &missing));
  assert_error (missing, JK_BASE_ERROR, JK_BASE_ERROR_MISSING);
  jk_panel_close (pc->panel);
  assert_null (write_forms (pc, stick_of (self), &closed));
  assert_error (closed, JK_DESK_ERROR, JK_DESK_ERROR_CLOSED);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_hall, tear_down_hall)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (before_the_exam_there_are_two_and_after_it_three),
    TEST (a_full_stick_has_its_sentence_for_each_form),
    TEST (a_folder_that_is_not_there_and_a_closed_panel_are_refused),
  };

  return cmocka_run_group_tests_name ("forms", tests, check_build_exam, check_free_exam);
}
