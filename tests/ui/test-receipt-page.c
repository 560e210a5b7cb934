/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/scene.h"

#include "station/receipt-page.h"

#define CODE "ABCDE-FGHJK-MNPQR-STVWX-Y"

static void
begin (Scene *self, JkHandInReason reason, const char *code)
{
  self->desk = jk_fake_desk_new (6);
  jk_fake_desk_answer (self->desk, 0, 1 << 2, FALSE);
  jk_fake_desk_answer (self->desk, 1, 1 << 0 | 1 << 3, FALSE);
  jk_fake_desk_answer (self->desk, 2, 1 << 0, FALSE);
  jk_fake_desk_answer (self->desk, 5, 1 << 1, FALSE);
  self->desk->page = JK_PAGE_HANDED_IN;
  self->desk->reason = reason;
  self->desk->receipt = code;
  self->desk->receipt_qr = code;
  self->page = jk_receipt_page_new (self->desk);
  self->window = jk_stage_show (self->page);
}

static void
each_reason_has_its_own_first_line (void **state)
{
  static const struct {
    JkHandInReason reason;
    const char *line;
  } rows[] = {
    { JK_HAND_IN_VOLUNTARY, "Hand-in succeeded" },
    { JK_HAND_IN_TIME_UP, "The time is up; your paper was collected automatically" },
    { JK_HAND_IN_FORCED, "A proctor ended your exam" },
  };
  Scene scene;

  for (guint n = 0; n < G_N_ELEMENTS (rows); n++) {
    begin (&scene, rows[n].reason, CODE);
    assert_true (jk_stage_reads (scene.page, rows[n].line));
    assert_true (jk_stage_reads (scene.page, "Raise your hand; you may leave after"));
    end (&scene);
  }
}

static void
code_seat_and_count_are_there (void **state)
{
  Scene scene;

  begin (&scene, JK_HAND_IN_VOLUNTARY, CODE);
  assert_non_null (jk_stage_find (scene.page, CODE));
  assert_true (jk_stage_reads (scene.page, "Copy the receipt code to your slip"));
  assert_non_null (jk_stage_find (scene.page, "07"));
  assert_non_null (jk_stage_find (scene.page, "4 / 6"));
  end (&scene);
}

static void
own_answers_are_listed_and_those_left_out_too (void **state)
{
  static const char *const rows[] = { "1: C",          "2: AD",         "3: True",
                                      "4: unanswered", "5: unanswered", "6: False" };
  Scene scene;

  begin (&scene, JK_HAND_IN_VOLUNTARY, CODE);
  for (guint n = 0; n < G_N_ELEMENTS (rows); n++)
    if (jk_stage_find (scene.page, rows[n]) == NULL)
      fail_msg ("there is no %s", rows[n]);
  end (&scene);
}

static void
what_is_not_sealed_yet_says_so_until_it_is (void **state)
{
  Scene scene;

  begin (&scene, JK_HAND_IN_TIME_UP, NULL);
  assert_true (jk_stage_reads (scene.page, "your answers are safe on this computer"));
  assert_false (jk_stage_reads (scene.page, "Receipt code"));
  assert_false (jk_stage_reads (scene.page, "you may leave"));
  scene.desk->receipt = scene.desk->receipt_qr = CODE;
  for (guint n = 0; n < 300 && jk_stage_find (scene.page, CODE) == NULL; n++)
    jk_stage_wait_ms (10);
  assert_non_null (jk_stage_find (scene.page, CODE));
  assert_true (jk_stage_reads (scene.page, "The time is up"));
  end (&scene);
}

static void
a_copy_is_told_when_it_is_whole (void **state)
{
  Scene scene;

  begin (&scene, JK_HAND_IN_VOLUNTARY, CODE);
  assert_false (jk_stage_reads (scene.page, "The result was copied"));
  scene.desk->is_copied = TRUE;
  for (guint n = 0; n < 300 && !jk_stage_reads (scene.page, "The result was copied"); n++)
    jk_stage_wait_ms (10);
  assert_true (jk_stage_reads (scene.page, "The result was copied"));
  assert_non_null (jk_stage_find (scene.page, CODE));
  end (&scene);
}

static void
the_proctors_button_is_in_sight_however_long_the_list_is (void **state)
{
  Scene scene = { .desk = jk_fake_desk_new (90) };
  graphene_rect_t place;

  scene.desk->page = JK_PAGE_HANDED_IN;
  scene.desk->receipt = scene.desk->receipt_qr = CODE;
  scene.page = jk_receipt_page_new (scene.desk);
  scene.window = jk_stage_show (scene.page);
  GtkWidget *button = jk_stage_find (scene.page, "Proctor");
  assert_non_null (button);
  assert_true (gtk_widget_compute_bounds (button, GTK_WIDGET (scene.window), &place));
  assert_true ((double) (place.origin.y + place.size.height) <=
               gtk_widget_get_height (GTK_WIDGET (scene.window)));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_reason_has_its_own_first_line),
    cmocka_unit_test (code_seat_and_count_are_there),
    cmocka_unit_test (own_answers_are_listed_and_those_left_out_too),
    cmocka_unit_test (what_is_not_sealed_yet_says_so_until_it_is),
    cmocka_unit_test (a_copy_is_told_when_it_is_whole),
    cmocka_unit_test (the_proctors_button_is_in_sight_however_long_the_list_is),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
