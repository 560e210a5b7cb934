/* SPDX-License-Identifier: Apache-2.0 */
/* Tests panel/signers.c. */
#include "support/exam.h"
#include "ui/stage.h"

#include "common/secret-entry.h"
#include "panel/signers.h"

typedef struct {
  JkTestExam *exam;
  JkSigners *signers;
  GtkWindow *window;
} Scene;

/* The chief has opened the panel. */
static void
ask (Scene *self, gboolean again, gboolean second)
{
  self->exam = jk_test_exam_new ();
  self->signers = g_object_new (JK_TYPE_SIGNERS, NULL);
  jk_signers_ask (self->signers,
                  jk_test_exam_get_session (self->exam, 0),
                  JK_ROLE_CHIEF,
                  again,
                  second,
                  1u << JK_ROLE_CHIEF);
  self->window = jk_stage_show (GTK_WIDGET (self->signers));
}

static void
end (Scene *self)
{
  jk_stage_close (self->window);
  jk_test_exam_free (self->exam);
}

static GtkEntry *
entry (Scene *self, guint n)
{
  return jk_stage_find_entry (GTK_WIDGET (self->signers), n);
}

static gboolean
is_empty (Scene *self, guint n)
{
  return jk_secret_entry_is_empty (JK_SECRET_ENTRY (entry (self, n)));
}

static gboolean
is_wrong (Scene *self, guint n)
{
  GtkWidget *widget = GTK_WIDGET (entry (self, n));
  g_autofree char *other = gtk_test_accessible_check_state (GTK_ACCESSIBLE (widget),
                                                            GTK_ACCESSIBLE_STATE_INVALID,
                                                            GTK_ACCESSIBLE_INVALID_TRUE);
  gboolean is_told = other == NULL;

  assert_int_equal (is_told, gtk_widget_has_css_class (widget, "wrong"));
  return is_told;
}

static gboolean
has_keyboard (Scene *self, guint n)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (entry (self, n)));
}

static void
only_what_is_asked_for_is_there_and_why (void **state)
{
  Scene scene;

  ask (&scene, TRUE, FALSE);
  assert_true (jk_stage_reads (GTK_WIDGET (scene.signers), "Passcode of the Chief examiner once"));
  assert_true (jk_stage_reads (GTK_WIDGET (scene.signers), "This cannot be undone, so you are"));
  assert_false (jk_stage_reads (GTK_WIDGET (scene.signers), "Two-person confirmation"));
  assert_int_equal (jk_signers_get_second (scene.signers), 0);
  end (&scene);
  ask (&scene, FALSE, TRUE);
  assert_false (jk_stage_reads (GTK_WIDGET (scene.signers), "once more"));
  assert_null (jk_stage_find (GTK_WIDGET (scene.signers), "Chief examiner"));
  assert_int_equal (jk_signers_get_second (scene.signers), JK_ROLE_PROCTOR);
  end (&scene);
}

static void
what_was_left_out_is_asked_for_in_its_order (void **state)
{
  const char *sentence;
  Scene scene;

  ask (&scene, TRUE, TRUE);
  assert_ptr_equal (jk_signers_find_missing (scene.signers, &sentence), entry (&scene, 0));
  jk_stage_type (entry (&scene, 0), "mine");
  assert_ptr_equal (jk_signers_find_missing (scene.signers, &sentence), entry (&scene, 1));
  assert_non_null (strstr (sentence, "second person"));
  jk_stage_type (entry (&scene, 1), "yours");
  assert_null (jk_signers_find_missing (scene.signers, &sentence));
  g_autoptr (JkSecret) again = jk_signers_dup_again (scene.signers);
  g_autoptr (JkSecret) second = jk_signers_dup_second (scene.signers);
  assert_string_equal ((const char *) jk_secret_get (again), "mine");
  assert_string_equal ((const char *) jk_secret_get (second), "yours");
  end (&scene);
}

static void
the_wrong_one_alone_is_typed_anew (void **state)
{
  Scene scene;

  ask (&scene, TRUE, TRUE);
  jk_stage_type (entry (&scene, 0), "mine");
  jk_stage_type (entry (&scene, 1), "yours");
  jk_signers_refuse (scene.signers, JK_ROLE_PROCTOR);
  assert_true (!is_empty (&scene, 0) && is_empty (&scene, 1));
  assert_true (!is_wrong (&scene, 0) && is_wrong (&scene, 1));
  assert_true (has_keyboard (&scene, 1));
  jk_stage_type (entry (&scene, 1), "y");
  assert_false (is_wrong (&scene, 1));
  jk_signers_refuse (scene.signers, JK_ROLE_CHIEF);
  assert_true (is_empty (&scene, 0) && !is_empty (&scene, 1));
  assert_true (is_wrong (&scene, 0) && !is_wrong (&scene, 1));
  assert_true (has_keyboard (&scene, 0));
  end (&scene);
}

static void
refused_for_something_else_both_are_typed_anew (void **state)
{
  Scene scene;

  ask (&scene, TRUE, TRUE);
  jk_stage_type (entry (&scene, 0), "mine");
  jk_stage_type (entry (&scene, 1), "yours");
  jk_signers_refuse (scene.signers, 0);
  assert_true (is_empty (&scene, 0) && is_empty (&scene, 1));
  assert_true (!is_wrong (&scene, 0) && !is_wrong (&scene, 1));
  assert_true (has_keyboard (&scene, 0));
  end (&scene);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (only_what_is_asked_for_is_there_and_why),
    cmocka_unit_test (what_was_left_out_is_asked_for_in_its_order),
    cmocka_unit_test (the_wrong_one_alone_is_typed_anew),
    cmocka_unit_test (refused_for_something_else_both_are_typed_anew),
  };

  return jk_stage_open () ? cmocka_run_group_tests (tests, NULL, NULL) : 0;
}
