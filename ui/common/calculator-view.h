/* SPDX-License-Identifier: Apache-2.0 */
/* common/calculator-view.h: the calculator as a panel at the side of a page: to be put into an
 * overlay, where it lies at the start, at the bottom.
 *
 * Shown, it takes the keyboard: digits, operations, Enter or =, Backspace, Delete (anew), Esc. With
 * Esc, or its button, it gives the keyboard back to what had it and emits "closed" (no parameters);
 * who shows it takes it away then. */
#pragma once

#include <gtk/gtk.h>

#define JK_TYPE_CALCULATOR_VIEW (jk_calculator_view_get_type ())
G_DECLARE_FINAL_TYPE (JkCalculatorView, jk_calculator_view, JK, CALCULATOR_VIEW, GtkWidget)

GtkWidget *jk_calculator_view_new (void);
