/* SPDX-License-Identifier: Apache-2.0 */
/* bank/survey.h: what a source without faults is made of, and what its authors should look at. */
#pragma once

#include "bank/source.h"
#include "base/limits.h"

/* Stems alike to so many per cent (bank/likeness.h) are found. Stems written apart for one bank
 * stay below 55; one that changes a word or a number of another is above. */
#define JK_SURVEY_LIKE_PERCENT 75

#define JK_SURVEY_RIGHTS 4 /* 2, 3, 4 and more right options */

typedef struct {
  guint n[JK_ITEM_TYPES]; /* items by type: single, multiple, judge */
} JkSurveyCell;

typedef struct {
  /* Owned */
  JkSurveyCell *sections; /* in the order of the source */
  /* Plain */
  guint n_sections;
  guint n_elements;
  guint32 n_items;
  guint n_of_type[JK_ITEM_TYPES];
  guint grades[JK_ITEM_TYPES][JK_DIFFICULTY_MAX]; /* items of each type by difficulty */
  guint keys[JK_OPTIONS_MAX];        /* singles by the place of the right option in the source */
  guint n_true;                      /* judge items that are true */
  guint rights[JK_SURVEY_RIGHTS];    /* multiples by their right options */
  guint importance[3];               /* elements: X, Y, Z */
  guint element_least, element_most; /* items of one element */
} JkSurvey;

/* Counts. report of the source's load must have no fault; the source may go afterwards. */
JkSurvey *jk_survey_new (const JkSource *source);
void jk_survey_free (JkSurvey *self);

/* Reports as notices what is out of proportion. file is the bank.ini.
 *
 * Coverage: fewer than 200 elements, or fewer than 4 items for an element on average. Keys of 100
 * singles and more: each of A to D right in 22 to 28 % of them. Judge items, 40 and more: 45 to 55
 * % true. */
void jk_survey_report (const JkSurvey *self, const char *file, JkReport *report);

/* Reports as notices stems that are alike and not enemies, at the later of the two; of very many
 * only the first, with a last notice that says so. Returns how many pairs were reported. */
guint jk_survey_report_like (const JkSource *source, const char *file, JkReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkSurvey, jk_survey_free)
