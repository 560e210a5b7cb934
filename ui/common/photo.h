/* SPDX-License-Identifier: Apache-2.0 */
/* common/photo.h: a photo of a person, for comparing a face. */
#pragma once

#include <gtk/gtk.h>

/* Shows it at the size of one on a document, however large the camera made it; or else none_label.
 * NULL, or one that cannot be drawn, is none: the document decides. */
void jk_photo_show (GtkPicture *picture, GtkWidget *none_label, GBytes *photo);
