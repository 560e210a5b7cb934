/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/scene.h"

#include "base/error.h"
#include "session/error.h"
#include "station/waiting-page.h"

static void
begin (Scene *self)
{
  self->desk = jk_fake_desk_new (1);
  self->desk->start_in_ms = 3725001;
  self->page = jk_waiting_page_new (self->desk);
  self->window = jk_stage_show (self->page);
}

static void
time_runs_down_to_the_start (void **state)
{
  Scene scene;

  begin (&scene);
  assert_non_null (jk_stage_find (scene.page, "1:02:06"));
  assert_true (jk_stage_reads (scene.page, "Wait for the proctor's signal"));
  scene.desk->start_in_ms = 59000;
  jk_stage_wait_ms (500);
  assert_non_null (jk_stage_find (scene.page, "00:59"));
  scene.desk->start_in_ms = -1;
  jk_stage_wait_ms (500);
  assert_null (jk_stage_find (scene.page, "Time to start"));
  assert_true (jk_stage_reads (scene.page, "It is time to start."));
  end (&scene);
}

static void
the_code_is_given_on_and_a_wrong_one_is_told (void **state)
{
  Scene scene;

  begin (&scene);
  GtkEntry *code = jk_stage_find_entry (scene.page, 0);
  jk_stage_click (scene.page, "Start the exam");
  assert_true (jk_stage_reads (scene.page, "Type the start code that the proctor announces."));
  assert_null (scene.desk->typed);
  jk_stage_type (code, "abcdefghjkmnp");
  g_signal_emit_by_name (code, "activate");
  assert_string_equal (scene.desk->typed, "ABCD-EFGH-JKMNP");
  assert_null (scene.desk->typed_second);
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Opening the paper…")));
  jk_fake_desk_end_call (scene.desk, JK_SESSION_ERROR, JK_SESSION_ERROR_START_CODE);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.page, "The start code is not correct."));
  assert_true (gtk_window_get_focus (scene.window) ==
               GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (code))));
  jk_stage_click (scene.page, "Start the exam");
  jk_fake_desk_end_call (scene.desk, JK_BASE_ERROR, JK_BASE_ERROR_CODE);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.page, "The code is mistyped."));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (time_runs_down_to_the_start),
    cmocka_unit_test (the_code_is_given_on_and_a_wrong_one_is_told),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
