/* SPDX-License-Identifier: Apache-2.0 */
/* common/photo.c: see the header. */
#include "common/photo.h"

#define WIDTH 240.0
#define HEIGHT 320.0

static GdkPaintable *
fit (GdkTexture *texture)
{
  double width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  double scale = MIN (1.0, MIN (WIDTH / width, HEIGHT / height));
  graphene_size_t size = GRAPHENE_SIZE_INIT ((float) (width * scale), (float) (height * scale));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (GDK_PAINTABLE (texture), snapshot, size.width, size.height);
  return gtk_snapshot_free_to_paintable (snapshot, &size);
}

void
jk_photo_show (GtkPicture *picture, GtkWidget *none_label, GBytes *photo)
{
  g_return_if_fail (GTK_IS_PICTURE (picture) && GTK_IS_WIDGET (none_label));
  g_autoptr (GdkTexture) texture = photo != NULL ? gdk_texture_new_from_bytes (photo, NULL) : NULL;

  if (texture != NULL) {
    g_autoptr (GdkPaintable) fitted = fit (texture);
    gtk_picture_set_paintable (picture, fitted);
  }
  gtk_widget_set_visible (GTK_WIDGET (picture), texture != NULL);
  gtk_widget_set_visible (none_label, texture == NULL);
}
