/* SPDX-License-Identifier: Apache-2.0 */
/* sitting/sitting-private.h: what the files of a sitting share. For sitting*.c, and what is said
 * there for seat-second.c, seat-orders.c and log.c, only. */
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
  GBytes *photo;          /* NULL: none */

  /* Plain */
  JkPerson person;
  JkTimer timer;
  guint64 resumed_exam_ms;
  guint64 noted_exam_ms; /* on disk, or on its way */
  guint64 head_exam_ms;
  guint64 busy_exam_ms; /* of the last row that could not wait */
  gint64 asleep_us;     /* boot time less monotonic time, when last looked at */
  guint64 beacon;       /* sequence of the last one taken, with or without a row */
  guint64 ahead_ms;     /* wall time less boot time, when last looked at */
  gboolean is_held;
};

/* Opens the store that is there, and takes out of it what goes on with it; the clock stands.
 * Errors: those of jk_sitting_resume. */
JkSitting *jk_sitting_open (const JkSittingPlace *place, guint32 record, GError **error);

/* Also for seat-second.c. The records with a store in a folder, ascending; the caller frees.
 * Errors: JK_BASE_ERROR_STORAGE. */
guint32 *jk_sitting_find_in (const char *folder, guint *out_n, GError **error);

/* A sitting without a journal yet. */
JkSitting *jk_sitting_new (const JkSittingPlace *place, guint32 record);

/* What has no place now is refused in words for people, before the replay would. */
gboolean jk_sitting_check_place (const JkSitting *self, JkEvent event, GError **error);

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

/* What was sealed is read back, as soon as it is on disk; what was only handed in is sealed now. */
gboolean jk_sitting_finish_hand_in (JkSitting *self, GError **error);

/* The same for who must not wait: does what can be done now, and asks no disk that is behind. */
gboolean jk_sitting_see_to_hand_in (JkSitting *self, GError **error);

const JkReplay *jk_sitting_get_replay (const JkSitting *self);

/* From here on sleep and steps of the wall clock are new. */
void jk_sitting_look_at_clocks (JkSitting *self);

/* A sleep of the PC becomes a gap before anything else is done with the time after it. */
gboolean jk_sitting_notice_sleep (JkSitting *self, GError **error);

/* What the candidate is allotted by plan and roster. */
guint64 jk_sitting_get_allotted_ms (const JkSitting *self);

/* The ledger of the rows; before the start, with what will be allotted. */
void jk_sitting_get_ledger (const JkSitting *self, JkLedger *out_ledger);

/* What would be left now if the ledger were this one. */
guint64 jk_sitting_measure_left_ms (JkSitting *self, const JkLedger *ledger);

/* The clock runs or stands still, as rows and gaps want it. */
void jk_sitting_set_going (JkSitting *self);

/* The clock stands still until jk_sitting_set_going: for rows after which it must not have moved.
 */
void jk_sitting_stand_still (JkSitting *self);

/* Hands in for any reason; order only with FORCED. */
gboolean jk_sitting_hand_in_by (JkSitting *self,
                                JkHandInReason reason,
                                const JkOrder *order,
                                GError **error);

/* Whether lateness, with before_ms of earlier orders, leaves any of what is allotted. Also for a
 * seat that takes the order before the log-in. Errors: ORDER. */
gboolean
jk_order_check_late (const JkOrder *order, guint64 before_ms, guint64 allotted_ms, GError **error);

/* The order's bytes as they lie beside its row; name is "order ID". */
#define JK_ORDER_ENTRY_BYTES (8 + 2 * JK_ORDER_ID_BYTES)
void jk_order_entry_put_name (char out[static JK_ORDER_ENTRY_BYTES],
                              const guint8 id[static JK_ORDER_ID_BYTES]);
JkSideEntry jk_order_entry (const JkOrder *order, const char *name);
