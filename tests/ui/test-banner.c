/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/stage.h"

#include "station/banner.h"
#include "ui/fake-desk.h"

typedef struct {
  JkDesk *desk;
  GtkWidget *banner, *entry;
  GtkWindow *window;
} Scene;

static void
begin (Scene *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->desk = jk_fake_desk_new (3);
  self->banner = jk_banner_new (self->desk);
  self->entry = gtk_entry_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->entry);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->banner);
  self->window = jk_stage_show (overlay);
  gtk_widget_grab_focus (self->entry);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}

static void
warn (Scene *self, guint minutes)
{
  g_signal_emit_by_name (self->desk, "warned", minutes);
  jk_stage_settle ();
}

static void
send (Scene *self, const char *text)
{
  g_signal_emit_by_name (self->desk, "message", text);
  jk_stage_settle ();
}

static void
nothing_is_shown_while_nothing_happens (void **state)
{
  Scene scene;

  begin (&scene);
  jk_fake_desk_set_left (scene.desk, 17);
  jk_stage_settle ();
  assert_false (gtk_widget_get_mapped (scene.banner));
  end (&scene);
}

static void
each_warning_has_its_own_words_and_takes_the_place_of_the_one_before (void **state)
{
  Scene scene;

  begin (&scene);
  warn (&scene, 15);
  assert_true (jk_stage_reads (scene.banner, "15 minutes until the end of the exam; plan"));
  assert_non_null (jk_stage_find (scene.banner, "I see (Esc)"));
  assert_false (gtk_widget_has_css_class (scene.banner, "stop"));
  warn (&scene, 5);
  assert_true (jk_stage_reads (scene.banner, "5 minutes until the end of the exam; check"));
  assert_non_null (jk_stage_find (scene.banner, "Back to answering (Esc)"));
  assert_true (gtk_widget_has_css_class (scene.banner, "stop"));
  warn (&scene, 1);
  assert_true (jk_stage_reads (scene.banner, "1 minute until the end of the exam; your"));
  assert_null (jk_stage_find (scene.banner, "Back to answering (Esc)"));
  assert_null (jk_stage_find (scene.banner, "I see (Esc)"));
  gtk_widget_activate_action (scene.banner, "banner.close", NULL);
  assert_true (gtk_widget_get_mapped (scene.banner));
  end (&scene);
}

static void
a_warning_closes_by_itself_and_a_message_stays (void **state)
{
  Scene scene;

  begin (&scene);
  send (&scene, "请把手机收好。");
  warn (&scene, 5);
  assert_true (jk_stage_reads (scene.banner, "5 minutes"));
  jk_stage_wait_ms (JK_BANNER_WARNING_S * 1000 - 2500);
  assert_true (jk_stage_reads (scene.banner, "5 minutes"));
  jk_stage_wait_ms (4000);
  assert_true (jk_stage_reads (scene.banner, "请把手机收好。"));
  assert_true (jk_stage_reads (scene.banner, "Message from the proctor"));
  assert_false (gtk_widget_has_css_class (scene.banner, "stop"));
  jk_stage_wait_ms (JK_BANNER_WARNING_S * 1000 + 1500);
  assert_true (jk_stage_reads (scene.banner, "请把手机收好。"));
  jk_stage_click (scene.banner, "I see (Esc)");
  assert_false (gtk_widget_get_mapped (scene.banner));
  end (&scene);
}

/* As behind the proctor's panel. */
static void
the_time_of_a_notice_begins_when_it_is_seen (void **state)
{
  Scene scene;

  begin (&scene);
  GtkWidget *over = gtk_widget_get_parent (scene.banner);
  warn (&scene, 5);
  jk_stage_wait_ms (JK_BANNER_WARNING_S * 500);
  gtk_widget_set_visible (over, FALSE);
  jk_stage_wait_ms (JK_BANNER_WARNING_S * 1000 + 1500);
  gtk_widget_set_visible (over, TRUE);
  jk_stage_wait_ms (JK_BANNER_WARNING_S * 500);
  assert_true (jk_stage_reads (scene.banner, "5 minutes"));
  jk_stage_wait_ms (JK_BANNER_WARNING_S * 500 + 1500);
  assert_false (gtk_widget_get_mapped (scene.banner));
  end (&scene);
}

static void
messages_are_shown_one_after_the_other (void **state)
{
  Scene scene;

  begin (&scene);
  send (&scene, "一");
  send (&scene, "二");
  assert_true (jk_stage_reads (scene.banner, "一"));
  jk_stage_click (scene.banner, "I see (Esc)");
  assert_true (jk_stage_reads (scene.banner, "二"));
  jk_stage_click (scene.banner, "I see (Esc)");
  assert_false (gtk_widget_get_mapped (scene.banner));
  end (&scene);
}

static void
an_extension_says_so_and_takes_back_a_warning (void **state)
{
  Scene scene;

  begin (&scene);
  warn (&scene, 5);
  g_signal_emit_by_name (scene.desk, "extended", 10);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.banner, "A proctor gave you 10 more minutes"));
  assert_false (jk_stage_reads (scene.banner, "5 minutes"));
  jk_stage_click (scene.banner, "I see (Esc)");
  assert_false (gtk_widget_get_mapped (scene.banner));
  end (&scene);
}

static void
answers_that_are_back_are_told_with_hour_and_time_left (void **state)
{
  Scene scene;

  begin (&scene);
  g_signal_emit_by_name (scene.desk, "resumed", 1);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.banner, "Your answers are back (1 item). Time left 1:30:00."));
  jk_stage_click (scene.banner, "I see (Esc)");
  scene.desk->saved_wall_ms = G_GINT64_CONSTANT (1000000) * 1000;
  g_signal_emit_by_name (scene.desk, "resumed", 23);
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.banner,
                               "Your answers from before 21:46 are back (23 items). Time left"));
  end (&scene);
}

static void
a_stick_that_may_go_is_told (void **state)
{
  Scene scene;

  begin (&scene);
  g_signal_emit_by_name (scene.desk, "stick-done");
  jk_stage_settle ();
  assert_true (jk_stage_reads (scene.banner, "The stick may be removed now."));
  end (&scene);
}

static void
it_never_takes_the_keyboard_and_gives_it_back (void **state)
{
  Scene scene;

  begin (&scene);
  warn (&scene, 15);
  GtkWidget *focus = gtk_window_get_focus (scene.window);
  assert_true (gtk_widget_is_ancestor (focus, scene.entry));
  jk_stage_click (scene.banner, "I see (Esc)");
  assert_ptr_equal (gtk_window_get_focus (scene.window), focus);

  warn (&scene, 5);
  GtkWidget *button = jk_stage_find (scene.banner, "Back to answering (Esc)");
  gtk_widget_grab_focus (button);
  assert_ptr_equal (gtk_window_get_focus (scene.window), button);
  jk_stage_click (scene.banner, "Back to answering (Esc)");
  assert_ptr_equal (gtk_window_get_focus (scene.window), focus);
  end (&scene);
}

static void
the_end_of_the_exam_takes_all_of_it_away (void **state)
{
  Scene scene;

  begin (&scene);
  send (&scene, "一");
  warn (&scene, 1);
  jk_fake_desk_set_page (scene.desk, JK_PAGE_PAUSED);
  jk_stage_settle ();
  assert_true (gtk_widget_get_mapped (scene.banner));
  jk_fake_desk_set_page (scene.desk, JK_PAGE_HANDED_IN);
  jk_stage_settle ();
  assert_false (gtk_widget_get_mapped (scene.banner));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (nothing_is_shown_while_nothing_happens),
    cmocka_unit_test (each_warning_has_its_own_words_and_takes_the_place_of_the_one_before),
    cmocka_unit_test (a_warning_closes_by_itself_and_a_message_stays),
    cmocka_unit_test (the_time_of_a_notice_begins_when_it_is_seen),
    cmocka_unit_test (messages_are_shown_one_after_the_other),
    cmocka_unit_test (an_extension_says_so_and_takes_back_a_warning),
    cmocka_unit_test (answers_that_are_back_are_told_with_hour_and_time_left),
    cmocka_unit_test (a_stick_that_may_go_is_told),
    cmocka_unit_test (it_never_takes_the_keyboard_and_gives_it_back),
    cmocka_unit_test (the_end_of_the_exam_takes_all_of_it_away),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
