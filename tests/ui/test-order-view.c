/* SPDX-License-Identifier: Apache-2.0 */
/* Tests panel/order-view.c and slip-view.c, on a real panel of a real desk. */
#include "desk/check-panel.h"
#include "ui/stage.h"

#include "common/secret-entry.h"
#include "panel/order-view.h"

typedef struct {
  Scene panel;
  GtkWidget *view;
  GtkWindow *window;
  GString *done; /* what the view said when it was done */
} Form;

static void
hear_done (JkOrderView *view, const char *sentence, Form *self)
{
  g_string_append (self->done, sentence);
}

static void
show (Form *self, JkAct act)
{
  gboolean is_of_pc = jk_act_get_rule (act)->target == JK_TARGET_STATION;

  self->view = jk_order_view_new (self->panel.desk->desk,
                                  self->panel.panel,
                                  act,
                                  is_of_pc ? JK_ORDER_EVERY : record_of (&self->panel),
                                  is_of_pc ? NULL : "07 somebody",
                                  "07");
  self->done = g_string_new (NULL);
  g_signal_connect (self->view, "done", G_CALLBACK (hear_done), self);
  self->window = jk_stage_show (self->view);
}

static void
hide (Form *self)
{
  jk_stage_close (self->window);
  g_string_free (self->done, TRUE);
}

static void
type_into (Form *self, guint n, const char *text)
{
  jk_stage_type (jk_stage_find_entry (self->view, n), text);
}

static void
type_passcode (Form *self, guint n, JkRoleName role)
{
  type_into (self, n, passcode_of (self->panel.desk, role));
}

static gboolean
has_keyboard (Form *self, guint n)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus != NULL &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (jk_stage_find_entry (self->view, n)));
}

static void
await_sentence (Form *self, const char *part)
{
  for (guint n = 0; n < 1000 && !jk_stage_reads (self->view, part); n++)
    jk_stage_wait_ms (10);
  if (!jk_stage_reads (self->view, part))
    fail_msg ("nothing reads %s", part);
}

static void
await_done (Form *self, const char *part)
{
  for (guint n = 0; n < 1000 && self->done->len == 0; n++)
    jk_stage_wait_ms (10);
  if (strstr (self->done->str, part) == NULL)
    fail_msg ("it is done with “%s”", self->done->str);
}

/* Clicks the button that gives the order; until it is done, it says this. */
static void
click_go (Form *self, const char *label, const char *meanwhile)
{
  GtkWidget *go = jk_stage_find_button (self->view, label);

  assert_non_null (go);
  g_signal_emit_by_name (go, "clicked");
  assert_string_equal (gtk_button_get_label (GTK_BUTTON (go)), meanwhile);
  assert_false (gtk_widget_is_sensitive (go));
}

/* By an order, so that nobody waits for the hour. */
static void
force (Form *self)
{
  JkPanelOrder order = order_of (&self->panel, JK_ACT_FORCE);

  assert_ok (give (&self->panel, &order));
  await_page (self->panel.desk, JK_PAGE_HANDED_IN);
}

/* As soon as the worker does not have the seat: now it can be compared, too. */
static char *
dup_receipt (Form *self)
{
  char *code = NULL;

  for (guint n = 0; n < 1000 && code == NULL; n++) {
    code = jk_desk_dup_receipt (self->panel.desk->desk);
    if (code == NULL)
      jk_stage_wait_ms (10);
  }
  assert_non_null (code);
  return code;
}

static void
confirm (Form *self)
{
  g_free (dup_receipt (self));
  jk_stage_click (self->view, "Confirm the collection");
}

static void
what_an_act_wants_is_asked_for_and_then_it_is_given (void **state)
{
  Form form;

  come (&form.panel, state);
  show (&form, JK_ACT_EXTEND);
  assert_true (jk_stage_reads (form.view, "07 somebody"));
  assert_true (jk_stage_reads (form.view, "Minutes"));
  assert_false (jk_stage_reads (form.view, "Two-person confirmation"));
  jk_stage_click (form.view, "Extend the time");
  assert_true (jk_stage_reads (form.view, "Give a reason."));
  assert_true (has_keyboard (&form, 0));
  jk_stage_click (form.view, "PC fault");
  click_go (&form, "Extend the time", "Carrying it out…");
  await_done (&form, "Done: Extend the time (07 somebody)");
  hide (&form);
  go (&form.panel);
}

static void
of_two_passcodes_the_wrong_one_is_named_and_the_other_kept (void **state)
{
  Form form;

  come (&form.panel, state);
  show (&form, JK_ACT_FORCE);
  jk_stage_click (form.view, "PC fault");
  jk_stage_click (form.view, "Force the hand-in");
  assert_true (jk_stage_reads (form.view, "What is typed to confirm is not"));
  type_into (&form, 1, "07");
  type_passcode (&form, 2, JK_ROLE_CHIEF);
  type_passcode (&form, 3, JK_ROLE_CHIEF);
  jk_stage_click (form.view, "Force the hand-in");
  await_sentence (&form, "The passcode of the Proctor does not match the envelope.");
  assert_true (has_keyboard (&form, 3));
  type_passcode (&form, 3, JK_ROLE_PROCTOR);
  jk_secret_entry_clear (JK_SECRET_ENTRY (jk_stage_find_entry (form.view, 2)));
  type_passcode (&form, 2, JK_ROLE_PROCTOR);
  jk_stage_click (form.view, "Force the hand-in");
  await_sentence (&form, "The passcode of the Chief examiner does not match the envelope.");
  assert_true (has_keyboard (&form, 2));
  type_passcode (&form, 2, JK_ROLE_CHIEF);
  jk_stage_click (form.view, "Force the hand-in");
  await_done (&form, "Done: Force the hand-in");
  hide (&form);
  go (&form.panel);
}

/* In a window that is not high enough for the form. */
static void
what_is_to_be_typed_again_stays_in_sight_beside_the_refusal (void **state)
{
  graphene_rect_t place;
  Form form;

  come (&form.panel, state);
  show (&form, JK_ACT_FORCE);
  gtk_window_set_default_size (form.window, 1280, 400);
  jk_stage_wait_ms (200);
  jk_stage_click (form.view, "PC fault");
  type_into (&form, 1, "07");
  type_passcode (&form, 2, JK_ROLE_CHIEF);
  type_passcode (&form, 3, JK_ROLE_CHIEF);
  jk_stage_click (form.view, "Force the hand-in");
  await_sentence (&form, "The passcode of the Proctor does not match the envelope.");
  jk_stage_wait_ms (200);
  GtkWidget *entry = GTK_WIDGET (jk_stage_find_entry (form.view, 3));
  GtkWidget *scroll = gtk_widget_get_ancestor (entry, GTK_TYPE_SCROLLED_WINDOW);
  assert_true (gtk_widget_compute_bounds (entry, scroll, &place));
  assert_true (place.origin.y >= 0.0f);
  assert_true (place.origin.y + place.size.height <= (float) gtk_widget_get_height (scroll));
  hide (&form);
  go (&form.panel);
}

static void
a_mistyped_passcode_is_told_with_whose_it_is (void **state)
{
  Form form;

  come (&form.panel, state);
  show (&form, JK_ACT_PAUSE);
  jk_stage_click (form.view, "PC fault");
  type_into (&form, 1, "mistyped");
  jk_stage_click (form.view, "Pause the exam");
  await_sentence (&form, "Proctor: The code is mistyped.");
  hide (&form);
  go (&form.panel);
}

static void
who_was_made_to_hand_in_is_collected_with_the_code_that_stands_there (void **state)
{
  Form form;

  come (&form.panel, state);
  force (&form);
  show (&form, JK_ACT_COLLECT);
  await_sentence (&form, "The hand-in was forced");
  g_autofree char *code = dup_receipt (&form);
  await_sentence (&form, code);
  confirm (&form);
  assert_true (jk_stage_reads (form.view, "The code is mistyped."));
  assert_true (has_keyboard (&form, 0));
  type_into (&form, 0, code);
  type_passcode (&form, 1, JK_ROLE_CHIEF);
  type_passcode (&form, 2, JK_ROLE_PROCTOR);
  confirm (&form);
  await_done (&form, "Done: Confirm the collection");
  hide (&form);
  go (&form.panel);
}

static void
who_handed_in_brings_a_slip_and_no_code_stands_there (void **state)
{
  Form form;

  come (&form.panel, state);
  jk_test_clock_pass_s (form.panel.desk->clock, 40 * S_PER_MIN);
  assert_ok (hand_in (form.panel.desk));
  await_page (form.panel.desk, JK_PAGE_HANDED_IN);
  assert_ok (type (&form.panel, JK_ROLE_CHIEF, JK_ROLE_CHIEF));
  g_autofree char *code = dup_receipt (&form);
  show (&form, JK_ACT_COLLECT);
  jk_stage_wait_ms (700);
  assert_true (jk_stage_reads (form.view, "Receipt code on the slip"));
  assert_false (jk_stage_reads (form.view, code));
  assert_false (jk_stage_reads (form.view, "forced"));
  hide (&form);
  go (&form.panel);
}

static void
a_copy_is_done_when_it_lies_there_and_told_where_it_does_not (void **state)
{
  Form form;

  come (&form.panel, state);
  const char *inbox = form.panel.desk->place.inbox;
  g_autofree char *away = g_strconcat (inbox, "-away", NULL);
  force (&form);
  show (&form, JK_ACT_COPY);
  g_assert_no_errno (g_rename (inbox, away));
  click_go (&form, "Copy the results to the inbox", "Copying…");
  await_sentence (&form, "Not every result was copied.");
  assert_int_equal (form.done->len, 0);
  g_assert_no_errno (g_rename (away, inbox));
  jk_stage_click (form.view, "Copy the results to the inbox");
  await_done (&form, inbox);
  hide (&form);
  go (&form.panel);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (what_an_act_wants_is_asked_for_and_then_it_is_given),
    TEST (of_two_passcodes_the_wrong_one_is_named_and_the_other_kept),
    TEST (what_is_to_be_typed_again_stays_in_sight_beside_the_refusal),
    TEST (a_mistyped_passcode_is_told_with_whose_it_is),
    TEST (who_was_made_to_hand_in_is_collected_with_the_code_that_stands_there),
    TEST (who_handed_in_brings_a_slip_and_no_code_stands_there),
    TEST (a_copy_is_done_when_it_lies_there_and_told_where_it_does_not),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests_name ("order-view", tests, check_build_exam, check_free_exam);
}
