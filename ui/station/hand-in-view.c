/* SPDX-License-Identifier: Apache-2.0 */
/* station/hand-in-view.c: see the header. */
#include "station/hand-in-view.h"

#include "common/duration.h"
#include "common/paragraph.h"
#include "sitting/error.h"

#include <glib/gi18n.h>

#define NUMBERS_MAX 30
#define NUMBERS_A_ROW 10

struct _JkHandInView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;

  /* Of the template */
  GtkWidget *scroll;
  GtkWidget *survey;
  JkParagraph *counts;
  GtkWidget *jumps;
  GtkWidget *to_unanswered;
  GtkWidget *to_flagged;
  GtkGrid *numbers;
  JkParagraph *not_yet;
  GtkWidget *back;
  GtkWidget *last;
  JkParagraph *last_counts;
  JkParagraph *outcome;
  GtkWidget *last_back;
};

G_DEFINE_FINAL_TYPE (JkHandInView, jk_hand_in_view, GTK_TYPE_WIDGET)

enum {
  BACK,
  GO_TO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
get_n_items (JkHandInView *self)
{
  return g_list_model_get_n_items (jk_desk_get_items (self->desk));
}

/* Why it cannot be now; NULL: it can. The caller frees. */
static char *
dup_obstacle (JkHandInView *self)
{
  const JkPolicy *policy = jk_session_get_policy (jk_desk_get_session (self->desk));
  guint64 opens_ms = jk_desk_get_hand_in_opens_ms (self->desk);
  g_autofree char *wait = jk_duration_dup ((opens_ms + 999) / 1000);

  if (opens_ms > 0)
    return g_strdup_printf (
        /* Translators: zh: 开考 %u 分钟后方可交卷，还需等待 %s。 */
        ngettext ("Hand-in opens %u minute after the start; please wait %s more.",
                  "Hand-in opens %u minutes after the start; please wait %s more.",
                  policy->earliest_hand_in_min),
        policy->earliest_hand_in_min,
        wait);
  if (jk_desk_needs_consent (self->desk))
    return g_strdup_printf (
        /* Translators: zh: 考试最后 %u 分钟内交卷须经监考人员同意，请举手。 */
        ngettext ("In the last minute (%u) a proctor must agree to a hand-in; raise your hand.",
                  "In the last %u minutes a proctor must agree to a hand-in; raise your hand.",
                  policy->last_minutes_need_consent),
        policy->last_minutes_need_consent);
  return NULL;
}

static void
update_obstacle (JkHandInView *self)
{
  g_autofree char *obstacle = dup_obstacle (self);
  gboolean is_free = obstacle == NULL && !jk_desk_is_busy (self->desk);

  jk_paragraph_set_text (self->not_yet, obstacle);
  gtk_widget_set_visible (GTK_WIDGET (self->not_yet), obstacle != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hand-in.go-on", is_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hand-in.hand-in", is_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hand-in.back", !jk_desk_is_busy (self->desk));
}

static void
add_number (JkHandInView *self, guint nth, guint position)
{
  g_autofree char *number = g_strdup_printf ("%u", position + 1);
  /* Translators: zh: 第 %u 题，未答 */
  g_autofree char *name = g_strdup_printf (_ ("Item %u, unanswered"), position + 1);
  GtkWidget *button = gtk_button_new_with_label (number);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "hand-in.go-to");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", position);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_grid_attach (self->numbers, button, nth % NUMBERS_A_ROW, nth / NUMBERS_A_ROW, 1, 1);
}

static void
show_numbers (JkHandInView *self, guint n_unanswered)
{
  guint nth = 0;

  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self->numbers))) != NULL;)
    gtk_grid_remove (self->numbers, child);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers),
                          n_unanswered > 0 && n_unanswered <= NUMBERS_MAX);
  if (n_unanswered > NUMBERS_MAX)
    return;
  for (guint n = 0; n < get_n_items (self); n++)
    if (!jk_desk_item_is_answered (jk_desk_get_item (self->desk, n)))
      add_number (self, nth++, n);
}

static void
count (JkHandInView *self)
{
  guint n = get_n_items (self);
  guint answered = jk_desk_get_n_answered (self->desk);
  guint flagged = jk_desk_get_n_flagged (self->desk);
  g_autofree char *text = g_strdup_printf (
      /* Translators: zh: 本卷共 %u 题：已答 %u 题，未答 %u 题，标记 %u 题。 */
      ngettext ("This paper has %u item: %u answered, %u unanswered, %u flagged.",
                "This paper has %u items: %u answered, %u unanswered, %u flagged.",
                n),
      n,
      answered,
      n - answered,
      flagged);

  jk_paragraph_set_text (self->counts, text);
  jk_paragraph_set_text (self->last_counts, text);
  gtk_widget_set_visible (self->to_unanswered, answered < n);
  gtk_widget_set_visible (self->to_flagged, flagged > 0);
  gtk_widget_set_visible (self->jumps, answered < n || flagged > 0);
  show_numbers (self, n - answered);
}

static void
begin (GtkWidget *widget)
{
  JkHandInView *self = JK_HAND_IN_VIEW (widget);

  GTK_WIDGET_CLASS (jk_hand_in_view_parent_class)->map (widget);
  count (self);
  gtk_widget_set_visible (self->last, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_widget_set_visible (self->survey, TRUE);
  update_obstacle (self);
  gtk_widget_grab_focus (self->back);
}

static void
tell_outcome (JkHandInView *self, const char *text)
{
  jk_paragraph_set_text (self->outcome, text);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), TRUE);
}

/* The desk's page changes when it worked, and this view goes with the old one. */
static void
end_hand_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JkHandInView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jk_desk_finish (JK_DESK (source), result, &error) ||
      gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  update_obstacle (self);
  g_autofree char *obstacle = dup_obstacle (self);
  if (!g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_TOO_EARLY) &&
      !g_error_matches (error, JK_SITTING_ERROR, JK_SITTING_ERROR_CONSENT))
    tell_outcome (self,
                  /* Translators: zh: 交卷未完成：答卷已安全保存在本机。请勿关机，立即举手。 */
                  _ ("The hand-in is not complete: your answers are safe on this computer. Do not "
                     "switch it off; raise your hand at once."));
  else if (obstacle != NULL)
    tell_outcome (self, obstacle);
  else
    /* Translators: zh: 刚才还不能交卷，现在可以了。 */
    tell_outcome (self, _ ("It was too early to hand in; now you can."));
  gtk_widget_grab_focus (self->last_back);
}

static void
hand_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkHandInView *self = JK_HAND_IN_VIEW (widget);

  /* Translators: zh: 正在交卷… */
  tell_outcome (self, _ ("Handing in…"));
  jk_desk_hand_in_async (self->desk, end_hand_in, g_object_ref (self));
}

static void
go_on (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkHandInView *self = JK_HAND_IN_VIEW (widget);

  gtk_widget_set_visible (self->last, TRUE);
  gtk_widget_grab_focus (self->last_back);
  gtk_widget_set_visible (self->survey, FALSE);
}

static void
go_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[BACK], 0);
}

static void
go_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[GO_TO], 0, g_variant_get_uint32 (parameter));
}

static void
go_to_first (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkHandInView *self = JK_HAND_IN_VIEW (widget);
  gboolean wants_flagged = g_str_equal (name, "hand-in.flagged");

  for (guint n = 0; n < get_n_items (self); n++) {
    JkDeskItem *item = jk_desk_get_item (self->desk, n);

    if (wants_flagged ? jk_desk_item_is_flagged (item) : !jk_desk_item_is_answered (item)) {
      g_signal_emit (self, signals[GO_TO], 0, n);
      return;
    }
  }
}

static void
dispose (GObject *object)
{
  JkHandInView *self = JK_HAND_IN_VIEW (object);

  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_HAND_IN_VIEW);
  G_OBJECT_CLASS (jk_hand_in_view_parent_class)->dispose (object);
}

static void
add_signals (GObjectClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  signals[BACK] =
      g_signal_new ("back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GO_TO] = g_signal_new ("go-to",
                                 type,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_UINT);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, JkHandInView, scroll);
  gtk_widget_class_bind_template_child (klass, JkHandInView, survey);
  gtk_widget_class_bind_template_child (klass, JkHandInView, counts);
  gtk_widget_class_bind_template_child (klass, JkHandInView, jumps);
  gtk_widget_class_bind_template_child (klass, JkHandInView, to_unanswered);
  gtk_widget_class_bind_template_child (klass, JkHandInView, to_flagged);
  gtk_widget_class_bind_template_child (klass, JkHandInView, numbers);
  gtk_widget_class_bind_template_child (klass, JkHandInView, not_yet);
  gtk_widget_class_bind_template_child (klass, JkHandInView, back);
  gtk_widget_class_bind_template_child (klass, JkHandInView, last);
  gtk_widget_class_bind_template_child (klass, JkHandInView, last_counts);
  gtk_widget_class_bind_template_child (klass, JkHandInView, outcome);
  gtk_widget_class_bind_template_child (klass, JkHandInView, last_back);
}

static void
jk_hand_in_view_class_init (JkHandInViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = begin;
  add_signals (G_OBJECT_CLASS (klass));
  g_type_ensure (JK_TYPE_PARAGRAPH);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/hand-in-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "hand-in.unanswered", NULL, go_to_first);
  gtk_widget_class_install_action (widget_class, "hand-in.flagged", NULL, go_to_first);
  gtk_widget_class_install_action (widget_class, "hand-in.go-to", "u", go_to);
  gtk_widget_class_install_action (widget_class, "hand-in.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "hand-in.go-on", NULL, go_on);
  gtk_widget_class_install_action (widget_class, "hand-in.hand-in", NULL, hand_in);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "hand-in.back", NULL);
}

static void
jk_hand_in_view_init (JkHandInView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_hand_in_view_new (JkDesk *desk)
{
  JkHandInView *self = g_object_new (JK_TYPE_HAND_IN_VIEW, NULL);

  self->desk = g_object_ref (desk);
  for (guint n = 0; n < 2; n++)
    g_signal_connect_object (desk,
                             n == 0 ? "notify::left" : "notify::busy",
                             G_CALLBACK (update_obstacle),
                             self,
                             G_CONNECT_SWAPPED);
  update_obstacle (self);
  return GTK_WIDGET (self);
}
