/* SPDX-License-Identifier: Apache-2.0 */
/* station/waiting-page.c: 等待开考. */
#include "station/waiting-page.h"

#include "common/children.h"
#include "common/code-entry.h"
#include "common/duration.h"
#include "common/in-sight.h"
#include "common/paragraph.h"
#include "common/person-name.h"
#include "common/exam-name.h"
#include "station/sentences.h"
#include "station/view-tools.h"

#include <glib/gi18n.h>

#define TICK_MS 250
#define MS_PER_S 1000
#define S_PER_MIN 60

struct _JkWaitingPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkLabel *who, *exam, *what, *first_title;
  GtkWidget *time_title, *first, *second_title, *second, *start;
  GtkScrolledWindow *scroll;
  JkParagraph *time, *problem;

  /* Plain */
  gboolean has_halves;
  guint tick; /* source */
};

G_DEFINE_FINAL_TYPE (JkWaitingPage, jk_waiting_page, GTK_TYPE_WIDGET)

static gboolean
show_time (gpointer user_data)
{
  JkWaitingPage *self = user_data;
  gint64 ms = jk_desk_get_start_in_ms (self->desk);
  guint64 left_s = ms > 0 ? ((guint64) ms + MS_PER_S - 1) / MS_PER_S : 0;
  guint minutes = (guint) ((left_s + S_PER_MIN - 1) / S_PER_MIN);
  g_autofree char *left = jk_duration_dup (left_s);
  /* Translators: zh: %u 分钟 */
  g_autofree char *spoken =
      g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);
  /* Translators: zh: 请等待监考人员发出开考指令。宣布启封码后，请在下方输入。 */
  const char *before = _ ("Wait for the proctor's signal, then type the start code announced.");
  /* Translators: zh: 已到开考时间。请等待监考人员宣布启封码，并在下方输入。 */
  const char *after = _ ("It is time to start. Wait for the start code, then type it here.");

  jk_paragraph_set_ticking (self->time, left, spoken);
  gtk_widget_set_visible (GTK_WIDGET (self->time), ms > 0);
  gtk_widget_set_visible (self->time_title, ms > 0);
  gtk_label_set_text (self->what, ms > 0 ? before : after);
  return G_SOURCE_CONTINUE;
}

static void
refresh (JkWaitingPage *self)
{
  gboolean is_busy = jk_desk_is_busy (self->desk);
  gboolean was_busy = !gtk_widget_get_sensitive (self->first);
  /* Translators: zh: 正在启封… */
  const char *busy = _ ("Opening the paper…");
  /* Translators: zh: 开始考试 */
  const char *start = _ ("Start the exam");

  gtk_widget_set_sensitive (self->first, !is_busy);
  gtk_widget_set_sensitive (self->second, !is_busy);
  gtk_widget_set_sensitive (self->start, !is_busy);
  gtk_button_set_label (GTK_BUTTON (self->start), is_busy ? busy : start);
  if (was_busy && !is_busy)
    gtk_widget_grab_focus (self->first);
}

static void
show_problem (JkWaitingPage *self, const char *sentence)
{
  jk_paragraph_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
started_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkWaitingPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jk_desk_finish (JK_DESK (object), result, &error) || self->problem == NULL)
    return;
  g_autofree char *sentence = jk_sentence_dup (self->desk, error);
  show_problem (self, sentence);
}

static void
on_start (JkWaitingPage *self)
{
  const char *first = gtk_editable_get_text (GTK_EDITABLE (self->first));
  const char *second =
      self->has_halves ? gtk_editable_get_text (GTK_EDITABLE (self->second)) : NULL;

  if (jk_desk_is_busy (self->desk))
    return;
  if (first[0] == '\0' || (second != NULL && second[0] == '\0')) {
    /* Translators: zh: 请输入监考人员宣布的启封码。 */
    show_problem (self, _ ("Type the start code that the proctor announces."));
    gtk_widget_grab_focus (first[0] == '\0' ? self->first : self->second);
    return;
  }
  show_problem (self, NULL);
  jk_desk_start_async (self->desk, first, second, started_cb, g_object_ref (self));
}

static void
on_first_done (JkWaitingPage *self)
{
  if (self->has_halves)
    gtk_widget_grab_focus (self->second);
  else
    on_start (self);
}

static void
show_who (JkWaitingPage *self)
{
  g_autofree char *exam = jk_exam_name_dup (jk_desk_get_session (self->desk));
  g_autofree char *who = jk_person_name_dup (self->desk);

  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->exam, exam);
}

static void
show_codes (JkWaitingPage *self)
{
  /* Translators: zh: 启封码（主考持有的一半） */
  const char *half = _ ("Start code (the chief examiner's half)");
  /* Translators: zh: 启封码 */
  const char *whole = _ ("Start code");
  const char *title = self->has_halves ? half : whole;

  gtk_label_set_text (self->first_title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->first),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  gtk_widget_set_visible (self->second_title, self->has_halves);
  gtk_widget_set_visible (self->second, self->has_halves);
}

/* GTK looks for the first control by place, and a page that was just made has none yet. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  JkWaitingPage *self = JK_WAITING_PAGE (widget);

  if (direction == GTK_DIR_TAB_FORWARD && gtk_widget_get_focus_child (widget) == NULL &&
      gtk_widget_grab_focus (self->first))
    return TRUE;
  return GTK_WIDGET_CLASS (jk_waiting_page_parent_class)->focus (widget, direction);
}

static void
dispose (GObject *object)
{
  JkWaitingPage *self = JK_WAITING_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_WAITING_PAGE);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_waiting_page_parent_class)->dispose (object);
}

static void
jk_waiting_page_class_init (JkWaitingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_CODE_ENTRY);
  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_VIEW_TOOLS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->focus = focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/waiting-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, who);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, exam);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, time);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, what);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, first_title);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, time_title);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, first);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, second_title);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, second);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, start);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, problem);
  gtk_widget_class_bind_template_child (widget_class, JkWaitingPage, scroll);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
  gtk_widget_class_bind_template_callback (widget_class, on_first_done);
}

static void
jk_waiting_page_init (JkWaitingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jk_in_sight_keep (self->scroll, GTK_WIDGET (self->problem));
}

GtkWidget *
jk_waiting_page_new (JkDesk *desk)
{
  JkWaitingPage *self = g_object_new (JK_TYPE_WAITING_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->has_halves = jk_session_get_n_start_codes (jk_desk_get_session (desk)) > 1;
  g_signal_connect_object (desk, "notify::busy", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  show_who (self);
  show_codes (self);
  show_time (self);
  refresh (self);
  self->tick = g_timeout_add (TICK_MS, show_time, self);
  return GTK_WIDGET (self);
}
