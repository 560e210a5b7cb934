/* SPDX-License-Identifier: Apache-2.0 */
/* common/paragraph.c: running text, wrapped to the width it gets. */
#include "common/paragraph.h"

#define MAX_CHARS 38
#define MIN_CHARS 6
#define SHORT_CHARS 24   /* so few are measured as they are: digits are half as wide */
#define LINE_FACTOR 1.1f /* of the font's own line, which is 1.45 em high */

struct _JkParagraph {
  GtkWidget parent_instance;

  /* Owned */
  PangoLayout *layout;
  char *spoken; /* what screen readers were told last */

  /* Plain */
  guint max_chars;
  guint serial;   /* of the font that was measured with */
  int char_width; /* pixels of one Han character; 0: to be measured */
  int n_chars;
  int line_width; /* of a short text on one line; 0: to be measured */
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

static int
measure_short (JkParagraph *self)
{
  if (self->line_width == 0) {
    pango_layout_set_width (self->layout, -1);
    pango_layout_get_pixel_size (self->layout, &self->line_width, NULL);
  }
  return self->line_width;
}

/* A long text from the number of its characters, never from the text: that is what makes it fast.
 */
static int
measure_width (JkParagraph *self)
{
  int widest = (int) self->max_chars * measure_char (self);

  if (self->n_chars <= SHORT_CHARS)
    return MIN (measure_short (self), widest);
  return MIN (self->n_chars * measure_char (self), widest);
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

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *natural = measure_width (self);
    *minimum = MIN (*natural, MIN_CHARS * measure_char (self));
    return;
  }
  *minimum = *natural = lay_out (self, for_size >= 0 ? for_size : measure_width (self));
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
  guint serial = pango_context_get_serial (pango_layout_get_context (self->layout));
  /* A colour that changes, under the pointer say, leaves the size as it was. */
  if (serial == self->serial)
    return;
  self->serial = serial;
  self->char_width = 0;
  self->line_width = 0;
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
  g_clear_pointer (&self->spoken, g_free);
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
  pango_layout_set_line_spacing (self->layout, LINE_FACTOR);
}

GtkWidget *
jk_paragraph_new (const char *text)
{
  return g_object_new (JK_TYPE_PARAGRAPH, "text", text, NULL);
}

/* One second less is as long as before, and then nothing around it must be laid out again. */
static gboolean
fits (JkParagraph *self, const char *text)
{
  int width = pango_layout_get_width (self->layout);
  int line = self->line_width;
  int before = 0;

  if (line == 0 || width < 0 || g_utf8_strlen (text, -1) != self->n_chars)
    return FALSE;
  pango_layout_get_pixel_size (self->layout, NULL, &before);
  pango_layout_set_text (self->layout, text, -1);
  self->line_width = 0;
  if (measure_short (self) != line)
    return FALSE;
  return lay_out (self, width / PANGO_SCALE) == before;
}

static void
show_text (JkParagraph *self, const char *text)
{
  if (fits (self, text)) {
    gtk_widget_queue_draw (GTK_WIDGET (self));
  } else {
    pango_layout_set_text (self->layout, text, -1);
    self->n_chars = (int) g_utf8_strlen (text, -1);
    self->line_width = 0;
    gtk_widget_queue_resize (GTK_WIDGET (self));
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

void
jk_paragraph_set_text (JkParagraph *self, const char *text)
{
  jk_paragraph_set_ticking (self, text, text);
}

void
jk_paragraph_set_ticking (JkParagraph *self, const char *shown, const char *spoken)
{
  g_return_if_fail (JK_IS_PARAGRAPH (self));

  if (shown == NULL)
    shown = "";
  if (spoken == NULL)
    spoken = "";
  if (strcmp (shown, pango_layout_get_text (self->layout)) != 0)
    show_text (self, shown);
  if (g_strcmp0 (spoken, self->spoken) == 0)
    return;
  g_free (self->spoken);
  self->spoken = g_strdup (spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

const char *
jk_paragraph_get_text (JkParagraph *self)
{
  g_return_val_if_fail (JK_IS_PARAGRAPH (self), NULL);
  return pango_layout_get_text (self->layout);
}

void
jk_paragraph_warm (JkParagraph *self, const char *text)
{
  g_return_if_fail (JK_IS_PARAGRAPH (self) && text != NULL);
  g_autoptr (PangoLayout) layout = pango_layout_copy (self->layout);
  int width, height;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  /* As large as the text: what is outside of a surface is not drawn. */
  cairo_surface_t *unseen = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_t *cairo = cairo_create (unseen);
  pango_cairo_show_layout (cairo, layout);
  cairo_destroy (cairo);
  cairo_surface_destroy (unseen);
}
