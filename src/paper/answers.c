/* SPDX-License-Identifier: Apache-2.0 */
/* paper/answers.c: which options are chosen at each position; impossible masks never get in. */
#include "paper/answers.h"

struct _JkAnswers {
  /* Owned */
  guint16 *masks;
  /* Borrowed */
  const JkPaper *paper;
};

JkAnswers *
jk_answers_new (const JkPaper *paper)
{
  g_return_val_if_fail (paper != NULL, NULL);

  JkAnswers *self = g_new0 (JkAnswers, 1);
  self->masks = g_new0 (guint16, jk_paper_get_n (paper));
  self->paper = paper;
  return self;
}

void
jk_answers_free (JkAnswers *self)
{
  if (self == NULL)
    return;
  g_free (self->masks);
  g_free (self);
}

gboolean
jk_answers_is_valid (const JkPaper *paper, guint position, guint16 mask)
{
  if (position >= jk_paper_get_n (paper))
    return FALSE;
  const JkPaperItem *item = jk_paper_get_item (paper, position);
  if (mask >> item->n_options != 0)
    return FALSE;
  return item->type == JK_ITEM_MULTIPLE || (mask & (mask - 1)) == 0;
}

gboolean
jk_answers_set (JkAnswers *self, guint position, guint16 mask)
{
  if (!jk_answers_is_valid (self->paper, position, mask))
    return FALSE;
  self->masks[position] = mask;
  return TRUE;
}

guint16
jk_answers_get (const JkAnswers *self, guint position)
{
  g_return_val_if_fail (position < jk_paper_get_n (self->paper), 0);
  return self->masks[position];
}

guint
jk_answers_count_answered (const JkAnswers *self)
{
  guint n = 0;
  for (guint i = 0; i < jk_paper_get_n (self->paper); i++)
    n += self->masks[i] != 0;
  return n;
}

char *
jk_answers_dup_letters (const JkPaper *paper, guint position, guint16 mask)
{
  g_return_val_if_fail (position < jk_paper_get_n (paper), NULL);

  const JkPaperItem *item = jk_paper_get_item (paper, position);
  char letters[JK_OPTIONS_MAX + 1] = "";
  guint n = 0;
  for (guint k = 0; k < item->n_options; k++) {
    if ((mask & 1u << item->order[k]) != 0)
      letters[n++] = (char) ('A' + k);
  }
  return g_strdup (letters);
}
