/* SPDX-License-Identifier: Apache-2.0 */
/* score/marked.h: an exam, its centre, and hand-ins whose answers are right or wrong. */
#pragma once

#include "score/centre.h"
#include "support/handed-in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

typedef struct {
  JkTestExam *exam;
  JkCentre *centre; /* of hall 01 */
} Marked;

static inline JkCentre *
open_centre (const JkTestExam *exam, GError **error)
{
  return jk_centre_open (jk_test_exam_get_world (exam),
                         jk_test_exam_get_session (exam, 0),
                         jk_test_exam_get_bank_path (exam),
                         jk_test_exam_get_keys_path (exam),
                         jk_test_exam_get_centre (exam),
                         error);
}

static inline void
marked_init (Marked *self, gboolean rehearsal)
{
  const JkTestExamOptions options = { .n_first = 4, .n_second = 2, .rehearsal = rehearsal };
  GError *error = NULL;

  self->exam = jk_test_exam_new_with (&options);
  self->centre = open_centre (self->exam, &error);
  if (error != NULL)
    fail_msg ("%s", error->message);
}

static inline void
marked_clear (Marked *self)
{
  jk_centre_free (self->centre);
  jk_test_exam_free (self->exam);
}

/* The key of a position of a hand-in's paper. */
static inline guint16
right_of (const Marked *self, const JkTestHandedIn *sitting, guint position)
{
  const JkPaperItem *item = jk_paper_get_item (jk_own_paper_get_paper (sitting->own), position);
  return jk_answer_keys_get_right (jk_centre_get_keys (self->centre), item->item);
}

/* Every option that is not right (one of them where only one can be chosen). */
static inline guint16
wrong_of (const Marked *self, const JkTestHandedIn *sitting, guint position)
{
  const JkPaperItem *item = jk_paper_get_item (jk_own_paper_get_paper (sitting->own), position);
  guint16 all = (guint16) ((1u << item->n_options) - 1);
  guint16 wrong = (guint16) (all & ~right_of (self, sitting, position));
  return item->type == JK_ITEM_MULTIPLE ? wrong : (guint16) (wrong & -wrong);
}

/* Candidate n with the first n_right positions right and all others wrong, handed in. */
static inline JkTestHandedIn *
hand_in (const Marked *self, guint n, guint n_right)
{
  JkTestHandedIn *sitting = jk_test_handed_in_new (self->exam, n);

  for (guint i = 0; i < JK_TEST_EXAM_PAPER_ITEMS; i++)
    jk_test_handed_in_answer (sitting,
                              i,
                              i < n_right ? right_of (self, sitting, i)
                                          : wrong_of (self, sitting, i));
  jk_test_handed_in_end (sitting);
  return sitting;
}
