/* SPDX-License-Identifier: Apache-2.0 */
/* common/qr-view.c: see the header. */
#include "common/qr-view.h"

#include <qrencode.h>

#define QUIET_ZONE 4
#define MODULES_A_LINE 5 /* a module is so much of the height of a line of text */
#define IS_DARK 1        /* of a module, in what libqrencode gives */

struct _JkQrView {
  GtkWidget parent_instance;

  /* Owned */
  QRcode *code; /* NULL: nothing is shown */
};

G_DEFINE_FINAL_TYPE (JkQrView, jk_qr_view, GTK_TYPE_WIDGET)

static int
get_modules (JkQrView *self)
{
  return self->code != NULL ? self->code->width + 2 * QUIET_ZONE : 0;
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  g_autoptr (PangoLayout) line = gtk_widget_create_pango_layout (widget, "国");
  int height;

  pango_layout_get_pixel_size (line, NULL, &height);
  *minimum = *natural = get_modules (JK_QR_VIEW (widget)) * MAX (height / MODULES_A_LINE, 2);
}

/* One rectangle for each run of dark modules of a row. */
static void
draw_row (JkQrView *self, GtkSnapshot *snapshot, int row, float left, float top, int unit)
{
  const guint8 *modules = self->code->data + row * self->code->width;
  const GdkRGBA black = { 0, 0, 0, 1 };

  for (int from = 0, to; from < self->code->width; from = to + 1) {
    for (to = from; to < self->code->width && (modules[to] & IS_DARK) != 0; to++)
      continue;
    if (to > from)
      gtk_snapshot_append_color (snapshot,
                                 &black,
                                 &GRAPHENE_RECT_INIT (left + (float) (from * unit),
                                                      top,
                                                      (float) ((to - from) * unit),
                                                      (float) unit));
  }
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JkQrView *self = JK_QR_VIEW (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  int modules = get_modules (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (modules == 0)
    return;
  int unit = MAX (MIN (width, height) / modules, 1);
  int left = (width - modules * unit) / 2;
  int top = (height - modules * unit) / 2;
  gtk_snapshot_append_color (
      snapshot,
      &white,
      &GRAPHENE_RECT_INIT (left, top, (float) (modules * unit), (float) (modules * unit)));
  for (int row = 0; row < self->code->width; row++)
    draw_row (self, snapshot, row, left + QUIET_ZONE * unit, top + (QUIET_ZONE + row) * unit, unit);
}

static void
finalize (GObject *object)
{
  QRcode_free (JK_QR_VIEW (object)->code);
  G_OBJECT_CLASS (jk_qr_view_parent_class)->finalize (object);
}

static void
jk_qr_view_class_init (JkQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_css_name (widget_class, "qr");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jk_qr_view_init (JkQrView *self)
{
}

GtkWidget *
jk_qr_view_new (const char *text, const char *name)
{
  JkQrView *self = g_object_new (JK_TYPE_QR_VIEW, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  jk_qr_view_set_text (self, text);
  return GTK_WIDGET (self);
}

void
jk_qr_view_set_text (JkQrView *self, const char *text)
{
  g_return_if_fail (JK_IS_QR_VIEW (self));

  QRcode_free (self->code);
  self->code =
      text != NULL && *text != '\0' ? QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M) : NULL;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
