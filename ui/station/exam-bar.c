/* SPDX-License-Identifier: Apache-2.0 */
/* station/exam-bar.c: the title bar of the exam. */
#include "station/exam-bar.h"

#include "common/duration.h"
#include "common/paragraph.h"
#include "common/person-name.h"
#include "common/style-class.h"
#include "common/wrap-layout.h"
#include "common/exam-name.h"
#include "station/save-sentence.h"

#include <glib/gi18n.h>

#define MINUTE_S 60
#define MINUTE_MS 60000

struct _JkExamBar {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkWidget *who;
  JkParagraph *candidate;
  JkParagraph *subject;
  JkParagraph *save;
  GtkWidget *clock;
  JkParagraph *left;
  JkParagraph *reason;
  GtkWidget *hand_in;
};

G_DEFINE_FINAL_TYPE (JkExamBar, jk_exam_bar, GTK_TYPE_WIDGET)

static const JkPolicy *
get_policy (JkExamBar *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);

  return session != NULL ? jk_session_get_policy (session) : NULL;
}

static void
show_people (JkExamBar *self)
{
  const JkSession *session = jk_desk_get_session (self->desk);
  g_autofree char *candidate = jk_person_name_dup (self->desk);

  if (session == NULL || candidate == NULL)
    return;
  g_autofree char *subject = jk_exam_name_dup (session);

  jk_paragraph_set_text (self->candidate, candidate);
  jk_paragraph_set_text (self->subject, subject);
}

static void
show_save (JkExamBar *self)
{
  JkSave save = jk_desk_get_save (self->desk);
  const JkPolicy *policy = get_policy (self);
  g_autofree char *sentence = jk_save_sentence_dup (save,
                                                    jk_desk_get_saved_wall_ms (self->desk),
                                                    policy != NULL ? policy->zone_min : 0);

  jk_paragraph_set_text (self->save, sentence);
  jk_style_class_set (GTK_WIDGET (self->save), "saved", save == JK_SAVE_SAVED);
  jk_style_class_set (GTK_WIDGET (self->save),
                      "notice",
                      save == JK_SAVE_FULL || save == JK_SAVE_FAILED);
}

static guint64
get_warning_s (const JkPolicy *policy, guint n)
{
  return policy != NULL && n < policy->n_warn ? (guint64) policy->warn_at_min[n] * MINUTE_S : 0;
}

static void
show_left (JkExamBar *self)
{
  guint64 left = jk_desk_get_left_s (self->desk);
  const JkPolicy *policy = get_policy (self);
  gboolean is_last = left <= get_warning_s (policy, 1);
  g_autofree char *shown = g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u",
                                            left / 3600,
                                            (guint) (left / 60 % 60),
                                            (guint) (left % 60));
  g_autofree char *spoken = jk_duration_dup_minutes_left (left);

  jk_paragraph_set_ticking (self->left, shown, spoken);
  jk_style_class_set (self->clock, "stop", is_last);
  jk_style_class_set (self->clock, "warn", !is_last && left <= get_warning_s (policy, 0));
}

static void
show_hand_in (JkExamBar *self)
{
  guint64 opens_ms = jk_desk_get_hand_in_opens_ms (self->desk);
  guint64 opens_s = (opens_ms + 999) / 1000;
  const JkPolicy *policy = get_policy (self);
  guint after = policy != NULL ? policy->earliest_hand_in_min : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->reason), opens_ms > 0);
  if (opens_ms == 0)
    return;
  g_autofree char *wait =
      g_strdup_printf ("%02u:%02u", (guint) (opens_s / 60), (guint) (opens_s % 60));
  g_autofree char *shown = g_strdup_printf (
      /* Translators: minutes, minutes:seconds. zh: 开考 %u 分钟后方可交卷，还需等待 %s。 */
      _ ("Hand-in opens %u min after the start, in %s."),
      after,
      wait);
  g_autofree char *spoken = g_strdup_printf (
      /* Translators: for screen readers. zh: 开考 %u 分钟后方可交卷，还需等待 %u 分钟。 */
      _ ("Hand-in opens %u min after the start, in %u min."),
      after,
      (guint) ((opens_ms + MINUTE_MS - 1) / MINUTE_MS));
  jk_paragraph_set_ticking (self->reason, shown, spoken);
}

static void
tick (JkExamBar *self)
{
  show_left (self);
  show_hand_in (self);
}

static void
dispose (GObject *object)
{
  JkExamBar *self = JK_EXAM_BAR (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_EXAM_BAR);
  G_OBJECT_CLASS (jk_exam_bar_parent_class)->dispose (object);
}

static void
jk_exam_bar_class_init (JkExamBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/exam-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, who);
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, candidate);
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, subject);
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, save);
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, clock);
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, left);
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, reason);
  gtk_widget_class_bind_template_child (widget_class, JkExamBar, hand_in);
}

static void
jk_exam_bar_init (JkExamBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_exam_bar_new (JkDesk *desk)
{
  JkExamBar *self = g_object_new (JK_TYPE_EXAM_BAR, NULL);

  self->desk = g_object_ref (desk);
  show_people (self);
  show_save (self);
  tick (self);
  g_signal_connect_object (desk, "notify::save", G_CALLBACK (show_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::left", G_CALLBACK (tick), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
