/* SPDX-License-Identifier: Apache-2.0 */
/* bank/gift-answers.c: types, options, weights and feedback as Moodle reads them.
 *
 * Moodle's order of type tests decides; where Moodle would take an empty option or a weight that is
 * no number, we refuse. */
#include "bank/gift-answers.h"

#include "base/limits.h"

#include <string.h>

#define EXPECTED_TYPES "single choice, multiple choice or true/false"

/* What an option begins with: a weight, something like a weight, or neither. */
typedef enum {
  WEIGHT_NONE,
  WEIGHT_RIGHT, /* above zero */
  WEIGHT_WRONG,
  WEIGHT_BROKEN, /* more than one minus */
} Weight;

static const struct {
  const char *found;
  const char *advice;
} refused[] = {
  [JK_GIFT_TYPE_DESCRIPTION] = { "a description (text without { })",
                                 "add the answers in { } or begin each line with //" },
  [JK_GIFT_TYPE_ESSAY] = { "an essay question (nothing between { and })",
                           "write its options as =right ~wrong between { and }" },
  [JK_GIFT_TYPE_NUMERICAL] = { "a numerical question ({#...})",
                               "offer the numbers as options: =right ~wrong" },
  [JK_GIFT_TYPE_MATCHING] = { "a matching question (=left -> right)",
                              "write one choice question for each pair" },
  [JK_GIFT_TYPE_SHORT_ANSWER] = { "a short answer question (no option begins with ~)",
                                  "add wrong options with ~, or write T, TRUE, F or FALSE in "
                                  "upper case for true/false" },
  [JK_GIFT_TYPE_SEVERAL_ANSWERS] = { "a missing-word question with several answers (more than one "
                                     "{ or })",
                                     "write one question for each gap, and \\{ and \\} for braces "
                                     "that are text" },
};

char *
jk_gift_place_read (JkGiftPlace *place, const char *text, gsize size)
{
  JkGiftFormat format;
  g_autofree char *plain = jk_gift_read_text (text, size, place->format, &format);

  if (*plain == '\0')
    return NULL;
  if (format != JK_GIFT_FORMAT_PLAIN)
    place->formatted = TRUE;
  return g_steal_pointer (&plain);
}

static gboolean
is_true_false (const char *answers, gsize size)
{
  static const char *const words[] = { "T", "TRUE", "F", "FALSE" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (size == strlen (words[i]) && memcmp (answers, words[i], size) == 0)
      return TRUE;
  return FALSE;
}

JkGiftType
jk_gift_find_type (const char *answers)
{
  if (*answers == '\0')
    return JK_GIFT_TYPE_ESSAY;
  if (*answers == '#')
    return JK_GIFT_TYPE_NUMERICAL;
  if (strchr (answers, '~') != NULL)
    return JK_GIFT_TYPE_CHOICE;
  if (strchr (answers, '=') != NULL && strstr (answers, "->") != NULL)
    return JK_GIFT_TYPE_MATCHING;

  gsize size = strcspn (answers, "#");
  jk_gift_trim (&answers, &size);
  return is_true_false (answers, size) ? JK_GIFT_TYPE_TRUE_FALSE : JK_GIFT_TYPE_SHORT_ANSWER;
}

void
jk_gift_refuse_type (const JkGiftPlace *place, JkGiftType type)
{
  jk_report_fault_at_line (place->report,
                           place->file,
                           place->line,
                           EXPECTED_TYPES,
                           refused[type].advice,
                           "%s",
                           refused[type].found);
}

/* %, any minus, one or two digits, a dot or not, any digits, %: Moodle's pattern, so that 100 has
 * three digits and 33.33333 is fine. Cuts what it read from text. */
static Weight
cut_weight (const char **text, gsize *size)
{
  const char *at = *text;
  const char *end = at + *size;
  guint n_minus = 0;
  guint n_digits = 0;
  gboolean is_zero = TRUE;

  if (at == end || *at++ != '%')
    return WEIGHT_NONE;
  for (; at < end && *at == '-'; at++)
    n_minus++;
  for (; at < end && (g_ascii_isdigit (*at) || *at == '.'); at++) {
    gboolean is_dot = *at == '.';
    if (is_dot && (n_digits == 0 || n_digits > 2))
      return WEIGHT_NONE;
    is_zero = is_zero && (is_dot || *at == '0');
    n_digits += is_dot ? 2 : 1;
  }
  if (at == end || *at != '%' || n_digits == 0)
    return WEIGHT_NONE;
  *size = (gsize) (end - at) - 1;
  *text = at + 1;
  if (n_minus > 1)
    return WEIGHT_BROKEN;
  return is_zero || n_minus == 1 ? WEIGHT_WRONG : WEIGHT_RIGHT;
}

/* Moodle shows such a text as it stands, and its author meant a weight. */
static void
notice_stray_weight (const JkGiftPlace *place, const char *text)
{
  if (text[0] != '%' || strchr (text + 1, '%') == NULL)
    return;
  g_autofree char *line = g_strdup_printf ("line %u", place->line);
  g_autofree char *found = g_strdup_printf ("an option that begins with %%: \"%.40s\"", text);
  g_autofree char *valid = g_utf8_make_valid (found, -1);
  jk_report_add (place->report,
                 JK_FINDING_NOTICE,
                 place->file,
                 line,
                 valid,
                 "a weight directly behind ~, as in ~%50%text",
                 "correct the weight, or leave it if the text is meant");
}

/* One option; sign is what stood before it, 0 for text before the first sign. */
static gboolean
read_option (JkGiftPlace *place, JkItem *item, char sign, const char *text, gsize size)
{
  gsize feedback_size = 0;
  const char *feedback = NULL;
  gboolean right = sign == '=';

  jk_gift_trim (&text, &size);
  if (!right) {
    Weight weight = cut_weight (&text, &size);
    right = weight == WEIGHT_RIGHT;
    if (weight == WEIGHT_BROKEN) {
      jk_report_fault_at_line (place->report,
                               place->file,
                               place->line,
                               "one minus at most",
                               "write weights as %50% or %-50%",
                               "a weight with several minus signs in option %u",
                               item->options->len + 1);
      return FALSE;
    }
  }

  const char *mark = memchr (text, '#', size);
  if (mark != NULL) {
    feedback = mark + 1;
    feedback_size = size - (gsize) (feedback - text);
    size = (gsize) (mark - text);
    jk_gift_trim (&feedback, &feedback_size);
  }
  jk_gift_trim (&text, &size);
  g_autofree char *plain = jk_gift_place_read (place, text, size);
  if (plain == NULL) {
    jk_report_fault_at_line (place->report,
                             place->file,
                             place->line,
                             "text behind each ~ and =",
                             "complete or remove it; write \\~ \\= \\# for signs that are text",
                             "option %u is empty",
                             item->options->len + 1);
    return FALSE;
  }
  notice_stray_weight (place, plain);
  JkOption *option = jk_item_add_option (item, plain, right);
  if (feedback != NULL)
    option->feedback = jk_gift_place_read (place, feedback, feedback_size);
  return TRUE;
}

static guint
count_options (const char *answers)
{
  guint n = *answers != '~' && *answers != '=';
  for (const char *at = answers; *at != '\0'; at++)
    n += *at == '~' || *at == '=';
  return n;
}

/* The feedback of the right options, a line each; NULL when there is none. */
static char *
join_right_feedback (const JkItem *item)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < item->options->len; i++) {
    const JkOption *option = g_ptr_array_index (item->options, i);
    if (!option->right || option->feedback == NULL)
      continue;
    if (joined->len > 0)
      g_string_append_c (joined, '\n');
    g_string_append (joined, option->feedback);
  }
  return g_string_free (joined, joined->len == 0);
}

gboolean
jk_gift_read_choice (JkGiftPlace *place, const char *answers, JkItem *item)
{
  guint n = count_options (answers);
  gboolean ok = TRUE;

  if (n > JK_OPTIONS_MAX) {
    jk_report_fault_at_line (place->report,
                             place->file,
                             place->line,
                             "2 to 8 options",
                             "remove some; write \\~ and \\= for signs that are text",
                             "%u options",
                             n);
    return FALSE;
  }

  item->type = strchr (answers, '=') != NULL ? JK_ITEM_SINGLE : JK_ITEM_MULTIPLE;
  for (const char *at = answers; *at != '\0';) {
    char sign = *at == '~' || *at == '=' ? *at++ : '\0';
    gsize size = strcspn (at, "~=");
    ok = read_option (place, item, sign, at, size) && ok;
    at += size;
  }
  item->rationale = join_right_feedback (item);
  return ok;
}

void
jk_gift_read_true_false (JkGiftPlace *place, const char *answers, JkItem *item)
{
  g_auto (GStrv) parts = g_strsplit (answers, "#", 3);
  g_autofree char *wrong = NULL;
  g_autofree char *right = NULL;

  item->type = JK_ITEM_JUDGE;
  item->judge_true = parts[0][0] == 'T';
  if (parts[1] != NULL) {
    wrong = jk_gift_place_read (place, g_strstrip (parts[1]), strlen (parts[1]));
    if (parts[2] != NULL)
      right = jk_gift_place_read (place, g_strstrip (parts[2]), strlen (parts[2]));
  }
  item->rationale = g_strdup (right != NULL ? right : wrong);
}
