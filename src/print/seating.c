/* SPDX-License-Identifier: Apache-2.0 */
/* print/seating.c: see the header. */
#include "print/seating.h"

#define BOXES_ACROSS 6
#define BOX_HEIGHT 21.0
#define NAME_Y 7.0
#define GAP 3.0
#define PADDING 2.0
#define DESK_WIDTH 60.0
#define DESK_HEIGHT 9.0
#define SEAT_PT 12.0
#define NAME_PT 12.0
#define SMALL_PT 8.5
#define LAST_LETTERS 4

typedef struct {
  /* Borrowed */
  const JkSession *session;
  GPtrArray *people; /* const JkPerson, without spare records */
} Seating;

static char *
dup_last_letters (const char *admission)
{
  glong n = g_utf8_strlen (admission, -1);

  return g_strconcat ("尾号 ",
                      n > LAST_LETTERS ? g_utf8_offset_to_pointer (admission, n - LAST_LETTERS)
                                       : admission,
                      NULL);
}

static void
draw_box (JkDocument *document, const JkPerson *person, double x, double width)
{
  g_autofree char *letters = dup_last_letters (person->admission);
  const double inner = width - 2 * PADDING;
  const JkPrintText seat = { .text = *person->seat != '\0' ? person->seat : "—",
                             .x = x + PADDING,
                             .y = 1.2,
                             .width = inner * 0.5,
                             .size_pt = SEAT_PT,
                             .bold = TRUE };
  const JkPrintText number = { .text = letters,
                               .x = x + PADDING + inner * 0.5,
                               .y = 2.2,
                               .width = inner * 0.5,
                               .size_pt = SMALL_PT,
                               .align = JK_ALIGN_RIGHT };
  JkPrintText name = { .text = person->name,
                       .x = x + PADDING,
                       .width = inner,
                       .height_max = 2 * BOX_HEIGHT,
                       .size_pt = NAME_PT,
                       .align = JK_ALIGN_CENTRE };
  double height = jk_document_measure (document, &name);

  /* A long name is set smaller, so that all of it is there. */
  if (height > BOX_HEIGHT - NAME_Y)
    name.size_pt = SMALL_PT;
  name.height_max = BOX_HEIGHT - NAME_Y;
  height = jk_document_measure (document, &name);
  name.y = NAME_Y + MAX (0, (name.height_max - height) / 2 - 1);
  jk_document_frame (document, x, 0, width, BOX_HEIGHT, FALSE);
  jk_document_write (document, &seat);
  jk_document_write (document, &number);
  jk_document_write (document, &name);
}

static void
draw_teachers_desk (JkDocument *document)
{
  const double x = (jk_document_get_width (document) - DESK_WIDTH) / 2;
  const JkPrintText text = { .text = "讲　台",
                             .x = x,
                             .y = 1.4,
                             .width = DESK_WIDTH,
                             .size_pt = SEAT_PT,
                             .align = JK_ALIGN_CENTRE,
                             .bold = TRUE };

  jk_document_frame (document, x, 0, DESK_WIDTH, DESK_HEIGHT, TRUE);
  jk_document_write (document, &text);
  jk_document_advance (document, DESK_HEIGHT + GAP);
}

static void
draw (JkDocument *document, gconstpointer data)
{
  const Seating *self = data;
  const double step = (jk_document_get_width (document) + GAP) / BOXES_ACROSS;

  jk_form_draw_head (document, JK_FORM_SEATING, self->session, self->people->len);
  draw_teachers_desk (document);
  for (guint i = 0; i < self->people->len; i++) {
    const guint across = i % BOXES_ACROSS;
    if (across == 0)
      jk_document_reserve (document, BOX_HEIGHT);
    draw_box (document, g_ptr_array_index (self->people, i), across * step, step - GAP);
    if (across == BOXES_ACROSS - 1 || i == self->people->len - 1)
      jk_document_advance (document, BOX_HEIGHT + GAP);
  }
  jk_form_draw_note (document, "按座位号顺序排列；实际位置以桌面座位标签为准。");
}

GBytes *
jk_seating_form (const JkSession *session, const JkRoll *roll, GError **error)
{
  g_autoptr (GPtrArray) people = jk_form_sort_people (roll);
  const Seating self = { .session = session, .people = people };

  while (people->len > 0 && ((const JkPerson *) g_ptr_array_index (people, people->len - 1))->spare)
    g_ptr_array_set_size (people, (gint) people->len - 1);
  return jk_form_print (JK_FORM_SEATING, session, draw, &self, error);
}
