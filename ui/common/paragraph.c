/* SPDX-License-Identifier: Apache-2.0 */
/* common/paragraph.c: running text, wrapped to the width it gets. */
#include "common/paragraph.h"

#define MAX_CHARS 38
#define MIN_CHARS 6

struct _JkParagraph {
  GtkWidget parent_instance;

  /* Owned */
  PangoLayout *layout;

  /* Plain */
  guint max_chars;
  int char_width; /* pixels of one Han character; 0: to be measured */
};

G_DEFINE_FINAL_TYPE (JkParagraph, jk_paragraph, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_TEXT,
  PROP_MAX_CHARS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static int
measure_char (JkParagraph *self)
{
  if (self->char_width == 0) {
    g_autoptr (PangoLayout) han = gtk_widget_create_pango_layout (GTK_WIDGET (self), "国");
    pango_layout_get_pixel_size (han, &self->char_width, NULL);
  }
  return MAX (self->char_width, 1);
}

/* Lays out at a width, unless it is that wide already; returns the height. */
static int
lay_out (JkParagraph *self, int width)
{
  int wanted = MIN (width, (int) self->max_chars * measure_char (self)) * PANGO_SCALE;
  int height;

  if (pango_layout_get_width (self->layout) != wanted)
    pango_layout_set_width (self->layout, wanted);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  return height;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  JkParagraph *self = JK_PARAGRAPH (widget);
  int chars = g_utf8_strlen (pango_layout_get_text (self->layout), -1);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    /* From the number of characters, never from the text: that is what makes it fast. */
    *natural = MIN (chars, (int) self->max_chars) * measure_char (self);
    *minimum = MIN (*natural, MIN_CHARS * measure_char (self));
    return;
  }
  if (for_size < 0)
    for_size = MIN (chars, (int) self->max_chars) * measure_char (self);
  *minimum = *natural = lay_out (self, for_size);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JkParagraph *self = JK_PARAGRAPH (widget);

  lay_out (self, gtk_widget_get_width (widget));
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), 0, 0, self->layout);
}

static void
css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  JkParagraph *self = JK_PARAGRAPH (widget);

  GTK_WIDGET_CLASS (jk_paragraph_parent_class)->css_changed (widget, change);
  self->char_width = 0;
  pango_layout_context_changed (self->layout);
  gtk_widget_queue_resize (widget);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JkParagraph *self = JK_PARAGRAPH (object);

  switch (id) {
  case PROP_TEXT:
    g_value_set_string (value, jk_paragraph_get_text (self));
    break;
  case PROP_MAX_CHARS:
    g_value_set_uint (value, self->max_chars);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JkParagraph *self = JK_PARAGRAPH (object);

  switch (id) {
  case PROP_TEXT:
    jk_paragraph_set_text (self, g_value_get_string (value));
    break;
  case PROP_MAX_CHARS:
    self->max_chars = g_value_get_uint (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  JkParagraph *self = JK_PARAGRAPH (object);

  g_clear_object (&self->layout);
  G_OBJECT_CLASS (jk_paragraph_parent_class)->dispose (object);
}

static void
jk_paragraph_class_init (JkParagraphClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  widget_class->css_changed = css_changed;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_MAX_CHARS] = g_param_spec_uint ("max-chars", NULL, NULL, 1, 200, MAX_CHARS, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "paragraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
jk_paragraph_init (JkParagraph *self)
{
  self->max_chars = MAX_CHARS;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "");
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
}

GtkWidget *
jk_paragraph_new (const char *text)
{
  return g_object_new (JK_TYPE_PARAGRAPH, "text", text, NULL);
}

void
jk_paragraph_set_text (JkParagraph *self, const char *text)
{
  g_return_if_fail (JK_IS_PARAGRAPH (self));

  if (text == NULL)
    text = "";
  if (strcmp (text, pango_layout_get_text (self->layout)) == 0)
    return;
  pango_layout_set_text (self->layout, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

const char *
jk_paragraph_get_text (JkParagraph *self)
{
  g_return_val_if_fail (JK_IS_PARAGRAPH (self), NULL);
  return pango_layout_get_text (self->layout);
}
