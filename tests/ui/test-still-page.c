/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/scene.h"

#include "sitting/error.h"
#include "station/sentences.h"
#include "station/still-page.h"

static void
begin (Scene *self, JkPage page, gint64 saved_wall_ms)
{
  self->desk = jk_fake_desk_new (6);
  self->desk->page = page;
  self->desk->saved_wall_ms = saved_wall_ms;
  jk_fake_desk_answer (self->desk, 0, 1, FALSE);
  self->page = jk_still_page_new (self->desk);
  self->window = jk_stage_show (self->page);
}

static void
a_pause_is_calm_and_has_nothing_to_click (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_PAUSED, 0);
  assert_true (jk_stage_reads (scene.page, "The exam is paused"));
  assert_true (jk_stage_reads (scene.page, "your time stands still"));
  assert_non_null (jk_stage_find (scene.page, "07"));
  assert_non_null (jk_stage_find (scene.page, "Time left 1:30:00"));
  assert_null (jk_stage_find (scene.page, "Go on answering"));
  end (&scene);
}

static void
a_sitting_that_is_held_says_why_and_whom_to_ask (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_HELD, 0);
  assert_true (jk_stage_reads (scene.page, "Raise your hand: a proctor must let you go on"));
  assert_true (jk_stage_reads (scene.page, "interrupted for longer, or more often"));
  assert_null (jk_stage_find (scene.page, "Go on answering"));
  end (&scene);
}

static void
one_that_arrived_goes_on_with_a_click (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_ARRIVED, G_GINT64_CONSTANT (1619227612000));
  assert_true (jk_stage_reads (scene.page, "Your answers from before 09:26 are back (1 item)."));
  jk_stage_click (scene.page, "Go on answering");
  assert_int_equal (scene.desk->n_continued, 1);
  end (&scene);
  begin (&scene, JK_PAGE_ARRIVED, 0);
  assert_true (jk_stage_reads (scene.page, "Your answers are back (1 item)."));
  end (&scene);
}

static void
what_cannot_go_on_says_so_and_can_be_tried_again (void **state)
{
  Scene scene;

  begin (&scene, JK_PAGE_ARRIVED, 0);
  scene.desk->refusal = g_error_new_literal (JK_SITTING_ERROR, JK_SITTING_ERROR_STORE, "disk");
  jk_stage_click (scene.page, "Go on answering");
  assert_true (
      jk_stage_reads (scene.page, jk_sentence_find (JK_SITTING_ERROR, JK_SITTING_ERROR_STORE)));
  assert_false (jk_stage_reads (scene.page, "disk"));
  jk_stage_click (scene.page, "Go on answering");
  assert_int_equal (scene.desk->n_continued, 2);
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_pause_is_calm_and_has_nothing_to_click),
    cmocka_unit_test (a_sitting_that_is_held_says_why_and_whom_to_ask),
    cmocka_unit_test (one_that_arrived_goes_on_with_a_click),
    cmocka_unit_test (what_cannot_go_on_says_so_and_can_be_tried_again),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
