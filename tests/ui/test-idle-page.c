/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/scene.h"

#include "session/error.h"
#include "station/idle-page.h"

static void
begin (Scene *self, JkPage page)
{
  self->desk = jk_fake_desk_new (1);
  self->desk->page = page;
  self->page = jk_idle_page_new (self->desk);
  self->window = jk_stage_show (self->page);
}

static void
each_state_has_its_word (void **state)
{
  static const struct {
    JkPage page;
    const char *word;
  } cases[] = {
    { JK_PAGE_NO_SESSION, "Waiting for a session" },
    { JK_PAGE_CLOSED, "Log-in not open" },
    { JK_PAGE_COLLECTED, "Collected" },
    { JK_PAGE_MOVED, "Moved" },
    { JK_PAGE_ENDED, "Session ended" },
  };

  for (guint n = 0; n < G_N_ELEMENTS (cases); n++) {
    Scene scene;
    begin (&scene, cases[n].page);
    assert_true (
        gtk_widget_has_css_class (jk_stage_find (scene.page, cases[n].word), "state-word"));
    assert_true (gtk_widget_has_css_class (jk_stage_find (scene.page, "07"), "huge"));
    gboolean was_somebodys = cases[n].page == JK_PAGE_COLLECTED || cases[n].page == JK_PAGE_MOVED;
    assert_int_equal (jk_stage_reads (scene.page, "Next candidate logs in"), was_somebodys);
    assert_int_equal (jk_stage_reads (scene.page, "Room code"), cases[n].page == JK_PAGE_CLOSED);
    end (&scene);
  }
}

static void
a_collected_seat_shows_how_many_were_answered_and_is_left_by_a_click (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_COLLECTED);
  scene.desk->n_answered = 88;
  jk_fake_desk_tell (scene.desk, "answered");
  assert_true (gtk_widget_has_css_class (jk_stage_find (scene.page, "88"), "huge"));
  jk_stage_click (scene.page, "Next candidate logs in");
  assert_int_equal (scene.desk->n_dismissed, 1);
  end (&scene);
}

static void
a_session_that_ended_here_invites_nobody_and_says_what_the_proctor_does (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_COLLECTED);
  scene.desk->stage = JK_STAGE_ENDED;
  jk_fake_desk_tell (scene.desk, "page");
  assert_true (jk_stage_reads (scene.page, "The session has ended on this PC"));
  assert_true (jk_stage_reads (scene.page, "press “Copy the results”"));
  assert_false (jk_stage_reads (scene.page, "Next candidate logs in"));
  assert_false (jk_stage_reads (scene.page, "Next session"));
  scene.desk->is_copied = TRUE;
  scene.desk->beside[JK_STAGE_LOADED] = jk_desk_get_session (scene.desk);
  jk_fake_desk_tell (scene.desk, "page");
  assert_true (jk_stage_reads (scene.page, "press “Wipe this PC's data”"));
  jk_stage_click (scene.page, "Next session");
  assert_int_equal (scene.desk->n_dismissed, 1);
  end (&scene);
  begin (&scene, JK_PAGE_ENDED);
  assert_true (jk_stage_reads (scene.page, "Next for the proctor"));
  end (&scene);
}

static void
a_wiped_pc_asks_for_nothing_of_the_session_that_was (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_ENDED);
  scene.desk->stage = JK_STAGE_ENDED;
  scene.desk->is_wiped = TRUE;
  jk_fake_desk_tell (scene.desk, "page");
  assert_true (jk_stage_reads (scene.page, "The data of this PC are wiped."));
  assert_false (jk_stage_reads (scene.page, "copy the results"));
  end (&scene);
}

static void
the_room_code_opens_log_in_and_a_wrong_one_is_told (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_CLOSED);
  GtkEntry *code = jk_stage_find_entry (scene.page, 0);
  jk_stage_click (scene.page, "Open log-in");
  assert_null (scene.desk->typed);
  jk_stage_type (code, "abcd-efgh-jkm");
  jk_stage_click (scene.page, "Open log-in");
  assert_string_equal (scene.desk->typed, "abcd-efgh-jkm");
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Checking…")));
  jk_fake_desk_end_call (scene.desk, JK_SESSION_ERROR, JK_SESSION_ERROR_ROOM_CODE);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.page, "The room code is not correct."));
  end (&scene);
}

static void
faults_are_shown_to_the_proctor (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_CLOSED);
  assert_false (jk_stage_reads (scene.page, "For the proctor"));
  scene.desk->fault = "The bank is not here; bring it.";
  jk_fake_desk_tell (scene.desk, "page");
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.page, "For the proctor"));
  assert_true (jk_stage_reads (scene.page, "The bank is not here; bring it."));
  end (&scene);
}

static void
a_page_that_is_gone_is_left_alone_by_what_comes_late (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_CLOSED);
  jk_stage_type (jk_stage_find_entry (scene.page, 0), "abcd-efgh-jkm");
  jk_stage_click (scene.page, "Open log-in");
  gtk_window_set_child (scene.window, NULL);
  jk_fake_desk_set_page (scene.desk, JK_PAGE_LOG_IN);
  jk_fake_desk_end_call (scene.desk, JK_SESSION_ERROR, JK_SESSION_ERROR_ROOM_CODE);
  jk_stage_settle ();
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_state_has_its_word),
    cmocka_unit_test (a_collected_seat_shows_how_many_were_answered_and_is_left_by_a_click),
    cmocka_unit_test (a_wiped_pc_asks_for_nothing_of_the_session_that_was),
    cmocka_unit_test (a_session_that_ended_here_invites_nobody_and_says_what_the_proctor_does),
    cmocka_unit_test (the_room_code_opens_log_in_and_a_wrong_one_is_told),
    cmocka_unit_test (faults_are_shown_to_the_proctor),
    cmocka_unit_test (a_page_that_is_gone_is_left_alone_by_what_comes_late),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
