/* SPDX-License-Identifier: Apache-2.0 */
/* score/answer-list.c: a list that a person typed; what can be meant one way only is taken so. */
#include "score/answer-list.h"

#include <string.h>

#define NUMBER_DIGITS_MAX 9
#define ADVICE "compare the line with the candidate's list"

struct _JkAnswerList {
  /* Owned */
  guint16 *masks;
  gboolean *is_listed;
  /* Plain */
  guint n;
};

/* A line while it is read. */
typedef struct {
  /* Borrowed */
  const char *file;
  const JkPaper *paper;
  JkReport *report;
  /* Plain */
  guint line;
} Place;

static gboolean
is_mark (gunichar letter)
{
  return g_unichar_isspace (letter) ||
         (letter != 0 && letter < 0x80 && strchr (".:;,)(-_/", (int) letter) != NULL) ||
         letter == 0x3001 || letter == 0x3002; /* 、 and 。 */
}

/* The line without marks and blanks behind its number, upper case. */
static char *
dup_letters (const char *rest)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *at = rest; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    if (!is_mark (letter))
      g_string_append_unichar (letters, g_unichar_toupper (letter));
  }
  return g_string_free (g_steal_pointer (&letters), FALSE);
}

/* Whether letters say true (bit 0) or false (bit 1); 0 when they say neither. */
static guint16
read_judge (const char *letters)
{
  static const char *const words[2][8] = {
    { "A", "正确", "对", "T", "TRUE", "√", "✓", NULL },
    { "B", "错误", "错", "F", "FALSE", "×", "✗", NULL },
  };

  for (guint option = 0; option < 2; option++)
    for (guint n = 0; words[option][n] != NULL; n++)
      if (g_str_equal (letters, words[option][n]))
        return (guint16) (1u << option);
  return 0;
}

static gboolean
fault_letters (const Place *place, guint position, const char *letters)
{
  const JkPaperItem *item = jk_paper_get_item (place->paper, position);
  g_autofree char *expected = NULL;

  if (item->type == JK_ITEM_JUDGE)
    expected = g_strdup ("正确 or 错误, or nothing");
  else
    expected = g_strdup_printf ("%s from A to %c, or nothing",
                                item->type == JK_ITEM_SINGLE ? "one letter" : "letters",
                                'A' + item->n_options - 1);
  jk_report_fault_at_line (place->report,
                           place->file,
                           place->line,
                           expected,
                           ADVICE,
                           "“%s” as the answer to question %u",
                           letters,
                           position + 1);
  return FALSE;
}

static gboolean
read_answer (const Place *place, guint position, const char *rest, guint16 *out_mask)
{
  const JkPaperItem *item = jk_paper_get_item (place->paper, position);
  g_autofree char *letters = dup_letters (rest);
  guint16 mask = 0;

  if (item->type == JK_ITEM_JUDGE)
    mask = read_judge (letters);
  for (const char *at = letters; item->type != JK_ITEM_JUDGE && *at != '\0'; at++) {
    if (*at < 'A' || *at >= 'A' + item->n_options)
      return fault_letters (place, position, letters);
    mask |= (guint16) (1u << item->order[*at - 'A']);
  }
  if ((mask == 0 && *letters != '\0') || !jk_answers_is_valid (place->paper, position, mask))
    return fault_letters (place, position, letters);
  *out_mask = mask;
  return TRUE;
}

/* The position of the number a line begins with; FALSE after reporting. */
static gboolean
read_position (const Place *place, const char *text, const char **out_rest, guint *out_position)
{
  gsize n_digits = strspn (text, "0123456789");
  guint64 number = n_digits <= NUMBER_DIGITS_MAX ? g_ascii_strtoull (text, NULL, 10) : 0;

  if (number >= 1 && number <= jk_paper_get_n (place->paper)) {
    *out_rest = text + n_digits;
    *out_position = (guint) number - 1;
    return TRUE;
  }
  g_autofree char *expected =
      g_strdup_printf ("a question's number from 1 to %u at the beginning of the line",
                       jk_paper_get_n (place->paper));
  jk_report_fault_at_line (place->report, place->file, place->line, expected, ADVICE, "“%s”", text);
  return FALSE;
}

static void
read_line (JkAnswerList *self, const Place *place, const char *text)
{
  const char *rest = NULL;
  guint position = 0;
  guint16 mask = 0;

  if (*text == '\0' || *text == '#' || !read_position (place, text, &rest, &position))
    return;
  if (self->is_listed[position]) {
    jk_report_fault_at_line (place->report,
                             place->file,
                             place->line,
                             "each question once",
                             "remove one of the two lines",
                             "question %u again",
                             position + 1);
    return;
  }
  self->is_listed[position] = TRUE;
  if (read_answer (place, position, rest, &mask))
    self->masks[position] = mask;
}

JkAnswerList *
jk_answer_list_parse (const char *file, const char *text, const JkPaper *paper, JkReport *report)
{
  g_return_val_if_fail (file != NULL && text != NULL, NULL);
  g_return_val_if_fail (paper != NULL && report != NULL, NULL);

  guint n_before = jk_report_get_n_faults (report);
  g_autoptr (JkAnswerList) self = g_new0 (JkAnswerList, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Place place = { .file = file, .paper = paper, .report = report };

  self->n = jk_paper_get_n (paper);
  self->masks = g_new0 (guint16, self->n);
  self->is_listed = g_new0 (gboolean, self->n);
  for (guint n = 0; lines[n] != NULL; n++) {
    g_autofree char *line = g_utf8_normalize (lines[n], -1, G_NORMALIZE_NFKC);
    place.line = n + 1;
    read_line (self, &place, line != NULL ? g_strstrip (line) : lines[n]);
  }
  return jk_report_get_n_faults (report) == n_before ? g_steal_pointer (&self) : NULL;
}

void
jk_answer_list_free (JkAnswerList *self)
{
  if (self == NULL)
    return;
  g_free (self->masks);
  g_free (self->is_listed);
  g_free (self);
}

guint16
jk_answer_list_get (const JkAnswerList *self, guint position)
{
  g_return_val_if_fail (self != NULL && position < self->n, 0);
  return self->masks[position];
}

guint
jk_answer_list_compare (const JkAnswerList *self, const JkAnswers *answers, guint *out_positions)
{
  g_return_val_if_fail (self != NULL && answers != NULL && out_positions != NULL, 0);

  guint n = 0;
  for (guint position = 0; position < self->n; position++)
    if (self->masks[position] != jk_answers_get (answers, position))
      out_positions[n++] = position;
  return n;
}

char *
jk_answer_list_dup_shown (const JkPaper *paper, guint position, guint16 mask)
{
  g_return_val_if_fail (paper != NULL && position < jk_paper_get_n (paper), NULL);

  if (jk_paper_get_item (paper, position)->type == JK_ITEM_JUDGE && mask != 0)
    return g_strdup (mask == 1 ? "正确" : "错误");
  return jk_answers_dup_letters (paper, position, mask);
}
