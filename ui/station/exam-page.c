/* SPDX-License-Identifier: Apache-2.0 */
/* station/exam-page.c: 作答. */
#include "station/exam-page.h"

#include "common/calculator-view.h"
#include "common/paragraph.h"
#include "common/wrap-layout.h"
#include "station/exam-bar.h"
#include "station/hand-in-view.h"
#include "station/item-pane.h"
#include "station/lock-view.h"
#include "station/question-view.h"
#include "station/scheme-button.h"
#include "station/sheet.h"
#include "station/shortcuts.h"

#include <glib/gi18n.h>

#define SMALL_ROOM_PERCENT 150

struct _JkExamPage {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  JkTheme *theme;

  /* Of the template */
  GtkOverlay *layers;
  GtkWidget *main;
  GtkBox *body;
  GtkLabel *percent;
  GtkWidget *smaller;
  GtkWidget *larger;
  GtkToggleButton *calculate;
  GtkToggleButton *call;

  /* Borrowed */
  GtkWidget *pane;
  GtkWidget *question;
  GtkWidget *sheet;      /* over the rest; NULL: none */
  GtkWidget *hand_in;    /* in the place of the question; NULL: not there */
  GtkWidget *lock;       /* in the place of all; NULL: not locked */
  GtkWidget *calculator; /* NULL: not shown */

  /* Plain */
  gboolean had_focus;
};

G_DEFINE_FINAL_TYPE (JkExamPage, jk_exam_page, GTK_TYPE_WIDGET)

/* Answers are given only where the question is what the candidate looks at. */
static gboolean
is_covered (JkExamPage *self)
{
  return self->sheet != NULL || self->hand_in != NULL || self->lock != NULL;
}

static void
enable_actions (JkExamPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint position = jk_desk_get_position (self->desk);
  guint n = g_list_model_get_n_items (jk_desk_get_items (self->desk));
  gboolean is_here = self->hand_in == NULL && self->lock == NULL;

  /* In another view their keys mean something else. */
  gtk_widget_action_set_enabled (widget, "exam.previous", is_here && position > 0);
  gtk_widget_action_set_enabled (widget, "exam.next", is_here && position + 1 < n);
  gtk_widget_action_set_enabled (widget,
                                 "exam.hand-in",
                                 is_here && jk_desk_get_hand_in_opens_ms (self->desk) == 0);
}

static void
close_sheet (JkExamPage *self)
{
  if (self->sheet == NULL)
    return;
  gtk_overlay_remove_overlay (self->layers, self->sheet);
  self->sheet = NULL;
  gtk_widget_set_can_focus (self->main, TRUE);
  jk_question_view_focus_option (JK_QUESTION_VIEW (self->question));
}

static void
open_sheet (JkExamPage *self, const char *title, GtkWidget *child)
{
  self->sheet = jk_sheet_new (title, child);
  g_signal_connect_swapped (self->sheet, "closed", G_CALLBACK (close_sheet), self);
  gtk_overlay_add_overlay (self->layers, self->sheet);
  gtk_widget_set_can_focus (self->main, FALSE);
  gtk_widget_grab_focus (self->sheet);
}

/* What the desk does not take is shown as the save state: nothing else can be wrong here. */
static void
choose (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);
  guint position = jk_desk_get_position (self->desk);
  JkDeskItem *item = jk_desk_get_item (self->desk, position);
  guint place = g_variant_get_uint32 (parameter);

  if (!is_covered (self) && item != NULL && place < jk_desk_item_get_n_options (item))
    jk_desk_choose (self->desk, position, place, NULL);
}

static void
clear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);

  if (!is_covered (self))
    jk_desk_clear (self->desk, jk_desk_get_position (self->desk), NULL);
}

static void
flag (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);
  guint position = jk_desk_get_position (self->desk);
  JkDeskItem *item = jk_desk_get_item (self->desk, position);

  if (!is_covered (self) && item != NULL)
    jk_desk_flag (self->desk, position, !jk_desk_item_is_flagged (item), NULL);
}

static void
step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);
  gboolean is_next = g_str_equal (name, "exam.next");

  if (!is_covered (self))
    jk_desk_visit (self->desk, jk_desk_get_position (self->desk) + (is_next ? 1 : -1));
}

static void
go_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);

  if (!is_covered (self))
    jk_desk_visit (self->desk, g_variant_get_uint32 (parameter));
}

static void
zoom (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);
  GtkWidget *picture;

  if (is_covered (self))
    return;
  picture = jk_question_view_make_large (JK_QUESTION_VIEW (self->question),
                                         g_variant_get_uint32 (parameter));
  if (picture != NULL)
    /* Translators: over a picture that is shown large. zh: 图片 */
    open_sheet (self, _ ("Picture"), picture);
}

static void
show_shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);

  if (!is_covered (self))
    /* Translators: zh: 快捷键 */
    open_sheet (self, _ ("Keys"), jk_shortcuts_make_list ());
}

static void
show_call (JkExamPage *self)
{
  gboolean is_calling = jk_desk_is_calling (self->desk);

  gtk_toggle_button_set_active (self->call, is_calling);
  gtk_button_set_label (GTK_BUTTON (self->call),
                        /* Translators: a proctor is called to this seat. zh: 已举手 */
                        is_calling ? _ ("Hand is raised")
                                   /* Translators: calls a proctor to this seat. zh: 举手 */
                                   : _ ("Raise hand"));
}

static void
call (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);

  jk_desk_call_proctor (self->desk, !jk_desk_is_calling (self->desk));
}

static void
go_back (JkExamPage *self)
{
  gtk_box_remove (GTK_BOX (self->main), self->hand_in);
  self->hand_in = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->body), TRUE);
  enable_actions (self);
  jk_question_view_focus_option (JK_QUESTION_VIEW (self->question));
}

static void
go_back_to (JkExamPage *self, guint position)
{
  go_back (self);
  jk_desk_visit (self->desk, position);
}

static void
hand_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);

  if (is_covered (self))
    return;
  self->hand_in = jk_hand_in_view_new (self->desk);
  g_signal_connect_swapped (self->hand_in, "back", G_CALLBACK (go_back), self);
  g_signal_connect_swapped (self->hand_in, "go-to", G_CALLBACK (go_back_to), self);
  gtk_widget_set_vexpand (self->hand_in, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->body), FALSE);
  gtk_box_insert_child_after (GTK_BOX (self->main), self->hand_in, GTK_WIDGET (self->body));
  enable_actions (self);
}

static void
close_calculator (JkExamPage *self)
{
  if (self->calculator == NULL)
    return;
  gtk_overlay_remove_overlay (self->layers, self->calculator);
  self->calculator = NULL;
  gtk_toggle_button_set_active (self->calculate, FALSE);
}

static void
calculate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);

  if (self->calculator != NULL) {
    close_calculator (self);
    return;
  }
  if (self->sheet != NULL || self->lock != NULL)
    return;
  self->calculator = jk_calculator_view_new ();
  g_signal_connect_swapped (self->calculator, "closed", G_CALLBACK (close_calculator), self);
  gtk_overlay_add_overlay (self->layers, self->calculator);
  gtk_toggle_button_set_active (self->calculate, TRUE);
  gtk_widget_grab_focus (self->calculator);
}

static void
show_unlocked (JkExamPage *self)
{
  gtk_overlay_remove_overlay (self->layers, self->lock);
  self->lock = NULL;
  gtk_widget_set_visible (self->main, TRUE);
  enable_actions (self);
  self->had_focus = FALSE;
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
unlock (JkExamPage *self)
{
  jk_desk_lock (self->desk, FALSE);
}

/* What is behind it is not on the screen, nor there for a screen reader. */
static void
show_locked (JkExamPage *self)
{
  close_sheet (self);
  close_calculator (self);
  self->lock = jk_lock_view_new (self->desk);
  g_signal_connect_swapped (self->lock, "unlocked", G_CALLBACK (unlock), self);
  gtk_widget_set_visible (self->main, FALSE);
  gtk_overlay_add_overlay (self->layers, self->lock);
  enable_actions (self);
}

static void
follow_lock (JkExamPage *self)
{
  gboolean is_locked = jk_desk_is_locked (self->desk);

  if (is_locked && self->lock == NULL)
    show_locked (self);
  else if (!is_locked && self->lock != NULL)
    show_unlocked (self);
}

static void
lock (GtkWidget *widget, const char *name, GVariant *parameter)
{
  jk_desk_lock (JK_EXAM_PAGE (widget)->desk, TRUE);
}

static void
show_theme (JkExamPage *self)
{
  guint percent = jk_theme_get_percent (self->theme);
  g_autofree char *text = g_strdup_printf ("%u %%", percent);

  gtk_label_set_text (self->percent, text);
  jk_item_pane_set_small (JK_ITEM_PANE (self->pane), percent >= SMALL_ROOM_PERCENT);
  gtk_widget_set_sensitive (self->smaller, percent > JK_PERCENT_MIN);
  gtk_widget_set_sensitive (self->larger, percent < JK_PERCENT_MAX);
}

/* The keyboard comes to the question first, not to 交卷. Only at first, or Tab would never go on
 * from the last button to the first. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  JkExamPage *self = JK_EXAM_PAGE (widget);

  if (!self->had_focus && !is_covered (self) && direction == GTK_DIR_TAB_FORWARD) {
    jk_question_view_focus_option (JK_QUESTION_VIEW (self->question));
    /* Before the page is mapped nothing takes it. */
    self->had_focus = gtk_widget_get_focus_child (widget) != NULL;
    return TRUE;
  }
  return GTK_WIDGET_CLASS (jk_exam_page_parent_class)->focus (widget, direction);
}

static void
dispose (GObject *object)
{
  JkExamPage *self = JK_EXAM_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->theme);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_EXAM_PAGE);
  G_OBJECT_CLASS (jk_exam_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "exam.choose", "u", choose);
  gtk_widget_class_install_action (klass, "exam.clear", NULL, clear);
  gtk_widget_class_install_action (klass, "exam.flag", NULL, flag);
  gtk_widget_class_install_action (klass, "exam.next", NULL, step);
  gtk_widget_class_install_action (klass, "exam.previous", NULL, step);
  gtk_widget_class_install_action (klass, "exam.go-to", "u", go_to);
  gtk_widget_class_install_action (klass, "exam.zoom", "u", zoom);
  gtk_widget_class_install_action (klass, "exam.shortcuts", NULL, show_shortcuts);
  gtk_widget_class_install_action (klass, "exam.calculator", NULL, calculate);
  gtk_widget_class_install_action (klass, "exam.lock", NULL, lock);
  gtk_widget_class_install_action (klass, "exam.call", NULL, call);
  gtk_widget_class_install_action (klass, "exam.hand-in", NULL, hand_in);
}

static void
jk_exam_page_class_init (JkExamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->focus = focus;
  g_type_ensure (JK_TYPE_SCHEME_BUTTON);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "exam");
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/exam-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, layers);
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, main);
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, body);
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, percent);
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, smaller);
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, larger);
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, calculate);
  gtk_widget_class_bind_template_child (widget_class, JkExamPage, call);
  install_actions (widget_class);
}

static void
jk_exam_page_init (JkExamPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jk_shortcuts_add (GTK_WIDGET (self));
}

static void
name_signs (JkExamPage *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->smaller),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: zh: 缩小文字 */
                                  _ ("Smaller text"),
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->larger),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: zh: 放大文字 */
                                  _ ("Larger text"),
                                  -1);
}

static void
follow (JkExamPage *self, gpointer source, const char *signal, GCallback callback)
{
  g_signal_connect_object (source, signal, callback, self, G_CONNECT_SWAPPED);
}

GtkWidget *
jk_exam_page_new (JkDesk *desk, JkTheme *theme)
{
  JkExamPage *self = g_object_new (JK_TYPE_EXAM_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->theme = g_object_ref (theme);
  self->question = jk_question_view_new (desk);
  gtk_widget_set_hexpand (self->question, TRUE);
  gtk_box_prepend (GTK_BOX (self->main), jk_exam_bar_new (desk));
  self->pane = jk_item_pane_new (desk);
  gtk_box_append (self->body, self->pane);
  gtk_box_append (self->body, self->question);
  follow (self, desk, "notify::position", G_CALLBACK (enable_actions));
  follow (self, desk, "notify::left", G_CALLBACK (enable_actions));
  follow (self, desk, "called", G_CALLBACK (show_call));
  follow (self, desk, "locked", G_CALLBACK (follow_lock));
  follow (self, theme, "notify", G_CALLBACK (show_theme));
  name_signs (self);
  enable_actions (self);
  show_call (self);
  show_theme (self);
  follow_lock (self);
  return GTK_WIDGET (self);
}
