/* SPDX-License-Identifier: Apache-2.0 */
/* station/question-view.c: the question in view. */
#include "station/question-view.h"

#include "common/paragraph.h"
#include "common/wrap-layout.h"
#include "station/choice.h"
#include "station/item-group.h"
#include "station/picture-view.h"

#include <glib/gi18n.h>

struct _JkQuestionView {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  GArray *groups;
  JkDeskItem *item; /* in view; NULL: none */

  /* Borrowed: [0] of one right answer, [1] of several; made when first needed */
  GtkWidget *choices[2][JK_OPTIONS_MAX];

  /* Of the template */
  GtkWidget *scroll;
  JkParagraph *head;
  JkParagraph *number;
  JkParagraph *stem;
  GtkBox *pictures;
  GtkWidget *radios;
  GtkWidget *checks;
  GtkWidget *hint;
  GtkWidget *buttons;
  GtkToggleButton *flag;

  /* Plain */
  gulong item_handler;
  guint warmer; /* draws the next question ahead; 0: none is waiting */
};

G_DEFINE_FINAL_TYPE (JkQuestionView, jk_question_view, GTK_TYPE_WIDGET)

static gboolean
is_multiple (JkQuestionView *self)
{
  return jk_desk_item_get_kind (self->item) == JK_ITEM_MULTIPLE;
}

static JkChoice *
get_choice (JkQuestionView *self, guint place)
{
  gboolean is_several = is_multiple (self);

  if (self->choices[is_several][place] == NULL) {
    GtkWidget *choice = jk_choice_new (is_several, place);
    gtk_box_append (GTK_BOX (is_several ? self->checks : self->radios), choice);
    self->choices[is_several][place] = choice;
  }
  return JK_CHOICE (self->choices[is_several][place]);
}

static void
show_answer (JkQuestionView *self)
{
  guint chosen = jk_desk_item_get_chosen (self->item);
  guint n_options = jk_desk_item_get_n_options (self->item);
  gboolean is_one = chosen != 0 && (chosen & (chosen - 1)) == 0;
  gboolean is_flagged = jk_desk_item_is_flagged (self->item);

  for (guint place = 0; place < n_options; place++)
    jk_choice_set_checked (get_choice (self, place), (chosen & (1u << place)) != 0);
  gtk_widget_set_visible (self->hint, is_multiple (self) && is_one);
  gtk_toggle_button_set_active (self->flag, is_flagged);
  gtk_button_set_label (GTK_BUTTON (self->flag),
                        /* Translators: zh: 取消标记 */
                        is_flagged ? _ ("Unflag")
                                   /* Translators: a question, to be looked at again. zh: 标记 */
                                   : _ ("Flag"));
}

static void
show_choice (JkQuestionView *self, guint place)
{
  JkChoice *choice = get_choice (self, place);
  char letter[] = { (char) ('A' + place), '\0' };

  if (jk_desk_item_get_kind (self->item) != JK_ITEM_JUDGE)
    jk_choice_set_text (choice, letter, jk_desk_item_get_option (self->item, place));
  else if (place == 0)
    /* Translators: an option of a judgement. zh: 正确 */
    jk_choice_set_sign (choice, "√", _ ("True"));
  else
    /* Translators: an option of a judgement. zh: 错误 */
    jk_choice_set_sign (choice, "×", _ ("False"));
}

static void
show_choices (JkQuestionView *self)
{
  guint n_options = jk_desk_item_get_n_options (self->item);
  gboolean is_several = is_multiple (self);

  for (guint place = 0; place < n_options; place++)
    show_choice (self, place);
  for (guint place = 0; place < JK_OPTIONS_MAX; place++) {
    if (self->choices[is_several][place] != NULL)
      gtk_widget_set_visible (self->choices[is_several][place], place < n_options);
  }
  gtk_widget_set_visible (self->radios, !is_several);
  gtk_widget_set_visible (self->checks, is_several);
  gtk_accessible_update_property (GTK_ACCESSIBLE (is_several ? self->checks : self->radios),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jk_desk_item_get_stem (self->item),
                                  -1);
}

static void
show_pictures (JkQuestionView *self)
{
  guint n_pictures = jk_desk_item_get_n_pictures (self->item);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pictures))) != NULL)
    gtk_box_remove (self->pictures, child);
  for (guint n = 0; n < n_pictures; n++) {
    g_autoptr (GBytes) picture = jk_desk_item_dup_picture (self->item, n);
    gtk_box_append (self->pictures, jk_picture_view_new (n, picture));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), n_pictures > 0);
}

static void
show_head (JkQuestionView *self, guint position)
{
  const JkItemGroup *group = jk_item_groups_find (self->groups, position);
  const JkSession *session = jk_desk_get_session (self->desk);
  g_autofree char *number = g_strdup_printf ("%u.", position + 1);
  guint partial = 0;

  if (session != NULL)
    jk_blueprint_get_marking (jk_session_get_blueprint (session), &partial);
  guint place = (guint) (group - &g_array_index (self->groups, JkItemGroup, 0));
  g_autofree char *head = jk_item_group_dup_head (group, place, partial);
  jk_paragraph_set_text (self->head, head);
  jk_paragraph_set_text (self->number, number);
}

static void
drop_item (JkQuestionView *self)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->item_handler, self->item);
  g_clear_object (&self->item);
}

static gboolean
has_focus_inside (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* Most go on to the next one. After the frame that shows this one, so that nobody waits for it. */
static gboolean
warm_next (gpointer user_data)
{
  JkQuestionView *self = user_data;
  JkDeskItem *next = jk_desk_get_item (self->desk, jk_desk_get_position (self->desk) + 1);

  self->warmer = 0;
  if (next == NULL)
    return G_SOURCE_REMOVE;
  jk_paragraph_warm (self->stem, jk_desk_item_get_stem (next));
  for (guint place = 0; place < jk_desk_item_get_n_options (next); place++)
    jk_choice_warm (get_choice (self, 0), jk_desk_item_get_option (next, place));
  return G_SOURCE_REMOVE;
}

static void
show_item (JkQuestionView *self)
{
  guint position = jk_desk_get_position (self->desk);
  JkDeskItem *item = jk_desk_get_item (self->desk, position);
  GtkAdjustment *way = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  gboolean was_choosing = has_focus_inside (self->radios) || has_focus_inside (self->checks);

  if (item == NULL || item == self->item)
    return;
  drop_item (self);
  self->item = g_object_ref (item);
  self->item_handler = g_signal_connect_swapped (item, "notify", G_CALLBACK (show_answer), self);
  show_head (self, position);
  jk_paragraph_set_text (self->stem, jk_desk_item_get_stem (item));
  show_pictures (self);
  show_choices (self);
  show_answer (self);
  if (was_choosing)
    jk_question_view_focus_option (self);
  gtk_adjustment_set_value (way, 0);
  if (self->warmer == 0)
    self->warmer = g_idle_add_full (G_PRIORITY_LOW, warm_next, self, NULL);
}

static void
dispose (GObject *object)
{
  JkQuestionView *self = JK_QUESTION_VIEW (object);

  g_clear_handle_id (&self->warmer, g_source_remove);
  drop_item (self);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->groups, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_QUESTION_VIEW);
  G_OBJECT_CLASS (jk_question_view_parent_class)->dispose (object);
}

static void
jk_question_view_class_init (JkQuestionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (JK_TYPE_PARAGRAPH);
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "question");
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/question-view.ui");
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, scroll);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, head);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, number);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, stem);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, pictures);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, radios);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, checks);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, hint);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, buttons);
  gtk_widget_class_bind_template_child (widget_class, JkQuestionView, flag);
}

static void
jk_question_view_init (JkQuestionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
jk_question_view_new (JkDesk *desk)
{
  JkQuestionView *self = g_object_new (JK_TYPE_QUESTION_VIEW, NULL);

  self->desk = g_object_ref (desk);
  self->groups = jk_item_groups_new (jk_desk_get_items (desk));
  g_signal_connect_object (desk,
                           "notify::position",
                           G_CALLBACK (show_item),
                           self,
                           G_CONNECT_SWAPPED);
  show_item (self);
  return GTK_WIDGET (self);
}

void
jk_question_view_focus_option (JkQuestionView *self)
{
  g_return_if_fail (JK_IS_QUESTION_VIEW (self));

  if (self->item == NULL)
    return;
  guint chosen = jk_desk_item_get_chosen (self->item);
  int place = chosen != 0 ? g_bit_nth_lsf (chosen, -1) : 0;
  gtk_widget_grab_focus (GTK_WIDGET (get_choice (self, (guint) place)));
}

GtkWidget *
jk_question_view_make_large (JkQuestionView *self, guint n)
{
  GtkWidget *picture = gtk_widget_get_first_child (GTK_WIDGET (self->pictures));

  g_return_val_if_fail (JK_IS_QUESTION_VIEW (self), NULL);
  while (picture != NULL && n-- > 0)
    picture = gtk_widget_get_next_sibling (picture);
  return picture != NULL ? jk_picture_view_make_large (JK_PICTURE_VIEW (picture)) : NULL;
}
