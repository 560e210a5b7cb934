/* SPDX-License-Identifier: Apache-2.0 */
/* common/children.h: the end of a widget that is made from a template. */
#pragma once

#include <gtk/gtk.h>

/* Unparents all children, for dispose: gtk_widget_dispose_template() of GTK 4.8 leaves those that
 * are bound to no field. */
void jk_children_drop (GtkWidget *widget);
