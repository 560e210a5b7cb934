/* SPDX-License-Identifier: Apache-2.0 */
/* station/mark.c: the ring or box in front of an option. */
#include "station/mark.h"

/* Parts of its side */
#define STROKE 0.1
#define DOT 0.26
#define CORNER 0.15

struct _JkMark {
  GtkWidget parent_instance;

  /* Plain */
  gboolean is_box, is_set;
};

G_DEFINE_FINAL_TYPE (JkMark, jk_mark, GTK_TYPE_WIDGET)

static void
draw_ring (JkMark *self, cairo_t *cr)
{
  cairo_arc (cr, 0.5, 0.5, 0.5 - STROKE / 2, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (!self->is_set)
    return;
  cairo_arc (cr, 0.5, 0.5, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_box (JkMark *self, cairo_t *cr)
{
  const double near = STROKE / 2 + CORNER, far = 1 - near;

  cairo_new_sub_path (cr);
  cairo_arc (cr, near, near, CORNER, G_PI, 1.5 * G_PI);
  cairo_arc (cr, far, near, CORNER, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, far, far, CORNER, 0, 0.5 * G_PI);
  cairo_arc (cr, near, far, CORNER, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
  cairo_stroke (cr);
  if (!self->is_set)
    return;
  cairo_set_line_width (cr, 1.5 * STROKE);
  cairo_move_to (cr, 0.24, 0.52);
  cairo_line_to (cr, 0.43, 0.71);
  cairo_line_to (cr, 0.77, 0.31);
  cairo_stroke (cr);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JkMark *self = JK_MARK (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int side = MIN (width, height);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot,
                                 &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_translate (cr, (width - side) / 2.0, (height - side) / 2.0);
  cairo_scale (cr, side, side);
  cairo_set_line_width (cr, STROKE);
  if (self->is_box)
    draw_box (self, cr);
  else
    draw_ring (self, cr);
  cairo_destroy (cr);
}

static void
jk_mark_class_init (JkMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = snapshot;
  gtk_widget_class_set_css_name (widget_class, "mark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NONE);
}

static void
jk_mark_init (JkMark *self)
{
}

GtkWidget *
jk_mark_new (gboolean is_box)
{
  JkMark *self = g_object_new (JK_TYPE_MARK, NULL);

  self->is_box = is_box;
  return GTK_WIDGET (self);
}

void
jk_mark_set_set (JkMark *self, gboolean is_set)
{
  g_return_if_fail (JK_IS_MARK (self));

  if (is_set == self->is_set)
    return;
  self->is_set = is_set;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
