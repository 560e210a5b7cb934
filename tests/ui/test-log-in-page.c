/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "session/error.h"
#include "sitting/error.h"
#include "station/log-in-page.h"
#include "ui/fake-desk.h"

#define GOOD_ID "110108190001010019"
#define MISTYPED_ID "110108190001010018"
#define HINT "This ID card number does not pass its check"

typedef struct {
  JkDesk *desk;
  GtkWidget *page;
  GtkWindow *window;
  GtkEntry *admission, *id_number;
} Scene;

static void
begin (Scene *self)
{
  self->desk = jk_fake_desk_new (1);
  self->page = jk_log_in_page_new (self->desk);
  self->window = jk_stage_show (self->page);
  self->admission = jk_stage_find_entry (self->page, 0);
  self->id_number = jk_stage_find_entry (self->page, 1);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}

static gboolean
has_focus (Scene *self, GtkEntry *entry)
{
  return gtk_window_get_focus (self->window) ==
         GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
}

static void
press_enter (GtkEntry *entry)
{
  g_signal_emit_by_name (entry, "activate");
  jk_stage_settle ();
}

static void
what_is_open_beside_stands_below (void **state)
{
  Scene scene;

  begin (&scene);
  assert_false (jk_stage_reads (scene.page, "Also open here: 呼叫中心服务员"));
  end (&scene);
  scene.desk = jk_fake_desk_new (1);
  scene.desk->beside[JK_STAGE_OPEN] = jk_desk_get_session (scene.desk);
  scene.page = jk_log_in_page_new (scene.desk);
  scene.window = jk_stage_show (scene.page);
  assert_true (jk_stage_reads (scene.page, "Also open here: 呼叫中心服务员"));
  end (&scene);
}

static void
seat_and_exam_are_large_and_the_first_field_has_the_keyboard (void **state)
{
  Scene scene;

  begin (&scene);
  assert_true (gtk_widget_has_css_class (jk_stage_find (scene.page, "07"), "huge"));
  assert_true (jk_stage_reads (scene.page, "呼叫中心服务员 四级"));
  assert_true (has_focus (&scene, scene.admission));
  end (&scene);
}

static void
enter_goes_on_to_the_second_field_and_then_logs_in (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_type (scene.admission, "2101");
  press_enter (scene.admission);
  assert_true (has_focus (&scene, scene.id_number));
  jk_stage_type (scene.id_number, GOOD_ID);
  press_enter (scene.id_number);
  assert_string_equal (scene.desk->typed, "2101");
  assert_string_equal (scene.desk->typed_second, GOOD_ID);
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Checking…")));
  jk_fake_desk_end_call (scene.desk, 0, 0);
  jk_stage_settle ();
  assert_true (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Log in")));
  end (&scene);
}

static void
an_empty_field_is_told_and_nothing_is_tried (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_type (scene.admission, "2101");
  jk_stage_click (scene.page, "Log in");
  assert_true (jk_stage_reads (scene.page, "Enter both numbers"));
  assert_true (has_focus (&scene, scene.id_number));
  assert_null (scene.desk->typed);
  end (&scene);
}

static void
a_mistyped_id_card_number_is_a_hint_and_no_refusal (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_type (scene.admission, "2101");
  jk_stage_type (scene.id_number, MISTYPED_ID);
  assert_true (jk_stage_reads (scene.page, HINT));
  jk_stage_click (scene.page, "Log in");
  assert_string_equal (scene.desk->typed_second, MISTYPED_ID);
  jk_fake_desk_end_call (scene.desk, 0, 0);
  jk_stage_settle ();
  end (&scene);
}

static void
other_documents_get_no_hint (void **state)
{
  static const char *const numbers[] = {
    GOOD_ID,       "11010519491231002x", "E12345678",
    "11010819000", "11010819000101001A", "军字第1234567890123456号"
  };
  Scene scene;

  begin (&scene);
  for (guint n = 0; n < G_N_ELEMENTS (numbers); n++) {
    gtk_editable_set_text (GTK_EDITABLE (scene.id_number), numbers[n]);
    jk_stage_settle ();
    if (jk_stage_reads (scene.page, HINT))
      fail_msg ("%s got a hint", numbers[n]);
  }
  end (&scene);
}

static void
a_refusal_stands_under_the_fields (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_type (scene.admission, "2101");
  jk_stage_type (scene.id_number, GOOD_ID);
  jk_stage_click (scene.page, "Log in");
  jk_fake_desk_end_call (scene.desk, JK_SITTING_ERROR, JK_SITTING_ERROR_ABSENT);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.page, "You are marked absent"));
  assert_true (has_focus (&scene, scene.id_number));
  assert_true (gtk_widget_is_sensitive (GTK_WIDGET (scene.id_number)));
  end (&scene);
}

static void
too_many_wrong_numbers_wait_and_come_back_by_themselves (void **state)
{
  Scene scene;

  begin (&scene);
  jk_stage_type (scene.admission, "2101");
  jk_stage_type (scene.id_number, GOOD_ID);
  jk_stage_click (scene.page, "Log in");
  scene.desk->wait_ms = 59001;
  jk_fake_desk_end_call (scene.desk, JK_SESSION_ERROR, JK_SESSION_ERROR_LOGIN);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.page, "The numbers were wrong too often"));
  assert_true (jk_stage_reads (scene.page, "Wait another 01:00"));
  assert_false (gtk_widget_is_sensitive (GTK_WIDGET (scene.admission)));
  assert_false (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Log in")));
  scene.desk->wait_ms = 1000;
  jk_stage_wait_ms (700);
  assert_true (jk_stage_reads (scene.page, "Wait another 00:01"));
  scene.desk->wait_ms = 0;
  jk_stage_wait_ms (700);
  assert_false (jk_stage_reads (scene.page, "Wait another"));
  assert_true (gtk_widget_is_sensitive (jk_stage_find (scene.page, "Log in")));
  assert_true (has_focus (&scene, scene.admission));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_open_beside_stands_below),
    cmocka_unit_test (seat_and_exam_are_large_and_the_first_field_has_the_keyboard),
    cmocka_unit_test (enter_goes_on_to_the_second_field_and_then_logs_in),
    cmocka_unit_test (an_empty_field_is_told_and_nothing_is_tried),
    cmocka_unit_test (a_mistyped_id_card_number_is_a_hint_and_no_refusal),
    cmocka_unit_test (other_documents_get_no_hint),
    cmocka_unit_test (a_refusal_stands_under_the_fields),
    cmocka_unit_test (too_many_wrong_numbers_wait_and_come_back_by_themselves),
  };

  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
