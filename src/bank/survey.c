/* SPDX-License-Identifier: Apache-2.0 */
/* bank/survey.c: counts, and rules about proportions.
 *
 * A rule about a mix speaks only where chance alone would hardly break it: of 20 singles nobody
 * can ask that a quarter has its key at A. */
#include "bank/survey.h"

#include "bank/likeness.h"

#define ELEMENTS_LEAST 200u
#define ITEMS_PER_ELEMENT_LEAST 4u
#define KEYS_FROM 100u
#define KEYS_SHOWN 4u /* A to D */
#define KEY_PERCENT_LEAST 22u
#define KEY_PERCENT_MOST 28u
#define TRUE_FROM 40u
#define TRUE_PERCENT_LEAST 45u
#define TRUE_PERCENT_MOST 55u
#define LIKE_SHOWN 100u

static void
count_single (JkSurvey *self, const JkItem *item)
{
  for (guint n = 0; n < item->options->len; n++) {
    const JkOption *option = g_ptr_array_index (item->options, n);
    if (option->right)
      self->keys[n]++;
  }
}

static void
count_multiple (JkSurvey *self, const JkItem *item)
{
  guint n_right = 0;

  for (guint n = 0; n < item->options->len; n++) {
    const JkOption *option = g_ptr_array_index (item->options, n);
    n_right += option->right ? 1 : 0;
  }
  self->rights[MIN (n_right - 2, JK_SURVEY_RIGHTS - 1)]++;
}

static void
count_item (JkSurvey *self, const JkItem *item)
{
  self->n_of_type[item->type - 1]++;
  self->grades[item->type - 1][item->difficulty - 1]++;
  if (item->type == JK_ITEM_SINGLE)
    count_single (self, item);
  else if (item->type == JK_ITEM_MULTIPLE)
    count_multiple (self, item);
  else
    self->n_true += item->judge_true ? 1 : 0;
}

static void
count_elements (JkSurvey *self, const JkSource *source, const guint *n_items_of)
{
  self->element_least = G_MAXUINT;
  for (guint n = 0; n < self->n_elements; n++) {
    self->importance[jk_source_get_element (source, n)->importance - 'X']++;
    self->element_least = MIN (self->element_least, n_items_of[n]);
    self->element_most = MAX (self->element_most, n_items_of[n]);
  }
}

JkSurvey *
jk_survey_new (const JkSource *source)
{
  g_return_val_if_fail (source != NULL, NULL);

  JkSurvey *self = g_new0 (JkSurvey, 1);
  g_autofree guint *n_items_of = NULL;

  self->n_sections = jk_source_get_n_sections (source);
  self->n_elements = jk_source_get_n_elements (source);
  self->n_items = jk_source_get_n_items (source);
  self->sections = g_new0 (JkSurveyCell, self->n_sections);
  n_items_of = g_new0 (guint, self->n_elements);
  for (guint32 n = 0; n < self->n_items; n++) {
    const JkItem *item = jk_source_get_item (source, n);
    guint element = jk_source_get_item_element (source, n);
    guint section = jk_source_get_element (source, element)->section;
    n_items_of[element]++;
    self->sections[section].n[item->type - 1]++;
    count_item (self, item);
  }
  count_elements (self, source, n_items_of);
  return self;
}

void
jk_survey_free (JkSurvey *self)
{
  if (self == NULL)
    return;
  g_free (self->sections);
  g_free (self);
}

static gboolean
is_within (guint part, guint whole, guint least, guint most)
{
  guint64 hundredfold = (guint64) part * 100;

  return hundredfold >= (guint64) whole * least && hundredfold <= (guint64) whole * most;
}

static double
percent (guint part, guint whole)
{
  return 100.0 * part / whole;
}

static void
report_coverage (const JkSurvey *self, const char *file, JkReport *report)
{
  g_autofree char *found = NULL;

  if (self->n_elements >= ELEMENTS_LEAST &&
      self->n_items >= (guint64) self->n_elements * ITEMS_PER_ELEMENT_LEAST)
    return;
  found = g_strdup_printf ("coverage: %u elements and %u items", self->n_elements, self->n_items);
  jk_report_add (report,
                 JK_FINDING_NOTICE,
                 file,
                 "[elements]",
                 found,
                 "200 elements or more for a level, and 4 items or more for each on average",
                 "add elements and items before the bank is used for a real exam");
}

static void
report_keys (const JkSurvey *self, const char *file, JkReport *report)
{
  guint n_singles = self->n_of_type[JK_ITEM_SINGLE - 1];
  g_autoptr (GString) found = g_string_new ("the right option of singles");
  gboolean is_even = TRUE;

  if (n_singles < KEYS_FROM)
    return;
  for (guint n = 0; n < KEYS_SHOWN; n++) {
    if (!is_within (self->keys[n], n_singles, KEY_PERCENT_LEAST, KEY_PERCENT_MOST))
      is_even = FALSE;
    g_string_append_printf (found,
                            "%s %c in %.1f %%",
                            n > 0 ? "," : "",
                            'A' + n,
                            percent (self->keys[n], n_singles));
  }
  if (!is_even)
    jk_report_add (report,
                   JK_FINDING_NOTICE,
                   file,
                   "",
                   found->str,
                   "22 to 28 % for each",
                   "move right options to other places in the source");
}

static void
report_judgements (const JkSurvey *self, const char *file, JkReport *report)
{
  guint n_judge = self->n_of_type[JK_ITEM_JUDGE - 1];
  g_autofree char *found = NULL;

  if (n_judge < TRUE_FROM ||
      is_within (self->n_true, n_judge, TRUE_PERCENT_LEAST, TRUE_PERCENT_MOST))
    return;
  found =
      g_strdup_printf ("%.1f %% of %u judgements true", percent (self->n_true, n_judge), n_judge);
  jk_report_add (report,
                 JK_FINDING_NOTICE,
                 file,
                 "",
                 found,
                 "45 to 55 %",
                 "turn some statements round");
}

void
jk_survey_report (const JkSurvey *self, const char *file, JkReport *report)
{
  g_return_if_fail (self != NULL && file != NULL && report != NULL);

  report_coverage (self, file, report);
  report_keys (self, file, report);
  report_judgements (self, file, report);
}

static void
report_pair (const JkSource *source, const JkLikePair *pair, JkReport *report)
{
  const JkItem *first = jk_source_get_item (source, pair->first);
  const JkItem *second = jk_source_get_item (source, pair->second);
  g_autofree char *place = g_strdup_printf ("line %u", second->line);
  g_autofree char *found =
      g_strdup_printf ("the question text of %s, %u %% like that of %s at line "
                       "%u of %s",
                       second->id,
                       pair->percent,
                       first->id,
                       first->line,
                       first->file);

  jk_report_add (report,
                 JK_FINDING_NOTICE,
                 second->file,
                 place,
                 found,
                 "less than " G_STRINGIFY (JK_SURVEY_LIKE_PERCENT) " %",
                 "rewrite one of the two, or give both [tag:enemy:NAME] so that they never meet in "
                 "a paper");
}

guint
jk_survey_report_like (const JkSource *source, const char *file, JkReport *report)
{
  g_return_val_if_fail (source != NULL && file != NULL && report != NULL, 0);

  guint32 n_items = jk_source_get_n_items (source);
  g_autofree JkLikeText *texts = g_new (JkLikeText, n_items);
  g_autoptr (GArray) pairs = NULL;
  guint n_shown;

  for (guint32 n = 0; n < n_items; n++) {
    const JkItem *item = jk_source_get_item (source, n);
    texts[n] = (JkLikeText){ .text = item->stem, .group = item->enemy };
  }
  pairs = jk_likeness_find (texts, n_items, JK_SURVEY_LIKE_PERCENT, LIKE_SHOWN + 1);
  n_shown = MIN (pairs->len, LIKE_SHOWN);
  for (guint n = 0; n < n_shown; n++)
    report_pair (source, &g_array_index (pairs, JkLikePair, n), report);
  if (pairs->len > n_shown)
    jk_report_add (report,
                   JK_FINDING_NOTICE,
                   file,
                   "",
                   "more than 100 pairs of question texts that are alike",
                   "none",
                   "mend those that are named and check again");
  return n_shown;
}
