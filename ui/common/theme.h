/* SPDX-License-Identifier: Apache-2.0 */
/* common/theme.h: the look of a display: style sheet, colours by name, size of text, no motion.
 *
 * Every size in style.css is in em of the window's text, so one number scales all of it. */
#pragma once

#include <gtk/gtk.h>

typedef enum {
  JK_SCHEME_LIGHT,
  JK_SCHEME_DARK,
  JK_SCHEME_CONTRAST, /* black, white, yellow */
  JK_N_SCHEMES,
} JkScheme;

#define JK_PERCENT_MIN 75
#define JK_PERCENT_MAX 200
#define JK_PERCENT_STEP 25

/* Properties: "percent" (guint, of the text size), "scheme" (guint, a JkScheme). Both take effect
 * at once. Windows that are made narrow by large text get the style class "large" from 150 % on:
 * see jk_theme_follow. */
#define JK_TYPE_THEME (jk_theme_get_type ())
G_DECLARE_FINAL_TYPE (JkTheme, jk_theme, JK, THEME, GObject)

JkTheme *jk_theme_new (GdkDisplay *display);
guint jk_theme_get_percent (JkTheme *self);
void jk_theme_set_percent (JkTheme *self, guint percent); /* clamped */
JkScheme jk_theme_get_scheme (JkTheme *self);
void jk_theme_set_scheme (JkTheme *self, JkScheme scheme);

/* Keeps style classes "large", "dark" and "contrast" of a window as the theme has them, for as long
 * as the window lives. */
void jk_theme_follow (JkTheme *self, GtkWidget *window);
