/* SPDX-License-Identifier: Apache-2.0 */
/* station/scheme-button.h: 深色, 高对比度, 浅色: the colours that a press changes to. */
#pragma once

#include <gtk/gtk.h>

/* Activates "win.scheme", and is called by what that does next in the window it is in. */
#define JK_TYPE_SCHEME_BUTTON (jk_scheme_button_get_type ())
G_DECLARE_FINAL_TYPE (JkSchemeButton, jk_scheme_button, JK, SCHEME_BUTTON, GtkButton)
