/* SPDX-License-Identifier: Apache-2.0 */
/* bank/gift-answers.h: what stands between { and }: its type, options, weights and feedback.
 * Private to the reader of GIFT. */
#pragma once

#include "bank/gift-text.h"
#include "bank/item.h"
#include "base/report.h"

typedef enum {
  JK_GIFT_TYPE_CHOICE,
  JK_GIFT_TYPE_TRUE_FALSE,
  JK_GIFT_TYPE_DESCRIPTION,
  JK_GIFT_TYPE_ESSAY,
  JK_GIFT_TYPE_NUMERICAL,
  JK_GIFT_TYPE_MATCHING,
  JK_GIFT_TYPE_SHORT_ANSWER,
  JK_GIFT_TYPE_SEVERAL_ANSWERS,
} JkGiftType;

/* One block of text and where its faults go. */
typedef struct {
  /* Borrowed */
  const char *file;
  JkReport *report;
  /* Plain */
  guint line;          /* the block's first */
  JkGiftFormat format; /* of the stem; answers without a mark have it too */
  gboolean formatted;  /* a text is HTML or Markdown */
} JkGiftPlace;

/* A text in plain form, as jk_gift_read_text gives it; notes whether it was marked as formatted.
 * NULL when it is empty. The caller frees. */
char *jk_gift_place_read (JkGiftPlace *place, const char *text, gsize size);

/* The type by Moodle's order of tests; answers is protected text without blanks at its ends and
 * without general feedback. */
JkGiftType jk_gift_find_type (const char *answers);

/* Reports a type that is no item: what it is and what to do instead. */
void jk_gift_refuse_type (const JkGiftPlace *place, JkGiftType type);

/* Fills type, options and rationale of a choice. FALSE after reporting. */
gboolean jk_gift_read_choice (JkGiftPlace *place, const char *answers, JkItem *item);

/* Fills type, key and rationale of a true/false question: wrong feedback first, then right
 * feedback. */
void jk_gift_read_true_false (JkGiftPlace *place, const char *answers, JkItem *item);
