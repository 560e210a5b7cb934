/* SPDX-License-Identifier: Apache-2.0 */
/* station/item-pane.c: 答题卡. */
#include "station/item-pane.h"

#include "common/style-class.h"
#include "common/wrap-layout.h"
#include "station/item-cell.h"
#include "station/item-group.h"

#include <glib/gi18n.h>

enum {
  LEGEND_UNANSWERED,
  LEGEND_ANSWERED,
  LEGEND_CURRENT,
  LEGEND_FLAGGED,
  N_LEGENDS,
};

struct _JkItemPane {
  GtkWidget parent_instance;

  /* Owned */
  JkDesk *desk;
  GPtrArray *cells; /* of JkItemCell, by position; borrowed */
  GPtrArray *parts; /* boxes, each of a title and its cells; borrowed */

  /* Of the template */
  GtkWidget *content;
  GtkWidget *summary;
  GtkLabel *progress;
  GtkButton *fold;
  GtkWidget *scroll;
  GtkBox *groups;
  GtkLabel *none;
  GtkBox *legend;
  GtkWidget *foot;
  GtkToggleButton *only_unanswered;
  GtkToggleButton *only_flagged;

  /* Borrowed */
  GtkLabel *legends[N_LEGENDS];

  /* Plain */
  gboolean is_folded, is_small;
};

G_DEFINE_FINAL_TYPE (JkItemPane, jk_item_pane, GTK_TYPE_WIDGET)

static gboolean
is_wanted (JkItemPane *self, JkDeskItem *item)
{
  if (gtk_toggle_button_get_active (self->only_unanswered) && jk_desk_item_is_answered (item))
    return FALSE;
  return !gtk_toggle_button_get_active (self->only_flagged) || jk_desk_item_is_flagged (item);
}

/* Hides cells that are not wanted, and titles without one; says so when none is left. */
static void
filter (JkItemPane *self)
{
  GtkWidget *part = NULL;
  guint n_shown = 0;

  for (guint n = 0; n < self->parts->len; n++)
    gtk_widget_set_visible (g_ptr_array_index (self->parts, n), FALSE);
  for (guint n = 0; n < self->cells->len; n++) {
    GtkWidget *cell = g_ptr_array_index (self->cells, n);
    gboolean is_shown = is_wanted (self, jk_item_cell_get_item (JK_ITEM_CELL (cell)));
    gtk_widget_set_visible (cell, is_shown);
    n_shown += is_shown;
    part = gtk_widget_get_parent (gtk_widget_get_parent (cell));
    if (is_shown)
      gtk_widget_set_visible (part, TRUE);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->none), n_shown == 0 && !self->is_folded);
  gtk_label_set_text (self->none,
                      gtk_toggle_button_get_active (self->only_unanswered)
                          /* Translators: zh: 没有符合条件的未答题。 */
                          ? _ ("No such unanswered item.")
                          /* Translators: zh: 没有标记的题。 */
                          : _ ("No flagged item."));
}

static void
change_filter (JkItemPane *self)
{
  filter (self);
}

static void
follow_item (JkItemPane *self)
{
  if (gtk_toggle_button_get_active (self->only_unanswered) ||
      gtk_toggle_button_get_active (self->only_flagged))
    filter (self);
}

static void
set_legend (JkItemPane *self, guint which, const char *word, guint count)
{
  g_autofree char *text = g_strdup_printf ("%s %u", word, count);

  gtk_label_set_text (self->legends[which], text);
}

static void
follow_counts (JkItemPane *self)
{
  guint n = self->cells->len;
  guint n_answered = jk_desk_get_n_answered (self->desk);
  /* Translators: zh: 已答 %u / %u */
  g_autofree char *text = g_strdup_printf (_ ("answered %u / %u"), n_answered, n);

  gtk_label_set_text (self->progress, text);
  set_legend (self, LEGEND_UNANSWERED, _ ("unanswered"), n - n_answered);
  set_legend (self, LEGEND_ANSWERED, _ ("answered"), n_answered);
  /* Translators: zh: 标记 */
  set_legend (self, LEGEND_FLAGGED, _ ("flagged"), jk_desk_get_n_flagged (self->desk));
}

/* So that the current number is in sight, wherever the candidate came from. */
static void
follow_position (JkItemPane *self)
{
  guint position = jk_desk_get_position (self->desk);
  GtkAdjustment *way = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  graphene_rect_t box;

  if (position >= self->cells->len)
    return;
  GtkWidget *cell = g_ptr_array_index (self->cells, position);
  if (!gtk_widget_compute_bounds (cell, GTK_WIDGET (self->groups), &box))
    return;
  gtk_adjustment_clamp_page (way, box.origin.y, box.origin.y + box.size.height);
}

static void
show_fold (JkItemPane *self)
{
  gboolean is_open = !self->is_folded;

  gtk_widget_set_visible (self->summary, is_open);
  gtk_widget_set_visible (self->scroll, is_open);
  gtk_widget_set_visible (self->foot, is_open);
  gtk_button_set_label (self->fold,
                        is_open
                            /* Translators: of the answer card. zh: 收起 */
                            ? _ ("Fold")
                            /* Translators: of the answer card. zh: 展开 */
                            : _ ("Unfold"));
  jk_style_class_set (GTK_WIDGET (self), "folded", !is_open);
  filter (self);
}

static void
toggle_fold (JkItemPane *self)
{
  self->is_folded = !self->is_folded;
  show_fold (self);
}

static void
add_legend (JkItemPane *self, guint which, const char *class_name)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *sample = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (sample, "sample");
  gtk_widget_add_css_class (sample, class_name);
  gtk_widget_set_valign (sample, GTK_ALIGN_CENTER);
  if (which == LEGEND_FLAGGED) {
    GtkWidget *sign = g_object_new (GTK_TYPE_LABEL,
                                    "label",
                                    "▲",
                                    "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_NONE,
                                    NULL);
    gtk_box_append (GTK_BOX (sample), sign);
  }
  gtk_box_append (GTK_BOX (row), sample);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (self->legend, row);
  self->legends[which] = GTK_LABEL (label);
}

static void
add_legends (JkItemPane *self)
{
  add_legend (self, LEGEND_UNANSWERED, "unanswered");
  add_legend (self, LEGEND_ANSWERED, "answered");
  add_legend (self, LEGEND_CURRENT, "current");
  add_legend (self, LEGEND_FLAGGED, "flagged");
  /* Translators: zh: 当前 */
  gtk_label_set_text (self->legends[LEGEND_CURRENT], _ ("current"));
}

static void
add_cells (JkItemPane *self, const JkItemGroup *group, GtkBox *grid)
{
  for (guint n = group->first; n < group->first + group->n; n++) {
    JkDeskItem *item = jk_desk_get_item (self->desk, n);
    GtkWidget *cell = jk_item_cell_new (item);
    gtk_box_append (grid, cell);
    g_ptr_array_add (self->cells, cell);
    g_signal_connect_object (item, "notify", G_CALLBACK (follow_item), self, G_CONNECT_SWAPPED);
  }
}

static void
add_groups (JkItemPane *self)
{
  g_autoptr (GArray) groups = jk_item_groups_new (jk_desk_get_items (self->desk));

  for (guint n = 0; n < groups->len; n++) {
    const JkItemGroup *group = &g_array_index (groups, JkItemGroup, n);
    GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
    GtkWidget *title = gtk_label_new (jk_item_group_get_title (group));
    GtkWidget *grid =
        g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
    gtk_widget_set_layout_manager (grid, jk_wrap_layout_new (TRUE));
    gtk_label_set_xalign (GTK_LABEL (title), 0);
    gtk_accessible_update_property (GTK_ACCESSIBLE (grid),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    jk_item_group_get_title (group),
                                    -1);
    add_cells (self, group, GTK_BOX (grid));
    gtk_box_append (GTK_BOX (part), title);
    gtk_box_append (GTK_BOX (part), grid);
    gtk_box_append (self->groups, part);
    g_ptr_array_add (self->parts, part);
  }
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* As narrow as it can be: the rest of the width is the question's. */
static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *content = JK_ITEM_PANE (widget)->content;
  int width;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = width;
  else
    gtk_widget_measure (content,
                        orientation,
                        for_size < 0 ? width : for_size,
                        minimum,
                        natural,
                        NULL,
                        NULL);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (JK_ITEM_PANE (widget)->content,
                            &(GtkAllocation){ 0, 0, width, height },
                            baseline);
}

static void
dispose (GObject *object)
{
  JkItemPane *self = JK_ITEM_PANE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JK_TYPE_ITEM_PANE);
  G_OBJECT_CLASS (jk_item_pane_parent_class)->dispose (object);
}

/* Inside the card arrows go from number to number, not from question to question. */
static void
bind_arrows (GtkWidgetClass *klass)
{
  static const struct {
    guint key, keypad;
    GtkDirectionType direction;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, GTK_DIR_LEFT },
    { GDK_KEY_Right, GDK_KEY_KP_Right, GTK_DIR_RIGHT },
    { GDK_KEY_Up, GDK_KEY_KP_Up, GTK_DIR_UP },
    { GDK_KEY_Down, GDK_KEY_KP_Down, GTK_DIR_DOWN },
  };

  for (guint n = 0; n < G_N_ELEMENTS (arrows); n++) {
    gtk_widget_class_add_binding_signal (klass,
                                         arrows[n].key,
                                         0,
                                         "move-focus",
                                         "(i)",
                                         arrows[n].direction);
    gtk_widget_class_add_binding_signal (klass,
                                         arrows[n].keypad,
                                         0,
                                         "move-focus",
                                         "(i)",
                                         arrows[n].direction);
  }
}

static void
jk_item_pane_class_init (JkItemPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = allocate;
  g_type_ensure (JK_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/jikao/station/item-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, content);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, summary);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, progress);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, fold);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, scroll);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, groups);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, none);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, legend);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, foot);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, only_unanswered);
  gtk_widget_class_bind_template_child (widget_class, JkItemPane, only_flagged);
  gtk_widget_class_bind_template_callback (widget_class, toggle_fold);
  gtk_widget_class_bind_template_callback (widget_class, change_filter);
  bind_arrows (widget_class);
}

static void
jk_item_pane_init (JkItemPane *self)
{
  self->cells = g_ptr_array_new ();
  self->parts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: zh: 答题卡 */
                                  _ ("Answer sheet"),
                                  -1);
}

GtkWidget *
jk_item_pane_new (JkDesk *desk)
{
  JkItemPane *self = g_object_new (JK_TYPE_ITEM_PANE, NULL);

  self->desk = g_object_ref (desk);
  add_groups (self);
  add_legends (self);
  show_fold (self);
  follow_counts (self);
  g_signal_connect_object (desk,
                           "notify::answered",
                           G_CALLBACK (follow_counts),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk,
                           "notify::flagged",
                           G_CALLBACK (follow_counts),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk,
                           "notify::position",
                           G_CALLBACK (follow_position),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
jk_item_pane_set_small (JkItemPane *self, gboolean is_small)
{
  g_return_if_fail (JK_IS_ITEM_PANE (self));

  if (is_small == self->is_small)
    return;
  self->is_small = is_small;
  g_object_ref (self->foot);
  gtk_box_remove (is_small ? GTK_BOX (self->content) : self->groups, self->foot);
  gtk_box_append (is_small ? self->groups : GTK_BOX (self->content), self->foot);
  g_object_unref (self->foot);
}
