/* SPDX-License-Identifier: Apache-2.0 */
/* print/document.c: see the header. */
#include "print/document-private.h"
#include "print/error.h"

#include <cairo-pdf.h>

#define PT_PER_MM (72.0 / 25.4)
#define PAPER_SHORT 210.0
#define PAPER_LONG 297.0
#define MARGIN_SIDE 14.0
#define MARGIN_TOP 12.0
#define MARGIN_BOTTOM 16.0
#define FOOT_Y 5.0 /* below the drawing */
#define FOOT_PT 8.0
#define PAGE_NUMBER_WIDTH 45.0
#define LINE_PT 0.4
#define SHADE 0.92
#define FAMILIES "Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif"

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int size)
{
  g_byte_array_append (closure, data, size);
  return CAIRO_STATUS_SUCCESS;
}

/* Direction marks, embeddings, overrides and isolates: one of them in a name would turn what is
 * printed after it. */
static gboolean
turns_direction (gunichar letter)
{
  return letter == 0x061c || letter == 0x200e || letter == 0x200f ||
         (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069);
}

static char *
dup_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    GUnicodeType type = g_unichar_type (letter);
    if (type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR ||
        type == G_UNICODE_PARAGRAPH_SEPARATOR)
      g_string_append_c (out, ' ');
    else if (!turns_direction (letter))
      g_string_append_unichar (out, letter);
  }
  return g_string_free (out, FALSE);
}

/* Metrics as on paper: whole pixels mean nothing there. */
static PangoLayout *
layout_new (cairo_t *cairo)
{
  PangoFontMap *fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (fonts);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  pango_cairo_update_context (cairo, context);

  PangoAttrList *attributes = pango_attr_list_new ();
  PangoLayout *layout = pango_layout_new (context);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  /* A hyphen where a name was broken would be read as part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  cairo_font_options_destroy (options);
  g_object_unref (context);
  g_object_unref (fonts);
  return layout;
}

static void
set_text (JkDocument *self, const JkPrintText *text)
{
  g_autofree char *clean = dup_clean (text->text != NULL ? text->text : "");
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);
  int height = text->height_max > 0 ? (int) (text->height_max * PT_PER_MM * PANGO_SCALE) : -1;

  pango_font_description_set_weight (font, text->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size (font, (int) (text->size_pt * PANGO_SCALE));
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_width (self->layout, (int) (text->width * PT_PER_MM * PANGO_SCALE));
  pango_layout_set_height (self->layout, height);
  pango_layout_set_alignment (self->layout,
                              text->align == JK_ALIGN_LEFT     ? PANGO_ALIGN_LEFT
                              : text->align == JK_ALIGN_CENTRE ? PANGO_ALIGN_CENTER
                                                               : PANGO_ALIGN_RIGHT);
  pango_layout_set_text (self->layout, clean, -1);
  pango_font_description_free (font);
}

double
jk_document_get_width (const JkDocument *self)
{
  return self->page_width - 2 * MARGIN_SIDE;
}

double
jk_document_get_height (const JkDocument *self)
{
  return self->page_height - MARGIN_TOP - MARGIN_BOTTOM;
}

double
jk_document_get_left (const JkDocument *self)
{
  return jk_document_get_height (self) - self->y;
}

void
jk_document_advance (JkDocument *self, double height)
{
  self->y += height;
}

double
jk_document_measure (JkDocument *self, const JkPrintText *text)
{
  int height;

  set_text (self, text);
  pango_layout_get_size (self->layout, NULL, &height);
  return height / (PT_PER_MM * PANGO_SCALE);
}

void
jk_document_write (JkDocument *self, const JkPrintText *text)
{
  if (self->n_pages == 0 || text->text == NULL || *text->text == '\0')
    return;
  set_text (self, text);
  cairo_move_to (self->cairo,
                 (MARGIN_SIDE + text->x) * PT_PER_MM,
                 (MARGIN_TOP + self->y + text->y) * PT_PER_MM);
  pango_cairo_show_layout (self->cairo, self->layout);
}

void
jk_document_line (JkDocument *self, double x1, double y1, double x2, double y2)
{
  if (self->n_pages == 0)
    return;
  cairo_move_to (self->cairo,
                 (MARGIN_SIDE + x1) * PT_PER_MM,
                 (MARGIN_TOP + self->y + y1) * PT_PER_MM);
  cairo_line_to (self->cairo,
                 (MARGIN_SIDE + x2) * PT_PER_MM,
                 (MARGIN_TOP + self->y + y2) * PT_PER_MM);
  cairo_stroke (self->cairo);
}

void
jk_document_frame (JkDocument *self,
                   double x,
                   double y,
                   double width,
                   double height,
                   gboolean shaded)
{
  if (self->n_pages == 0)
    return;
  cairo_rectangle (self->cairo,
                   (MARGIN_SIDE + x) * PT_PER_MM,
                   (MARGIN_TOP + self->y + y) * PT_PER_MM,
                   width * PT_PER_MM,
                   height * PT_PER_MM);
  if (shaded) {
    cairo_set_source_rgb (self->cairo, SHADE, SHADE, SHADE);
    cairo_fill_preserve (self->cairo);
    cairo_set_source_rgb (self->cairo, 0, 0, 0);
  }
  cairo_stroke (self->cairo);
}

static void
end_page (JkDocument *self)
{
  g_autofree char *number = g_strdup_printf ("第 %u 页　共 %u 页", self->page, self->n_pages);
  const double width = jk_document_get_width (self);
  const JkPrintText foot = { .text = self->plan->foot,
                             .y = FOOT_Y,
                             .width = width - PAGE_NUMBER_WIDTH,
                             .size_pt = FOOT_PT };
  const JkPrintText right = { .text = number,
                              .x = width - PAGE_NUMBER_WIDTH,
                              .y = FOOT_Y,
                              .width = PAGE_NUMBER_WIDTH,
                              .size_pt = FOOT_PT,
                              .align = JK_ALIGN_RIGHT };

  if (self->n_pages == 0)
    return;
  self->y = jk_document_get_height (self);
  jk_document_write (self, &foot);
  jk_document_write (self, &right);
  cairo_show_page (self->cairo);
}

gboolean
jk_document_reserve (JkDocument *self, double height)
{
  if (self->y <= 0 || height <= jk_document_get_left (self))
    return FALSE;
  end_page (self);
  self->page++;
  self->y = 0;
  return TRUE;
}

static void
draw_pages (JkDocument *self, JkDocumentDraw draw, gconstpointer data)
{
  self->page = 1;
  self->y = 0;
  draw (self, data);
  end_page (self);
}

/* Without any font at all Pango ends the program, so the list of them is looked at first. */
static gboolean
check_font (JkDocument *self, GError **error)
{
  const JkPrintText title = { .text = self->plan->title, .width = PAPER_LONG, .size_pt = FOOT_PT };
  PangoFontMap *fonts = pango_context_get_font_map (pango_layout_get_context (self->layout));
  g_autofree PangoFontFamily **families = NULL;
  int n_families;

  pango_font_map_list_families (fonts, &families, &n_families);
  if (n_families > 0) {
    set_text (self, &title);
    if (pango_layout_get_unknown_glyphs_count (self->layout) == 0)
      return TRUE;
  }
  g_set_error (error,
               JK_PRINT_ERROR,
               JK_PRINT_ERROR_FONT,
               "%s: this PC has no font with Chinese letters to print it; expected one such as "
               "Noto Sans CJK SC; install fonts-noto-cjk, or make the form at another PC.",
               self->plan->title);
  return FALSE;
}

/* After the last page; takes what is drawn on. */
static gboolean
finish (JkDocument *self, cairo_surface_t *surface, GError **error)
{
  cairo_status_t status = cairo_status (self->cairo);

  cairo_destroy (self->cairo);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  g_object_unref (self->layout);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error,
               JK_PRINT_ERROR,
               JK_PRINT_ERROR_DRAWING,
               "%s: page %u of %u was not drawn (%s); expected a PDF; try again, and if it comes "
               "back, fill in the form by hand.",
               self->plan->title,
               self->page,
               self->n_pages,
               cairo_status_to_string (status));
  return FALSE;
}

GBytes *
jk_document_print (const JkDocumentPlan *plan,
                   JkDocumentDraw draw,
                   gconstpointer data,
                   GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  JkDocument self = { .plan = plan,
                      .page_width = plan->landscape ? PAPER_LONG : PAPER_SHORT,
                      .page_height = plan->landscape ? PAPER_SHORT : PAPER_LONG };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append,
                                                                  out,
                                                                  self.page_width * PT_PER_MM,
                                                                  self.page_height * PT_PER_MM);
  gboolean has_font;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, plan->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Jikao");
  cairo_pdf_surface_set_metadata (surface,
                                  CAIRO_PDF_METADATA_CREATE_DATE,
                                  plan->date != NULL ? plan->date : "");
  self.cairo = cairo_create (surface);
  self.layout = layout_new (self.cairo);
  cairo_set_line_width (self.cairo, LINE_PT);
  has_font = check_font (&self, error);
  if (has_font) {
    draw_pages (&self, draw, data);
    self.n_pages = self.page;
    draw_pages (&self, draw, data);
  }
  return finish (&self, surface, has_font ? error : NULL) && has_font
             ? g_byte_array_free_to_bytes (g_steal_pointer (&out))
             : NULL;
}
