/* SPDX-License-Identifier: Apache-2.0 */
/* tool/candidate.h: a scripted candidate: answers every item in order, then hands in.
 *
 * Each answer is printed as soon as it is durable, so that whoever kills the program knows what
 * must be there afterwards: saved, position, mask, exam time when it was given and now (ms), tabs
 * between. */
#pragma once

#include "sitting/sitting.h"
#include "tool/script.h"
#include "tool/sit-orders.h"

typedef struct {
  /* Borrowed */
  JkTool *tool;
  JkSitting *sitting;
  JkScript *script;
  const JkSitOrders *orders; /* NULL: none */
  /* Plain */
  guint minutes;  /* of exam time, over which the answers are spread */
  guint speed;    /* exam time to real time, as the sitting's clock runs */
  guint rounds;   /* how often the whole paper is answered; 1 and more */
  gboolean ticks; /* exam time is printed while nothing is answered: time, exam time (ms) */
} JkCandidate;

/* Sits a running sitting to its end, obeying orders on the way: a pause waits for its resume at the
 * same moment, an undone hand-in is handed in again, a sitting that moved away is left. Errors:
 * those of JkSitting. */
gboolean jk_candidate_sit (const JkCandidate *self, GError **error);
