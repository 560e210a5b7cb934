/* SPDX-License-Identifier: Apache-2.0 */
/* common/wrap-layout.h: children side by side, in as many rows as the width makes them need.
 *
 * What a GtkFlowBox does, without its wrappers, each of which would be one more stop for the Tab
 * key and one more object for a screen reader. Children that expand share what is left of a row. */
#pragma once

#include <gtk/gtk.h>

/* Property, at construction: "even" (gboolean): all children are as wide as the widest, and a bit
 * wider so that rows are filled. */
#define JK_TYPE_WRAP_LAYOUT (jk_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (JkWrapLayout, jk_wrap_layout, JK, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *jk_wrap_layout_new (gboolean is_even);
