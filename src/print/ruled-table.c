/* SPDX-License-Identifier: Apache-2.0 */
/* print/ruled-table.c: see the header. */
#include "print/ruled-table.h"

#define PADDING 1.2 /* left and right of a text, and half of it above and below */
#define HEAD_HEIGHT 8.0

static double
get_width (const JkRuledTable *self, const JkDocument *document, guint column)
{
  double left = jk_document_get_width (document);

  if (self->columns[column].width > 0)
    return self->columns[column].width;
  for (guint i = 0; i < self->n_columns; i++)
    left -= self->columns[i].width;
  return left;
}

/* The text of a cell in its column, at the left edge of it. */
static JkPrintText
get_text (const JkRuledTable *self, const JkDocument *document, guint row, guint column)
{
  const JkPrintText text = {
    .text = g_ptr_array_index (self->cells, row * self->n_columns + column),
    .width = get_width (self, document, column) - 2 * PADDING,
    .height_max = jk_document_get_height (document) - 2 * HEAD_HEIGHT,
    .size_pt = self->size_pt,
    .align = self->columns[column].align,
  };
  return text;
}

static double
measure_row (const JkRuledTable *self, JkDocument *document, guint row)
{
  double height = self->row_height;

  for (guint i = 0; i < self->n_columns; i++) {
    const JkPrintText text = get_text (self, document, row, i);
    if (text.text != NULL && *text.text != '\0')
      height = MAX (height, jk_document_measure (document, &text) + PADDING);
  }
  /* A font may be higher than it says, but no row is than a page. */
  return MIN (height, jk_document_get_height (document) - HEAD_HEIGHT);
}

static void
draw_cell (JkDocument *document, JkPrintText text, double x, double height, gboolean is_head)
{
  double text_height = jk_document_measure (document, &text);

  jk_document_frame (document, x, 0, text.width + 2 * PADDING, height, is_head);
  text.x = x + PADDING;
  text.y = MAX (0, (height - text_height) / 2);
  jk_document_write (document, &text);
}

static void
draw_heads (const JkRuledTable *self, JkDocument *document)
{
  double x = 0;

  for (guint i = 0; i < self->n_columns; i++) {
    const JkPrintText text = { .text = self->columns[i].head,
                               .width = get_width (self, document, i) - 2 * PADDING,
                               .size_pt = self->size_pt,
                               .align = JK_ALIGN_CENTRE,
                               .bold = TRUE };
    draw_cell (document, text, x, HEAD_HEIGHT, TRUE);
    x += text.width + 2 * PADDING;
  }
  jk_document_advance (document, HEAD_HEIGHT);
}

void
jk_ruled_table_draw (const JkRuledTable *self, JkDocument *document)
{
  const guint n_rows = self->cells->len / self->n_columns;

  for (guint row = 0; row < n_rows; row++) {
    double height = measure_row (self, document, row);
    double x = 0;
    if (row == 0)
      jk_document_reserve (document, HEAD_HEIGHT + height);
    if (row == 0 || jk_document_reserve (document, height))
      draw_heads (self, document);
    for (guint i = 0; i < self->n_columns; i++) {
      JkPrintText text = get_text (self, document, row, i);
      draw_cell (document, text, x, height, FALSE);
      x += text.width + 2 * PADDING;
    }
    jk_document_advance (document, height);
  }
}
