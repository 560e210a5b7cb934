/* SPDX-License-Identifier: Apache-2.0 */
/* common/qr-view.h: a QR code: whole pixels a module, black on white in every scheme of colours,
 * with the quiet zone of 4 modules that readers want. As large as the text asks for. */
#pragma once

#include <gtk/gtk.h>

#define JK_TYPE_QR_VIEW (jk_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (JkQrView, jk_qr_view, JK, QR_VIEW, GtkWidget)

/* name is what a screen reader says of it. */
GtkWidget *jk_qr_view_new (const char *text, const char *name);

/* Shows another text, as bytes of UTF-8; NULL, or one too long for a QR code: nothing. */
void jk_qr_view_set_text (JkQrView *self, const char *text);
