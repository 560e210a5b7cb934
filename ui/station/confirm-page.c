/* SPDX-License-Identifier: Apache-2.0 */
/* station/confirm-page.c: data, rules and promise, one after the other. */
#include "station/confirm-page.h"

#include "common/children.h"
#include "common/paragraph.h"
#include "common/photo.h"
#include "station/candidate-data.h"
#include "station/rules.h"
#include "station/sentences.h"
#include "station/view-tools.h"

#include <glib/gi18n.h>

#define TICK_MS 250
#define LINE_PX 48.0
#define PAGE_PART 0.9

typedef enum {
  STEP_DATA,
  STEP_RULES,
  STEP_PROMISE,
  N_STEPS,
} Step;

struct _JkConfirmPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkLabel *title, *step_name, *reason;
  GtkWidget *scroll, *identity, *rules, *promise, *help, *photo, *no_photo;
  GtkWidget *agree, *next, *wrong, *back;
  GtkGrid *data;
  JkParagraph *late, *problem;

  /* Plain */
  Step step;
  gint64 reading_ends_us; /* monotonic; 0: reading has not begun */
  guint tick;             /* source */
  gboolean had_focus;
};

G_DEFINE_FINAL_TYPE (JkConfirmPage, jk_confirm_page, GTK_TYPE_WIDGET)

static const JkPolicy *
get_policy (JkConfirmPage *self)
{
  return jk_session_get_policy (jk_desk_get_session (self->desk));
}

/* Seconds until the rules count as read, rounded up. */
static guint
measure_reading_s (JkConfirmPage *self)
{
  gint64 left_us = self->reading_ends_us - g_get_monotonic_time ();

  return left_us <= 0 ? 0 : (guint) ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

static const char *
get_title (Step step)
{
  switch (step) {
  case STEP_DATA:
    /* Translators: zh: 信息确认 */
    return _ ("Confirm information");
  case STEP_RULES:
    /* Translators: zh: 考场规则和考生须知 */
    return _ ("Room rules and notes for candidates");
  default:
    /* Translators: zh: 诚信考试承诺书 */
    return _ ("Honesty commitment");
  }
}

static const char *
get_next (Step step)
{
  switch (step) {
  case STEP_DATA:
    /* Translators: zh: 信息无误，确认登录 */
    return _ ("Information correct, log in");
  case STEP_RULES:
    /* Translators: zh: 我已阅读 */
    return _ ("I have read this");
  default:
    /* Translators: zh: 确认承诺 */
    return _ ("Promise and go on");
  }
}

/* Why the way on is shut, or nothing. */
static void
show_reason (JkConfirmPage *self)
{
  guint left_s = self->step == STEP_RULES ? measure_reading_s (self) : 0;
  gboolean is_promise_open =
      self->step == STEP_PROMISE && !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->agree));
  /* Translators: zh: 请先勾选“我已阅读并承诺遵守”。 */
  const char *tick = _ ("First tick “I have read this and will comply”.");
  /* Translators: zh: 请仔细阅读（剩余 %u 秒） */
  g_autofree char *read = g_strdup_printf (_ ("Please read (%u s left)"), left_s);

  gtk_label_set_text (self->reason, left_s > 0 ? read : is_promise_open ? tick : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), left_s > 0 || is_promise_open);
  gtk_widget_set_sensitive (self->next, left_s == 0 && !is_promise_open);
}

/* What is left to do before answering, once the start has passed. */
static void
show_late (JkConfirmPage *self)
{
  /* Translators: zh: 考试已经开始计时，请尽快点击“我已阅读”进入作答。 */
  const char *read = _ ("The exam has started: press “I have read this” soon to begin.");
  /* Translators: zh: 考试已经开始计时，请尽快确认承诺，进入作答。 */
  const char *promise = _ ("The exam has started: confirm the commitment soon to begin.");

  jk_paragraph_set_text (self->late, self->step == STEP_PROMISE ? promise : read);
  gtk_widget_set_visible (GTK_WIDGET (self->late), jk_desk_get_start_in_ms (self->desk) < 0);
}

static void
refresh (JkConfirmPage *self)
{
  gboolean is_calling = jk_desk_is_calling (self->desk);
  /* Translators: zh: 第 %u 步，共 %u 步 */
  g_autofree char *step = g_strdup_printf (_ ("Step %u of %u"), self->step + 1u, (guint) N_STEPS);
  /* Translators: zh: 取消举手 */
  const char *lower = _ ("Lower hand");
  /* Translators: zh: 信息有误，请举手 */
  const char *raise = _ ("Information wrong, raise hand");

  gtk_label_set_text (self->title, get_title (self->step));
  gtk_label_set_text (self->step_name, step);
  gtk_button_set_label (GTK_BUTTON (self->next), get_next (self->step));
  gtk_button_set_label (GTK_BUTTON (self->wrong), is_calling ? lower : raise);
  gtk_widget_set_visible (self->identity, self->step == STEP_DATA);
  gtk_widget_set_visible (self->rules, self->step == STEP_RULES);
  gtk_widget_set_visible (self->promise, self->step == STEP_PROMISE);
  gtk_widget_set_visible (self->agree, self->step == STEP_PROMISE);
  gtk_widget_set_visible (self->wrong, self->step == STEP_DATA);
  gtk_widget_set_visible (self->back, self->step != STEP_DATA);
  gtk_widget_set_visible (self->help, is_calling);
  show_late (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroll),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_title (self->step),
                                  -1);
  show_reason (self);
}

static gboolean
tick (gpointer user_data)
{
  JkConfirmPage *self = user_data;
  gboolean was_shut = !gtk_widget_get_sensitive (self->next);

  show_reason (self);
  show_late (self);
  if (was_shut && gtk_widget_get_sensitive (self->next) && self->step == STEP_RULES)
    gtk_widget_grab_focus (self->next);
  return G_SOURCE_CONTINUE;
}

static GtkWidget *
get_first (JkConfirmPage *self)
{
  if (self->step == STEP_PROMISE)
    return self->agree;
  return gtk_widget_get_sensitive (self->next) ? self->next : self->scroll;
}

static void
go_to (JkConfirmPage *self, Step step)
{
  GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));

  self->step = step;
  if (step == STEP_RULES && self->reading_ends_us == 0)
    self->reading_ends_us =
        g_get_monotonic_time () + (gint64) get_policy (self)->reading_s * G_USEC_PER_SEC;
  jk_paragraph_set_text (self->problem, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  refresh (self);
  gtk_adjustment_set_value (at, 0);
  gtk_widget_grab_focus (get_first (self));
}

static void
promise (JkConfirmPage *self)
{
  g_autoptr (GError) error = NULL;

  if (jk_desk_confirm (self->desk, &error))
    return;
  g_autofree char *sentence = jk_sentence_dup (self->desk, error);
  jk_paragraph_set_text (self->problem, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
on_next (JkConfirmPage *self)
{
  if (self->step == STEP_PROMISE) {
    promise (self);
    return;
  }
  if (self->step == STEP_DATA && jk_desk_is_calling (self->desk))
    jk_desk_call_proctor (self->desk, FALSE);
  go_to (self, self->step + 1);
}

static void
on_back (JkConfirmPage *self)
{
  go_to (self, self->step - 1);
}

static void
on_wrong (JkConfirmPage *self)
{
  jk_desk_call_proctor (self->desk, !jk_desk_is_calling (self->desk));
  refresh (self);
}

static void
add_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 8);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_numbered (GtkWidget *box, guint number, const char *text)
{
  g_autofree char *line = g_strdup_printf ("%u. %s", number, text);
  GtkWidget *paragraph = jk_paragraph_new (line);

  g_object_set (paragraph, "max-chars", 60u, NULL);
  gtk_widget_add_css_class (paragraph, "lead");
  gtk_box_append (GTK_BOX (box), paragraph);
}

static void
add_list (GtkWidget *box, char **sentences)
{
  for (guint n = 0; sentences[n] != NULL; n++)
    add_numbered (box, n + 1, sentences[n]);
}

static void
fill_rules (JkConfirmPage *self)
{
  const JkExcerpt *excerpt = jk_session_get_excerpt (jk_desk_get_session (self->desk));
  guint extra_min = jk_desk_get_person (self->desk)->extra_min;
  g_auto (GStrv) rules = jk_rules_dup (get_policy (self),
                                       jk_excerpt_get_duration_min (excerpt) + extra_min,
                                       extra_min);
  g_auto (GStrv) operation = jk_rules_dup_operation ();

  /* Translators: zh: 本场规则 */
  add_heading (self->rules, _ ("Rules of this session"));
  add_list (self->rules, rules);
  /* Translators: zh: 操作说明 */
  add_heading (self->rules, _ ("How to operate"));
  add_list (self->rules, operation);
  if (jk_excerpt_get_n_precautions (excerpt) > 0)
    /* Translators: zh: 考生须知 */
    add_heading (self->rules, _ ("Notes for candidates"));
  for (guint n = 0; n < jk_excerpt_get_n_precautions (excerpt); n++)
    add_numbered (self->rules, n + 1, jk_excerpt_get_precaution (excerpt, n));
}

static gboolean
scroll_by (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  JkConfirmPage *self = JK_CONFIRM_PAGE (widget);
  GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  int direction, is_page;

  g_variant_get (args, "(ii)", &direction, &is_page);
  double step = is_page ? gtk_adjustment_get_page_size (at) * PAGE_PART : LINE_PX;
  gtk_adjustment_set_value (at, gtk_adjustment_get_value (at) + direction * step);
  return TRUE;
}

/* GTK looks for the first control by place, and a page that was just made has none yet. Later Tab
 * goes on from the last button to the text. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  JkConfirmPage *self = JK_CONFIRM_PAGE (widget);

  if (direction == GTK_DIR_TAB_FORWARD && !self->had_focus &&
      gtk_widget_grab_focus (get_first (self))) {
    self->had_focus = TRUE;
    return TRUE;
  }
  return GTK_WIDGET_CLASS (jk_confirm_page_parent_class)->focus (widget, direction);
}

static void
dispose (GObject *object)
{
  JkConfirmPage *self = JK_CONFIRM_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_CONFIRM_PAGE);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_confirm_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/confirm-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, title);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, step_name);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, reason);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, late);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, scroll);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, identity);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, rules);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, promise);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, help);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, photo);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, no_photo);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, agree);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, next);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, wrong);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, back);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, data);
  gtk_widget_class_bind_template_child (widget_class, JkConfirmPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_wrong);
}

static void
jk_confirm_page_class_init (JkConfirmPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_VIEW_TOOLS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->focus = focus;
  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, scroll_by, "(ii)", -1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, scroll_by, "(ii)", 1, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, scroll_by, "(ii)", -1, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, scroll_by, "(ii)", 1, 1);
}

static void
jk_confirm_page_init (JkConfirmPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_confirm_page_new (JkDesk *desk)
{
  JkConfirmPage *self = g_object_new (JK_TYPE_CONFIRM_PAGE, NULL);
  g_auto (GStrv) points = jk_rules_dup_promise ();

  self->desk = g_object_ref (desk);
  jk_candidate_data_fill (self->data, desk);
  jk_photo_show (GTK_PICTURE (self->photo), self->no_photo, jk_desk_get_photo (desk));
  fill_rules (self);
  add_list (self->promise, points);
  refresh (self);
  g_signal_connect_object (desk, "called", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  self->tick = g_timeout_add (TICK_MS, tick, self);
  return GTK_WIDGET (self);
}
