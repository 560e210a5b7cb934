/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-private.h: what the files of a sitting share. For sitting*.c only. */
#pragma once

#include "sitting/error.h"
#include "sitting/sitting.h"

struct _JkSitting {
  /* Borrowed */
  JkSittingPlace place;

  /* Owned */
  char *path;
  JkJournal *journal;
  GVariant *person_value; /* what person borrows from */
  JkPaper *paper;         /* NULL before start */
  GPtrArray *items;       /* of JkBlob, in paper order */
  GBytes *result;         /* NULL before sealed */

  /* Plain */
  JkPerson person;
  JkTimer timer;
  guint64 resumed_exam_ms;
  guint64 noted_exam_ms; /* on disk, or on its way */
  guint64 head_exam_ms;
  guint64 busy_exam_ms; /* of the last row that could not wait */
  gint64 asleep_us;     /* boot time less monotonic time, when last looked at */
  gboolean is_held;
};

/* A sitting without a journal yet. */
JkSitting *jk_sitting_new (const JkSittingPlace *place, guint32 record);

/* Posts a row that carries the exam time of now. 0 on error. */
guint64 jk_sitting_post (JkSitting *self,
                         JkEvent event,
                         const guint8 *payload,
                         gsize payload_size,
                         const JkSideEntry *side,
                         gsize n_side,
                         JkUrgency urgency,
                         GError **error);

/* The same, and waits until it is on disk. */
gboolean jk_sitting_post_and_wait (JkSitting *self,
                                   JkEvent event,
                                   const guint8 *payload,
                                   gsize payload_size,
                                   const JkSideEntry *side,
                                   gsize n_side,
                                   GError **error);

/* Posts a GAP. It counts the restarts itself. 0 on error. */
guint64 jk_sitting_post_gap (JkSitting *self, const JkGap *gap, guint64 exam_ms, GError **error);

/* Whether the gaps written so far need a proctor: what the rows say, under the session's policy. */
void jk_sitting_judge_gaps (JkSitting *self);

/* Takes paper and items out of the journal. Errors: CHAIN, STORE. */
gboolean jk_sitting_load_paper (JkSitting *self, GError **error);

/* Writes a HEAD. 0 on error. */
guint64 jk_sitting_post_head (JkSitting *self, GError **error);

/* handed-in -> sealed, also after a kill between the two. */
gboolean jk_sitting_seal (JkSitting *self, GError **error);

const JkReplay *jk_sitting_get_replay (const JkSitting *self);

/* How long this PC has slept since it was booted. */
gint64 jk_sitting_read_asleep_us (const JkSitting *self);
