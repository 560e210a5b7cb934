/* SPDX-License-Identifier: Apache-2.0 */
/* support/handed-in.h: the rows of one candidate's sitting, written by hand, and results from them.
 *
 * jk_test_handed_in_seal goes through the sealer of src/result; jk_test_handed_in_forge puts the
 * same parts together by itself, so that a test can change any of them. */
#pragma once

#include "result/result.h"
#include "support/exam.h"

typedef struct {
  /* Owned */
  GByteArray *rows;  /* u32 size and row, repeated */
  GPtrArray *orders; /* of GBytes: those that rows name */
  JkRecord *record;
  JkSecret *record_key;
  JkOwnPaper *own;
  JkStation *station;
  /* Borrowed */
  const JkTestExam *exam;
  const JkSession *session;
  /* Plain: what the next row says */
  JkDigest first_link;
  JkDigest link;
  JkDigest handed_in_link;
  guint8 sitting_id[JK_SITTING_ID_BYTES];
  guint64 sequence;
  guint64 exam_ms;
  gint64 pause_ms;     /* by which the clock on the wall is ahead of exam time */
  guint32 seal_number; /* of the last hand-in */
} JkTestHandedIn;

/* What a result is made of. */
typedef struct {
  /* Borrowed */
  const char *hall;
  const char *admission;
  const char *name;
  const char *purpose;  /* of the seal */
  const guint8 *inside; /* instead of all that is inside, when not NULL */
  const JkSecret *station;
  const JkSealPublic *centre;
  GByteArray *rows;
  GPtrArray *orders;
  /* Plain */
  JkDigest session;
  JkDigest first_link;
  guint8 sitting_id[JK_SITTING_ID_BYTES + 1];
  guint8 signature[JK_SIGNATURE_BYTES];
  gsize inside_size;
  gsize sitting_id_size;
  gsize link_size;
  gsize signature_size;
  guint32 record;
  guint32 seal_number;
} JkTestForgery;

/* Candidate n logged in at a station and started; rows are those of IDENTIFIED, READY, STARTED. */
JkTestHandedIn *jk_test_handed_in_new (const JkTestExam *exam, guint n);
void jk_test_handed_in_free (JkTestHandedIn *self);

/* Appends any row as it would follow; nothing is checked. */
void jk_test_handed_in_add (JkTestHandedIn *self, JkEvent event, const guint8 *payload, gsize size);

/* Appends the row of an order of this act, signed by chief and proctor; amount 0: the smallest. */
void jk_test_handed_in_obey (JkTestHandedIn *self, JkAct act, guint64 amount);

/* The sitting goes on at another station, by the last order. */
void jk_test_handed_in_arrive (JkTestHandedIn *self);

/* Appends an answer (mask 0 clears it), a head, the hand-in, and the rows of a reopening. */
void jk_test_handed_in_answer (JkTestHandedIn *self, guint position, guint16 mask);
void jk_test_handed_in_head (JkTestHandedIn *self);
void jk_test_handed_in_end (JkTestHandedIn *self);
void jk_test_handed_in_reopen (JkTestHandedIn *self);

/* The result as the station seals it. The caller unrefs. */
GBytes *jk_test_handed_in_seal (const JkTestHandedIn *self);

/* The parts of an honest result, and any parts as a result. */
void jk_test_handed_in_get_parts (const JkTestHandedIn *self, JkTestForgery *out_parts);
GBytes *jk_test_forge (const JkTestExam *exam, const JkTestForgery *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JkTestHandedIn, jk_test_handed_in_free)
