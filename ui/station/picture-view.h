/* SPDX-License-Identifier: Apache-2.0 */
/* station/picture-view.h: a picture of a question: as wide as there is room for, larger on demand.
 *
 * A button: a click or a key activates "exam.zoom" with its number. */
#pragma once

#include <gtk/gtk.h>

#define JK_TYPE_PICTURE_VIEW (jk_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (JkPictureView, jk_picture_view, JK, PICTURE_VIEW, GtkButton)

/* n is 0 first, picture PNG or JPEG; what cannot be decoded is a sentence instead. */
GtkWidget *jk_picture_view_new (guint n, GBytes *picture);

/* The picture, larger, to be scrolled; NULL when it cannot be decoded. */
GtkWidget *jk_picture_view_make_large (JkPictureView *self);
