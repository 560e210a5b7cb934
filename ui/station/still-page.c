/* SPDX-License-Identifier: Apache-2.0 */
/* station/still-page.c: see the header. */
#include "station/still-page.h"

#include "common/announce.h"
#include "common/children.h"
#include "common/duration.h"
#include "common/paragraph.h"
#include "station/sentences.h"

#include <glib/gi18n.h>

struct _JkStillPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkLabel *seat;
  JkParagraph *title;
  JkParagraph *text;
  GtkLabel *left;
  JkParagraph *problem;
  GtkWidget *go_on;
};

G_DEFINE_FINAL_TYPE (JkStillPage, jk_still_page, GTK_TYPE_WIDGET)

static void
update_left (JkStillPage *self)
{
  g_autofree char *left = jk_duration_dup (jk_desk_get_left_s (self->desk));
  /* Translators: zh: 剩余时间 %s */
  g_autofree char *text = g_strdup_printf (_ ("Time left %s"), left);

  gtk_label_set_text (self->left, text);
}

static void
on_go_on (JkStillPage *self)
{
  g_autoptr (GError) error = NULL;

  if (jk_desk_continue (self->desk, &error))
    return;
  g_autofree char *sentence = jk_sentence_dup (self->desk, error);
  jk_paragraph_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  jk_announce (GTK_WIDGET (self), sentence);
}

/* Where all end together, the hall's end does not wait for a pause. */
static void
show_paused (JkStillPage *self)
{
  gboolean is_common =
      jk_session_get_policy (jk_desk_get_session (self->desk))->end == JK_END_COMMON;

  /* Translators: zh: 考试暂停 */
  jk_paragraph_set_text (self->title, _ ("The exam is paused"));
  if (is_common)
    jk_paragraph_set_text (self->text,
                           /* Translators: zh: 您的作答已保存。请在座位上等候，恢复后可继续作答。 */
                           _ ("Your answers are saved. Stay at your seat; you can go on when the "
                              "proctors resume the exam."));
  else
    jk_paragraph_set_text (self->text,
                           /* Translators: zh: 您的作答已保存，暂停期间不计时。请在座位上等候。 */
                           _ ("Your answers are saved, and your time stands still. Stay at your "
                              "seat; you can go on when the proctors resume the exam."));
}

static void
show_held (JkStillPage *self)
{
  /* Translators: zh: 请举手，由监考人员允许续考 */
  jk_paragraph_set_text (self->title, _ ("Raise your hand: a proctor must let you go on"));
  jk_paragraph_set_text (
      self->text,
      /* Translators: zh: 考试中断超过了本场规则允许的时间或次数。您的作答已保存。 */
      _ ("The exam was interrupted for longer, or more often, than the rules of "
         "this session allow. Your answers are saved."));
}

static void
show_arrived (JkStillPage *self)
{
  const JkPolicy *policy = jk_session_get_policy (jk_desk_get_session (self->desk));
  gint64 saved_ms = jk_desk_get_saved_wall_ms (self->desk);
  guint n = jk_desk_get_n_answered (self->desk);
  g_autofree char *hour = jk_duration_dup_hour (saved_ms, policy->zone_min);
  g_autofree char *text = NULL;

  /* Translators: zh: 已换到本机续考 */
  jk_paragraph_set_text (self->title, _ ("Your exam goes on at this computer"));
  if (saved_ms > 0)
    text = g_strdup_printf (
        /* Translators: zh: 已恢复您在 %s 之前的作答（%u 题）。 */
        ngettext ("Your answers from before %s are back (%u item).",
                  "Your answers from before %s are back (%u items).",
                  n),
        hour,
        n);
  else
    text = g_strdup_printf (
        /* Translators: zh: 已恢复您的作答（%u 题）。 */
        ngettext ("Your answers are back (%u item).", "Your answers are back (%u items).", n),
        n);
  g_autofree char *all =
      g_strconcat (text,
                   /* Translators: follows another sentence. zh: 点击“继续作答”后恢复计时。 */
                   _ (" The time goes on when you press “Go on answering”."),
                   NULL);
  jk_paragraph_set_text (self->text, all);
}

static void
dispose (GObject *object)
{
  JkStillPage *self = JK_STILL_PAGE (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_STILL_PAGE);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_still_page_parent_class)->dispose (object);
}

static void
jk_still_page_class_init (JkStillPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (JK_TYPE_PARAGRAPH);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/still-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkStillPage, seat);
  gtk_widget_class_bind_template_child (widget_class, JkStillPage, title);
  gtk_widget_class_bind_template_child (widget_class, JkStillPage, text);
  gtk_widget_class_bind_template_child (widget_class, JkStillPage, left);
  gtk_widget_class_bind_template_child (widget_class, JkStillPage, problem);
  gtk_widget_class_bind_template_child (widget_class, JkStillPage, go_on);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on);
}

static void
jk_still_page_init (JkStillPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_still_page_new (JkDesk *desk)
{
  JkStillPage *self = g_object_new (JK_TYPE_STILL_PAGE, NULL);
  JkPage page = jk_desk_get_page (desk);

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->seat, jk_desk_get_label (desk));
  if (page == JK_PAGE_PAUSED)
    show_paused (self);
  else if (page == JK_PAGE_HELD)
    show_held (self);
  else
    show_arrived (self);
  gtk_widget_set_visible (self->go_on, page == JK_PAGE_ARRIVED);
  g_signal_connect_object (desk, "notify::left", G_CALLBACK (update_left), self, G_CONNECT_SWAPPED);
  update_left (self);
  return GTK_WIDGET (self);
}
