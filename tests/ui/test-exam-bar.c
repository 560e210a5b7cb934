/* SPDX-License-Identifier: Apache-2.0 */
/* Tests station/exam-bar.c, and the sentences of station/save-sentence.c in it. */
#include "ui/stage.h"

#include "common/paragraph.h"
#include "station/exam-bar.h"
#include "station/save-sentence.h"
#include "ui/fake-desk.h"

#define S_PER_MIN 60
#define AT_NINE_MS G_GINT64_CONSTANT (1619226000000)

typedef struct {
  JkDesk *desk;
  GtkWidget *bar;
  GtkWindow *window;
} Scene;

static void
show (Scene *self)
{
  self->desk = jk_fake_desk_new (3);
  self->bar = jk_exam_bar_new (self->desk);
  self->window = jk_stage_show (self->bar);
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  g_object_unref (self->desk);
}

static void
set_save (Scene *self, JkSave save)
{
  self->desk->save = save;
  self->desk->saved_wall_ms = AT_NINE_MS;
  jk_fake_desk_tell (self->desk, "save");
}

static gboolean
has_class (Scene *self, const char *shown, const char *name)
{
  GtkWidget *widget = jk_stage_find (self->bar, shown);

  assert_non_null (widget);
  return gtk_widget_has_css_class (widget, name) ||
         gtk_widget_has_css_class (gtk_widget_get_parent (widget), name);
}

static void
who_sits_here_and_what_is_written_is_shown (void **state)
{
  Scene scene;

  show (&scene);
  assert_true (jk_stage_reads (scene.bar, jk_desk_get_person (scene.desk)->name));
  assert_true (jk_stage_reads (scene.bar, "理论知识考试"));
  end (&scene);
}

static void
the_save_state_is_a_sentence_with_the_hour_of_the_exam (void **state)
{
  Scene scene;

  show (&scene);
  assert_true (jk_stage_reads (scene.bar, "Answers are saved as you choose"));
  set_save (&scene, JK_SAVE_SAVED);
  assert_true (has_class (&scene, "Saved 09:00:00", "saved"));
  set_save (&scene, JK_SAVE_SAVING);
  assert_false (jk_stage_reads (scene.bar, "Saved"));
  assert_false (has_class (&scene, "Saving…", "saved"));
  end (&scene);
}

static void
trouble_is_calm_and_names_no_cause (void **state)
{
  static const JkSave troubles[] = { JK_SAVE_SLOW, JK_SAVE_FULL, JK_SAVE_FAILED };

  for (guint n = 0; n < G_N_ELEMENTS (troubles); n++) {
    g_autofree char *text = jk_save_sentence_dup (troubles[n], AT_NINE_MS, 480);
    g_autofree char *small = g_ascii_strdown (text, -1);
    assert_null (strstr (small, "disk"));
    assert_null (strstr (small, "error"));
    assert_null (strstr (small, "!"));
    assert_null (strstr (small, "saved 09"));
    assert_true (strstr (small, "go on") != NULL);
  }
}

static void
the_time_left_changes_its_look_when_the_policy_warns (void **state)
{
  Scene scene;

  show (&scene);
  assert_false (has_class (&scene, "1:30:00", "warn"));
  jk_fake_desk_set_left (scene.desk, 15 * S_PER_MIN + 1);
  assert_false (has_class (&scene, "0:15:01", "warn"));
  jk_fake_desk_set_left (scene.desk, 15 * S_PER_MIN);
  assert_true (has_class (&scene, "0:15:00", "warn"));
  jk_fake_desk_set_left (scene.desk, 5 * S_PER_MIN);
  assert_true (has_class (&scene, "0:05:00", "stop"));
  assert_false (has_class (&scene, "0:05:00", "warn"));
  end (&scene);
}

static void
the_time_left_is_spoken_in_whole_minutes (void **state)
{
  Scene scene;

  show (&scene);
  jk_fake_desk_set_left (scene.desk, 12 * S_PER_MIN);
  GtkAccessible *left = GTK_ACCESSIBLE (jk_stage_find (scene.bar, "0:12:00"));
  assert_int_equal (gtk_accessible_get_accessible_role (left), GTK_ACCESSIBLE_ROLE_TIMER);
  jk_fake_desk_set_left (scene.desk, 12 * S_PER_MIN - 30);
  assert_null (gtk_test_accessible_check_property (left,
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                   "Time left: 12 minutes"));
  jk_fake_desk_set_left (scene.desk, 11 * S_PER_MIN);
  assert_null (gtk_test_accessible_check_property (left,
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                   "Time left: 11 minutes"));
  end (&scene);
}

static void
a_hand_in_that_is_not_open_says_why_and_until_when (void **state)
{
  Scene scene;

  show (&scene);
  assert_false (jk_stage_reads (scene.bar, "Hand-in opens"));
  scene.desk->hand_in_opens_ms = 754000;
  jk_fake_desk_tell (scene.desk, "left");
  jk_stage_wait_ms (100);
  assert_true (jk_stage_reads (scene.bar, "Hand-in opens 30 min after the start, in 12:34."));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (who_sits_here_and_what_is_written_is_shown),
    cmocka_unit_test (the_save_state_is_a_sentence_with_the_hour_of_the_exam),
    cmocka_unit_test (trouble_is_calm_and_names_no_cause),
    cmocka_unit_test (the_time_left_changes_its_look_when_the_policy_warns),
    cmocka_unit_test (the_time_left_is_spoken_in_whole_minutes),
    cmocka_unit_test (a_hand_in_that_is_not_open_says_why_and_until_when),
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!jk_stage_open ())
    return 0;
  return cmocka_run_group_tests (tests, NULL, NULL);
}
