/* SPDX-License-Identifier: Apache-2.0 */
/* common/theme.c: the look of a display. */
#include "common/theme.h"

#include "common/style-class.h"

#define SHEET "/jikao/common/style.css"
#define TEXT_PX 15.0
#define LARGE_PERCENT 150

/* Colours by name (screens.md): each pair at least 7:1 for text and 3:1 for shapes. */
static const char *const colours[JK_N_SCHEMES] = {
  [JK_SCHEME_LIGHT] = "@define-color paper #FAFAF7; @define-color surface #FFFFFF;"
                      "@define-color ink #1B1F24; @define-color quiet #4B535C;"
                      "@define-color line #8C959F; @define-color accent #0B4F96;"
                      "@define-color on_accent #FFFFFF; @define-color warn #6B4700;"
                      "@define-color warn_paper #FFF4D6; @define-color stop #8F1C13;"
                      "@define-color done #0F5A27;",
  [JK_SCHEME_DARK] = "@define-color paper #16191D; @define-color surface #1F242A;"
                     "@define-color ink #F2F4F6; @define-color quiet #B9C1C9;"
                     "@define-color line #7D8590; @define-color accent #8CC4FF;"
                     "@define-color on_accent #10151A; @define-color warn #FFD98A;"
                     "@define-color warn_paper #3A2E0F; @define-color stop #FFB3AB;"
                     "@define-color done #8FE0A5;",
  [JK_SCHEME_CONTRAST] = "@define-color paper #000000; @define-color surface #000000;"
                         "@define-color ink #FFFFFF; @define-color quiet #FFFFFF;"
                         "@define-color line #FFFFFF; @define-color accent #FFFF00;"
                         "@define-color on_accent #000000; @define-color warn #FFFF00;"
                         "@define-color warn_paper #000000; @define-color stop #FFFF00;"
                         "@define-color done #FFFFFF;",
};

struct _JkTheme {
  GObject parent_instance;

  /* Owned */
  GtkCssProvider *sheet;  /* style.css */
  GtkCssProvider *values; /* colours and text size, which it names */

  /* Borrowed */
  GdkDisplay *display;

  /* Plain */
  guint percent;
  JkScheme scheme;
};

G_DEFINE_FINAL_TYPE (JkTheme, jk_theme, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_PERCENT,
  PROP_SCHEME,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
apply (JkTheme *self)
{
  char size[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (size, sizeof size, "%.2f", TEXT_PX * self->percent / 100.0);
  g_autofree char *css =
      g_strdup_printf ("%s window { font-size: %spx; }", colours[self->scheme], size);

  gtk_css_provider_load_from_data (self->values, css, -1);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JkTheme *self = JK_THEME (object);

  switch (id) {
  case PROP_PERCENT:
    g_value_set_uint (value, self->percent);
    break;
  case PROP_SCHEME:
    g_value_set_uint (value, self->scheme);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JkTheme *self = JK_THEME (object);

  switch (id) {
  case PROP_PERCENT:
    jk_theme_set_percent (self, g_value_get_uint (value));
    break;
  case PROP_SCHEME:
    jk_theme_set_scheme (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  JkTheme *self = JK_THEME (object);

  if (self->display != NULL) {
    gtk_style_context_remove_provider_for_display (self->display, GTK_STYLE_PROVIDER (self->sheet));
    gtk_style_context_remove_provider_for_display (self->display,
                                                   GTK_STYLE_PROVIDER (self->values));
    self->display = NULL;
  }
  g_clear_object (&self->sheet);
  g_clear_object (&self->values);
  G_OBJECT_CLASS (jk_theme_parent_class)->dispose (object);
}

static void
jk_theme_class_init (JkThemeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  props[PROP_PERCENT] =
      g_param_spec_uint ("percent", NULL, NULL, JK_PERCENT_MIN, JK_PERCENT_MAX, 100, flags);
  props[PROP_SCHEME] = g_param_spec_uint ("scheme", NULL, NULL, 0, JK_N_SCHEMES - 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
jk_theme_init (JkTheme *self)
{
  self->percent = 100;
  self->sheet = gtk_css_provider_new ();
  self->values = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (self->sheet, SHEET);
  apply (self);
}

/* Nothing moves that need not, and what goes on below can be seen to. Only what is not so yet: GTK
 * 4.8 tells every widget of it, one that is on its way out too. */
static void
keep_still (GdkDisplay *display)
{
  static const char *const restless[] = {
    "gtk-cursor-blink",
    "gtk-enable-animations",
    "gtk-overlay-scrolling",
  };
  GtkSettings *settings = gtk_settings_get_for_display (display);

  for (guint n = 0; n < G_N_ELEMENTS (restless); n++) {
    gboolean is_on;
    g_object_get (settings, restless[n], &is_on, NULL);
    if (is_on)
      g_object_set (settings, restless[n], FALSE, NULL);
  }
}

JkTheme *
jk_theme_new (GdkDisplay *display)
{
  JkTheme *self = g_object_new (JK_TYPE_THEME, NULL);

  self->display = display;
  keep_still (display);
  gtk_style_context_add_provider_for_display (display,
                                              GTK_STYLE_PROVIDER (self->values),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display,
                                              GTK_STYLE_PROVIDER (self->sheet),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return self;
}

guint
jk_theme_get_percent (JkTheme *self)
{
  g_return_val_if_fail (JK_IS_THEME (self), 100);
  return self->percent;
}

void
jk_theme_set_percent (JkTheme *self, guint percent)
{
  g_return_if_fail (JK_IS_THEME (self));

  percent = CLAMP (percent, JK_PERCENT_MIN, JK_PERCENT_MAX);
  if (percent == self->percent)
    return;
  self->percent = percent;
  apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERCENT]);
}

JkScheme
jk_theme_get_scheme (JkTheme *self)
{
  g_return_val_if_fail (JK_IS_THEME (self), JK_SCHEME_LIGHT);
  return self->scheme;
}

void
jk_theme_set_scheme (JkTheme *self, JkScheme scheme)
{
  g_return_if_fail (JK_IS_THEME (self));
  g_return_if_fail ((guint) scheme < JK_N_SCHEMES);

  if (scheme == self->scheme)
    return;
  self->scheme = scheme;
  apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SCHEME]);
}

static void
mark_window (GtkWidget *window, GParamSpec *pspec, JkTheme *theme)
{
  jk_style_class_set (window, "large", theme->percent >= LARGE_PERCENT);
  jk_style_class_set (window, "dark", theme->scheme == JK_SCHEME_DARK);
  jk_style_class_set (window, "contrast", theme->scheme == JK_SCHEME_CONTRAST);
}

void
jk_theme_follow (JkTheme *self, GtkWidget *window)
{
  g_return_if_fail (JK_IS_THEME (self));
  g_return_if_fail (GTK_IS_WIDGET (window));

  g_signal_connect_object (self, "notify", G_CALLBACK (mark_window), window, G_CONNECT_SWAPPED);
  mark_window (window, NULL, self);
}
