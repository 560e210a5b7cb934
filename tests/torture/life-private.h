/* SPDX-License-Identifier: Apache-2.0 */
/* torture/life-private.h: what living and judging share. For life*.c only. */
#pragma once

#include "life.h"

#include "base/error.h"
#include "sitting/error.h"

struct _JkLife {
  /* Owned */
  JkTestClock *clock;
  JkTestRandom *random;
  JkRecord *record;
  JkSecret *record_key;
  JkOwnPaper *own;
  JkStation *station;
  JkSitting *sitting;
  GBytes *rows;
  GBytes *results[JK_LIFE_SEALS];
  GBytes *capsule; /* on a stick, which no power cut reaches; NULL before */
  GArray *told;    /* of JkTold */
  /* Borrowed */
  const JkTestExam *exam;
  const JkLifeOrders *orders;
  JkTestDisk *disk;
  /* Plain */
  JkWorld world;
  JkSittingPlace place;
  JkTold now;
  guint pc; /* where the candidate sits */
  gboolean has_second;
  guint8 station_sign[JK_LIFE_PCS][JK_PUBLIC_BYTES];
};

/* The keys of the PC, made where there are none yet. */
gboolean jk_life_open_station (JkLife *self, GError **error);

/* The sitting of the capsule goes on at the PC where self is, up to the candidate's click. */
gboolean jk_life_arrive (JkLife *self, GBytes *capsule, GError **error);

/* Another life after told, on another disk; its record is not set. */
JkLife *jk_life_new_heir (const JkLife *self, const JkTold *told, JkTestDisk *disk);

/* The rows that were acknowledged come first and are the same; what the resumed sitting of heir
 * wrote by itself comes last. What is wrong in words, or NULL. */
char *
jk_life_judge_rows (const JkLife *self, const JkTold *told, const JkLife *heir, JkJournal *journal);

/* Gives the n-th order of the life to the sitting that is open. */
gboolean jk_life_obey (JkLife *self, guint n, GError **error);
