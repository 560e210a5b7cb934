/* SPDX-License-Identifier: Apache-2.0 */
/* Tests panel/panel-view.c with unlock-view.c and home-view.c, on a real desk. */
#include "desk/check-panel.h"
#include "ui/stage.h"

#include "panel/panel-view.h"

#define LOCKED "The panel has locked itself."

typedef struct {
  Fixture *desk;
  GtkWidget *view;
  GtkWindow *window;
} Shown;

static void
await_sentence (Shown *self, const char *part)
{
  for (guint n = 0; n < 1000 && !jk_stage_reads (self->view, part); n++)
    jk_stage_wait_ms (10);
  if (!jk_stage_reads (self->view, part))
    fail_msg ("nothing reads %s", part);
}

static void
open_it (Shown *self)
{
  jk_stage_type (jk_stage_find_entry (self->view, 0), passcode_of (self->desk, JK_ROLE_CHIEF));
  jk_stage_click (self->view, "Open the panel");
  await_sentence (self, "Opened by: Chief examiner");
}

/* The exam runs, and the chief has opened the panel. */
static void
show (Shown *self, void **state)
{
  self->desk = *state;
  begin (self->desk);
  self->view = jk_panel_view_new (self->desk->desk);
  self->window = jk_stage_show (self->view);
  assert_false (jk_stage_reads (self->view, LOCKED));
  open_it (self);
}

static void
a_panel_that_locked_itself_says_so (void **state)
{
  Shown shown;

  show (&shown, state);
  jk_test_clock_pass_s (shown.desk->clock, JK_PANEL_OPEN_S + 1);
  await_sentence (&shown, LOCKED);
  open_it (&shown);
  assert_false (jk_stage_reads (shown.view, LOCKED));
  jk_stage_close (shown.window);
}

static void
a_panel_that_was_locked_by_hand_says_nothing (void **state)
{
  Shown shown;

  show (&shown, state);
  jk_stage_click (shown.view, "Lock, and back to the candidate");
  await_sentence (&shown, "Whose envelope");
  assert_false (jk_stage_reads (shown.view, LOCKED));
  jk_stage_close (shown.window);
}

static double
find_top (Shown *self, const char *label)
{
  GtkWidget *button = jk_stage_find (self->view, label);
  graphene_rect_t place;

  assert_non_null (button);
  assert_true (gtk_widget_compute_bounds (button, self->view, &place));
  return (double) place.origin.y;
}

static void
what_is_done_moves_no_button (void **state)
{
  Shown shown;

  show (&shown, state);
  jk_stage_wait_ms (200);
  double before = find_top (&shown, "Check this PC");
  jk_stage_click (shown.view, "Send a reminder");
  jk_stage_click (shown.view, "Please be quiet.");
  jk_stage_click (shown.view, "Send a reminder");
  await_sentence (&shown, "Done: Send a reminder");
  jk_stage_wait_ms (200);
  assert_true (find_top (&shown, "Check this PC") == before);
  jk_stage_close (shown.window);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_panel_that_locked_itself_says_so),
    TEST (a_panel_that_was_locked_by_hand_says_nothing),
    TEST (what_is_done_moves_no_button),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests_name ("panel-view", tests, check_build_exam, check_free_exam);
}
