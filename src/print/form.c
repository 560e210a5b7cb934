/* SPDX-License-Identifier: Apache-2.0 */
/* print/form.c: see the header. */
#include "print/form.h"

#include <stdarg.h>
#include <string.h>

#define TITLE_PT 18.0
#define TITLE_HEIGHT 12.0
#define FACT_PT 10.0
#define FACT_HEIGHT 6.5
#define PLACE_WIDTH 120.0 /* an address needs as much */
#define HEADING_PT 11.0
#define HEADING_HEIGHT 9.0
#define NOTE_PT 9.0
#define NOTE_HEIGHT 6.0
#define SIGNATURE_HEIGHT 20.0
#define SIGNATURE_Y 14.0 /* of the line that is signed on */
#define WIDE 250.0       /* from here on there is room for three facts in a line */

static const struct {
  const char *title;
  const char *file;
  gboolean landscape;
} forms[JK_N_FORMS] = {
  [JK_FORM_SIGN_IN] = { "签到表", "sign-in", TRUE },
  [JK_FORM_SEATING] = { "座次表", "seating", TRUE },
  [JK_FORM_RECORD] = { "考场情况记录单", "record", FALSE },
};

const char *
jk_form_get_title (JkForm form)
{
  return forms[form].title;
}

char *
jk_form_dup_file_name (const JkSession *session, JkForm form)
{
  return g_strdup_printf ("%s-%s-%s.pdf",
                          jk_session_get_short_name (session),
                          jk_session_get_hall (session),
                          forms[form].file);
}

GBytes *
jk_form_print (JkForm form,
               const JkSession *session,
               JkDocumentDraw draw,
               gconstpointer data,
               GError **error)
{
  g_autofree char *foot = g_strdup_printf ("%s%s　场次 %s（%s）　考场 %s",
                                           forms[form].title,
                                           jk_session_is_rehearsal (session) ? "（试考）" : "",
                                           jk_session_get_name (session),
                                           jk_session_get_short_name (session),
                                           jk_session_get_hall (session));
  const JkDocumentPlan plan = { .title = forms[form].title,
                                .foot = foot,
                                .date = jk_session_get_starts (session),
                                .landscape = forms[form].landscape };

  return jk_document_print (&plan, draw, data, error);
}

typedef struct {
  /* Borrowed */
  const char *label;
  /* Owned */
  char *value;
} Fact;

static void
fact_clear (gpointer data)
{
  Fact *self = data;

  g_free (self->value);
}

static void G_GNUC_PRINTF (3, 4)
    add_fact (GArray *facts, const char *label, const char *format, ...)
{
  Fact fact = { .label = label };
  va_list arguments;

  va_start (arguments, format);
  fact.value = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_array_append_val (facts, fact);
}

static GArray *
list_facts (const JkSession *session, guint n_due)
{
  const JkExcerpt *excerpt = jk_session_get_excerpt (session);
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  g_auto (GStrv) starts = g_strsplit (jk_session_get_starts (session), "T", 2);
  g_autofree char *time = g_strjoinv (" ", starts);

  g_array_set_clear_func (facts, fact_clear);
  add_fact (facts, "场次：", "%s", jk_session_get_name (session));
  add_fact (facts, "考场：", "%s", jk_session_get_hall (session));
  add_fact (facts, "级别：", "%s", jk_excerpt_get_level_name (excerpt));
  add_fact (facts, "职业（工种）：", "%s", jk_excerpt_get_occupation (excerpt));
  add_fact (facts, "科目：", "%s", jk_excerpt_get_subject (excerpt));
  add_fact (facts, "应考：", "%u 人", n_due);
  add_fact (facts, "开考时间：", "%s（%u 分钟）", time, jk_excerpt_get_duration_min (excerpt));
  return facts;
}

static void
draw_fact (JkDocument *document, const char *word, const char *text, double x, double width)
{
  const double label_width = g_utf8_strlen (word, -1) * FACT_PT * 25.4 / 72;
  const JkPrintText label = { .text = word, .x = x, .width = label_width + 1, .size_pt = FACT_PT };
  const JkPrintText value = { .text = text,
                              .x = x + label_width,
                              .width = width - label_width - 3,
                              .size_pt = FACT_PT,
                              .bold = TRUE };

  jk_document_write (document, &label);
  jk_document_write (document, &value);
}

/* Side by side, and at the end the place, which is an address. */
static void
draw_facts (JkDocument *document, const JkSession *session, guint n_due)
{
  const char *place = jk_excerpt_get_place (jk_session_get_excerpt (session));
  const double width = jk_document_get_width (document);
  const double step = width / (width > WIDE ? 3 : 2);
  g_autoptr (GArray) facts = list_facts (session, n_due);
  double x = 0;

  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = &g_array_index (facts, Fact, i);
    draw_fact (document, fact->label, fact->value, x, step);
    x += step;
    if (width - x < step / 2) {
      jk_document_advance (document, FACT_HEIGHT);
      x = 0;
    }
  }
  if (width - x < PLACE_WIDTH) {
    jk_document_advance (document, FACT_HEIGHT);
    x = 0;
  }
  draw_fact (document, "考点：", place, x, width - x);
  jk_document_advance (document, FACT_HEIGHT + 1.5);
}

void
jk_form_draw_head (JkDocument *document, JkForm form, const JkSession *session, guint n_due)
{
  const gboolean is_rehearsal = jk_session_is_rehearsal (session);
  g_autofree char *words = g_strconcat (forms[form].title, is_rehearsal ? "（试考）" : "", NULL);
  const JkPrintText title = { .text = words,
                              .width = jk_document_get_width (document),
                              .size_pt = TITLE_PT,
                              .align = JK_ALIGN_CENTRE,
                              .bold = TRUE };

  jk_document_write (document, &title);
  jk_document_advance (document, TITLE_HEIGHT);
  draw_facts (document, session, n_due);
}

void
jk_form_draw_heading (JkDocument *document, const char *text)
{
  const JkPrintText heading = { .text = text,
                                .y = 2.5,
                                .width = jk_document_get_width (document),
                                .size_pt = HEADING_PT,
                                .bold = TRUE };

  /* Not alone at the foot of a page: two rows of what it is about. */
  jk_document_reserve (document, HEADING_HEIGHT + 2 * HEADING_HEIGHT);
  jk_document_write (document, &heading);
  jk_document_advance (document, HEADING_HEIGHT);
}

void
jk_form_draw_note (JkDocument *document, const char *text)
{
  const JkPrintText note = { .text = text,
                             .y = 1.2,
                             .width = jk_document_get_width (document),
                             .size_pt = NOTE_PT };

  jk_document_reserve (document, NOTE_HEIGHT);
  jk_document_write (document, &note);
  jk_document_advance (document, NOTE_HEIGHT);
}

/* A word and the line that is signed on behind it. */
static void
draw_signature (JkDocument *document, const char *word, double x, double width)
{
  const double word_width = g_utf8_strlen (word, -1) * FACT_PT * 25.4 / 72;
  const JkPrintText text = { .text = word,
                             .x = x,
                             .y = SIGNATURE_Y - 5,
                             .width = word_width + 1,
                             .size_pt = FACT_PT };

  jk_document_write (document, &text);
  jk_document_line (document, x + word_width, SIGNATURE_Y, x + width - 4, SIGNATURE_Y);
}

void
jk_form_draw_signatures (JkDocument *document)
{
  const double third = jk_document_get_width (document) / 3;
  const JkPrintText date = { .text = "　　　年　　月　　日　　时　　分",
                             .x = 2 * third,
                             .y = SIGNATURE_Y - 5,
                             .width = third,
                             .size_pt = FACT_PT,
                             .align = JK_ALIGN_RIGHT };

  jk_document_reserve (document, SIGNATURE_HEIGHT);
  draw_signature (document, "主考签名：", 0, third);
  draw_signature (document, "监考人员签名：", third, third);
  jk_document_write (document, &date);
  jk_document_advance (document, SIGNATURE_HEIGHT);
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  const JkPerson *one = *(const JkPerson *const *) a;
  const JkPerson *other = *(const JkPerson *const *) b;
  g_autofree char *key = g_utf8_collate_key_for_filename (one->seat, -1);
  g_autofree char *other_key = g_utf8_collate_key_for_filename (other->seat, -1);
  int order = strcmp (key, other_key);

  if (one->spare != other->spare)
    return one->spare ? 1 : -1;
  if ((*one->seat == '\0') != (*other->seat == '\0'))
    return *one->seat == '\0' ? 1 : -1;
  return order != 0 ? order : (one->index > other->index) - (one->index < other->index);
}

GPtrArray *
jk_form_sort_people (const JkRoll *roll)
{
  GPtrArray *people = g_ptr_array_new ();

  for (guint i = 0; i < jk_roll_get_n (roll); i++)
    g_ptr_array_add (people, (gpointer) jk_roll_get_person (roll, i));
  g_ptr_array_sort (people, compare_people);
  return people;
}
