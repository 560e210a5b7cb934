/* SPDX-License-Identifier: Apache-2.0 */
/* station/scheme-button.c: see the header. */
#include "station/scheme-button.h"

#include <glib/gi18n.h>

struct _JkSchemeButton {
  GtkButton parent_instance;
};

G_DEFINE_FINAL_TYPE (JkSchemeButton, jk_scheme_button, GTK_TYPE_BUTTON)

/* The window has the colours it shows as a class (jk_theme_follow). */
static const char *
get_next (GtkWidget *window)
{
  if (gtk_widget_has_css_class (window, "dark"))
    /* Translators: colours. zh: 高对比度 */
    return _ ("High contrast");
  if (gtk_widget_has_css_class (window, "contrast"))
    /* Translators: colours. zh: 浅色 */
    return _ ("Light");
  /* Translators: colours. zh: 深色 */
  return _ ("Dark");
}

static void
follow (JkSchemeButton *self, GParamSpec *pspec, GtkWidget *window)
{
  gtk_button_set_label (GTK_BUTTON (self), get_next (window));
}

static void
root (GtkWidget *widget)
{
  GtkWidget *window;

  GTK_WIDGET_CLASS (jk_scheme_button_parent_class)->root (widget);
  window = GTK_WIDGET (gtk_widget_get_root (widget));
  g_signal_connect_object (window,
                           "notify::css-classes",
                           G_CALLBACK (follow),
                           widget,
                           G_CONNECT_SWAPPED);
  follow (JK_SCHEME_BUTTON (widget), NULL, window);
}

static void
unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), follow, widget);
  GTK_WIDGET_CLASS (jk_scheme_button_parent_class)->unroot (widget);
}

static void
jk_scheme_button_class_init (JkSchemeButtonClass *klass)
{
  GTK_WIDGET_CLASS (klass)->root = root;
  GTK_WIDGET_CLASS (klass)->unroot = unroot;
}

static void
jk_scheme_button_init (JkSchemeButton *self)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.scheme");
}
