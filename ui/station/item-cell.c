/* SPDX-License-Identifier: Apache-2.0 */
/* station/item-cell.c: one number of the answer card. */
#include "station/item-cell.h"

#include "common/style-class.h"

#include <glib/gi18n.h>

#define CORNER 0.38 /* side of the flag's corner, a part of the height */

struct _JkItemCell {
  GtkButton parent_instance;

  /* Owned */
  JkDeskItem *item;
};

G_DEFINE_FINAL_TYPE (JkItemCell, jk_item_cell, GTK_TYPE_BUTTON)

static void
set_name (JkItemCell *self)
{
  const char *state = jk_desk_item_is_answered (self->item)
                          /* Translators: zh: 已答 */
                          ? _ ("answered")
                          /* Translators: zh: 未答 */
                          : _ ("unanswered");
  /* Translators: zh: ，标记 */
  const char *flagged = jk_desk_item_is_flagged (self->item) ? _ (", flagged") : "";
  /* Translators: zh: ，当前 */
  const char *current = jk_desk_item_is_current (self->item) ? _ (", current") : "";
  g_autofree char *name = g_strdup_printf (
      /* Translators: a number of the answer card, for screen readers. zh: 第 %u 题，%s%s%s */
      _ ("Item %u, %s%s%s"),
      jk_desk_item_get_position (self->item) + 1,
      state,
      flagged,
      current);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
follow (JkItemCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  jk_style_class_set (widget, "answered", jk_desk_item_is_answered (self->item));
  jk_style_class_set (widget, "flagged", jk_desk_item_is_flagged (self->item));
  jk_style_class_set (widget, "current", jk_desk_item_is_current (self->item));
  set_name (self);
  gtk_widget_queue_draw (widget);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JkItemCell *self = JK_ITEM_CELL (widget);
  float width = (float) gtk_widget_get_width (widget);
  float side = (float) (gtk_widget_get_height (widget) * CORNER);
  GdkRGBA colour;

  GTK_WIDGET_CLASS (jk_item_cell_parent_class)->snapshot (widget, snapshot);
  if (!jk_desk_item_is_flagged (self->item))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (width - side, 0, side, side));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_move_to (cr, width - side, 0);
  cairo_line_to (cr, width, 0);
  cairo_line_to (cr, width, side);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static gboolean
is_current (GtkWidget *widget)
{
  return jk_desk_item_is_current (JK_ITEM_CELL (widget)->item);
}

/* Of the cells beside this one the current one, or else the first that is shown. */
static GtkWidget *
find_way_in (GtkWidget *widget)
{
  GtkWidget *cell = gtk_widget_get_first_child (gtk_widget_get_parent (widget));
  GtkWidget *first = NULL;

  for (; cell != NULL; cell = gtk_widget_get_next_sibling (cell)) {
    if (!gtk_widget_get_visible (cell))
      continue;
    if (is_current (cell))
      return cell;
    if (first == NULL)
      first = cell;
  }
  return first;
}

/* Ninety numbers would be ninety presses of Tab: it comes to one of each kind, and arrows go on. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && find_way_in (widget) != widget)
    return FALSE;
  return GTK_WIDGET_CLASS (jk_item_cell_parent_class)->focus (widget, direction);
}

static void
dispose (GObject *object)
{
  JkItemCell *self = JK_ITEM_CELL (object);

  g_clear_object (&self->item);
  G_OBJECT_CLASS (jk_item_cell_parent_class)->dispose (object);
}

static void
jk_item_cell_class_init (JkItemCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = snapshot;
  GTK_WIDGET_CLASS (klass)->focus = focus;
}

static void
jk_item_cell_init (JkItemCell *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "cell");
}

GtkWidget *
jk_item_cell_new (JkDeskItem *item)
{
  JkItemCell *self = g_object_new (JK_TYPE_ITEM_CELL, NULL);
  guint position = jk_desk_item_get_position (item);
  g_autofree char *number = g_strdup_printf ("%u", position + 1);

  self->item = g_object_ref (item);
  gtk_button_set_label (GTK_BUTTON (self), number);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "u", position);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "exam.go-to");
  g_signal_connect_object (item, "notify", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);
  return GTK_WIDGET (self);
}

JkDeskItem *
jk_item_cell_get_item (JkItemCell *self)
{
  g_return_val_if_fail (JK_IS_ITEM_CELL (self), NULL);
  return self->item;
}
