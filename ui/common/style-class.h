/* SPDX-License-Identifier: Apache-2.0 */
/* common/style-class.h: states of widgets as the style sheet knows them. */
#pragma once

#include <gtk/gtk.h>

/* Gives a widget a style class, or takes it. */
void jk_style_class_set (GtkWidget *widget, const char *name, gboolean is_set);
