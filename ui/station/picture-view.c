/* SPDX-License-Identifier: Apache-2.0 */
/* station/picture-view.c: a picture of a question. */
#include "station/picture-view.h"

#include "common/paragraph.h"

#include <glib/gi18n.h>

#define ZOOM 2
/* Where the window is low, a picture gives way to the options below it, but not to less than this:
 * what is written in it is then still to be made out. */
#define HEIGHT_MIN 280

struct _JkPictureView {
  GtkButton parent_instance;

  /* Owned */
  GdkTexture *texture; /* NULL: it cannot be decoded */
};

G_DEFINE_FINAL_TYPE (JkPictureView, jk_picture_view, GTK_TYPE_BUTTON)

static void
dispose (GObject *object)
{
  JkPictureView *self = JK_PICTURE_VIEW (object);

  g_clear_object (&self->texture);
  G_OBJECT_CLASS (jk_picture_view_parent_class)->dispose (object);
}

static void
jk_picture_view_class_init (JkPictureViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
jk_picture_view_init (JkPictureView *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

static GtkWidget *
make_picture (GdkTexture *texture)
{
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  return picture;
}

/* The picture, and what to do where it is too small. */
static GtkWidget *
make_content (GdkTexture *texture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *picture = make_picture (texture);
  /* Translators: under a picture of a question. zh: 点击图片可以放大 */
  GtkWidget *hint = gtk_label_new (_ ("Press the picture to enlarge it"));

  gtk_widget_set_size_request (picture, -1, MIN (gdk_texture_get_height (texture), HEIGHT_MIN));
  gtk_widget_add_css_class (hint, "quiet");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), hint);
  return box;
}

GtkWidget *
jk_picture_view_new (guint n, GBytes *picture)
{
  JkPictureView *self = g_object_new (JK_TYPE_PICTURE_VIEW, NULL);
  /* Translators: the name of a picture for screen readers. zh: 本题图片 %u，按下放大 */
  g_autofree char *name = g_strdup_printf (_ ("Picture %u of this item, press to enlarge"), n + 1);

  self->texture = gdk_texture_new_from_bytes (picture, NULL);
  if (self->texture == NULL) {
    g_free (name);
    /* Translators: zh: 图片无法显示，请举手。 */
    name = g_strdup (_ ("The picture cannot be shown. Please raise your hand."));
    gtk_button_set_child (GTK_BUTTON (self), jk_paragraph_new (name));
    gtk_widget_add_css_class (GTK_WIDGET (self), "problem");
  } else {
    gtk_button_set_child (GTK_BUTTON (self), make_content (self->texture));
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "u", n);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "exam.zoom");
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

GtkWidget *
jk_picture_view_make_large (JkPictureView *self)
{
  g_return_val_if_fail (JK_IS_PICTURE_VIEW (self), NULL);

  if (self->texture == NULL)
    return NULL;
  GtkWidget *picture = make_picture (self->texture);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_widget_set_size_request (picture,
                               ZOOM * gdk_texture_get_width (self->texture),
                               ZOOM * gdk_texture_get_height (self->texture));
  return picture;
}
