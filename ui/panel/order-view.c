/* SPDX-License-Identifier: Apache-2.0 */
/* panel/order-view.c: see the header. */
#include "panel/order-view.h"

#include "common/children.h"
#include "common/first-focus.h"
#include "common/in-sight.h"
#include "common/locale.h"
#include "common/paragraph.h"
#include "common/problem.h"
#include "desk/closing.h"
#include "panel/act-text.h"
#include "panel/ready-words.h"
#include "panel/refusal.h"
#include "panel/role-picker.h"
#include "panel/signers.h"
#include "panel/slip-view.h"

#include <glib/gi18n.h>
#include <string.h>

#define MS_PER_MIN G_GUINT64_CONSTANT (60000)
#define USUAL_MIN 5

struct _JkOrderView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  JkPanel *panel;
  char *wanted; /* what must be typed; NULL: nothing */

  /* Of the template */
  GtkScrolledWindow *scroll;
  GtkLabel *title, *who;
  GtkWidget *minutes_box, *about_box, *typed_box;
  GtkSpinButton *minutes;
  GtkAdjustment *minutes_range;
  GtkWidget *typed, *back, *go;
  JkSlipView *slip;
  JkRolePicker *about;
  JkSigners *signers;
  JkReadyWords *text, *reason;
  JkParagraph *what, *counts, *typed_title, *problem;

  /* Plain */
  JkPanelAsk ask;
  JkAct act;
  guint words; /* under which of act-text.h it goes */
  guint32 record;
  gboolean is_at_it; /* it was given, and is not done yet */
};

G_DEFINE_FINAL_TYPE (JkOrderView, jk_order_view, GTK_TYPE_WIDGET)

static guint done;

/* The table has no unit; an act about an envelope has a role for its amount. */
static gboolean
is_about_role (JkAct act)
{
  return act == JK_ACT_REVOKE_ROLE || act == JK_ACT_NAME_PERSON;
}

static char *
dup_done (JkOrderView *self)
{
  const char *who = gtk_label_get_text (self->who);
  const char *title = jk_act_text_get_title (self->words);

  if (self->act == JK_ACT_COPY)
    return g_strdup_printf (
        /* Translators: zh: 已完成：%s。已写入 %s 并读回核对。 */
        _ ("Done: %s. They lie in %s, and were read back."),
        title,
        jk_desk_get_inbox (self->desk));
  if (who[0] == '\0')
    /* Translators: an order was given. zh: 已完成：%s */
    return g_strdup_printf (_ ("Done: %s"), title);
  /* Translators: an order was given, for somebody. zh: 已完成：%s（%s） */
  return g_strdup_printf (_ ("Done: %s (%s)"), title, who);
}

static void
update_busy (JkOrderView *self)
{
  gboolean is_busy = self->is_at_it || jk_desk_is_busy (self->desk);

  gtk_widget_set_sensitive (self->go, !is_busy);
  if (!is_busy)
    gtk_button_set_label (GTK_BUTTON (self->go), jk_act_text_get_title (self->words));
  else if (self->act == JK_ACT_COPY)
    /* Translators: results to a folder. zh: 正在导出… */
    gtk_button_set_label (GTK_BUTTON (self->go), _ ("Copying…"));
  else
    /* Translators: zh: 正在执行… */
    gtk_button_set_label (GTK_BUTTON (self->go), _ ("Carrying it out…"));
}

static void
given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkOrderView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = jk_panel_finish (JK_PANEL (source), result, &error);

  /* The panel was closed meanwhile. */
  if (self->problem == NULL)
    return;
  self->is_at_it = FALSE;
  update_busy (self);
  if (ok) {
    g_autofree char *sentence = dup_done (self);
    jk_signers_clear (self->signers);
    g_signal_emit (self, done, 0, sentence);
    return;
  }
  JkRoleName refused = jk_panel_get_refused_role (self->panel, result);
  g_autofree char *sentence = jk_refusal_dup_of (error, refused);
  jk_problem_tell (self->problem, sentence);
  jk_signers_refuse (self->signers, refused);
}

/* What was not filled in, with the sentence that asks for it; NULL: nothing was left out. What an
 * act wants src checks once more. */
static GtkWidget *
find_missing (JkOrderView *self, const char **out_sentence)
{
  const struct {
    gboolean is_missing;
    gpointer widget;
    const char *sentence;
  } checks[] = {
    { self->ask.text && jk_ready_words_get_text (self->text)[0] == '\0',
      jk_ready_words_get_entry (self->text),
      /* Translators: zh: 请填写内容。 */
      _ ("Fill in the text.") },
    { self->ask.reason && jk_ready_words_get_text (self->reason)[0] == '\0',
      jk_ready_words_get_entry (self->reason),
      /* Translators: zh: 请填写原因。 */
      _ ("Give a reason.") },
    { self->wanted != NULL &&
          !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->typed)), self->wanted),
      self->typed,
      /* Translators: zh: 确认内容不符，请按上面的要求输入。 */
      _ ("What is typed to confirm is not what is asked above.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    *out_sentence = checks[i].sentence;
    if (checks[i].is_missing)
      return checks[i].widget;
  }
  return jk_signers_find_missing (self->signers, out_sentence);
}

/* FALSE, and said, where something is missing, or the slip is not that of the candidate. */
static gboolean
read_order (JkOrderView *self, JkPanelOrder *order)
{
  g_autoptr (GError) error = NULL;
  const char *sentence;
  GtkWidget *missing = find_missing (self, &sentence);

  if (self->ask.subject && !jk_slip_view_check (self->slip, order->subject, &error)) {
    g_autofree char *refusal = jk_refusal_dup (error);
    jk_problem_tell (self->problem, refusal);
    gtk_widget_grab_focus (jk_slip_view_get_entry (self->slip));
    return FALSE;
  }
  if (missing != NULL) {
    jk_problem_tell (self->problem, sentence);
    gtk_widget_grab_focus (missing);
    return FALSE;
  }
  order->act = self->act;
  order->record = self->record;
  order->text = self->ask.text ? jk_ready_words_get_text (self->text) : NULL;
  order->reason = self->ask.reason ? jk_ready_words_get_text (self->reason) : NULL;
  order->second = jk_signers_get_second (self->signers);
  if (self->ask.amount_max > 0 && is_about_role (self->act))
    order->amount = jk_role_picker_get_role (self->about);
  else if (self->ask.amount_max > 0)
    order->amount = (guint64) gtk_spin_button_get_value_as_int (self->minutes) * MS_PER_MIN;
  return TRUE;
}

static void
on_go (JkOrderView *self)
{
  JkPanelOrder order = { 0 };

  if (self->is_at_it || jk_desk_is_busy (self->desk) || !read_order (self, &order))
    return;
  g_autoptr (JkSecret) again = jk_signers_dup_again (self->signers);
  g_autoptr (JkSecret) second = jk_signers_dup_second (self->signers);
  order.again = (const char *) jk_secret_get (again);
  order.second_passcode = (const char *) jk_secret_get (second);
  jk_problem_tell (self->problem, NULL);
  self->is_at_it = TRUE;
  jk_panel_give_async (self->panel, &order, given, g_object_ref (self));
}

static void
update_counts (JkOrderView *self)
{
  JkDeskCounts counts;

  if (self->ask.confirm != JK_CONFIRM_COUNTS || !jk_desk_count (self->desk, &counts))
    return;
  g_autofree char *text = g_strdup_printf (
      /* Translators: zh: 本机考生 %u 人：未交卷 %u，已交卷 %u（其中答题数为 0 的 %u，已收卷
         %u），已换机 %u。请逐一核实。 */
      _ ("Candidates at this PC: %u. Not handed in: %u. Handed in: %u (with no answer: %u, "
         "collected: %u). Moved away: %u. Check each of them."),
      counts.n_begun,
      counts.n_going_on,
      counts.n_handed_in,
      counts.n_empty,
      counts.n_collected,
      counts.n_moved);
  jk_paragraph_set_text (self->counts, text);
}

static void
show_amount (JkOrderView *self)
{
  gboolean has_amount = self->ask.amount_max > 0;
  double least = (double) (self->ask.amount_min / MS_PER_MIN);

  gtk_widget_set_visible (self->minutes_box, has_amount && !is_about_role (self->act));
  gtk_widget_set_visible (self->about_box, has_amount && is_about_role (self->act));
  if (!has_amount)
    return;
  if (is_about_role (self->act)) {
    jk_role_picker_offer (self->about, jk_desk_get_session (self->desk), 1u << JK_ROLE_CHIEF);
    return;
  }
  gtk_adjustment_set_lower (self->minutes_range, least);
  gtk_adjustment_set_upper (self->minutes_range, (double) (self->ask.amount_max / MS_PER_MIN));
  gtk_adjustment_set_value (self->minutes_range, least > 0 ? USUAL_MIN : 0);
}

/* The codes of the table of incidents that is installed here, as orders carry them.
 * NULL-terminated; the caller frees. */
static char **
dup_codes (JkOrderView *self)
{
  const JkIncidents *table = jk_desk_get_incidents (self->desk);
  JkIncidentKind kind = self->act == JK_ACT_VIOLATION ? JK_INCIDENT_VIOLATION : JK_INCIDENT_OTHER;
  gboolean is_chinese = jk_locale_get_language () == JK_LANGUAGE_CHINESE;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint n = 0; table != NULL && n < jk_incidents_get_n (table); n++) {
    const JkIncident *incident = jk_incidents_get (table, n);
    if (incident->kind != kind)
      continue;
    g_autofree char *text =
        jk_incident_dup_text (incident->code, is_chinese ? incident->title : incident->title_en);
    g_strv_builder_add (words, text);
  }
  return g_strv_builder_end (words);
}

/* What is ready to be chosen: the codes first, for who records a violation. */
static void
offer_texts (JkOrderView *self, const char *title)
{
  gboolean has_codes = self->act == JK_ACT_VIOLATION || self->act == JK_ACT_INCIDENT;
  g_auto (GStrv) codes = has_codes ? dup_codes (self) : NULL;

  if (codes != NULL && codes[0] != NULL)
    jk_ready_words_offer (self->text, title, (const char *const *) codes);
  else
    jk_ready_words_offer (self->text, title, jk_act_text_get_texts (self->act));
}

static void
show_words (JkOrderView *self)
{
  const char *text_title;

  switch (self->act) {
  case JK_ACT_INCIDENT:
  case JK_ACT_VIOLATION:
    /* Translators: zh: 事实描述 */
    text_title = _ ("Facts");
    break;
  case JK_ACT_WALK_IN:
  case JK_ACT_NAME_PERSON:
    /* Translators: zh: 姓名 */
    text_title = _ ("Name");
    break;
  default:
    /* Translators: zh: 内容 */
    text_title = _ ("Text");
  }
  gtk_widget_set_visible (GTK_WIDGET (self->text), self->ask.text);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), self->ask.reason);
  offer_texts (self, text_title);
  jk_ready_words_offer (self->reason,
                        /* Translators: zh: 原因（必填） */
                        _ ("Reason (must be given)"),
                        jk_act_text_get_reasons (self->words));
}

static void
show_typed (JkOrderView *self, const char *typed)
{
  if (self->ask.confirm == JK_CONFIRM_TYPED)
    self->wanted = g_strdup (typed);
  gtk_widget_set_visible (self->typed_box, self->wanted != NULL);
  if (self->wanted == NULL)
    return;
  g_autofree char *title = g_strdup_printf (
      /* Translators: zh: 请输入“%s”以确认 */
      _ ("Type “%s” to confirm"),
      self->wanted);
  jk_paragraph_set_text (self->typed_title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->typed),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
}

static void
show_signers (JkOrderView *self)
{
  JkRoleName role = jk_panel_get_role (self->panel);
  guint32 left_out = self->ask.chief ? ~(1u << JK_ROLE_CHIEF) : 1u << role;

  jk_signers_ask (self->signers,
                  jk_desk_get_session (self->desk),
                  role,
                  self->ask.again,
                  self->ask.second,
                  left_out);
}

/* The first thing to fill in, or else the safe button. */
static GtkWidget *
find_first (JkOrderView *self)
{
  if (gtk_widget_get_visible (self->minutes_box))
    return GTK_WIDGET (self->minutes);
  if (self->ask.subject)
    return jk_slip_view_get_entry (self->slip);
  if (self->ask.text)
    return jk_ready_words_get_entry (self->text);
  if (self->ask.reason)
    return jk_ready_words_get_entry (self->reason);
  return self->back;
}

static void
dispose (GObject *object)
{
  JkOrderView *self = JK_ORDER_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->panel);
  g_clear_pointer (&self->wanted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_ORDER_VIEW);
  jk_children_drop (GTK_WIDGET (self));
  G_OBJECT_CLASS (jk_order_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/panel/order-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, title);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, who);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, what);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, counts);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, minutes_box);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, minutes);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, minutes_range);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, slip);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, about_box);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, about);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, text);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, reason);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, typed_box);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, typed_title);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, typed);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, signers);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, problem);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, scroll);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, back);
  gtk_widget_class_bind_template_child (widget_class, JkOrderView, go);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
}

static void
jk_order_view_class_init (JkOrderViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_READY_WORDS);
  g_type_ensure (JK_TYPE_ROLE_PICKER);
  g_type_ensure (JK_TYPE_SIGNERS);
  g_type_ensure (JK_TYPE_SLIP_VIEW);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  bind_template (widget_class);
  done = g_signal_new ("done",
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       G_TYPE_STRING);
}

static void
jk_order_view_init (JkOrderView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jk_in_sight_keep_focus (self->scroll);
}

GtkWidget *
jk_order_view_new (JkDesk *desk,
                   JkPanel *panel,
                   JkAct act,
                   guint32 record,
                   const char *who,
                   const char *typed)
{
  JkOrderView *self = g_object_new (JK_TYPE_ORDER_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->panel = g_object_ref (panel);
  self->act = act;
  self->words = jk_act_text_choose (act, jk_desk_get_page (desk));
  self->record = record;
  jk_panel_ask (panel, act, record, &self->ask);
  gtk_label_set_text (self->title, jk_act_text_get_title (self->words));
  gtk_label_set_text (self->who, who != NULL ? who : "");
  gtk_widget_set_visible (GTK_WIDGET (self->who), who != NULL);
  jk_paragraph_set_text (self->what, jk_act_text_get_what (self->words));
  gtk_widget_set_visible (GTK_WIDGET (self->counts), self->ask.confirm == JK_CONFIRM_COUNTS);
  gtk_widget_set_visible (GTK_WIDGET (self->slip), self->ask.subject);
  if (self->ask.subject)
    jk_slip_view_set_desk (self->slip, desk);
  gtk_widget_add_css_class (self->go, self->ask.again ? "danger" : "suggested");
  show_amount (self);
  show_words (self);
  show_typed (self, typed);
  show_signers (self);
  update_counts (self);
  update_busy (self);
  jk_first_focus_set (GTK_WIDGET (self), find_first (self));
  g_signal_connect_object (desk, "notify::busy", G_CALLBACK (update_busy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

JkAct
jk_order_view_get_act (JkOrderView *self)
{
  g_return_val_if_fail (JK_IS_ORDER_VIEW (self), 0);
  return self->act;
}

guint32
jk_order_view_get_record (JkOrderView *self)
{
  g_return_val_if_fail (JK_IS_ORDER_VIEW (self), 0);
  return self->record;
}

gboolean
jk_order_view_takes_along (JkOrderView *self)
{
  g_return_val_if_fail (JK_IS_ORDER_VIEW (self), FALSE);
  return self->words == JK_ACT_MOVE;
}
